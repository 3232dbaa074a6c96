"""The start page: every measure in a line under its topic, and what a reader picks out of them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html

from whatworks import measures
from whatworks.measures.definition import TOPICS
from whatworks.returns import Store
from whatworks.service.baseline import beside, changing, starting
from whatworks.service.common.writing import Own

pytestmark = pytest.mark.django_db
Read = Callable[[str], html.HtmlElement]
PAGE = "/councils/301/baseline/"


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def shown(page: html.HtmlElement) -> set[str]:
    return {row.get("id") for row in page.xpath("//tr[contains(@class, 'ww-line ')]")} | {
        row.get("id") for row in page.xpath("//tr[@class='govuk-table__row ww-line']")
    }


def test_every_measure_stands_once_with_its_figure_or_its_reason(store: Store, read: Read) -> None:
    page = read(PAGE)
    with_figure = shown(page)
    for row in measures.run(store, council="301", year=2025).iter_rows(named=True):
        name = row["measure"]
        if row["value"] is None:
            assert name not in with_figure
            assert page.xpath(f"//p[@class='ww-absent']/a[contains(@href, '/{name}/')]")
        else:
            [line] = page.xpath(f"//tr[@id='{name}']")
            assert measures.in_words(row) in words(line)
    listed = page.xpath("//p[@class='ww-absent']/a[contains(@href, '/measures/')]")
    assert len(with_figure) + len(listed) == len(measures.names())


def test_topics_are_in_their_order_and_hold_their_measures(store: Store, read: Read) -> None:
    page = read(PAGE)
    keys = [d.get("id") for d in page.xpath("//details[contains(@class, 'ww-topic')]")]
    assert keys == [key for key in TOPICS if key in keys]
    for topic in keys:
        rows = page.xpath(f"//details[@id='{topic}']//tr[contains(@class, 'ww-line')][@id]/@id")
        assert all(measures.get(name).topic == topic for name in rows)


def test_a_direction_is_said_only_where_there_is_one(store: Store, read: Read) -> None:
    page = read(PAGE)
    for name in shown(page):
        text = words(page.xpath(f"//tr[@id='{name}']/th")[0])
        assert ("is usually better" in text) == (measures.get(name).direction is not None)
    assert " worse than" not in words(page)


def test_entries_and_returns_home_stand_with_what_tells_of_safety(store: Store, read: Read) -> None:
    page = read(PAGE)
    for name in ("started_rate", "returned_home"):
        [topic] = page.xpath(f"//tr[@id='{name}']/ancestor::details[1]")
        said = " ".join(words(row) for row in topic.xpath(".//tr[contains(@class, '__pairs')]"))
        lines = starting.lines(store, "301", 2025)
        [line] = [one for one in lines if one.measure.name == name]
        assert line.pairs
        for pair in line.pairs:
            assert pair.measure.title in said


def test_nothing_that_a_figure_is_paired_with_is_left_out(store: Store) -> None:
    lines = {line.measure.name: line for line in starting.lines(store, "301", 2025)}
    beside_home = {pair.measure.name for pair in lines["returned_home"].pairs}
    assert beside_home >= {
        "reentered_within_12_months",
        "re_referrals_within_12_months",
        "repeat_protection_plans",
        "section_47_rate",
    }
    for line in lines.values():
        if line.measure.direction is None:
            named = tuple(pair.measure.name for pair in line.pairs)
            assert named == line.measure.pairs_with, line.measure.name


@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ("topic=going_home", lambda m: m.topic == "going_home"),
        ("pillar=people+and+leadership", lambda m: m.pillar == "people and leadership"),
        ("q=special+guardian", lambda m: "special guardian" in m.title.lower()),
        ("topic=moons&pillar=x&changed=y", lambda _: True),
    ],
)
def test_what_is_asked_for_is_shown(
    store: Store, read: Read, query: str, keeps: Callable[[measures.Measure], bool]
) -> None:
    page = read(f"{PAGE}?year=2025&{query}")
    expected = {name for name in measures.names() if keeps(measures.get(name))}
    listed = {
        link.get("href").split("/measures/")[1].split("/")[0]
        for link in page.xpath("//p[@class='ww-absent']/a[contains(@href, '/measures/')]")
    }
    if query.startswith("q="):
        assert expected <= shown(page) | listed
    else:
        assert shown(page) | listed == expected


def test_changes_can_be_picked_and_are_counted(store: Store, read: Read) -> None:
    every = starting.lines(store, "301", 2025)
    for kind, wanted in (
        ("before", {x.measure.name for x in every if x.change.since_before}),
        ("first", {x.measure.name for x in every if x.change.since_first}),
        ("signal", {x.measure.name for x in every if x.signals and not x.own.reason}),
    ):
        assert shown(read(f"{PAGE}?changed={kind}")) == wanted


def test_nothing_found_says_what_to_do(store: Store, read: Read) -> None:
    text = words(read(f"{PAGE}?q=xylophone"))
    assert "No measure fits" in text
    assert f"0 of {len(measures.names())} measures shown" in text


def test_words_of_a_search_are_shown_as_text(store: Store, reader: Client) -> None:
    text = reader.get(PAGE, {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in text


def test_published_figures_around_are_those_of_the_reference(store: Store, read: Read) -> None:
    page = read(PAGE)
    checked = 0
    for name in shown(page):
        frame = measures.published(name, "301")
        series = next((m.series for m in measures.get(name).mirrors if m.series), None)
        if series is None:
            continue
        found = frame.filter(series=series, of="neighbours, median", state="published")
        found = found.filter(found["year"] <= 2025)
        if found.is_empty():
            continue
        value = found.sort("year")["value"][-1]
        [first] = page.xpath(f"//tr[@id='{name}']//dl/div[1]/dd")
        assert float(words(first).rstrip("%").replace(",", "")) == pytest.approx(value, abs=0.0006)
        checked += 1
    assert checked > 5


def test_from_the_cache_the_page_takes_less_than_half_a_second(
    store: Store, reader: Client
) -> None:
    reader.get(PAGE)
    begun = time.process_time()
    assert reader.get(PAGE).status_code == 200
    assert time.process_time() - begun < 0.5


# --- words about change ---


def year(at: int, value: float | None, low: float | None = None, high: float | None = None) -> Own:
    return Own(at, str(value), "", "", "", "", "", value, low, high, None, None, 0)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([year(2025, 5, 4, 6)], "No earlier year to set it beside."),
        ([year(2024, 5, 4, 6), year(2025, 6, 5, 7)], "No clear change since 2024 (5)."),
        ([year(2024, 5, 4, 6), year(2025, 9, 7, 11)], "Clearly higher than in 2024 (5)."),
        (
            [year(2023, 9, 8, 10), year(2024, 5, 4, 6), year(2025, 5, 4, 6)],
            "Clearly lower than in 2023 (9).",
        ),
        (
            [year(2023, 9, 8, 10), year(2024, 9, 8, 10), year(2025, 5, 4, 6)],
            "Clearly lower than in 2024 (9) and 2023 (9).",
        ),
        ([year(2024, 5, 4, 6), year(2025, 5)], "Without an interval no change can be judged."),
        ([year(2024, 5, 4, 6), year(2025, None)], ""),
        ([year(2024, None), year(2025, 5, 4, 6)], "No earlier year to set it beside."),
    ],
)
def test_a_change_is_claimed_only_where_intervals_are_apart(rows: list[Own], said: str) -> None:
    assert changing.change(rows, 2025).words == said


def test_a_later_year_says_nothing_about_an_earlier_one() -> None:
    rows = [year(2024, 5, 4, 6), year(2025, 9, 8, 10)]
    assert changing.change(rows, 2024).words == "No earlier year to set it beside."


def test_higher_than_neighbours_needs_the_whole_interval() -> None:
    measure = measures.get("three_or_more_placements")
    around = beside.Beside(
        2025, False, "percent", (beside.Published(beside.NEIGHBOURS, "10%", 10.0),), 0
    )
    for low, high, said in ((11, 15, "Higher"), (5, 9, "Lower"), (9, 11, "Not clearly apart")):
        assert beside.compared_words(measure, year(2025, 10, low, high), around).startswith(said)
    count = measures.get("looked_after_at_31_march")
    assert beside.compared_words(count, year(2025, 500, 450, 550), around) == ""
