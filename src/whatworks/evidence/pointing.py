"""Which way one result points, and what it means for 1,000 children."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from whatworks.evidence.study import Numbers, Outcome, Study

Direction = Literal["better", "worse", "either", ""]
"""``either``: it found no clear difference. Empty: what it found was not seen."""

CHANCE = 0.05
"""A two-sided p below this leaves out no difference, where no interval was seen."""


@dataclass(frozen=True)
class Pointing:
    """Which way a result points. ``clear``: its interval, or its p, leaves out no difference."""

    direction: Direction
    clear: bool
    seen: bool
    """Whether a number was seen, and not only words."""
    interval: bool
    """Whether an interval, or at least a p, was seen."""


@dataclass(frozen=True)
class Of1000:
    """What one study means for 1,000: numbers of theirs, of nobody else.

    ``per`` is 1,000, or 10,000 where it happens to too few of 1,000 to be told in whole children.
    ``low`` and ``high`` are the ends of ``difference``; None where no interval was seen, infinite
    where it has no bound. ``counted_here`` says that the difference was worked out here.
    """

    study: str
    of: str
    whose: str
    country: str
    what: str
    without: float
    with_it: float
    difference: float
    low: float | None
    high: float | None
    counted_here: bool
    follow_up_months: float | None
    lower_is_better: bool
    per: int = 1000


FEW = 0.005
"""A share below this is told of 10,000."""


def pointing(numbers: Numbers) -> Pointing:
    """Which way: by the interval, else by p, else by what the source says, else by the numbers."""
    null = 0.0 if numbers.effect_type == "risk difference" else 1.0
    change = _change(numbers, null)
    if numbers.low is not None and numbers.high is not None:
        chance = numbers.low <= null <= numbers.high
        side = "either" if chance else _side(numbers, numbers.low - null)
        return Pointing(side, clear=not chance, seen=True, interval=True)
    if numbers.p is not None and change is not None:
        chance = numbers.p >= CHANCE
        side = "either" if chance else _side(numbers, change)
        return Pointing(side, clear=not chance, seen=True, interval=True)
    said: Direction = "either" if numbers.reported == "no clear difference" else numbers.reported
    if change is not None and said != "either":
        said = _side(numbers, change)
    return Pointing(said, clear=False, seen=change is not None, interval=False)


def _change(numbers: Numbers, null: float) -> float | None:
    if numbers.effect is not None:
        return numbers.effect - null
    if numbers.share_with is not None and numbers.share_without is not None:
        return numbers.share_with - numbers.share_without
    return None


def _side(numbers: Numbers, change: float) -> Direction:
    if change == 0:
        return "either"
    return "better" if (change < 0) == numbers.lower_is_better else "worse"


def of_1000(study: Study, outcome: Outcome) -> Of1000 | None:
    """Absolute numbers of one study; None where its numbers do not give any."""
    numbers = study.of(outcome)
    if numbers is None or numbers.share_without is None:
        return None
    base = numbers.share_without
    with_it = numbers.share_with
    if with_it is None and numbers.effect is not None:
        with_it = _with(base, numbers, numbers.effect)
    if with_it is None:
        return None
    per = 10_000 if max(base, with_it) < FEW else 1000
    ends = [_difference(base, numbers, end, per) for end in (numbers.low, numbers.high)]
    as_printed = numbers.effect_type == "risk difference" and numbers.effect is not None
    difference = numbers.effect if as_printed else with_it - base
    return Of1000(
        study=study.id,
        of=_of_whom(study, numbers),
        whose=study.population,
        country=study.country,
        what=numbers.outcome_words,
        without=per * base,
        with_it=per * with_it,
        difference=per * (difference or 0.0),
        low=ends[0],
        high=ends[1],
        counted_here=not as_printed,
        follow_up_months=numbers.follow_up_months,
        lower_is_better=numbers.lower_is_better,
        per=per,
    )


def _of_whom(study: Study, numbers: Numbers) -> str:
    """Rates of councils are of a year; other shares are of those who were followed."""
    yearly = study.design == "natural experiment" and numbers.effect_type == "rate ratio"
    return f"{numbers.counted} in a year" if yearly else numbers.counted


def _with(base: float, numbers: Numbers, effect: float) -> float | None:
    """The share with the practice that an effect on this baseline would give."""
    if numbers.effect_type == "risk difference":
        return min(1.0, max(0.0, base + effect))
    if numbers.effect_type in ("risk ratio", "rate ratio"):
        return min(1.0, base * effect)
    if numbers.effect_type == "odds ratio":
        return base * effect / (1 - base + base * effect) if math.isfinite(effect) else 1.0
    if numbers.effect_type == "hazard ratio":
        return float(1 - (1 - base) ** effect)
    return None


def _difference(base: float, numbers: Numbers, end: float | None, per: int) -> float | None:
    if end is None:
        return None
    if math.isinf(end):
        return end
    share = _with(base, numbers, end)
    return None if share is None else per * (share - base)
