"""Adding organisations."""

from __future__ import annotations

from django.db import transaction

from whatworks.service.common import events
from whatworks.service.common.models import Organisation, OrganisationKind


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
