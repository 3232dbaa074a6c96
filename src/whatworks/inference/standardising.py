"""Indirect standardisation: what would be expected of a place, had its groups the rates of all.

Sources
    Breslow, N. E. and Day, N. E. (1987). Statistical Methods in Cancer Research, volume II: The
    Design and Analysis of Cohort Studies, chapter 2. Lyon: IARC (expected numbers, standardised
    ratios, Byar's approximation).
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from whatworks.inference.intervals import (
    Intervals,
    _counts,
    _tail,
    _with_absences,
    poisson_rate,
    proportion,
)

Floats = npt.NDArray[np.float64]
Method = Literal["exact", "byar"]


@dataclass(frozen=True)
class Expected:
    """What is expected of each place: a sum of binomials, one for each of its groups.

    ``rates`` are those of the groups in all places together (NaN where there is nobody).
    """

    expected: Floats
    variance: Floats
    observed: Floats
    size: Floats
    rates: Floats


def standardised(k: npt.ArrayLike, n: npt.ArrayLike) -> Expected:
    """Expected counts of places from ``k`` of ``n``, arrays of (places, groups).

    The rate of each group is that of all places together, each place among them. The expected
    count of a place is the sum of its n times these rates; its variance is the sum of n r (1 - r).
    Raises ValueError where k is negative or greater than n.
    """
    top, size = np.asarray(k, float), np.asarray(n, float)
    if top.shape != size.shape or top.ndim != 2:
        raise ValueError("Standardisation needs two tables of places by groups, of one shape.")
    if bool(np.any(top < 0)) or bool(np.any(top > size)):
        raise ValueError("Every group needs a part that is neither below 0 nor above its whole.")
    wholes = size.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = np.where(wholes > 0, top.sum(axis=0) / wholes, np.nan)
    used = np.nan_to_num(rates)
    return Expected(
        expected=size @ used,
        variance=size @ (used * (1 - used)),
        observed=top.sum(axis=1),
        size=size.sum(axis=1),
        rates=rates,
    )


def standardised_ratio(
    observed: npt.ArrayLike,
    expected: npt.ArrayLike,
    *,
    level: float = 0.95,
    method: Method = "exact",
) -> Intervals:
    """Observed over expected counts, the observed taken as Poisson, the expected as known.

    ``exact``: Garwood's interval. ``byar``: with O observed, E expected and z the normal quantile,
    O (1 - 1/9O - z/3√O)³ / E and (O+1) (1 - 1/9(O+1) + z/3√(O+1))³ / E (Breslow and Day 1987,
    section 2.3); the lower limit of no events is 0. Both are wider than need be for a common
    outcome of a known number of children: ``share_ratio`` is meant for that.
    """
    if method == "exact":
        return poisson_rate(observed, expected, level)
    o, e, absent = _counts(observed, expected)
    z = float(ndtri(1 - _tail(level)))
    some = np.where(o > 0, o, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(o > 0, some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3, 0.0)
        more = o + 1
        high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
        columns = (o / e, np.maximum(low, 0.0) / e, high / e)
    return _with_absences(columns, absent, "Byar's approximation", level)


def share_ratio(
    k: npt.ArrayLike, n: npt.ArrayLike, expected: npt.ArrayLike, *, level: float = 0.95
) -> Intervals:
    """The share ``k`` of ``n`` over the share expected, which is taken as known.

    The limits are Wilson's for the share, divided by the share expected (``expected`` is a count,
    as from ``standardised``). An expected count of 0 gives an absence with a reason.
    """
    found = proportion(k, n, level)
    _, e, absent = _counts(np.zeros_like(found.estimate), expected)
    size = np.broadcast_to(np.asarray(n, float), found.estimate.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        per = np.where(e > 0, size / np.where(e > 0, e, 1.0), np.nan)
        columns = (found.estimate * per, found.low * per, found.high * per)
    has_reason = np.vectorize(lambda one: one is not None, otypes=[bool])(found.reason)
    reason = np.where(has_reason, found.reason, absent)
    return _with_absences(columns, reason, "Wilson score over the expected share", level)
