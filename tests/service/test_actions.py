"""Adding people and roles: one transaction, one event, and nothing that does not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from whatworks import ledger
from whatworks.service.common import actions, demo, events, opaque
from whatworks.service.common.models import Organisation, OrganisationKind, Person, Role
from whatworks.service.common.permissions import CENTRE_ROLES, COUNCIL_ROLES, RoleName

pytestmark = pytest.mark.django_db
BY = "system:test"


def recorded() -> list[Any]:
    return list(ledger.events(connection.connection))


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (
            lambda p, r: actions.add_person(email="new@example.org", name="New", by=BY),
            "person_added",
        ),
        (lambda p, r: actions.give_new_password(person=p, by=BY), "password_replaced"),
        (lambda p, r: actions.close_account(person=p, by=BY), "account_closed"),
        (lambda p, r: actions.end_role(role=p.current_roles[0], by=BY), "role_ended"),
        (
            lambda p, r: actions.give_role(
                person=p, organisation=r.theirs, name=RoleName.COUNCIL_ANALYST, by=BY
            ),
            "role_given",
        ),
        (
            lambda p, r: actions.add_organisation(
                kind=OrganisationKind.COUNCIL, name="C", council_code="303", by=BY
            ),
            "organisation_added",
        ),
    ],
)
def test_each_action_records_one_event(
    act: Callable[..., Any], kind: str, analyst: Person, region: Any
) -> None:
    before = len(recorded())
    act(analyst, region)
    new = recorded()[before:]
    assert [event.kind for event in new] == [kind]
    assert new[0].by == BY
    text = f"{new[0].subject} {new[0].data}"
    assert "@" not in text, "nobody is named by address"
    assert analyst.name not in text
    assert ledger.verify(connection.connection).ok


def test_an_action_that_fails_leaves_neither_change_nor_event(
    region: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, before = Person.objects.count(), len(recorded())
    monkeypatch.setattr(events.ledger, "append", _fail)
    with pytest.raises(RuntimeError):
        actions.add_person(email="new@example.org", name="New", by=BY)
    assert Person.objects.count() == people
    assert len(recorded()) == before


def _fail(*_: object, **__: object) -> None:
    raise RuntimeError("the ledger cannot be written")


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        events.record("thing_done", by=BY, subject="thing:1")


def test_the_ledger_of_the_service_cannot_be_altered(analyst: Person) -> None:
    table = next(name for name in connection.introspection.table_names() if "ledger" in name)
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET kind = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_generated_password_signs_in_and_is_kept_nowhere(region: Any) -> None:
    person, password = actions.add_person(email="New.Person@Example.ORG ", name="New Person", by=BY)
    assert person.email == "new.person@example.org"
    request = RequestFactory().post("/sign-in/")
    assert authenticate(request, email="new.person@example.org", password=password) == person
    assert password not in person.password
    assert password not in str([event.data for event in recorded()])


def test_generated_passwords_differ_and_hold_enough_chance() -> None:
    from whatworks.service.common.actions.people import LETTERS, new_password

    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert len(LETTERS) == len(set(LETTERS)) == 31
    assert {len(password.replace("-", "")) for password in made} == {16}


@pytest.mark.parametrize("email", ["", "no address", "taken@example.org", "TAKEN@example.org"])
def test_an_address_that_is_none_or_taken_is_refused(region: Any, email: str) -> None:
    actions.add_person(email="taken@example.org", name="Taken", by=BY)
    with pytest.raises(ValidationError):
        actions.add_person(email=email, name="New", by=BY)


@pytest.mark.parametrize("role", sorted(RoleName))
def test_a_role_fits_only_its_kind_of_organisation(
    region: Any, person_with: Callable[..., Person], role: RoleName
) -> None:
    for place in (region.ours, region.centre):
        fits = role in (COUNCIL_ROLES if place.kind == "council" else CENTRE_ROLES)
        person = person_with()
        if fits:
            actions.give_role(person=person, organisation=place, name=role, by=BY)
            assert [held.name for held in person.current_roles] == [role]
        else:
            with pytest.raises(ValidationError):
                actions.give_role(person=person, organisation=place, name=role, by=BY)
            assert person.current_roles == ()


def test_a_role_is_held_once_and_ended_once(analyst: Person, region: Any) -> None:
    with pytest.raises(ValidationError):
        actions.give_role(
            person=analyst, organisation=region.ours, name=RoleName.COUNCIL_ANALYST, by=BY
        )
    role = analyst.current_roles[0]
    actions.end_role(role=role, by=BY)
    before = len(recorded())
    actions.end_role(role=role, by="person:another")
    assert len(recorded()) == before
    assert Role.objects.get(pk=role.pk).ended_by == BY
    actions.give_role(
        person=analyst, organisation=region.ours, name=RoleName.COUNCIL_ANALYST, by=BY
    )
    assert len(analyst.current_roles) == 1


@pytest.mark.parametrize(("kind", "code"), [("council", None), ("centre", "301")])
def test_a_council_has_a_code_and_nobody_else(db: None, kind: str, code: str | None) -> None:
    with pytest.raises(ValidationError):
        actions.add_organisation(kind=kind, name="Somewhere", council_code=code, by=BY)


def test_opaque_names_fit_an_address_and_differ() -> None:
    made = {opaque.token() for _ in range(500)}
    assert len(made) == 500
    assert all(
        len(name) == 16 and name.replace("-", "").replace("_", "").isalnum() for name in made
    )


def workspace_of(folder: Path, *councils: str, synthetic: bool = True) -> Path:
    (folder / "workspace.json").write_text(json.dumps({"synthetic": synthetic}))
    for code in councils:
        (folder / "councils" / code).mkdir(parents=True)
    return folder


def test_demo_people_can_sign_in_one_for_each_role(db: None, tmp_path: Path) -> None:
    made = demo.create_demo(workspace_of(tmp_path, "302", "301", "999"))
    assert {signin.role for signin in made} == {
        role.label for role in RoleName if role is not RoleName.PUBLIC
    }
    assert Organisation.objects.filter(kind="council").count() == 3
    assert Organisation.objects.get(council_code="301").name == "Barking and Dagenham"
    assert Organisation.objects.get(council_code="999").name == "Council 999", (
        "an unknown code is not left out"
    )
    for signin in made:
        request = RequestFactory().post("/sign-in/")
        assert authenticate(request, email=signin.email, password=signin.password) is not None
    assert made[0].organisation == "Barking and Dagenham"


def test_making_demo_people_again_only_renews_their_passwords(db: None, tmp_path: Path) -> None:
    folder = workspace_of(tmp_path, "301")
    first = demo.create_demo(folder)
    counts = (Organisation.objects.count(), Person.objects.count(), Role.objects.count())
    (folder / "councils" / "302").mkdir()
    second = demo.create_demo(folder)
    assert [signin.email for signin in first] == [signin.email for signin in second]
    assert {signin.password for signin in first}.isdisjoint(signin.password for signin in second)
    assert (Organisation.objects.count(), Person.objects.count(), Role.objects.count()) == (
        counts[0] + 1,
        *counts[1:],
    )


@pytest.mark.parametrize(
    "facts", [None, {"synthetic": False}, {}, "nonsense", {"synthetic": "yes"}]
)
def test_demo_people_are_made_only_where_every_child_is_invented(
    db: None, tmp_path: Path, facts: object
) -> None:
    if facts is not None:
        (tmp_path / "workspace.json").write_text(
            facts if facts == "nonsense" else json.dumps(facts)
        )
    with pytest.raises(demo.NotSynthetic):
        demo.create_demo(tmp_path)
    assert not Person.objects.exists()


def test_the_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
