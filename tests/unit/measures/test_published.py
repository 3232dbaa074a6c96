"""Published figures that measures are set beside, as they are held."""

from __future__ import annotations

import polars as pl
import pytest

from whatworks import measures, reference
from whatworks.measures.definition import everything

from .loaded import COUNCIL


def test_published_figures_stand_side_by_side() -> None:
    found = measures.published("looked_after_rate", COUNCIL, 2025)
    assert found["of"].to_list() == [
        "council",
        *["neighbour"] * 10,
        "neighbours, median",
        "region",
        "England",
    ]
    near = found.filter(of="neighbour")
    assert found.filter(of="neighbours, median")["value"].item() == near["value"].median()
    assert found.filter(of="England")["value"].item() == 67.0
    own = reference.published("looked_after_rate", area=COUNCIL, year=2025)
    assert found.filter(of="council")["value"].item() == own["value"].item()
    assert set(found.filter(state="published")["source"]) == {"dfe_cla"}
    assert found["rounding"].is_not_null().all()


def test_a_suppressed_figure_stays_named_and_out_of_the_median() -> None:
    unplanned = measures.published("returned_home_unplanned", COUNCIL, 2025)
    assert unplanned["series"].unique().to_list() == ["returned_home_unplanned"]
    hidden = unplanned.filter((pl.col("of") == "neighbour") & (pl.col("state") == "suppressed"))
    assert hidden.height > 0
    assert hidden["value"].null_count() == hidden.height
    shown = unplanned.filter((pl.col("of") == "neighbour") & (pl.col("state") == "published"))
    assert unplanned.filter(of="neighbours, median")["n_areas"].item() == shown.height


def test_a_measure_without_a_published_series_says_so() -> None:
    found = measures.published("reentered_within_12_months", COUNCIL, 2025)
    assert found.select("of", "state", "value").rows() == [("council", "not_published", None)]


def test_a_year_without_figures_is_named() -> None:
    found = measures.published("looked_after_rate", COUNCIL, 2040)
    assert set(found["state"]) == {"no_figure"}
    assert found["value"].null_count() == found.height


@pytest.mark.parametrize("name", list(everything()))
def test_mirrored_series_are_held_in_the_same_unit(name: str) -> None:
    held = dict(reference.published_measures().select("measure", "unit").iter_rows())
    for mirror in everything()[name].mirrors:
        if mirror.series is not None:
            unit = held[mirror.series]
            assert everything()[name].unit == unit
