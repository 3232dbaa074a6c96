"""The right analysis of a planted effect, written once and plainly, from yearly counts alone.

Difference-in-differences of logarithms with staggered adoption. Council and year effects are
fitted to council-years before or without adoption, which predict what each adopting council's
full years would have been; the estimate is the mean of observed less predicted (the imputation
estimator of Borusyak, Jaravel and Spiess 2024, doi 10.1093/restud/rdae007). No council that has
already adopted is ever a control. The p-value permutes the dates of adoption among the councils
(Fisher 1935): with five adopters of twelve, tests that lean on large numbers cry wolf.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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

    ``log_ratio`` is the mean difference of logarithms and ``multiplier`` its exponential; ``p``
    is two-sided, from permuted dates. ``left_out`` names councils not used.
    """

    log_ratio: float
    multiplier: float
    p: float
    n_adopters: int
    n_councils: int
    full_council_years: int
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


def imputation(values: Floats, state: npt.NDArray[np.int8]) -> Floats:
    """The mean of observed less predicted over full council-years, for many sets of dates.

    Args:
        values: (councils, years), such as logarithms of rates.
        state: (sets, councils, years), of ``states``.

    Returns:
        (sets,). NaN where no council-year is full, or where a full one cannot be predicted: its
        council has no year before adoption, or its year has no council that has not adopted.
    """
    n_sets, n_councils, n_years = state.shape
    size = n_councils + n_years
    fit = (state == BEFORE).astype(float)
    normal = np.zeros((n_sets, size, size))
    index = np.arange(size)
    normal[:, index[:n_councils], index[:n_councils]] = fit.sum(axis=2)
    normal[:, index[n_councils:], index[n_councils:]] = fit.sum(axis=1)
    normal[:, :n_councils, n_councils:] = fit
    normal[:, n_councils:, :n_councils] = fit.transpose(0, 2, 1)
    right = np.concatenate([(fit * values).sum(axis=2), (fit * values).sum(axis=1)], axis=1)
    # One effect is free, and any whose council or year is never untreated: both are set to 0
    # by a ridge far below the precision of the data.
    normal[:, index, index] += 1e-9
    effects = np.linalg.solve(normal, right[..., None])[..., 0]
    predicted = effects[:, :n_councils, None] + effects[:, None, n_councils:]
    full = state == FULL
    hopeless = (
        full & ((fit.sum(axis=2)[:, :, None] == 0) | (fit.sum(axis=1)[:, None, :] == 0))
    ).any(axis=(1, 2))
    n = full.sum(axis=(1, 2))
    total = np.where(full, values - predicted, 0.0).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(hopeless | (n == 0), np.nan, total / n)


def logarithms(counts: Floats, exposure: Floats) -> Floats:
    """Logarithms of rates per 10,000; half a child is added so that a year without any has one."""
    result: Floats = np.log((np.asarray(counts, float) + 0.5) / np.asarray(exposure, float) * 1e4)
    return result


def analyse(
    counts: Floats,
    exposure: Floats,
    councils: Sequence[str],
    years: Sequence[int],
    adopted: dict[str, date],
    *,
    rng: np.random.Generator,
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
        left_out: councils of another practice that moves the same count.
        permutations: sets of permuted dates beside the true one, at least 1.

    Raises:
        ValueError: the shapes disagree, or the estimate cannot be made from these years.
    """
    kept = [i for i, code in enumerate(councils) if code not in left_out]
    if np.shape(counts) != (len(councils), len(years)) or np.shape(exposure) != np.shape(counts):
        raise ValueError("counts and exposure have a row for each council, a column for each year.")
    values = logarithms(counts, exposure)[kept]
    days = np.array(
        [adopted[councils[i]].toordinal() if councils[i] in adopted else NEVER for i in kept],
        dtype=np.int64,
    )
    sets = np.concatenate([days[None], rng.permuted(np.tile(days, (permutations, 1)), axis=1)])
    state = states(sets, years)
    found = imputation(values, state)
    if np.isnan(found).any():
        raise ValueError(
            "These years and councils cannot tell: each adopter needs a year before adoption and "
            "one full year after, and each full year needs a council that has not adopted."
        )
    return Estimate(
        log_ratio=float(found[0]),
        multiplier=float(np.exp(found[0])),
        p=float(np.mean(np.abs(found) >= abs(found[0]) - 1e-12)),
        n_adopters=int((days < NEVER).sum()),
        n_councils=len(kept),
        full_council_years=int((state[0] == FULL).sum()),
        left_out=tuple(code for code in councils if code in left_out),
    )
