"""What a practice would mean in a council, and the doubts that go with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatworks.service.common.models import Organisation
from whatworks.service.rollout import actions, queries
from whatworks.service.rollout.entries import Entry

from .pages import BY, record_page, text_of
from .test_rollout_actions import EFFECT, FGC

pytestmark = pytest.mark.django_db


def here_page(slug: str = FGC, council: str = "301") -> str:
    return reverse("rollout_here", kwargs={"council": council, "slug": slug})


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    from whatworks.service.rollout import figures

    monkeypatch.setattr(figures, "last_counts", lambda *_: {2023: 110, 2024: 90, 2025: 100})


def test_what_cannot_be_reckoned_says_why(council_person: Client) -> None:
    told = text_of(council_person.get(here_page()))
    assert "no study that we hold gives its effect as a ratio with an interval" in told
    told = text_of(council_person.get(here_page("signs-of-safety")))
    assert "no study that we hold tested whether it does what it is for" in told


def test_a_practice_to_beware_of_gets_no_number(
    council_person: Client, monkeypatch: pytest.MonkeyPatch, counted: None
) -> None:
    from whatworks.service.rollout import rated

    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    real = rated.rated(queries.practice(FGC))
    bad = replace(real, rating=replace(real.rating, verdict="Beware"))
    monkeypatch.setattr(rated, "rated", lambda _: bad)
    told = text_of(council_person.get(here_page()))
    assert "rated ‘Beware’" in told
    assert "children a year" not in told


def test_an_effect_from_returns_is_carried_over_with_both_doubts(
    council_person: Client, counted: None
) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    told = text_of(council_person.get(here_page()))
    assert "about 32 fewer children a year" in told
    assert "110 in 2023, 90 in 2024, 100 in 2025; a mean of 100" in told
    assert "Not known: no council’s returns have been analysed for it." in told
    changed = council_person.get(
        here_page(),
        {"children": "50", "share": "50", "use": "cautious", "served": "40", "cost_each": "1000"},
    )
    told = text_of(changed)
    assert "about 3.8 fewer children a year" in told
    assert "£40,000 a year" in told
    assert "about £10,700" in told
    assert "Undo my changes" in told


def test_what_is_typed_wrong_is_said(council_person: Client, counted: None) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    answer = council_person.get(here_page(), {"share": "all", "served": "-3"})
    assert answer.status_code == 422
    told = text_of(answer)
    assert "Enter the share reached as a number from 0 to 100" in told
    assert 'value="all"' in answer.content.decode()


def test_a_study_needs_to_be_told_how_many_it_would_reach(
    council_person: Client, counted: None
) -> None:
    page = here_page("intensive-family-preservation")
    told = text_of(council_person.get(page))
    assert "One thing is missing" in told
    assert "Studies do not settle whether it is" in told
    told = text_of(council_person.get(page, {"share": "20"}))
    assert "fewer children a year" in told


def test_a_council_that_uses_it_is_told_so(
    council_person: Client, region: Any, counted: None
) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    entry = Entry("pre-proceedings", "practice", practice=FGC, since=date(2021, 4, 1))
    actions.record_done_now(organisation=region.ours, entries=[entry], by=BY)
    told = text_of(council_person.get(here_page()))
    assert "says that it uses this already, since April 2021" in told


def test_the_room_is_in_the_navigation(council_person: Client) -> None:
    told = council_person.get(reverse("your_work")).content.decode()
    assert f'href="{record_page()}"' in told


def test_all_pages_open_to_those_who_may(
    council_person: Client, reviewer: Client, signed_in: Callable[..., Client]
) -> None:
    assert Organisation.objects.count() == 3
    for name in ("rollout_practices", "rollout_done_now"):
        for client in (council_person, reviewer):
            assert client.get(reverse(name)).status_code == 200
    assert reviewer.get(record_page()).status_code == 403
    assert council_person.get(here_page(council="302")).status_code == 403
