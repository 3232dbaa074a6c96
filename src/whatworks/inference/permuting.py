"""Permutation tests that are turned into intervals exactly, and the arrangements they permute.

A statistic that is linear in the outcomes is known, for every arrangement of the treatment, from
two numbers: ``a``, the statistic of the outcomes, and ``b``, the statistic of the dose that the
units truly had. If the effect were ``theta`` for each unit of dose, then ``a - theta * b`` is what
the arrangement would give once the effect is taken out again. So

    p(theta) = share of arrangements, the true one included, with
               |a - theta * b| >= |a0 - theta * b0|,

and p(0) is the usual test of no effect at all (Fisher 1935). Each arrangement is at least as far
out as the true one on one closed set of thetas, whose ends are (a - a0) / (b - b0) and
(a + a0) / (b + b0). Sorting these ends gives p everywhere: nothing is searched for and nothing is
approximated. The interval runs from the least to the greatest theta with p(theta) above
1 - level. Where p has a dip inside, the interval bridges it, so it may hold a theta with a lower p.

Sources
    Fisher, R. A. (1935). The Design of Experiments. Edinburgh: Oliver and Boyd.
    Hodges, J. L. and Lehmann, E. L. (1963). Estimates of location based on rank tests. Annals of
    Mathematical Statistics 34, 598-611. (Intervals by inverting a test.)
    Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
    Applications in Genetics and Molecular Biology 9(1), 39. (The true arrangement counts.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial, inf, prod
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]

ENUMERATED = 20_000
"""Up to so many arrangements, every one is tried."""
SEED = 1935
_TIES = 1e-9
"""Statistics as close as this, beside their size, are the same but for rounding."""


@dataclass(frozen=True)
class Arrangements:
    """Arrangements of labels over units, (n, units); the first is the true one.

    ``every``: these are all the distinct ones there are, each once. Else they are the true one
    and others drawn at random, which may repeat.
    """

    labels: Whole
    every: bool


@dataclass(frozen=True)
class Permuted:
    """A two-sided permutation test, turned into an interval for the effect of a unit of dose.

    ``p`` is of no effect; ``least_p`` the least that these arrangements could have given.
    ``arrangements`` counts those with a statistic, the true one among them. ``cannot_bound``:
    there are too few of them, or the dose is too alike in them, to bound the effect at this level
    on one side or both; that end of the interval is infinite.
    """

    estimate: float
    low: float
    high: float
    p: float
    least_p: float
    level: float
    arrangements: int
    cannot_bound: bool


# --- arrangements ---------------------------------------------------------------------------------


def canonical(labels: npt.ArrayLike, rows: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """An order of units that follows from their data alone, not from names or places.

    Args:
        labels: (units,) what is permuted, such as days of adoption.
        rows: (units, columns) their outcomes. The order is by label, then by these from the left,
            so adding the same to all units of one label leaves it as it is.
    """
    columns = np.asarray(rows, dtype=float)
    keys = [columns[:, k] for k in reversed(range(columns.shape[1]))]
    return np.lexsort((*keys, np.asarray(labels)))


def arrange(labels: npt.ArrayLike, n: int, *, seed: int = SEED) -> Arrangements:
    """All distinct arrangements where there are at most ``ENUMERATED``, else n drawn at random.

    Args:
        labels: (units,) the true arrangement, in canonical order.
        n: how many to draw beside the true one, at least 1.
        seed: of the drawing; the same every time, so that a result can be had again.
    """
    true = np.asarray(labels, dtype=np.int64)
    if how_many(true) <= ENUMERATED:
        return Arrangements(_every(true), every=True)
    # Raw bits, which numpy promises not to change for a seed; ties are past imagining.
    raw = np.random.PCG64(seed).random_raw(n * len(true)).reshape(n, len(true))
    drawn = true[np.argsort(raw, axis=1, kind="stable")]
    return Arrangements(np.concatenate([true[None], drawn]), every=False)


def how_many(labels: npt.ArrayLike) -> int:
    """How many distinct arrangements of these labels there are."""
    _, counts = np.unique(np.asarray(labels), return_counts=True)
    return factorial(int(counts.sum())) // prod(factorial(int(k)) for k in counts)


def _every(true: Whole) -> Whole:
    values, counts = np.unique(true, return_counts=True)
    most = int(np.argmax(counts))
    rare = [(int(values[k]), int(counts[k])) for k in range(len(values)) if k != most]
    found = np.full((how_many(true), len(true)), values[most], dtype=np.int64)
    for row, places in enumerate(_placed(tuple(range(len(true))), rare)):
        for value, where in places:
            found[row, list(where)] = value
    first = int(np.flatnonzero((found == true).all(axis=1))[0])
    found[[0, first]] = found[[first, 0]]
    return found


def _placed(
    free: tuple[int, ...], rare: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, tuple[int, ...]], ...]]:
    """Every way to put labels, each so many times, on free places."""
    if not rare:
        yield ()
        return
    (value, times), rest = rare[0], rare[1:]
    for where in combinations(free, times):
        left = tuple(place for place in free if place not in where)
        for others in _placed(left, rest):
            yield ((value, where), *others)


# --- the test and its inversion -------------------------------------------------------------------


def p_value(a0: float, a: npt.ArrayLike) -> float:
    """Two-sided p of a statistic among those of all arrangements, the true one among ``a``."""
    others = np.asarray(a, dtype=float)
    scale = max(abs(a0), float(np.abs(others).max(initial=0.0)))
    return float(np.mean(np.abs(others) >= abs(a0) - _TIES * scale))


def invert(a: npt.ArrayLike, b: npt.ArrayLike, *, level: float = 0.95) -> Permuted:
    """Test no effect and invert the test, from statistics of outcomes and of the true dose.

    Args:
        a: (arrangements,) the statistic of the outcomes; the first is of the true arrangement.
        b: the same of the dose.
        level: of the interval.
    An arrangement for which either is not a number is passed over; a b0 of 0 or a true statistic
    that is not a number raises ValueError.
    """
    if not 0 < level < 1:
        raise ValueError("A level lies between 0 and 1.")
    of, dose = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    able = np.isfinite(of) & np.isfinite(dose)
    if not able[0] or dose[0] == 0:
        raise ValueError("The true arrangement has no statistic, or no dose.")
    of, dose = of[able], dose[able]
    estimate = float(of[0] / dose[0])
    low, high = _hull(*_sets(of, dose), len(of), 1 - level)
    # What is tied with the true arrangement whatever the effect can never be beaten.
    tied = _close(of, of[0], _scale(of)) & _close(dose, dose[0], _scale(dose))
    return Permuted(
        estimate=estimate,
        low=min(low, estimate),
        high=max(high, estimate),
        p=p_value(float(of[0]), of),
        least_p=float(tied.mean()),
        level=level,
        arrangements=len(of),
        cannot_bound=bool(np.isinf(low) or np.isinf(high)),
    )


def _scale(of: Floats) -> float:
    return float(np.abs(of).max())


def _close(one: npt.ArrayLike, other: npt.ArrayLike, scale: float) -> npt.NDArray[np.bool_]:
    return np.asarray(np.abs(np.asarray(one) - other) <= _TIES * scale)


def _sets(a: Floats, b: Floats) -> tuple[Floats, Floats, int]:
    """The closed pieces of thetas on which arrangements are as far out as the true one.

    With a and b of the sign that makes b at least 0, the product
    (a - a0 - theta (b - b0)) (a + a0 - theta (b + b0)) is 0 or more on one piece round the
    estimate where b is less than b0, and on two rays where it is more.

    Returns starts and ends of pieces, and how many arrangements hold everywhere.
    """
    # |a - theta b| is the same with both signs turned, for any arrangement and for the true one.
    flip = np.where(b < 0, -1.0, 1.0)
    a, b = a * flip, b * flip
    a0, b0 = a[0], b[0]
    wide, deep = _scale(a), _scale(b)
    level_b = _close(b, b0, deep)
    with np.errstate(divide="ignore", invalid="ignore"):
        minus, plus = (a - a0) / (b - b0), (a + a0) / (b + b0)
    # Where b equals b0 the first factor is a - a0, and what is left is a ray from ``plus``.
    same = level_b & _close(a, a0, wide)
    up, down = level_b & ~same & (a < a0), level_b & ~same & (a > a0)
    inner, outer = ~level_b & (b < b0), ~level_b & (b > b0)
    # All hold at the estimate, whatever rounding says.
    estimate = np.full(len(a), a0 / b0)
    least, most = np.minimum(minus, plus), np.maximum(minus, plus)
    least[inner] = np.minimum(least, estimate)[inner]
    most[inner] = np.maximum(most, estimate)[inner]
    n_up, n_down, n_outer = int(up.sum()), int(down.sum()), int(outer.sum())
    starts = [least[inner], plus[up], np.full(n_down, -inf), np.full(n_outer, -inf), most[outer]]
    ends = [most[inner], np.full(n_up, inf), plus[down], least[outer], np.full(n_outer, inf)]
    return np.concatenate(starts), np.concatenate(ends), int(same.sum())


def _hull(starts: Floats, ends: Floats, always: int, n: int, alpha: float) -> tuple[float, float]:
    """The least and greatest theta on which more than alpha of n arrangements hold."""
    needed = int(np.floor(alpha * n + _TIES)) + 1 - always
    if needed <= 0:
        return -inf, inf
    opened, closed = np.sort(starts), np.sort(ends)

    def held(thetas: Floats) -> npt.NDArray[np.bool_]:
        """Whether enough of the pieces, which are closed, hold these thetas."""
        begun = np.searchsorted(opened, thetas, side="right")
        over = np.searchsorted(closed, thetas, side="left")
        return np.asarray(begun - over >= needed)

    # More hold at some start than anywhere just before it, and so for ends the other way.
    return float(opened[held(opened)][0]), float(closed[held(closed)][-1])
