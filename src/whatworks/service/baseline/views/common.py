"""What every page of the baseline looks up first: the measure, the year, and where it stands."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse

from whatworks import measures
from whatworks.measures.definition import Measure
from whatworks.service.baseline.years import Years
from whatworks.service.common.permissions import Permission, allowed

DESK, REPORT = "returns_desk", "returns_report"
"""Pages of the Returns desk, which another installation may be without."""

ENGLAND, RECONCILING, BEHIND = "england_measure", "reconciling_measure", "children_behind"
"""Pages of other rooms, which an installation may be without: a measure in every council, beside
what is published of it, and the single children behind it."""


def measure_of(name: str) -> Measure:
    """The measure that an address names. Raises Http404."""
    if name not in measures.names():
        raise Http404
    return measures.get(name)


def year_of(request: HttpRequest, years: Years) -> int:
    """The year asked for, or else the latest. Raises Http404 for one that is not there."""
    asked = request.GET.get("year", str(years.all[0]))
    found = {str(year): year for year in years.all}
    if asked not in found:
        raise Http404
    return found[asked]


def place(request: HttpRequest, council: str) -> dict[str, Any]:
    """The council, and what else its reader may open."""
    return {
        "council": council,
        "organisation": request.access.organisation,
        "desk": reverse(DESK, kwargs={"council": council})
        if allowed(request.user, Permission.READ_RETURNS, council)
        else None,
        "may_load": allowed(request.user, Permission.LOAD_RETURNS, council),
    }


def of_years(years: Years, year: int) -> dict[str, Any]:
    """The years of a page, and which returns the one shown is without."""
    return {"years": years, "year": year, "missing": years.missing(year)}


def submission_page(request: HttpRequest, council: str, submission: str) -> str | None:
    """The way to the submission's report, for those who may read it."""
    if not allowed(request.user, Permission.READ_RETURNS, council):
        return None
    return reverse(REPORT, kwargs={"council": council, "submission": submission})


def elsewhere(request: HttpRequest, council: str, measure: Measure, year: int) -> dict[str, Any]:
    """The ways from a measure to other rooms; None where a room is not there or not for them."""
    mirrored = any(mirror.series for mirror in measure.mirrors)
    may = allowed(request.user, Permission.READ_CHILD_RECORDS, council)
    here = {"council": council, "measure": measure.name}
    return {
        "england": _way(ENGLAND, measure=measure.name) if mirrored else None,
        "reconciling": _way(RECONCILING, **here) if mirrored else None,
        "behind": _way(BEHIND, **here, year=year) if may else None,
    }


def _way(page: str, **to: Any) -> str | None:
    try:
        return reverse(page, kwargs=to)
    except NoReverseMatch:
        return None
