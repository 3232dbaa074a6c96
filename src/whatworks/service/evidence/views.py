"""The pages of the evidence library. Thin: what they show is made in ``showing``."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from whatworks import rollout
from whatworks.evidence import VERDICTS
from whatworks.evidence.rating import MEANINGS
from whatworks.evidence.study import Outcome
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission, allowed, organisations_where
from whatworks.service.evidence import listing, queries, results, showing

SORTS = {"need": "Need", "name": "Name", "verdict": "Rating of published studies"}


@require_safe
@requires(Permission.READ_EVIDENCE)
def start(request: HttpRequest) -> HttpResponse:
    """Every practice and kind with its ratings: ``?need=``, ``?verdict=``, ``?sort=``."""
    need = _chosen(request, "need", rollout.NEEDS)
    verdict = _chosen(request, "verdict", VERDICTS)
    sort = _chosen(request, "sort", SORTS) or "need"
    lines = listing.lines(queries.subjects())
    shown = listing.sorted_lines(listing.filtered(lines, need, verdict), sort)
    return render(
        request,
        "evidence/start.html",
        {
            "lines": shown,
            "words": results,
            "total": len(lines),
            "needs": rollout.NEEDS,
            "need": need,
            "verdicts": VERDICTS,
            "meanings": MEANINGS,
            "verdict": verdict,
            "sorts": SORTS,
            "sort": sort,
        },
    )


@require_safe
@requires(Permission.READ_EVIDENCE)
def rated(request: HttpRequest, practice: str) -> HttpResponse:
    """One practice: what is known of it, in one sentence, in 1,000 children, and how sure."""
    return render(request, "evidence/rated.html", _rated(request, practice))


@require_safe
@requires(Permission.READ_EVIDENCE)
def why(request: HttpRequest, practice: str) -> HttpResponse:
    """Each step of the rating, with what it did."""
    return render(request, "evidence/why.html", _rated(request, practice))


@require_safe
@requires(Permission.READ_EVIDENCE)
def one_study(request: HttpRequest, study: str) -> HttpResponse:
    """One study with all its numbers and where they come from; ``?version=`` for an older one."""
    held = queries.study(study, request.GET.get("version", ""))
    if held is None:
        raise Http404
    about = queries.subject(held.study.practice or held.study.kind)
    return render(
        request,
        "evidence/study.html",
        {
            "held": held,
            "study": held.study,
            "shown": held.version,
            "current": held.version is None or held.version.superseded_at is None,
            "subject": about,
            "results": [results.result(one) for one in held.study.numbers],
            "places": results.places(held.study),
            "sources": [
                (council, results.council_name(council), rows)
                for council, rows in results.submissions(held.study).items()
            ],
            "report": lambda council, submission: _report(request, council, submission),
            "words": results,
        },
    )


def _rated(request: HttpRequest, practice: str) -> dict[str, Any]:
    subject = queries.subject(practice)
    if subject is None:
        raise Http404
    outcome: Outcome = _chosen(request, "outcome", queries.RATED) or subject.outcome
    studies = queries.studies_for(subject)
    rating = queries.rated(subject, outcome)
    groups = showing.groups(studies, outcome)
    return {
        "subject": subject,
        "outcome": outcome,
        "asked": outcome != subject.outcome,
        "outcomes": showing.outcomes(studies, outcome),
        "parts": showing.parts(subject, rating, studies, outcome),
        "groups": groups,
        "widest": showing.widest(groups),
        "meanings": MEANINGS,
        "rule_version": rating.rule_version,
        "words": results,
        "here": _here(request, practice) if subject.practice else [],
        "practice_page": reverse("rollout_practice", kwargs={"slug": practice})
        if subject.practice
        else None,
        "estimated": subject.practice is not None
        and any(one.practice == practice and one.invented for one in studies),
    }


def _here(request: HttpRequest, practice: str) -> list[tuple[str, str]]:
    """What it would mean at each council of the reader: (name, address)."""
    places = organisations_where(request.user, Permission.READ_MEASURES)
    return [
        (
            place.name,
            reverse("rollout_here", kwargs={"council": place.council_code, "slug": practice}),
        )
        for place in places
        if place.council_code
    ]


def _chosen(request: HttpRequest, name: str, among: Any) -> str:
    """What was asked for, empty where nothing was. Raises Http404 for what there is not."""
    asked = request.GET.get(name, "")
    if asked and asked not in among:
        raise Http404
    return asked


def _report(request: HttpRequest, council: str, submission: str) -> str | None:
    """The way to a submission's report, for those who may read it."""
    if not allowed(request.user, Permission.READ_RETURNS, council):
        return None
    return reverse("returns_report", kwargs={"council": council, "submission": submission})
