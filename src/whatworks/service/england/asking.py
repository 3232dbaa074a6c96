"""What an address of England asks for: checked, and 404 for what there is not."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from whatworks import measures, reference
from whatworks.measures.definition import Measure
from whatworks.service.common import workspace
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import Permission, allowed, organisations_where
from whatworks.service.england import catalogue, groups, places
from whatworks.service.england.catalogue import Series

PUBLISHED, INVENTED = "published", "invented"
MOST_OWN = 10
"""With more councils than these nobody is helped by seeing their own first."""


def measure_of(name: str) -> Measure:
    """The measure of that name."""
    if name not in measures.names():
        raise Http404
    return measures.get(name)


def council_of(code: str) -> reference.Council:
    """The council of that code, which may be one that is no more."""
    if code not in places.by_code() and code not in places.former():
        raise Http404
    return reference.council(code)


def series_of(request: HttpRequest, measure: Measure) -> Series:
    """``?series=``: one that the measure mirrors, or the first of them."""
    found = {one.name: one for one in catalogue.of_measure(measure.name)}
    asked = request.GET.get("series") or next(iter(found), "")
    if asked not in found:
        raise Http404
    return found[asked]


def year_of(request: HttpRequest, one: Series) -> int:
    """``?year=``: one in which the series has figures, or the latest."""
    return one_of(request, "year", one.years)


def one_of(request: HttpRequest, name: str, years: tuple[int, ...]) -> int:
    """A year out of ``years``, or the first of them."""
    found = {str(year): year for year in years}
    asked = request.GET.get(name) or next(iter(found), "")
    if asked not in found:
        raise Http404
    return found[asked]


def region_of(request: HttpRequest) -> str:
    """``?region=``, or nothing for all."""
    asked = request.GET.get("region", "")
    if asked and asked not in places.regions():
        raise Http404
    return asked


def whose(request: HttpRequest) -> str:
    """Published figures, or those of invented children where the workspace is of such."""
    asked = request.GET.get("of", "")
    if asked not in ("", PUBLISHED, INVENTED) or (asked == INVENTED and not workspace.synthetic()):
        raise Http404
    return asked or PUBLISHED


def baselines(request: HttpRequest) -> dict[str, str]:
    """Code -> the council's own baseline, for those this person may enter."""
    person = request.user
    if not isinstance(person, Person):
        return {}
    return {
        place.council_code: reverse("baseline", kwargs={"council": place.council_code})
        for place in organisations_where(person, Permission.READ_MEASURES)
        if place.council_code and allowed(person, Permission.READ_MEASURES, place.council_code)
    }


def own(request: HttpRequest) -> frozenset[str]:
    """Codes of the councils that are this reader's own; none for whoever has very many."""
    mine = frozenset(baselines(request))
    return mine if len(mine) <= MOST_OWN else frozenset()


def keep(query: QueryDict) -> dict[str, str]:
    """What a choice of group must not lose: the measure or topic that it is for."""
    return {name: query[name] for name in ("measure", "series", "topic", "year") if query.get(name)}


def query(**told: Any) -> str:
    """What follows the question mark of an address; empty values are left out."""
    made = QueryDict(mutable=True)
    for name, value in told.items():
        if value not in ("", None):
            made[name] = str(value)
    return made.urlencode(safe=",")


def to_short(request: HttpRequest) -> HttpResponse:
    """The same group under an address that holds its codes and can be passed on."""
    picked = groups.asked(request.GET)
    told: dict[str, Any] = keep(request.GET)
    if picked is not None:
        told["codes"] = ",".join([*([picked.codes] if picked.codes else []), *picked.unknown])
    return redirect(f"{reverse('england_group')}?{query(**told)}")
