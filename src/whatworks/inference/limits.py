"""Limits within which a count should fall by chance, and how surprising a count is.

A count out of ``size`` follows a binomial distribution, one without a size a Poisson. A sum of
binomials with different chances is taken as the one binomial with the same mean and variance, so
that ``size`` and observed counts need not be whole. Between whole counts, tails are read off a
straight line, so that limits run smoothly with the size of a place.

Two ways to draw them. ``mid`` (the one used here) counts half the chance of the very count
observed to each side (mid-P), so that on average over sizes each limit is crossed as often as it
says, on either side. ``spiegelhalter`` is the interpolation of Spiegelhalter (2005), which lies
about half a count lower on both sides: there the upper limit is crossed too often and the lower
one too seldom. It is here so that published funnels can be drawn again.

Sources
    Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. Statistics
    in Medicine 24, 1185-1202 (appendix A.1).
    Lancaster, H. O. (1961). Significance tests in discrete distributions. Journal of the American
    Statistical Association 56, 223-234 (mid-P).
    Ehm, W. (1991). Binomial approximation to the Poisson binomial distribution. Statistics and
    Probability Letters 11, 7-16.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, gammainc

Floats = npt.NDArray[np.float64]
Way = Literal["mid", "spiegelhalter"]

_STEPS = 64
"""Halvings that find a whole number among all that a float can tell apart."""


def matched_size(expected: npt.ArrayLike, variance: npt.ArrayLike) -> Floats:
    """Size of the binomial with this mean and variance; infinite where they are equal (Poisson).

    With mean E and variance V the chance is 1 - V/E and the size E/(1 - V/E). A variance greater
    than the mean is no binomial's and gives NaN; so does a mean of 0.
    """
    mean, spread = np.broadcast_arrays(
        np.asarray(expected, dtype=float), np.asarray(variance, dtype=float)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = 1 - spread / mean
        size: Floats = np.where(chance > 0, mean / chance, np.where(chance == 0, np.inf, np.nan))
    return size


def tails(
    observed: npt.ArrayLike, expected: npt.ArrayLike, size: npt.ArrayLike = np.inf
) -> tuple[Floats, Floats]:
    """Chance of so few or fewer, and of so many or more, with half of that of the count itself.

    Arrays broadcast together; NaN in, NaN out. The two tails add up to 1.
    """
    seen, mean, n = _together(observed, expected, size)
    below = np.floor(seen)
    part = seen - below
    high = (1 - part) * _mid_upper(below, mean, n) + part * _mid_upper(below + 1, mean, n)
    low = (1 - part) * _mid_lower(below, mean, n) + part * _mid_lower(below + 1, mean, n)
    return low, high


def count_limits(
    expected: npt.ArrayLike,
    size: npt.ArrayLike = np.inf,
    *,
    level: float = 0.998,
    way: Way = "mid",
) -> tuple[Floats, Floats]:
    """The counts between which ``level`` of all counts should fall, half of the rest on each side.

    A count is outside where it is smaller than the low or greater than the high limit. Where no
    count could be outside on a side, the limit is 0 or ``size``. Raises ValueError for a level
    that is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError("The level of limits is a number between 0 and 1, such as 0.998.")
    tail = (1 - level) / 2
    _, mean, n = _together(0.0, expected, size)
    if way == "spiegelhalter":
        return _interpolated(mean, n, tail), _interpolated(mean, n, 1 - tail)
    first = _first(lambda r: _mid_lower(r, mean, n) >= tail, mean, n)
    low = _between(first, lambda r: _mid_lower(r, mean, n), tail)
    last = _first(lambda r: _mid_upper(r, mean, n) <= tail, mean, n)
    high = np.minimum(_between(last, lambda r: _mid_upper(r, mean, n), tail), n)
    absent = np.isnan(mean) | np.isnan(n)
    low = np.where(first <= 0, 0.0, low)
    return np.where(absent, np.nan, low), np.where(absent, np.nan, high)


def _together(*values: npt.ArrayLike) -> list[Floats]:
    return [np.asarray(v) for v in np.broadcast_arrays(*(np.asarray(v, float) for v in values))]


def _at_least(count: Floats, mean: Floats, size: Floats) -> Floats:
    """Chance of ``count`` (a whole number) or more."""
    poisson = np.isinf(size)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = np.clip(np.where(poisson, 0.5, mean / np.where(poisson, 1.0, size)), 0.0, 1.0)
        above = np.maximum(np.where(poisson, 1.0, size - count + 1), 0.0)
        some = np.maximum(count, 1.0)
        of_size = np.where(above > 0, betainc(some, np.where(above > 0, above, 1.0), chance), 0.0)
        found = np.where(poisson, gammainc(some, np.maximum(mean, 0.0)), of_size)
    found = np.where(count <= 0, 1.0, found)
    return np.where(np.isnan(mean) | np.isnan(size) | np.isnan(count), np.nan, found)


def _mid_upper(count: Floats, mean: Floats, size: Floats) -> Floats:
    return (_at_least(count, mean, size) + _at_least(count + 1, mean, size)) / 2


def _mid_lower(count: Floats, mean: Floats, size: Floats) -> Floats:
    return 1 - _mid_upper(count, mean, size)


def _first(holds: Callable[[Floats], Any], mean: Floats, size: Floats) -> Floats:
    """The smallest whole number, from 0, at which ``holds``; it goes on holding from there."""
    low = np.full(mean.shape, -1.0)
    far = np.nan_to_num(mean) + 40 * np.sqrt(np.nan_to_num(mean)) + 100
    high = np.where(np.isinf(size), far, np.ceil(np.nan_to_num(size, posinf=0.0)) + 1)
    for _ in range(_STEPS):
        if bool(np.all(high - low <= 1)):
            break
        middle = np.floor((low + high) / 2)
        yes = holds(middle)
        high, low = np.where(yes, middle, high), np.where(yes, low, middle)
    return high


def _between(at: Floats, tail_of: Callable[[Floats], Floats], tail: float) -> Floats:
    """Where the straight line from the count before ``at`` to ``at`` crosses the tail."""
    before, there = tail_of(at - 1), tail_of(at)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(there != before, (tail - before) / (there - before), 1.0)
    crossed: Floats = at - 1 + np.clip(part, 0.0, 1.0)
    return crossed


def _interpolated(mean: Floats, size: Floats, p: float) -> Floats:
    """Spiegelhalter (2005): r - (P(R <= r) - p) / P(R = r), r the smallest with P(R <= r) >= p."""
    r = _first(lambda c: 1 - _at_least(c + 1, mean, size) >= p, mean, size)
    up_to, before = 1 - _at_least(r + 1, mean, size), 1 - _at_least(r, mean, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (up_to - p) / (up_to - before)
    return np.where(np.isnan(mean) | np.isnan(size), np.nan, np.maximum(r - part, 0.0))
