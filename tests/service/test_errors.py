"""Pages for faults say in plain English what happened, and nothing of what was sent or held."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from whatworks.service.common import errors
from whatworks.service.common.access import requires
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import Permission
from whatworks.service.config import logs, urls, wsgi

pytestmark = pytest.mark.django_db
CHILD = "CHILD-4711 born 2011-02-29"


@requires(Permission.KEEP_OWN_ACCOUNT)
def broken(request: HttpRequest) -> None:
    child = CHILD
    try:
        {}[child]
    except KeyError as problem:
        raise ValueError(f"cannot read {child}") from problem


class Broken:
    urlpatterns = (*urls.urlpatterns, path("broken/<str:what>", broken, name="broken"))
    handler500 = urls.handler500
    handler404 = urls.handler404
    handler403 = urls.handler403


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    for name in ("", "django"):
        for handler in logging.getLogger(name).handlers:
            if isinstance(handler.formatter, logs.PlacesOnly):
                monkeypatch.setattr(handler, "stream", stream)
    return stream


def broken_view_without_arguments(request: HttpRequest) -> None:
    broken(request)


broken_view_without_arguments.access = broken.access


@override_settings(ROOT_URLCONF=Broken)
def test_a_failure_shows_and_logs_where_but_never_what(
    analyst: Person, signed_in: Callable[[Person], Client], log: io.StringIO
) -> None:
    Broken.urlpatterns = (
        *urls.urlpatterns,
        path("broken/", broken_view_without_arguments, name="broken"),
    )
    client = signed_in(analyst)
    client.raise_request_exception = False
    answer = client.post("/broken/", {"note": CHILD})
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Something went wrong here" in page
    written = log.getvalue()
    assert "ValueError" in written
    assert "KeyError" in written, "what caused it is named too"
    assert "test_errors.py" in written
    for text in (page, written):
        assert "4711" not in text
        assert analyst.email not in text


def test_the_failure_page_needs_no_database(
    django_assert_num_queries: Callable[..., object],
) -> None:
    with django_assert_num_queries(0, connection=connection):
        answer = errors.failed(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"What was saved before is safe" in answer.content


def test_a_failure_of_the_failure_page_says_nothing_either(log: io.StringIO) -> None:
    def failing(environ: object, start_response: object) -> list[bytes]:
        raise ValueError(CHILD)

    told = []
    body = wsgi.guarded(failing)({}, lambda status, headers: told.append(status))
    assert told == ["500 Internal Server Error"]
    assert b"".join(body).startswith(b"Something went wrong")
    assert "ValueError" in log.getvalue()
    assert "4711" not in log.getvalue()


def test_what_is_too_large_is_turned_away_unread(client: Client, settings: LazySettings) -> None:
    settings.UPLOAD_BYTES = 1000
    read = []

    class Body(io.BytesIO):
        def read(self, *arguments: int) -> bytes:
            read.append(arguments)
            return super().read(*arguments)

    answer = client.generic(
        "POST", "/sign-in/", b"", CONTENT_LENGTH="1001", **{"wsgi.input": Body(b"x" * 1001)}
    )
    assert answer.status_code == 413
    assert b"The limit for everything sent together is 1.0 KB" in answer.content
    assert not read
    assert client.generic("POST", "/sign-in/", b"", CONTENT_LENGTH="1000").status_code != 413


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (errors.bad_request, 400, "could not be understood"),
        (errors.refused, 403, "You cannot open this page"),
        (errors.not_found, 404, "Page not found"),
        (errors.too_many, 429, "Too many requests"),
    ],
)
def test_each_fault_has_its_page(answer: Callable[..., object], status: int, words: str) -> None:
    page = answer(RequestFactory().get("/"))
    assert page.status_code == status
    assert words in page.content.decode()


def test_a_host_that_is_not_ours_is_refused(client: Client) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert b"could not be understood" in answer.content
