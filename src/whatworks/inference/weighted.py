"""Confidence intervals for sums in which each member weighs differently, such as part-time posts.

Each is the interval that is usual for plain counts, carried over to sums of weights; with all
weights 1, the first two are exactly the intervals of ``inference.intervals``. As there, where no
estimate can be given a reason says why; where there is an estimate but no interval can be worked
out, the limits alone are absent.

Sources
    Fay, M. P. and Feuer, E. J. (1997). Confidence intervals for directly standardized rates: a
    method based on the gamma distribution. Statistics in Medicine 16, 791-801.
    Kish, L. (1965). Survey Sampling, chapter 8: effective sample size. New York: Wiley.
    Cochran, W. G. (1977). Sampling Techniques, 3rd edition, chapter 6: ratio estimates.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv, stdtrit

from whatworks.inference.intervals import (
    Intervals,
    _counts,
    _tail,
    _with_absences,
    proportion,
)


def weighted_rate(
    total: npt.ArrayLike,
    squares: npt.ArrayLike,
    exposure: npt.ArrayLike = 1.0,
    *,
    heaviest: float = 1.0,
    level: float = 0.95,
) -> Intervals:
    """Gamma interval for a sum of weights, divided by an ``exposure`` that is taken as known.

    ``total`` is the sum of the weights of what was counted, ``squares`` the sum of their squares,
    ``heaviest`` the greatest weight that one may have. Each of those counted is taken to have
    come or not by chance, as a Poisson count is.

    Limits (Fay and Feuer 1997), with y the sum, v the squares and w the heaviest: the tail
    quantiles of gamma distributions with shape y²/v and scale v/y, and with shape (y + w)²/(v + w²)
    and scale (v + w²)/(y + w). With all weights 1 these are Garwood's.
    """
    y, exposed, absent = _counts(total, exposure)
    v = np.broadcast_to(np.asarray(squares, dtype=float), y.shape)
    tail = _tail(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        some = y > 0
        safe_y, safe_v = np.where(some, y, 1.0), np.where(some & (v > 0), v, 1.0)
        low = gammaincinv(safe_y**2 / safe_v, tail) * safe_v / safe_y
        more, wider = y + heaviest, v + heaviest**2
        high = gammaincinv(more**2 / wider, 1 - tail) * wider / more
        columns = (y / exposed, np.where(some, low, 0.0) / exposed, high / exposed)
    return _with_absences(columns, absent, "gamma (Fay and Feuer)", level)


def weighted_share(
    part: npt.ArrayLike, whole: npt.ArrayLike, squares: npt.ArrayLike, *, level: float = 0.95
) -> Intervals:
    """Wilson score interval for the share that ``part`` has of a ``whole`` sum of weights.

    ``squares`` is the sum of the squares of all weights in the whole. The number of members is
    taken to be Kish's effective size, whole² / squares. With all weights 1 this is Wilson's.
    Raises ValueError where the part is greater than the whole.
    """
    k, n, _ = _counts(part, whole)
    v = np.broadcast_to(np.asarray(squares, dtype=float), n.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(n > 0, n**2 / np.where(v > 0, v, 1.0), n)
        share = np.where(n > 0, np.minimum(k / np.where(n > 0, n, 1.0), 1.0), 0.0)
    if bool(np.any(k > n * (1 + 1e-9))):
        raise ValueError("A share needs a part that is not greater than its whole.")
    found = proportion(np.where(np.isfinite(k), share * size, np.nan), size, level)
    return replace(found, method="Wilson score, effective size (Kish)")


def ratio_of_sums(
    top: npt.ArrayLike,
    bottom: npt.ArrayLike,
    *,
    top_squares: npt.ArrayLike,
    products: npt.ArrayLike,
    bottom_squares: npt.ArrayLike,
    members: npt.ArrayLike,
    level: float = 0.95,
) -> Intervals:
    """Interval for the ratio of two sums over the same ``members``, by how much members differ.

    Takes the sums of both quantities, of their squares and of their products over the members,
    none of them negative. The variance is that of Cochran (1977), chapter 6, by linearisation
    without a finite population: n/(n-1) times the sum of (top - R bottom)², over bottom²; limits
    are by Student's t with n - 1 degrees of freedom, the lower one never below 0. With fewer than
    two members the estimate stands without limits.
    """
    y, x, absent = _counts(top, bottom)
    yy, yx, xx, n = (
        np.broadcast_to(np.asarray(each, dtype=float), y.shape)
        for each in (top_squares, products, bottom_squares, members)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = y / x
        spread = np.maximum(yy - 2 * ratio * yx + ratio**2 * xx, 0.0)
        error = np.sqrt(n / (n - 1) * spread) / x
        half = stdtrit(np.where(n > 1, n - 1, 1.0), 1 - _tail(level)) * error
        half = np.where(n > 1, half, np.nan)
    columns = (ratio, np.maximum(ratio - half, 0.0), ratio + half)
    return _with_absences(columns, absent, "ratio of sums (linearised, Student's t)", level)
