"""The baseline shows what was counted and what is published, to the digit, and which is which."""

from __future__ import annotations

import statistics
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.test import Client
from lxml import html

from whatworks import measures, reference
from whatworks.returns import Store

from .baseline_pages import CARE, GAP, LOADED, PAGE, Read, published, rows, words, written

pytestmark = pytest.mark.django_db


def section(page: html.HtmlElement, name: str) -> html.HtmlElement:
    [found] = page.xpath(f"//section[@aria-labelledby='{name}']")
    return found


def year_of(text: str) -> int:
    """The year of a row: '2024', or '30 September 2024' in a table of social workers."""
    return int(text.removeprefix("30 September "))


@cache
def run_once(workspace: Path) -> pl.DataFrame:
    """Every measure of 301, counted anew and not by the page's own way."""
    return measures.run(Store.open(workspace), council="301")


def deep(name: str, year: int | None = None) -> str:
    """The address of one measure's page."""
    return f"{PAGE}measures/{name}/" + (f"?year={year}" if year else "")


@pytest.mark.parametrize("name", CARE)
def test_own_figures_are_those_of_run_to_the_digit(store: Store, read: Read, name: str) -> None:
    rows_of_it = run_once(store.path).filter(measure=name)
    counted = {row["year"]: row for row in rows_of_it.iter_rows(named=True)}
    table = read(deep(name)).xpath("//table[contains(@class, 'ww-trend')]")[0]
    shown = {int(row[0]): row[1:] for row in rows(table)}
    assert set(shown) == {*LOADED, GAP}
    assert set(counted) == set(LOADED)
    for year, row in counted.items():
        if row["value"] is None:
            assert shown[year][0] == f"No figure. {row['reason']}"
        else:
            value, interval = written(row)
            assert shown[year][0].removesuffix(" invented") == value
            assert shown[year][1] == interval


@pytest.mark.parametrize("year", [None, 2024])
def test_the_large_figure_carries_interval_words_and_counts(
    store: Store, read: Read, year: int | None
) -> None:
    frame = run_once(store.path).filter(year=year or 2025)
    for row in frame.filter(pl.col("measure").is_in(CARE[::8])).iter_rows(named=True):
        page = read(deep(row["measure"], year))
        box = words(page.xpath("//*[@class='ww-figure']")[0])
        if row["value"] is None:
            assert "No figure" in box
            assert row["reason"] in box
            continue
        value, interval = written(row)
        assert value in box
        assert f"95% interval {interval}" in box
        assert measures.in_words(row) in box
        assert f"{row['numerator']:,.0f}" in box
        if row["left_out"]:
            assert f"{row['left_out']} left out." in box


def test_a_year_without_a_return_is_a_gap_and_never_left_out(store: Store, read: Read) -> None:
    page = read(PAGE)
    assert "2023 (no return loaded)" in words(page.xpath("//nav[@aria-label='Collection year']")[0])
    absent = read(f"{PAGE}?year={GAP}")
    assert "No return for 2023 has been loaded" in words(absent)
    assert not absent.xpath("//tr[contains(@class, 'ww-line')]")
    for name in CARE:
        assert absent.xpath(f"//p[@class='ww-absent']/a[contains(@href, '/{name}/')]")
    for name in CARE[::8]:
        for table in read(deep(name)).xpath("//table[contains(@class, 'ww-trend')]"):
            [gap] = [row for row in rows(table) if year_of(row[0]) == GAP]
            assert gap[1].startswith("No figure. ")
            assert str(GAP) in gap[1]


def test_no_value_stands_without_an_interval_or_a_reason(store: Store, read: Read) -> None:
    pages = [deep("returned_home", GAP)]
    for name in ("looked_after_at_31_march", "reentered_within_12_months"):
        pages += [f"{deep(name)}?by={by}" for by in measures.get(name).breakdowns]
    tables = 0
    for address in pages:
        for table in read(address).xpath("//table[.//th[contains(., '95% interval')]]"):
            tables += 1
            for row in table.xpath(".//tbody/tr"):
                cells = {cell.get("data-label"): words(cell) for cell in row.xpath("./td")}
                interval = cells.get("95% interval")
                assert interval is None or " to " in interval
                if interval is None:
                    said = " ".join(text for label, text in cells.items() if label)
                    assert "No figure." in said or "nobody to count" in said
    assert tables > 20


def test_what_was_left_out_or_mended_has_a_page(store: Store, read: Read) -> None:
    page = read(f"{PAGE}left-out/")
    repaired = measures.left_out(store, council="301").filter(year=2025)
    shown = words(section(page, "repairs"))
    for row in repaired.iter_rows(named=True):
        assert (row["text"] in shown) == (row["n_rows"] > 0)
    unjudged = {row[0]: row[1] for row in rows(section(page, "not-judged"))}
    for row in measures.run(store, council="301", year=2025).iter_rows(named=True):
        if row["left_out"]:
            assert unjudged[measures.get(row["measure"]).title] == f"{row['left_out']:,}"


def is_published(series: str) -> bool:
    """Whether the council has a figure of 2025 in it: some series withhold or lag."""
    found = reference.published(series, area="301", year=2025)
    return found["state"].to_list() == ["published"]


