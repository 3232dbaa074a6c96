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

ENGLAND = "england_measure"
"""The page with a published figure of every council, in a room that may not be installed."""

ROWS = "children_measure"
"""The page with the single children behind a figure, in a room that may not be installed."""


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


def everywhere(measure: Measure) -> str | None:
    """The way to the measure's published figures of all councils, where that room is installed."""
    if not any(mirror.series for mirror in measure.mirrors):
        return None
    try:
        return reverse(ENGLAND, kwargs={"measure": measure.name})
    except NoReverseMatch:
        return None


def rows_page(request: HttpRequest, council: str, measure: str, year: int) -> str | None:
    """The way to the single children behind a figure, for those who may see them."""
    if not allowed(request.user, Permission.READ_CHILD_RECORDS, council):
        return None
    try:
        found = reverse(ROWS, kwargs={"council": council, "measure": measure})
    except NoReverseMatch:
        return None
    return f"{found}?year={year}"
