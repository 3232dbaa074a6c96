"""Make the published figures of the reference data from gathered extracts of official statistics.

    python tools/reference/build_published.py GATHERED OUT

GATHERED holds ``samples/england_tidy/lait_csc_panel_long.csv.gz`` (every figure by council, region
and England, gaps marked with a dash), ``samples/published_dfe/*.csv`` (the Department's own files,
whose gaps say why) and ``reference/england/england_national_series_lait.csv``. OUT is the package's
data folder and already holds ``published_measures.csv`` and ``councils.csv``.

Written: ``published.csv.gz`` (measure, area and one column a year; a cell is a figure or the mark
that stood in its place), ``published_rounding.csv`` (worked out from the figures themselves),
``national.csv.gz`` (England only, every measure, every period) and ``population.csv.gz``.
Figures and marks are taken over unchanged. A gap of a council that did not exist is left out.
"""

from __future__ import annotations

import gzip
import sys
from datetime import date
from pathlib import Path

import polars as pl

YEARS = [str(year) for year in range(2016, 2026)]
ENGLAND = "E92000001"
REGIONS = {
    "970": ENGLAND,
    "980": "E12000001",
    "981": "E12000002",
    "982": "E12000003",
    "983": "E12000004",
    "984": "E12000005",
    "985": "E12000006",
    "986": "E12000007",
    "987": "E13000001",
    "988": "E13000002",
    "989": "E12000008",
    "990": "E12000009",
}
BY_COUNCIL = ["children looked after", "adoption", "care leavers", "children in need"]
BY_COUNCIL += ["child protection", "workforce"]
STARTED = "Children starting to be looked after each year"
CEASED = "Children ceasing to be looked after each year"
ON_31_MARCH = "Children looked after on 31 March each year"
RATES = "cla_number_and_rate_per_10k_children.csv"
STABILITY = "la_cla_placement_stability.csv"
THREE_OR_MORE = "With 3 or more placements during the year"
SAME_CARER = "Living with the same carer for at least 2 years"
NEED = "b1_children_in_need_2013_to_2025.csv"
REFERRALS = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
SECOND_PLANS = "d3_cpps_subsequent_plan_2013_to_2025.csv"

# measure, file, column that holds the figure, column and value that pick its rows
MARKED = [
    ("looked_after_at_31_march", RATES, "children_count", "population_type", ON_31_MARCH),
    ("looked_after_rate", RATES, "rate_per_10000", "population_type", ON_31_MARCH),
    ("started_to_be_looked_after", RATES, "children_count", "population_type", STARTED),
    ("started_rate", RATES, "rate_per_10000", "population_type", STARTED),
    ("ceased_to_be_looked_after", RATES, "children_count", "population_type", CEASED),
    ("ceased_rate", RATES, "rate_per_10000", "population_type", CEASED),
    (
        "three_or_more_placements",
        STABILITY,
        "children_percent",
        "placement_stability",
        THREE_OR_MORE,
    ),
    (
        "three_or_more_placements_number",
        STABILITY,
        "children_count",
        "placement_stability",
        THREE_OR_MORE,
    ),
    ("long_term_stability", STABILITY, "children_percent", "placement_stability", SAME_CARER),
    ("long_term_stability_number", STABILITY, "children_count", "placement_stability", SAME_CARER),
    ("in_need_at_31_march", NEED, "At31_episodes", "category", "Children in Need"),
    ("referrals", REFERRALS, "referral_count", "category", "Referrals and Re-referrals"),
    ("rereferred", REFERRALS, "rereferral_percent", "category", "Referrals and Re-referrals"),
    ("second_or_later_plans", SECOND_PLANS, "CPP_subsequent_percent", "geographic_level", None),
    ("second_or_later_plans_number", SECOND_PLANS, "CPP_subsequent", "geographic_level", None),
]


def shortest(value: str | None) -> str | None:
    """'67.0' as '67', '17.90' as '17.9'; a mark as it is."""
    if value is None or not value.replace(".", "", 1).lstrip("-").isdigit():
        return value
    number = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return "0" if number == "-0" else number


def dashed(gathered: Path, measures: pl.DataFrame) -> pl.DataFrame:
    """Every figure of the long extract: measure, area, year, cell ('-' for a gap)."""
    path = gathered / "samples" / "england_tidy" / "lait_csc_panel_long.csv.gz"
    wanted = measures.filter(pl.col("topic").is_in(BY_COUNCIL) & pl.col("code").is_not_null())
    code = pl.col("la_code").str.replace(r"\.0$", "")
    return (
        pl.read_csv(path, infer_schema=False)
        .join(wanted.select("code", "measure"), on="code")
        .filter(pl.col("period").is_in(YEARS))
        .select(
            "measure",
            area=code.replace(REGIONS),
            year="period",
            cell=pl.coalesce("value", "flag").map_elements(shortest, return_dtype=pl.String),
        )
    )


