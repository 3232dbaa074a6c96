"""A council’s years: which of them lies outside its limits."""

from __future__ import annotations

import math

import polars as pl
import pytest

from whatworks import measures
from whatworks.measures import MeasureError

from .figures import NUMBER, RATE, years_of


def test_a_year_that_lies_outside_its_limits_is_marked() -> None:
    found = measures.control_chart(years_of([0.10, 0.11, 0.10, 0.09, 0.10, 0.25])[::-1])
    assert found.chart == "p"
    assert found.frame["year"].to_list() == list(range(2020, 2026))
    assert found.frame["signal"].to_list() == [None] * 5 + ["above the limits"]
    assert found.frame["high_limit"][5] < 25.0
    assert any("provisional" in note for note in found.notes)
    assert any("usually differ by more than chance" in note for note in found.notes)


def test_too_few_years_say_that_it_cannot_be_told() -> None:
    found = measures.control_chart(years_of([0.1, 0.2, 0.1]))
    assert found.frame["centre"].null_count() == 3
    assert "With 3 years it cannot be told" in found.notes[0]


def test_a_year_without_a_figure_stays_in_the_chart() -> None:
    rows = years_of([0.1] * 8).with_columns(
        value=pl.when(pl.col("year") != 2020).then("value"),
        denominator=pl.when(pl.col("year") != 2020).then("denominator"),
    )
    found = measures.control_chart(rows)
    assert found.frame.filter(year=2020)["centre"][0] is None
    assert any("no figure" in note for note in found.notes)


def test_rates_and_counts_have_their_own_charts() -> None:
    rate = measures.control_chart(years_of([0.006] * 6, [50_000] * 6, RATE))
    assert rate.chart == "u"
    assert rate.frame["centre"][0] == pytest.approx(60.0)
    number = years_of([0.5] * 6, name=NUMBER).with_columns(
        value=pl.col("numerator"), denominator=pl.lit(None, pl.Float64)
    )
    count = measures.control_chart(number)
    assert count.frame["centre"][0] == pytest.approx(250.0)
    assert count.frame["high_limit"][0] == pytest.approx(250 + 3 * math.sqrt(250))
    many = measures.control_chart(years_of([0.15] * 8, name="social_worker_caseload"))
    assert many.chart == "xmr"


def test_a_chart_is_of_one_measure_of_one_council() -> None:
    rows = years_of([0.1] * 6)
    for bad in (rows[:0], pl.concat([rows, rows.with_columns(council=pl.lit("302"))])):
        with pytest.raises(MeasureError, match="one measure of one council"):
            measures.control_chart(bad)
    with pytest.raises(MeasureError, match="one figure a year"):
        measures.control_chart(pl.concat([rows, rows]))
