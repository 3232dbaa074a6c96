"""Published figures to set beside a council's own: itself, its neighbours, region and England."""

from __future__ import annotations

import polars as pl

from whatworks import reference
from whatworks.measures.definition import MeasureError, Mirror, get

SCHEMA = {
    "measure": pl.String,
    "series": pl.String,
    "of": pl.String,
    "code": pl.String,
    "name": pl.String,
    "year": pl.Int64,
    "value": pl.Float64,
    "state": pl.String,
    "unit": pl.String,
    "rounding": pl.String,
    "source": pl.String,
    "rank": pl.Int64,
    "closeness": pl.String,
    "n_areas": pl.Int64,
}
COUNCIL, NEIGHBOUR, MEDIAN = "council", "neighbour", "neighbours, median"
REGION, ENGLAND = "region", "England"
PUBLISHED, NOT_PUBLISHED, NO_FIGURE = "published", "not_published", "no_figure"


def published(name: str, council: str, year: int | None = None) -> pl.DataFrame:
    """Published figures that measure ``name`` mirrors, for one council and those it is set beside.

    Returns a frame: measure, series (name of the published series), of (council, neighbour,
    'neighbours, median', region, England), code, name, year, value, state (published, or why there
    is no figure: suppressed, low, unreliable, not_available, not_applicable, not_shown; no_figure:
    the area has no row for that year; not_published: there is no such series), unit, rounding,
    source (key of ``reference.sources()``), rank and closeness (of a neighbour), n_areas (how many
    neighbours the median is of). Real councils' figures: they say so on the page, whatever the
    workspace. Raises MeasureError for an unknown measure or council.
    """
    measure = get(name)
    try:
        own = reference.council(council)
        alike = reference.neighbours(council)
    except reference.NotHeld as none:
        raise MeasureError(str(none)) from None
    series = [m for m in measure.mirrors if m.series is not None]
    if not series:
        return _not_published(name, council, own.name, year, measure.mirrors)
    areas = _areas(own.code, own.name, own.region, alike)
    return pl.concat([_one_series(name, m.series or "", areas, year) for m in series])


def _areas(code: str, name: str, region: str, alike: pl.DataFrame) -> pl.DataFrame:
    """The areas to set side by side, in the order in which they are shown."""
    found = reference.regions(everything=True).filter(pl.col("name") == region)
    rows = [(COUNCIL, code, name, None, None)]
    rows += [
        (NEIGHBOUR, n["neighbour"], n["name"], n["rank"], n["closeness"])
        for n in alike.iter_rows(named=True)
    ]
    rows += [(REGION, area, region, None, None) for area in found["code"]]
    rows.append((ENGLAND, reference.ENGLAND, "England", None, None))
    columns = ("of", "code", "name", "rank", "closeness")
    return pl.DataFrame(rows, schema={c: SCHEMA[c] for c in columns}, orient="row")


def _one_series(name: str, series: str, areas: pl.DataFrame, year: int | None) -> pl.DataFrame:
    found = reference.published(series, year=year)
    years = sorted(found["year"].unique()) if year is None else [year]
    grid = areas.with_row_index("place").join(
        pl.DataFrame({"year": years}, schema={"year": pl.Int64}), how="cross"
    )
    facts = found.select("area", "year", "value", "state", "unit", "rounding", "source")
    rows = grid.join(facts, left_on=["code", "year"], right_on=["area", "year"], how="left")
    rows = rows.with_columns(
        pl.lit(name).alias("measure"),
        pl.lit(series).alias("series"),
        pl.col("state").fill_null(NO_FIGURE),
        pl.lit(None, pl.Int64).alias("n_areas"),
    )
    both = pl.concat([rows.select("place", *SCHEMA), _medians(rows)])
    return both.sort("year", "place", maintain_order=True).drop("place")


def _medians(rows: pl.DataFrame) -> pl.DataFrame:
    """The median over the neighbours that have a figure, for each year; it comes after them."""
    near = rows.filter(pl.col("of") == NEIGHBOUR)
    shown = pl.col("state") == PUBLISHED
    return (
        near.group_by("year", "measure", "series", maintain_order=True)
        .agg(
            pl.col("place").max(),
            pl.col("value").filter(shown).median(),
            pl.col("unit").drop_nulls().first(),
            pl.col("source").drop_nulls().first(),
            pl.col("rounding").drop_nulls().first(),
            n_areas=shown.sum().cast(pl.Int64),
        )
        .with_columns(
            of=pl.lit(MEDIAN),
            code=pl.lit(None, pl.String),
            name=pl.lit("Median of statistical neighbours"),
            state=pl.when(pl.col("n_areas") > 0)
            .then(pl.lit(PUBLISHED))
            .otherwise(pl.lit(NO_FIGURE)),
            rounding=pl.lit("median of figures published to the ") + pl.col("rounding"),
            rank=pl.lit(None, pl.Int64),
            closeness=pl.lit(None, pl.String),
        )
        .select("place", *SCHEMA)
    )


def _not_published(
    name: str, council: str, council_name: str, year: int | None, mirrors: tuple[Mirror, ...]
) -> pl.DataFrame:
    row = dict.fromkeys(SCHEMA) | {
        "measure": name,
        "of": COUNCIL,
        "code": council,
        "name": council_name,
        "year": year,
        "state": NOT_PUBLISHED,
        "source": mirrors[0].source if mirrors else None,
    }
    return pl.DataFrame([row], schema=SCHEMA, orient="row")
