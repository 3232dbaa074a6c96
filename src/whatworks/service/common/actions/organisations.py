"""Adding organisations: councils by their code, and the Centre."""

from __future__ import annotations

from django.db import transaction

from whatworks import reference
from whatworks.service.common import events
from whatworks.service.common.models import Organisation, OrganisationKind

CENTRE = "The Centre"


def council_of(*, code: str, by: str) -> Organisation:
    """The council with this code, added under its name if it is not here yet."""
    try:
        facts = reference.council(code)
    except reference.NotHeld:
        name, region = f"Council {code}", ""
    else:
        name, region = facts.name, facts.region
    found = Organisation.objects.filter(kind=OrganisationKind.COUNCIL, council_code=code).first()
    return found or add_organisation(
        kind=OrganisationKind.COUNCIL, name=name, council_code=code, region=region, by=by
    )


def centre(*, by: str) -> Organisation:
    """The Centre, added if it is not here yet."""
    found = Organisation.objects.filter(kind=OrganisationKind.CENTRE).first()
    return found or add_organisation(kind=OrganisationKind.CENTRE, name=CENTRE, by=by)


@transaction.atomic
def add_organisation(
    *, kind: OrganisationKind, name: str, by: str, council_code: str | None = None, region: str = ""
) -> Organisation:
    """Add a council or the Centre. Raises ValidationError if it cannot be."""
    organisation = Organisation(kind=kind, name=name, council_code=council_code, region=region)
    organisation.full_clean()
    organisation.save()
    events.record(
        "organisation_added",
        by=by,
        subject=f"organisation:{organisation.public_id}",
        data={"kind": organisation.kind, "council": council_code, "name": name},
    )
    return organisation
