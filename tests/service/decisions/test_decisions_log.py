"""The learning log: entries written and amended, and the whole of it as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from whatworks.service.common import events
from whatworks.service.common.models import Person
from whatworks.service.decisions import actions, queries

from .conftest import NOW, OUTCOME, row
from .pages import Read, decided, linked, post, text, to

pytestmark = pytest.mark.django_db


def test_entries_are_added_and_amended_and_nothing_is_lost(
    leader: Person, leading: Client, read: Read
) -> None:
    made = decided(leader)
    new = to("decisions_learn")
    page = read(f"{new}?decision={made.public_id}")
    given = dict(page.xpath("//main//form")[0].form_values())
    assert given["decision"] == made.public_id
    empty = post(leading, {**given, "question": " ", "answer": "36 of 40."}, 422, new)
    assert "Write the question" in text(empty)
    assert "36 of 40." in text(empty)
    post(leading, {**given, "question": "Does it reach them?"}, 302, new)
    (entry,) = queries.learning(made.organisation)
    change = to("decisions_amend", entry=entry.latest.entry)
    given = dict(read(change).xpath("//main//form")[0].form_values())
    post(leading, {**given, "answer": "36 of 40 families."}, 302, change)
    late = post(leading, {**given, "answer": "None."}, 422, change)
    assert "Somebody amended this entry meanwhile" in text(late)
    linked(late)
    # The new version is there to read, what was typed is kept, and it can be saved after all.
    assert "36 of 40 families." in text(late)
    kept = dict(late.xpath("//main//form")[0].form_values())
    assert (kept["answer"], kept["version"]) == ("None.", "2")
    for version in ({}, {"version": "9"}):
        bare = {name: value for name, value in kept.items() if name != "version"}
        again = post(leading, {**bare, **version}, 422, change)
        assert "Somebody amended this entry meanwhile" in text(again)
    assert queries.learning(made.organisation)[0].latest.version == 2
    post(leading, dict(again.xpath("//main//form")[0].form_values()), 302, change)
    assert queries.learning(made.organisation)[0].latest.answer == "None."
    said = text(read(to("decisions_log")))
    assert "36 of 40 families." in said
    assert "Show 2 earlier versions" in said
    assert "Does it reach them?" in text(read(to("decisions_one", decision=made.public_id)))
    assert leading.get(to("decisions_amend", entry="no-such")).status_code == 404


def test_the_log_is_a_csv_in_which_no_cell_is_a_formula(
    leader: Person, leading: Client, own: Callable[..., None]
) -> None:
    made = decided(leader)
    actions.add_learning(
        organisation=made.organisation,
        question="=2+2",
        answer="\uff1d2+2",
        decision=made,
        by=events.person(leader),
    )
    own(*NOW, row(OUTCOME, 2026, 18.0, 14.0, 22.0), years=(2025, 2026))
    answer = leading.get(to("decisions_log_csv"))
    assert "learning-log-301-invented-children.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [one["kind"] for one in rows] == [
        "counted from returns",
        "counted from returns",
        "written by the council",
    ]
    assert rows[0]["answer"] == "Met"
    assert rows[2]["question"] == "'=2+2"
    assert rows[2]["answer"] == "'\uff1d2+2"
    assert {one["counted_from"] for one in rows} == {"invented children"}
