"""Public pages, signing in and out, faults: in a real browser, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PUBLIC = (
    "/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/sign-in/",
    "/sign-in/closed/",
    "/nowhere/",
)
OWN = (
    "/work/",
    "/account/",
    "/account/password/",
    "/account/confirm/",
    "/account/second-step/",
    "/sign-out/",
    "/councils/301/purpose/",
    "/councils/302/purpose/",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages(page: Page, assert_accessible: Callable[[Page], None], address: str) -> None:
    page.goto(address)
    assert_accessible(page)


def test_pages_of_somebody_signed_in(
    page: Page, sign_in: Callable[[Page, str], None], assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page, "Council analyst")
    for address in OWN:
        page.goto(address)
        assert_accessible(page)


@pytest.mark.parametrize(
    "role", ["Council analyst", "Practice leader", "Centre reviewer", "Centre statistician"]
)
def test_each_role_signs_in_and_out(
    page: Page, sign_in: Callable[[Page, str], None], role: str
) -> None:
    sign_in(page, role)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.goto("/work/")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next=/work/$"))


def test_a_form_with_errors_is_accessible_and_leads_to_its_fields(
    page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Error: Sign in – whatworks")
    assert_accessible(page)
    page.get_by_role("link", name="Enter your email address").click()
    expect(page.get_by_label("Email address")).to_be_focused()


def test_the_page_after_too_many_wrong_passwords(
    page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    for attempt in range(5):
        page.goto("/sign-in/")
        page.get_by_label("Email address").fill("nobody@example.org")
        page.get_by_label("Password").fill(f"wrong {attempt}")
        page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wait before you try again")
    assert_accessible(page)


def test_signing_in_and_out_without_javascript(
    page_without_javascript: Page, sign_in: Callable[[Page, str], None]
) -> None:
    page = page_without_javascript
    sign_in(page, "Practice leader")
    page.get_by_role("link", name="Your account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_adding_a_second_step(
    page: Page,
    sign_in: Callable[[Page, str], None],
    assert_accessible: Callable[[Page], None],
    site: Any,
) -> None:
    sign_in(page, "Centre statistician")
    page.goto("/account/second-step/")
    page.get_by_role("button", name="Add a second step").click()
    page.get_by_label("Password").fill(site.people["Centre statistician"][1])
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a second step")
    assert_accessible(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Add the second step").click()
    expect(page.get_by_role("alert")).to_contain_text("The code is not right")


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("/about/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_on_paper_it_still_says_that_the_children_are_invented(page: Page) -> None:
    page.goto("/")
    page.emulate_media(media="print")
    expect(page.get_by_text("All children on these pages are invented.")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_styles_are_ours_hashed_and_kept(page: Page) -> None:
    with page.expect_response(lambda answer: "/static/built/main." in answer.url) as waiting:
        page.goto("/")
    assert "immutable" in waiting.value.headers["cache-control"]
    family = page.evaluate("() => getComputedStyle(document.body.querySelector('h1')).fontFamily")
    assert "GDS" not in family


HARM = {
    "image-alt": "document.querySelector('h1').append(document.createElement('img'))",
    "wider than 375": "document.querySelector('h1').style.width = '900px'",
    "cannot see": """document.styleSheets[0].insertRule('*:focus, *:focus-visible {'
        + 'outline: none !important; box-shadow: none !important }',
        document.styleSheets[0].cssRules.length)""",
    "does not reach": "document.querySelector('footer a').tabIndex = -1",
}


@pytest.mark.parametrize("complaint", sorted(HARM))
def test_the_harness_notices_what_it_is_for(
    page: Page, assert_accessible: Callable[[Page], None], complaint: str
) -> None:
    page.goto("/")
    page.evaluate(HARM[complaint])
    with pytest.raises(AssertionError, match=complaint):
        assert_accessible(page)
