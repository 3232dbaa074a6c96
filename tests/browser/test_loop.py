"""One practice, all the way round in a browser: from what is done to what came of a decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
COUNCIL, PRACTICE, NEXT = "303", "family-group-conferencing", "2025"
NAME = "Family group conferencing before proceedings"


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def send_next_years(page: Page, site: Any, collection: str) -> None:
    """Send a raw return in, and wait until it was read."""
    files = sorted((site.workspace / "coming" / COUNCIL / collection / NEXT).iterdir())
    page.goto(f"/councils/{COUNCIL}/returns/send/")
    page.get_by_label("The files of the return").set_input_files(files)
    page.get_by_role("button", name="Send the return in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your return was read", timeout=120_000
    )


def test_from_what_is_done_now_to_the_result_of_a_decision(
    page: Page,
    sign_in: Callable[[Page, str], None],
    assert_accessible: Callable[[Page], None],
    site: Any,
) -> None:
    sign_in(page, "Director")
    assert_accessible(page)

    # What is done now.
    page.get_by_role("navigation", name="Main").get_by_role("link", name="What is done now").click()
    heading(page, "What is done now")
    assert_accessible(page)
    page.get_by_label("What you do: Return home, row 1").select_option("dont_know")
    page.get_by_label("What you do: Edge of care, row 1").select_option("nothing")
    page.get_by_role("button", name="Save what is done now").click()
    expect(page.get_by_text("First record")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="What other councils do").click()
    heading(page, "What councils do now")
    assert_accessible(page)

    # What is known of a practice, and why.
    page.get_by_role("navigation", name="Main").get_by_role("link", name="What helps").click()
    assert_accessible(page)
    page.get_by_role("link", name=NAME).first.click()
    heading(page, NAME)
    expect(page.get_by_text("point opposite ways").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("^Why this rating")).first.click()
    heading(page, "Why this rating")
    page.goto(page.url.split("#")[0])  # the keyboard would begin at the part that was linked to
    assert_accessible(page)
    for path in (
        "/practices/",
        f"/practices/{PRACTICE}/",
        f"/practices/{PRACTICE}/effect/",
        f"/councils/{COUNCIL}/practices/{PRACTICE}/here/",
    ):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert_accessible(page)

    # A decision with a pair of targets; a mistake loses nothing that was typed.
    page.get_by_role("link", name=re.compile("[Dd]ecide")).first.click()
    heading(page, "Decide")
    page.get_by_label("Why?", exact=True).fill("Two teams asked for it.")
    page.get_by_role("button", name="Write down the decision").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_accessible(page)
    expect(page.get_by_label("Why?", exact=True)).to_have_value("Two teams asked for it.")
    page.get_by_label("Pilot").check()
    for name, value in (("Day", "1"), ("Month", "9"), ("Year", "2027")):
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_label("Target", exact=True).fill("1")
    page.get_by_label("In which year’s return?").select_option(NEXT)
    page.get_by_role("button", name="Write down the decision").click()
    expect(page.get_by_text("Not known yet").first).to_be_visible()
    assert_accessible(page)
    decision = page.url

    # Next year's raw files, and what became of the targets.
    send_next_years(page, site, "ssda903")
    send_next_years(page, site, "cin")
    page.goto(decision)
    expect(page.get_by_text("Not known yet")).to_have_count(0)
    expect(page.get_by_text("Not met", exact=True).first).to_be_visible()
    assert_accessible(page)

    # What was learned.
    page.goto(f"/councils/{COUNCIL}/learning/")
    assert_accessible(page)
    page.goto(f"/councils/{COUNCIL}/decisions/")
    assert_accessible(page)
