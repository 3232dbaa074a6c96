"""What adopting councils would have had without adopting: predicted from what had not adopted yet.

Difference-in-differences with staggered adoption. Council and year effects are fitted to
council-years before or without adoption and predict the others; what was observed less what was
predicted is the effect (the imputation estimator of Borusyak, Jaravel and Spiess 2024, Review of
Economic Studies 91, 3253-3285, doi 10.1093/restud/rdae007). No council that has already adopted is
ever a control. Everything here is linear in the outcomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from whatworks.returns.period import period_of

Floats: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]
States: TypeAlias = npt.NDArray[np.int8]
Mask: TypeAlias = npt.NDArray[np.bool_]

BEFORE, STARTING, FULL = 0, 1, 2
NEVER = 10**7
"""An ordinal later than any day, for a council that never adopts."""
RAMP = 365
"""Days from adoption to what is taken for the full dose."""
_RIDGE = 1e-9


def spans(years: Sequence[int]) -> tuple[Whole, Whole]:
    """The ordinals of the first and last day of each collection year (1 April to 31 March)."""
    days = [period_of("ssda903", year) for year in years]
    return (
        np.array([first.toordinal() for first, _ in days], dtype=np.int64),
        np.array([last.toordinal() for _, last in days], dtype=np.int64),
    )


def states(adopted: npt.NDArray[np.int64], years: Sequence[int]) -> States:
    """Whether each council-year is before adoption, starting, or full.

    Args:
        adopted: (..., councils) ordinals of adoption; ``NEVER`` for none. First days of months.
        years: collection years.

    Returns:
        (..., councils, years): ``BEFORE`` where the year ended before adoption, ``FULL`` where it
        began at least a year after, else ``STARTING``.
    """
    starts, ends = spans(years)
    day = adopted[..., None]
    # Adoption is on the first of a month, so 365 days tell 12 months from 11 in a leap year too.
    found = np.where(ends < day, BEFORE, np.where(starts >= day + RAMP, FULL, STARTING))
    return found.astype(np.int8)


def doses(adopted: npt.NDArray[np.int64], years: Sequence[int]) -> Floats:
    """How much of the practice was at work in each council-year: 0 before, 1 in full years.

    In between it is taken to grow by the same each day over the first ``RAMP`` days; a year's dose
    is the mean over its days. Only the interval leans on this, and only through what permuted
    dates make of years that were truly starting.
    """
    starts, ends = spans(years)

    def area(days: Whole) -> Floats:
        """The sum of the dose up to so many days after adoption."""
        x = np.clip(days, 0, RAMP).astype(float)
        grown: Floats = x * x / (2 * RAMP) + np.maximum(days - RAMP, 0)
        return grown

    day = np.asarray(adopted)[..., None]
    found: Floats = (area(ends + 1 - day) - area(starts - day)) / (ends + 1 - starts)
    return found


def predict(values: Floats, fit: Floats) -> tuple[Floats, Mask]:
    """Council and year effects fitted to some council-years, and what they predict of all.

    Args:
        values: (outcomes, councils, years).
        fit: (sets, councils, years), the weight of each council-year in each fit, 0 or more.

    Returns:
        The predictions, (outcomes, sets, councils, years), and which council-years of each set
        they are known for: those whose council and year are tied together by what was fitted.
    """
    of_council, of_year = fit.sum(axis=2), fit.sum(axis=1)
    # One effect is free, and so is any whose council or year is not in the fit: all are settled
    # by a ridge far below the precision of the data.
    ridge = _RIDGE * max(float(fit.max(initial=0.0)), 1e-300)
    shares = fit / (of_council + ridge)[:, :, None]
    n_years = fit.shape[2]
    # Councils are solved for in terms of years, so that a set takes a small system however many
    # councils there are.
    normal = -np.matmul(fit.transpose(0, 2, 1), shares)
    normal[:, np.arange(n_years), np.arange(n_years)] += of_year + ridge
    middle = values.mean(axis=(1, 2), keepdims=True)
    centred = values - middle
    right = np.einsum("sct,vct->svt", fit, centred)
    summed = np.einsum("sct,vct->svc", shares, centred)
    right = right - np.matmul(summed, fit)
    by_year = np.linalg.solve(normal, right.transpose(0, 2, 1)).transpose(2, 0, 1)
    by_council = summed.transpose(1, 0, 2) - np.matmul(shares, by_year[..., None])[..., 0]
    predicted = by_council[..., :, None] + by_year[..., None, :] + middle[:, None]
    return predicted, _tied(fit)


def _tied(fit: Floats) -> Mask:
    """Whether each council-year's council and year hang together through council-years fitted."""
    some = (fit > 0).astype(np.float64)
    reach = np.matmul(some.transpose(0, 2, 1), some)
    for _ in range(max(1, int(np.ceil(np.log2(max(fit.shape[2], 2)))))):
        reach = (np.matmul(reach, reach) > 0).astype(np.float64)
    return np.asarray(np.matmul(some, reach) > 0)


def imputation(
    values: Floats, state: States, weights: Floats | None = None
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
    weight = np.ones(values.shape) if weights is None else weights
    predicted, known = predict(values[None], (state == BEFORE) * weight)
    used = (state == FULL) & known
    share = used * weight
    total = share.sum(axis=(1, 2))
    with np.errstate(invalid="ignore"):
        return (
            (share * values).sum(axis=(1, 2)) / total,
            (share * predicted[0]).sum(axis=(1, 2)) / total,
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
