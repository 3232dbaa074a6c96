"""Councils compared with one another from their own returns, like with like where that is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from whatworks.inference.funnel import (
    Funnel,
    funnel_of_means,
    funnel_of_rates,
    funnel_of_shares,
)
from whatworks.inference.overdispersion import Overdispersion
from whatworks.inference.standardising import Expected
from whatworks.measures.caching import one_of_each
from whatworks.measures.counting import PER
from whatworks.measures.definition import Measure, MeasureError, get
from whatworks.measures.fair import adjusting, ranges, telling

if TYPE_CHECKING:
    from whatworks.returns.store import Store

LIMITS = ("low_limit_95", "high_limit_95", "low_limit_998", "high_limit_998")
FRAME: dict[str, Any] = {
    "council": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "expected": pl.Float64,
    "ratio": pl.Float64,
    "ratio_low": pl.Float64,
    "ratio_high": pl.Float64,
    **dict.fromkeys(LIMITS, pl.Float64),
    "rank_low": pl.Int64,
    "rank_high": pl.Int64,
    "band": pl.String,
    "reason": pl.String,
}
ONLY_OWN = (
    "In a workspace of real returns, figures of several councils are not set side by side until "
    "disclosure control is in place. Compare with the published figures instead."
)


@dataclass(frozen=True)
class Comparison:
    """Councils compared on one measure in one year.

    ``frame``: council, numerator, denominator, value, low, high (as in ``run``), expected (in the
    unit of value), ratio of value to expected with its 95% interval, the 95% and 99.8% limits in
    the unit of value, rank_low and rank_high (1: the highest figure; with 95% confidence the
    ranges of all councils together hold their true ranks), band (see ``inference.funnel``) and
    reason (why a council has no figure or is not compared). ``overall`` is the figure of all
    councils compared; ``adjusted_for`` names the breakdowns that expected figures allow for.
    """

    measure: str
    year: int
    frame: pl.DataFrame
    overall: float | None
    overdispersion: Overdispersion
    adjusted_for: tuple[str, ...]
    notes: tuple[str, ...]


def compare(
    store: Store,
    name: str,
    year: int,
    councils: Sequence[str] | None = None,
    adjust: str | Sequence[str] = (),
) -> Comparison:
    """Compare councils of a store on measure ``name`` in ``year``: all of them, or ``councils``.

    adjust: breakdowns that expected figures allow for by indirect standardisation (percentages
    only): see ``adjusting``. Raises MeasureError for an unknown measure or breakdown, a measure or
    adjustment that cannot be compared, a council that is not in the store, fewer than two
    councils, and in a workspace of real returns.
    """
    measure = get(name)
    if not store.synthetic:
        raise MeasureError(ONLY_OWN)
    by = adjusting.chosen(measure, [adjust] if isinstance(adjust, str) else list(adjust))
    held = list(store.councils())
    codes = held if councils is None else list(dict.fromkeys(councils))
    strange = [code for code in codes if code not in held]
    if strange:
        raise MeasureError(f"No returns are kept here of {', '.join(c[:20] for c in strange[:5])}.")
    figures = one_of_each(store, codes, name)
    groups = one_of_each(store, codes, name, by=by) if by else None
    if groups is not None:
        groups = groups.filter(year=year)
    return compared(figures, name, year, groups=groups, adjust=by)


def compared(
    figures: pl.DataFrame,
    name: str,
    year: int,
    *,
    groups: pl.DataFrame | None = None,
    adjust: Sequence[str] = (),
) -> Comparison:
    """The comparison itself, of rows of ``run`` for several councils; reads nothing.

    ``groups`` are the rows of ``run`` by the breakdowns ``adjust``. Raises MeasureError as
    ``compare`` does.
    """
    measure = get(name)
    _comparable(measure)
    by = adjusting.chosen(measure, adjust)
    rows = _of(figures, name, year).sort("council")
    if rows.height < 2:
        raise MeasureError("A comparison needs the figures of at least two councils.")
    refused: Mapping[str, str] = {}
    expected: Expected | None = None
    if by and groups is not None:
        known = rows.filter(pl.col("value").is_not_null())["council"].to_list()
        placed = adjusting.placed(_of(groups, name, year), by, known)
        refused, expected = placed.refused, placed.expected
        judged = placed.councils
    else:
        judged = rows.filter(pl.col("value").is_not_null())["council"].to_list()
    inside = rows.filter(pl.col("council").is_in(judged))
    found, scale = _funnel(inside, measure, expected)
    told = _columns(inside, measure, found, scale, expected)
    whole = 100.0 if measure.kind == "percentage" else None
    alike = telling.without_variation(inside["value"], whole=whole)
    if alike:
        told = told.with_columns(pl.lit(None).alias(name) for name in LIMITS)
    rows = rows.join(told, on="council", how="left", maintain_order="left")
    why = pl.col("council").replace_strict(dict(refused), default=None, return_dtype=pl.String)
    rows = rows.with_columns(reason=pl.coalesce("reason", why))
    frame = rows.select(pl.col(c).cast(kind) for c, kind in FRAME.items())
    return Comparison(
        measure=name,
        year=year,
        frame=frame,
        overall=found.overall * scale if np.isfinite(found.overall) else None,
        overdispersion=found.overdispersion,
        adjusted_for=tuple(by),
        notes=(telling.NO_VARIATION,) if alike else _notes(measure, found, by, len(refused)),
    )


def _of(rows: pl.DataFrame, name: str, year: int) -> pl.DataFrame:
    return rows.filter(pl.col("measure") == name, pl.col("year") == year)


def _comparable(measure: Measure) -> None:
    if measure.kind in {"count", "total"}:
        raise MeasureError(
            f"{measure.name} is a number, which depends on how large a council is. Compare a rate "
            "or a percentage."
        )


def _funnel(
    rows: pl.DataFrame, measure: Measure, expected: Expected | None
) -> tuple[Funnel, float]:
    """The funnel of these councils, and what to multiply its numbers by."""
    top, size = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    if measure.kind == "percentage":
        if expected is None:
            return funnel_of_shares(top, size), 100.0
        return (
            funnel_of_shares(top, size, expected=expected.expected, variance=expected.variance),
            100.0,
        )
    if measure.kind == "rate":
        return funnel_of_rates(top, size), float(PER)
    return funnel_of_means(rows["value"].to_numpy(), ranges.errors(rows), size), 1.0


def _columns(
    rows: pl.DataFrame, measure: Measure, found: Funnel, scale: float, expected: Expected | None
) -> pl.DataFrame:
    """What the comparison adds to each council's figure."""
    mean = None if expected is None else expected.expected
    ratio = ranges.ratios(rows, measure, found, mean)
    first, last = ranges.ranks(rows, measure, mean)
    limits = (found.low_95, found.high_95, found.low_998, found.high_998)
    numbers = {
        "expected": found.expected * scale,
        "ratio": ratio.estimate,
        "ratio_low": ratio.low,
        "ratio_high": ratio.high,
        **{name: limit * scale for name, limit in zip(LIMITS, limits, strict=True)},
        "rank_low": first,
        "rank_high": last,
    }
    return pl.DataFrame({"council": rows["council"], **numbers}).with_columns(
        pl.col(*numbers).fill_nan(None), band=pl.Series(list(found.band), dtype=pl.String)
    )


def _notes(measure: Measure, found: Funnel, by: Sequence[str], refused: int) -> tuple[str, ...]:
    notes = [telling.RULE, telling.by_chance(found), telling.spread(found.overdispersion)]
    notes.append(telling.NO_RANK)
    if by:
        notes.append(adjusting.told(by))
    elif measure.kind == "percentage":
        notes.append(
            "Expected figures are not adjusted: councils may differ because their children do."
        )
    elif measure.kind == "rate":
        notes.append(adjusting.NOT_RATES)
    if measure.kind == "ratio":
        notes.append(
            "Limits take these figures as normally distributed about what is expected, with the "
            "error that each council's own interval shows."
        )
    if refused:
        notes.append(f"{refused} councils are not compared; each row says why.")
    return tuple(notes)
