"""Whether adopting councils went another way already, and whether what came after lasted.

Each check is a statistic that is linear in the outcomes, set among the same arrangements of dates
as the estimate, with the estimated effect taken out of what the councils had.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from whatworks.inference.permuting import SEED, p_value
from whatworks.rollout.natural_experiment.estimating import AT_ONCE, Prepared, means
from whatworks.rollout.natural_experiment.imputing import (
    BEFORE,
    FULL,
    STARTING,
    Floats,
    Mask,
    States,
    Whole,
    predict,
    states,
)

Statistic = Callable[[Floats, States, Floats], Floats]
"""(outcomes, councils, years), states of sets and weights -> (outcomes, sets)."""


@dataclass(frozen=True)
class Check:
    """A statistic under the true dates and its two-sided p; the p is 1 where there is none.

    ``least`` is the least that p could have been among so few arrangements.
    """

    value: float
    p: float
    least: float


ENOUGH = 1001
NOTHING = Check(float("nan"), 1.0, 1.0)


def some(sets: Whole) -> Whole:
    """The true arrangement and a thousand others: enough for a p that is compared with a tenth."""
    if len(sets) <= ENOUGH:
        return sets
    keys = np.random.PCG64(SEED).random_raw(len(sets) - 1)
    return np.concatenate([sets[:1], sets[1:][np.argsort(keys, kind="stable")[: ENOUGH - 1]]])


def check(ready: Prepared, days: Whole, effect: float, statistic: Statistic) -> Check:
    """A statistic of the outcomes less an effect by dose, among arrangements of dates."""
    outcomes = (ready.values - effect * ready.dose)[None]
    parts = [
        statistic(outcomes, states(days[at : at + AT_ONCE], ready.years), ready.weights)[0]
        for at in range(0, len(days), AT_ONCE)
    ]
    found = np.concatenate(parts)
    if not np.isfinite(found[0]):
        return NOTHING
    able = found[np.isfinite(found)]
    return Check(float(found[0]), p_value(float(found[0]), able), 1 / len(able))


def last_before(state: States) -> Mask:
    """The last year before adoption of each adopter, where the years given reach further."""
    found = np.zeros(state.shape, dtype=bool)
    found[..., :-1] = (state[..., :-1] == BEFORE) & (state[..., 1:] != BEFORE)
    return found


def last_year(values: Floats, state: States, weights: Floats) -> Floats:
    """Adopters' last year before adoption, beside their earlier years and the other councils."""
    last = last_before(state)
    predicted, known = predict(values, ((state == BEFORE) & ~last) * weights)
    return means(values[:, None] - predicted, (last & known) * weights)


def drift(values: Floats, state: States, weights: Floats, *, years: Sequence[int]) -> Floats:
    """How adopters move from year to year before adoption, beside the other councils."""
    return _drift(values, state == BEFORE, state, weights, years)


def drift_before_last(
    values: Floats, state: States, weights: Floats, *, years: Sequence[int]
) -> Floats:
    """The same without the last year before adoption."""
    return _drift(values, (state == BEFORE) & ~last_before(state), state, weights, years)


def _drift(
    values: Floats, fitted: Mask, state: States, weights: Floats, years: Sequence[int]
) -> Floats:
    fit = fitted * weights
    adopts = (state != BEFORE).any(axis=-1, keepdims=True)
    own = fit * adopts
    year = np.asarray(years, dtype=float) - years[0]
    total = own.sum(axis=-1, keepdims=True)
    middle = np.divide(
        (own * year).sum(axis=-1, keepdims=True), total, out=np.zeros(total.shape), where=total > 0
    )
    lever = own * (year - middle)
    spread = (lever * (year - middle)).sum(axis=(1, 2))
    predicted, _ = predict(values, fit)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = np.einsum("sct,vsct->vs", lever, values[:, None] - predicted) / np.where(
            spread > 0, spread, np.nan
        )
    return found


def early_and_late(state: States) -> tuple[Mask, Mask]:
    """Years from adoption to the end of the first full one, and full years after it."""
    full = state == FULL
    nth = np.cumsum(full, axis=-1)
    return (state == STARTING) | (full & (nth == 1)), full & (nth > 1)


def fading(values: Floats, state: States, weights: Floats) -> Floats:
    """Later full years less the first years, each beside what is predicted."""
    predicted, known = predict(values, (state == BEFORE) * weights)
    residual = values[:, None] - predicted
    early, late = early_and_late(state)
    return means(residual, (late & known) * weights) - means(residual, (early & known) * weights)
