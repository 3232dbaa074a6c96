"""How the number of children in care changed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks import measures
from whatworks.service.baseline import number
from whatworks.service.baseline.views.common import elsewhere, of_years, place
from whatworks.service.baseline.years import years
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission


@require_safe
@requires(Permission.READ_MEASURES, council="council")
def number_in_care(request: HttpRequest, council: str) -> HttpResponse:
    """From one 31 March to another: who came in, who stayed longer, who left."""
    store = workspace.store()
    found = years(store, council)
    care = sorted(found.of(number.CARE), reverse=True)
    if not found.loaded:
        return render(request, "baseline/empty.html", place(request, council))
    here = place(request, council)
    if len(care) < 2:
        return render(request, "baseline/number_empty.html", {**here, "care": care})
    year = _one_of(request.GET.get("year"), care[:-1], care[0])
    earlier = [at for at in care if at < year]
    since = _one_of(request.GET.get("since"), earlier, earlier[0])
    return render(
        request,
        "baseline/number.html",
        {
            **here,
            **of_years(found, year),
            "care": care,
            "since": since,
            "earlier": earlier,
            "flow_columns": number.FLOWS,
            "told": number.told(store, council, year, since),
            "reconciling": elsewhere(request, council, measures.get(number.NUMBER), year)[
                "reconciling"
            ],
        },
    )


def _one_of(asked: str | None, offered: list[int], usual: int) -> int:
    """The year asked for, if it can be had. Raises Http404 for one that cannot."""
    if asked is None:
        return usual
    found = {str(year): year for year in offered}
    if asked not in found:
        raise Http404
    return found[asked]
