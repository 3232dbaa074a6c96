"""One measure deep."""

from __future__ import annotations

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks.measures.definition import TOPICS, Measure
from whatworks.service.baseline import figures, following, starting
from whatworks.service.baseline.views.common import (
    elsewhere,
    measure_of,
    of_years,
    place,
    submission_page,
    year_of,
)
from whatworks.service.baseline.years import all_years, years
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def one_measure(request: HttpRequest, council: str, measure: str) -> HttpResponse:
    """One measure: its figure, what is read with it, its years and groups, and its source."""
    chosen = measure_of(measure)
    store = workspace.store()
    found = years(store, council)
    if not found.loaded:
        return render(request, "baseline/empty.html", place(request, council))
    year = year_of(request, found)
    frame = all_years(store, council).filter(pl.col("measure") == chosen.name)
    by = _breakdown(request, chosen)
    every = {line.measure.name: line for line in starting.lines(store, council, year)}
    chart = following.chart(frame)
    return render(
        request,
        "baseline/measure.html",
        {
            **place(request, council),
            **of_years(found, year),
            "figure": figures.figure(frame, chosen.name, council, year),
            "line": every[chosen.name],
            "measure": chosen,
            "topic": TOPICS[chosen.topic],
            "by": by,
            "broken_down": figures.broken_down(store, council, chosen, year, by) if by else None,
            "breakdowns": [figures.BREAKDOWNS[name] for name in chosen.breakdowns],
            "counted": [
                (row, submission_page(request, council, row.submission))
                for row in figures.counted(store, council, chosen, year)
            ],
            "pairs": [every[name].brief for name in chosen.pairs_with],
            "matched": figures.linking(store, council, chosen, year),
            "months": figures.months(store, council, chosen),
            "chart": chart,
            "against_chart": following.against_chart(every[chosen.name].change, chart, year),
            "courses": following.courses(chosen.topic),
            "ways": elsewhere(request, council, chosen, year),
        },
    )


def _breakdown(request: HttpRequest, measure: Measure) -> str | None:
    if not measure.breakdowns:
        return None
    asked = request.GET.get("by", measure.breakdowns[0])
    if asked not in measure.breakdowns:
        raise Http404
    return asked
