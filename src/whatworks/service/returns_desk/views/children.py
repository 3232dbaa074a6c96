"""Pages about single children or social workers. Each opening is recorded, with its purpose,
before it is shown."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from whatworks.returns import report as reports
from whatworks.service.common import purpose
from whatworks.service.common.access import requires
from whatworks.service.common.pagination import paginate
from whatworks.service.common.permissions import Permission
from whatworks.service.returns_desk import council_ledger, names
from whatworks.service.returns_desk.forms import FindChildForm
from whatworks.service.returns_desk.opened import Opened, opened
from whatworks.service.returns_desk.views.report import shared, tables_of

Rows = list[dict[str, Any]]


@require_safe
@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def rule_rows(request: HttpRequest, council: str, submission: str, rule: str) -> HttpResponse:
    """The rows that failed a rule, each with what the rule looked at."""
    found = opened(request, submission)
    about = found.rule(rule)
    council_ledger.note(request, "child_level.rule_rows_opened", found.submission, rule=rule)
    paged = paginate(request, found.result.findings.filter(pl.col("rule") == rule))
    rows = _rows(found, paged.items, about["reads"])
    context = {
        **_shared(request, council, found),
        "rule": about,
        "tables": tables_of(found, rule),
        "groups": _by_table(rows),
        "paged": paged,
    }
    return render(request, "returns_desk/rule_rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def children(request: HttpRequest, council: str, submission: str) -> HttpResponse:
    """The children with something to put right, most errors first; and a way to any child."""
    found = opened(request, submission)
    form = FindChildForm(request.POST or None, person=found.person)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["child"].strip()
        if wanted in set(found.children):
            name = names.name_of(found.submission, wanted)
            return redirect(
                "returns_child", council=council, submission=found.submission.id, child=name
            )
        form.add_error("child", f"No {found.person} in this return has that number")
    council_ledger.note(request, "child_level.children_opened", found.submission)
    paged = paginate(request, reports.children(found.result, found.text))
    of_nobody = reports.by_child(found.result, found.text)["child"].null_count()
    named = names.names_of(found.submission, paged.items["child"])
    context = {
        **_shared(request, council, found),
        "form": form,
        "paged": paged,
        "rows": [{**row, "name": named[row["child"]]} for row in paged.items.to_dicts()],
        "n_children": len(found.children),
        "of_nobody": of_nobody,
    }
    status = 422 if form.is_bound else 200
    return render(request, "returns_desk/children.html", context, status=status)


@require_safe
@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def child(request: HttpRequest, council: str, submission: str, child: str) -> HttpResponse:
    """Everything found about one child, and the child's rows as they were sent."""
    found = opened(request, submission)
    number = names.child_of(found.submission, child, found.children)
    if number is None:
        raise Http404
    council_ledger.note(request, "child_level.child_opened", found.submission, name=child)
    findings = reports.by_child(found.result, found.text).filter(pl.col("child") == number)
    context = {
        **_shared(request, council, found),
        "number": number,
        "findings": findings.to_dicts(),
        "tables": _tables_of_child(found, number, findings),
    }
    return render(request, "returns_desk/child.html", context)


@require_safe
@requires(Permission.READ_CHILD_RECORDS, council="council", child_level=True)
def problems(request: HttpRequest, council: str, submission: str) -> HttpResponse:
    """Everything that could not be read, with what stood there."""
    found = opened(request, submission)
    council_ledger.note(request, "child_level.problems_opened", found.submission)
    paged = paginate(request, found.result.problems)
    rows = []
    for problem in paged.items.to_dicts():
        number = found.child_at(problem["table"], problem["row"])
        rows.append({**problem, "child": number, "name": _name(found, number)})
    context = {**_shared(request, council, found), "paged": paged, "rows": rows}
    return render(request, "returns_desk/problems.html", context)


def _shared(request: HttpRequest, council: str, found: Opened) -> dict[str, Any]:
    stated = purpose.stated(request, council)
    return {
        **shared(request, council, found),
        "purpose": stated.label if stated else "",
        "now": timezone.now(),
    }


def _name(found: Opened, number: str | None) -> str:
    return names.name_of(found.submission, number) if number else ""


def _rows(found: Opened, findings: pl.DataFrame, reads: list[str]) -> Rows:
    rows = []
    for finding in findings.to_dicts():
        number = found.child_at(finding["table"], finding["row"])
        looked_at = [read.split(".")[1] for read in reads if read.split(".")[0] == finding["table"]]
        child_column = reports.CHILD_COLUMN[found.submission.collection]
        columns = [column for column in looked_at if column != child_column]
        cells = found.cells_at(finding["table"], finding["row"], columns)
        rows.append({**finding, "child": number, "name": _name(found, number), "cells": cells})
    return rows


def _by_table(rows: Rows) -> list[dict[str, Any]]:
    """Rows under the table they are of, with the columns to show."""
    groups: dict[str | None, Rows] = {}
    for row in rows:
        groups.setdefault(row["table"], []).append(row)
    return [
        {"table": table, "columns": list(of_table[0]["cells"]), "rows": of_table}
        for table, of_table in groups.items()
    ]


def _tables_of_child(found: Opened, number: str, findings: pl.DataFrame) -> list[dict[str, Any]]:
    """The child's rows by table: columns in which any row holds something, and rows with marks."""
    column = reports.CHILD_COLUMN[found.submission.collection]
    unread = _unread_cells(found)
    failed = {(f["table"], f["row"]) for f in findings.to_dicts()}
    tables = []
    for name, frame in found.text.items():
        if column not in frame.columns:
            continue
        own = frame.with_row_index("ROW", offset=1).filter(pl.col(column) == number)
        if own.is_empty():
            continue
        shown = [c for c in frame.columns if c != column and own[c].null_count() < own.height]
        rows = [
            {
                "row": row["ROW"],
                "failed": (name, row["ROW"]) in failed,
                "cells": [(row[c], (name, row["ROW"], c) in unread) for c in shown],
            }
            for row in own.to_dicts()
        ]
        tables.append({"table": name, "columns": shown, "rows": rows})
    return tables


def _unread_cells(found: Opened) -> set[tuple[str, int, str]]:
    return set(found.result.problems.select("table", "row", "column").drop_nulls().iter_rows())
