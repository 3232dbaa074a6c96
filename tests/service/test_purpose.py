"""Pages about single children: a purpose first, and every opening written down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from whatworks import ledger
from whatworks.service.common.access import requires
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import Permission
from whatworks.service.config import urls

pytestmark = [pytest.mark.django_db]


@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def children(request: HttpRequest, council: str, submission: str) -> HttpResponse:
    return HttpResponse(f"children of {request.access.organisation.name}")


class WithChildren:
    urlpatterns = (
        *urls.urlpatterns,
        path("councils/<str:council>/children/<str:submission>/", children, name="children"),
    )
    handler403 = urls.handler403


@pytest.fixture(autouse=True)
def with_children() -> object:
    with override_settings(ROOT_URLCONF=WithChildren):
        yield


def openings() -> list[object]:
    return [
        event
        for event in ledger.events(connection.connection)
        if event.kind == "child_level_page_opened"
    ]


PAGE = "/councils/301/children/aB3/?page=2"
ASK = "/councils/301/purpose/"


def test_a_purpose_is_asked_for_first_and_then_each_opening_is_recorded(
    analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(analyst)
    answer = client.get(PAGE)
    assert (
        answer.headers["Location"] == f"{ASK}?next=%2Fcouncils%2F301%2Fchildren%2FaB3%2F%3Fpage%3D2"
    )
    assert openings() == []

    form = client.get(answer.headers["Location"]).content.decode()
    assert "Why do you need to see these records?" in form
    empty = client.post(ASK, {"next": PAGE})
    assert empty.status_code == 422
    assert "<title>Error: Why you need" in empty.content.decode()
    assert client.post(ASK, {"purpose": "curiosity", "next": PAGE}).status_code == 422
    assert client.post(ASK, {"purpose": "mend_return", "next": PAGE}).headers["Location"] == PAGE

    for _ in range(2):
        assert client.get(PAGE).content == b"children of Our council"
    written = openings()
    assert len(written) == 2
    assert written[0].by == f"person:{analyst.public_id}"
    assert written[0].subject == "council:301"
    assert written[0].data == {
        "page": "children",
        "purpose": "mend_return",
        "of": {"submission": "aB3"},
    }


def test_a_purpose_does_not_open_what_the_role_does_not(
    analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(analyst)
    client.post(ASK, {"purpose": "mend_return"})
    assert client.get("/councils/302/children/aB3/").status_code == 403
    assert client.post("/councils/302/purpose/", {"purpose": "mend_return"}).status_code == 403
    assert openings() == []


def test_a_purpose_ends_with_the_session(
    analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(analyst)
    client.post(ASK, {"purpose": "mend_return"})
    assert client.get(PAGE).status_code == 200
    client.post("/sign-out/")
    client.force_login(analyst, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(PAGE).status_code == 302


def test_giving_a_purpose_leads_to_no_other_site(
    analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "\\\\elsewhere.example"):
        answer = signed_in(analyst).post(ASK, {"purpose": "mend_return", "next": elsewhere})
        assert answer.headers["Location"] == "/work/"


def test_if_the_opening_cannot_be_recorded_the_page_is_not_shown(
    analyst: Person, signed_in: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(analyst)
    client.post(ASK, {"purpose": "mend_return"})

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(ledger, "append", fail)
    client.raise_request_exception = False
    assert client.get(PAGE).status_code == 500
