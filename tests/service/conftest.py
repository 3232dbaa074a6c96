"""Councils, the Centre, people in each role, and clients signed in as them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from whatworks.service.common import actions
from whatworks.service.common.models import Organisation, OrganisationKind, Person
from whatworks.service.common.permissions import CENTRE_ROLES, COUNCIL_ROLES, RoleName

BY = "system:test"


@dataclass(frozen=True)
class Region:
    """Two councils and the Centre."""

    ours: Organisation
    theirs: Organisation
    centre: Organisation


@pytest.fixture
def region(db: None) -> Region:
    def council(code: str, name: str) -> Organisation:
        return actions.add_organisation(
            kind=OrganisationKind.COUNCIL, name=name, council_code=code, by=BY
        )

    return Region(
        ours=council("301", "Our council"),
        theirs=council("302", "Their council"),
        centre=actions.add_organisation(kind=OrganisationKind.CENTRE, name="The Centre", by=BY),
    )


@pytest.fixture
def person_with(region: Region) -> Callable[..., Person]:
    """person_with(RoleName.COUNCIL_ANALYST): somebody with that role, here or at the Centre."""
    made = 0

    def make(*roles: RoleName, at: Organisation | None = None, password: str = "") -> Person:
        nonlocal made
        made += 1
        person, _ = actions.add_person(
            email=f"person{made}@example.org", name=f"Person {made}", by=BY
        )
        if password:
            person.set_password(password)
            person.save()
        for role in roles:
            place = at or (region.ours if role in COUNCIL_ROLES else region.centre)
            assert role in COUNCIL_ROLES | CENTRE_ROLES
            actions.give_role(person=person, organisation=place, name=role, by=BY)
        return person

    return make


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def analyst(person_with: Callable[..., Person]) -> Person:
    return person_with(RoleName.COUNCIL_ANALYST)
