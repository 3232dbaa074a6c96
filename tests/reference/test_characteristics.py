"""National characteristics of children looked after agree with what was published beside them."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import polars as pl
import pytest

from whatworks import reference

FILES = (
    "england_cla_31march_characteristics_2021_2025.csv",
    "england_cla_started_2021_2025.csv",
    "england_cla_ceased_2021_2025.csv",
)
TOTALS = {
    "looked_after_at_31_march": "looked_after_at_31_march",
    "started": "started_to_be_looked_after",
    "ceased": "ceased_to_be_looked_after",
}


def _recipe():
    path = Path(__file__).parents[2] / "tools" / "reference" / "build_characteristics.py"
    spec = importlib.util.spec_from_file_location("build_characteristics", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("population", "topic", "group", "figures"),
    [
        ("looked_after_at_31_march", "age", "10_to_15", {2021: 31_340, 2025: 30_930}),
        ("looked_after_at_31_march", "legal_status", "care_order", {2025: 48_090}),
        ("looked_after_at_31_march", "placement", "foster", {2021: 56_990, 2025: 54_820}),
        ("looked_after_at_31_march", "provider", "private", {2025: 32_980}),
        ("started", "need", "N8", {2021: 2_910, 2025: 6_740}),
        ("started", "taken_into_care", "taken", {2025: 13_510}),
        ("ceased", "reason", "returned_home_unplanned", {2021: 990, 2025: 1_070}),
        ("ceased", "reason", "another_council", {2021: 530, 2025: 2_640}),
        ("ceased", "age", "18_and_over", {2025: 13_740}),
    ],
)
def test_england_as_published(population, topic, group, figures) -> None:
    rows = reference.characteristics(population, topic).filter(pl.col("group") == group)
    held = dict(rows.select("year", "value").iter_rows())
    assert {year: held[year] for year in figures} == figures


@pytest.mark.parametrize("population", list(TOTALS))
def test_groups_add_up_to_the_total_and_the_total_to_the_published_series(population) -> None:
    series = reference.published(TOTALS[population], area=reference.ENGLAND)
    england = dict(series.select("year", "value").iter_rows())
    rows = reference.characteristics(population)
    for (topic, year), part in rows.group_by(["topic", "year"]):
        total = part.filter(pl.col("group") == "total")["value"].item()
        groups = part.filter(pl.col("group") != "total")
        assert total == england[year], (topic, year)
        assert abs(groups["value"].sum() - total) <= 5 * groups.height + 5, (topic, year)
        assert groups["share"].sum() == pytest.approx(1, abs=0.001)


def test_every_gap_has_a_named_state_and_rows_do_not_repeat() -> None:
    rows = reference.characteristics()
    assert rows.select("population", "topic", "group", "year").is_duplicated().sum() == 0
    gaps = rows.filter(pl.col("value").is_null())
    assert gaps["state"].unique().to_list() == ["suppressed"]
    assert gaps["rounding"].null_count() == gaps.height
    assert rows.filter(pl.col("state") == "published")["value"].null_count() == 0
    assert rows["year"].unique().sort().to_list() == list(range(2021, 2026))


def test_what_is_not_held_is_refused() -> None:
    with pytest.raises(reference.NotHeld, match="'nonsense'"):
        reference.characteristics("nonsense")
    with pytest.raises(reference.NotHeld, match="'nonsense'"):
        reference.characteristics("started", "nonsense")


def test_figures_are_those_gathered(shared_reference: Path) -> None:
    gathered = _recipe().gathered(shared_reference / "england")
    held = {}
    for row in reference.characteristics().iter_rows(named=True):
        key = (row["population"], row["topic"], row["group"])
        held.setdefault(key, {})[str(row["year"])] = row["value"]
    assert set(held) == set(gathered)
    for key, cells in gathered.items():
        for year, cell in cells.items():
            assert held[key][year] == (float(cell) if cell.isdigit() else None), (key, year)


def test_no_title_is_worded_as_its_source(shared_reference: Path) -> None:
    worded = set()
    for name in FILES:
        with (shared_reference / "england" / name).open(encoding="utf-8-sig") as file:
            worded |= {row["characteristic"].casefold().strip() for row in csv.DictReader(file)}
    names = {"Adopted", "Died", "White", "Emergency protection order", "Interim care order"}
    same = {title for title in reference.characteristics()["title"] if title.casefold() in worded}
    assert {title for title in same if not title[0].isdigit()} - names == set()
