"""What the pages of this room share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from whatworks.service.common.permissions import Permission, allowed
from whatworks.service.decisions.models import Decision


def place(request: HttpRequest, council: str) -> dict[str, Any]:
    """What every page of the room is given."""
    return {
        "council": council,
        "organisation": request.access.organisation,
        "may_decide": allowed(request.user, Permission.DECIDE, council),
    }


def found(request: HttpRequest, public_id: str) -> Decision:
    """A decision of the council that the page is about. Raises Http404 for any other."""
    decision = (
        Decision.objects.select_related("decided_by", "superseded_by", "organisation")
        .filter(organisation=request.access.organisation, public_id=public_id)
        .first()
    )
    if decision is None:
        raise Http404
    return decision


def refuse(form: forms.Form, error: ValidationError, field: str) -> None:
    """Show what an action would not do beside the field that is nearest to it."""
    for message in error.messages:
        form.add_error(field, message)
