"""Published figures of every council of England, with the limits within which chance keeps each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from whatworks import reference
from whatworks.inference.funnel import Funnel, funnel_of_rates, funnel_of_shares
from whatworks.inference.overdispersion import Overdispersion
from whatworks.measures.definition import MeasureError, get
from whatworks.measures.fair import telling
from whatworks.measures.fair.bases import BASES, HOW_WORDS, POPULATION, Basis

PUBLISHED, NO_FIGURE = "published", "no_figure"
_PER = 10_000.0
_MANY_WITHHELD = 0.1
_STEP = {"whole number": 1.0, "one decimal": 0.1}
_LIMITS = ("low_limit_95", "high_limit_95", "low_limit_998", "high_limit_998")
SCHEMA: dict[str, Any] = {
    "series": pl.String,
    "code": pl.String,
    "name": pl.String,
    "region": pl.String,
    "value": pl.Float64,
    "state": pl.String,
    "denominator": pl.Float64,
    "expected": pl.Float64,
    **dict.fromkeys(_LIMITS, pl.Float64),
    "band": pl.String,
    "reason": pl.String,
}

NO_DENOMINATOR = (
    "No limits: how many children or workers lie behind this figure is not published for councils."
)
A_NUMBER = "No limits: a number of children depends on how many live there. Compare the rate."
NOT_BEHIND = "No limits: how many lie behind this council's figure is not published."


@dataclass(frozen=True)
class AcrossNotes:
    """What stands beside one series of ``across``: ``overall`` is that of all councils together.

    ``widened`` says, where councils differ by more than chance, how far and what that did to the
    limits of a council of middling size; else it is empty.
    """

    series: str
    year: int
    overall: float | None
    overdispersion: Overdispersion | None
    judged: int
    notes: tuple[str, ...]
    widened: str = ""


def across(name: str, year: int) -> pl.DataFrame:
    """Published figures of all councils that existed in ``year``, for each series mirrored.

    Returns a frame, by series and code: series, code, name, region, value, state (published, or
    why there is no figure), denominator (the children behind it, null where not known), expected
    (the figure of all councils together), low_limit_95, high_limit_95, low_limit_998,
    high_limit_998 (in the unit of value), band ('higher than expected', 'lower than expected', 'as
    expected', 'too few to tell', or null: see ``inference.funnel`` for the rule), reason (why a
    published figure has no limits).

    Published figures are rounded: where the number itself is published it is used, elsewhere a
    council is marked only if every figure that rounds to its own lies outside. Rates use the
    population held (``reference.population``). Raises MeasureError for an unknown measure, and for
    one that no published series mirrors.
    """
    return pl.concat([_limited(series, year)[0] for series in mirrored(name)])


def across_notes(name: str, year: int) -> tuple[AcrossNotes, ...]:
    """What to say beside each series of ``across``: see ``AcrossNotes``."""
    return tuple(_noted(series, year) for series in mirrored(name))


def mirrored(name: str) -> tuple[str, ...]:
    """The published series that a measure mirrors. Raises MeasureError where there is none."""
    found = tuple(dict.fromkeys(m.series for m in get(name).mirrors if m.series is not None))
    if not found:
        raise MeasureError(
            f"No published series of councils mirrors {name}, so it cannot be compared across "
            "England."
        )
    return found


def _figures(series: str, year: int) -> pl.DataFrame:
    """The series' figures of every council that existed then; ``no_figure`` where it has none."""
    here = reference.councils(year).select("code", "name", "region")
    rows = reference.published(series, year=year).select(
        "area", "value", "state", "rounding", "unit"
    )
    return here.join(
        rows, left_on="code", right_on="area", how="left", maintain_order="left"
    ).select(
        pl.lit(series).alias("series"),
        "code",
        "name",
        "region",
        "value",
        pl.col("state").fill_null(NO_FIGURE),
        "rounding",
        "unit",
    )


def _limited(series: str, year: int) -> tuple[pl.DataFrame, Funnel | None]:
    rows = _figures(series, year)
    basis = BASES.get(series)
    if basis is None:
        unit = reference.published_measures().filter(measure=series)["unit"]
        number = unit.is_in(["children", "young people", "referrals", "plans"]).any()
        return _without(rows, A_NUMBER if number else NO_DENOMINATOR), None
    rows = _with_numbers(rows, basis, year)
    if rows["denominator"].is_null().all():
        return _without(rows, NOT_BEHIND), None
    if _all_alike(rows, _PER if basis.denominator == POPULATION else 100.0):
        return _without(rows, telling.NO_VARIATION), None
    found, scale = _funnel(rows, basis)
    columns = {
        "expected": found.expected,
        "low_limit_95": found.low_95,
        "high_limit_95": found.high_95,
        "low_limit_998": found.low_998,
        "high_limit_998": found.high_998,
    }
    why = pl.when(pl.col("state") == PUBLISHED, pl.col("denominator").is_null())
    rows = rows.with_columns(
        *(pl.Series(n, v * scale).fill_nan(None) for n, v in columns.items()),
        band=pl.Series(list(found.band), dtype=pl.String),
        reason=why.then(pl.lit(NOT_BEHIND)),
    )
    return rows.select(pl.col(c).cast(kind) for c, kind in SCHEMA.items()), found


