"""The council's own ledger, beside its submissions: who read which child's records, and why.

The service's ledger tells the same of pages; this one stays with the records if they move.
"""

from __future__ import annotations

from django.http import HttpRequest

from whatworks.returns import Submission
from whatworks.service.common import events, purpose, workspace


def note(request: HttpRequest, kind: str, submission: Submission, **data: object) -> None:
    """Write one event about a submission's child-level records, before they are shown."""
    stated = purpose.stated(request, submission.council)
    workspace.store().record(
        submission.council,
        kind=kind,
        by=events.person(request.user),
        subject=submission.id,
        data={"purpose": stated.value if stated else None, **data},
    )
