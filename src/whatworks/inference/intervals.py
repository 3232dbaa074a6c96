"""Confidence intervals for a proportion and for a rate, for single numbers or whole columns.

Nothing here turns into an unexplained NaN: where no interval can be given (nobody to count,
a figure that is not known) the estimate is absent *and* a reason says why.

Sources
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22(158), 209-212.
    Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion: comparison
    of seven methods. Statistics in Medicine 17, 857-872 (method 3).
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv, ndtri

if TYPE_CHECKING:
    import polars as pl

NOTHING_TO_DIVIDE_BY = "There is nobody to count: the denominator is 0."
NOT_KNOWN = "A figure that is needed is not known."

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Intervals:
    """Estimates with their intervals: arrays of the shape that the inputs broadcast to.

    ``estimate``, ``low`` and ``high`` are in the unit of numerator / denominator (a proportion
    lies between 0 and 1). ``reason`` is null where there is an estimate; where there is none it
    says why, and the three arrays hold NaN at that place. ``frame()`` has nulls there instead.
    """

    estimate: Floats
    low: Floats
    high: Floats
    reason: npt.NDArray[np.object_]
    method: str
    level: float

    def frame(self) -> pl.DataFrame:
        """Columns estimate, low, high (null where absent) and reason, one row a value."""
        import polars as pl

        return pl.DataFrame(
            {
                "estimate": np.ravel(self.estimate),
                "low": np.ravel(self.low),
                "high": np.ravel(self.high),
            }
        ).with_columns(
            pl.all().fill_nan(None),
            reason=pl.Series(
                [str(r) if r else None for r in np.ravel(self.reason)], dtype=pl.String
            ),
        )


def proportion(k: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> Intervals:
    """Wilson score interval for ``k`` of ``n`` (no continuity correction).

    ``k`` and ``n`` are numbers or arrays that broadcast together; missing values (None, NaN)
    give an absence with a reason, and so does ``n`` = 0. Raises ValueError where k is negative
    or greater than n, and where level is not between 0 and 1.

    With p = k/n and z the standard normal quantile of 1 - (1 - level)/2, the limits are
    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n): Wilson (1927); Newcombe (1998), method 3.
    """
    k, n, absent = _counts(k, n)
    if bool(np.any(k > n)):
        raise ValueError("A proportion needs a numerator that is not greater than its denominator.")
    z = float(ndtri(1 - _tail(level)))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = k / n
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At the ends the formula gives exactly 0 or 1; rounding in the last place must not hide it.
    low = np.where(k == 0, 0.0, np.clip(centre - half, 0.0, p))
    high = np.where(k == n, 1.0, np.clip(centre + half, p, 1.0))
    return _with_absences((p, low, high), absent, "Wilson score", level)


def poisson_rate(k: npt.ArrayLike, exposure: npt.ArrayLike = 1.0, level: float = 0.95) -> Intervals:
    """Exact (Garwood) interval for a count ``k`` divided by an ``exposure``.

    The exposure is what the rate is 'per': 1 for a count on its own, a population divided by
    10,000 for a rate per 10,000 people. Missing values and an exposure of 0 give an absence with
    a reason. Raises ValueError for negative numbers or a level not between 0 and 1.

    Limits: half the chi-squared quantiles with 2k and 2k + 2 degrees of freedom (Garwood 1936),
    computed as inverse incomplete gamma functions; the lower limit of a count of 0 is 0.
    """
    k, exposure, absent = _counts(k, exposure)
    tail = _tail(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(k == 0, 0.0, gammaincinv(np.where(k == 0, 1.0, k), tail)) / exposure
        high = gammaincinv(k + 1, 1 - tail) / exposure
        estimate = k / exposure
    return _with_absences((estimate, low, high), absent, "exact Poisson (Garwood)", level)


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("The level of an interval is a number between 0 and 1, such as 0.95.")
    return (1 - level) / 2


def _counts(
    top: npt.ArrayLike, bottom: npt.ArrayLike
) -> tuple[Floats, Floats, npt.NDArray[np.object_]]:
    """Both as floats of one shape, and where (and why) there can be no estimate."""
    k, n = np.broadcast_arrays(np.asarray(top, dtype=float), np.asarray(bottom, dtype=float))
    if bool(np.any(k < 0)) or bool(np.any(n < 0)):
        raise ValueError("Counts and exposures cannot be negative.")
    unknown = ~(np.isfinite(k) & np.isfinite(n))
    absent = np.full(k.shape, None, dtype=object)
    absent[...] = np.where(unknown, NOT_KNOWN, np.where(n == 0, NOTHING_TO_DIVIDE_BY, ""))
    absent[absent == ""] = None
    return k, n, absent


def _with_absences(
    columns: tuple[Floats, Floats, Floats],
    absent: npt.NDArray[np.object_],
    method: str,
    level: float,
) -> Intervals:
    gone = np.array([why is not None for why in absent.flat], dtype=bool).reshape(absent.shape)
    estimate, low, high = (np.where(gone, np.nan, column) for column in columns)
    return Intervals(estimate, low, high, reason=absent, method=method, level=level)
