"""Published figures of every council of England, and what they are taken to be made of."""

from __future__ import annotations

import polars as pl
import pytest

from whatworks import measures, reference
from whatworks.inference.funnel import BANDS
from whatworks.measures import MeasureError
from whatworks.measures.fair import england
from whatworks.measures.fair.bases import BASES, POPULATION
from whatworks.measures.fair.england import mirrored

from .figures import AGAIN, NUMBER, RATE, SHARE


def test_every_council_of_england_has_a_row_in_each_series() -> None:
    for name in (RATE, SHARE, AGAIN, "social_worker_agency"):
        found = measures.across(name, 2024)
        here = reference.councils(2024)
        for series in mirrored(name):
            assert found.filter(series=series)["code"].to_list() == here["code"].to_list()
        assert set(found["band"].drop_nulls()) <= set(BANDS)
        shown = found.filter(state="published")
        assert (shown["low_limit_95"].is_null() == shown["reason"].is_not_null()).all()


def test_a_figure_without_a_denominator_has_no_limits_and_says_so() -> None:
    found = measures.across("social_worker_agency", 2024).filter(state="published")
    assert found["low_limit_998"].null_count() == found.height
    assert "is not published" in found["reason"][0]
    number = measures.across(NUMBER, 2024).filter(state="published")
    assert "Compare the rate" in number["reason"][0]
    notes = measures.across_notes("social_worker_agency", 2024)
    assert notes[0].overall is None
    assert notes[0].notes == (found["reason"][0],)


def test_all_of_england_together_is_what_is_expected() -> None:
    found = measures.across(SHARE, 2024)
    basis = BASES[SHARE]
    part = reference.published(basis.numerator, year=2024).filter(area_type="council")
    whole = reference.published(basis.denominator, year=2024).filter(area_type="council")
    both = part.join(whole, on="area").filter(
        pl.col("area").is_in(found["code"].to_list()),
        pl.col("value").is_not_null(),
        pl.col("value_right").is_not_null(),
    )
    expected = 100 * both["value"].sum() / both["value_right"].sum()
    shown = found["expected"].drop_nulls().to_list()
    assert shown == pytest.approx([expected] * len(shown))
    assert measures.across_notes(SHARE, 2024)[0].overall == pytest.approx(expected)


def test_so_many_withheld_figures_are_told() -> None:
    unplanned = england._noted("returned_home_unplanned", 2025)
    assert any("are withheld" in note for note in unplanned.notes)
    assert not any("are withheld" in note for note in england._noted(SHARE, 2025).notes)


def test_a_year_without_figures_has_a_state_in_every_row() -> None:
    found = measures.across(SHARE, 1999)
    assert set(found["state"]) == {"no_figure"}
    assert found["band"].null_count() == found.height


def test_what_no_series_mirrors_is_refused() -> None:
    with pytest.raises(MeasureError, match="No published series"):
        measures.across("reentered_within_12_months", 2024)


STEPS = {"whole number": 1.0, "one decimal": 0.1}


@pytest.mark.parametrize("series", [s for s, basis in BASES.items() if basis.how == "agrees"])
def test_numbers_taken_for_a_published_figure_agree_with_it(series: str) -> None:
    """Each council and year from 2019, to the last digit shown: at least 99 in 100 agree."""
    basis = BASES[series]
    rate = basis.denominator == POPULATION
    rows = reference.panel(series).filter(pl.col("year") >= 2019, state="published")
    part = reference.panel(basis.numerator).select("council", "year", k="value")
    if rate:
        whole = reference.population().select("year", council="area", n="population")
    else:
        whole = reference.panel(basis.denominator).select("council", "year", n="value")
    both = rows.join(part, on=["council", "year"]).join(whole, on=["council", "year"]).drop_nulls()
    assert both.height > 300
    made = pl.col("k") / pl.col("n") * (10_000 if rate else 100)
    half = pl.col("rounding").replace_strict(STEPS, return_dtype=pl.Float64) / 2
    agree = both.select((made - pl.col("value")).abs() <= half + 1e-6).to_series().mean()
    assert agree >= 0.99
