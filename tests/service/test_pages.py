"""What every page has in common, and the public pages' own words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from lxml import html

from whatworks.service.common import checks
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName
from whatworks.service.home import news
from whatworks.service.home.loop import LOOP, Built

pytestmark = pytest.mark.django_db
PAGES = (
    "home",
    "about",
    "accessibility",
    "privacy",
    "account_login",
    "your_work",
    "own_account",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
)
FAULTS = {"/nowhere/": 404, "/councils/302/purpose/": 403}


@pytest.fixture
def visited(
    analyst: Person, signed_in: Callable[[Person], Client]
) -> Callable[[str], html.HtmlElement]:
    client = signed_in(analyst)

    def visit(address: str) -> html.HtmlElement:
        answer = client.get(address)
        assert answer.status_code == FAULTS.get(address, 200)
        return html.document_fromstring(answer.content.decode())

    return visit


def every_address() -> Iterator[str]:
    yield from (reverse(name) for name in PAGES if name != "account_login")
    yield "/councils/301/purpose/"
    yield from FAULTS


@pytest.mark.parametrize("address", sorted(every_address()))
def test_every_page_is_well_made(visited: Callable[[str], html.HtmlElement], address: str) -> None:
    page = visited(address)
    assert page.get("lang") == "en-GB"
    title = page.findtext(".//title")
    assert title.endswith(" – whatworks")
    assert title.removesuffix(" – whatworks").strip()
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//a[@class='govuk-skip-link'][@href='#main-content']")
    assert len(page.xpath("//main[@id='main-content']")) == 1
    assert page.xpath("//header")
    assert page.xpath("//footer")
    assert page.xpath("//nav[@aria-label='Main']")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), "an id is used twice"
    assert not page.xpath("//@href[starts-with(., 'http')]"), (
        "pages lead nowhere else by themselves"
    )


@pytest.mark.parametrize("address", sorted(every_address()))
def test_no_page_needs_what_the_policy_forbids(
    visited: Callable[[str], html.HtmlElement], address: str
) -> None:
    page = visited(address)
    assert not page.xpath("//@style"), "inline style"
    assert not page.xpath("//style"), "inline style"
    assert not page.xpath("//script[not(@src)]"), "inline script"
    assert not page.xpath("//@*[starts-with(name(), 'on')]"), "inline handler"
    for address_of_a_part in page.xpath("//script/@src | //img/@src | //link/@href"):
        assert address_of_a_part.startswith("/static/")


def test_every_answer_carries_the_headers(client: Client) -> None:
    for address in ("/", "/nowhere/", "/work/", "/health/"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        for part in (
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ):
            assert part in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers, "only behind https"


def test_cookies_are_closed_to_scripts_and_other_sites(
    client: Client, person_with: Callable[..., Person]
) -> None:
    person = person_with(password="owl-teapot-lantern")
    client.post(reverse("account_login"), {"login": person.email, "password": "owl-teapot-lantern"})
    client.get(reverse("your_work"))
    assert set(client.cookies) == {"sessionid", "csrftoken"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["max-age"], "until the browser is closed"


def test_health_says_whether_the_database_answers(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/health/").json()["ok"] is True
    from whatworks.service.home import views

    class Gone:
        def cursor(self) -> None:
            raise OSError("disk gone")

    monkeypatch.setattr(views, "connection", Gone())
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)


def test_a_workspace_of_invented_children_says_so_on_every_page(
    client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    told = "All children on these pages are invented."
    assert told in client.get("/").content.decode()
    assert told in client.get("/nowhere/").content.decode()
    settings.WORKSPACE = tmp_path
    assert told not in client.get("/").content.decode()
    (tmp_path / "workspace.json").write_text(json.dumps({"synthetic": False}))
    assert told not in client.get("/").content.decode()


def test_home_says_honestly_what_is_built(client: Client) -> None:
    page = client.get("/").content.decode()
    for station in LOOP:
        assert station.name in page
    assert {station.name for station in LOOP if station.built is Built.NOT_YET} == {"Trials"}
    assert page.count("Not built yet") == 1


def test_home_tells_what_is_new() -> None:
    release, older = news.parse(
        "# What is new\n\n## 0.2\n- **Rules.** More of\n  them.\n- `plain` text\n\n"
        "## 0.1\n- first\n"
    )
    assert release.name == "0.2"
    assert [(change.title, change.text) for change in release.changes] == [
        ("Rules", "More of them."),
        ("", "plain text"),
    ]
    assert older.changes[0].text == "first"
    assert news.releases(), "the project's own change log is found"


def test_attribution_is_on_every_page_and_each_source_on_the_about_page(client: Client) -> None:
    from whatworks import reference

    assert "Open Government Licence v3.0" in client.get("/").content.decode()
    about = html.document_fromstring(client.get("/about/").content.decode())
    assert len(about.xpath("//tbody/tr")) == len(reference.sources())


def test_navigation_shows_where_one_is(visited: Callable[[str], html.HtmlElement]) -> None:
    page = visited("/account/password/")
    assert page.xpath("//nav[@aria-label='Main']//a/text()")[0] == "Home"
    assert visited("/work/").xpath("//nav//a[@aria-current='page']/text()") == ["Your work"]


def test_a_visitor_is_offered_no_rooms(client: Client) -> None:
    page = html.document_fromstring(client.get("/").content.decode())
    links = page.xpath("//nav[@aria-label='Main']//a/@href")
    assert {"/", "/about/"} <= set(links)
    for link in links:
        assert client.get(link).status_code == 200, "a visitor is shown a door that is closed"


def test_your_work_says_what_there_is_to_open(
    person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    assert "You have no role yet" in signed_in(person_with()).get("/work/").content.decode()
    reviewer = signed_in(person_with(RoleName.CENTRE_REVIEWER)).get("/work/").content.decode()
    assert "No room is open to your role here yet" not in reviewer
    assert "What helps" in reviewer


def test_pages_answer_only_the_methods_they_know(client: Client) -> None:
    for name in ("home", "about", "health"):
        assert client.post(reverse(name)).status_code == 405


def test_the_admin_is_not_there(client: Client) -> None:
    assert client.get("/admin/").status_code == 404
    assert not [name for name in dict(checks.pages()) if "admin" in name]
