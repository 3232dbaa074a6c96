"""The baseline shows what was counted and what is published, to the digit, and which is which."""

from __future__ import annotations

import csv
import io
import statistics
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from whatworks import measures, reference
from whatworks.returns import Store
from whatworks.service.common.models import Organisation, Person

pytestmark = pytest.mark.django_db
Read = Callable[[str], html.HtmlElement]

PAGE = "/councils/301/baseline/"
LOADED, GAP = (2025, 2024, 2022, 2021), 2023


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def section(page: html.HtmlElement, name: str) -> html.HtmlElement:
    [found] = page.xpath(f"//section[@aria-labelledby='{name}']")
    return found


def rows(table: html.HtmlElement) -> list[list[str]]:
    return [
        [words(cell) for cell in row.xpath("./th|./td[not(contains(@class, 'ww-bar-cell'))]")]
        for row in table.xpath(".//tbody/tr")
    ]


CARE = [name for name in measures.names() if measures.get(name).collection == "ssda903"]
OTHERS = [name for name in measures.names() if name not in CARE]


def year_of(text: str) -> int:
    """The year of a row: '2024', or '30 September 2024' in a table of social workers."""
    return int(text.removeprefix("30 September "))


def written(row: dict[str, Any]) -> tuple[str, str]:
    """How a value and its interval must read, worked out here and not by the page."""
    low, high, mark = row["low"], row["high"], "%" if row["unit"] == "percent" else ""
    value = f"{up(row['value'], '0.1')}{mark}"
    if low is None:
        return value, "none can be given"
    if measures.get(row["measure"]).kind == "count":
        return f"{row['numerator']:,.0f}", f"{up(low, '1')} to {up(high, '1')}"
    if row["unit"] == "percent" and row["denominator"] < 10:
        value = f"{row['numerator']:.0f} of {row['denominator']:.0f}"
    return value, f"{up(low, '0.1')}{mark} to {up(high, '0.1')}{mark}"


def up(value: float, step: str) -> str:
    """A number to a step, halves up, from the digits that are its own."""
    return f"{Decimal(f'{value:.12g}').quantize(Decimal(step), ROUND_HALF_UP):,}"


# --- own figures ---


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


# --- published figures ---


def published(series: str, area: str, year: int = 2025) -> dict[str, Any]:
    [row] = reference.published(series, area=area, year=year).iter_rows(named=True)
    return row


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


# --- what is invented, and what is not ---


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


def exported(reader: Client, address: str) -> tuple[str, list[dict[str, str]]]:
    answer = reader.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return answer.headers["Content-Disposition"], list(
        csv.DictReader(io.StringIO(answer.content.decode()))
    )


def test_the_export_holds_the_same_figures_and_marks_every_row(
    store: Store, reader: Client
) -> None:
    name, lines = exported(reader, f"{PAGE}figures.csv")
    assert name == 'attachment; filename="baseline-301-invented-children.csv"'
    own = {
        (line["measure"], int(line["year"])): line
        for line in lines
        if line["counted_from"].startswith("invented ")
    }
    counted = list(measures.run(store, council="301").iter_rows(named=True))
    # The gap year too, with its reason; and every year of what is counted from other returns.
    assert len(own) == len(counted) + len(CARE) + len(OTHERS) * len((*LOADED, GAP))
    for row in counted:
        line = own[row["measure"], row["year"]]
        for column, key in (("value", "value"), ("low_95", "low"), ("high_95", "high")):
            assert line[column] == ("" if row[key] is None else repr(row[key]))
        assert line["why_no_value"] == (row["reason"] or "")
    assert all(own[name, GAP]["why_no_value"] for name in measures.names())
    rest = [line for line in lines if not line["counted_from"].startswith("invented ")]
    assert {line["counted_from"] for line in rest} == {"published (real)"}
    assert {line["area_kind"] for line in rest} == {
        "council",
        "neighbour",
        "neighbours, median",
        "region",
        "England",
    }
    for line in rest:
        assert bool(line["value"]) != bool(line["why_no_value"])
        assert "Open Government Licence" in line["source"] or not line["source"]
        if line["value"] and line["area_code"]:
            row = published(line["published_series"], line["area_code"], int(line["year"]))
            assert float(line["value"]) == row["value"]


