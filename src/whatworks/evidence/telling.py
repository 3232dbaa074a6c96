"""The one sentence of a rating, and what each side of a disagreement says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whatworks.evidence import wording
from whatworks.evidence.pointing import Direction, Pointing, of_1000
from whatworks.evidence.stepping import Found, Sure, rank
from whatworks.evidence.study import GRAVE, Outcome, Study
from whatworks.evidence.wording import OUTCOMES, studies, where

__all__ = ["best_first", "sentence_of", "side", "studies"]


def best_first(heard: Iterable[tuple[Study, Pointing]]) -> list[tuple[Study, Pointing]]:
    """The best design first, then England, then a known interval, then by name."""
    return sorted(
        heard,
        key=lambda pair: (
            -rank(pair[0]),
            pair[0].country != "England",
            not pair[1].interval,
            pair[0].id,
        ),
    )


def sentence_of(
    found: Found, verdict: str, sure: Sure, best: Sequence[Study], *, invented: bool
) -> str:
    """One plain sentence, no stronger than what is known."""
    makers = {
        "Not tested": _not_tested,
        "Uncertain": _uncertain,
        "Mixed findings": _mixed,
        "Beware": _beware,
    }
    made = makers[verdict](found) if verdict in makers else _helps(found, sure, best)
    if invented:
        begin = "Among invented children only: "
        if made.startswith("beware"):
            begin, made = "Among invented children only. ", wording.sentence(made)
        return f"{begin}{made} This says nothing of real children."
    return made[:1].upper() + made[1:]


def _helps(found: Found, sure: Sure, best: Sequence[Study]) -> str:
    what = wording.MEANS[sure].format(what=OUTCOMES[found.outcome].better)
    numbers = _numbers(found, best)
    return f"{what}{': ' + numbers if numbers else ''}."


def _numbers(found: Found, best: Sequence[Study]) -> str:
    """What the best study found, in absolute numbers where it gives any."""
    ordered = [one for one, _ in best_first(found.heard) if one in best]
    for one in ordered:
        row = of_1000(one, found.outcome)
        if row is not None:
            return wording.absolute(row, country=not one.invented)
    for one in ordered:
        numbers = one.of(found.outcome)
        told = wording.ratio(numbers) if numbers is not None else ""
        if told:
            return told
    return ""


def _not_tested(found: Found) -> str:
    better = OUTCOMES[found.outcome].better
    if not found.group:
        return f"we hold no study of whether it means that {better}."
    if any(one.of(found.outcome) for one in found.group):
        return f"we hold {studies(len(found.group))}, and did not see whether {better}."
    n = len(found.group)
    return f"no study that we hold tested whether {better}: {_others(n)} measured other things."


def _others(count: int) -> str:
    return "the one here" if count == 1 else f"the {count} here"


def _uncertain(found: Found) -> str:
    words = OUTCOMES[found.outcome]
    better, worse = found.towards("better"), found.towards("worse")
    if better and not worse:
        return (
            f"{wording.MEANS['very low'].format(what=words.better)}: "
            "what there is points that way, and is weak."
        )
    if worse:
        return (
            f"{wording.MEANS['very low'].format(what=words.better)}: "
            "what there is points the other way, and is weak."
        )
    n = len(found.towards("either"))
    best = [one for one, _ in best_first(found.heard)][:1]
    numbers = _numbers(found, best)
    told = f": {numbers}" if numbers else ""
    return (
        f"we cannot tell whether it means that {words.better}: {studies(n)} found no clear "
        f"difference, which is not the same as no difference{told}."
    )


def _mixed(found: Found) -> str:
    words = OUTCOMES[found.outcome]
    better, worse = found.towards("better"), found.towards("worse")
    if worse:
        return (
            f"studies point opposite ways: {words.towards_better} {where(better)}, "
            f"{words.towards_worse} {where(worse)}."
        )
    either = found.towards("either")
    return (
        f"studies do not agree: {studies(len(better))} {_points(len(better))} to "
        f"{words.towards_better}, and {studies(len(either))} found no clear difference."
    )


def _points(count: int) -> str:
    return "points" if count == 1 else "point"


def _beware(found: Found) -> str:
    words = OUTCOMES[found.outcome]
    flags = {flag for one in found.group for flag in one.flags if flag in GRAVE}
    worse = [harm for harm in found.harms if harm.state == "worse"]
    if "threshold_only" in flags:
        known = any(one.direction == "better" and one.clear for _, one in found.heard)
        fell = "" if known else f", and it cannot be told whether {words.better}"
        return (
            f"beware: signs of safety got worse{fell}. It may have let fewer in without fewer "
            "needing it."
        )
    if worse or flags:
        named = " and ".join(OUTCOMES[harm.outcome].worse for harm in worse)
        return f"beware: {named or 'a sign of safety moved the wrong way'}."
    return f"beware: it may mean that {words.worse}."


def heading(outcome: Outcome, direction: Direction, group: Sequence[Study]) -> str:
    """'In England: fewer children entering care'."""
    words = OUTCOMES[outcome]
    towards = {"better": words.towards_better, "worse": words.towards_worse}
    text = f"{where(group)}: {towards.get(direction, 'no clear difference')}"
    return text[:1].upper() + text[1:]


def side(outcome: Outcome, direction: Direction, group: Sequence[Study]) -> str:
    """What the studies of one direction say, with numbers where one study alone has any."""
    rows = [row for one in group if (row := of_1000(one, outcome)) is not None]
    if len(group) > 1 or not rows or direction == "either":
        return wording.sentence(studies(len(group)))
    return wording.sentence(f"1 study: {wording.absolute(rows[0], country=False)}")
