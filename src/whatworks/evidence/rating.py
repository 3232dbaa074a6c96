"""One simple published rule for how far to rely on what studies say: ``docs/rating.md`` tells it.

Studies are never pooled. A rating starts from the best design whose numbers were seen and goes
down a step for each doubt; it never goes up. Every step is kept, with what it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from whatworks.evidence import asking, telling
from whatworks.evidence.harms import Harm, harms_of
from whatworks.evidence.pointing import Of1000, Pointing, of_1000, pointing
from whatworks.evidence.stepping import LEVELS, Found, Step, Sure, step_down
from whatworks.evidence.study import GRAVE, Outcome, Study

RULE_VERSION = "1"

Verdict = Literal[
    "Established", "Looks promising", "Mixed findings", "Uncertain", "Not tested", "Beware"
]
VERDICTS: tuple[Verdict, ...] = (
    "Established",
    "Looks promising",
    "Mixed findings",
    "Uncertain",
    "Not tested",
    "Beware",
)
MEANINGS: dict[Verdict, str] = {
    "Established": "Several studies of the best kinds point the same way, and safety was measured.",
    "Looks promising": "What there is points to help. More studies could change the picture.",
    "Mixed findings": "Studies do not agree. They are shown side by side and never averaged.",
    "Uncertain": "Studies were made, and it still cannot be told whether it helps.",
    "Not tested": "No study that we hold found out whether it does what it is for.",
    "Beware": "It may do harm, or what looks like success may be something else.",
}


@dataclass(frozen=True)
class Side:
    """The studies that point one way, and what they say together without being added up."""

    direction: Literal["better", "worse", "either"]
    heading: str
    sentence: str
    studies: tuple[str, ...]


@dataclass(frozen=True)
class Rating:
    """How far to rely on what studies say of one outcome.

    ``of_1000`` has one entry for each study that gives absolute numbers, the best design first.
    ``sides`` are the studies by the way they point; ``ask`` are reasons to ask why they differ.
    Studies of invented children are rated apart: under ``invented`` where there are published ones
    too; where there are no others, the rating is of them and ``of_invented`` is set.
    """

    outcome: Outcome
    verdict: Verdict
    sentence: str
    sure: Sure
    sure_why: tuple[str, ...]
    of_1000: tuple[Of1000, ...]
    harms: tuple[Harm, ...]
    steps: tuple[Step, ...]
    rule_version: str
    sides: tuple[Side, ...] = ()
    ask: tuple[str, ...] = ()
    n_studies: int = 0
    of_invented: bool = False
    invented: Rating | None = None


def rate(studies: Iterable[Study], *, outcome: Outcome = "entry to care") -> Rating:
    """Rate what studies say of an outcome. Their order, and a study given twice, change nothing."""
    ordered = sorted(studies, key=lambda one: (one.id, one.digest()))
    unique = list({one.id: one for one in ordered}.values())
    real = [one for one in unique if not one.invented]
    made_up = [one for one in unique if one.invented]
    if made_up and not real:
        return _rate(made_up, outcome, invented=True)
    found = _rate(real, outcome, invented=False)
    if not made_up:
        return found
    step = Step(
        "Are any of the children invented?",
        f"{telling.studies(len(made_up))} of invented children {_is(made_up)} left out here "
        "and rated apart.",
        "Nothing: invented children say nothing about real ones.",
    )
    return replace(
        found,
        steps=(*found.steps[:-2], step, found.steps[-1]),
        invented=_rate(made_up, outcome, invented=True),
    )


def _is(group: Sequence[Study]) -> str:
    return "is" if len(group) == 1 else "are"


def _rate(group: Sequence[Study], outcome: Outcome, *, invented: bool) -> Rating:
    harms = harms_of(group, outcome)
    pairs = [(one, one.of(outcome)) for one in group]
    told = [(one, pointing(numbers)) for one, numbers in pairs if numbers is not None]
    found = Found(outcome, tuple(group), tuple((o, p) for o, p in told if p.direction), harms)
    steps, level, best = step_down(found, measured=len(told))
    verdict = _verdict(found, level)
    children = (
        "Yes. Every study here is of invented children." if invented else "No.",
        "The sentence says so. It says nothing about real children." if invented else "Nothing.",
    )
    steps += [
        Step("Are any of the children invented?", *children),
        Step("So what is the verdict?", f"{verdict}. {MEANINGS[verdict]}", _why(verdict, level)),
    ]
    rows = [of_1000(one, outcome) for one, _ in telling.best_first(found.heard)]
    absolute = tuple(row for row in rows if row is not None)
    return Rating(
        outcome=outcome,
        verdict=verdict,
        sentence=telling.sentence_of(found, verdict, LEVELS[level], best, invented=invented),
        sure=LEVELS[level],
        sure_why=tuple(step.because for step in steps if step.because),
        of_1000=absolute,
        harms=harms,
        steps=tuple(steps),
        rule_version=RULE_VERSION,
        sides=_sides(found),
        ask=asking.reasons(found) if verdict == "Mixed findings" else (),
        n_studies=len(group),
        of_invented=invented,
    )


def _verdict(found: Found, level: int) -> Verdict:
    """The first line that holds decides."""
    if not found.heard:
        return "Beware" if _grave(found) else "Not tested"
    if _grave(found) or any(harm.state == "worse" for harm in found.harms):
        return "Beware"
    if found.disagree:
        return "Mixed findings"
    if found.towards("worse"):
        clear = any(p.clear for _, p in found.heard if p.direction == "worse")
        return "Beware" if clear and level >= LEVELS.index("low") else "Uncertain"
    if not found.towards("better") or level == LEVELS.index("very low"):
        return "Uncertain"
    measured = any(harm.state != "not measured" for harm in found.harms)
    return "Established" if level == LEVELS.index("high") and measured else "Looks promising"


def _grave(found: Found) -> bool:
    return any(flag in GRAVE for one in found.group for flag in one.flags)


def _why(verdict: Verdict, level: int) -> str:
    if verdict in ("Established", "Looks promising"):
        return f"How sure: {LEVELS[level]}."
    return {
        "Not tested": "Nothing to rate.",
        "Beware": "A warning outweighs whatever else points to help.",
        "Mixed findings": "Which way is right cannot be told by adding up.",
    }.get(verdict, "Too little to say which way it goes.")


def _sides(found: Found) -> tuple[Side, ...]:
    directions: tuple[Literal["better", "worse", "either"], ...] = ("better", "worse", "either")
    made = []
    for direction in directions:
        group = found.towards(direction)
        if group:
            heading = telling.heading(found.outcome, direction, group)
            text = telling.side(found.outcome, direction, group)
            made.append(Side(direction, heading, text, tuple(one.id for one in group)))
    return tuple(made)


__all__ = [
    "LEVELS",
    "MEANINGS",
    "RULE_VERSION",
    "VERDICTS",
    "Harm",
    "Of1000",
    "Pointing",
    "Rating",
    "Side",
    "Step",
    "rate",
]
