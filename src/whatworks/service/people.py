"""People of a real workspace, from the command line: there is no open sign-up.

Each call prepares the workspace's database first, so that the first person can be added before
the site was ever served.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whatworks.service import running

if TYPE_CHECKING:
    from whatworks.service.common.models import Person

BY = "command line"
ROLES = ("council-analyst", "practice-leader", "centre-reviewer", "centre-statistician")


class CannotDo(Exception):
    """It cannot be done; the text says why and what to do."""


def add(workspace: Path, *, email: str, name: str, role: str, council: str | None) -> str:
    """Add a person with a role, or give one who is there another; the first password, if new.

    Raises CannotDo for a role that there is not, a council role without a council, or an address
    that is none.
    """
    running.prepare_database(workspace)
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from whatworks.service.common import actions
    from whatworks.service.common.models import Person
    from whatworks.service.common.permissions import RoleName

    if role not in ROLES:
        raise CannotDo(f"There is no role {role!r}: choose one of {', '.join(ROLES)}.")
    at_centre = role.startswith("centre-")
    if not at_centre and council is None:
        raise CannotDo(f"A {role} belongs to a council: give its code with --council.")
    try:
        with transaction.atomic():
            place = actions.centre(by=BY) if at_centre else actions.council_of(code=council, by=BY)
            person, password = Person.objects.filter(email=email).first(), ""
            if person is None:
                person, password = actions.add_person(email=email, name=name, by=BY)
            name_of_role = RoleName(role.replace("-", "_"))
            held = {(given.name, given.organisation_id) for given in person.current_roles}
            if (name_of_role.value, place.pk) not in held:
                actions.give_role(person=person, organisation=place, name=name_of_role, by=BY)
    except ValidationError as error:
        raise CannotDo(" ".join(error.messages)) from error
    return password


def new_password(workspace: Path, *, email: str) -> str:
    """A new password for someone who forgot theirs. Raises CannotDo."""
    person = _person(workspace, email)
    from whatworks.service.common import actions

    return actions.give_new_password(person=person, by=BY)


def close(workspace: Path, *, email: str) -> None:
    """Let a person sign in no more. Raises CannotDo."""
    person = _person(workspace, email)
    from whatworks.service.common import actions

    actions.close_account(person=person, by=BY)


def everyone(workspace: Path) -> Sequence[tuple[str, str, str, bool]]:
    """(email, name, roles in words, may sign in) of each person."""
    running.prepare_database(workspace)
    from whatworks.service.common.models import Person
    from whatworks.service.common.permissions import ROLE_LABELS

    def roles_of(person: Person) -> str:
        held = ((ROLE_LABELS[r.name], r.organisation.name) for r in person.current_roles)
        return "; ".join(f"{role}, {place}" for role, place in held)

    people = Person.objects.order_by("email")
    return [(one.email, one.name, roles_of(one), one.is_active) for one in people]


def _person(workspace: Path, email: str) -> Person:
    running.prepare_database(workspace)
    from whatworks.service.common.models import Person

    found = Person.objects.filter(email=email).first()
    if found is None:
        raise CannotDo(f"Nobody here signs in as {email}: 'whatworks admin people' lists them.")
    return found
