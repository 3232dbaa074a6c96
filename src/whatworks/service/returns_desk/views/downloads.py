"""Tables to take away as CSV. No cell of them can start a formula; invented people are marked."""

from __future__ import annotations

import polars as pl
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from whatworks.returns import report as reports
from whatworks.service.common import events
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.returns_desk import council_ledger
from whatworks.service.returns_desk.opened import Opened, opened

MARK = "note"


@require_safe
@requires(Permission.READ_RETURNS, council="council")
def rules_csv(request: HttpRequest, council: str, submission: str) -> HttpResponse:
    """What came of every rule."""
    found = opened(request, submission)
    return _sent(request, found, "rules", reports.by_rule(found.result))


@require_safe
@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def findings_csv(request: HttpRequest, council: str, submission: str) -> HttpResponse:
    """Every finding with the child it is of."""
    found = opened(request, submission)
    frame = reports.by_child(found.result, found.text)
    council_ledger.note(
        request, "child_level.findings_downloaded", found.submission, n=frame.height
    )
    return _sent(request, found, "findings", frame)


@require_safe
@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def problems_csv(request: HttpRequest, council: str, submission: str) -> HttpResponse:
    """Everything that could not be read, with what stood there."""
    found = opened(request, submission)
    frame = found.result.problems
    council_ledger.note(
        request, "child_level.problems_downloaded", found.submission, n=frame.height
    )
    return _sent(request, found, "problems", frame)


@transaction.atomic
def _sent(request: HttpRequest, found: Opened, what: str, frame: pl.DataFrame) -> HttpResponse:
    of = found.submission
    name = f"{what}-{of.council}-{of.collection}-{of.month or of.year}"
    if found.store.synthetic:
        # A column, not a line above: it stays with the rows when they are sorted or cut.
        invented = f"invented {found.people}"
        frame = frame.with_columns(pl.lit(invented).alias(MARK))
        name += "-" + invented.replace(" ", "-")
    events.record(
        "report_downloaded",
        by=events.person(request.user),
        subject=f"submission:{found.submission.id}",
        data={"what": what, "n": frame.height},
    )
    # The mark of order at the front is what makes spreadsheets read it as UTF-8.
    content = reports.to_csv(frame).encode("utf-8-sig")
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
