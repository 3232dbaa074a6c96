"""The right analysis of a planted effect, written once and plainly, from yearly counts alone.

The estimator is that of ``rollout.natural_experiment``: what full years of adopting councils had,
less what council-years before or without adoption predict for them. The p-value permutes the dates
of adoption among the councils (Fisher 1935): with five adopters of twelve, tests that lean on
large numbers cry wolf.

Rates (children who start to be looked after, per 10,000) are taken as logarithms, and every
council-year counts the same. Shares (of children who went home, those looked after again) are too
often nought for that: they are taken as they are, and count by the children they are shares of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from whatworks.rollout.natural_experiment.imputing import (
    BEFORE,
    FULL,
    NEVER,
    STARTING,
    Floats,
    imputation,
    logarithms,
    shares,
    states,
)

__all__ = [
    "BEFORE",
    "FULL",
    "NEVER",
    "STARTING",
    "Estimate",
    "Floats",
    "analyse",
    "imputation",
    "logarithms",
    "shares",
    "states",
]


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
