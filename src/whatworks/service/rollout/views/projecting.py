"""What a practice would mean for one council that does not use it."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks import rollout
from whatworks.rollout import CannotProject, Likely
from whatworks.rollout.natural_experiment.effect import Effect
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.rollout import changes, figures, queries, rated, wording
from whatworks.service.rollout.rated import Rated
from whatworks.service.rollout.views.common import page, practice_or_404

RATE_COUNTS = {"started_rate": ("started_rate", "started_to_be_looked_after")}
"""Measure -> measures whose numerators count its children, the first that is counted here."""


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


@dataclass(frozen=True)
class Known:
    """The effect to reckon with, where it was seen, and what a share of 100 would mean."""

    measure: str
    effect: Likely
    where: str
    whole: str
    share: float | None
    own: Effect | None


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def here(request: HttpRequest, council: str, slug: str) -> HttpResponse:
    """Children a year, harms and cost, with everything that is assumed; or why not."""
    practice = practice_or_404(slug)
    found = rated.rated(practice)
    place: dict[str, Any] = {
        "council": council,
        "organisation": request.access.organisation,
        "practice": practice,
        "rated": found,
        "rated_page": page("evidence_rated", practice=slug),
        "why_page": page("evidence_why", practice=slug),
        "decide": page("decisions_decide", council=council, slug=slug),
        "using": _using(council, slug),
        "stocktake": page("rollout_record", council=council),
        "safety": _safety(practice),
    }
    known = _known(practice)
    refused = _refusal(found, known)
    if refused or known is None:
        return render(request, "rollout/here.html", {**place, "refused": refused, "known": None})
    return _projected(request, place, known)


def _projected(request: HttpRequest, place: dict[str, Any], known: Known) -> HttpResponse:
    practice, council = place["practice"], place["council"]
    counts = _counts(council, known.measure)
    served = _served(practice.id, council, max(counts, default=0))
    given = {
        "children": None,
        "share": known.share,
        "use": "estimate",
        "served": served,
        "cost_each": practice.cost.pounds,
    }
    asked = {name: request.GET[name] for name in AssumptionsForm.base_fields if name in request.GET}
    form = AssumptionsForm(asked)
    answer, problem = None, ""
    if form.is_valid():
        told = {
            name: value if value not in (None, "") else given[name]
            for name, value in form.cleaned_data.items()
        }
        try:
            answer = _here(told, counts, known)
        except CannotProject as reason:
            problem = str(reason)
    else:
        told = {**given, **asked}
    return render(
        request,
        "rollout/here.html",
        {
            **place,
            "refused": "",
            "known": known,
            "form": form,
            "told": told,
            "given": given,
            "counts": counts,
            "without": rollout.baseline(list(counts.values())) if counts else None,
            "answer": answer,
            "answer_words": _words(answer),
            "problem": problem,
            "changed": bool(asked),
            "title": wording.title(known.measure),
            "effect_words": wording.more_or_fewer,
        },
        status=200 if form.is_valid() else 422,
    )


def _here(told: dict[str, Any], counts: dict[int, int], known: Known) -> rollout.Here | None:
    """The answer; None while a share has to be given first."""
    if told["share"] is None:
        return None
    if told["children"] is not None:
        without = Likely(told["children"], told["children"], told["children"])
    else:
        without = rollout.baseline(list(counts.values()))
    return rollout.here(
        without=without,
        effect=known.effect,
        share=told["share"] / 100,
        use=told["use"],
        served=told["served"],
        cost_each_served=told["cost_each"],
    )


def _words(answer: rollout.Here | None) -> dict[str, str]:
    """The parts of the answer that have an end which may be missing."""
    if answer is None:
        return {}
    low, high = answer.fewer.low, answer.fewer.high
    if not isfinite(low):
        interval = f"nobody can say how many more, and {_fewer(high)}"
    else:
        interval = f"{_fewer(low)} and {_fewer(high)}"
    each = answer.cost_each
    if each is None:
        cost_each = answer.no_cost_each
    elif isfinite(each.high):
        cost_each = (
            f"about {_pounds(each.value)}, likely between {_pounds(each.low)} "
            f"and {_pounds(each.high)}"
        )
    else:
        cost_each = (
            f"about {_pounds(each.value)}, likely at least {_pounds(each.low)}; how much more "
            "cannot be said, because it may be that there would be no fewer"
        )
    return {"interval": interval, "cost_each": cost_each}


def _fewer(children: float) -> str:
    amount = f"{abs(children):,.1f}" if abs(children) < 10 else f"{abs(children):,.0f}"
    return f"{amount} {'fewer' if children >= 0 else 'more'}"


def _pounds(amount: float) -> str:
    """To three figures: more would claim too much."""
    if amount == 0:
        return "£0"
    places = max(0, floor(log10(amount)) - 2)
    return f"£{round(amount, -places):,.0f}"


def _known(practice: rollout.Practice) -> Known | None:
    """The effect from councils' own returns, else of a published study with an interval."""
    for one in queries.effects(practice.id):
        if one.measure in practice.outcomes:
            return Known(
                measure=one.measure,
                effect=Likely(one.multiplier, one.low, one.high),
                where=f"{one.n_adopters} councils that adopted it, set beside "
                f"{one.n_councils - one.n_adopters} others, from their own returns",
                whole="100 means: as many as in the councils that adopted it.",
                share=100.0,
                own=one,
            )
    found = rated.ratio_of(practice)
    if found is None:
        return None
    ratio, study = found
    measure = next((m for m in practice.outcomes if m in rated.OUTCOMES), "started_rate")
    return Known(
        measure=measure,
        effect=ratio,
        where=f"{study.title} ({study.country}): {study.population}",
        whole="Of 100 children to whom it would happen, how many would get the practice? The "
        "study looked at families who got it, so this is for you to say.",
        share=None,
        own=None,
    )


def _refusal(found: Rated, known: Known | None) -> str:
    """Why nothing is reckoned; empty where it may be."""
    if found.verdict == "Beware":
        return (
            "We do not reckon what this would mean for you, because it is rated ‘Beware’. "
            "A number here would look like a promise."
        )
    if found.verdict == "Not tested":
        return (
            "We cannot reckon what this would mean for you: no study that we hold tested whether "
            "it does what it is for."
        )
    if known is None:
        return (
            "We cannot reckon what this would mean for you: no study that we hold gives its "
            "effect as a ratio with an interval, and no council’s returns have been analysed for "
            "it yet."
        )
    return ""


def _using(council: str, slug: str) -> dict[str, str] | None:
    told = queries.current(council)
    entry = next((one for one in told.using if one.practice == slug), None) if told else None
    return None if entry is None else changes.facts(entry)


def _safety(practice: rollout.Practice) -> list[tuple[str, str]]:
    found = {one.measure: one for one in queries.effects(practice.id)}
    return [
        (
            wording.title(name),
            wording.safety(found[name])
            if name in found
            else "Not known: no council’s returns have been analysed for it.",
        )
        for name in dict.fromkeys(practice.safety)
    ]


def _counts(council: str, measure: str) -> dict[int, int]:
    for name in RATE_COUNTS.get(measure, (measure,)):
        counts = figures.last_counts(council, name)
        if counts:
            return counts
    return {}


def _served(slug: str, council: str, year: int) -> int | None:
    reached = [
        (one.council, one.entry.reach_low, one.entry.reach_high)
        for one in queries.uses(slug)
        if one.stopped is None and one.council != council
    ]
    return figures.reach_of_others(reached, council, year) if year else None
