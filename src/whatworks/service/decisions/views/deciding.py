"""Deciding about a practice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from whatworks.rollout import Practice
from whatworks.service.common import events
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.decisions import actions, figures, queries, seen
from whatworks.service.decisions.forms import HINTS, DecideForm
from whatworks.service.decisions.models import Decision
from whatworks.service.decisions.views.pieces import place, refuse


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DECIDE, council="council")
def decide(request: HttpRequest, council: str, practice: str) -> HttpResponse:
    """Show what is known, ask for the decision, and keep it with what was seen."""
    chosen, today = _practice(practice), timezone.localdate()
    known = seen.as_known(chosen, today)
    before = queries.standing(request.access.organisation, chosen.id)
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        practice=chosen,
        figures=figures.of_council(council),
        seen=known,
        before=before,
        today=today,
    )
    if form.is_bound and form.is_valid():
        made = _keep(request, chosen, form, known, today)
        if made is not None:
            messages.success(request, "The decision is written down.")
            return redirect("decisions_one", council=council, decision=made.public_id)
    return render(
        request,
        "decisions/decide.html",
        {
            **place(request, council),
            "practice": chosen,
            "known": known,
            "before": before,
            "form": form,
            "hints": HINTS,
            "offered": form.offered.values(),
        },
        status=422 if form.errors else 200,
    )


def _keep(
    request: HttpRequest, practice: Practice, form: DecideForm, known: dict[str, Any], today: date
) -> Decision | None:
    given = form.cleaned_data
    try:
        return actions.decide(
            organisation=request.access.organisation,
            practice_id=practice.id,
            practice_name=practice.name,
            choice=given["choice"],
            why=given["why"],
            review_on=given["review_on"],
            targets=form.aims(),
            seen=known,
            by=events.person(request.user),
            today=today,
            despite=given.get("despite_why", "") if given.get("despite") else "",
            instead_of=given["instead_of"],
        )
    except ValidationError as error:
        refuse(form, error, "choice")
        return None


def _practice(slug: str) -> Practice:
    from whatworks.service.rollout.queries import practice

    try:
        return practice(slug)
    except ObjectDoesNotExist:
        raise Http404 from None
