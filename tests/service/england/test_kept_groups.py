"""Groups that a person keeps under a name: their own alone, renamed, changed, removed, told."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from lxml import html

from whatworks import ledger
from whatworks.service.common.models import Person
from whatworks.service.england.models import KeptGroup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
KEEP = "/england/compare/keep/?codes=301,302&topic=protection"


@pytest.fixture
def person(person_with: Callable[..., Person]) -> Person:
    return person_with()


@pytest.fixture
def mine(person: Person, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(person)


def last_event() -> ledger.Event:
    return list(ledger.events(connection.connection))[-1]


def kept(client: Client, name: str, address: str = KEEP) -> KeptGroup:
    answer = client.post(address, {"name": name})
    assert answer.status_code == 302, answer.content.decode()
    return KeptGroup.objects.get(name=name)


def test_a_group_is_kept_and_found_again_with_the_topic_that_was_looked_at(
    mine: Client, person: Person
) -> None:
    answer = mine.post(KEEP, {"name": "  East   London "})
    told = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert told == {"codes": ["301,302"], "topic": ["protection"]}
    one = KeptGroup.objects.get()
    assert (one.name, one.codes, one.person) == ("East London", "301,302", person)
    event = last_event()
    assert (event.kind, event.by) == ("group_kept", f"person:{person.public_id}")
    assert event.subject == f"group:{one.public_id}"
    assert dict(event.data) == {"n_councils": 2}
    assert "East London" in mine.get("/england/compare/choose/").content.decode()
    page = html.fromstring(mine.get("/england/compare/?codes=302,301").content.decode())
    assert page.xpath("string(//h1)") == "East London"


def test_the_same_name_again_gets_the_new_councils(mine: Client) -> None:
    first = kept(mine, "Ours")
    again = kept(mine, "Ours", "/england/compare/keep/?codes=303,304,305")
    assert first.pk == again.pk
    assert again.codes == "303,304,305"
    assert last_event().kind == "group_changed"


def test_it_is_renamed_but_not_to_the_name_of_another(mine: Client) -> None:
    one, _ = kept(mine, "One"), kept(mine, "Two")
    address = f"/england/compare/kept/{one.public_id}/"
    assert mine.post(address, {"name": "Two"}).status_code == 422
    assert mine.post(address, {"name": ""}).status_code == 422
    assert mine.post(address, {"name": "Three"}).status_code == 302
    assert last_event().kind == "group_renamed"
    assert set(KeptGroup.objects.values_list("name", flat=True)) == {"Two", "Three"}


def test_it_is_removed(mine: Client) -> None:
    one = kept(mine, "One")
    answer = mine.post(f"/england/compare/kept/{one.public_id}/", {"remove": "1"}, follow=True)
    assert "was removed from your groups" in answer.content.decode()
    assert not KeptGroup.objects.exists()
    assert last_event().kind == "group_removed"


def test_nobody_sees_another_persons_groups(
    mine: Client, person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    one = kept(mine, "One")
    other = signed_in(person_with())
    address = f"/england/compare/kept/{one.public_id}/"
    assert other.get(address).status_code == 404
    assert other.post(address, {"remove": "1"}).status_code == 404
    assert "Rename or remove" not in other.get("/england/compare/choose/").content.decode()
    assert KeptGroup.objects.filter(pk=one.pk).exists()


def test_two_people_may_use_one_name(
    mine: Client, person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    kept(mine, "Ours")
    other = signed_in(person_with())
    assert other.post(KEEP, {"name": "Ours"}).status_code == 302
    assert KeptGroup.objects.count() == 2


def test_nothing_is_kept_of_a_group_of_nobody(mine: Client) -> None:
    assert mine.post("/england/compare/keep/", {"name": "None"}).status_code == 404
    assert mine.post("/england/compare/keep/?codes=999", {"name": "None"}).status_code == 404
    assert not KeptGroup.objects.exists()


def test_the_topic_and_measure_are_kept_when_the_group_is_changed(mine: Client) -> None:
    for query in ("topic=protection&year=2024", "measure=looked_after_rate&year=2024"):
        page = html.fromstring(mine.get(f"/england/compare/?codes=301,302&{query}").content)
        (change,) = [a.get("href") for a in page.xpath("//a") if a.text == "Change the group"]
        choice = html.fromstring(mine.get(change).content)
        inputs = choice.xpath("//main//form//input[@type='hidden']")
        hidden = {one.get("name"): one.get("value") for one in inputs}
        assert hidden == dict(part.split("=") for part in query.split("&"))
