"""What a practice would mean for one council that does not use it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks import rollout
from whatworks.rollout.projecting import unevenness
from whatworks.service.burden.uses import used
from whatworks.service.common.access import requires
from whatworks.service.common.models import Organisation
from whatworks.service.common.permissions import Permission, allowed
from whatworks.service.decisions import queries as decided
from whatworks.service.decisions.models import Choice, Decision
from whatworks.service.rollout import asks, changes, expecting, queries, wording
from whatworks.service.rollout.expecting import Assumed
from whatworks.service.rollout.views.common import practice_or_404

FIELDS = ("children", "share", "use", "served", "cost_each")
"""What is assumed, as it stands in the address."""


class AssumptionsForm(forms.Form):
    """What is assumed. Each may be changed; an empty one goes back to what is known."""

    children = forms.FloatField(
        required=False,
        min_value=0,
        max_value=100_000,
        label="Children a year without it",
        error_messages={"invalid": "Enter children a year as a number, such as 120"},
    )
    share = forms.FloatField(
        required=False,
        min_value=0,
        max_value=100,
        error_messages={"invalid": "Enter the share reached as a number from 0 to 100"},
    )
    use = forms.ChoiceField(
        required=False,
        label="Which effect to reckon with",
        widget=forms.RadioSelect,
        choices=[
            ("estimate", "The estimate, with its interval"),
            ("cautious", "The cautious end: the least that the interval leaves likely"),
        ],
    )
    served = forms.FloatField(
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages={"invalid": "Enter how many are served as a number, such as 150"},
    )
    cost_each = forms.FloatField(
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages={"invalid": "Enter the cost in pounds as a number, such as 4200"},
    )

    def clean_use(self) -> str:
        """The estimate where nothing was chosen."""
        return self.cleaned_data["use"] or "estimate"


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def here(request: HttpRequest, council: str, slug: str) -> HttpResponse:
    """Children a year, harms and cost, with everything that is assumed; or why not."""
    practice = practice_or_404(slug)
    place: dict[str, Any] = {
        "council": council,
        "organisation": request.access.organisation,
        "practice": practice,
        "may_decide": allowed(request.user, Permission.DECIDE, council),
        "using": _using(council, slug),
        "decided": _decided(request.access.organisation, slug),
        "safety": _safety(practice),
    }
    first = expecting.expected(practice, council)
    if first.refused or first.known is None or first.assumed is None:
        found = {"refused": first.refused, "known": None, "rated": first.rated}
        return render(request, "rollout/here.html", {**place, **found})
    if first.assumed.served is not None:
        used("done_now", ("reach",), place=asks.HERE, reader=council)
    form = AssumptionsForm({name: request.GET[name] for name in FIELDS if name in request.GET})
    told = _told(form, first.assumed)
    answer = expecting.expected(practice, council, told) if told is not None else first
    problem = answer.missing if told is not None and told.share is not None else ""
    context = {
        "rated": first.rated,
        "refused": "",
        "known": first.known,
        "form": form,
        "told": asdict(told) if told is not None else {**asdict(first.assumed), **form.data},
        "given": first.assumed,
        "counts": first.counts,
        "without": rollout.baseline(list(first.counts.values())) if first.counts else None,
        "answer": answer.here if told is not None else None,
        "uneven": unevenness(list((first.counts or {}).values())) > 1,
        "problem": problem,
        "changed": bool(form.data),
        "title": wording.title(first.known.measure),
        "words": expecting,
        "effect_words": wording.more_or_fewer,
    }
    wrong = bool(form.errors or problem)
    return render(request, "rollout/here.html", {**place, **context}, status=422 if wrong else 200)


def _told(form: AssumptionsForm, given: Assumed) -> Assumed | None:
    """What was typed, and what is known where nothing was; None where it makes no sense."""
    if not form.is_valid():
        return None
    typed = {k: v for k, v in form.cleaned_data.items() if v not in (None, "")}
    if "served" not in typed and given.served is not None and "share" in typed:
        # Half the reach is half the families, unless somebody says otherwise.
        typed["served"] = given.served * typed["share"] / (given.share or 100)
    return replace(given, **typed)


def _using(council: str, slug: str) -> dict[str, str] | None:
    told = queries.current(council)
    entry = next((one for one in told.using if one.practice == slug), None) if told else None
    return None if entry is None else changes.facts(entry)


def _decided(place: Organisation, slug: str) -> Decision | None:
    """The decision that stands, if the council decided to use the practice."""
    found = decided.standing(place, slug)
    return found if found is not None and Choice(found.choice).uses else None


def _safety(practice: rollout.Practice) -> list[tuple[str, str]]:
    """What became of all that the practice may have moved, beside what is reckoned here."""
    shown = expecting.known(practice)
    found = {one.measure: one for one in queries.effects(practice.id)}
    return [
        (
            wording.title(name),
            wording.safety(found[name])
            if name in found
            else "Not known: no council’s returns have been analysed for it.",
        )
        for name in dict.fromkeys((*practice.safety, *practice.outcomes))
        if shown is None or name != shown.measure
    ]
