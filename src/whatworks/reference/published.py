"""Published figures of councils, regions and England: official statistics, taken over unchanged.

A cell that holds no figure holds a named state instead: never a bare null, never a nought.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from whatworks.reference._data import NotHeld, frame
from whatworks.reference.areas import ENGLAND, regions

PUBLISHED = "published"
STATES = {
    "c": "suppressed",  # withheld so that nobody can be recognised
    "k": "low",  # too small to show once rounded
    "u": "unreliable",  # withheld because too little lay behind it
    "x": "not_available",
    "z": "not_applicable",
    "-": "not_shown",  # the extract shows a dash and does not say which of these it is
}
"""Mark in the source -> state of the cell. A cell with a figure is ``published``."""

_COUNCIL, _REGION = "council", "region"
_YEARS = ("first", "last")


def published_measures() -> pl.DataFrame:
    """What is published: one row a measure.

    Returns:
        Columns ``measure`` (our name), ``code`` (name in the Department for Education's local
        authority interactive tool, null where it is not in it), ``topic``, ``title`` (our own plain
        words), ``unit`` (children, percent, per 10,000 children, pounds ...), ``clock`` (the
        day or span that a year's figure is of), ``source`` (key of ``sources()``).
    """
    return frame("published_measures.csv").clone()


def _area_names() -> pl.DataFrame:
    councils = frame("councils.csv", ("valid_from", pl.Date), ("valid_to", pl.Date)).select(
        area="code", area_type=pl.lit(_COUNCIL), name="name"
    )
    wider = regions(everything=True).select(
        area="code",
        area_type=pl.when(pl.col("code") == ENGLAND)
        .then(pl.lit("England"))
        .otherwise(pl.lit(_REGION)),
        name="name",
    )
    return pl.concat([councils, wider])


@cache
def _published() -> pl.DataFrame:
    wide = frame("published.csv.gz")
    cell = pl.col("cell")
    figure = cell.cast(pl.Float64, strict=False)
    rounding = frame("published_rounding.csv", *((name, pl.Int64) for name in _YEARS))
    rounding = rounding.with_columns(year=pl.int_ranges("first", pl.col("last") + 1)).explode(
        "year"
    )
    kind = (
        pl.when(pl.col("area_type") == _COUNCIL)
        .then(pl.lit(_COUNCIL))
        .otherwise(pl.lit("region or England"))
    )
    return (
        wide.unpivot(index=["measure", "area"], variable_name="year", value_name="cell")
        .drop_nulls("cell")
        .with_columns(
            pl.col("year").cast(pl.Int64),
            value=figure,
            state=pl.when(figure.is_not_null())
            .then(pl.lit(PUBLISHED))
            .otherwise(cell.replace_strict(STATES, default="not_shown")),
        )
        .join(_area_names(), on="area", how="left")
        .join(frame("published_measures.csv").select("measure", "unit", "source"), on="measure")
        .with_columns(kind=kind)
        .join(
            rounding.select("measure", "kind", "year", "rounding"),
            on=["measure", "kind", "year"],
            how="left",
        )
        .with_columns(rounding=pl.when(pl.col("state") == PUBLISHED).then("rounding"))
        .select(
            "measure",
            "area_type",
            "area",
            "name",
            "year",
            "value",
            "state",
            "unit",
            "rounding",
            "source",
        )
        .sort("measure", "area", "year")
    )


def _check_measure(measure: str, held: pl.Series) -> None:
    if measure not in held:
        raise NotHeld(f"No published figures called {measure!r} are held.")


def published(
    measure: str | None = None, *, area: str | None = None, year: int | None = None
) -> pl.DataFrame:
    """Published figures of councils, regions and England, collection years 2016 to 2025.

    Args:
        measure: the name of one measure (see ``published_measures``).
        area: a council's three-digit code, or the ONS code of a region or of England (E92000001).
        year: one collection year.

    Returns:
        Columns ``measure``, ``area_type`` (council, region, England), ``area``, ``name``,
        ``year``, ``value`` (null unless published), ``state`` (published, or why there is no
        figure: suppressed, low, unreliable, not_available, not_applicable, not_shown), ``unit``,
        ``rounding`` (the coarsest step that all figures of that measure, kind of area and year
        keep to), ``source``. A council has no rows for years in which it did not exist, unless
        figures were worked back for it. Former councils are included.

    Raises:
        NotHeld: no such measure.
    """
    found = _published()
    if measure is not None:
        _check_measure(measure, found["measure"].unique())
        found = found.filter(pl.col("measure") == measure)
    if area is not None:
        found = found.filter(pl.col("area") == area)
    if year is not None:
        found = found.filter(pl.col("year") == year)
    return found.clone()


def panel(measure: str | None = None) -> pl.DataFrame:
    """The figures of councils alone, in long form.

    Returns:
        Columns ``council``, ``year``, ``measure``, ``value``, ``state``, ``unit``, ``rounding``,
        ``source``, as in ``published``.
    """
    return (
        published(measure)
        .filter(pl.col("area_type") == _COUNCIL)
        .select("area", "year", "measure", "value", "state", "unit", "rounding", "source")
        .rename({"area": "council"})
    )


def national(measure: str | None = None) -> pl.DataFrame:
    """England's published series, 2016 to 2025 where they exist.

    Returns:
        Columns ``measure``, ``code``, ``topic``, ``title``, ``unit``, ``clock``, ``period`` (as
        published: 2025, or 2024-25 for a financial year), ``year`` (the collection year, or the
        year in which the financial year ends), ``value``, ``source``, ``confidence``.
        A missing year was not published or not in the extract.

    Raises:
        NotHeld: no such measure.
    """
    measures = frame("published_measures.csv")
    found = (
        frame("national.csv.gz", ("year", pl.Int64), ("value", pl.Float64))
        .join(measures, on="measure", how="left", maintain_order="left")
        .select(
            "measure",
            "code",
            "topic",
            "title",
            "unit",
            "clock",
            "period",
            "year",
            "value",
            "source",
            confidence=pl.lit("seen"),
        )
    )
    if measure is None:
        return found
    _check_measure(measure, found["measure"].unique())
    return found.filter(pl.col("measure") == measure)


def population(area: str | None = None) -> pl.DataFrame:
    """Children aged 0 to 17 who live in each council's area, region and England.

    Mid-year estimates of the Office for National Statistics, 2012 to 2024, as they stood when the
    2025 figures on children looked after were published. A rate of collection year Y is per the
    children of mid-year Y-1, so ``year`` is ``mid_year`` + 1: match returns on ``year``. Published
    rates agree with them from 2019; those of 2016 to 2018 rest on estimates since revised.

    Returns:
        Columns ``area``, ``area_type``, ``mid_year``, ``year``, ``population``, ``source``,
        ``confidence``. Estimates for the three councils of Dorset before 2019 are not held.
    """
    wide = frame("population.csv.gz")
    found = (
        wide.unpivot(index="area", variable_name="mid_year", value_name="population")
        .drop_nulls("population")
        .with_columns(pl.col("mid_year", "population").cast(pl.Int64))
        .join(_area_names(), on="area", how="left", maintain_order="left")
        .select(
            "area",
            "area_type",
            "mid_year",
            year=pl.col("mid_year") + 1,
            population="population",
            source=pl.lit("ons_population"),
            confidence=pl.lit("seen"),
        )
        .sort("area", "mid_year")
    )
    return found if area is None else found.filter(pl.col("area") == area)


@cache
def population_of(area: str, year: int) -> int | None:
    """Children aged 0 to 17 whom a rate of collection year ``year`` is per; None if not held.

    That is the estimate for the middle of the calendar year before: see ``population``.
    """
    found = population(area).filter(pl.col("year") == year)["population"]
    return None if found.is_empty() else int(found[0])
