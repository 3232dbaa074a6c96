"""Demo people for a workspace of invented children: one for each role, with passwords made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from whatworks.service.common import actions, workspace
from whatworks.service.common.models import Organisation, Person
from whatworks.service.common.permissions import CENTRE_ROLES, COUNCIL_ROLES, RoleName
from whatworks.service.config.environment import is_synthetic

BY = "system:demo"


class NotSynthetic(Exception):
    """Demo people are made only where every child is invented."""


@dataclass(frozen=True)
class DemoSignIn:
    """How to sign in as one demo person; the password is kept nowhere else."""

    role: str
    organisation: str
    email: str
    password: str


@transaction.atomic
def create_demo(folder: Path, councils: Sequence[str] | None = None) -> list[DemoSignIn]:
    """Make the workspace's councils, the Centre and one person for each role.

    Called again it adds what is missing and gives every demo person a new password. The council
    roles are at the first council (by code). Raises NotSynthetic.
    """
    if not is_synthetic(folder):
        raise NotSynthetic(f"{folder.name} is not a workspace of invented children.")
    codes = tuple(councils) if councils is not None else workspace.council_codes(folder)
    places = [actions.council_of(code=code, by=BY) for code in sorted(codes)]
    centre = actions.centre(by=BY)
    made = []
    for role in RoleName:
        place = centre if role in CENTRE_ROLES else next(iter(places), None)
        if role is not RoleName.PUBLIC and place is not None:
            made.append(_person(role, place))
    return made


@transaction.atomic
def also_at(code: str) -> None:
    """Give the demo people of the first council the same roles at another one."""
    place = actions.council_of(code=code, by=BY)
    for role in COUNCIL_ROLES:
        person = Person.objects.filter(email=_address(role)).first()
        if person is not None:
            _give(person, place, role)


def _address(role: RoleName) -> str:
    return f"{role.value.replace('_', '-')}@demo.example"


def _give(person: Person, place: Organisation, role: RoleName) -> None:
    held = {(given.name, given.organisation_id) for given in person.current_roles}
    if (role.value, place.pk) not in held:
        actions.give_role(person=person, organisation=place, name=role, by=BY)


def _person(role: RoleName, place: Organisation) -> DemoSignIn:
    email = _address(role)
    person = Person.objects.filter(email=email).first()
    if person is None:
        person, password = actions.add_person(email=email, name=f"Demo {role.label.lower()}", by=BY)
    else:
        password = actions.give_new_password(person=person, by=BY)
    _give(person, place, role)
    return DemoSignIn(role.label, place.name, email, password)
