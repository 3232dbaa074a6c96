"""The Baseline and the definitions in a real browser, with and without JavaScript, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

BASELINE = "/councils/301/baseline/"
OPEN = (
    "/definitions/",
    "/definitions/?q=birth&kind=ssda903&year=2025",
    "/definitions/?q=xylophone",
    "/definitions/measures/three_or_more_placements/",
    "/definitions/measures/reentered_within_12_months/",
    "/definitions/rules/ssda903/101/",
    "/definitions/rules/ssda903/146/",
    "/definitions/rules/cin/2883/",
)


@pytest.mark.parametrize("address", OPEN)
def test_definitions_are_accessible(
    page: Page, assert_accessible: Callable[[Page], None], address: str
) -> None:
    page.goto(address)
    assert_accessible(page)


def test_an_analyst_opens_the_baseline_a_measure_and_its_definition(
    page: Page, sign_in: Callable[[Page, str], None], assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page, "Council analyst")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Baseline").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Baseline, 2025")
    assert_accessible(page)

    page.get_by_role("heading", name="Living in care: homes, stability, distance").click()
    title = "Children with three or more placements in the year"
    page.get_by_role("rowheader", name=title).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".ww-figure .ww-mark").first).to_have_text("invented children")
    expect(page.get_by_role("rowheader", name="Greenwich")).to_be_visible()
    page.get_by_role("navigation", name="Groups").get_by_role("link", name="Sex").click()
    expect(page.get_by_role("table", name=f"{title} by sex, 2025")).to_be_visible()
    # The link led into the page; from there the keyboard would start in its middle.
    page.goto(page.url.partition("#")[0])
    assert_accessible(page)

    page.get_by_role("navigation", name="Collection year").get_by_role("link", name="2024").click()
    expect(page.get_by_role("table", name=f"{title} by sex, 2024")).to_be_visible()

    page.get_by_role("link", name="How this is counted, with a worked example").click()
    expect(page.get_by_role("heading", name="Worked example")).to_be_visible()
    expect(page.get_by_text("partly confirmed").first).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "?open=all",
        "?topic=going_home",
        "?q=xylophone",
        "number-in-care/",
        "courses/return_home/",
        "left-out/",
        "reading/",
    ],
)
def test_the_pages_of_the_baseline_are_accessible(
    page: Page,
    sign_in: Callable[[Page, str], None],
    assert_accessible: Callable[[Page], None],
    path: str,
) -> None:
    sign_in(page, "Council analyst")
    page.goto(f"{BASELINE}{path}")
    assert_accessible(page)


def test_measures_are_picked_and_taken_away(
    page_without_javascript: Page, sign_in: Callable[[Page, str], None]
) -> None:
    page = page_without_javascript
    sign_in(page, "Practice leader")
    page.goto(BASELINE)
    page.get_by_label("Topic").select_option(label="Going home, and after")
    page.get_by_role("button", name="Show these measures").click()
    expect(page.get_by_role("rowheader", name="Children who returned home").first).to_be_visible()
    expect(page.get_by_role("heading", name="Social workers")).to_have_count(0)
    page.get_by_role("link", name="Show all measures").click()
    for name, saved in (
        ("Where we stand, 2025", "where-we-stand-2025-301-invented-children.pdf"),
        ("Download all years as a workbook for Excel", "baseline-301-invented-children.xlsx"),
        ("Download all years as a workbook for LibreOffice", "baseline-301-invented-children.ods"),
    ):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        assert waiting.value.suggested_filename == saved


def test_a_figure_leads_to_the_submission_it_was_counted_from(
    page: Page, sign_in: Callable[[Page, str], None]
) -> None:
    sign_in(page, "Practice leader")
    page.goto(f"{BASELINE}measures/returned_home/")
    page.get_by_role("link", name="SSDA903 return for 2025").click()
    expect(page).to_have_url(re.compile(r"/councils/301/returns/301-ssda903-2025-\w+/$"))


def test_without_javascript_it_all_works(
    page_without_javascript: Page, sign_in: Callable[[Page, str], None], tmp_path: Path
) -> None:
    page = page_without_javascript
    sign_in(page, "Practice leader")
    page.goto(BASELINE)
    page.get_by_role("link", name="2024", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Baseline, 2024")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download all years as CSV").click()
    assert waiting.value.suggested_filename == "baseline-301-invented-children.csv"
    page.goto("/definitions/")
    page.get_by_label("Words or a rule number").fill("101")
    page.get_by_label("Show").select_option(label="Rules of the SSDA903 (children looked after)")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="SSDA903 rule 101").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rule 101")


def test_on_paper_figures_stay_marked_and_controls_go(
    page: Page, sign_in: Callable[[Page, str], None]
) -> None:
    sign_in(page, "Council analyst")
    page.goto(BASELINE)
    page.emulate_media(media="print")
    expect(page.get_by_text("All children on these pages are invented.")).to_be_visible()
    expect(page.locator(".ww-lines .ww-mark").first).to_be_visible()
    expect(page.locator(".ww-line__value").first).to_be_visible()
    expect(page.get_by_text("no council is ranked")).to_be_visible()
    expect(page.get_by_role("navigation", name="Collection year")).to_be_hidden()
    expect(page.get_by_role("search", name="Measures")).to_be_hidden()
    expect(page.get_by_role("link", name="Download all years as CSV")).to_be_hidden()
    page.goto(f"{BASELINE}measures/three_or_more_placements/")
    expect(page.locator(".ww-figure .ww-mark").first).to_be_visible()
    expect(page.locator(".ww-beside .ww-mark").nth(1)).to_have_text("published (real)")
    expect(page.locator(".ww-beside .ww-mark").nth(1)).to_be_visible()
    expect(page.get_by_text("no council is ranked")).to_be_visible()