def _all_alike(rows: pl.DataFrame, scale: float) -> bool:
    """Whether every figure is none at all, or all: chance then moves nothing and limits say
    nothing. ``scale``: the figure that means all of a share."""
    return telling.without_variation(rows["value"], whole=None if scale == _PER else scale)


def _without(rows: pl.DataFrame, reason: str) -> pl.DataFrame:
    there = pl.when(pl.col("state") == PUBLISHED).then(pl.lit(reason))
    absent = [pl.lit(None).alias(c) for c in SCHEMA if c not in (*rows.columns, "reason")]
    rows = rows.with_columns(*absent, reason=there)
    return rows.select(pl.col(c).cast(kind) for c, kind in SCHEMA.items())


def _with_numbers(rows: pl.DataFrame, basis: Basis, year: int) -> pl.DataFrame:
    """With the denominator and, where it is published, the numerator of each council's figure."""
    people = (
        reference.population()
        .filter(year=year)
        .select(code="area", people=pl.col("population").cast(pl.Float64))
    )
    rows = rows.join(people, on="code", how="left", maintain_order="left")
    if basis.denominator == POPULATION:
        rows = rows.with_columns(denominator="people")
    else:
        rows = _beside(rows, basis.denominator, year, "denominator")
        if basis.how == "worked back":
            worked = pl.col("denominator") * pl.col("people") / _PER
            rows = rows.with_columns(denominator=worked.round(0))
    if basis.numerator is None:
        return rows.with_columns(numerator=pl.lit(None, pl.Float64))
    return _beside(rows, basis.numerator, year, "numerator")


def _beside(rows: pl.DataFrame, series: str, year: int, column: str) -> pl.DataFrame:
    other = reference.published(series, year=year).select(code="area", **{column: pl.col("value")})
    return rows.join(other, on="code", how="left", maintain_order="left")


def _funnel(rows: pl.DataFrame, basis: Basis, *, widen: bool = True) -> tuple[Funnel, float]:
    """The funnel of the councils' figures, and what to multiply its numbers by."""
    rate = basis.denominator == POPULATION
    scale = _PER if rate else 100.0
    value = rows["value"].to_numpy() / scale
    size = rows["denominator"].to_numpy()
    exact = rows["numerator"].to_numpy()
    step = rows["rounding"].replace_strict(_STEP, default=None, return_dtype=pl.Float64)
    known = np.isfinite(exact)
    top = np.where(np.isfinite(value), np.where(known, exact, value * size), np.nan)
    half = np.nan_to_num(step.to_numpy()) / 2 / scale
    slack = np.where(known, 0.0, half)
    if rate:
        return funnel_of_rates(top, size, slack=slack, widen=widen), scale
    return funnel_of_shares(np.minimum(top, size), size, slack=slack, widen=widen), scale


def _noted(series: str, year: int) -> AcrossNotes:
    rows, found = _limited(series, year)
    if found is None:
        why = rows["reason"].drop_nulls()
        notes = (why[0],) if len(why) else ("No figure was published for that year.",)
        return AcrossNotes(series, year, None, None, 0, notes)
    basis = BASES[series]
    scale = _PER if basis.denominator == POPULATION else 100.0
    notes = (
        telling.RULE,
        telling.by_chance(found),
        telling.spread(found.overdispersion),
        f"How many children lie behind each figure comes from {_behind(basis)}.",
        *(
            ()
            if basis.numerator
            else (
                "The figures are rounded: a council is marked only if every figure that rounds to "
                "its own lies outside the limits.",
            )
        ),
        "The expected figure is that of all councils shown together. It is not adjusted for age, "
        "sex or need: councils' children by these groups are not published.",
        *_withheld(rows),
    )
    return AcrossNotes(
        series,
        year,
        found.overall * scale,
        found.overdispersion,
        found.judged,
        notes,
        _widened(series, year, found, scale),
    )


def _widened(series: str, year: int, found: Funnel, scale: float) -> str:
    """What the limits of a council of middling size would be by chance alone, and what they are."""
    if not found.overdispersion.present:
        return ""
    basis = BASES[series]
    rows = _with_numbers(_figures(series, year), basis, year)
    alone, _ = _funnel(rows, basis, widen=False)
    size = np.where(np.isfinite(found.p), rows["denominator"].to_numpy(), np.nan)
    middle = int(np.nanargmin(np.abs(size - np.nanmedian(size))))
    unit = "%" if scale == 100.0 else ""
    return telling.widened(
        found.overdispersion,
        alone=telling.span(alone.low_998[middle] * scale, alone.high_998[middle] * scale, unit),
        used=telling.span(found.low_998[middle] * scale, found.high_998[middle] * scale, unit),
    )


def _withheld(rows: pl.DataFrame) -> tuple[str, ...]:
    """A caution where so many figures are withheld that those left are not all alike."""
    hidden = rows.filter(pl.col("state").is_in(["suppressed", "low"])).height
    if hidden <= _MANY_WITHHELD * rows.height:
        return ()
    return (
        f"The figures of {hidden} of {rows.height} councils are withheld, mostly because few "
        "children lie behind them. The expected figure leaves them out, and so may be higher than "
        "that of all councils.",
    )


def _behind(basis: Basis) -> str:
    if basis.denominator == POPULATION:
        return "the official population estimate for the middle of the year before"
    return HOW_WORDS[basis.how]
