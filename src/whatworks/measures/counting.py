"""Counting: the one place where numerators and denominators become values with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from whatworks.inference.intervals import poisson_rate, proportion
from whatworks.journeys.together import Together, council_of_child
from whatworks.measures import amounts
from whatworks.measures.breakdowns import breakdown
from whatworks.measures.definition import Measure, MeasureError, everything, get
from whatworks.measures.population import NOT_HELD, population
from whatworks.measures.sourcing import Countable
from whatworks.measures.views import VIEWS
from whatworks.tables import col, collect, frame

if TYPE_CHECKING:
    pass

PER = 10_000
"""Rates are for every so many children."""

Names = str | Sequence[str] | None


def count(
    journeys: Countable,
    measures: Names | Sequence[Measure] = None,
    *,
    by: str | Sequence[str] = (),
    year: int | None = None,
) -> pl.DataFrame:
    """Count measures over one council's journeys or workforce; the frame that ``run`` describes.

    Without ``measures``, all that are counted from that. Raises MeasureError for one that is not.
    """
    return _figures(journeys, (journeys.council,), measures, by=by, year=year)


def count_together(
    some: Together,
    measures: Names | Sequence[Measure] = None,
    *,
    by: str | Sequence[str] = (),
    year: int | None = None,
) -> pl.DataFrame:
    """The same as ``count`` over each of these councils in turn, in one pass over all of them."""
    return _figures(some.journeys, some.councils, measures, by=by, year=year)


def _figures(
    journeys: Countable,
    councils: Sequence[str],
    measures: Names | Sequence[Measure],
    *,
    by: str | Sequence[str],
    year: int | None,
) -> pl.DataFrame:
    chosen, groups = chosen_of(measures, journeys.collection), groups_of(by)
    years = [year] if year is not None else sorted(journeys.years)
    answerable = [m for m in chosen if set(groups) <= set(m.breakdowns)]
    lines = _lines(journeys, councils, chosen, years, groups)
    sums = _counted(journeys, councils, answerable, groups)
    keys = ["measure", "council", "year", *groups]
    joined = lines.join(sums, on=keys, how="left", maintain_order="left")
    # A line without a reason has a figure: nought where nothing of the view fell into it.
    counted = joined.with_columns(
        pl.when(pl.col("reason").is_null()).then(pl.col(c).fill_null(0)).alias(c) for c in _COLUMNS
    )
    return valued(counted.select(uncounted(groups).columns), groups)


def _lines(
    journeys: Countable,
    councils: Sequence[str],
    chosen: list[Measure],
    years: list[int],
    by: list[str],
) -> pl.DataFrame:
    """Every measure, year and combination of groups, so that noughts are said and nothing is
    missing; one line, saying why, where a measure has no figure for a year."""
    combinations = list(product(*(breakdown(b).groups for b in by)))
    nothing = (None,) * len(by)
    rows: list[tuple[Any, ...]] = []
    for measure in chosen:
        refused = None if set(by) <= set(measure.breakdowns) else _not_offered(measure, by)
        for one in years:
            reason = why_not(measure, one, journeys) or refused
            groups = combinations if reason is None else [nothing]
            rows += [
                (measure.name, council, one, *group, reason)
                for council in councils
                for group in groups
            ]
    schema = {name: kind for name, kind in uncounted(by).schema.items() if name not in _COLUMNS}
    return pl.DataFrame(rows, schema=schema, orient="row")


def chosen_of(names: Any, collection: str | None = None) -> list[Measure]:
    if names is None:
        return [m for m in everything().values() if collection in (None, m.collection)]
    asked = [names] if isinstance(names, str | Measure) else list(names)
    chosen = [n if isinstance(n, Measure) else get(n) for n in dict.fromkeys(asked)]
    for measure in chosen:
        if collection not in (None, measure.collection):
            raise MeasureError(f"{measure.name} is not counted from this kind of return.")
    return chosen


def groups_of(by: str | Sequence[str]) -> list[str]:
    asked = [by] if isinstance(by, str) else list(by)
    return [breakdown(name).name for name in dict.fromkeys(asked)]


def _counted(
    journeys: Countable, councils: Sequence[str], measures: list[Measure], by: list[str]
) -> pl.DataFrame:
    """Sums of each measure by council, year and group; each view is made and passed over once."""
    parts = [uncounted(by).drop("reason")]
    only = councils[0] if len(councils) == 1 else None
    for name in dict.fromkeys(m.view for m in measures):
        here = [m for m in measures if m.view == name]
        if not journeys.years:
            continue
        view = frame(VIEWS[name](journeys))
        columns = {what: f"+{i}" for i, what in enumerate(_all_added(here))}
        marks: dict[str, nw.Expr] = {b: breakdown(b).expression() for b in by}
        if only is None:
            marks["COUNCIL"] = council_of_child()
        marks |= {column: _expression(what) for what, column in columns.items()}
        marked = view.with_columns(**marks)
        totals = [col(column).sum() for column in columns.values()]
        apart = ["COUNCIL"] if only is None else []
        table = collect(marked.group_by(*apart, "YEAR", *by).agg(*totals))
        keys = {
            "council": table["COUNCIL"] if only is None else _all(only, table.height),
            "year": table["YEAR"].cast(pl.Int64),
            **{b: table[b] for b in by},
        }
        parts.append(
            pl.DataFrame(
                {
                    "measure": [m.name for m in here for _ in range(table.height)],
                    **{key: pl.concat([cells] * len(here)) for key, cells in keys.items()},
                    **{
                        name: pl.concat([_sum(table, columns, m, name) for m in here])
                        for name in _COLUMNS
                    },
                },
                schema_overrides={"measure": pl.String},
            )
        )
    return pl.concat(parts)


def _all(text: str, height: int) -> pl.Series:
    return pl.Series([text] * height, dtype=pl.String)


_COLUMNS: Mapping[str, Any] = {
    "numerator": pl.Float64,
    "counted": pl.Float64,
    **amounts.SPREAD,
    "left_out": pl.Int64,
}
"""Each sum and its type. Whole numbers of people are exact as floats."""
_OF_AMOUNTS = {"k": "numerator", "n": "counted"}

_Added = Callable[[], Any] | tuple[Measure, str]
"""What a row of a view adds: one where a condition holds, or an amount of one measure."""


def _every_row() -> nw.Expr:
    return nw.lit(value=True)


@cache
def _adding(measure: Measure) -> dict[str, tuple[_Added, ...]]:
    """For each sum of a measure, what is added up; a sum that is not named stays nought.

    A condition that several measures share (who is judged, who is left out) is one function, and
    so is looked at once.
    """
    adds: dict[str, tuple[_Added, ...]] = {"left_out": tuple(one.where for one in measure.left_out)}
    if measure.of_amounts:
        for short in amounts.flags(measure):
            adds[_OF_AMOUNTS.get(short, short)] = ((measure, short),)
        return adds
    judged = measure.denominator or _every_row
    return adds | {"numerator": (measure.numerator,), "counted": (judged,)}


def _all_added(measures: list[Measure]) -> list[_Added]:
    each = (what for m in measures for whats in _adding(m).values() for what in whats)
    return list(dict.fromkeys(each))


@cache
def _expression(what: _Added) -> nw.Expr:
    if isinstance(what, tuple):
        measure, short = what
        return amounts.flags(measure)[short]
    condition: nw.Expr = what()
    return condition.fill_null(value=False).cast(nw.Int64)


def _sum(
    table: pl.DataFrame, columns: Mapping[_Added, str], measure: Measure, name: str
) -> pl.Series:
    kind = _COLUMNS[name]
    total = pl.Series([0] * table.height, dtype=kind)
    for what in _adding(measure).get(name, ()):
        total = total + table[columns[what]].cast(kind)
    return total.round(amounts.PLACES) if kind == pl.Float64 else total


def why_not(measure: Measure, year: int, journeys: Countable) -> str | None:
    """Why there can be no figure of a measure for a year; None where there can."""
    missing = not_there(measure, year, journeys.years)
    if missing is not None:
        return missing
    gaps = journeys.gaps.get(year, {})
    return next((gaps[need] for need in measure.needs if need in gaps), None)


def not_there(measure: Measure, year: int, loaded: Sequence[int]) -> str | None:
    missing = [y for y in range(year - measure.years_before, year + 1) if y not in loaded]
    if not missing:
        return None
    if measure.years_before == 0:
        return f"No {measure.return_words(year)} has been loaded."
    years = " and ".join(str(y) for y in missing)
    return f"This figure needs the {measure.return_words(years)} too, which has not been loaded."


def _not_offered(measure: Measure, by: list[str]) -> str:
    refused = [breakdown(b).title.lower() for b in by if b not in measure.breakdowns]
    return f"This measure is not broken down by {' or '.join(refused)}."


def uncounted(by: list[str]) -> pl.DataFrame:
    return pl.DataFrame(
        schema={
            "measure": pl.String,
            "council": pl.String,
            "year": pl.Int64,
            **dict.fromkeys(by, pl.String),
            **_COLUMNS,
            "reason": pl.String,
        }
    )


def valued(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Denominator, value and interval of every row: nowhere else are they made."""
    kinds = [get(m).kind for m in rows["measure"]]
    people = [
        population(council, year) if kind == "rate" and counted is not None else counted
        for kind, council, year, counted in zip(
            kinds, rows["council"], rows["year"], rows["counted"], strict=True
        )
    ]
    rows = rows.with_columns(
        kind=pl.Series(kinds, dtype=pl.String),
        unit=pl.Series([get(m).unit for m in rows["measure"]], dtype=pl.String),
        denominator=pl.Series(people, dtype=pl.Float64),
        place=pl.int_range(pl.len()),
    )
    unknown = (pl.col("kind") == "rate") & pl.col("denominator").is_null()
    rows = rows.with_columns(reason=pl.coalesce("reason", pl.when(unknown).then(pl.lit(NOT_HELD))))
    shares = rows.filter(kind="percentage")
    others = rows.filter(pl.col("kind").is_in(["count", "rate"]))
    per = pl.when(kind="rate").then(pl.col("denominator") / PER).otherwise(1.0)
    exposure = others.select(per.alias("per"))["per"]
    valued = pl.concat(
        [
            _with(shares, proportion(shares["numerator"], shares["denominator"]).frame(), 100.0),
            _with(others, poisson_rate(others["numerator"], exposure).frame(), 1.0),
            *_of_amounts(rows),
        ]
    )
    counts = pl.col("kind").is_in(["count", "total"])
    return (
        valued.sort("place")
        .with_columns(denominator=pl.when(~counts).then(pl.col("denominator")))
        .select(
            "measure",
            "council",
            "year",
            *by,
            "numerator",
            "denominator",
            "value",
            "low",
            "high",
            "unit",
            "left_out",
            "reason",
        )
    )


def _of_amounts(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """The rows of each measure that adds up amounts, with its own way to an interval."""
    made = []
    for name in rows.filter(pl.col("kind").is_in(["total", "ratio"]))["measure"].unique():
        mine = rows.filter(measure=name)
        found, scale = amounts.valued(mine, get(name))
        made.append(_with(mine, found.frame(), scale))
    return made


def _with(rows: pl.DataFrame, found: pl.DataFrame, scale: float) -> pl.DataFrame:
    return rows.with_columns(
        value=found["estimate"] * scale,
        low=found["low"] * scale,
        high=found["high"] * scale,
        reason=pl.coalesce(rows["reason"], found["reason"]),
    )
