"""Pages about single children: a purpose first, opaque names, nothing about a child elsewhere."""

from __future__ import annotations

import logging
import re
import sqlite3
import time
from contextlib import closing
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from whatworks import ledger
from whatworks.service.common import purpose
from whatworks.service.returns_desk import names

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(desk: Any, files: Any) -> str:
    return desk.send(*files.csv_set()).submission


def name_in(page: str, submission: str) -> str:
    return re.search(rf"/returns/{submission}/children/(\w+)/", page).group(1)


def council_events(desk: Any) -> list[Any]:
    path = desk.store.path / "councils" / "301" / "catalogue.sqlite"
    with closing(sqlite3.connect(path)) as catalogue:
        return [e for e in ledger.events(catalogue) if e.kind.startswith("child_level.")]


CHILD_PAGES = (
    ("returns_children", {}),
    ("returns_problems", {}),
    ("returns_rule_rows", {"rule": "102"}),
    ("returns_findings_csv", {}),
    ("returns_problems_csv", {}),
)


@pytest.mark.parametrize(("name", "more"), CHILD_PAGES)
def test_a_purpose_is_asked_for_first(desk: Any, submission: str, name: str, more: Any) -> None:
    address = desk.address(name, submission=submission, **more)
    answer = desk.client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/councils/301/purpose/?next=")
    assert council_events(desk) == []
    desk.give_purpose()
    answer = desk.client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    (event,) = council_events(desk)
    assert event.by == f"person:{desk.person.public_id}"
    assert event.subject == submission
    assert event.data["purpose"] == "mend_return"


def test_the_rows_of_a_rule_lead_to_the_child(desk: Any, submission: str, files: Any) -> None:
    desk.give_purpose()
    page = desk.page("returns_rule_rows", submission=submission, rule="102")
    assert "=HYPERLINK(1)" in page, "what the rule looked at stands beside the row"
    name = name_in(page, submission)
    child = desk.page("returns_child", submission=submission, child=name)
    assert f'<h1 class="govuk-heading-xl">Child {files.second}</h1>' in child
    assert files.first not in child
    for number in ("101", "102", "141"):
        assert f"/rules/{number}/rows/" in child
    assert child.count("(could not be read)") == 2
    assert child.count("ww-row--failed") == 2
    assert "Reason: to find and mend errors in a statutory return" in child
    assert "Printed by" in child
    (event,) = [e for e in council_events(desk) if e.kind == "child_level.child_opened"]
    assert event.data == {"name": name, "purpose": "mend_return"}


def test_children_are_listed_with_what_there_is_to_put_right(
    desk: Any, submission: str, files: Any
) -> None:
    desk.give_purpose()
    page = desk.page("returns_children", submission=submission)
    assert "Of 2 children in this return, 1 has something" in page
    assert files.second in page
    assert files.first not in page


def test_any_child_can_be_found_by_number_and_the_number_is_in_no_address(
    desk: Any, submission: str, files: Any
) -> None:
    desk.give_purpose()
    address = desk.address("returns_children", submission=submission)
    answer = desk.client.post(address, {"child": f" {files.first} "})
    assert answer.status_code == 302
    assert files.first not in answer.headers["Location"]
    page = desk.client.get(answer.headers["Location"]).content.decode()
    assert f"Child {files.first}" in page
    assert "Nothing: no rule was failed." in page
    unknown = desk.client.post(address, {"child": "nobody"})
    assert unknown.status_code == 422
    assert "No child in this return has that number" in unknown.content.decode()


def test_a_childs_number_is_in_no_title(desk: Any, submission: str, files: Any) -> None:
    desk.give_purpose()
    name = name_in(desk.page("returns_children", submission=submission), submission)
    page = desk.page("returns_child", submission=submission, child=name)
    assert files.second not in re.search(r"<title>(.*?)</title>", page, re.S).group(1)


def test_names_differ_by_submission_and_by_council_key(
    desk: Any, submission: str, files: Any
) -> None:
    later = desk.send(*files.csv_set(files.episodes.replace("2024-02-30", "2024-02-28")))
    first, second = (desk.store.submission(s) for s in (submission, later.submission))
    assert names.name_of(first, files.first) != names.name_of(second, files.first)
    assert names.name_of(first, files.first) == names.name_of(first, files.first)
    before = names.name_of(first, files.first)
    key = desk.store.path / "councils" / "301" / names.FILE
    assert key.stat().st_mode & 0o777 == 0o600
    key.unlink()
    assert names.name_of(first, files.first) != before


def test_nothing_about_a_child_is_in_an_address_a_log_or_the_services_database(
    desk: Any,
    submission: str,
    files: Any,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    desk.send(files.upload(f"{files.first}.csv", "not,a return\n"))
    desk.give_purpose()
    pages = ["returns_report", *(name for name, _ in CHILD_PAGES)]
    seen = ""
    for page in pages:
        more = {"rule": "102"} if page == "returns_rule_rows" else {}
        seen += desk.page(page, submission=submission, **more)
    name = name_in(seen, submission)
    seen += desk.page("returns_child", submission=submission, child=name)
    assert files.second in seen, "or this test would look at nothing"
    for address in re.findall(r'(?:href|action|src)="([^"]*)"', seen):
        assert files.first not in address
        assert files.second not in address
    logged = caplog.text + "".join(capfd.readouterr())
    kept = _everything_in_the_database()
    assert submission.encode() in kept, "or this test would look at nothing"
    for secret in (files.first, files.second, "HYPERLINK"):
        assert secret not in logged
        assert secret.encode() not in kept


def _everything_in_the_database() -> bytes:
    """Every byte of the service's database."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            rows = []
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows.append(str(cursor.fetchall()))
        return "".join(rows).encode()
    connection.ensure_connection()
    return bytes(connection.connection.serialize())


def test_the_workspace_still_verifies(desk: Any, submission: str) -> None:
    from whatworks.returns.verifying import verify_workspace

    desk.give_purpose()
    desk.page("returns_children", submission=submission)
    found = {place.name: place for place in verify_workspace(django_settings.WORKSPACE)}
    assert found["301"].ok, found["301"].problems


def test_the_purpose_is_asked_for_again_after_half_an_hour(
    desk: Any, submission: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    desk.give_purpose()
    address = desk.address("returns_children", submission=submission)
    for minutes, status in ((29, 200), (58, 200), (89, 302)):
        monkeypatch.setattr(purpose.time, "time", lambda at=minutes: now + at * 60)
        assert desk.client.get(address).status_code == status, minutes
