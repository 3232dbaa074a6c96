"""Cumulative incidence with competing causes (Aalen-Johansen), and Kaplan-Meier as one cause.

Of all who are followed from a beginning, what share has met a cause by each time, where others
meet another cause first and some are still being watched? Those who meet another cause stay in
the whole: they are not taken for people about whom nothing is known.

Ties: one who stops being watched at a time was at risk of what happened at that time; one who
comes under watch at a time was not. Events of several causes at one time share one risk set.

Variance: the Greenwood type (the delta method over multinomial increments). With one cause it is
Greenwood's own, and without censoring that of a plain proportion. Intervals lie on the scale
log(-log(1 - F)), so that with one cause they are those of Kaplan-Meier. Where nobody or everybody
has met the cause there is no such interval: the limit is then Wilson's for none (or all) of as
many as are still watched, which is on the careful side.

Bands hold the whole curve at once, over the times asked for. They are of equal precision: as many
standard errors wide everywhere, on the same scale. How many is the quantile of the largest
standardised departure of a Gaussian process that has the covariance estimated from the data,
drawn with a fixed seed (Lin 1997, with increments drawn together for each time). Of 95% bands
over two years for 40 to 150 people, 93 to 94 in 100 held the whole truth, and 95 for 600.

Sources
    Aalen, O. O. and Johansen, S. (1978). An empirical transition matrix for non-homogeneous
    Markov chains based on censored observations. Scandinavian Journal of Statistics 5, 141-150.
    Marubini, E. and Valsecchi, M. G. (1995). Analysing Survival Data from Clinical Trials and
    Observational Studies, section 10.2. Wiley. (Variance.)
    Andersen, P. K., Borgan, O., Gill, R. D. and Keiding, N. (1993). Statistical Models Based on
    Counting Processes, section IV.4. Springer. (Variance of Greenwood type; late entry.)
    Kalbfleisch, J. D. and Prentice, R. L. (1980). The Statistical Analysis of Failure Time Data,
    section 1.3. Wiley. (The log(-log) scale.)
    Dorey, F. J. and Korn, E. L. (1987). Effective sample sizes for confidence intervals for
    survival probabilities. Statistics in Medicine 6, 679-687. (Limits beside none and all.)
    Lin, D. Y. (1997). Non-parametric inference for cumulative incidence functions in competing
    risks studies. Statistics in Medicine 16, 901-910. (Bands.)
    Nair, V. N. (1984). Confidence bands for survival functions with censored data. Technometrics
    26, 265-275. (Equal precision.)
    Brookmeyer, R. and Crowley, J. (1982). A confidence interval for the median survival time.
    Biometrics 38, 29-41.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from whatworks.inference.intervals import _tail, proportion

if TYPE_CHECKING:
    import polars as pl

Floats = npt.NDArray[np.float64]

NOBODY = "There is nobody to follow."
NOT_SO_LONG = "Nobody has been followed for so long yet."
ANY = 0
"""The 'cause' that stands for all causes together: 1 less the share that has met none."""
CENSORED = 0

DRAWS = 1_000
SEED = 1997
FEWEST = 10
"""A band begins where so many have met the cause: before that, no Gaussian process is near."""
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Curve:
    """The incidence of one cause: arrays with one value for each of ``Incidence.time``.

    NaN where there is no estimate (and, in ``band_low`` and ``band_high``, no band).
    """

    estimate: Floats
    se: Floats
    low: Floats
    high: Floats
    band_low: Floats
    band_high: Floats
    events: npt.NDArray[np.int64]
    """How many have met the cause by then."""


@dataclass(frozen=True)
class Incidence:
    """Estimates at each ``time``. ``at_risk``: how many were under watch, and had met no cause,
    just before it. ``reason`` is null where there is an estimate, else it says why there is none.
    """

    time: Floats
    at_risk: npt.NDArray[np.int64]
    survival: Floats
    curves: dict[int, Curve]
    reason: npt.NDArray[np.object_]
    level: float
    n: int
    method: str = "Aalen-Johansen, Greenwood-type variance, log(-log) scale"

    def frame(self, cause: int = ANY) -> pl.DataFrame:
        """Columns time, estimate, se, low, high, band_low, band_high, at_risk, events, reason.

        Raises KeyError for a cause that is not among those estimated.
        """
        import polars as pl

        curve = self.curves[cause]
        return pl.DataFrame(
            {
                "time": self.time,
                **{
                    name: pl.Series(getattr(curve, name)).fill_nan(None)
                    for name in ("estimate", "se", "low", "high", "band_low", "band_high")
                },
                "at_risk": self.at_risk,
                "events": curve.events,
                "reason": pl.Series(list(self.reason), dtype=pl.String),
            }
        )

    def reached(self, share: float, cause: int = ANY) -> tuple[float, float, float]:
        """The first time by which ``share`` has met the cause, with its interval; NaN: not seen.

        The interval holds the times at which the interval of the curve holds ``share``
        (Brookmeyer and Crowley 1982). ``share`` 0.5 with all causes is the median. Read it from a
        curve with all its times.
        """
        curve = self.curves[cause]
        least = share - _ROUNDING
        return (
            self._first(curve.estimate >= least),
            self._first(curve.high >= least),
            self._first(curve.low >= least),
        )

    def _first(self, holds: npt.NDArray[np.bool_]) -> float:
        return float(self.time[np.argmax(holds)]) if bool(holds.any()) else float("nan")


def cumulative_incidence(
    times: npt.ArrayLike,
    events: npt.ArrayLike,
    *,
    entry: npt.ArrayLike | None = None,
    at: npt.ArrayLike | None = None,
    causes: Sequence[int] | None = None,
    level: float = 0.95,
    bands: bool = False,
) -> Incidence:
    """The Aalen-Johansen estimate of the incidence of each cause.

    times: how long each was followed, 0 or more, in any unit. events: what ended it: 0 nothing
    (still watched, or lost sight of), 1 and up a cause. entry: since when each was watched, before
    its time (left out: from the beginning). at: the times at which to estimate (left out: every
    time at which something happened). causes: those to give, 0 standing for all together (left
    out: 0 and all that occur). bands: simultaneous bands too, over ``at``.

    Raises ValueError where times are not known or negative, events are no whole numbers from 0,
    or somebody came under watch no earlier than their time. With late entry, a curve stays where
    it is once all who were under watch have met a cause, though others come later. O(n log n).
    """
    watched, what, since = _checked(times, events, entry)
    tail = _tail(level)
    wanted = [ANY, *sorted(set(what.tolist()) - {CENSORED})] if causes is None else list(causes)
    steps = _steps(watched, what, since)
    grid = steps.time if at is None else np.unique(np.asarray(at, dtype=float))
    place = np.searchsorted(steps.time, grid, side="right")
    at_risk = _watched_at(grid, watched, since)
    reason = _reasons(grid, watched, steps.survival[place])
    gone = np.array([why is not None for why in reason], dtype=bool)
    curves = {}
    for cause in wanted:
        path = _path(steps, what, watched, cause)
        shown = _at(path, place)
        low, high = _limits(shown, at_risk, float(ndtri(1 - tail)), level)
        around = _band(shown, level) if bands else (np.full(len(grid), np.nan),) * 2
        est, se, *rest = (
            np.where(gone, np.nan, x) for x in (shown.estimate, shown.se, low, high, *around)
        )
        curves[cause] = Curve(est, se, rest[0], rest[1], rest[2], rest[3], shown.events)
    survival = np.where(gone, np.nan, steps.survival[place])
    return Incidence(grid, at_risk, survival, curves, reason, level, len(watched))


def _checked(
    times: npt.ArrayLike, events: npt.ArrayLike, entry: npt.ArrayLike | None
) -> tuple[Floats, npt.NDArray[np.int64], Floats | None]:
    watched = np.asarray(times, dtype=float).ravel()
    given = np.asarray(events, dtype=float).ravel()
    if given.shape != watched.shape:
        raise ValueError("There must be one event for each time.")
    if not bool(np.all(np.isfinite(watched) & (watched >= 0))):
        raise ValueError("Times must be known, and 0 or more.")
    if not bool(np.all(np.isfinite(given) & (given >= 0) & (given == np.floor(given)))):
        raise ValueError("Events are whole numbers: 0 for none, 1 and up for its cause.")
    what = given.astype(np.int64)
    if entry is None:
        return watched, what, None
    since = np.asarray(entry, dtype=float).ravel()
    if since.shape != watched.shape or not bool(np.all(since < watched)):
        raise ValueError("Everybody must come under watch earlier than the time they leave it.")
    return watched, what, since


@dataclass(frozen=True)
class _Steps:
    """At each time at which anything happened: how many were at risk, and how many met a cause.

    ``survival`` has one value more: 1 before the first time, then that after each.
    """

    time: Floats
    risk: Floats
    met: Floats
    survival: Floats


def _watched_at(grid: Floats, watched: Floats, since: Floats | None) -> npt.NDArray[np.int64]:
    """How many are under watch just before each time: come before it, and not gone before it."""
    staying = len(watched) - np.searchsorted(np.sort(watched), grid, side="left")
    if since is None:
        return staying.astype(np.int64)
    not_yet = len(since) - np.searchsorted(np.sort(since), grid, side="left")
    return (staying - not_yet).astype(np.int64)


def _steps(watched: Floats, what: npt.NDArray[np.int64], since: Floats | None) -> _Steps:
    time, met = np.unique(watched[what > 0], return_counts=True)
    risk = _watched_at(time, watched, since).astype(float)
    survival = np.concatenate([[1.0], np.cumprod(1 - met / risk)])
    return _Steps(time, risk, met.astype(float), survival)


def _reasons(grid: Floats, watched: Floats, survival: Floats) -> npt.NDArray[np.object_]:
    why = np.full(len(grid), None, dtype=object)
    if not len(watched):
        why[:] = NOBODY
    else:
        # Once all have met a cause the rest is known, however far off.
        why[(grid > watched.max()) & (survival > 0)] = NOT_SO_LONG
    return why


@dataclass(frozen=True)
class _Path:
    """Estimates after each step, and running sums that make covariances.

    The departure of the estimate at t from the truth is a sum of X less the estimate times a sum
    of Y, over the steps up to t; X and Y of each step are independent of those of others.
    """

    estimate: Floats
    events: npt.NDArray[np.int64]
    xx: Floats
    xy: Floats
    yy: Floats

    @property
    def se(self) -> Floats:
        spread = self.xx - 2 * self.estimate * self.xy + self.estimate**2 * self.yy
        return np.sqrt(np.maximum(spread, 0.0))


def _path(steps: _Steps, what: npt.NDArray[np.int64], watched: Floats, cause: int) -> _Path:
    """Var X, cov(X, Y) and var Y of a step, with n at risk, d met and k of the cause:

    Y is the step of the hazard over (1 - d/n), X is S times that of the cause plus F times Y.
    """
    mine = watched[what == cause] if cause != ANY else watched[what > 0]
    k = np.bincount(np.searchsorted(steps.time, mine), minlength=len(steps.time)).astype(float)
    n, d, before = steps.risk, steps.met, steps.survival[:-1]
    share = k / n
    estimate = np.cumsum(before * share)
    # Rounding must not hide that everybody has met the cause.
    estimate = np.where(estimate > 1 - _ROUNDING, 1.0, estimate)
    left = n - d
    # Where nobody is left the rest of the curve is flat, so that what Y adds comes to nothing.
    y = np.where(left > 0, d / (n * np.where(left > 0, left, 1.0)), 0.0)
    joint = before * share / n
    x = before**2 * share * (1 - share) / n + 2 * joint * estimate + estimate**2 * y
    started = [
        np.concatenate([[0.0], values])
        for values in (estimate, np.cumsum(x), np.cumsum(joint + estimate * y), np.cumsum(y))
    ]
    counted = np.concatenate([[0], np.cumsum(k)]).astype(np.int64)
    return _Path(started[0], counted, *started[1:])


def _at(path: _Path, place: npt.NDArray[np.intp]) -> _Path:
    return _Path(*(getattr(path, f)[place] for f in ("estimate", "events", "xx", "xy", "yy")))


def _transformed(path: _Path, width: float | Floats) -> tuple[Floats, Floats]:
    """Limits ``width`` standard errors away on the scale log(-log(1 - F)); NaN beside 0 and 1."""
    inside = (path.estimate > 0) & (path.estimate < 1) & (path.se > 0)
    rest = np.where(inside, 1 - path.estimate, 0.5)
    factor = np.exp(width * path.se / (rest * np.abs(np.log(rest))))
    low, high = 1 - rest ** (1 / factor), 1 - rest**factor
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def _limits(
    path: _Path, at_risk: npt.NDArray[np.int64], z: float, level: float
) -> tuple[Floats, Floats]:
    low, high = _transformed(path, z)
    ends = np.isnan(low)
    n = np.maximum(at_risk, 1)
    plain = proportion(np.where(path.estimate >= 0.5, n, 0), n, level)
    low, high = np.where(ends, plain.low, low), np.where(ends, plain.high, high)
    return np.minimum(low, path.estimate), np.maximum(high, path.estimate)


def _band(path: _Path, level: float) -> tuple[Floats, Floats]:
    """A band of equal precision from where ``FEWEST`` have met the cause; NaN elsewhere."""
    absent = np.full(len(path.estimate), np.nan)
    used = (path.events >= FEWEST) & (path.se > 0) & (path.estimate < 1)
    if not bool(used.any()):
        return absent, absent
    # No band is narrower than the interval at one time, whatever was drawn.
    width = max(np.quantile(_largest_departures(path, used), level), ndtri(1 - _tail(level)))
    low, high = _transformed(path, float(width))
    return np.where(used, low, np.nan), np.where(used, high, np.nan)


def _largest_departures(path: _Path, used: npt.NDArray[np.bool_]) -> Floats:
    """The largest standardised departure of each of ``DRAWS`` drawn curves, over the times used."""
    xx, xy, yy = (np.diff(values, prepend=0.0) for values in (path.xx, path.xy, path.yy))
    slope = np.divide(xy, yy, out=np.zeros_like(xy), where=yy > 0)
    rest = np.sqrt(np.maximum(xx - slope * xy, 0.0))
    draw = np.random.default_rng(SEED)
    largest = np.empty(DRAWS)
    chunk = max(1, min(DRAWS, 2_000_000 // max(len(xx), 1)))
    for first in range(0, DRAWS, chunk):
        size = (min(chunk, DRAWS - first), len(xx))
        y = np.sqrt(yy) * draw.standard_normal(size)
        x = slope * y + rest * draw.standard_normal(size)
        gone = np.cumsum(x, axis=1) - path.estimate * np.cumsum(y, axis=1)
        worst = np.max(np.abs(gone[:, used]) / path.se[used], axis=1)
        largest[first : first + size[0]] = worst
    return largest
