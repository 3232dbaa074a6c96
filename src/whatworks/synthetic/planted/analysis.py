"""The right analysis of a planted effect, written once and plainly, from yearly counts alone.

Difference-in-differences with staggered adoption. Council and year effects are fitted to
council-years before or without adoption, which predict what each adopting council's full years
would have been; the estimate is the mean of observed less predicted (the imputation estimator of
Borusyak, Jaravel and Spiess 2024, doi 10.1093/restud/rdae007). No council that has already
adopted is ever a control. The p-value permutes the dates of adoption among the councils (Fisher
1935): with five adopters of twelve, tests that lean on large numbers cry wolf.

Rates (children who start to be looked after, per 10,000) are taken as logarithms, and every
council-year counts the same. Shares (of children who went home, those looked after again) are too
often nought for that: they are taken as they are, and count by the children they are shares of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from whatworks.synthetic.calendar import first_day, last_day

Floats: TypeAlias = npt.NDArray[np.float64]
BEFORE, STARTING, FULL = 0, 1, 2
NEVER = 10**7
"""An ordinal later than any day, for a council that never adopts."""


@dataclass(frozen=True)
class Estimate:
    """What a difference-in-differences found.

    ``difference`` is the mean of observed less predicted, of logarithms of rates or of shares;
    ``multiplier`` says the same as observed over predicted. ``p`` is two-sided, from permuted
    dates. ``unpredicted`` full council-years were not used, as their council has nothing from
    before adoption or their year no council that had not adopted; ``left_out`` names councils
    that were not used at all.
    """

    difference: float
    multiplier: float
    p: float
    n_adopters: int
    n_councils: int
    full_council_years: int
    unpredicted: int
    left_out: tuple[str, ...]


def states(adopted: npt.NDArray[np.int64], years: Sequence[int]) -> npt.NDArray[np.int8]:
    """Whether each council-year is before adoption, starting, or full.

    Args:
        adopted: (..., councils) ordinals of adoption; ``NEVER`` for none. First days of months.
        years: collection years.

    Returns:
        (..., councils, years): ``BEFORE`` where the year ended before adoption, ``FULL`` where it
        began at least a year after, else ``STARTING``.
    """
    starts = np.array([first_day(year) for year in years])
    ends = np.array([last_day(year) for year in years])
    day = adopted[..., None]
    # Adoption is on the first of a month, so 365 days tell 12 months from 11 in a leap year too.
    found = np.where(ends < day, BEFORE, np.where(starts >= day + 365, FULL, STARTING))
    return found.astype(np.int8)


def imputation(
    values: Floats, state: npt.NDArray[np.int8], weights: Floats | None = None
) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    """Observed and predicted means over full council-years, for many sets of dates.

    Args:
        values: (councils, years), such as logarithms of rates.
        state: (sets, councils, years), of ``states``.
        weights: (councils, years), 0 or more; without them every council-year counts the same.

    Returns:
        Three arrays, (sets,): what was observed, what was predicted, and over how many full
        council-years. Those that cannot be predicted are not in them; NaN where none can.
    """
    n_sets, n_councils, n_years = state.shape
    size = n_councils + n_years
    weight = np.ones(values.shape) if weights is None else weights
    fit = (state == BEFORE) * weight
    of_council, of_year = fit.sum(axis=2), fit.sum(axis=1)
    index = np.arange(size)
    normal = np.zeros((n_sets, size, size))
    normal[:, index, index] = np.concatenate([of_council, of_year], axis=1)
    normal[:, :n_councils, n_councils:] = fit
    normal[:, n_councils:, :n_councils] = fit.transpose(0, 2, 1)
    right = np.concatenate([(fit * values).sum(axis=2), (fit * values).sum(axis=1)], axis=1)
    # One effect is free, and so is any whose council or year has nothing before adoption: all
    # are settled by a ridge far below the precision of the data.
    normal[:, index, index] += 1e-9 * weight.mean()
    effects = np.linalg.solve(normal, right[..., None])[..., 0]
    predicted = effects[:, :n_councils, None] + effects[:, None, n_councils:]
    used = (state == FULL) & (of_council > 0)[:, :, None] & (of_year > 0)[:, None, :]
    share = used * weight
    total = share.sum(axis=(1, 2))
    with np.errstate(invalid="ignore"):
        return (
            (share * values).sum(axis=(1, 2)) / total,
            (share * predicted).sum(axis=(1, 2)) / total,
            used.sum(axis=(1, 2)),
        )


def logarithms(counts: Floats, exposure: Floats) -> Floats:
    """Logarithms of rates per 10,000; half a child is added so that a year without any has one."""
    result: Floats = np.log((np.asarray(counts, float) + 0.5) / np.asarray(exposure, float) * 1e4)
    return result


def shares(counts: Floats, exposure: Floats) -> Floats:
    """Counts as shares of an exposure; 0 where there is none, which then has no weight."""
    exposure = np.asarray(exposure, float)
    return np.divide(counts, exposure, out=np.zeros(exposure.shape), where=exposure > 0)


def _permuted(
    councils: Sequence[str], adopted: Mapping[str, date], rng: np.random.Generator, n: int
) -> npt.NDArray[np.int64]:
    """Dates of adoption as ordinals, (1 + n, councils): the true ones, then permuted ones."""
    days = [adopted[code].toordinal() if code in adopted else NEVER for code in councils]
    true = np.array([days], dtype=np.int64)
    return np.concatenate([true, rng.permuted(np.repeat(true, n, axis=0), axis=1)])


def analyse(
    counts: Floats,
    exposure: Floats,
    councils: Sequence[str],
    years: Sequence[int],
    adopted: Mapping[str, date],
    *,
    rng: np.random.Generator,
    share: bool = False,
    left_out: Collection[str] = (),
    permutations: int = 999,
) -> Estimate:
    """Estimate what adopting a practice did to a yearly count, and how surprising that is.

    Args:
        counts: (councils, years) of children, such as those who started to be looked after.
        exposure: (councils, years) that the counts arise from, such as children who live there.
        councils, years: what the rows and columns are of.
        adopted: council -> first day of adoption; councils not in it never adopted.
        rng: draws the permutations.
        share: the counts are shares of the exposure and not rates.
        left_out: councils of another practice that moves the same count.
        permutations: sets of permuted dates beside the true one, at least 1.

    Raises:
        ValueError: the shapes disagree, or the estimate cannot be made from these years.
    """
    kept = [i for i, code in enumerate(councils) if code not in left_out]
    if np.shape(counts) != (len(councils), len(years)) or np.shape(exposure) != np.shape(counts):
        raise ValueError("counts and exposure have a row for each council, a column for each year.")
    made = shares if share else logarithms
    values = made(np.asarray(counts, float)[kept], np.asarray(exposure, float)[kept])
    weights = np.asarray(exposure, float)[kept] if share else None
    sets = _permuted([councils[i] for i in kept], adopted, rng, permutations)
    state = states(sets, years)
    observed, predicted, used = imputation(values, state, weights)
    found = observed - predicted
    if np.isnan(found[0]):
        raise ValueError(
            "These years and councils cannot tell: adopters need a year before adoption and one "
            "that begins a year after it, and that year needs a council that has not adopted."
        )
    able = found[~np.isnan(found)]
    ratio = observed[0] / predicted[0] if share else np.exp(found[0])
    full = int((state[0] == FULL).sum())
    return Estimate(
        difference=float(found[0]),
        multiplier=float(ratio),
        p=float(np.mean(np.abs(able) >= abs(found[0]) - 1e-12)),
        n_adopters=int((sets[0] < NEVER).sum()),
        n_councils=len(kept),
        full_council_years=full,
        unpredicted=full - int(used[0]),
        left_out=tuple(code for code in councils if code in left_out),
    )
