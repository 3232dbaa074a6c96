"""How close to England, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["/how-close/", "/how-close/?council=301"])
def test_how_close(page: Page, assert_accessible: Callable[[Page], None], address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="Figures outside what is allowed")).to_be_visible()
    assert_accessible(page)


def test_from_home_to_a_council_without_javascript(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/")
    page.get_by_role("link", name="see how close they come").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How close to England")
    page.get_by_role("link", name="Barking and Dagenham").click()
    expect(page.get_by_text("Every figure", exact=True)).to_be_visible()
