"""The words of a rating: each no stronger than what is known, the same for the same certainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.evidence.pointing import Of1000
from whatworks.evidence.study import Numbers, Outcome, Study


@dataclass(frozen=True)
class Words:
    """How one outcome is told: as a fact, as something pointed to, and by its name."""

    better: str
    worse: str
    towards_better: str
    towards_worse: str
    happened: str
    name: str


OUTCOMES: dict[Outcome, Words] = {
    "entry to care": Words(
        "fewer children enter care",
        "more children enter care",
        "fewer children entering care",
        "more children entering care",
        "entered care",
        "Entry to care",
    ),
    "re-entry to care": Words(
        "fewer children who went home come back into care",
        "more children who went home come back into care",
        "fewer children coming back into care",
        "more children coming back into care",
        "came back into care",
        "Coming back into care after a return home",
    ),
    "return home": Words(
        "more children go home to a parent",
        "fewer children go home to a parent",
        "more children going home",
        "fewer children going home",
        "went home",
        "Going home to a parent",
    ),
    "re-referral": Words(
        "fewer families are referred again",
        "more families are referred again",
        "fewer families being referred again",
        "more families being referred again",
        "were referred again",
        "Being referred or reported again",
    ),
    "repeat plan": Words(
        "fewer children need a second protection plan",
        "more children need a second protection plan",
        "fewer second protection plans",
        "more second protection plans",
        "were on a second plan",
        "A second child protection plan",
    ),
    "other": Words("it helps", "it harms", "help", "harm", "changed", "Something else"),
}

MEANS = {
    "high": "it means that {what}",
    "moderate": "it probably means that {what}",
    "low": "it may mean that {what}",
    "very low": "we are very unsure whether it means that {what}",
}
"""Controlled words: how strongly a sentence may speak at each level of certainty."""

DESIGNS = {
    "randomised": "a trial that drew lots",
    "natural experiment": "councils that began at different times, compared over the years",
    "review": "a review of several studies",
    "comparison group": "a comparison with similar families or areas",
    "before and after": "before and after, without anybody to compare with",
}

PLACES = {"Netherlands": "the Netherlands", "United States": "the United States"}
"""Countries as they stand in a sentence."""


def place(country: str) -> str:
    """A country as it stands after 'in'."""
    return PLACES.get(country, country)


def plural(count: int, one: str, many: str = "") -> str:
    """'1 study', '3 studies'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def studies(count: int) -> str:
    """'1 study', '3 studies'."""
    return plural(count, "study", "studies")


def whole(value: float, beside: float = 1000.0) -> str:
    """A number of 1,000: whole, or with one decimal where small ones are set side by side."""
    return f"{value:,.1f}" if abs(beside) < 20 else f"{value:,.0f}"


def more_or_fewer(value: float, beside: float = 1000.0) -> str:
    """'86 fewer', '77 more', 'no difference'; 'any number more' where there is no bound."""
    if math.isinf(value):
        return f"any number {'more' if value > 0 else 'fewer'}"
    text = whole(abs(value), beside)
    if float(text.replace(",", "")) == 0:
        return "no difference"
    return f"{text} {'more' if value > 0 else 'fewer'}"


def interval(row: Of1000) -> str:
    """The interval of a difference in words: 'from 120 fewer to 50 fewer'."""
    if row.low is None or row.high is None:
        return "interval not seen"
    low, high = (more_or_fewer(end, largest(row)) for end in (row.low, row.high))
    return f"95% interval from {low} to {high}"


def largest(row: Of1000) -> float:
    """The larger of the two numbers: it decides how both are written."""
    return max(row.without, row.with_it)


def absolute(row: Of1000, *, country: bool = True) -> str:
    """'of 1,000 children, 362 with it and 448 without: 86 fewer (interval not seen; England)'."""
    size = largest(row)
    return (
        f"of {row.per:,} {row.of}, about {whole(row.with_it, size)} with it and "
        f"{whole(row.without, size)} without: {more_or_fewer(row.difference, size)} "
        f"({interval(row)}{'; ' + row.country if country else ''})"
    )


def ratio(numbers: Numbers) -> str:
    """What a ratio means for 100 to whom it would have happened; empty where it is not plain."""
    if numbers.effect_type not in ("risk ratio", "rate ratio") or numbers.effect is None:
        return ""
    happened = OUTCOMES[numbers.outcome].happened
    seen = "interval not seen"
    if numbers.low is not None and numbers.high is not None:
        top = "no upper limit" if math.isinf(numbers.high) else f"{100 * numbers.high:,.0f}"
        seen = f"95% interval {100 * numbers.low:,.0f} to {top}"
    return (
        f"where 100 {numbers.counted} {happened} without it, about {100 * numbers.effect:,.0f} "
        f"did with it ({seen})"
    )


def where(group: Sequence[Study]) -> str:
    """'in England', 'in England and the United States', 'in a review': where studies are from."""
    countries = sorted({place(one.country) for one in group if one.design != "review"})
    parts = ["in " + " and ".join(countries)] if countries else []
    reviews = sum(one.design == "review" for one in group)
    if reviews:
        parts.append("in a review" if reviews == 1 else f"in {reviews} reviews")
    return " and ".join(parts)


def sentence(text: str) -> str:
    """A clause as a sentence."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