MIRRORED = [
    (name, mirror.series)
    for name in measures.names()
    for mirror in measures.get(name).mirrors
    if mirror.series is not None
]


def as_published(row: dict[str, Any]) -> str:
    if row["value"] is None:
        return "none"
    number = f"{row['value']:,.10g}" if row["value"] < 100000 else f"{row['value']:,.0f}"
    return number + ("%" if row["unit"] == "percent" else "")


@pytest.mark.parametrize(("name", "series"), [m for m in MIRRORED if is_published(m[1])])
def test_published_figures_are_those_of_the_reference_to_the_digit(
    store: Store, read: Read, name: str, series: str
) -> None:
    here = read(deep(name))
    place = [s for n, s in MIRRORED if n == name].index(series)
    table = here.xpath(".//table[contains(@class, 'ww-beside')]")[place]
    shown = {row[0]: row[1:] for row in rows(table)}
    own = published(series, "301")
    assert own["state"] == "published"
    assert shown["Barking and Dagenham, as published published (real)"][0] == as_published(own)
    assert own["rounding"] in shown["Barking and Dagenham, as published published (real)"][1]
    region = published(series, "E13000002")
    assert shown["Outer London published (real)"][0] == as_published(region)
    england = published(series, "E92000001")
    assert shown["England published (real)"][0] == as_published(england)
    near = [published(series, code) for code in reference.neighbours("301")["neighbour"]]
    held = [row["value"] for row in near if row["value"] is not None]
    median = shown["Median of statistical neighbours published (real)"]
    assert median[0] == as_published({**own, "value": statistics.median(held)})
    low, high = (as_published({**own, "value": v}) for v in (min(held), max(held)))
    assert median[1].startswith(f"range {low} to {high}")
    assert (f"{len(near) - len(held)} of 10 have no figure" in median[1]) == (len(held) < 10)
    each = here.xpath(".//details[contains(@class, 'ww-neighbours')]//table")[place]
    told = {row[0]: row[2] for row in rows(each)}
    assert list(told) == reference.neighbours("301")["name"].to_list()
    for row in near:
        if row["value"] is not None:
            assert told[row["name"]] == as_published(row)
        else:
            assert not any(letter.isdigit() for letter in told[row["name"]])


def test_enough_series_are_published_to_test_them() -> None:
    assert sum(is_published(series) for _, series in MIRRORED) > 15


def test_published_series_stands_beside_each_year(store: Store, read: Read) -> None:
    for name, series in MIRRORED[:2]:
        page = read(f"{PAGE}measures/{name}/")
        [table] = page.xpath("//table[contains(@class, 'ww-trend')]")
        for row in table.xpath(".//tbody/tr"):
            year = int(words(row.xpath("./th")[0]))
            cells = {cell.get("data-label"): words(cell) for cell in row.xpath("./td")}
            assert cells["As published"] == as_published(published(series, "301", year))
            assert cells["England"] == as_published(published(series, "E92000001", year))


def test_sources_and_their_licence_stand_on_the_page(store: Store, read: Read) -> None:
    for address in (f"{PAGE}measures/looked_after_rate/",):
        shown = words(read(address))
        assert "Department for Education, Children looked after in England" in shown
        assert "Open Government Licence v3.0" in shown


def test_nothing_is_judged_by_colour_rank_or_arrow(store: Store, reader: Client) -> None:
    for address in (PAGE, f"{PAGE}measures/three_or_more_placements/"):
        text = reader.get(address).content.decode()
        assert not any(mark in text for mark in ("tag--red", "tag--green", "▲", "▼", "↑", "↓"))
        assert "no council is ranked" in text
    assert "There is no good direction" in reader.get(deep("looked_after_rate")).content.decode()


def test_every_own_figure_is_marked_as_invented_and_every_published_one_as_real(
    store: Store, read: Read
) -> None:
    for address in (deep("looked_after_rate"), deep("returned_home")):
        page = read(address)
        for value in page.xpath("//*[@class='ww-figure__value']"):
            text = words(value)
            assert "invented " in text or "No figure" in text
        for table in page.xpath("//table[contains(@class, 'ww-beside')]"):
            names = [row[0] for row in rows(table)]
            assert names[0].endswith(("invented children", "invented workers"))
            assert all(name.endswith("published (real)") for name in names[1:])
        for table in page.xpath("//table[contains(@class, 'ww-trend')]"):
            assert "invented " in words(table.xpath(".//thead")[0])
            for cell in table.xpath(".//td[@data-label='From returns'][not(@colspan)]"):
                assert words(cell).endswith("invented")


@pytest.mark.usefixtures("real_children")
def test_a_councils_own_returns_are_not_called_invented(read: Read, reader: Client) -> None:
    for address in (PAGE, f"{PAGE}measures/returned_home/"):
        text = words(read(address))
        assert "invented" not in text
        assert "your returns" in text
    answer = reader.get(f"{PAGE}figures.csv")
    assert "invented" not in answer.headers["Content-Disposition"]
    assert "invented" not in answer.content.decode()
