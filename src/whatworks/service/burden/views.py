"""What is asked of people, form by form."""

from __future__ import annotations

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from whatworks.service.burden.reckoning import Filled, ledger_of_burden
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission


@require_safe
@requires(Permission.KEEP_OWN_ACCOUNT)
def burden(request: HttpRequest) -> HttpResponse:
    """Every form with its minutes, and the questions that are proposed for retirement."""
    told = _told()
    retire = [(form.ask, one) for form in told for one in form.to_retire]
    hours = sum(form.hours for form in told)
    return render(request, "burden/forms.html", {"forms": told, "retire": retire, "hours": hours})


@require_safe
@requires(Permission.KEEP_OWN_ACCOUNT)
def one_form(request: HttpRequest, ask: str) -> HttpResponse:
    """One form: each question, why it is asked, and what became of the answers."""
    found = next((form for form in _told() if form.ask.name == ask), None)
    if found is None:
        raise Http404
    return render(request, "burden/form.html", {"form": found})


@require_safe
@requires(Permission.KEEP_OWN_ACCOUNT)
def questions_csv(request: HttpRequest) -> HttpResponse:
    """Every question with its uses, one line a use."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(
        [
            "form",
            "minutes",
            "times filled in, 12 months",
            "question",
            "why it is asked",
            "use",
            "times used, 12 months",
            "organisations",
            "last used",
            "proposed for retirement",
        ]
    )
    for form in _told():
        for one in form.questions:
            beginning = [
                form.ask.title,
                form.ask.minutes,
                form.times,
                one.question.text,
                one.question.why,
            ]
            if one.question.at_once:
                lines.writerow([*beginning, one.question.at_once, "at once", "", "", ""])
            for use in one.uses:
                lines.writerow(
                    [*beginning, use.words, use.times, use.readers, use.last or "", one.retire]
                )
            if not one.question.at_once and not one.uses:
                lines.writerow([*beginning, "", 0, 0, "", one.retire])
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="what-we-ask.csv"'
    return answer


def _told() -> tuple[Filled, ...]:
    return ledger_of_burden(timezone.localdate())
