"""Figures across councils as files, every row marked as published or as invented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl
from django.http import Http404, HttpResponse

from whatworks import reference
from whatworks.measures.definition import Measure
from whatworks.returns.report import to_csv
from whatworks.service.common import workspace
from whatworks.service.england import across, catalogue, places, workbook
from whatworks.service.england.catalogue import Series
from whatworks.service.england.own import Compared

ROW = {
    "counted_from": pl.String,
    "measure": pl.String,
    "title": pl.String,
    "published_series": pl.String,
    "published_title": pl.String,
    "year": pl.Int64,
    "area_kind": pl.String,
    "area_code": pl.String,
    "area": pl.String,
    "region": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "why_no_value": pl.String,
    "rounding": pl.String,
    "denominator": pl.Float64,
    "expected": pl.Float64,
    "expected_low_95": pl.Float64,
    "expected_high_95": pl.Float64,
    "expected_low_998": pl.Float64,
    "expected_high_998": pl.Float64,
    "band": pl.String,
    "source": pl.String,
}
OF_INVENTED = (
    *("numerator", "denominator", "value", "low", "high", "expected"),
    *("ratio", "ratio_low", "ratio_high"),
    *("low_limit_95", "high_limit_95", "low_limit_998", "high_limit_998", "band", "reason"),
)
ABOUT_PUBLISHED = (
    "Published official statistics of real councils.",
    "Where a row has an expected range, it is what chance (and, where councils differ by more than "
    "chance, their usual difference) would give. Councils are not ranked.",
    "Sources are named on each row.",
)
ABOUT_INVENTED = (
    "INVENTED: these figures are counted from children or workers that do not exist.",
    "They stand under the names of councils and say nothing about them.",
)
LIMITS = {
    "low_limit_95": "expected_low_95",
    "high_limit_95": "expected_high_95",
    "low_limit_998": "expected_low_998",
    "high_limit_998": "expected_high_998",
}


def area_rows(
    chosen: Iterable[Series], areas: Sequence[str], *, year: int | None = None
) -> pl.DataFrame:
    """Published figures of councils, regions or England by code, of one year or of all."""
    real = "published (real)" if workspace.synthetic() else "published"
    regions = {one.code: one.region for one in places.places()}
    parts = [pl.DataFrame(schema=ROW)]
    for one in chosen:
        found = reference.published(one.name, year=year)
        found = found.filter(pl.col("area").is_in(list(areas)))
        parts.append(
            found.select(
                pl.lit(real).alias("counted_from"),
                pl.lit(one.measure.name).alias("measure"),
                pl.lit(one.measure.title).alias("title"),
                pl.col("measure").alias("published_series"),
                pl.lit(one.title).alias("published_title"),
                "year",
                pl.col("area_type").alias("area_kind"),
                pl.col("area").alias("area_code"),
                pl.col("name").alias("area"),
                pl.col("area").replace_strict(regions, default=None).alias("region"),
                "value",
                "unit",
                pl.when(pl.col("value").is_null())
                .then(pl.col("state").str.replace_all("_", " "))
                .alias("why_no_value"),
                "rounding",
                *(pl.lit(None, ROW[c]).alias(c) for c in ("denominator", "expected")),
                *(pl.lit(None, pl.Float64).alias(c) for c in LIMITS.values()),
                pl.lit(None, pl.String).alias("band"),
                pl.lit(across.source_words(one)).alias("source"),
            ).cast(ROW)
        )
    return pl.concat(parts)


def across_rows(one: Series, year: int) -> pl.DataFrame:
    """One series and year of every council with its expected range; then regions and England."""
    codes = [*places.by_code(), *places.region_codes().values()]
    plain = area_rows([one], codes, year=year).drop(
        "denominator", "expected", *LIMITS.values(), "band"
    )
    limits = (
        across.frame(one.measure.name, year)
        .filter(pl.col("series") == one.name)
        .select("code", "denominator", "expected", *LIMITS, "band")
        .rename(LIMITS)
    )
    both = plain.join(
        limits, left_on="area_code", right_on="code", how="left", maintain_order="left"
    )
    return both.select(*ROW).cast(ROW)


def council_rows(code: str) -> pl.DataFrame:
    """Every mirrored series of a council, its neighbours, its region and England, all years."""
    region = places.region_codes()[reference.council(code).region]
    areas = [code, *places.neighbours(code), region, reference.ENGLAND]
    return area_rows(catalogue.series(), areas)


def invented_rows(measure: Measure, found: Compared) -> pl.DataFrame:
    """Figures of invented children of the workspace's councils, each row marked as such."""
    of = "invented workers" if measure.collection == "csww" else "invented children"
    names = {line.code: line.name for line in found.lines}
    return found.frame.select(
        pl.lit(of).alias("counted_from"),
        pl.lit(measure.name).alias("measure"),
        pl.lit(measure.title).alias("title"),
        pl.lit(found.year).alias("year"),
        "council",
        pl.col("council").replace_strict(names, default=None).alias("area"),
        *(
            pl.col(name) if name in found.frame.columns else pl.lit(None).alias(name)
            for name in OF_INVENTED
        ),
        pl.lit(measure.unit).alias("unit"),
        pl.lit("; ".join(found.adjusted_for)).alias("adjusted_for"),
    )


def answer(frame: pl.DataFrame, form: str, *name: str, invented: bool = False) -> HttpResponse:
    """The file, under a name that says whose its figures are. 404 for a form there is not."""
    if form == "csv":
        content, kind = to_csv(frame).encode(), "text/csv; charset=utf-8"
    elif form == "xlsx":
        about = ABOUT_INVENTED if invented else ABOUT_PUBLISHED
        content, kind = workbook.write(frame, about), workbook.KIND
    else:
        raise Http404
    made = HttpResponse(content, content_type=kind)
    parts = [part.replace("_", "-") for part in name]
    saved = "-".join([*parts, "invented-children"] if invented else ["published", *parts])
    made.headers["Content-Disposition"] = f'attachment; filename="{saved}.{form}"'
    return made
