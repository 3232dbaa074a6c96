"""The baseline as rows: own figures and published ones, every row marked as what it is."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from whatworks import measures, reference
from whatworks.measures.definition import Measure
from whatworks.service.common.writing import invented_words

REAL_OWN, PUBLISHED = "the council's own returns", "published (real)"
USE = (
    "For use within the council: counted from its own returns, small numbers included, "
    "and not checked for release."
)
MADE = "invented returns made by whatworks"
ROW = {
    "counted_from": pl.String,
    "measure": pl.String,
    "title": pl.String,
    "published_series": pl.String,
    "year": pl.Int64,
    "area_kind": pl.String,
    "area_code": pl.String,
    "area": pl.String,
    "breakdown": pl.String,
    "group": pl.String,
    "numerator": pl.String,
    "denominator": pl.String,
    "value": pl.Float64,
    "low_95": pl.Float64,
    "high_95": pl.Float64,
    "unit": pl.String,
    "left_out": pl.Int64,
    "why_no_value": pl.String,
    "rounding": pl.String,
    "source": pl.String,
    "use": pl.String,
}


def own_rows(
    frame: pl.DataFrame, *, council: str, area: str, synthetic: bool, by: str | None = None
) -> pl.DataFrame:
    """``measures.run``'s frame in the columns of the export."""
    titles = {name: measures.get(name).title for name in measures.names()}
    invented = {name: invented_words(measures.get(name)) for name in measures.names()}
    returns = [
        MADE if synthetic else measures.get(name).return_words(year)
        for name, year in frame.select("measure", "year").iter_rows()
    ]
    group = pl.col(by) if by else pl.lit(None, pl.String)
    return frame.select(
        (
            pl.col("measure").replace_strict(invented, return_dtype=pl.String)
            if synthetic
            else pl.lit(REAL_OWN)
        ).alias("counted_from"),
        "measure",
        pl.col("measure").replace_strict(titles, return_dtype=pl.String).alias("title"),
        pl.lit(None, pl.String).alias("published_series"),
        "year",
        pl.lit("council").alias("area_kind"),
        pl.lit(council).alias("area_code"),
        pl.lit(area).alias("area"),
        pl.lit(by, pl.String).alias("breakdown"),
        group.alias("group"),
        _plain("numerator"),
        _plain("denominator"),
        "value",
        pl.col("low").alias("low_95"),
        pl.col("high").alias("high_95"),
        "unit",
        "left_out",
        pl.col("reason").alias("why_no_value"),
        pl.lit(None, pl.String).alias("rounding"),
        pl.Series("source", returns, pl.String),
        pl.lit(USE).alias("use"),
    ).cast(ROW)


def _plain(column: str) -> pl.Expr:
    """A sum as text: '36' for whole numbers, '36.4' for others."""
    whole = pl.col(column).cast(pl.Int64, strict=False)
    return (
        pl.when(pl.col(column) == whole)
        .then(whole.cast(pl.String))
        .otherwise(pl.col(column).cast(pl.String))
    )


def published_rows(
    chosen: Iterable[Measure], *, council: str, years: Iterable[int]
) -> pl.DataFrame:
    """Published figures of the council, neighbours, region and England in the same columns."""
    wanted = list(years)
    sources = {
        row["key"]: f"{row['publisher']}: {row['title']}. {row['licence'] or 'No licence known'}"
        for row in reference.sources().iter_rows(named=True)
    }
    parts = [pl.DataFrame(schema=ROW)]
    for measure in chosen:
        frame = measures.published(measure.name, council)
        if frame["series"].is_null().all():
            continue
        parts.append(
            frame.filter(pl.col("year").is_in(wanted))
            .select(
                pl.lit(PUBLISHED).alias("counted_from"),
                "measure",
                pl.lit(measure.title).alias("title"),
                pl.col("series").alias("published_series"),
                "year",
                pl.col("of").alias("area_kind"),
                pl.col("code").alias("area_code"),
                pl.col("name").alias("area"),
                *(
                    pl.lit(None, ROW[c]).alias(c)
                    for c in ("breakdown", "group", "numerator", "denominator")
                ),
                "value",
                *(pl.lit(None, ROW[c]).alias(c) for c in ("low_95", "high_95")),
                "unit",
                pl.lit(None, pl.Int64).alias("left_out"),
                pl.when(pl.col("value").is_null())
                .then(pl.col("state").str.replace_all("_", " "))
                .alias("why_no_value"),
                "rounding",
                pl.col("source").replace_strict(sources, default=None, return_dtype=pl.String),
                pl.lit(None, pl.String).alias("use"),
            )
            .cast(ROW)
        )
    return pl.concat(parts)
