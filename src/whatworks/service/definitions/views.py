"""Definitions: an index that can be searched, and a page for each measure and rule."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from whatworks import measures
from whatworks.returns.period import year_of
from whatworks.service.common.pagination import paginate
from whatworks.service.definitions import catalogue

INTERVAL_WORDS = {
    "count": "Counts are treated as chance events (Poisson), and the interval is the exact one of "
    "Garwood (1936).",
    "rate": "Counts are treated as chance events (Poisson), and the interval is the exact one of "
    "Garwood (1936). The population is an estimate but is taken as known, so the interval is a "
    "little too narrow.",
    "percentage": "Wilson’s score interval (1927), which stays sensible when numbers are small or "
    "a share is near none or all.",
    "poisson": "Each worker counted is treated as a chance event that adds what they work (Fay and "
    "Feuer 1997); with full-time workers alone it is the exact interval of Garwood (1936). What "
    "the sum is divided by is taken as known.",
    "share": "Wilson’s score interval (1927), as if there were only so many posts as full-time and "
    "part-time ones together are worth (Kish’s effective size).",
    "members": "By how much {those} differ from one another in it (the linearised variance of a "
    "ratio, Cochran 1977, with Student’s t). It says how far the figure would move with {others} "
    "as unlike as these; with {alone} no interval can be given.",
}
_WORKERS = {"those": "workers", "others": "other workers", "alone": "one worker"}
_COUNTED = {"those": "those counted", "others": "others", "alone": "only one counted"}
KINDS = {"": "Measures and rules", "measures": "Measures"} | {
    name: f"Rules of the {title}" for name, title in catalogue.COLLECTION_NAMES.items()
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every measure and rule, narrowed by words, by kind and by year."""
    text = request.GET.get("q", "").strip()[:200]
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    years = _years()
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(one) for one in years} else None
    found_measures = catalogue.find_measures(text) if kind in ("", "measures") else []
    found_rules = (
        [] if kind == "measures" else catalogue.find_rules(text, collection=kind, year=year)
    )
    return render(
        request,
        "definitions/index.html",
        {
            "q": text,
            "kind": kind,
            "kinds": KINDS,
            "year": year,
            "years": years,
            "measures": found_measures,
            "rules": paginate(request, found_rules),
            "n_measures": len(catalogue.all_measures()),
            "n_rules": [
                (title, sum(entry.collection == name for entry in catalogue.rules()))
                for name, title in catalogue.COLLECTION_NAMES.items()
            ],
            "collections": catalogue.COLLECTION_NAMES,
            "short_names": catalogue.SHORT_NAMES,
            "narrowed": bool(text or kind or year),
        },
    )


@require_safe
def measure(request: HttpRequest, measure: str) -> HttpResponse:
    """One measure: what it counts, how sure we are, and a worked example."""
    found = next((one for one in catalogue.all_measures() if one["name"] == measure), None)
    if found is None:
        raise Http404
    chosen = measures.get(measure)
    return render(
        request,
        "definitions/measure.html",
        {
            "measure": found,
            "whole": chosen.whole,
            "of_workers": chosen.collection == "csww",
            "span_of": catalogue.span_of,
            "interval_words": INTERVAL_WORDS[chosen.spread or chosen.kind].format(
                **_WORKERS if chosen.collection == "csww" else _COUNTED
            ),
            "examples": catalogue.worked_examples(measure),
            "pairs": [
                one for one in catalogue.all_measures() if one["name"] in found["pairs_with"]
            ],
        },
    )


@require_safe
def rule(request: HttpRequest, collection: str, rule: str) -> HttpResponse:
    """One rule in every version that was in force, with its worked examples."""
    found = next(
        (e for e in catalogue.rules() if (e.collection, e.number) == (collection, rule)), None
    )
    if found is None:
        raise Http404
    return render(
        request,
        "definitions/rule.html",
        {
            "rule": found,
            "collection_name": catalogue.COLLECTION_NAMES[collection],
            "severities": catalogue.SEVERITIES,
            "confidences": catalogue.CONFIDENCES,
            "meanings": {
                column: catalogue.meaning_of(collection, column)
                for version in found.versions
                for column in version["reads"]
            },
        },
    )


def _years() -> list[int]:
    """From the next collection year back to the first of which anything is known."""
    return list(range(year_of(timezone.localdate()) + 1, catalogue.first_year() - 1, -1))
