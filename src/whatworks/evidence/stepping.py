"""The steps of the rule: where a rating starts, and what takes it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whatworks.evidence import wording
from whatworks.evidence.harms import Harm
from whatworks.evidence.pointing import Direction, Pointing, pointing
from whatworks.evidence.study import DOUBTS, GRAVE, Design, Outcome, Study

Sure = Literal["very low", "low", "moderate", "high"]
LEVELS: tuple[Sure, ...] = ("very low", "low", "moderate", "high")
STARTS: dict[Design, Sure] = {
    "randomised": "high",
    "natural experiment": "moderate",
    "review": "moderate",
    "comparison group": "low",
    "before and after": "very low",
}
"""Where each design starts. A review gathers several designs and so starts in the middle."""
LONGER = 6
"""Months by which follow-up may differ before it counts as measured differently."""
DOWN = "One step down."
NOTHING = "Nothing."
LEFT_ASIDE = "Those that did not, or whose result we did not see, are shown and not counted."


@dataclass(frozen=True)
class Step:
    """One question of the rule, its answer, what it did, and the reason it gives, if any."""

    question: str
    answer: str
    did: str
    because: str = ""


@dataclass(frozen=True)
class Found:
    """What there is to rate: every study, those whose direction is known, and the harms."""

    outcome: Outcome
    group: tuple[Study, ...]
    heard: tuple[tuple[Study, Pointing], ...]
    harms: tuple[Harm, ...]

    def towards(self, direction: Direction) -> tuple[Study, ...]:
        """The studies that point this way."""
        return tuple(one for one, points in self.heard if points.direction == direction)

    @property
    def opposite(self) -> bool:
        """Whether some point to help and some to harm."""
        return bool(self.towards("better") and self.towards("worse"))

    @property
    def disagree(self) -> bool:
        """Opposite ways; or only weaker designs point to help, and better ones to nothing."""
        if self.opposite:
            return True
        better, either = self.towards("better"), self.towards("either")
        return bool(better and either) and max(map(rank, either)) > max(map(rank, better))


def rank(study: Study) -> int:
    """Its design's place: the higher, the surer."""
    return LEVELS.index(STARTS[study.design])


def step_down(found: Found, *, measured: int) -> tuple[list[Step], int, tuple[Study, ...]]:
    """Every step but the last two, the level that is left, and the studies that it started from."""
    steps = [_measured(found, measured), _warned(found)]
    if not found.heard:
        return steps, 0, ()
    seen = [(one, points) for one, points in found.heard if points.seen]
    start = max((rank(one) for one, _ in seen), default=0)
    best = [(one, points) for one, points in seen if rank(one) == start]
    taken = [
        _one_way(found),
        _several([one for one, _ in seen]),
        _left_out([points for _, points in best]),
        _same_way(found),
        _other_reason(found),
        _safety(found),
    ]
    level = max(0, start - sum(step.did == DOWN for step in taken))
    steps += [_start(best), *taken]
    return steps, level, tuple(one for one, _ in best)


def _measured(found: Found, measured: int) -> Step:
    name = wording.OUTCOMES[found.outcome].name.lower()
    question = f"Did anybody measure this: {name}?"
    if not measured:
        answer = f"None of {wording.studies(len(found.group))}." if found.group else "No study."
        return Step(question, answer, "There is nothing to rate.", "No study measured it.")
    unheard = measured - len(found.heard)
    answer = f"{wording.studies(measured)} of {len(found.group)}."
    did = NOTHING if measured == len(found.heard) == len(found.group) else LEFT_ASIDE
    if unheard:
        answer += f" Of {unheard} we did not see what came out."
    if not found.heard:
        return Step(question, answer, "There is nothing to rate.", "No result was seen.")
    return Step(question, answer, did)


def _warned(found: Found) -> Step:
    question = "Does a study carry a grave warning, or did safety clearly get worse?"
    warned = [one for one in found.group if set(one.flags) & set(GRAVE)]
    worse = [harm for harm in found.harms if harm.state == "worse"]
    if not warned and not worse:
        return Step(question, "No.", NOTHING)
    parts = [f"{wording.studies(len(warned))} with a grave warning."] if warned else []
    parts += [harm.sentence for harm in worse]
    return Step(question, " ".join(parts), "The verdict is Beware.", "There is a grave warning.")


