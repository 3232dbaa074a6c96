"""The pages of reconciling, each about the one council that its address names."""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks import measures
from whatworks.measures.definition import TOPICS
from whatworks.returns.report import to_csv
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.reconciling import gaps, lines


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def start(request: HttpRequest, council: str) -> HttpResponse:
    """Every mirrored measure of one year: ours, the published figure, the gap and the reasons."""
    store = workspace.store()
    years = lines.years(store, council)
    if not years:
        return render(request, "reconciling/empty.html", _place(request, council))
    asked = request.GET.get("year") or str(years[0])
    if asked not in {str(year) for year in years}:
        raise Http404
    found = lines.lines(store, council, year=int(asked))
    return render(
        request,
        "reconciling/start.html",
        {
            **_place(request, council),
            "year": int(asked),
            "years": years,
            "topics": [
                (title, mine)
                for key, title in TOPICS.items()
                if (mine := [line for line in found if line.measure.topic == key])
            ],
            "counts": _counts(found),
        },
    )


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def one_measure(request: HttpRequest, council: str, measure: str) -> HttpResponse:
    """One measure over all years, with every reason written out."""
    if measure not in measures.names():
        raise Http404
    chosen = measures.get(measure)
    found = lines.lines(workspace.store(), council, names=[measure])
    series = list(dict.fromkeys((line.series, line.title) for line in found))
    return render(
        request,
        "reconciling/measure.html",
        {
            **_place(request, council),
            "measure": chosen,
            "series": [
                (title, [line for line in found if line.series == name]) for name, title in series
            ],
            "counts": _counts(found),
        },
    )


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def download(request: HttpRequest, council: str) -> HttpResponse:
    """Every measure and year with both figures, the gap and the reasons, as CSV."""
    synthetic = workspace.synthetic()
    rows = [
        {
            "our_figure_is_of": "invented children" if synthetic else "the council's own returns",
            "council": council,
            "area": request.access.organisation.name,
            "measure": line.measure.name,
            "title": line.measure.title,
            "year": line.year,
            "our_figure": line.own.value,
            "low_95": line.own.low,
            "high_95": line.own.high,
            "why_no_figure": line.own.reason,
            "published_series": line.series,
            "published_real": line.published_value,
            "why_not_published": "" if line.published_value is not None else line.published,
            "rounding": line.rounding,
            "unit": line.unit,
            "gap": line.gap.gap,
            "by_rounding": line.gap.by_rounding,
            "by_rows_left_out_or_mended": line.gap.by_mending,
            "verdict": line.gap.words,
            "reasons": " ".join(line.reasons),
        }
        for line in lines.lines(workspace.store(), council)
    ]
    if not rows:
        raise Http404
    text = to_csv(pl.DataFrame(rows, infer_schema_length=None))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"published-against-ours-{council}{'-invented-children' if synthetic else ''}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _place(request: HttpRequest, council: str) -> dict[str, Any]:
    return {"council": council, "organisation": request.access.organisation}


def _counts(found: tuple[lines.Line, ...]) -> list[tuple[str, int]]:
    """How many lines are of each verdict, in the page's order; those with none left out."""
    many = Counter(line.gap.verdict for line in found)
    return [(words, many[verdict]) for verdict, words in gaps.VERDICTS.items() if many[verdict]]
