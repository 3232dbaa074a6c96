"""Adding people, giving them passwords, closing their accounts. There is no open sign-up."""

from __future__ import annotations

import secrets

from django.db import transaction

from whatworks.service.common import events
from whatworks.service.common.models import Person

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """A password of 16 letters and figures (79 bits), none easily mistaken for another."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def add_person(*, email: str, name: str, by: str) -> tuple[Person, str]:
    """Add a person who can sign in. Returns the person and a first password, which is kept nowhere.

    Raises ValidationError if the address is taken or is none.
    """
    password = new_password()
    person = Person(email=Person.objects.normalize_email(email), name=name)
    person.set_password(password)
    person.full_clean()
    person.save()
    events.record("person_added", by=by, subject=events.person(person))
    return person, password


@transaction.atomic
def give_new_password(*, person: Person, by: str) -> str:
    """Replace a forgotten password by a generated one, which is returned and kept nowhere."""
    password = new_password()
    person.set_password(password)
    person.save(update_fields=["password"])
    events.record("password_replaced", by=by, subject=events.person(person))
    return password


@transaction.atomic
def close_account(*, person: Person, by: str) -> None:
    """Let a person sign in no more. What they did stays theirs."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    events.record("account_closed", by=by, subject=events.person(person))