def own_files(gathered: Path) -> pl.DataFrame:
    """Figures and marks of the Department's own files, with the same columns."""
    parts = []
    for measure, name, column, key, value in MARKED:
        table = pl.read_csv(
            gathered / "samples" / "published_dfe" / name, infer_schema=False, null_values=[""]
        )
        rows = table if value is None else table.filter(pl.col(key) == value)
        region = (
            pl.when(pl.col("geographic_level") == "National")
            .then(pl.lit(ENGLAND))
            .otherwise(pl.col("region_code"))
        )
        local = pl.col("geographic_level") == "Local authority"
        parts.append(
            rows.select(
                measure=pl.lit(measure),
                area=pl.when(local).then(pl.col("old_la_code")).otherwise(region),
                year="time_period",
                cell=pl.col(column).map_elements(shortest, return_dtype=pl.String),
            )
        )
    return pl.concat(parts).filter(pl.col("year").is_in(YEARS)).drop_nulls("cell")


def went_home(gathered: Path, out: Path) -> pl.DataFrame:
    """Children who left care to a parent, by whether the care plan had meant it (2021-2025)."""
    path = gathered / "samples" / "england_tidy" / "cla_ceased_reason_la.csv.gz"
    names = pl.read_csv(out / "regions.csv", infer_schema=False).select("name", region="code")
    reason, level = pl.col("characteristic"), pl.col("geographic_level")
    unplanned = reason.str.contains("was not part of the care planning", literal=True)
    return (
        pl.read_csv(path, infer_schema=False)
        .filter(
            (pl.col("cla_group") == "Reason episode ceased")
            & reason.str.starts_with("Returned home")
            & level.is_in(["Local authority", "Regional", "National"])
        )
        .with_columns(name=pl.col("geo_breakdown").replace({"National": "England"}))
        .join(names, on="name", how="left")
        .select(
            kind=pl.when(unplanned).then(pl.lit("unplanned")).otherwise(pl.lit("planned")),
            area=pl.when(level == "Local authority").then("old_la_code").otherwise("region"),
            year="time_period",
            _number="number",
            _percent="percentage",
        )
        .unpivot(["_number", "_percent"], index=["kind", "area", "year"], value_name="cell")
        .select(
            measure="returned_home_" + pl.col("kind") + pl.col("variable").replace("_percent", ""),
            area="area",
            year="year",
            cell=pl.col("cell").map_elements(shortest, return_dtype=pl.String),
        )
    )


def check_agreement(one: pl.DataFrame, other: pl.DataFrame) -> None:
    """Stop where the two extracts give different figures for the same cell."""
    both = one.join(other, on=["measure", "area", "year"], suffix="_own")
    figures = [pl.col(c).cast(pl.Float64, strict=False) for c in ("cell", "cell_own")]
    apart = both.filter((figures[0] - figures[1]).abs() > 0.0501)
    if apart.height:
        sys.exit(f"{apart.height} figures differ between the extracts:\n{apart.head(20)}")
    print(f"{both.height} cells are in both extracts, and no figure differs")  # noqa: T201


def existed(out: Path) -> pl.DataFrame:
    """Which area existed in which year (on 31 March); regions and England always."""
    areas = pl.read_csv(out / "councils.csv", infer_schema=False)
    years = pl.DataFrame({"year": YEARS})
    days = [date(int(year), 3, 31).isoformat() for year in YEARS]
    alive = (pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("day"))) & (
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col("day"))
    )
    councils = areas.join(years.with_columns(day=pl.Series(days)), how="cross").filter(alive)
    regions = pl.DataFrame({"area": list(REGIONS.values())}).join(years, how="cross")
    return pl.concat([councils.select("year", area="code"), regions.select("year", "area")])


def published(gathered: Path, out: Path, measures: pl.DataFrame) -> pl.DataFrame:
    one = dashed(gathered, measures)
    own = pl.concat([own_files(gathered), went_home(gathered, out)])
    check_agreement(one, own)
    whole = one.join(own, on=["measure", "area", "year"], how="full", coalesce=True)
    dash = pl.col("cell").is_null() | (pl.col("cell") == "-")
    cell = pl.when(dash).then(pl.coalesce("cell_right", "cell")).otherwise(pl.col("cell"))
    cells = whole.select("measure", "area", "year", cell=cell)
    alive = existed(out).with_columns(alive=pl.lit(value=True))
    cells = cells.join(alive, on=["area", "year"], how="left")
    figure = pl.col("cell").cast(pl.Float64, strict=False).is_not_null()
    began = cells.filter(figure).group_by("measure").agg(first=pl.col("year").min())
    cells = cells.join(began, on="measure").filter(
        figure | (pl.col("alive").is_not_null() & (pl.col("year") >= pl.col("first")))
    )
    wide = cells.pivot("year", index=["measure", "area"], values="cell")
    return wide.select("measure", "area", *YEARS).sort("measure", "area")


