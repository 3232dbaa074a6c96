"""What a practice would mean for one council: fewer children a year, at what cost, how sure.

``here`` multiplies three things: how many children a year it happens to without the practice, what
the practice did to that number elsewhere, and how much of that reach the council expects. The
first two are uncertain. Their doubts are combined by 'square and add': the distance from the
estimate to each end of the interval is the root of the summed squares of the distances that each
doubt alone would give.

Sources
    McCullagh, P. and Nelder, J. A. (1989). Generalized Linear Models, 2nd edition. Chapman and
    Hall.
    Newcombe, R. G. (1998). Interval estimation for the difference between independent
    proportions. Statistics in Medicine 17, 873-890 (method 10, 'square and add').
    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a
    general approach. Statistics in Medicine 27, 1693-1702.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf, isfinite, sqrt
from typing import Literal

Use = Literal["estimate", "cautious"]

COMBINED = (
    "The interval takes in two doubts: how many children a year it would be without the practice, "
    "and what the practice does. Each is let go to its own end alone; the two distances are then "
    "squared, added and rooted. It takes in no doubt about how alike this council is to those "
    "where the effect was seen."
)


class CannotProject(ValueError):
    """There is nothing to reckon with; the text says why, and what to change."""


@dataclass(frozen=True)
class Likely:
    """A number with the ends of its interval. An end that cannot be given is infinite."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Here:
    """What a practice would mean for a council in a year.

    ``without`` and ``with_`` are children a year, ``fewer`` their difference: below nought where
    there would be more. ``cost`` is pounds a year; ``cost_each`` pounds for each child to whom it
    does not happen, at the estimate and at both ends of ``fewer``. Both are None where they cannot
    be worked out, and ``no_cost_each`` says why.
    """

    without: Likely
    effect: Likely
    share: float
    use: Use
    fewer: Likely
    with_: Likely
    cost: float | None
    cost_each: Likely | None
    no_cost_each: str
    combined: str = COMBINED

    @property
    def sure_of_fewer(self) -> bool:
        """Whether the whole interval says that there would be fewer."""
        return self.fewer.low > 0


def baseline(counts: Sequence[int], level: float = 0.95) -> Likely:
    """Children a year as the mean of some years' counts, with an interval.

    The years together are one Poisson count with its exact interval, so more years make a narrower
    one. Where years differ by more than chance alone would make them, the interval is widened by
    the root of how much more (``unevenness``). Raises CannotProject for no years, and for a count
    below nought.
    """
    from whatworks.inference.intervals import poisson_rate

    if not counts:
        raise CannotProject("No year has been counted, so there is nothing to start from.")
    if min(counts) < 0:
        raise CannotProject("A number of children cannot be below nought.")
    found = poisson_rate(sum(counts), len(counts), level)
    value, wider = float(found.estimate), sqrt(unevenness(counts))
    return Likely(
        value,
        max(0.0, value - wider * (value - float(found.low))),
        value + wider * (float(found.high) - value),
    )


def unevenness(counts: Sequence[int]) -> float:
    """How much more years differ than chance alone would make them: 1 where they do not.

    Pearson's dispersion, sum of (count - mean) squared / mean, over the number of years less one
    (McCullagh and Nelder 1989, section 6.2.3), and never below 1.
    """
    mean = sum(counts) / max(1, len(counts))
    if len(counts) < 2 or mean == 0:
        return 1.0
    return max(1.0, sum((n - mean) ** 2 for n in counts) / mean / (len(counts) - 1))


def here(
    *,
    without: Likely,
    effect: Likely,
    share: float = 1.0,
    use: Use = "estimate",
    served: float | None = None,
    cost_each_served: float | None = None,
) -> Here:
    """What a practice of this ``effect`` would mean for a council.

    ``effect`` is a ratio: 0.7 is 30% fewer. ``share`` is how much of the reach behind that ratio
    the council expects, from 0 to 1. With ``use`` 'cautious' the less favourable end of the effect
    stands in for its estimate. ``served`` are families or children served in a year, at
    ``cost_each_served`` pounds. Raises CannotProject with a sentence that names what to change.
    """
    _check(without, effect, share, served, cost_each_served)
    ratio = effect.value if use == "estimate" else effect.high
    if not isfinite(ratio):
        raise CannotProject(
            "The effect has no less favourable end that could be reckoned with: too few councils "
            "or years were seen. Use the estimate, and beware of it."
        )
    fewer = _fewer(without, Likely(ratio, effect.low, effect.high), share)
    with_ = Likely(
        without.value - fewer.value,
        max(0.0, without.value - fewer.high),
        without.value - fewer.low,
    )
    cost = None if served is None or cost_each_served is None else served * cost_each_served
    each, why_not = _cost_each(cost, fewer)
    return Here(without, effect, share, use, fewer, with_, cost, each, why_not)


def _fewer(without: Likely, effect: Likely, share: float) -> Likely:
    """``share`` x children x (1 - ratio), with both doubts squared and added."""
    less = 1 - effect.value
    estimate = share * without.value * less
    if share == 0 or without.high == 0:
        return Likely(0.0, 0.0, 0.0)
    worse, better = (without.low, without.high) if less >= 0 else (without.high, without.low)
    down = _together((without.value - worse) * less, without.value * (effect.high - effect.value))
    up = _together((better - without.value) * less, without.value * (effect.value - effect.low))
    most = share * without.high
    return Likely(
        estimate, estimate - share * down, max(estimate, min(most, estimate + share * up))
    )


def _together(one: float, other: float) -> float:
    return inf if not isfinite(other) else hypot(one, other)


def _cost_each(cost: float | None, fewer: Likely) -> tuple[Likely | None, str]:
    if cost is None:
        return None, "Say how many would be served and what each costs to see this."
    if fewer.value <= 0:
        return None, "At this estimate there would not be fewer, so no cost for each can be given."
    most = cost / fewer.low if fewer.low > 0 else inf
    return Likely(cost / fewer.value, cost / fewer.high, most), ""


def _check(
    without: Likely,
    effect: Likely,
    share: float,
    served: float | None,
    cost_each_served: float | None,
) -> None:
    for name, given in (("Children a year", without), ("The effect", effect)):
        if not isfinite(given.value) or given.value < 0 or given.low < 0:
            raise CannotProject(f"{name} must be a number of nought or more.")
        if not given.low <= given.value <= given.high:
            raise CannotProject(f"{name} must lie within the interval given for it.")
    if not isfinite(without.high):
        raise CannotProject("Children a year must have an interval with two ends.")
    if not 0 <= share <= 1:
        raise CannotProject("The share reached must be between 0% and 100%.")
    for name, amount in (("How many are served", served), ("What each costs", cost_each_served)):
        if amount is not None and not (isfinite(amount) and amount >= 0):
            raise CannotProject(f"{name} must be a number of nought or more.")