def test_the_export_of_one_measure_holds_its_groups(store: Store, reader: Client) -> None:
    name, lines = exported(reader, f"{PAGE}measures/returned_home/figures.csv")
    assert name.endswith('returned-home-301-invented-children.csv"')
    assert {line["measure"] for line in lines} == {"returned_home"}
    groups = {line["breakdown"] for line in lines}
    assert groups == {"", *measures.get("returned_home").breakdowns}
    ages = measures.run(store, "returned_home", council="301", year=2025, by="age_group")
    for row in ages.iter_rows(named=True):
        [line] = [
            one
            for one in lines
            if one["year"] == "2025"
            and one["breakdown"] == "age_group"
            and one["group"] == row["age_group"]
        ]
        assert (line["numerator"], line["denominator"]) == (
            f"{row['numerator']:.0f}",
            f"{row['denominator']:.0f}",
        )


def test_no_cell_of_an_export_starts_a_formula(
    store: Store, reader: Client, analyst: Person
) -> None:
    Organisation.objects.filter(council_code="301").update(name="=HYPERLINK(1)")
    _, lines = exported(reader, f"{PAGE}figures.csv")
    cells = {cell for line in lines for cell in line.values()}
    assert "'=HYPERLINK(1)" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


# --- one measure deep ---


@pytest.mark.parametrize("by", measures.get("three_or_more_placements").breakdowns)
def test_groups_are_those_of_run(store: Store, read: Read, by: str) -> None:
    page = read(f"{PAGE}measures/three_or_more_placements/?by={by}")
    [table] = page.xpath(
        "//table[caption[contains(., ', 2025')]][.//th[normalize-space()='Counts']]"
    )
    counted = measures.run(store, "three_or_more_placements", council="301", year=2025, by=by)
    shown = rows(table)
    assert [row[0] for row in shown] == counted[by].to_list()
    for row, cells in zip(counted.iter_rows(named=True), shown, strict=True):
        assert cells[1] == f"{row['numerator']:.0f} of {row['denominator']:.0f} invented"
        if row["value"] is None:
            assert cells[2] == row["reason"]
        else:
            assert tuple(cells[2:4]) == written(row)


def test_small_groups_are_warned_of(store: Store, read: Read) -> None:
    shown = words(read(f"{PAGE}measures/returned_home/?by=ethnicity"))
    assert "must not be published as they stand" in shown


def test_a_figure_is_traced_to_submissions_and_never_to_children(
    store: Store, read: Read, reader: Client
) -> None:
    for name in ("looked_after_at_31_march", "reentered_within_12_months"):
        address = f"{PAGE}measures/{name}/"
        page = read(address)
        behind = measures.rows(store, name, council="301", year=2025)
        [table] = page.xpath("//table[caption[contains(., 'by submission')]]")
        shown = {row.xpath("./th//a/@href")[0]: row for row in table.xpath(".//tbody/tr")}
        assert set(shown) == {
            reverse("returns_report", kwargs={"council": "301", "submission": submission})
            for submission in behind["submission"].unique()
        }
        total = sum(
            int(words(row.xpath("./td[@data-label='Counted']")[0])) for row in shown.values()
        )
        assert total == behind["numerator"].sum()
        text = reader.get(address).content.decode()
        for submission in store.submissions("301", "ssda903"):
            for child in store.tables(submission)["Header"]["CHILD"]:
                assert child not in text


def test_a_measure_without_groups_says_so(store: Store, read: Read) -> None:
    assert "not broken down" in words(read(f"{PAGE}measures/looked_after_rate/"))
