"""How the number in care changed, and what followed over the months: whole, and said plainly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from whatworks import measures, reference
from whatworks.measures import Decomposition, Part
from whatworks.measures.courses_defined import COURSES
from whatworks.measures.fair.change import PARTS
from whatworks.measures.sourcing import Sources
from whatworks.returns import Store
from whatworks.service.baseline import following
from whatworks.service.baseline.number import HAPPENED, Published, Told, published, steps, whole

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
    changes = []
    for row, part in zip(rows[1:-1], account.parts, strict=True):
        change = number(words(row.xpath("./td[1]")[0]))
        changes.append(change)
        assert abs(change - part.change) < 1
        happened = HAPPENED[part.name][0 if change > 0 else 1 if change < 0 else 2]
        assert words(row.xpath("./th")[0]) == f"{happened}{part.text}"
        interval = words(row.xpath("./td[2]")[0])
        assert " to " in interval
        nothing = part.low == part.high == 0
        assert ("could be chance" in interval) == (part.low <= 0 <= part.high and not nothing)
    assert all(change == int(change) for change in changes)
    assert sum(changes) == account.after - account.before


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


def account(before: int, after: int, *parts: Part) -> Decomposition:
    return Decomposition("301", 2024, 2025, before, after, parts, pl.DataFrame())


MORE = Part("entries_of_others", "", "", 12.4, 3.0, 20.0)
LESS = Part("left_later", "", "", -30.2, -50.0, -9.0)
UNCLEAR = Part("at_18", "", "", 5.8, -4.0, 14.0)


def told(of: Decomposition) -> Told:
    return Told(of, steps(of), 0, Published(None, None, "", ""))


def test_a_sentence_says_which_parts_pushed_beyond_chance() -> None:
    assert told(account(100, 106, replace(UNCLEAR, change=6.0))).sentence == (
        "No single part stands out from what chance would bring."
    )
    both = told(account(412, 400, MORE, UNCLEAR, LESS)).sentence
    assert "pushed it up: ‘More children came in’ (about 12)" in both
    assert "pushed it down: ‘Children in care for a year or more left sooner’ (about 30)" in both
    assert "turned 18" not in both


def test_the_lede_says_both_numbers_and_the_difference() -> None:
    assert told(account(412, 400, MORE, UNCLEAR, LESS)).lede == (
        "On 31 March 2024, 412 children were looked after; on 31 March 2025, 400. That is 12 fewer."
    )


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=8))
def test_whole_parts_add_up_and_lie_within_one_of_the_parts(parts: list[float]) -> None:
    total = round(sum(parts))
    parts = [*parts, total - sum(parts)]
    shared = whole(parts, total)
    assert sum(shared) == total
    assert all(abs(one - part) < 1 + 1e-6 for one, part in zip(shared, parts, strict=True))


def test_children_left_over_go_where_most_was_cut() -> None:
    assert whole([1.5, 1.5, -1.0], 2) == [2, 1, -1]
    assert whole([0.3, 0.3, 0.4], 1) == [0, 0, 1]
    assert whole([-0.3, -0.7], -1) == [0, -1]


def test_every_part_of_a_change_has_a_title_for_each_way() -> None:
    assert set(HAPPENED) == {name for name, _, _ in PARTS}
    assert all(len(set(titles)) == 3 for titles in HAPPENED.values())


def test_the_published_change_stands_beside_ours_with_the_way_to_the_difference(
    store: Store, read: Read
) -> None:
    page = read(PAGE)
    [table] = page.xpath("//section[@aria-labelledby='as-published']//table")
    row = table.xpath(".//tbody/tr")[-1]
    [series] = [m.series for m in measures.get("looked_after_at_31_march").mirrors if m.series][:1]
    values = [
        reference.published(series, area="301", year=year)["value"].item() for year in (2024, 2025)
    ]
    shown = [number(words(cell)) for cell in row.xpath("./td")]
    assert shown == [*values, values[1] - values[0]]
    assert page.xpath(
        "//section[@aria-labelledby='as-published']//a[contains(@href, '/reconciling/')]"
    )


def test_a_year_without_a_published_number_says_so() -> None:
    absent = published("301", 2031, 2024)
    assert (absent.after, absent.change) == (None, None)
    assert absent.words == "2031: no figure held for this year"


def test_times_and_children_are_told_apart(store: Store, read: Read) -> None:
    text = words(read(PAGE))
    assert "Times children came in" in text
    assert "counts each child once a year" in text


def test_the_two_courses_after_a_return_home_say_how_they_differ(store: Store, read: Read) -> None:
    again, support = COURSES["return_home"], COURSES["support_after_home"]
    assert f"‘{support.title}’ is narrower, so its figures differ" in again.text
    assert f"‘{again.title}’ counts every return to care, so its figures differ" in support.text
    assert "while the case was still open" in support.causes[1].title
    assert "whether a case was open by then or not" in words(
        read("/councils/301/baseline/courses/return_home/")
    )


def point(months: int, at_risk: int, estimate: float | None = 50.0) -> dict[str, object]:
    shares = dict.fromkeys(("estimate", "low", "high", "band_low", "band_high"), estimate)
    known = {"followed": 4, "reached": 2, "cohort": "all years", "cause": "back"}
    reason = None if estimate is not None else "Nobody has been followed for so long yet."
    return {"months": months, "at_risk": at_risk, **shares, **known, "reason": reason}


def test_a_curve_stops_where_nobody_is_still_followed() -> None:
    rows = [point(m, 4 if m < 7 else 0) for m in range(19)] + [point(m, 0, None) for m in (19, 24)]
    curve = following._curve("return_home", COURSES["return_home"].main, rows)
    assert len(curve.line.split()) == 7
    assert "within 6 months" in curve.sentence
    shown = {row.months: row for row in curve.rows}
    assert shown[6].text == "50.0%"
    assert (shown[12].text, shown[12].value) == ("", None)
    assert shown[12].reason == following.NOBODY_LEFT
    assert shown[24].reason == "Nobody has been followed for so long yet."
