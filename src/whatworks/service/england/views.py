"""The pages of England. Thin: what they show is made in the modules beside this one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from whatworks import measures, reference
from whatworks.measures.definition import Measure
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission
from whatworks.service.england import (
    across,
    asking,
    catalogue,
    export,
    funnel,
    groups,
    keeping,
    own,
    places,
    standing,
)
from whatworks.service.england import comparing as group_lines
from whatworks.service.england.catalogue import Series


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
    region = asking.region_of(request)
    found = places.find(text, region)
    mine = asking.baselines(request)
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
    chosen = asking.measure_of(measure)
    given = {
        "measure": chosen,
        "series_list": catalogue.of_measure(measure),
        "of": asking.whose(request),
        "pairs": [measures.get(name) for name in chosen.pairs_with],
    }
    if given["of"] == asking.INVENTED:
        return render(request, "england/invented.html", {**given, **_invented(request, chosen)})
    if not given["series_list"]:
        return render(request, "england/nothing.html", given)
    return render(request, "england/measure.html", {**given, **_across(request, chosen)})


def _across(request: HttpRequest, chosen: Measure) -> dict[str, Any]:
    one = asking.series_of(request, chosen)
    year = asking.year_of(request, one)
    region, sort = asking.region_of(request), request.GET.get("sort", "name")
    if sort not in across.SORTS:
        raise Http404
    table = across.table(one, year)
    mine = asking.own(request)
    rows = across.ordered(across.narrowed(table.rows, region), sort)
    picked = {row.code for row in rows} if region else mine
    rows = across.with_first(rows, table.rows, mine)
    return {
        "one": one,
        "mine": mine,
        "counterparts": catalogue.counterparts(one.name),
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
            for code in sorted(mine)
            if code in places.by_code()
        ][:3],
    }


def _invented(request: HttpRequest, chosen: Measure) -> dict[str, Any]:
    store = workspace.store()
    years = own.years(store, chosen)
    if not years:
        return {"years": (), "year": None, "table": None}
    year = asking.one_of(request, "year", years)
    need = _by_need(request, chosen)
    return {
        "years": years,
        "year": year,
        "table": own.table(store, chosen, year, need=need),
        "offers_need": own.offers_need(chosen),
        "by_need": need,
    }


def _by_need(request: HttpRequest, chosen: Measure) -> bool:
    """Whether the reader asks for figures standardised by why children needed help."""
    return own.offers_need(chosen) and request.GET.get("standardised") == "need"


@require_safe
@requires(Permission.READ_PUBLISHED)
def measure_file(request: HttpRequest, measure: str, form: str) -> HttpResponse:
    """One series and year of every council with its range, or the invented figures, as a file."""
    chosen = asking.measure_of(measure)
    if asking.whose(request) == asking.INVENTED:
        store = workspace.store()
        year = asking.one_of(request, "year", own.years(store, chosen))
        frame = export.invented_rows(
            chosen, own.table(store, chosen, year, need=_by_need(request, chosen))
        )
        return export.answer(frame, form, chosen.name, str(year), invented=True)
    one = asking.series_of(request, chosen)
    year = asking.year_of(request, one)
    return export.answer(export.across_rows(one, year), form, one.name, str(year))


@require_safe
@requires(Permission.READ_PUBLISHED)
def one_council(request: HttpRequest, code: str) -> HttpResponse:
    """One council as published: every mirrored series beside neighbours, region and England."""
    about = asking.council_of(code)
    years = standing.years()
    year = asking.one_of(request, "year", years) if request.GET.get("year") else None
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
            "baseline": asking.baselines(request).get(about.code),
            "in_workspace": workspace.synthetic() and about.code in workspace.council_codes(),
        },
    )


@require_safe
@requires(Permission.READ_PUBLISHED)
def council_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every mirrored series of one council and those beside it, all years, as a file."""
    about = asking.council_of(code)
    return export.answer(export.council_rows(about.code), form, about.code)


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
            "keep": asking.keep(request.GET),
            "keeps": keeping.kept_by(request),
            "first": next(iter(sorted(asking.own(request))), ""),
            "asked": asking.query(**asking.keep(request.GET)),
        },
    )


@require_safe
@requires(Permission.READ_PUBLISHED)
def group(request: HttpRequest) -> HttpResponse:
    """A measure or a topic over the group in the address."""
    if set(request.GET) & {"pick", "region", "alike"} or len(request.GET.getlist("codes")) > 1:
        return asking.to_short(request)
    picked = groups.asked(request.GET)
    if picked is None or not picked.members:
        query = asking.query(**asking.keep(request.GET))
        return redirect(f"{reverse('england_choose')}?{query}")
    mine = asking.own(request)
    picked = groups.with_first(picked, mine)
    given = {
        "group": picked,
        "mine": mine,
        "n_mine": sum(member.code in mine for member in picked.members),
        "kept": keeping.kept_as(request, picked),
        "asked": asking.query(**asking.keep(request.GET)),
        "topics": catalogue.topics(),
        "synthetic_codes": [
            one.code for one in picked.members if one.code in workspace.council_codes()
        ]
        if workspace.synthetic()
        else [],
    }
    if request.GET.get("measure"):
        chosen = asking.measure_of(request.GET["measure"])
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
    year = asking.one_of(request, "year", years) if request.GET.get("year") else None
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
    one = asking.series_of(request, chosen)
    year = asking.year_of(request, one)
    codes = {member.code for member in picked.members}
    table = across.table(one, year)
    sort = request.GET.get("sort", "name")
    if sort not in across.SORTS:
        raise Http404
    rows = across.ordered(across.narrowed(table.rows, "", codes), sort)
    rows = across.with_first(rows, rows, asking.own(request))
    found = None
    if workspace.synthetic():
        found = own.of_group(workspace.store(), chosen, codes, year)
    return {
        "measure": chosen,
        "one": one,
        "counterparts": catalogue.counterparts(one.name),
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
def group_file(request: HttpRequest, form: str) -> HttpResponse:
    """The published figures of a group as a file: of one measure or of a topic, all years."""
    picked = groups.asked(request.GET)
    if picked is None or not picked.members:
        raise Http404
    if request.GET.get("measure"):
        found: tuple[Series, ...] = catalogue.of_measure(
            asking.measure_of(request.GET["measure"]).name
        )
        name = request.GET["measure"]
    else:
        keys = {topic.key: topic for topic in catalogue.topics()}
        if request.GET.get("topic", "") not in keys:
            raise Http404
        found = keys[request.GET["topic"]].series
        name = request.GET["topic"]
    codes = [one.code for one in picked.members]
    return export.answer(export.area_rows(found, codes), form, name, "group")
