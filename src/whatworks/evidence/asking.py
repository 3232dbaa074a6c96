"""Where studies disagree: in what they differ. Each is a reason to ask, never a finding."""

from __future__ import annotations

from whatworks.evidence import wording
from whatworks.evidence.stepping import LONGER, Found, rank
from whatworks.evidence.study import Numbers, Study

APART = 2.0
"""How many times as often it must have happened without the practice to be pointed out."""


def reasons(found: Found) -> tuple[str, ...]:
    """In what the best study of each side differs, in plain sentences; empty where in nothing."""
    better = found.towards("better")
    other = found.towards("worse") or found.towards("either")
    if not better or not other:
        return ()
    pair = tuple(min(group, key=lambda one: (-rank(one), one.id)) for group in (better, other))
    one, two = (study.of(found.outcome) for study in pair)
    if one is None or two is None:
        return ()
    made = [
        *_baseline(pair[0], one, pair[1], two),
        *_people(*pair),
        *_design(*pair),
        *_measure(one, two),
    ]
    return tuple(made)


def _baseline(one: Study, first: Numbers, two: Study, second: Numbers) -> list[str]:
    shares = (first.share_without, second.share_without)
    if shares[0] is None or shares[1] is None:
        return []
    low, high = sorted((shares[0], shares[1]))
    if high < APART * low:
        return []
    return [
        f"Without the practice it happened to about {1000 * shares[0]:,.0f} of 1,000 in "
        f"{wording.place(one.country)} and to about {1000 * shares[1]:,.0f} of 1,000 in "
        f"{wording.place(two.country)}. The families may have been in very different trouble."
    ]


def _people(one: Study, two: Study) -> list[str]:
    if one.population == two.population:
        return []
    return [
        "It was tried with different people. "
        f"{_named(one)}: {one.population} {_named(two)}: {two.population}"
    ]


def _design(one: Study, two: Study) -> list[str]:
    if one.design == two.design:
        return []
    return [
        f"They were made differently: {wording.DESIGNS[one.design]}; {wording.DESIGNS[two.design]}."
    ]


def _measure(one: Numbers, two: Numbers) -> list[str]:
    made = []
    if one.outcome_words.casefold() != two.outcome_words.casefold():
        made.append(f"They counted different things: “{one.outcome_words}”, “{two.outcome_words}”.")
    months = (one.follow_up_months, two.follow_up_months)
    if None in months:
        if months[0] != months[1]:
            known = next(value for value in months if value is not None)
            made.append(
                f"One followed children for {known:g} months; for the other this was not seen."
            )
    elif abs((months[0] or 0) - (months[1] or 0)) > LONGER:
        made.append(f"One followed children for {months[0]:g} months, the other for {months[1]:g}.")
    return made


def _named(study: Study) -> str:
    return "A review" if study.design == "review" else study.country
