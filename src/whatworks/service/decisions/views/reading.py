"""What was decided, what is due, and what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from whatworks.service.burden.uses import used
from whatworks.service.common import events
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.decisions import actions, asks, figures, queries
from whatworks.service.decisions.forms import WithdrawForm
from whatworks.service.decisions.models import Choice, Decision
from whatworks.service.decisions.showing import caution
from whatworks.service.decisions.views.pieces import found, place, refuse


@require_safe
@requires(Permission.READ_DECISIONS, council="council")
def start(request: HttpRequest, council: str) -> HttpResponse:
    """What is due for review, what holds, and how its targets stand."""
    from whatworks.service.rollout.queries import practices

    organisation, today = request.access.organisation, timezone.localdate()
    own = figures.of_council(council)
    made = queries.decisions(organisation)
    if made:
        used("decide", ("choice", "review_on"), place=asks.LIST, reader=council)
    if any(one.standing and Choice(one.choice).uses for one in made):
        used("decide", ("targets",), place=asks.JUDGED, reader=council)
    decided = {one.practice_id for one in made if one.standing}
    return render(
        request,
        "decisions/start.html",
        {
            **place(request, council),
            "today": today,
            "reviews": queries.reviews(organisation, today),
            "standing": [
                (one, targets, caution(targets))
                for one, targets in (
                    (one, queries.targets_shown(one, own)) for one in made if one.standing
                )
            ],
            "earlier": [one for one in made if not one.standing],
            "undecided": [one for one in practices() if one.id not in decided],
        },
    )


@require_safe
@requires(Permission.READ_DECISIONS, council="council")
def one(request: HttpRequest, council: str, decision: str) -> HttpResponse:
    """One decision: what was seen, its targets as they stand now, and its history."""
    return _one(request, council, found(request, decision), WithdrawForm())


@require_POST
@requires(Permission.DECIDE, council="council")
def withdraw(request: HttpRequest, council: str, decision: str) -> HttpResponse:
    """Take a decision back, with a reason."""
    chosen, form = found(request, decision), WithdrawForm(request.POST)
    if form.is_valid() or not chosen.standing:
        try:
            why = form.cleaned_data.get("why", "")
            actions.withdraw(decision=chosen, why=why, by=events.person(request.user))
        except ValidationError as error:
            chosen = found(request, decision)  # as it stands now
            if not chosen.standing:
                return _one(request, council, chosen, form, refused=" ".join(error.messages))
            refuse(form, error, "why")
        else:
            messages.success(request, "The decision was withdrawn. It stays readable here.")
            return redirect("decisions_one", council=council, decision=decision)
    return _one(request, council, chosen, form)


def _count_reading(decision: Decision, council: str) -> None:
    """That the answers behind a decision were read."""
    read = ["choice", "why"]
    read += ["targets"] if Choice(decision.choice).uses else []
    read += ["despite"] if decision.despite else []
    used("decide", read, place=asks.ONE, reader=council)
    if decision.withdrawn_why:
        used("withdraw", ("why",), place=asks.ONE, reader=council)


def _one(
    request: HttpRequest,
    council: str,
    decision: Decision,
    form: WithdrawForm,
    refused: str = "",
) -> HttpResponse:
    """``refused`` is why a decision that no longer stands was left as it is."""
    _count_reading(decision, council)
    learned = [
        entry
        for entry in queries.learning(request.access.organisation)
        if entry.latest.decision_id == decision.pk
    ]
    return render(
        request,
        "decisions/one.html",
        {
            **place(request, council),
            "decision": decision,
            "overdue": decision.standing and decision.review_on < timezone.localdate(),
            "targets": queries.targets_shown(decision, figures.of_council(council)),
            "history": queries.history(decision),
            "learned": learned,
            "form": form,
            "refused": refused,
        },
        status=422 if form.errors or refused else 200,
    )
