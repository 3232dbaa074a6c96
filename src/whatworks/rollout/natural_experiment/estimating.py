"""The effect of adopting a practice, how sure, and set among all the dates that might have been.

The estimate is what full years of adopting councils had, less what is predicted for them (see
``imputing``). Its p and its interval come from permuting the dates of adoption among the councils
and from inverting that test exactly (see ``inference.permuting``): with few adopters, tests and
intervals that lean on large numbers cry wolf. Both take it that any council might have been the
one to adopt on any of the dates; ``cautions`` says where there is reason to doubt that.

Rates are taken as logarithms, and every council-year counts the same. Shares are too often nought
for that: they are taken as they are, and count by the children they are shares of. The effect is
taken to be the same in every full year; in the year of adoption it is taken to grow as
``imputing.doses`` says. Council-years without a figure have no weight.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np

from whatworks.inference.permuting import Permuted, arrange, canonical, invert
from whatworks.rollout.natural_experiment.effect import (
    CannotTell,
    Effect,
    Panel,
    SinceAdoption,
)
from whatworks.rollout.natural_experiment.imputing import (
    BEFORE,
    FULL,
    NEVER,
    STARTING,
    Floats,
    Mask,
    States,
    Whole,
    doses,
    logarithms,
    predict,
    shares,
    spans,
    states,
)

AT_ONCE = 1000
"""Arrangements that are worked out together, for the memory they take."""


@dataclass(frozen=True)
class Prepared:
    """A panel made ready: councils that are used, in the canonical order of ``permuting``.

    ``values`` are logarithms or shares, 0 where ``weights`` are 0; ``days`` are ordinals of
    adoption, ``NEVER`` for none by the end of the years; ``years`` those of the children;
    ``adopters`` all who ever adopted, used here or not.
    """

    panel: Panel
    councils: tuple[str, ...]
    rows: Whole
    values: Floats
    weights: Floats
    days: Whole
    years: tuple[int, ...]
    adopters: frozenset[str]

    @cached_property
    def state(self) -> States:
        """(councils, years) under the true dates."""
        return states(self.days, self.years)

    @cached_property
    def dose(self) -> Floats:
        """(councils, years) under the true dates."""
        return doses(self.days, self.years)

    @cached_property
    def residual(self) -> tuple[Floats, Mask]:
        """Observed less predicted of each council-year, and where it is known."""
        predicted, known = predict(self.values[None], ((self.state == BEFORE) * self.weights)[None])
        return self.values - predicted[0, 0], known[0] & (self.weights > 0)


def prepare(panel: Panel, adopted: Mapping[str, date], left_out: Collection[str]) -> Prepared:
    """Choose the councils, and put them into an order that follows from their data alone."""
    exposed = np.nan_to_num(np.asarray(panel.exposure, float))
    there = np.isfinite(panel.counts) & (exposed > 0)
    kept = [i for i, c in enumerate(panel.councils) if c not in left_out and there[i].any()]
    counts = np.where(there, panel.counts, 0.0)[kept]
    exposure, there = np.where(there, exposed, 1.0)[kept], there[kept]
    made = shares if panel.share else logarithms
    values = np.where(there, made(counts, exposure), 0.0)
    weights = np.where(there, exposure if panel.share else 1.0, 0.0)
    if not kept:
        raise CannotTell("There is no figure of any council.", measure=panel.measure)
    years = tuple(year - panel.lag for year in panel.years)
    days = np.array([_day(adopted.get(panel.councils[i]), years) for i in kept], dtype=np.int64)
    order = (
        canonical(days, np.concatenate([weights, values], axis=1)) if kept else np.array([], int)
    )
    return Prepared(
        panel=panel,
        councils=tuple(panel.councils[kept[i]] for i in order),
        rows=np.array([kept[i] for i in order], dtype=np.int64),
        values=values[order],
        weights=weights[order],
        days=days[order],
        years=years,
        adopters=frozenset(adopted),
    )


def _day(day: date | None, years: tuple[int, ...]) -> int:
    """An ordinal; adopting after the last of these years is not adopting."""
    if day is None or not years or day.toordinal() > spans(years)[1][-1]:
        return NEVER
    return day.toordinal()


def statistics(ready: Prepared, days: Whole) -> tuple[Floats, Floats]:
    """The estimate for each arrangement of days, of the outcomes and of the true dose."""
    both = np.stack([ready.values, ready.dose])
    parts = []
    for at in range(0, len(days), AT_ONCE):
        state = states(days[at : at + AT_ONCE], ready.years)
        predicted, known = predict(both, (state == BEFORE) * ready.weights)
        parts.append(means(both[:, None] - predicted, ((state == FULL) & known) * ready.weights))
    joined = np.concatenate(parts, axis=1)
    return joined[0], joined[1]


def means(residual: Floats, weights: Floats) -> Floats:
    """Weighted means over council-years, (outcomes, sets); not a number where there are none."""
    total = weights.sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = np.einsum("vsct,sct->vs", residual, weights) / total
    return found


def estimate(
    panel: Panel,
    adopted: Mapping[str, date],
    *,
    practice: str,
    left_out: Collection[str] = (),
    level: float = 0.95,
    arrangements: int = 9999,
) -> Effect:
    """Estimate what adopting a practice did to a measure.

    Args:
        panel: counts and exposures of all the councils to be compared.
        adopted: council -> first day of adoption; councils not in it never adopted.
        practice: its id.
        left_out: councils not to be used, such as those of another practice that moves the same.
        level: of the interval.
        arrangements: dates are permuted so many times at random where there are more than 20,000
            ways to do so; else every way is tried once.

    ``observed`` is what all children of the full years that the estimate is of had per 1,000, and
    ``predicted`` the same divided by the multiplier; where nothing was observed, what is predicted
    of each council-year, added up. For shares, an effect of a difference d has
    the multiplier observed / (observed - d), at the ends of the interval too.

    Raises:
        CannotTell: adopters lack years before or after, nobody is left to compare with, or
            nothing happened or differed from which anything could be told.
        ValueError: the panel's parts do not fit together, or its years do not rise.
    """
    from whatworks.rollout.natural_experiment.cautions import cautions

    shape = (len(panel.councils), len(panel.years))
    if np.shape(panel.counts) != shape or np.shape(panel.exposure) != shape:
        raise ValueError("counts and exposure have a row for each council, a column for each year.")
    if any(later <= one for one, later in pairwise(panel.years)):
        raise ValueError("The years of a panel rise from column to column, each once.")
    if len(set(panel.councils)) < len(panel.councils):
        raise ValueError("Each council has one row in a panel.")
    ready = prepare(panel, adopted, left_out)
    _answerable(ready, adopted)
    sets = arrange(ready.days, arrangements)
    a, b = statistics(ready, sets.labels)
    if not np.isfinite(a[0]):
        raise CannotTell(_NO_PREDICTION, measure=panel.measure)
    test = invert(a, b, level=level)
    found = replace(
        _effect(ready, test, practice, adopted, every=sets.every),
        left_out=tuple(code for code in panel.councils if code in left_out),
    )
    return replace(found, warnings=cautions(ready, found, sets.labels, cannot=test.cannot_bound))


_SAME = 1e-12
"""Logarithms and shares that differ by no more than this differ by rounding alone."""
_NO_PREDICTION = (
    "These years cannot tell: an adopting council needs a year before it adopted and one that "
    "begins a year after, and that year needs a council that has not adopted. Load earlier or "
    "later years, or wait."
)


def _answerable(ready: Prepared, adopted: Mapping[str, date]) -> None:
    measure = ready.panel.measure
    if not any(code in adopted for code in ready.panel.councils):
        raise CannotTell("No council here is recorded as having adopted it.", measure=measure)
    if not (ready.days < NEVER).any():
        raise CannotTell(
            "No council that adopted it has a figure from after adopting. Wait for the next year.",
            measure=measure,
        )
    if not (ready.state == FULL).any():
        raise CannotTell(
            "No council has had a full year with it yet: a full year begins a year after adoption.",
            measure=measure,
        )
    there = ready.weights > 0
    if not ready.panel.counts[ready.rows][there].any():
        raise CannotTell(
            "It happened to no child in any of these councils and years, so nothing can be told of "
            "what a practice does to it. Load more years or more councils.",
            measure=measure,
        )
    if np.ptp(ready.values[there]) <= _SAME:
        raise CannotTell(
            "The figure is the same in every council and year, so nothing shows how much it moves "
            "by chance. Look at whether it was counted rightly, or load more years.",
            measure=measure,
        )


def _effect(
    ready: Prepared, test: Permuted, practice: str, adopted: Mapping[str, date], *, every: bool
) -> Effect:
    panel = ready.panel
    _, known = ready.residual
    full = ready.state == FULL
    used = full & known
    multiplier = _multipliers(ready, used, test)
    counts, exposure = panel.counts[ready.rows][used], panel.exposure[ready.rows][used]
    observed = float(counts.sum() / exposure.sum() * 1000)
    nothing = observed == 0 or multiplier[0] == 0
    predicted = _expected(ready, used) if nothing else observed / multiplier[0]
    held = [
        panel.submissions.get((code, year), ())
        for i, code in enumerate(ready.councils)
        for j, year in enumerate(panel.years)
        if ready.weights[i, j] > 0
    ]
    return Effect(
        practice=practice,
        measure=panel.measure,
        share=panel.share,
        multiplier=multiplier[0],
        low=multiplier[1],
        high=multiplier[2],
        difference=test.estimate,
        difference_low=test.low,
        difference_high=test.high,
        p=test.p,
        least_p=test.least_p,
        level=test.level,
        observed=observed,
        predicted=predicted,
        n_adopters=int(used.any(axis=1).sum()),
        n_councils=len(ready.councils),
        full_council_years=int(full.sum()),
        unpredicted=int((full & ~known).sum()),
        arrangements=test.arrangements,
        every_arrangement=every,
        since=tuple(_since(ready, used)),
        adopted={c: adopted[c] for c in sorted(ready.councils) if c in adopted},
        left_out=(),
        submissions=tuple(sorted({one for many in held for one in many})),
        years=panel.years,
        starting=_one_since(ready, (ready.state == STARTING) & known, 0),
        lag=panel.lag,
    )


def _expected(ready: Prepared, cells: Mask) -> float:
    """What is predicted of council-years of which nothing was observed, per 1,000 of them.

    The half child that ``logarithms`` adds to each count is taken off again.
    """
    exposure = ready.panel.exposure[ready.rows][cells]
    predicted = (ready.values - ready.residual[0])[cells]
    if ready.panel.share:
        return max(0.0, float(np.average(predicted, weights=exposure) * 1000))
    counts = np.maximum(np.exp(predicted) * exposure / 1e4 - 0.5, 0)
    return float(counts.sum() / exposure.sum() * 1000)


def _multipliers(ready: Prepared, cells: Mask, test: Permuted) -> tuple[float, float, float]:
    """The estimate and both ends as observed over predicted."""
    if not ready.panel.share:
        with np.errstate(over="ignore"):
            estimate, low, high = np.exp([test.estimate, test.low, test.high]).tolist()
        return estimate, low, high
    observed = float(np.average(ready.values[cells], weights=ready.weights[cells]))
    return (
        ratio(observed, test.estimate),
        ratio(observed, test.low),
        ratio(observed, test.high),
    )


def ratio(observed: float, difference: float) -> float:
    """A share over what it would be without a difference; infinite where that leaves nothing."""
    if observed == 0:
        return 0.0 if difference < 0 else 1.0 if difference == 0 else float("inf")
    without = observed - difference
    return observed / without if without > 0 else float("inf")


def _since(ready: Prepared, used: Mask) -> list[SinceAdoption]:
    """By the full year since adoption."""
    nth = np.cumsum(ready.state == FULL, axis=1)
    years = sorted({int(n) for n in nth[used]})
    found = [_one_since(ready, used & (nth == year), year) for year in years]
    return [one for one in found if one is not None]


def _one_since(ready: Prepared, cells: Mask, year: int) -> SinceAdoption | None:
    if not cells.any():
        return None
    weights = ready.weights[cells]
    difference = float(np.average(ready.residual[0][cells], weights=weights))
    if ready.panel.share:
        multiplier = ratio(float(np.average(ready.values[cells], weights=weights)), difference)
    else:
        multiplier = float(np.exp(difference))
    return SinceAdoption(year, difference, multiplier, int(cells.sum()))
