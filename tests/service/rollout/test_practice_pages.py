"""The pages of practices, as people meet them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatworks.service.common import events
from whatworks.service.common.actions import add_organisation
from whatworks.service.common.models import OrganisationKind
from whatworks.service.common.permissions import RoleName
from whatworks.service.rollout import actions, queries
from whatworks.service.rollout.entries import Entry

from .pages import BY, record_page, text_of
from .test_rollout_actions import FGC

pytestmark = pytest.mark.django_db


def test_practices_are_listed_by_need_with_their_verdict(reviewer: Client) -> None:
    told = text_of(reviewer.get(reverse("rollout_practices")))
    assert "Family group conferencing before proceedings Mixed findings" in told
    assert "We hold no practice that is mainly for this." in told


def test_a_practice_says_what_it_is_and_who_uses_it(council_person: Client, region: Any) -> None:
    entry = Entry(
        "pre-proceedings",
        "practice",
        practice=FGC,
        since=date(2021, 4, 1),
        reach_low=60,
        reach_high=60,
    )
    actions.record_done_now(organisation=region.theirs, entries=[entry], by=BY)
    told = text_of(council_person.get(reverse("rollout_practice", kwargs={"slug": FGC})))
    assert "Time in which the family is alone" in told
    assert "Not known. Not known here. Ask" not in told
    assert "Their council April 2021 60" in told
    assert "What it would mean in Our council" in told
    assert council_person.get("/practices/homespun/").status_code == 404


def test_why_it_stopped_is_for_its_own_council_alone(
    council_person: Client, reviewer: Client, region: Any
) -> None:
    for place, why in ((region.ours, "Our money ran out"), (region.theirs, "Their worker left")):
        entry = Entry(
            "pre-proceedings",
            "practice",
            practice=FGC,
            since=date(2021, 4, 1),
            stopped=date(2024, 6, 1),
            why_stopped=why,
            cost=77_777,
        )
        actions.record_done_now(organisation=place, entries=[entry], by=BY)
    address = reverse("rollout_practice", kwargs={"slug": FGC})
    told = text_of(council_person.get(address))
    assert "June 2024: Our money ran out" in told
    assert "Their worker left" not in told
    for page in (address, reverse("rollout_done_now")):
        told = text_of(reviewer.get(page))
        assert "une 2024" in told
        for private in ("Our money ran out", "Their worker left", "77,777"):
            assert private not in told
    told = text_of(council_person.get(f"{record_page()}?change"))
    assert "whether it is done as described and when it stopped" in told
    assert "Only people of your own council see what it costs and why it stopped." in told


@pytest.mark.parametrize("name", ["rollout_practices", "rollout_done_now"])
def test_pages_of_all_practices_ask_no_more_with_more_councils(
    reviewer: Client,
    django_assert_max_num_queries: Any,
    person_with: Callable[..., Any],
    region: Any,
    name: str,
) -> None:
    for number in range(10):
        place = add_organisation(
            kind=OrganisationKind.COUNCIL,
            name=f"Council {number}",
            council_code=str(801 + number),
            by=BY,
        )
        person = person_with(RoleName.COUNCIL_ANALYST, at=place)
        for year in (2020, 2021):
            entry = Entry("pre-proceedings", "practice", practice=FGC, since=date(year, 4, 1))
            actions.record_done_now(organisation=place, entries=[entry], by=events.person(person))
    with django_assert_max_num_queries(15 + len(queries.practices())):
        told = text_of(reviewer.get(reverse(name)))
    assert ("10 councils here say they use it." in told) == (name == "rollout_practices")
    with django_assert_max_num_queries(5):
        used = queries.uses(FGC)
    assert [one.since for one in used] == [date(2021, 4, 1)] * 10


def test_an_invented_practice_says_so(reviewer: Client) -> None:
    made_up = replace(queries.practice(FGC), id="larch", name="Larch", invented=True)
    actions.add_practice(practice=made_up, by=BY)
    told = text_of(reviewer.get(reverse("rollout_practice", kwargs={"slug": "larch"})))
    assert "This practice does not exist." in told
