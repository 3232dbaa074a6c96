"""What a council does now: set it down, look at it again, see who changed what."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from whatworks.rollout import NEEDS
from whatworks.service.common import events
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.rollout import actions, changes, queries
from whatworks.service.rollout.forms import WORDS, DoneNowForm
from whatworks.service.rollout.views.common import names


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_PRACTICE, council="council")
def record(request: HttpRequest, council: str) -> HttpResponse:
    """The form the first time or when asked for; otherwise what is recorded, and its history."""
    if request.method == "POST":
        return _save(request, council)
    told = queries.history(council)
    start = request.GET.get("from")
    chosen = next((one for one in told if one.public_id == start), None)
    if start is not None and chosen is None:
        raise Http404
    if told and chosen is None and "change" not in request.GET:
        return render(request, "rollout/recorded.html", _recorded(request, council, told))
    before = chosen or next(iter(told), None)
    form = DoneNowForm(
        queries.practices(),
        before=before.entries if before else (),
        instead_of=told[0].public_id if told else "",
    )
    context = {"form": form, "before": before, "older": chosen is not None and chosen != told[0]}
    return render(request, "rollout/record.html", {**_place(request, council), **context})


def _save(request: HttpRequest, council: str) -> HttpResponse:
    form, now = _sent(request, council)
    if form.more or not form.is_valid():
        return _refused(request, council, form, now)
    try:
        actions.record_done_now(
            organisation=request.access.organisation,
            entries=form.entries,
            by=events.person(request.user),
            instead_of=form.instead_of,
        )
    except actions.RecordedMeanwhile:
        form, now = _sent(request, council)
        form.is_valid()
        return _refused(request, council, form, now)
    messages.success(request, "Saved. You can change it at any time.")
    return redirect("rollout_record", council=council)


def _sent(request: HttpRequest, council: str) -> tuple[DoneNowForm, queries.Recorded | None]:
    """What was typed, and the record that holds now."""
    now = queries.current(council)
    started = now.public_id if now else ""
    return DoneNowForm(queries.practices(), data=request.POST, instead_of=started), now


def _refused(
    request: HttpRequest, council: str, form: DoneNowForm, now: queries.Recorded | None
) -> HttpResponse:
    context = {"form": form, "before": None, "older": False, "meanwhile": now}
    return render(
        request,
        "rollout/record.html",
        {**_place(request, council), **context},
        status=200 if form.more else 422,
    )


def _recorded(
    request: HttpRequest, council: str, told: tuple[queries.Recorded, ...]
) -> dict[str, Any]:
    called = names()
    pairs = [*pairwise(told), (told[-1], None)]
    return {
        **_place(request, council),
        "now": told[0],
        "needs": [
            {
                "title": WORDS[need][0],
                "rows": [
                    (one, changes.title(one, called), changes.facts(one))
                    for one in told[0].of(need)
                ],
            }
            for need in NEEDS
        ],
        "history": [(after, changes.changed(before, after, called)) for after, before in pairs],
    }


def _place(request: HttpRequest, council: str) -> dict[str, Any]:
    return {
        "council": council,
        "organisation": request.access.organisation,
    }
