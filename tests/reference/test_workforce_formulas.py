"""How measures of social workers divide one sum by another, held to published counts and rates.

The published table gives counts and the rates made of them for every council from 2017 to 2025, so
that the divisions can be tried out: both are rounded to one decimal, hence the slack.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from whatworks.measures.workforce import DAYS_OFF
from whatworks.returns.period import period_of

COUNTS = (
    *("inpost_fte", "leavers_fte", "agency_fte", "vacancy_fte", "cases", "case_holders_fte"),
    *("working_days_lost_fte", "turnover_rate_fte", "agency_rate_fte", "vacancy_rate_fte"),
    *("caseload_fte", "absence_rate_fte"),
)


@pytest.fixture(scope="module")
def councils(samples: Path) -> pl.DataFrame:
    path = samples / "published_dfe" / "csww_indicators_2017_to_2025.csv"
    found = pl.read_csv(path, infer_schema_length=0).filter(
        pl.col("geographic_level") == "Local authority"
    )
    days = {
        str(year): (end - start).days + 1 - DAYS_OFF
        for year in range(2017, 2026)
        for start, end in [period_of("csww", year)]
    }
    return found.with_columns(
        pl.col(COUNTS).cast(pl.Float64, strict=False),
        days=pl.col("time_period").replace_strict(days, return_dtype=pl.Float64),
    )


@pytest.mark.parametrize(
    ("rate", "top", "bottom"),
    [
        ("turnover_rate_fte", 100 * pl.col("leavers_fte"), pl.col("inpost_fte")),
        (
            "agency_rate_fte",
            100 * pl.col("agency_fte"),
            pl.col("agency_fte") + pl.col("inpost_fte"),
        ),
        (
            "vacancy_rate_fte",
            100 * pl.col("vacancy_fte"),
            pl.col("vacancy_fte") + pl.col("inpost_fte"),
        ),
        ("caseload_fte", pl.col("cases"), pl.col("case_holders_fte")),
        (
            "absence_rate_fte",
            100 * pl.col("working_days_lost_fte"),
            pl.col("inpost_fte") * pl.col("days"),
        ),
    ],
)
def test_our_divisions_bring_out_the_published_rates(
    councils: pl.DataFrame, rate: str, top: pl.Expr, bottom: pl.Expr
) -> None:
    off = councils.select(((top / bottom) - pl.col(rate)).abs().alias("off")).drop_nulls()["off"]
    assert off.len() > 1300
    assert (off <= 0.0601).mean() > 0.97


def test_253_working_days_and_254_with_29_february() -> None:
    assert [
        (end - start).days + 1 - DAYS_OFF
        for start, end in (period_of("csww", year) for year in (2019, 2020, 2021, 2024, 2025))
    ] == [253, 254, 253, 254, 253]
    assert period_of("csww", 2024) == (date(2023, 10, 1), date(2024, 9, 30))
