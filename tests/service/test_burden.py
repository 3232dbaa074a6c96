"""What the service asks of people: every form is told, every use of an answer counted."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.utils import timezone

from whatworks.service.burden.asking import Ask, Question, asks
from whatworks.service.burden.models import AnswerUse
from whatworks.service.burden.reckoning import ledger_of_burden
from whatworks.service.burden.uses import used
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName
from whatworks.service.config.rooms import ROOMS
from whatworks.service.rollout.actions import record_done_now
from whatworks.service.rollout.entries import Entry

pytestmark = pytest.mark.django_db

NOT_ASKED = {
    "whatworks.service.rollout.views.projecting.AssumptionsForm": "a calculator: nothing is kept",
    "whatworks.service.accounts.forms._Code": "the shared part of two forms",
}
"""Forms that ask nobody for anything, and why."""
APPS = (*ROOMS, "whatworks.service.common", "whatworks.service.accounts")


def all_forms(kind: type = forms.BaseForm) -> set[type]:
    found = set(kind.__subclasses__())
    return found | {one for sub in found for one in all_forms(sub)}


def test_every_form_of_the_service_is_told() -> None:
    for app in APPS:
        for module in ("forms", "views", "urls"):
            if find_spec(f"{app}.{module}") is not None:
                import_module(f"{app}.{module}")
    ours = {
        f"{one.__module__}.{one.__qualname__}"
        for one in all_forms()
        if one.__module__.startswith("whatworks.service")
    }
    told = {name for ask in asks().values() for name in ask.forms}
    assert told <= ours
    assert ours - told == set(NOT_ASKED)


def test_every_question_says_why_and_what_becomes_of_the_answer() -> None:
    for ask in asks().values():
        assert ask.questions
        assert ask.minutes > 0
        assert len({one.name for one in ask.questions}) == len(ask.questions)
        for one in ask.questions:
            assert one.why
            assert bool(one.used_in) != bool(one.at_once), (ask.name, one.name)


def test_only_a_use_that_is_declared_can_be_counted() -> None:
    with pytest.raises(LookupError, match=r"No use of done_now\.cost at 'effect'"):
        used("done_now", ("cost",), place="effect")
    with pytest.raises(LookupError, match="nothing called 'shoe_size'"):
        used("done_now", ("shoe_size",), place="effect")
    assert not AnswerUse.objects.exists()


def test_uses_of_a_day_are_counted_in_one_row_for_each_reader() -> None:
    for reader in ("301", "301", "302"):
        used("done_now", ("since",), place="practice", reader=reader)
    rows = AnswerUse.objects.order_by("reader").values_list("reader", "times")
    assert list(rows) == [("301", 2), ("302", 1)]


def one_question(ask: str, name: str, today: date) -> Any:
    form = next(one for one in ledger_of_burden(today) if one.ask.name == ask)
    return next(one for one in form.questions if one.question.name == name)


def fill_in(region: Any, by: str) -> None:
    entry = Entry(
        "edge of care", "other", other="Kitchen table talks", cost=9000, since=date(2021, 4, 1)
    )
    record_done_now(organisation=region.ours, entries=[entry], by=by)


def test_a_question_nobody_uses_is_proposed_after_a_year_and_not_before(
    region: Any, analyst: Person
) -> None:
    today = timezone.localdate()
    assert one_question("done_now", "cost", today).not_yet is None  # it was never asked
    fill_in(region, f"person:{analyst.public_id}")
    fresh = one_question("done_now", "cost", today)
    assert not fresh.retire
    assert fresh.not_yet == today + timedelta(days=365)
    later = one_question("done_now", "cost", fresh.not_yet)
    assert "Nobody has used an answer" in later.retire
    used("done_now", ("cost",), place="practice", reader="302")
    assert not one_question("done_now", "cost", today).not_yet
    assert one_question("done_now", "cost", today + timedelta(days=400)).retire


def test_what_is_used_at_once_or_by_nothing_is_judged_without_waiting() -> None:
    from whatworks.service.burden.reckoning import _verdict

    today = date(2026, 1, 1)
    assert _verdict(Question("a", "A", "why", at_once="done"), 0, None, today) == ("", None)
    nothing, _ = _verdict(Question("a", "A", "why"), 0, today, today)
    assert nothing == "Nothing in this service uses the answer."


def test_minutes_are_of_people_not_of_the_system(region: Any, analyst: Person) -> None:
    fill_in(region, "system:demo")
    fill_in(region, f"person:{analyst.public_id}")
    form = next(one for one in ledger_of_burden(timezone.localdate()) if one.ask.name == "done_now")
    assert (form.times, form.people) == (1, 1)
    assert form.hours == pytest.approx(10 / 60)


def test_pages_that_use_an_answer_say_so(
    region: Any,
    person_with: Callable[..., Person],
    signed_in: Callable[[Person], Client],
) -> None:
    fill_in(region, "system:demo")
    leader = person_with(RoleName.PRACTICE_LEADER)
    assert signed_in(leader).get("/done-now/").status_code == 200
    found = AnswerUse.objects.filter(place="compared")
    assert set(found.values_list("question", flat=True)) == {"choice", "other", "since"}
    assert set(found.values_list("reader", flat=True)) == {"301"}


def test_the_pages_tell_every_form_and_question(
    analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(analyst)
    text = client.get("/what-we-ask/").content.decode()
    for ask in asks().values():
        assert ask.title in text.replace("&#39;", "'")
        page = client.get(f"/what-we-ask/{ask.name}/")
        assert page.status_code == 200
        assert page.content.decode().count("<h2") >= len(ask.questions)
    assert client.get("/what-we-ask/nothing/").status_code == 404
    lines = list(csv.DictReader(io.StringIO(client.get("/what-we-ask/questions.csv").text)))
    asked = {one.text for ask in asks().values() for one in ask.questions}
    assert {line["question"] for line in lines} == asked


def test_two_forms_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from whatworks.service.common import asks as common

    one: Ask = common.ASKS[0]
    monkeypatch.setattr(common, "ASKS", (one, one))
    asks.cache_clear()
    try:
        with pytest.raises(ValueError, match="Two forms are called purpose"):
            asks()
    finally:
        monkeypatch.undo()
        asks.cache_clear()
