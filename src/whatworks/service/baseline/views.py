"""The pages of the baseline, each about the one council that its address names."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from whatworks import measures
from whatworks.measures.definition import Measure
from whatworks.returns.report import to_csv
from whatworks.service.baseline import export, figures
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission, allowed

DESK, REPORT = "returns_desk", "returns_report"
"""Pages of the Returns desk, which another installation may be without."""


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def baseline(request: HttpRequest, council: str) -> HttpResponse:
    """Every measure of one year beside what is published, with its years."""
    store = workspace.store()
    years = figures.years(store, council)
    if not years.loaded:
        return render(request, "baseline/empty.html", _place(request, council))
    year = _year(request, years)
    frame = figures.all_years(store, council, years)
    return render(
        request,
        "baseline/baseline.html",
        {
            **_place(request, council),
            **_years(years, year),
            "figures": [figures.figure(frame, name, council, year) for name in measures.names()],
            "repaired": figures.repaired(store, council, year),
        },
    )


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def one_measure(request: HttpRequest, council: str, measure: str) -> HttpResponse:
    """One measure deep: its groups, its years, and the submissions it was counted from."""
    chosen = _measure(measure)
    store = workspace.store()
    years = figures.years(store, council)
    if not years.loaded:
        return render(request, "baseline/empty.html", _place(request, council))
    year = _year(request, years)
    frame = figures.all_years(store, council, years).filter(pl.col("measure") == chosen.name)
    by = _breakdown(request, chosen)
    return render(
        request,
        "baseline/measure.html",
        {
            **_place(request, council),
            **_years(years, year),
            "figure": figures.figure(frame, chosen.name, council, year),
            "measure": chosen,
            "by": by,
            "broken_down": figures.broken_down(store, council, chosen, year, by) if by else None,
            "breakdowns": [figures.BREAKDOWNS[name] for name in chosen.breakdowns],
            "counted": [
                (row, _submission(request, council, row.submission))
                for row in figures.counted(store, council, chosen, year)
            ],
            "pairs": [measures.get(name) for name in chosen.pairs_with],
        },
    )


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def download(request: HttpRequest, council: str) -> HttpResponse:
    """Every measure and year with the published figures, as one CSV file."""
    return _csv(request, council, [measures.get(name) for name in measures.names()], "baseline")


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def download_measure(request: HttpRequest, council: str, measure: str) -> HttpResponse:
    """One measure with all its years, groups and published figures, as one CSV file."""
    chosen = _measure(measure)
    return _csv(request, council, [chosen], chosen.name.replace("_", "-"), groups=chosen.breakdowns)


def _csv(
    request: HttpRequest,
    council: str,
    chosen: list[Measure],
    name: str,
    groups: tuple[str, ...] = (),
) -> HttpResponse:
    store = workspace.store()
    years = figures.years(store, council)
    if not years.loaded:
        raise Http404
    facts: dict[str, Any] = {
        "council": council,
        "area": request.access.organisation.name,
        "synthetic": workspace.synthetic(),
    }
    wanted = pl.col("measure").is_in([m.name for m in chosen])
    parts = [export.own_rows(figures.all_years(store, council, years).filter(wanted), **facts)]
    parts += [
        export.own_rows(measures.cached(store, council, by=by).filter(wanted), by=by, **facts)
        for by in groups
    ]
    parts.append(export.published_rows(chosen, council=council, years=years.all))
    answer = HttpResponse(to_csv(pl.concat(parts)), content_type="text/csv; charset=utf-8")
    saved = export.file_name(name, council, synthetic=facts["synthetic"])
    answer.headers["Content-Disposition"] = f'attachment; filename="{saved}"'
    return answer


def _measure(name: str) -> Measure:
    if name not in measures.names():
        raise Http404
    return measures.get(name)


def _year(request: HttpRequest, years: figures.Years) -> int:
    asked = request.GET.get("year", str(years.all[0]))
    found = {str(year): year for year in years.all}
    if asked not in found:
        raise Http404
    return found[asked]


def _breakdown(request: HttpRequest, measure: Measure) -> str | None:
    if not measure.breakdowns:
        return None
    asked = request.GET.get("by", measure.breakdowns[0])
    if asked not in measure.breakdowns:
        raise Http404
    return asked


def _place(request: HttpRequest, council: str) -> dict[str, Any]:
    return {
        "council": council,
        "organisation": request.access.organisation,
        "desk": reverse(DESK, kwargs={"council": council})
        if allowed(request.user, Permission.READ_RETURNS, council)
        else None,
        "may_load": allowed(request.user, Permission.LOAD_RETURNS, council),
    }


def _years(years: figures.Years, year: int) -> dict[str, Any]:
    return {"years": years, "year": year, "loaded": year in years.loaded}


def _submission(request: HttpRequest, council: str, submission: str) -> str | None:
    """The way to the submission's report, for those who may read it."""
    if not allowed(request.user, Permission.READ_RETURNS, council):
        return None
    return reverse(REPORT, kwargs={"council": council, "submission": submission})
