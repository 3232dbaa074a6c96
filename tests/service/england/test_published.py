"""England's pages of published figures: what stands there is what was published."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import polars as pl
import pytest
from django.test import Client
from lxml import html

from whatworks import measures, reference
from whatworks.service.common.models import Person
from whatworks.service.england import across, catalogue, places

from .pages import table, topic_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

Read = Callable[[str], html.HtmlElement]
RATE = "/england/measures/looked_after_rate/"


def test_every_mirrored_series_stands_on_the_first_page_with_englands_figure(read: Read) -> None:
    page = read("/england/")
    links = set(page.xpath("//table//a/@href"))
    mirrored = {
        (name, mirror.series)
        for name in measures.names()
        for mirror in measures.get(name).mirrors
        if mirror.series is not None
    }
    assert {f"/england/measures/{name}/?series={series}" for name, series in mirrored} == links
    rows = {row[0]: row for row in table(page, topic_of("looked_after_at_31_march").title)}
    title = "Children looked after at 31 March"
    held = reference.published("looked_after_at_31_march", area=reference.ENGLAND, year=2025)
    assert rows[title][1] == f"{held['value'][0]:,.0f} children, 2025"
    with_figure = reference.panel("looked_after_at_31_march").filter(
        (pl.col("year") == 2025) & (pl.col("state") == "published")
    )
    assert rows[title][3] == f"{with_figure.height} of 153"


def test_measures_that_nothing_published_mirrors_are_named_and_say_so(read: Read) -> None:
    measure = catalogue.without()[0]
    assert f"/england/measures/{measure.name}/" in read("/england/").xpath("//details//a/@href")
    page = read(f"/england/measures/{measure.name}/")
    assert "Nothing is published by council" in page.text_content()
    assert not page.xpath("//table")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 153),
        ("?region=North+East", 12),
        ("?q=west+north", 1),
        ("?q=301", 1),
        ("?q=xylophone", 0),
    ],
)
def test_councils_are_found_by_name_code_and_region(read: Read, query: str, expected: int) -> None:
    assert len(read(f"/england/councils/{query}").xpath("//tbody/tr")) == expected


def test_every_council_of_a_measure_stands_in_one_table_as_it_was_judged(read: Read) -> None:
    found = {row["code"]: row for row in measures.across("looked_after_rate", 2025).to_dicts()}
    page = read(f"{RATE}?year=2025")
    rows = page.xpath("//table[1]/tbody/tr")
    assert len(rows) == len(found) == 153
    for row in rows:
        code = row.xpath("th/a/@href")[0].split("/")[-2]
        cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
        if found[code]["value"] is None:
            assert cells[1].startswith("None: ")
        else:
            assert cells[1] == f"{found[code]['value']:g}"
            low, high = found[code]["low_limit_998"], found[code]["high_limit_998"]
            assert cells[2] == f"{low:,.1f} to {high:,.1f}"
            band = found[code]["band"] or "no range"
            beyond = not low <= found[code]["value"] <= high and band == "as expected"
            told = " outside its range, yet with so many councils some are" if beyond else ""
            assert cells[3] == f"{band}{told}"


def test_a_withheld_figure_says_that_it_is_withheld(read: Read) -> None:
    def hidden(one: catalogue.Series) -> pl.DataFrame:
        held = reference.published(one.name, year=one.latest).filter(
            pl.col("area_type") == "council"
        )
        return held.filter(state="suppressed")

    one = max(catalogue.series(), key=lambda one: hidden(one).height)
    names = hidden(one)["name"].to_list()
    assert len(names) > 10
    page = read(f"/england/measures/{one.measure.name}/?series={one.name}&year={one.latest}")
    rows = {row[0]: row for row in table(page, f"{one.title}, ")}
    for name in names:
        assert "None: withheld, so that nobody can be recognised" in rows[name]
    assert f"No figure: withheld, so that nobody can be recognised{len(names)} councils" in (
        page.xpath("string(//dl[@class='ww-counts'])").replace("\n", "").replace("  ", "")
    )


def test_a_table_is_ordered_by_figure_with_missing_ones_last(read: Read) -> None:
    def values(sort: str) -> list[str]:
        page = read(f"{RATE}?sort={sort}")
        return [row.xpath("td")[1].text_content() for row in page.xpath("//table[1]/tbody/tr")]

    high, low = values("high"), values("low")
    numbers = [float(v) for v in high if not v.startswith("None")]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[::-1] == [float(v) for v in low if not v.startswith("None")]
    assert all(v.startswith("None") for v in high[len(numbers) :])
    assert "It is no ranking" in read(f"{RATE}?sort=high").text_content()


def test_no_page_gives_a_rank(read: Read) -> None:
    page = read(f"{RATE}?sort=high")
    assert not page.xpath("//th[contains(., 'Rank')]")


@pytest.mark.parametrize(
    "query",
    ["?year=1999", "?year=x", "?region=Atlantis", "?series=adopted", "?sort=worst", "?of=mine"],
)
def test_what_is_not_there_is_not_found(anybody: Client, query: str) -> None:
    assert anybody.get(RATE + query).status_code == 404


@pytest.mark.parametrize("address", ["councils/999/", "councils/x/", "measures/x/"])
def test_an_unknown_council_or_measure_is_not_found(anybody: Client, address: str) -> None:
    assert anybody.get(f"/england/{address}").status_code == 404


def test_the_file_holds_what_the_page_shows(anybody: Client) -> None:
    answer = anybody.get(f"{RATE}figures.csv?year=2024")
    assert "published-looked-after-rate-2024.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {row["counted_from"] for row in rows} == {"published (real)"}
    held = {
        row.code: row
        for row in across.table(catalogue.of_measure("looked_after_rate")[0], 2024).rows
    }
    shown = {row["area_code"]: row for row in rows if row["area_kind"] == "council"}
    assert set(shown) == set(held)
    for code, row in shown.items():
        assert (float(row["value"]) if row["value"] else None) == held[code].value
        assert row["band"] == held[code].band
    assert {row["area"] for row in rows} >= {"England", "North East"}


def test_a_workbook_holds_the_same_and_no_formula(anybody: Client) -> None:
    from python_calamine import CalamineWorkbook

    answer = anybody.get(f"{RATE}figures.xlsx?year=2024")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    text = list(
        csv.reader(io.StringIO(anybody.get(f"{RATE}figures.csv?year=2024").content.decode()))
    )
    figures = book.get_sheet_by_name("Figures").to_python()
    assert figures[0] == text[0]
    assert len(figures) == len(text)
    assert "Published official statistics" in book.get_sheet_by_name("About").to_python()[0][0]
    assert anybody.get(f"{RATE}figures.pdf").status_code == 404


def test_a_councils_page_stands_beside_the_same_neighbours_as_its_baseline(read: Read) -> None:
    page = read("/england/councils/301/?year=2024")
    rows = {row[0]: row for row in table(page, topic_of("looked_after_rate").title)}
    row = rows["Children looked after at 31 March for every 10,000 children who live there, 2024"]
    held = measures.published("looked_after_rate", "301", 2024)
    by = {r["of"]: r["value"] for r in held.to_dicts() if r["of"] != "neighbour"}
    near = held.filter(pl.col("of") == "neighbour")["value"].drop_nulls()
    assert row[1] == f"{by['council']:g}"
    assert row[2].startswith(f"{by['neighbours, median']:g} {near.min():g} to {near.max():g}")
    assert (row[3], row[4]) == (f"{by['region']:g}", f"{by['England']:g}")


def test_a_council_that_is_no_more_leads_to_those_in_its_place(read: Read) -> None:
    page = read("/england/councils/909/")
    assert "This council is no more" in page.text_content()
    assert {"/england/councils/942/", "/england/councils/943/"} <= set(page.xpath("//a/@href"))


def test_only_those_who_may_enter_are_led_to_a_baseline(
    read: Read, analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    baseline = "/councils/301/baseline/"
    for address in ("/england/councils/", "/england/councils/301/", RATE):
        mine = html.fromstring(signed_in(analyst).get(address).content.decode())
        assert [h for h in mine.xpath("//main//a/@href") if h.startswith(baseline)], address
        assert not [h for h in read(address).xpath("//main//a/@href") if "/baseline/" in h]


def test_every_council_is_one_tile_and_no_two_share_a_place() -> None:
    blocks = places.tiles({"301": "higher"})
    tiles = [tile for block in blocks for tile in block.tiles]
    assert sorted(tile.code for tile in tiles) == sorted(places.by_code())
    assert len({(tile.column, tile.row) for tile in tiles}) == len(tiles)
    assert [tile.code for tile in tiles if tile.mark == "higher"] == ["301"]
    assert {block.region for block in blocks} == set(places.regions())


def test_the_readers_own_council_stands_first_and_is_marked(
    analyst: Person, signed_in: Callable[[Person], Client], read: Read
) -> None:
    address = "/england/measures/looked_after_rate/?year=2025"
    mine = html.fromstring(signed_in(analyst).get(f"{address}&region=North+East").content)
    rows = table(mine, "Children looked after at 31 March")
    assert rows[0][0] == "Barking and Dagenham your council"
    assert len(rows) == 1 + reference.councils().filter(region="North East").height
    assert "your council" not in words(read(address))
    over = "/england/compare/?codes=201,301,302"
    heads = html.fromstring(signed_in(analyst).get(over).content).xpath("//thead//th")
    assert [words(head) for head in heads][:3] == [
        "Measure",
        "Barking and Dagenham your council",
        "England",
    ]
    rows = table(
        html.fromstring(signed_in(analyst).get(f"{over}&measure=looked_after_rate").content),
        "Children looked after at 31 March",
    )
    assert rows[0][0] == "Barking and Dagenham your council"


def test_a_number_and_its_rate_lead_to_each_other(read: Read) -> None:
    rate, number = "looked_after_rate", "looked_after_at_31_march"
    for here, there, how in ((rate, number, "As a number"), (number, rate, "As a rate")):
        page = read(f"/england/measures/{here}/?series={here}&year=2024")
        lines = page.xpath("//ul[contains(@class, 'ww-also')]/li")
        (line,) = [line for line in lines if how in words(line)]
        (href,) = line.xpath("a/@href")
        assert f"series={there}&year=2024" in href
        assert read(href).xpath("//h1")
    over = read(f"/england/compare/?codes=301,302&measure={rate}&series={rate}&year=2024")
    (href,) = over.xpath("//ul[contains(@class, 'ww-also')]/li/a/@href")
    assert read(href).xpath("string(//h1)") == "2 councils picked"


def test_a_page_says_how_far_councils_differ_by_more_than_chance(read: Read) -> None:
    page = words(read("/england/measures/looked_after_rate/?series=looked_after_rate&year=2025"))
    assert "Councils differ in this figure by far more than chance" in page
    said = r"chance alone would allow (\S+) to (\S+); the range used here is (\S+) to (\S+)\."
    found = re.search(said, page)
    assert found
    low, high, lower, higher = (float(text.replace(",", "")) for text in found.groups())
    assert lower < low < high < higher
