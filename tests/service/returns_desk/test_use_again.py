"""At the desk: a return that was replaced is made to count again, asked first and written down."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from whatworks import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(desk: Any, files: Any) -> tuple[Any, Any]:
    """A return and the one that replaced it."""
    desk.send(*files.csv_set())
    desk.send(*files.csv_set(files.episodes.replace("C2", "E1")))
    return tuple(desk.store.submissions("301", current=False))


def test_it_is_asked_first_and_then_counts(desk: Any, pair: Any) -> None:
    first, second = pair
    assert "Use this one again" in desk.page("returns_desk")
    assert "Use this one again" in desk.page("returns_report", submission=first.id)
    asked = desk.page("returns_use_again", submission=first.id)
    assert "Use this return again?" in asked
    assert [one.id for one in desk.store.submissions("301")] == [second.id]
    address = desk.address("returns_use_again", submission=first.id)
    done = desk.client.post(address, follow=True)
    (kept,) = desk.store.submissions("301")
    assert (kept.again_of, kept.supersedes) == (first.id, second.id)
    assert kept.received_by == f"person:{desk.person.public_id}"
    text = done.content.decode()
    assert "this return counts again" in text
    assert "it was then made to count again" in text


def test_both_ledgers_tell_it(desk: Any, pair: Any) -> None:
    first, second = pair
    desk.client.post(desk.address("returns_use_again", submission=first.id))
    (kept,) = desk.store.submissions("301")
    last = list(ledger.events(connection.connection))[-1]
    assert (last.kind, last.by) == ("return_used_again", f"person:{desk.person.public_id}")
    assert dict(last.data) == {
        "submission": kept.id,
        "again_of": first.id,
        "replaces": second.id,
    }
    with closing(sqlite3.connect(desk.store.path / "councils/301/catalogue.sqlite")) as own:
        stored = [one for one in ledger.events(own) if one.kind == "submission.stored"][-1]
    assert (stored.subject, stored.data["again_of"]) == (kept.id, first.id)


def test_what_counts_already_is_not_offered_and_a_reader_may_not(
    desk: Any, pair: Any, leader: Client
) -> None:
    first, second = pair
    assert "Use this one again" not in desk.page("returns_report", submission=second.id)
    assert (
        desk.client.get(desk.address("returns_use_again", submission=second.id)).status_code == 404
    )
    address = desk.address("returns_use_again", submission=first.id)
    assert leader.post(address).status_code == 403
    report = leader.get(desk.address("returns_report", submission=first.id)).content.decode()
    assert "Use this one again" not in report
    assert [one.id for one in desk.store.submissions("301")] == [second.id]
