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
from whatworks.service.baseline import beside, changing, searching, starting
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


def around(*near: float, later: bool = False, without: int = 0) -> beside.Beside:
    middle = beside.Published(beside.NEIGHBOURS, "10%", 10.0)
    return beside.Beside(2024, later, "percent", (middle,), 0, near, without)


@pytest.mark.parametrize(
    ("value", "near", "said"),
    [
        (5.0, (8.0, 9.0, 11.0), "Lower than all 3 neighbours"),
        (12.0, (8.0, 9.0, 11.0), "Higher than all 3 neighbours"),
        (10.0, (8.0, 9.0, 11.0), "Higher than 2 of 3 neighbours, lower than 1"),
        (9.02, (8.0, 9.0, 11.0), "Higher than 1 of 3 neighbours, lower than 1 and the same as 1"),
        (9.0, (9.0, 11.0), "Lower than 1 of 2 neighbours, the same as 1"),
        (9.3, (9.0, 9.0), "The same as all 2 neighbours"),
        (3.0, (9.1,), "Lower than the 1 neighbour"),
        (3.0, (), ""),
    ],
)
def test_a_figure_has_its_place_among_the_neighbours(
    value: float, near: tuple[float, ...], said: str
) -> None:
    """At the digits that theirs are published to: 9.02 is the same as 9 beside whole numbers."""
    assert beside.among_words(value, near) == said


def test_the_place_and_the_interval_are_said_apart() -> None:
    measure = measures.get("three_or_more_placements")
    near = around(8.0, 10.0, 11.0)
    for low, high, said in (
        (11, 15, "The whole interval lies above their median."),
        (5, 9, "The whole interval lies below their median."),
        (9, 11, "The interval holds their median: not clearly apart."),
    ):
        told = beside.compared_words(measure, year(2025, 10.6, low, high), near)
        assert told == f"Higher than 2 of 3 neighbours, the same as 1. {said}"
        assert "better" not in told
        assert "worse" not in told
    older = beside.compared_words(measure, year(2025, 7, 5, 9), around(8.0, 9.0, later=True))
    assert older.startswith("Lower than all 2 neighbours in 2024. ")
    some = beside.compared_words(measure, year(2025, 7), around(8.0, 9.0, without=1))
    assert some == "Lower than all 2 neighbours with a figure."
    count = measures.get("looked_after_at_31_march")
    assert beside.compared_words(count, year(2025, 500, 450, 550), near) == ""


# --- searching ---


def test_a_search_puts_titles_first_and_takes_text_by_whole_words() -> None:
    found = {n: searching.place(measures.get(n), "home") for n in measures.names()}
    assert found["returned_home"] == 0
    assert found["in_childrens_homes"] == 0
    assert found["looked_after_rate"] is None
    assert found["social_worker_vacancies"] is None
    assert 0 < sum(at is not None for at in found.values()) < len(found) / 4
    assert searching.place(measures.get("adopted"), "adopt") == 0
    assert searching.place(measures.get("adopted"), "adopt xylophone") is None


def test_what_a_search_found_stands_under_where_it_was_found(store: Store, read: Read) -> None:
    page = read(f"{PAGE}?q=home")
    titles = [words(h) for h in page.xpath("//details[contains(@class, 'ww-topic')]//h3")]
    assert titles == [title for title in searching.PLACES if title in titles]
    assert titles[0] == "In the title"
    [first] = page.xpath("//details[@id='found_0']")
    for name in first.xpath(".//tr[contains(@class, 'ww-line')][@id]/@id"):
        assert "home" in measures.get(name).title.lower()


# --- what counts the same ---


def test_a_number_and_its_rate_lead_to_one_another(store: Store, read: Read) -> None:
    for one, other in (
        ("looked_after_at_31_march", "looked_after_rate"),
        ("looked_after_rate", "looked_after_at_31_march"),
    ):
        assert other in {m.name for m in starting.twins(measures.get(one))}
        way = f"measures/{other}/?year=2025"
        assert read(PAGE).xpath(f"//tr[@id='{one}']/th//a[contains(@href, '{way}')]")
        assert read(f"{PAGE}measures/{one}/").xpath(f"//p/a[contains(@href, '{way}')]")
    assert starting.twins(measures.get("returned_home")) == ()


# --- invented beside real ---


def test_invented_figures_beside_real_ones_are_warned_of(store: Store, read: Read) -> None:
    for path in ("", "measures/looked_after_rate/"):
        [warning] = read(f"{PAGE}{path}").xpath("//*[@class='govuk-warning-text']")
        assert "Do not compare" in words(warning)
        assert "real, published figures" in words(warning)


@pytest.mark.usefixtures("real_children")
def test_a_councils_own_figures_carry_no_such_warning(read: Read) -> None:
    assert not read(PAGE).xpath("//*[@class='govuk-warning-text']")


def test_what_is_read_together_is_named(store: Store, read: Read) -> None:
    heads = [words(h) for h in read(PAGE).xpath("//*[@class='ww-line__pairs-head']")]
    assert heads
    assert all(head.startswith(("Read with ‘", "Read with it, ")) for head in heads)
    assert any("‘ and ‘" in head.replace("’", "‘") for head in heads)
