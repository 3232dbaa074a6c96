"""What followed over the months: the curve of one course as a table."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks import measures
from whatworks.measures.courses_defined import COURSES
from whatworks.service.baseline import following
from whatworks.service.baseline.views.common import place
from whatworks.service.baseline.years import years
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def one_course(request: HttpRequest, council: str, course: str) -> HttpResponse:
    """One course: how many each cause had reached by each month, of one year's children or all."""
    if course not in COURSES:
        raise Http404
    this = COURSES[course]
    store = workspace.store()
    found = years(store, council)
    if not found.loaded:
        return render(request, "baseline/empty.html", place(request, council))
    offered = sorted(found.of(this.collection), reverse=True)
    year = _year(request.GET.get("year"), offered)
    return render(
        request,
        "baseline/course.html",
        {
            **place(request, council),
            "course": this,
            "offered": offered,
            "year": year,
            "curves": following.curves(store, council, course, year) if offered else (),
            "pairs": [measures.get(n) for n in this.pairs_with if n in measures.names()],
            "others": [COURSES[n] for n in this.pairs_with if n in COURSES],
        },
    )


def _year(asked: str | None, offered: list[int]) -> int | None:
    """The year asked for, or None for all together. Raises Http404 for one that cannot be had."""
    if not asked:
        return None
    found = {str(year): year for year in offered}
    if asked not in found:
        raise Http404
    return found[asked]
