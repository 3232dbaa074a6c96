"""The control chart on a measure's page: shown where it can tell, and told from a clear change."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from whatworks.service.baseline import following
from whatworks.service.baseline.changing import Change

YEARS = tuple(range(2016, 2026))


def frame(shares: Sequence[tuple[int, int]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "measure": "returned_home",
            "council": "301",
            "year": list(YEARS[-len(shares) :]),
            "numerator": [float(top) for top, _ in shares],
            "denominator": [float(whole) for _, whole in shares],
            "value": [100.0 * top / whole for top, whole in shares],
        }
    )


def test_years_that_differ_have_limits() -> None:
    chart = following.chart(frame([(20 + 3 * (at % 2), 80) for at in range(10)]))
    assert chart is not None
    assert set(chart.rows) == set(YEARS)
    assert all(row["high_limit"] > row["low_limit"] for row in chart.rows.values())


@pytest.mark.parametrize("top", [0, 20, 80])
def test_years_that_are_all_alike_have_none_and_say_so(top: int) -> None:
    chart = following.chart(frame([(top, 80)] * 10))
    assert chart == following.Chart({}, (following.SAME.format(years=10),))


def test_too_few_years_have_none_and_say_so() -> None:
    chart = following.chart(frame([(20, 80), (30, 80), (25, 80)]))
    assert chart is not None
    assert chart.rows == {}
    assert "With 3 years it cannot be told what is usual here" in chart.notes[0]


@pytest.mark.parametrize(
    ("clear", "signal", "said"),
    [
        ("higher", None, following.UNMARKED),
        ("", "above the limits", following.MARKED),
        ("higher", "above the limits", ""),
        ("", None, ""),
    ],
)
def test_a_clear_change_and_the_chart_are_told_apart(
    clear: str, signal: str | None, said: str
) -> None:
    chart = following.Chart({2025: {"signal": signal, "high_limit": 9.0}}, ())
    assert following.against_chart(Change("", clear, "", ()), chart, 2025) == said
    assert following.against_chart(Change("", clear, "", ()), None, 2025) == ""
    assert following.against_chart(Change("", clear, "", ()), chart, 2024) == ""
