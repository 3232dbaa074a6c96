"""The pages of England. Thin: what they show is made in the modules beside this one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from whatworks import measures, reference
from whatworks.measures.definition import Measure
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import Permission, allowed, organisations_where
from whatworks.service.england import (
    across,
    catalogue,
    export,
    funnel,
    groups,
    own,
    places,
    standing,
)
from whatworks.service.england import comparing as group_lines
from whatworks.service.england.catalogue import Series

PUBLISHED, INVENTED = "published", "invented"


@require_safe
@requires(Permission.READ_PUBLISHED)
def start(request: HttpRequest) -> HttpResponse:
    """Every published series that a measure mirrors, by topic, with England's figure and trend."""
    return render(
        request,
        "england/start.html",
        {
            "topics": catalogue.topics(),
            "without": catalogue.without(),
            "trend_of": lambda one: catalogue.trend(one.england, one),
            "spark": funnel.spark,
            "n_councils": len(places.places()),
        },
    )


@require_safe
@requires(Permission.READ_PUBLISHED)
def councils(request: HttpRequest) -> HttpResponse:
    """The councils of England: ``?q=`` words of a name, ``?region=``."""
    text = request.GET.get("q", "").strip()[:100]
    region = _region(request)
    found = places.find(text, region)
    mine = _baselines(request)
    marks = {one.code: "found" for one in found} if text or region else {}
    return render(
        request,
        "england/councils.html",
        {
            "q": text,
            "region": region,
            "regions": places.regions(),
            "found": found,
            "total": len(places.places()),
            "baselines": mine,
            "in_workspace": set(workspace.council_codes()) if workspace.synthetic() else set(),
            "blocks": places.tiles(marks),
            "narrowed": bool(text or region),
        },
    )


@require_safe
@requires(Permission.READ_PUBLISHED)
def one_measure(request: HttpRequest, measure: str) -> HttpResponse:
    """One measure across all councils: ``?of=`` whose figures, and series, year, region, sort."""
    chosen = _measure(measure)
    given = {
        "measure": chosen,
        "series_list": catalogue.of_measure(measure),
        "of": _whose(request, chosen),
        "pairs": [measures.get(name) for name in chosen.pairs_with],
    }
    if given["of"] == INVENTED:
        return render(request, "england/invented.html", {**given, **_invented(request, chosen)})
    if not given["series_list"]:
        return render(request, "england/nothing.html", given)
    return render(request, "england/measure.html", {**given, **_across(request, chosen)})


def _across(request: HttpRequest, chosen: Measure) -> dict[str, Any]:
    one = _series(request, chosen)
    year = _year(request, one)
    region, sort = _region(request), request.GET.get("sort", "name")
    if sort not in across.SORTS:
        raise Http404
    table = across.table(one, year)
    rows = across.ordered(across.narrowed(table.rows, region), sort)
    mine = _baselines(request)
    picked = {row.code for row in rows} if region else set(mine)
    return {
        "one": one,
        "year": year,
        "region": region,
        "regions": places.regions(),
        "sort": sort,
        "sorts": across.SORTS,
        "table": table,
        "rows": rows,
        "picked": picked,
        "plot": funnel.funnel(table.frame, table.rows, picked),
        "blocks": places.tiles({row.code: row.mark for row in table.rows}),
        "wider": across.wider(one, year),
        "source": across.source_words(one),
        "own_pages": [
            (
                places.by_code()[code].name,
                reverse("baseline_measure", kwargs={"council": code, "measure": chosen.name}),
            )
            for code in mine
            if code in places.by_code()
        ][:3],
    }


def _invented(request: HttpRequest, chosen: Measure) -> dict[str, Any]:
    store = workspace.store()
    years = own.years(store, chosen)
    if not years:
        return {"years": (), "year": None, "table": None}
    year = _one_of(request, "year", years)
    return {"years": years, "year": year, "table": own.table(store, chosen, year)}


