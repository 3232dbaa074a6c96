"""Funnels: is what was seen in each place more than chance, in a place of its size?

A funnel is made for places together: what is expected of each, the limits within which chance
keeps it (95% and 99.8%), and a band. The rule for the bands:

1. A place is marked only where it lies outside its 99.8% limits. Of places that are all alike,
   2 in 1,000 do.
2. It must also hold out once it is taken into account how many places were looked at: among the
   p-values of all, by the procedure of Benjamini and Hochberg at 5% (as Jones and others propose
   for comparing many institutions). Of the places marked, on average no more than 5 in 100 are
   marked by chance alone.
3. Where places differ by more than chance (``overdispersion``), limits are those of chance and of
   the usual difference between places together, and never narrower than those of chance.
4. A place that is not marked is 'as expected' only if it could have been found on either side.
   Where not even none at all (or, of a share, all of them) would lie outside its 99.8% limits by
   chance alone, it is 'too few to tell'. For a count that is where fewer than about 6.2 are
   expected.

Sources
    Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. Statistics
    in Medicine 24, 1185-1202.
    Jones, H. E., Ohlssen, D. I. and Spiegelhalter, D. J. (2008). Use of the false discovery rate
    when comparing multiple health care providers. Journal of Clinical Epidemiology 61, 232-240.
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the
    Royal Statistical Society B 57, 289-300.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from whatworks.inference.limits import count_limits, matched_size, tails
from whatworks.inference.overdispersion import Overdispersion, overdispersion

Floats = npt.NDArray[np.float64]

HIGHER, LOWER = "higher than expected", "lower than expected"
AS_EXPECTED, TOO_FEW = "as expected", "too few to tell"
BANDS = (HIGHER, LOWER, AS_EXPECTED, TOO_FEW)
WARNING, ACTION = 0.95, 0.998
"""The levels of the two pairs of limits; a place is marked by the second."""
DISCOVERIES = 0.05
TELLING = 5.0
"""Places where fewer are expected say nothing about overdispersion: their scores are too rough."""


@dataclass(frozen=True)
class Funnel:
    """What is expected of places and how each stands; arrays have a value for each place.

    ``expected`` and the limits are in the unit of the values (a proportion; a count for each unit
    of exposure; a mean). ``p`` is two-sided, from mid-P tails or, with overdispersion, from the
    normal distribution. ``band`` is one of ``BANDS``, or None for a place without figures, whose
    numbers are NaN. ``outside_95`` and ``outside_998`` are how many of ``judged`` places would be
    outside by chance alone.
    """

    overall: float
    expected: Floats
    low_95: Floats
    high_95: Floats
    low_998: Floats
    high_998: Floats
    p: Floats
    band: npt.NDArray[np.object_]
    overdispersion: Overdispersion
    judged: int

    @property
    def outside_95(self) -> float:
        """Places of those judged that would lie outside the 95% limits by chance alone."""
        return self.judged * (1 - WARNING)

    @property
    def outside_998(self) -> float:
        """Places of those judged that would lie outside the 99.8% limits by chance alone."""
        return self.judged * (1 - ACTION)


def funnel_of_shares(
    k: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    expected: npt.ArrayLike | None = None,
    variance: npt.ArrayLike | None = None,
    slack: npt.ArrayLike = 0.0,
    widen: bool = True,
) -> Funnel:
    """Funnel of shares ``k`` of ``n``, by place.

    ``expected`` and ``variance`` are the counts expected of each place and their variance, as
    from indirect standardisation; left out, all places have the share that they have together.
    ``k`` need not be whole: with a published percentage it is the percentage of n, and ``slack``
    is half its step of rounding (as a share); a place is marked only if all of that lies outside.
    ``widen`` False leaves overdispersion out. Raises ValueError for k above n or below 0.
    """
    top, size, off = _arrays(k, n, slack)
    if bool(np.any(top < 0)) or bool(np.any(top > size * (1 + 1e-9))):
        raise ValueError("A share needs a part that is neither below 0 nor above its whole.")
    size = np.where(size > 0, size, np.nan)
    known = np.isfinite(top) & np.isfinite(size)
    overall = _ratio(top[known].sum(), size[known].sum())
    mean = overall * size if expected is None else np.asarray(expected, float)
    spread = mean * (1 - mean / size) if variance is None else np.asarray(variance, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = mean / size
        matched = size if variance is None else matched_size(mean, spread)
        error = np.sqrt(spread) / size / (2 * np.sqrt(share * (1 - share)))
        target = np.arcsin(np.sqrt(share))
    rough = (mean < TELLING) | (size - mean < TELLING)
    found = _Places(top, mean, matched, size, target, error, rough, off * size, _ARCSINE)
    return _made(found, overall, widen=widen)


def funnel_of_rates(
    k: npt.ArrayLike,
    exposure: npt.ArrayLike,
    *,
    expected: npt.ArrayLike | None = None,
    slack: npt.ArrayLike = 0.0,
    widen: bool = True,
) -> Funnel:
    """Funnel of counts ``k`` for each unit of ``exposure``, by place, as Poisson counts.

    ``expected``: the counts expected of each place; left out, all places have the rate that they
    have together. ``slack`` is in counts for each unit of exposure. Else as ``funnel_of_shares``.
    """
    top, size, off = _arrays(k, exposure, slack)
    if bool(np.any(top < 0)):
        raise ValueError("Counts cannot be negative.")
    size = np.where(size > 0, size, np.nan)
    known = np.isfinite(top) & np.isfinite(size)
    overall = _ratio(top[known].sum(), size[known].sum())
    mean = overall * size if expected is None else np.asarray(expected, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = 1 / (2 * np.sqrt(mean))
    one, endless = np.ones_like(mean), np.full_like(mean, np.inf)
    rough = mean < TELLING
    found = _Places(top, mean, endless, size, one, error, rough, off * size, _ROOT)
    return _made(found, overall, widen=widen)


def funnel_of_means(
    value: npt.ArrayLike,
    standard_error: npt.ArrayLike,
    weight: npt.ArrayLike,
    *,
    widen: bool = True,
) -> Funnel:
    """Funnel of means or ratios with their standard errors, taken as normal, by place.

    All places are expected to have the mean over places by ``weight`` (the ratio's denominators).
    'Too few to tell' is where the lower 99.8% limit is not above 0.
    """
    values, errors, weights = _arrays(value, standard_error, weight)
    known = np.isfinite(values) & np.isfinite(weights) & (weights > 0)
    overall = _ratio((values * weights)[known].sum(), weights[known].sum())
    usable = known & np.isfinite(errors) & (errors > 0)
    mean = np.where(usable, overall, np.nan)
    values, errors = np.where(usable, values, np.nan), np.where(usable, errors, np.nan)
    rough = np.zeros(mean.shape, dtype=bool)
    one = np.ones_like(mean)
    found = _Places(values, mean, None, one, mean, errors, rough, 0.0 * mean, None)
    return _made(found, overall, widen=widen)


def standing_out(p: npt.ArrayLike, rate: float = DISCOVERIES) -> npt.NDArray[np.bool_]:
    """Which p-values the procedure of Benjamini and Hochberg (1995) picks out; NaN never."""
    values = np.asarray(p, float)
    ordered = np.sort(values[np.isfinite(values)])
    fits = ordered <= rate * np.arange(1, len(ordered) + 1) / max(len(ordered), 1)
    cut = ordered[fits][-1] if bool(fits.any()) else -1.0
    return np.asarray(np.nan_to_num(values, nan=2.0) <= cut)


@dataclass(frozen=True)
class _Scale:
    """There and back between counts and a scale on which standard errors are even."""

    there: Callable[[Floats, Floats, Floats], Floats]
    back: Callable[[Floats, Floats, Floats], Floats]


def _to_arcsine(seen: Floats, mean: Floats, size: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.arcsin(np.sqrt(np.clip(seen / size, 0.0, 1.0)))
    return found


def _from_arcsine(level: Floats, mean: Floats, size: Floats) -> Floats:
    found: Floats = size * np.sin(np.clip(level, 0.0, np.pi / 2)) ** 2
    return found


def _to_root(seen: Floats, mean: Floats, size: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.sqrt(seen / mean)
    return found


def _from_root(level: Floats, mean: Floats, size: Floats) -> Floats:
    found: Floats = mean * np.maximum(level, 0.0) ** 2
    return found


_ARCSINE = _Scale(_to_arcsine, _from_arcsine)
_ROOT = _Scale(_to_root, _from_root)


@dataclass(frozen=True)
class _Places:
    """Counts (or means) with what is expected, and both on a scale where errors are even."""

    seen: Floats
    mean: Floats
    matched: Floats | None
    size: Floats
    target: Floats
    error: Floats
    rough: npt.NDArray[np.bool_]
    slack: Floats
    scale: _Scale | None

    def level_of(self, seen: Floats) -> Floats:
        """Where counts lie on the even scale."""
        return seen if self.scale is None else self.scale.there(seen, self.mean, self.size)

    @property
    def score(self) -> Floats:
        """How many standard errors what was seen lies above what is expected."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = (self.level_of(self.seen) - self.target) / self.error
        return found

    def by_chance(self, level: float) -> tuple[Floats, Floats]:
        """Limits by chance alone, in counts (or means)."""
        if self.matched is not None:
            return count_limits(self.mean, self.matched, level=level)
        return self.widened(level, 0.0)

    def widened(self, level: float, tau: float) -> tuple[Floats, Floats]:
        half = float(ndtri((1 + level) / 2)) * np.sqrt(self.error**2 + tau**2)
        low, high = self.target - half, self.target + half
        if self.scale is None:
            return low, high
        back = self.scale.back
        return back(low, self.mean, self.size), back(high, self.mean, self.size)

    def limits(self, level: float, tau: float) -> tuple[Floats, Floats]:
        low, high = self.by_chance(level)
        if tau == 0:
            return low, high
        lower, higher = self.widened(level, tau)
        return np.fmin(low, lower), np.fmax(high, higher)

    def nearest(self) -> Floats:
        """What was seen, moved by the slack towards what is expected, and not past it."""
        away = self.seen - self.mean
        moved: Floats = self.mean + np.sign(away) * np.maximum(np.abs(away) - self.slack, 0.0)
        return moved


def _made(places: _Places, overall: float, *, widen: bool) -> Funnel:
    telling = np.where(places.rough, np.nan, places.score)
    spread = overdispersion(telling, np.where(np.isnan(telling), np.nan, places.error))
    tau = spread.tau if widen else 0.0
    low, high = places.limits(WARNING, tau)
    lowest, highest = places.limits(ACTION, tau)
    near = places.nearest()
    p = _p_values(places, near, tau)
    known = np.isfinite(p)
    marked = known & ((near < lowest) | (near > highest)) & standing_out(p)
    bare_low, bare_high = places.by_chance(ACTION)
    top = np.inf if places.matched is None else places.matched
    few = known & ((bare_low <= 0) | (bare_high >= top))
    band = np.full(p.shape, None, dtype=object)
    band[known] = AS_EXPECTED
    band[few] = TOO_FEW
    band[marked & (near > places.mean)] = HIGHER
    band[marked & (near < places.mean)] = LOWER
    unit = places.size
    return Funnel(
        overall=overall,
        expected=places.mean / unit,
        low_95=low / unit,
        high_95=high / unit,
        low_998=lowest / unit,
        high_998=highest / unit,
        p=p,
        band=band,
        overdispersion=spread,
        judged=int(known.sum()),
    )


def _p_values(places: _Places, near: Floats, tau: float) -> Floats:
    """Two-sided; with overdispersion, by the widened errors and never below that of chance."""
    if places.matched is not None:
        low, high = tails(near, places.mean, places.matched)
        found: Floats = np.minimum(2 * np.minimum(low, high), 1.0)
    else:
        found = _normal(near, places, 0.0)
    if tau > 0:
        found = np.fmax(found, _normal(near, places, tau))
    return found


def _normal(near: Floats, places: _Places, tau: float) -> Floats:
    level = places.level_of(near)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.abs(level - places.target) / np.sqrt(places.error**2 + tau**2)
    found: Floats = 2 * ndtr(-score)
    return found


def _ratio(top: float, bottom: float) -> float:
    return float(top / bottom) if bottom > 0 else float("nan")


def _arrays(*values: npt.ArrayLike) -> list[Floats]:
    return [np.asarray(v) for v in np.broadcast_arrays(*(np.asarray(v, float) for v in values))]
