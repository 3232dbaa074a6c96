"""Groups of councils: kept in the address, the same whoever opens it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from whatworks import reference
from whatworks.service.england import groups, places

from .pages import table, topic_of

Read = Callable[[str], html.HtmlElement]
CODES = sorted(places.by_code())


def sent_to(client: Client, query: str) -> dict[str, list[str]]:
    answer = client.get(f"/england/compare/?{query}")
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["Location"]).query)


@given(st.lists(st.sampled_from(CODES), min_size=1, unique=True), st.randoms())
def test_the_order_of_codes_changes_nothing(codes: list[str], rng: object) -> None:
    shuffled = list(codes)
    rng.shuffle(shuffled)
    one = groups.asked(QueryDict(f"codes={','.join(codes)}"))
    other = groups.asked(QueryDict(f"codes={','.join(shuffled)}&pick={shuffled[0]}"))
    assert one == other
    assert groups.asked(QueryDict(f"codes={one.codes}")) == one


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_a_region_neighbours_and_ticks_become_codes(anybody: Client) -> None:
    north = reference.councils().filter(region="North East")["code"].to_list()
    assert sent_to(anybody, "region=North+East")["codes"] == [",".join(sorted(north))]
    near = reference.neighbours("301")["neighbour"].to_list()
    told = sent_to(anybody, "alike=301&measure=looked_after_rate&year=2024")
    assert told["codes"] == [",".join(sorted([*near, "301"]))]
    assert (told["measure"], told["year"]) == (["looked_after_rate"], ["2024"])
    assert sent_to(anybody, "pick=302&pick=301")["codes"] == ["301,302"]


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_a_group_is_named_by_what_it_is(read: Read) -> None:
    def heading(query: str) -> str:
        return str(read(f"/england/compare/?{query}").xpath("string(//h1)"))

    assert heading("region=North+East") == "North East, every council"
    assert heading("alike=301") == "Barking and Dagenham and its statistical neighbours"
    assert heading("codes=301,302,303") == "3 councils picked"


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_codes_that_nobody_has_are_named_and_left_out(read: Read) -> None:
    page = read("/england/compare/?codes=301,999,302")
    assert "No council of today has the code 999" in page.text_content()
    heads = page.xpath("//thead//th[position() > 3]/text()")
    assert heads == ["Barking and Dagenham", "Barnet"]


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_nobody_picked_leads_to_the_choice(anybody: Client, read: Read) -> None:
    answer = anybody.get("/england/compare/?measure=looked_after_rate")
    assert answer.headers["Location"] == "/england/compare/choose/?measure=looked_after_rate"
    page = read("/england/compare/choose/?measure=looked_after_rate")
    assert page.xpath("//input[@type='hidden'][@name='measure']/@value")
    assert len(page.xpath("//input[@type='checkbox']")) == 153


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_searching_keeps_what_was_ticked(read: Read) -> None:
    page = read("/england/compare/choose/?pick=301&q=barn")
    ticked = page.xpath("//input[@type='checkbox'][@checked]/@value")
    others = page.xpath("//input[@type='checkbox'][not(@checked)]/@value")
    assert ticked == ["301"]
    assert sorted(others) == ["302", "370"]


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_a_measure_over_a_group_is_that_of_all_councils_narrowed(read: Read) -> None:
    group = table(
        read("/england/compare/?codes=301,302&measure=looked_after_rate&year=2025"),
        "Children looked after at 31 March",
    )
    everyone = table(
        read("/england/measures/looked_after_rate/?year=2025"), "Children looked after at 31 March"
    )
    whole = {row[0]: row[2:5] for row in everyone}
    assert {row[0]: row[1:4] for row in group} == {
        name: whole[name] for name in ("Barking and Dagenham", "Barnet")
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_a_topic_over_a_group_gives_each_published_figure(read: Read) -> None:
    topic = topic_of("looked_after_at_31_march")
    page = read(f"/england/compare/?codes=301,302&topic={topic.key}&year=2024")
    rows = {row[0]: row for row in table(page, topic.title)}
    row = rows["Children looked after at 31 March, 2024"]
    held = reference.published("looked_after_at_31_march", year=2024)
    values = dict(held.select("area", "value").iter_rows())
    assert row[1] == f"{values[reference.ENGLAND]:,.0f}"
    assert row[3:] == [f"{values[code]:,.0f}" for code in ("301", "302")]


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "query", ["topic=x", "measure=x", "year=1900", "measure=looked_after_rate&sort=x"]
)
def test_what_is_not_there_is_not_found(anybody: Client, query: str) -> None:
    assert anybody.get(f"/england/compare/?codes=301&{query}").status_code == 404
