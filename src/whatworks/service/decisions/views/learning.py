"""The learning log: what a council asked, found out, decided, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from whatworks.service.burden.uses import used
from whatworks.service.common import events, workspace
from whatworks.service.common.access import requires
from whatworks.service.common.pagination import paginate
from whatworks.service.common.permissions import Permission
from whatworks.service.decisions import actions, asks, export, figures, queries
from whatworks.service.decisions.forms import LearningForm
from whatworks.service.decisions.views.pieces import place, refuse

PER_PAGE = 25


@require_safe
@requires(Permission.READ_DECISIONS, council="council")
def log(request: HttpRequest, council: str) -> HttpResponse:
    """Everything that was written down, and what loaded returns say of targets."""
    organisation = request.access.organisation
    entries = queries.learning(organisation)
    if entries:
        everything = [one.name for one in asks.LEARNING.questions]
        used("learning", everything, place=asks.LOG, reader=council)
    return render(
        request,
        "decisions/log.html",
        {
            **place(request, council),
            "entries": paginate(request, entries, per_page=PER_PAGE),
            "results": queries.results(organisation, figures.of_council(council)),
        },
    )


@require_safe
@requires(Permission.READ_DECISIONS, council="council")
def log_csv(request: HttpRequest, council: str) -> HttpResponse:
    """The whole log as CSV."""
    organisation = request.access.organisation
    text = export.log_csv(
        queries.learning(organisation),
        queries.results(organisation, figures.of_council(council)),
        synthetic=workspace.synthetic(),
    )
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = export.file_name(council, synthetic=workspace.synthetic())
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DECIDE, council="council")
def learn(request: HttpRequest, council: str) -> HttpResponse:
    """Write a new entry."""
    organisation = request.access.organisation
    form = LearningForm(
        request.POST if request.method == "POST" else None,
        decisions=queries.decisions(organisation),
        initial={"decision": request.GET.get("decision", "")},
    )
    if form.is_bound and form.is_valid():
        actions.add_learning(
            organisation=organisation, by=events.person(request.user), **form.given()
        )
        messages.success(request, "The entry was added.")
        return redirect("decisions_log", council=council)
    return _form(request, council, form, amended=None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DECIDE, council="council")
def amend(request: HttpRequest, council: str, entry: str) -> HttpResponse:
    """Write a new version of an entry; the earlier ones stay readable."""
    organisation = request.access.organisation
    told = queries.entry(organisation, entry)
    if told is None:
        raise Http404
    latest = told.latest
    form = LearningForm(
        request.POST if request.method == "POST" else None,
        decisions=queries.decisions(organisation),
        initial={
            "question": latest.question,
            "answer": latest.answer,
            "decision": latest.decision.public_id if latest.decision else "",
            "result": latest.result,
            "version": latest.version,
        },
    )
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["version"]
        of = next((one for one in (latest, *told.before) if one.version == seen), None)
        try:
            if of is None:
                raise actions.AmendedMeanwhile
            actions.amend_learning(of=of, by=events.person(request.user), **form.given())
        except ValidationError as error:
            refuse(form, error, "question")
            if isinstance(error, actions.AmendedMeanwhile):
                told = queries.entry(organisation, entry) or told
                form.begin_again(told.latest)
        else:
            messages.success(request, "The entry was amended. What stood there stays readable.")
            return redirect("decisions_log", council=council)
    return _form(request, council, form, amended=told)


def _form(
    request: HttpRequest, council: str, form: LearningForm, *, amended: queries.Entry | None
) -> HttpResponse:
    return render(
        request,
        "decisions/learn.html",
        {**place(request, council), "form": form, "amended": amended},
        status=422 if form.errors else 200,
    )