def step(values: pl.Series, unit: str) -> str:
    """The coarsest step that every figure keeps to."""
    numbers = values.filter(values != 0)
    if numbers.len() < 3:
        return "not known"
    counted = unit not in {"percent", "per 10,000 children", "points"}
    for size, name in ((1000, "nearest 1,000"), (100, "nearest 100"), (10, "nearest 10")):
        if counted and (numbers % size == 0).all():
            return name
    if counted and (numbers % 5 == 0).all():
        return "nearest 5"
    for places, name in ((0, "whole number"), (1, "one decimal"), (2, "two decimals")):
        if ((numbers - numbers.round(places)).abs() < 1e-6).all():
            return name
    return "more than two decimals"


def rounding(wide: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    kind = pl.when(pl.col("area").str.starts_with("E")).then(pl.lit("region or England"))
    long = (
        wide.unpivot(YEARS, index=["measure", "area"], variable_name="year", value_name="cell")
        .with_columns(
            kind=kind.otherwise(pl.lit("council")),
            number=pl.col("cell").cast(pl.Float64, strict=False),
        )
        .drop_nulls("number")
        .join(measures.select("measure", "unit"), on="measure")
    )
    rows = [
        {"measure": key[0], "kind": key[1], "year": key[2], "rounding": step(part["number"], unit)}
        for (*key, unit), part in sorted(
            long.group_by("measure", "kind", "year", "unit"), key=lambda item: item[0]
        )
    ]
    found = pl.DataFrame(rows)
    runs = found.with_columns(
        run=pl.col("rounding")
        .ne_missing(pl.col("rounding").shift())
        .cum_sum()
        .over("measure", "kind")
    )
    return (
        runs.group_by("measure", "kind", "run", maintain_order=True)
        .agg(first=pl.col("year").min(), last=pl.col("year").max(), rounding=pl.first("rounding"))
        .drop("run")
    )


def national(gathered: Path, measures: pl.DataFrame, wide: pl.DataFrame) -> pl.DataFrame:
    series = pl.read_csv(
        gathered / "reference" / "england" / "england_national_series_lait.csv", infer_schema=False
    )
    start = pl.col("period").str.head(4).cast(pl.Int64)
    spans = pl.col("period").str.contains("-", literal=True)
    coded = measures.filter(pl.col("code").is_not_null())["measure"]
    others = (
        wide.filter((pl.col("area") == ENGLAND) & ~pl.col("measure").is_in(coded.to_list()))
        .unpivot(YEARS, index="measure", variable_name="period", value_name="value")
        .select("measure", "period", pl.col("period").cast(pl.Int64).alias("year"), "value")
    )
    listed = series.join(measures.select("code", "measure"), on="code", how="left").select(
        "measure",
        period=pl.col("period").str.strip_suffix(" (OT)"),
        year=pl.when(spans).then(start + 1).otherwise(start),
        value=pl.col("value").map_elements(shortest, return_dtype=pl.String),
    )
    return pl.concat([listed, others]).sort("measure", "year")


def population(gathered: Path) -> pl.DataFrame:
    name = "ons_mid-year_population_estimates_2012_to_2024.csv"
    table = pl.read_csv(gathered / "samples" / "published_dfe" / name, infer_schema=False)
    level = pl.col("geographic_level")
    area = (
        pl.when(level == "National")
        .then(pl.lit(ENGLAND))
        .when(level == "Regional")
        .then(pl.col("region_code"))
        .otherwise(pl.col("old_la_code"))
    )
    return (
        table.select(area=area, mid_year="time_period", population="population_estimate")
        .filter(pl.col("population") != "x")
        .unique()
        .sort("area", "mid_year")
        .pivot("mid_year", index="area", values="population", sort_columns=True)
    )


def pack(path: Path, table: pl.DataFrame) -> None:
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as stream:
        stream.write(table.write_csv().encode())


def main(gathered: Path, out: Path) -> None:
    measures = pl.read_csv(out / "published_measures.csv", infer_schema=False)
    wide = published(gathered, out, measures)
    pack(out / "published.csv.gz", wide)
    rounding(wide, measures).write_csv(out / "published_rounding.csv")
    pack(out / "national.csv.gz", national(gathered, measures, wide))
    pack(out / "population.csv.gz", population(gathered))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