@require_safe
@requires(Permission.READ_PUBLISHED)
def measure_csv(request: HttpRequest, measure: str) -> HttpResponse:
    """Every published figure of one series and year with its range, as CSV."""
    chosen = _measure(measure)
    one = _series(request, chosen)
    year = _year(request, one)
    return export.answer(export.across_rows(one, year), one.name.replace("_", "-"), str(year))


@require_safe
@requires(Permission.READ_PUBLISHED)
def one_council(request: HttpRequest, code: str) -> HttpResponse:
    """One council as published: every mirrored series beside neighbours, region and England."""
    about = _council(code)
    years = standing.years()
    year = _one_of(request, "year", years) if request.GET.get("year") else None
    return render(
        request,
        "england/council.html",
        {
            "about": about,
            "year": year,
            "years": years,
            "lines": standing.lines(about.code, year),
            "near": [places.by_code()[other] for other in places.neighbours(about.code)],
            "successors": [
                reference.council(other)
                for other in reference.successors(about.code)
                if about.former
            ],
            "spark": funnel.spark,
            "baseline": _baselines(request).get(about.code),
            "in_workspace": workspace.synthetic() and about.code in workspace.council_codes(),
        },
    )


@require_safe
@requires(Permission.READ_PUBLISHED)
def council_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Every mirrored series of one council and those beside it, all years, as CSV."""
    about = _council(code)
    return export.answer(export.council_rows(about.code), "published", about.code)


@require_safe
@requires(Permission.READ_PUBLISHED)
def choose(request: HttpRequest) -> HttpResponse:
    """Pick a group: a region, a council with its neighbours, or councils one by one."""
    picked = groups.asked(request.GET)
    text = request.GET.get("q", "").strip()[:100]
    chosen = {one.code for one in picked.members} if picked else set()
    shown = [one for one in places.find(text, "") if one.code not in chosen]
    return render(
        request,
        "england/choose.html",
        {
            "q": text,
            "group": picked,
            "regions": [
                (region, [one for one in shown if one.region == region])
                for region in places.regions()
            ],
            "n_shown": len(shown),
            "all_regions": places.regions(),
            "everyone": places.places(),
            "keep": _keep(request.GET),
        },
    )


@require_safe
@requires(Permission.READ_PUBLISHED)
def group(request: HttpRequest) -> HttpResponse:
    """A measure or a topic over the group in the address."""
    if set(request.GET) & {"pick", "region", "alike"} or len(request.GET.getlist("codes")) > 1:
        return _to_short(request)
    picked = groups.asked(request.GET)
    if picked is None or not picked.members:
        query = _query(**_keep(request.GET))
        return redirect(f"{reverse('england_choose')}?{query}")
    given = {
        "group": picked,
        "topics": catalogue.topics(),
        "synthetic_codes": [
            one.code for one in picked.members if one.code in workspace.council_codes()
        ]
        if workspace.synthetic()
        else [],
    }
    if request.GET.get("measure"):
        chosen = _measure(request.GET["measure"])
        if not catalogue.of_measure(chosen.name):
            raise Http404
        return render(
            request, "england/group_measure.html", {**given, **_over(request, chosen, picked)}
        )
    keys = {topic.key: topic for topic in catalogue.topics()}
    topic = keys.get(request.GET.get("topic") or next(iter(keys)))
    if topic is None:
        raise Http404
    years = standing.years()
    year = _one_of(request, "year", years) if request.GET.get("year") else None
    return render(
        request,
        "england/group_topic.html",
        {
            **given,
            "topic": topic,
            "year": year,
            "years": years,
            "grid": group_lines.grid(picked, topic, year),
        },
    )


def _over(request: HttpRequest, chosen: Measure, picked: groups.Group) -> dict[str, Any]:
    one = _series(request, chosen)
    year = _year(request, one)
    codes = {member.code for member in picked.members}
    table = across.table(one, year)
    sort = request.GET.get("sort", "name")
    if sort not in across.SORTS:
        raise Http404
    rows = across.ordered(across.narrowed(table.rows, "", codes), sort)
    found = None
    if workspace.synthetic():
        found = own.of_group(workspace.store(), chosen, codes, year)
    return {
        "measure": chosen,
        "one": one,
        "series_list": catalogue.of_measure(chosen.name),
        "year": year,
        "table": table,
        "rows": rows,
        "sort": sort,
        "sorts": across.SORTS,
        "plot": funnel.funnel(table.frame, table.rows, codes),
        "summary": group_lines.summary(one, year, rows),
        "trends": group_lines.trends(one, picked),
        "spark": funnel.spark,
        "source": across.source_words(one),
        "own": found,
    }


@require_safe
@requires(Permission.READ_PUBLISHED)
def group_csv(request: HttpRequest) -> HttpResponse:
    """The published figures of a group as CSV: of one measure or of a topic, all years."""
    picked = groups.asked(request.GET)
    if picked is None or not picked.members:
        raise Http404
    if request.GET.get("measure"):
        found: tuple[Series, ...] = catalogue.of_measure(_measure(request.GET["measure"]).name)
        name = request.GET["measure"].replace("_", "-")
    else:
        keys = {topic.key: topic for topic in catalogue.topics()}
        if request.GET.get("topic", "") not in keys:
            raise Http404
        found = keys[request.GET["topic"]].series
        name = request.GET["topic"].replace("_", "-")
    codes = [one.code for one in picked.members]
    return export.answer(export.area_rows(found, codes), name, "group")


# --- what an address asks for ---


def _measure(name: str) -> Measure:
    if name not in measures.names():
        raise Http404
    return measures.get(name)


def _council(code: str) -> reference.Council:
    if code not in places.by_code() and code not in places.former():
        raise Http404
    return reference.council(code)


def _series(request: HttpRequest, measure: Measure) -> Series:
    found = {one.name: one for one in catalogue.of_measure(measure.name)}
    asked = request.GET.get("series") or next(iter(found), "")
    if asked not in found:
        raise Http404
    return found[asked]


def _year(request: HttpRequest, one: Series) -> int:
    return _one_of(request, "year", one.years)


def _one_of(request: HttpRequest, name: str, years: tuple[int, ...]) -> int:
    found = {str(year): year for year in years}
    asked = request.GET.get(name) or str(years[0])
    if asked not in found:
        raise Http404
    return found[asked]


def _region(request: HttpRequest) -> str:
    asked = request.GET.get("region", "")
    if asked and asked not in places.regions():
        raise Http404
    return asked


def _whose(request: HttpRequest, measure: Measure) -> str:
    """Published figures, or those of invented children where the workspace is of such."""
    asked = request.GET.get("of", "")
    if asked not in ("", PUBLISHED, INVENTED) or (asked == INVENTED and not workspace.synthetic()):
        raise Http404
    return asked or PUBLISHED


def _baselines(request: HttpRequest) -> dict[str, str]:
    """Code -> the council's own baseline, for those this person may enter."""
    person = request.user
    if not isinstance(person, Person):
        return {}
    return {
        place.council_code: reverse("baseline", kwargs={"council": place.council_code})
        for place in organisations_where(person, Permission.READ_MEASURES)
        if place.council_code and allowed(person, Permission.READ_MEASURES, place.council_code)
    }


def _keep(query: QueryDict) -> dict[str, str]:
    """What a choice of group must not lose: the measure or topic that it is for."""
    return {name: query[name] for name in ("measure", "series", "topic", "year") if query.get(name)}


def _query(**told: Any) -> str:
    made = QueryDict(mutable=True)
    for name, value in told.items():
        if value not in ("", None):
            made[name] = str(value)
    return made.urlencode(safe=",")


def _to_short(request: HttpRequest) -> HttpResponse:
    """The same group under an address that holds its codes and can be passed on."""
    picked = groups.asked(request.GET)
    told: dict[str, Any] = _keep(request.GET)
    if picked is not None:
        told["codes"] = ",".join([*([picked.codes] if picked.codes else []), *picked.unknown])
    return redirect(f"{reverse('england_group')}?{_query(**told)}")
