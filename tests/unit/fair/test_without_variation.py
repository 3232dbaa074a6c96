"""Where every figure is the same there is nothing to tell councils apart by: no limits, and why."""

from __future__ import annotations

import polars as pl
import pytest

from whatworks import measures, reference
from whatworks.measures.fair import england, telling

from .figures import SHARE, row_of

COUNCILS = [c for c in reference.councils(2025)["code"].to_list() if c not in {"420", "201"}]
LIMITS = ("low_limit_95", "high_limit_95", "low_limit_998", "high_limit_998")


@pytest.mark.parametrize("k", [0, 100])
def test_councils_that_have_none_or_all_get_no_limits(k: int) -> None:
    figures = pl.DataFrame(
        [row_of(code, k, 100) for code in COUNCILS[:12]], infer_schema_length=None
    )
    found = measures.compared(figures, SHARE, 2025)
    assert found.notes == (telling.NO_VARIATION,)
    assert found.frame.select(LIMITS).null_count().row(0) == (12,) * len(LIMITS)
    assert found.frame["value"].null_count() == 0


def test_councils_with_one_figure_between_keep_the_limits_of_chance() -> None:
    figures = pl.DataFrame(
        [row_of(code, 30, 100) for code in COUNCILS[:12]], infer_schema_length=None
    )
    frame = measures.compared(figures, SHARE, 2025).frame
    assert frame.select(LIMITS).null_count().row(0) == (0,) * len(LIMITS)


def test_published_figures_that_are_all_nought_get_no_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = england._figures

    def alike(series: str, year: int) -> pl.DataFrame:
        rows = real(series, year)
        return rows.with_columns(pl.when(pl.col("value").is_not_null()).then(0.0).alias("value"))

    monkeypatch.setattr(england, "_figures", alike)
    rows = measures.across("looked_after_rate", 2025)
    assert rows.select(LIMITS).null_count().row(0) == (rows.height,) * len(LIMITS)
    (notes,) = measures.across_notes("looked_after_rate", 2025)
    assert notes.notes == (telling.NO_VARIATION,)


def test_how_limits_were_widened_is_said_with_numbers() -> None:
    (notes,) = measures.across_notes("looked_after_rate", 2025)
    factor = notes.overdispersion.factor
    assert f"a usual council lies {factor**0.5:.1f} times as far from the average" in notes.widened
    assert "by far more than chance" in notes.widened
