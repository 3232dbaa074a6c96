"""Giving and ending roles."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatworks.service.common import events
from whatworks.service.common.models import Organisation, OrganisationKind, Person, Role
from whatworks.service.common.permissions import CENTRE_ROLES, COUNCIL_ROLES, RoleName

FITS = {OrganisationKind.COUNCIL: COUNCIL_ROLES, OrganisationKind.CENTRE: CENTRE_ROLES}


@transaction.atomic
def give_role(*, person: Person, organisation: Organisation, name: RoleName, by: str) -> Role:
    """Give a person a role at an organisation. Raises ValidationError if it does not fit there."""
    if name not in FITS[OrganisationKind(organisation.kind)]:
        raise ValidationError(
            f"{name.label} is no role at a {organisation.get_kind_display().lower()}."
        )
    role = Role(person=person, organisation=organisation, name=name, given_by=by)
    role.full_clean()
    role.save()
    person.__dict__.pop("current_roles", None)
    events.record("role_given", by=by, subject=events.person(person), data=_data(role))
    return role


@transaction.atomic
def end_role(*, role: Role, by: str) -> None:
    """End a role now. Ending one that has ended changes nothing and records nothing."""
    if role.ended_at is not None:
        return
    role.ended_at, role.ended_by = timezone.now(), by
    role.save(update_fields=["ended_at", "ended_by"])
    role.person.__dict__.pop("current_roles", None)
    events.record("role_ended", by=by, subject=events.person(role.person), data=_data(role))


def _data(role: Role) -> dict[str, str]:
    return {"role": role.name, "organisation": role.organisation.public_id}
