"""The start page, what was left out before counting, and how to read it all."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks.measures.definition import TOPICS
from whatworks.service.baseline import figures, following, starting
from whatworks.service.baseline.views.common import of_years, place, year_of
from whatworks.service.baseline.years import years
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def baseline(request: HttpRequest, council: str) -> HttpResponse:
    """Every measure of one year in a line, by topic, or those that the reader picks out."""
    store = workspace.store()
    found = years(store, council)
    if not found.loaded:
        return render(request, "baseline/empty.html", place(request, council))
    year = year_of(request, found)
    every = starting.lines(store, council, year)
    asked = starting.asked(request.GET)
    chosen = starting.picked(every, asked)
    return render(
        request,
        "baseline/start.html",
        {
            **place(request, council),
            **of_years(found, year),
            "topics": starting.by_place(chosen, asked.words)
            if asked.words
            else starting.by_topic(chosen),
            "asked": asked,
            "shown": len(chosen),
            "moved": starting.moved(every),
            "notable": starting.notable(every),
            "open": asked.anything or request.GET.get("open") == "all",
            "all_topics": [key for key in TOPICS if any(x.measure.topic == key for x in every)],
            "courses": {key: following.courses(key) for key in TOPICS},
            "titles": TOPICS,
            "pillars": starting.PILLARS,
            "changes": starting.CHANGES,
        },
    )


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def left_out(request: HttpRequest, council: str) -> HttpResponse:
    """Rows of one year's returns that were not taken as they stood, and why."""
    store = workspace.store()
    found = years(store, council)
    if not found.loaded:
        raise Http404
    year = year_of(request, found)
    return render(
        request,
        "baseline/left_out.html",
        {
            **place(request, council),
            **of_years(found, year),
            "repaired": figures.repaired(store, council, year),
            "without": [line for line in starting.lines(store, council, year) if line.own.left_out],
        },
    )


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def reading(request: HttpRequest, council: str) -> HttpResponse:
    """How to read the figures: help, without any figure of its own."""
    return render(request, "baseline/reading.html", place(request, council))