def _start(best: Sequence[tuple[Study, Pointing]]) -> Step:
    question = "What is the best design of which we saw a number?"
    if not best:
        return Step(
            question,
            "No number was seen, only words.",
            "It starts at very low.",
            "No number was seen, only what is said of it.",
        )
    design = best[0][0].design
    told = wording.DESIGNS[design]
    return Step(
        question,
        f"{wording.sentence(told)}",
        f"It starts at {STARTS[design]}.",
        f"The best design is {told}.",
    )


def _one_way(found: Found) -> Step:
    question = "Do the studies point the same way?"
    better, worse, either = (
        len(found.towards(direction)) for direction in ("better", "worse", "either")
    )
    answer = f"{better} towards help, {worse} towards harm, {either} without a clear difference."
    if len(found.heard) == 1:
        return Step(question, "There is one study.", NOTHING)
    if sum(map(bool, (better, worse, either))) == 1:
        return Step(question, answer, NOTHING)
    return Step(question, answer, DOWN, "The studies do not agree.")


def _several(seen: Sequence[Study]) -> Step:
    question = "Is there more than one study with numbers?"
    if any(one.design == "review" for one in seen):
        return Step(question, "Yes: a review gathers several.", NOTHING)
    if len(seen) > 1:
        return Step(question, f"Yes: {len(seen)}.", NOTHING)
    return Step(
        question, "No: only one." if seen else "No: none.", DOWN, "Only one study has numbers."
    )


def _left_out(best: Sequence[Pointing]) -> Step:
    question = "Does an interval leave out 'no difference', in a study of the best design?"
    if any(points.clear for points in best):
        return Step(question, "Yes.", NOTHING)
    if any(points.interval for points in best):
        return Step(question, "No: it may be chance.", DOWN, "The interval includes no difference.")
    return Step(question, "No interval was seen.", DOWN, "No interval was seen.")


def _same_way(found: Found) -> Step:
    question = "Was it measured in the same way, and does each study say the same throughout?"
    for one, _ in found.heard:
        inside = {
            points.direction
            for numbers in one.numbers
            if numbers.outcome == found.outcome and (points := pointing(numbers)).direction
        }
        if len(inside) > 1:
            return Step(
                question,
                f"No: results within one study differ ({one.title}).",
                DOWN,
                "Results differ with the way of counting.",
            )
    numbers = [held for one, _ in found.heard if (held := one.of(found.outcome)) is not None]
    words = {held.outcome_words.casefold() for held in numbers}
    months = [held.follow_up_months for held in numbers if held.follow_up_months is not None]
    if len(words) > 1 or (months and max(months) - min(months) > LONGER):
        return Step(
            question,
            f"No: in {max(len(words), 2)} ways.",
            DOWN,
            "It was not measured in the same way.",
        )
    return Step(question, "Yes." if len(numbers) > 1 else "There is one study.", NOTHING)


def _other_reason(found: Found) -> Step:
    question = "Could something else than the practice explain it, by the study's own warnings?"
    doubted = [one for one, _ in found.heard if _flags(one, found.outcome) & set(DOUBTS)]
    if not doubted:
        return Step(question, "No study names anything. That does not rule it out.", NOTHING)
    return Step(
        question,
        f"Yes, in {wording.studies(len(doubted))}.",
        DOWN,
        "Something else may explain it.",
    )


def _flags(study: Study, outcome: Outcome) -> set[str]:
    """Of the whole study, and of the numbers that this outcome is rated by."""
    numbers = study.of(outcome)
    return {*study.flags, *(numbers.flags if numbers else ())}


def _safety(found: Found) -> Step:
    question = "Does a safety outcome point the wrong way?"
    wrong = [harm for harm in found.harms if harm.state in ("worse", "points worse")]
    if wrong:
        return Step(
            question,
            " ".join(harm.sentence for harm in wrong),
            DOWN,
            "A safety outcome points the wrong way.",
        )
    known = sum(harm.state != "not measured" for harm in found.harms)
    if not known:
        return Step(
            question,
            "Nobody measured one.",
            "It cannot be called established.",
            "Safety was not measured.",
        )
    return Step(question, f"No; {known} of {len(found.harms)} measured.", NOTHING)
