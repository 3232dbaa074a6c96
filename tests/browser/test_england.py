"""From England to a council, a measure, its definition and its download, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MEASURE = "Children looked after at 31 March for every 10,000 children who live there"
SHARE = "/england/measures/three_or_more_placements/"
PAGES = (
    "/england/",
    "/england/councils/?q=bar",
    "/england/councils/301/",
    f"{SHARE}?region=North+East",
    f"{SHARE}?of=invented",
    "/england/measures/reentered_within_12_months/",
    "/england/compare/choose/?q=north&pick=301",
    "/england/compare/?codes=301,302",
    "/england/compare/?codes=301,302&measure=three_or_more_placements",
    "/england/compare/keep/?codes=301,302&topic=protection",
    "/councils/301/returns/send/?monthly=1",
    "/councils/301/reconciling/",
    "/councils/301/reconciling/measures/looked_after_rate/",
)


def test_from_england_to_a_council_a_measure_its_definition_and_its_download(
    page: Page, sign_in: Callable[[Page, str], None], tmp_path: Path
) -> None:
    sign_in(page, "Council analyst")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="England").click()
    expect(page.get_by_text("Figures on this page are published ones")).to_be_visible()
    page.get_by_role("link", name=MEASURE, exact=True).click()
    expect(page.get_by_role("heading", name="Where councils stand")).to_be_visible()
    everyone = page.get_by_role("table", name=MEASURE)
    expect(everyone.get_by_role("row")).to_have_count(154)

    page.get_by_label("Region").select_option("Outer London")
    page.get_by_label("Order of the table").select_option("Highest first")
    page.get_by_role("button", name="Show").click()
    expect(everyone.get_by_role("row")).to_have_count(20)
    with page.expect_download() as told:
        page.get_by_role("link", name="CSV").click()
    told.value.save_as(tmp_path / "figures.csv")
    text = (tmp_path / "figures.csv").read_text("utf-8")
    assert "published (real)" in text
    assert "Barking and Dagenham" in text

    everyone.get_by_role("link", name="Barking and Dagenham").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Barking and Dagenham: published figures"
    )
    page.get_by_role("link", name=MEASURE, exact=True).click()
    page.get_by_role("link", name="Barking and Dagenham: this measure in its baseline").click()
    expect(page).to_have_url("/councils/301/baseline/measures/looked_after_rate/")
    page.go_back()
    page.get_by_role("link", name="How this is counted").click()
    expect(page).to_have_url("/definitions/measures/looked_after_rate/")


def test_a_group_is_picked_searched_and_compared_without_javascript(
    page_without_javascript: Page, sign_in: Callable[[Page, str], None]
) -> None:
    page = page_without_javascript
    sign_in(page, "Practice leader")
    page.goto("/england/compare/choose/")
    page.get_by_label("Barking and Dagenham", exact=True).nth(0).check()
    page.get_by_label("Show only councils whose name has").fill("barnet")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("checkbox", name="Barking and Dagenham")).to_be_checked()
    page.get_by_role("checkbox", name="Barnet").check()
    page.get_by_role("button", name="Compare those ticked").click()
    expect(page).to_have_url("/england/compare/?codes=301,302")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 councils picked")


def test_a_group_is_kept_renamed_and_removed(
    page: Page, sign_in: Callable[[Page, str], None], assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page, "Council analyst")
    page.goto("/england/compare/?codes=301,302&topic=protection")
    page.get_by_role("link", name="Keep this group under a name").click()
    page.get_by_label("Name of the group").fill("East and north")
    page.get_by_role("button", name="Keep the group").click()
    expect(page).to_have_url("/england/compare/?codes=301,302&topic=protection")
    expect(page.get_by_role("heading", level=1)).to_have_text("East and north")
    assert_accessible(page)
    page.goto("/england/compare/choose/")
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Rename or remove.*East and north")).click()
    assert_accessible(page)
    page.get_by_role("button", name="Remove the group").click()
    expect(page.get_by_role("link", name="Rename or remove")).to_have_count(0)


def test_children_behind_a_figure_are_told_in_cards_on_a_phone(
    page: Page, sign_in: Callable[[Page, str], None], assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page, "Council analyst")
    page.goto("/councils/301/children/behind/ceased_to_be_looked_after/2024/")
    page.get_by_label("To check a figure that was counted from these records").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("columnheader", name="Why it counts")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 375, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 375


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_accessible_at_both_widths(
    page: Page,
    sign_in: Callable[[Page, str], None],
    assert_accessible: Callable[[Page], None],
    address: str,
) -> None:
    sign_in(page, "Council analyst")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert_accessible(page)


def test_reconciling_says_that_gaps_mean_nothing_here(
    page: Page, sign_in: Callable[[Page, str], None]
) -> None:
    sign_in(page, "Practice leader")
    page.goto("/councils/301/reconciling/")
    expect(page.get_by_text("The gaps on this page mean nothing.")).to_be_visible()
    page.get_by_text("What may play a part").first.click()
    expect(page.get_by_text("The published figure is rounded").first).to_be_visible()
