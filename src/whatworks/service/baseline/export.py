"""The baseline as CSV: own figures and published ones, every row marked as what it is."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from whatworks import measures, reference
from whatworks.measures.definition import Measure

INVENTED, REAL_OWN, PUBLISHED = "invented children", "the council's own returns", "published (real)"
USE = (
    "For use within the council: counted from its own returns, small numbers included, "
    "and not checked for release."
)
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
    "numerator": pl.Int64,
    "denominator": pl.Int64,
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
    group = pl.col(by) if by else pl.lit(None, pl.String)
    return frame.select(
        pl.lit(INVENTED if synthetic else REAL_OWN).alias("counted_from"),
        "measure",
        pl.col("measure").replace_strict(titles, return_dtype=pl.String).alias("title"),
        pl.lit(None, pl.String).alias("published_series"),
        "year",
        pl.lit("council").alias("area_kind"),
        pl.lit(council).alias("area_code"),
        pl.lit(area).alias("area"),
        pl.lit(by, pl.String).alias("breakdown"),
        group.alias("group"),
        "numerator",
        "denominator",
        "value",
        pl.col("low").alias("low_95"),
        pl.col("high").alias("high_95"),
        "unit",
        "left_out",
        pl.col("reason").alias("why_no_value"),
        pl.lit(None, pl.String).alias("rounding"),
        pl.lit(
            "invented returns made by whatworks" if synthetic else "SSDA903 returns loaded here"
        ).alias("source"),
        pl.lit(USE).alias("use"),
    ).cast(ROW)


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


def file_name(*parts: str, synthetic: bool) -> str:
    """The name that the file is saved under: it too says when the children are invented."""
    return "-".join([*parts, *(["invented-children"] if synthetic else [])]) + ".csv"
