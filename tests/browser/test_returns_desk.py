"""The Returns desk in a real browser: from signing in to a child's records, and what is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

pytestmark = pytest.mark.browser
FIRST, SECOND = "ZQ55117A", "ZQ55117B"
EPISODE_COLUMNS = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)


def csv_files(year: int, *, more: str = "") -> list[FilePayload]:
    """SSDA903 of two children; a date of birth and the date of an episode cannot be read."""
    header = (
        "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
        f"{FIRST},1,01/02/2010,WBRI,UN1,,\n{SECOND},9,about 2012,WBRI,UN1,,\n"
    )
    home = "AB1 2CD,AB1 2CE,SC1234567"
    episodes = (
        f"{EPISODE_COLUMNS}\n"
        f"{FIRST},01/05/{year - 1},S,C2,N1,U4,PR1,,,,{home}\n"
        f"{SECOND},02/06/{year - 1},S,C2,N1,U4,PR1,03/03/{year},E4A,,{home}\n"
        f"{SECOND},30/02/{year},S,C2,N1,U4,PR1,,,,{home}\n{more}"
    )
    return [
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
        for name, text in (("children.csv", header), ("episodes.csv", episodes))
    ]


def send(page: Page, files: list[FilePayload]) -> None:
    page.goto("/councils/301/returns/send/")
    page.get_by_label("The files of the return").set_input_files(files)
    page.get_by_label("Everybody in these files is invented").check()
    page.get_by_role("button", name="Send the return in").click()
    expect(page).to_have_url(re.compile(r"/councils/301/returns/jobs/[\w-]+/"))


def test_from_signing_in_to_a_childs_records(
    page: Page,
    sign_in: Callable[[Page, str], None],
    assert_accessible: Callable[[Page], None],
    site: Any,
) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    sign_in(page, "Council analyst")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Returns desk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Returns desk")
    assert_accessible(page)
    page.get_by_role("button", name="Send a return in").click()
    assert_accessible(page)

    page.get_by_role("button", name="Send the return in").click()
    expect(page).to_have_title("Error: Send a return in – whatworks")
    assert_accessible(page)
    send(page, csv_files(2022))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your return was read", timeout=60_000
    )
    expect(page.get_by_text("SSDA903, 2022 was kept.")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Read the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report: SSDA903, 2022")
    expect(page.get_by_text("found 3 errors that must be put right")).to_be_visible()
    assert_accessible(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert_accessible(page)

    page.get_by_role("link", name=re.compile(r"^102")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Why do you need")
    page.get_by_label("To find and mend errors in a statutory return").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("cell", name="about 2012")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name=SECOND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Child {SECOND}")
    assert_accessible(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Printed by Demo council analyst")).to_be_visible()
    page.emulate_media(media="screen")

    page.get_by_role("link", name="By child").click()
    assert_accessible(page)
    page.get_by_label("Find a child by the number in the return").fill(FIRST)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Child {FIRST}")

    assert not [address for address in addresses if FIRST in address or SECOND in address]
    for path in site.workspace.glob("service.sqlite3*"):
        content = path.read_bytes()
        assert FIRST.encode() not in content
        assert SECOND.encode() not in content
    assert not list((site.workspace / "councils" / "301" / "uploads").rglob("*.csv"))
    assert not list((site.workspace / "arriving").iterdir())


def test_sending_and_resending_without_javascript(
    page_without_javascript: Page, sign_in: Callable[[Page, str], None]
) -> None:
    page = page_without_javascript
    sign_in(page, "Council analyst")
    send(page, csv_files(2021))
    # The page renews itself until the work is done.
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your return was read", timeout=60_000
    )
    again = csv_files(2021, more=f"{FIRST},01/09/2020,L,C2,N1,U4,PR1,,,,,,\n")
    send(page, again)
    expect(page.get_by_text("It takes the place of the return received")).to_be_visible(
        timeout=60_000
    )
    page.get_by_role("button", name="Read the report").click()
    expect(page.get_by_text("Takes the place of", exact=True)).to_be_visible()


def test_what_was_refused_is_told_in_words(
    page: Page, sign_in: Callable[[Page, str], None], assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page, "Council analyst")
    send(page, [{"name": "minutes.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}])
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your return was not kept", timeout=60_000
    )
    expect(page.get_by_text("minutes.csv")).to_be_visible()
    expect(page.get_by_text("Nothing that was kept before has changed.")).to_be_visible()
    assert_accessible(page)


def test_a_practice_leader_sees_whether_the_data_can_be_trusted(
    page: Page, sign_in: Callable[[Page, str], None], assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page, "Practice leader")
    page.goto("/councils/301/returns/")
    expect(page.get_by_role("button", name="Send a return in")).to_have_count(0)
    page.get_by_role("link", name="Report of SSDA903, 2025").click()
    assert_accessible(page)
    expect(page.get_by_role("link", name="By child")).to_have_count(0)
    page.locator("summary", has_text="passed").click()
    page.get_by_role("link", name=re.compile(r"^101")).click()
    assert_accessible(page)
