"""Sending a return in, and watching it being read."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from whatworks.returns import Submission
from whatworks.returns.model import YEAR_UNLIKE_DATES
from whatworks.service.common import events, workspace
from whatworks.service.common.access import requires
from whatworks.service.common.formats import size
from whatworks.service.common.permissions import Permission
from whatworks.service.returns_desk import actions, uploads
from whatworks.service.returns_desk.forms import SendForm, SendMonthForm
from whatworks.service.returns_desk.jobs import read_return
from whatworks.service.returns_desk.models import Job, Outcome, Stage
from whatworks.service.returns_desk.opened import sender, title_of

logger = logging.getLogger(__name__)
EVERY_SECONDS = 3
MONTHLY_PAGE = "monthly"
"""In the address, and in the form: what is sent are lists of a month."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOAD_RETURNS, council="council")
def send(request: HttpRequest, council: str) -> HttpResponse:
    """Ask for files; take them in and let the work begin."""
    monthly = MONTHLY_PAGE in (request.POST if request.method == "POST" else request.GET)
    kind = SendMonthForm if monthly else SendForm
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = kind(*given, synthetic=workspace.synthetic())
    if form.is_bound and form.is_valid():
        job = _take_in(request, council, form.cleaned_data)
        return redirect("returns_job", council=council, job=job.public_id)
    context = {
        "form": form,
        "monthly": monthly,
        "organisation": request.access.organisation,
        "council": council,
        "limit": size(settings.UPLOAD_BYTES),
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }
    status = 422 if form.is_bound else 200
    return render(request, "returns_desk/send.html", context, status=status)


@require_safe
@requires(Permission.LOAD_RETURNS, council="council")
def job(request: HttpRequest, council: str, job: str) -> HttpResponse:
    """How far the work has come; once it has ended, what came of it."""
    found = get_object_or_404(Job, public_id=job, organisation=request.access.organisation)
    running = not found.ended and not found.stopped
    context = {
        "job": found,
        "council": council,
        "running": running,
        "refreshing": running and "still" not in request.GET,
        "every": EVERY_SECONDS,
        "stages": _stages(found),
        "stage": Stage(found.stage).label,
        "why": uploads.place(council, found.public_id).why(),
        **_what_was_kept(council, found),
    }
    return render(request, "returns_desk/job.html", context)


def _take_in(request: HttpRequest, council: str, cleaned: dict[str, Any]) -> Job:
    files = cleaned["files"]
    organisation = request.access.organisation
    waiting = [
        job.public_id
        for job in Job.objects.filter(organisation=organisation)
        if not job.ended and not job.stopped
    ]
    uploads.clear_old(council, working=waiting)
    job = actions.send_return(
        organisation=organisation,
        person=request.user,
        n_files=len(files),
        n_bytes=sum(file.size or 0 for file in files),
        year=cleaned.get("year"),
        as_at=cleaned.get("as_at"),
        invented=cleaned.get("invented", False),
    )
    place = uploads.place(council, job.public_id)
    try:
        place.receive(files)
        read_return.enqueue(job.public_id)
    except Exception:
        logger.exception("The upload %s could not be taken in.", job.public_id)
        place.clear()
        actions.end_job(job, Outcome.FAILED, by=events.person(request.user))
    return job


def _stages(job: Job) -> list[dict[str, object]]:
    """Each stage and whether it is done, under way or to come."""
    order = [Stage.WAITING, Stage.READING, Stage.KEEPING, Stage.CHECKING, Stage.COUNTING]
    here = order.index(Stage(job.stage)) if job.stage in order else len(order)
    states = {-1: "done", 0: "now", 1: "to come"}
    return [
        {"label": stage.label, "state": states[(place > here) - (place < here)]}
        for place, stage in enumerate(order)
    ]


def _what_was_kept(council: str, job: Job) -> dict[str, Any]:
    nothing = {
        "submission": None,
        "replaced": None,
        "replaced_by": "",
        "title": "",
        "lost": (),
        "warnings": (),
    }
    if not job.submission:
        return nothing
    known = {s.id: s for s in workspace.store().submissions(council, current=False)}
    submission: Submission | None = known.get(job.submission)
    if submission is None:
        return nothing
    replaced = known.get(submission.supersedes or "")
    return {
        "submission": submission,
        "replaced": replaced,
        "replaced_by": sender(replaced.received_by) if replaced else "",
        "title": title_of(submission),
        "lost": submission.lacks(replaced) if replaced else (),
        "warnings": [n.text for n in submission.notes if n.code == YEAR_UNLIKE_DATES],
    }
