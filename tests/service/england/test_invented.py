"""Figures of invented children stand apart from published ones; those of real children, nowhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html

from whatworks import measures
from whatworks.returns import Store
from whatworks.service.england import funnel, own
from whatworks.service.england.across import Row

from .pages import table

pytestmark = pytest.mark.django_db

Read = Callable[[str], html.HtmlElement]
SHARE = "three_or_more_placements"
PAGE = f"/england/measures/{SHARE}/"


def test_published_and_invented_figures_never_share_a_table(store: Store, read: Read) -> None:
    for address in (
        PAGE,
        f"{PAGE}?of=invented",
        f"/england/compare/?codes=301,302&measure={SHARE}",
    ):
        page = read(address)
        tables = page.xpath("//table")
        assert tables
        for one in tables:
            words = one.text_content()
            assert ("published (real)" in words) != ("invented children" in words), address
            if "published (real)" in words:
                assert not one.xpath(".//*[contains(@class, 'ww-invented-cell')]")


def test_invented_figures_are_those_of_the_comparison(store: Store, read: Read) -> None:
    page = read(f"{PAGE}?of=invented&year=2025")
    found = measures.compare(store, SHARE, 2025, adjust=("age_group", "sex"))
    rows = {row[0]: row for row in table(page, "three or more placements")}
    assert len(rows) == 3
    names = {"301": "Barking and Dagenham", "302": "Barnet", "303": "Bexley"}
    for council in found.frame.to_dicts():
        row = rows[names[council["council"]]]
        assert row[1].startswith(f"{council['value']:.1f}% invented")
        assert row[2] == f"{council['low']:.1f}% to {council['high']:.1f}%"
        assert row[4] == f"{council['expected']:.1f}%"
        assert row[5].startswith(f"{council['ratio']:.2f} (")
        assert row[6] == (council["band"] or "no range can be given")
    assert "Standardised by age group and sex" in page.text_content()


def test_figures_can_be_standardised_by_why_children_needed_help(store: Store, read: Read) -> None:
    name = "in_foster_care"
    address = f"/england/measures/{name}/?of=invented&year=2025"
    [link] = read(address).xpath("//a[contains(@href, 'standardised=need')]")
    assert "why the child needed help" in link.text_content()
    page = read(f"/england/measures/{name}/{link.get('href')}")
    found = own.table(store, measures.get(name), 2025, need=True)
    assert "why the child needed help" in found.adjusted_for
    by = next(by for by in own.ADJUSTED_BY_NEED if len(by) == len(found.adjusted_for))
    expected = measures.compare(store, name, 2025, adjust=by).frame["expected"].to_list()
    rows = table(page, "foster")
    assert [row[4] for row in rows] == ["none" if e is None else f"{e:.1f}%" for e in expected]
    [file] = page.xpath("//a[contains(@href, 'figures.csv')]/@href")
    assert "standardised=need" in file


def test_need_is_offered_only_where_it_is_told(store: Store, read: Read) -> None:
    page = read(f"{PAGE}?of=invented&year=2025")
    assert "category_of_need" not in measures.get(SHARE).breakdowns
    assert not page.xpath("//a[contains(@href, 'standardised=need')]")


def test_a_rate_says_why_it_is_not_standardised(store: Store, read: Read) -> None:
    told = own.table(store, measures.get("looked_after_rate"), 2025)
    assert "not adjusted for age or sex" in told.not_adjusted
    assert not told.adjusted_for
    page = read("/england/measures/looked_after_rate/?of=invented")
    assert told.not_adjusted in " ".join(page.text_content().split())


def test_a_number_is_shown_and_not_compared(store: Store, read: Read) -> None:
    page = read("/england/measures/looked_after_at_31_march/?of=invented")
    rows = table(page, "31 March")
    assert len(rows) == 3
    assert "depends on how large a council is" in page.text_content()


def test_a_council_without_the_year_says_why(store: Store, read: Read) -> None:
    rows = {row[0]: row for row in table(read(f"{PAGE}?of=invented&year=2024"), "placements")}
    assert set(rows) == {"Barking and Dagenham", "Barnet", "Bexley"}
    assert rows["Bexley"][1].startswith("None: No ")


def test_the_file_of_invented_figures_says_so_in_its_name_and_on_each_row(
    store: Store, anybody: Client
) -> None:
    answer = anybody.get(f"{PAGE}figures.csv?of=invented&year=2025")
    assert "invented-children" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {row["counted_from"] for row in rows} == {"invented children"}
    assert [row["council"] for row in rows] == ["301", "302", "303"]


@pytest.mark.usefixtures("real_children")
def test_where_children_are_real_no_other_councils_own_figure_is_shown(
    anybody: Client, read: Read, store: Store
) -> None:
    assert anybody.get(f"{PAGE}?of=invented").status_code == 404
    assert anybody.get(f"{PAGE}figures.csv?of=invented").status_code == 404
    page = read(PAGE)
    assert not page.xpath("//nav[@aria-label='Whose figures']")
    assert "invented" not in page.text_content()
    group = read(f"/england/compare/?codes=301,302&measure={SHARE}")
    assert "Comparing them waits for disclosure control" in group.text_content()
    assert len(group.xpath("//table")) == 1
    with pytest.raises(own.NotInventedError):
        own.table(store, measures.get(SHARE), 2025)


def test_dots_of_a_funnel_lie_where_their_figures_put_them() -> None:
    frame = measures.across("looked_after_rate", 2025)
    rows = [
        Row(r["code"], r["name"], r["region"], r["value"], "", r["denominator"], 0, 1, "", "", "")
        for r in frame.to_dicts()
    ]
    plot = funnel.funnel(frame, rows, {"301"})
    assert plot is not None
    drawn = [row for row in rows if row.value is not None and row.denominator]
    assert len(plot.dots) == len(drawn)
    assert [dot.name for dot in plot.dots if dot.picked] == ["Barking and Dagenham"]
    at = {dot.name: dot for dot in plot.dots}
    for dot in plot.dots:
        assert plot.left <= dot.x <= plot.right
        assert plot.top <= dot.y <= plot.bottom
    ordered = sorted(drawn, key=lambda row: row.value)
    heights = [at[row.name].y for row in ordered]
    assert heights == sorted(heights, reverse=True)
    assert funnel.funnel(frame.clear(), rows, set()) is None


def test_a_line_in_small_breaks_where_a_year_is_missing() -> None:
    path = funnel.spark([(2016, 1.0), (2017, 2.0), (2019, 4.0)])
    assert path.count("M") == 2
    assert path.count("L") == 1
