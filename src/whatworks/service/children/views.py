"""The children behind a figure, and what the returns say of one of them, in order."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from whatworks import measures
from whatworks.measures.breakdowns import BREAKDOWNS, NOT_KNOWN
from whatworks.measures.definition import Measure
from whatworks.returns import Store, Submission, report
from whatworks.service.children import reading, timeline
from whatworks.service.children.timeline import MENDED, life
from whatworks.service.common import purpose, workspace
from whatworks.service.common.access import requires
from whatworks.service.common.pagination import paginate
from whatworks.service.common.permissions import MAY, Permission
from whatworks.service.returns_desk import council_ledger, names
from whatworks.service.returns_desk.forms import FindChildForm

IN_RECORDS = ("legal_status", "placement")
"""What rows can be split by that the words of an episode of care tell."""
UNSAID = (None, "", NOT_KNOWN, "Not so recorded")
PARTS = ("counted", "others", "left_out")
"""Which rows behind a figure: those counted in it, others judged for it, those not judged."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def find(request: HttpRequest, council: str) -> HttpResponse:
    """Find a child by the number in the returns."""
    form = FindChildForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["child"].strip()
        found = _latest_with(council, wanted)
        if found is not None:
            name = names.name_of(found, wanted)
            return redirect("children_journey", council=council, submission=found.id, child=name)
        form.add_error("child", "No return that is loaded tells of a child with that number")
    context = {**_shared(request, council), "form": form}
    return render(request, "children/find.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def behind(request: HttpRequest, council: str, measure: str, year: int) -> HttpResponse:
    """The rows behind one figure, each with its child: counted, not counted, not judged."""
    chosen = _measure(measure)
    store = workspace.store()
    try:
        rows = measures.rows(store, measure, council=council, year=year)
    except measures.MeasureError as reason:
        context = {**_shared(request, council), "measure": chosen, "year": year}
        return render(request, "children/none.html", {**context, "reason": str(reason)})
    parts = _parts(rows)
    part = request.GET.get("show", "counted")
    if part not in parts:
        raise Http404
    known = {one.id: one for one in store.submissions(council)}
    paged = paginate(request, parts[part])
    for one in sorted(set(rows["submission"])):
        council_ledger.note(
            request, "child_level.figure_opened", known[one], measure=measure, year=year
        )
    context = {
        **_shared(request, council),
        "measure": chosen,
        "year": year,
        "part": part,
        "counts": {name: found.height for name, found in parts.items()},
        "paged": paged,
        "rows": _lines(store, known, paged.items, chosen),
    }
    return render(request, "children/behind.html", context)


@require_safe
@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def journey(request: HttpRequest, council: str, submission: str, child: str) -> HttpResponse:
    """Everything that the returns of all years say of one child, in order."""
    found = next((one for one in reading.current(council) if one.id == submission), None)
    if found is None:
        raise Http404
    of = reading.lives(council)
    number = names.child_of(found, child, reading.numbers_in(found))
    if number is None:
        raise Http404
    council_ledger.note(request, "child_level.journey_opened", found, name=child)
    told = life(of, reading.child(of, number, found))
    sources = {one.id: one for one in reading.current(council)}
    context = {**_shared(request, council), "life": told, "sources": sources}
    return render(request, "children/journey.html", context)


def _measure(name: str) -> Measure:
    try:
        return measures.get(name)
    except measures.MeasureError as problem:
        raise Http404 from problem


def _parts(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    counted = pl.col("numerator") & pl.col("left_out").is_null()
    judged = pl.col("left_out").is_null()
    return {
        "counted": rows.filter(counted),
        "others": rows.filter(judged & ~pl.col("numerator") & pl.col("denominator")),
        "left_out": rows.filter(~judged),
    }


def _lines(
    store: Store, known: dict[str, Submission], rows: pl.DataFrame, measure: Measure
) -> list[dict[str, Any]]:
    """Each row with its child's number, the name of the child's page, and why it is there."""
    numbers = _numbers(store, known, rows)
    told = _told(known, rows)
    lines = []
    for row, number in zip(rows.iter_rows(named=True), numbers, strict=True):
        found = known[row["submission"]]
        source = (row["submission"], row["table"], row["row"])
        lines.append(
            {
                **row,
                "source": found,
                "number": number,
                "name": names.name_of(found, number) if number else None,
                "record": told.get(source),
                "why": _why(measure, row),
                "mended": MENDED.get(row["repair"] or "", ""),
                "about": _about(measure, row, told.get(source)),
                "has_journey": found.collection in reading.COLLECTIONS,
            }
        )
    return lines


def _told(
    known: dict[str, Submission], rows: pl.DataFrame
) -> dict[tuple[str, str, int], timeline.Event]:
    """What the rows' own records say in words, where they are of returns that tell journeys."""
    wanted = {
        key
        for key in rows.select("submission", "table", "row").iter_rows()
        if known[key[0]].collection in reading.COLLECTIONS
    }
    if not wanted:
        return {}
    return timeline.records(reading.lives(known[next(iter(wanted))[0]].council), wanted)


def _why(measure: Measure, row: dict[str, Any]) -> str:
    """Why a row is counted in its figure, or why it is not."""
    if row["left_out"]:
        return next(one.text for one in measure.left_out if one.name == row["left_out"])
    if row["numerator"]:
        return f"Counts among: {measure.numerator_words}"
    return f"Looked at, and does not count among: {measure.numerator_words}"


def _about(measure: Measure, row: dict[str, Any], record: timeline.Event | None) -> list[str]:
    """What the figure can be split by, of this row: 'Sex: Female'. What the record's own words
    say already, or nobody recorded, is not said again."""
    return [
        f"{BREAKDOWNS[name].title}: {row[name]}"
        for name in measure.breakdowns
        if row[name] not in UNSAID and not (record is not None and name in IN_RECORDS)
    ]


def _may_open() -> list[str]:
    """The roles that may open pages about single children, as they are called."""
    return [role.label for role, may in MAY.items() if Permission.READ_CHILD_RECORDS in may]


def _numbers(store: Store, known: dict[str, Submission], rows: pl.DataFrame) -> list[str | None]:
    """The number of the child (or worker) that each row is about."""
    tables: dict[tuple[str, str], pl.DataFrame] = {}
    found: list[str | None] = []
    for submission, table, row in rows.select("submission", "table", "row").iter_rows():
        key = (submission, table)
        if key not in tables:
            tables[key] = store.text_tables(known[submission])[table]
        cells = tables[key]
        column = _column(cells.columns, known[submission].collection)
        found.append(cells[column][row - 1] if column else None)
    return found


def _column(columns: list[str], collection: str) -> str | None:
    """The column of a table that holds the number of whom a row is about."""
    named = report.CHILD_COLUMN[collection]
    if named in columns:
        return named
    # Each table of the Standard Safeguarding Dataset has its own name for it.
    return next((one for one in columns if one.endswith("_person_id")), None)


def _latest_with(council: str, number: str) -> Submission | None:
    return next(
        (one for one in reading.current(council) if number in reading.numbers_in(one)), None
    )


def _shared(request: HttpRequest, council: str) -> dict[str, Any]:
    stated = purpose.stated(request, council)
    return {
        "council": council,
        "organisation": request.access.organisation,
        "purpose": stated.label if stated else "",
        "now": timezone.now(),
        "may_open": _may_open(),
    }
