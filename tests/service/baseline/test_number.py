"""How the number in care changed, and what followed over the months: whole, and said plainly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html

from whatworks import measures
from whatworks.measures.courses_defined import COURSES
from whatworks.measures.sourcing import Sources
from whatworks.returns import Store

pytestmark = pytest.mark.django_db
Read = Callable[[str], html.HtmlElement]
PAGE = "/councils/301/baseline/number-in-care/"


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def number(text: str) -> float:
    return float(
        text.removesuffix("invented").strip().replace("−", "-").replace("+", "").replace(",", "")
    )


def test_the_steps_lead_from_the_first_number_to_the_last(store: Store, read: Read) -> None:
    care = Sources(store, "301").of("ssda903")
    account = measures.number_in_care(care, 2025, 2024)
    [table] = read(PAGE).xpath("//table[contains(@class, 'ww-steps')]")
    rows = table.xpath(".//tbody/tr")
    assert number(words(rows[0].xpath("./td[1]")[0])) == account.before
    assert number(words(rows[-1].xpath("./td[1]")[0])) == account.after
    assert number(words(rows[-2].xpath("./td[3]")[0])) == account.after
    assert len(rows) == len(account.parts) + 2
    for row, part in zip(rows[1:-1], account.parts, strict=True):
        assert part.title in words(row.xpath("./th")[0])
        assert number(words(row.xpath("./td[1]")[0])) == pytest.approx(part.change, abs=0.0501)
        assert " to " in words(row.xpath("./td[2]")[0])


def test_the_flows_of_every_year_are_shown(store: Store, read: Read) -> None:
    care = Sources(store, "301").of("ssda903")
    flows = measures.number_in_care(care, 2025, 2024).flows
    [table] = read(PAGE).xpath("//section[@aria-labelledby='flows']//table")
    found = {int(words(r.xpath("./th")[0])): r for r in table.xpath(".//tbody/tr")}
    assert set(found) == set(flows["year"])
    for row in flows.iter_rows(named=True):
        cells = [words(cell) for cell in found[row["year"]].xpath("./td")]
        assert number(cells[0]) == row["at_start"]
        assert number(cells[1]) == row["entries"]
        assert number(cells[7]) == row["at_end"]


def test_a_gap_between_the_years_is_said(store: Store, read: Read) -> None:
    text = words(read(f"{PAGE}?year=2025&since=2022"))
    assert "cannot be told" in text
    assert "SSDA903 return for 2023" in text


@pytest.mark.parametrize("query", ["?year=2021", "?since=2025", "?year=x", "?since="])
def test_years_that_make_no_change_are_not_found(store: Store, reader: Client, query: str) -> None:
    assert reader.get(f"{PAGE}{query}").status_code == 404


@pytest.mark.usefixtures("empty_store")
def test_without_returns_the_way_is_shown(reader: Client) -> None:
    for path in ("number-in-care/", "courses/return_home/"):
        text = reader.get(f"/councils/301/baseline/{path}").content.decode()
        assert "nothing to count yet" in text


@pytest.mark.parametrize("name", COURSES)
def test_a_course_shows_each_cause_or_says_what_is_missing(
    store: Store, read: Read, name: str
) -> None:
    page = read(f"/councils/301/baseline/courses/{name}/")
    text = words(page)
    if "have not been loaded" in text:
        assert COURSES[name].collection != "ssda903"
        return
    for cause in COURSES[name].causes:
        assert cause.title in text
    journeys = Sources(store, "301").of(COURSES[name].collection)
    frame = measures.course(journeys, name).filter(cohort="all years", months=12)
    for row in frame.iter_rows(named=True):
        assert measures.course_in_words(name, row) in text


def test_a_course_that_is_not_there_is_not_found(store: Store, reader: Client) -> None:
    for path in ("moons/", "return_home/?year=1900"):
        assert reader.get(f"/councils/301/baseline/courses/{path}").status_code == 404


def test_a_sentence_says_which_parts_pushed_beyond_chance() -> None:
    from types import SimpleNamespace

    from whatworks.measures import Part
    from whatworks.service.baseline.number import Told

    def told(*parts: Part) -> str:
        return Told(SimpleNamespace(parts=parts), (), 0.0).sentence

    more = Part("entries", "More or fewer children came", "", 12.4, 3.0, 20.0)
    less = Part("stay", "They stayed longer or left sooner", "", -30.2, -50.0, -9.0)
    unclear = Part("other", "Something else", "", 5.0, -4.0, 14.0)
    assert told(unclear) == "No single part stands out from what chance would bring."
    both = told(more, unclear, less)
    assert "pushed it up: ‘More or fewer children came’ (about 12)" in both
    assert "pushed it down: ‘They stayed longer or left sooner’ (about 30)" in both
    assert "Something else" not in both
