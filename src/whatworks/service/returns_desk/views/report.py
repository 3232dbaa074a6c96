"""The report of a submission: can the data be trusted? In counts; no child's row is here."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks.returns import report as reports
from whatworks.returns.model import YEAR_UNLIKE_DATES
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission, allowed
from whatworks.service.returns_desk.opened import Opened, opened, sender

Rows = list[dict[str, Any]]


@require_safe
@requires(Permission.READ_RETURNS, council="council")
def report(request: HttpRequest, council: str, submission: str) -> HttpResponse:
    """What was received, what could not be read, and what came of every rule."""
    found = opened(request, submission)
    rules = reports.by_rule(found.result)
    others = found.store.submissions(
        council, found.submission.collection, found.submission.year, current=False
    )
    by_id = {other.id: other for other in others}
    context = {
        **shared(request, council, found),
        "summary": reports.summary(found.result),
        "n_rows": sum(found.submission.n_rows.values()),
        "unreadable": _unreadable(found),
        "notes": _notes(found),
        "warnings": [n.text for n in found.submission.notes if n.code == YEAR_UNLIKE_DATES],
        "errors": _state(rules, "failed", "error"),
        "queries": _state(rules, "failed", "query"),
        "could_not_run": _by_reason(_state(rules, "could_not_run")),
        "passed": _state(rules, "passed"),
        "not_applicable": _state(rules, "not_applicable"),
        "replaces": by_id.get(found.submission.supersedes or ""),
        "replaced_by": by_id.get(found.submission.superseded_by or ""),
        "again_of": by_id.get(found.submission.again_of or ""),
        "may_use_again": allowed(request.user, Permission.LOAD_RETURNS, council),
        "sender": sender,
    }
    return render(request, "returns_desk/report.html", context)


@require_safe
@requires(Permission.READ_RETURNS, council="council")
def rule(request: HttpRequest, council: str, submission: str, rule: str) -> HttpResponse:
    """One rule: what it says, and how many rows of which table failed it."""
    found = opened(request, submission)
    context = {
        **shared(request, council, found),
        "rule": found.rule(rule),
        "tables": tables_of(found, rule),
    }
    return render(request, "returns_desk/rule.html", context)


def shared(request: HttpRequest, council: str, found: Opened) -> dict[str, Any]:
    """What every page of a report is given."""
    return {
        "organisation": request.access.organisation,
        "council": council,
        "found": found,
        "submission": found.submission,
        "may_read_children": allowed(request.user, Permission.READ_CHILD_RECORDS, council),
    }


def tables_of(found: Opened, rule: str) -> Rows:
    """How many findings of a rule each table has: table (None for the whole return), len."""
    findings = found.result.findings.filter(pl.col("rule") == rule)
    return findings.group_by("table", maintain_order=True).len("n").to_dicts()


def _state(rules: pl.DataFrame, state: str, severity: str | None = None) -> Rows:
    chosen = rules.filter(pl.col("state") == state)
    if severity is not None:
        chosen = chosen.filter(pl.col("severity") == severity)
    return chosen.to_dicts()


def _by_reason(rules: Rows) -> Rows:
    """Rules put together by why they could not run, the reasons of most rules first."""
    reasons: dict[str | None, Rows] = {}
    for rule in rules:
        reasons.setdefault(rule["reason"], []).append(rule)
    groups = [{"reason": reason, "rules": of_reason} for reason, of_reason in reasons.items()]
    return sorted(groups, key=lambda group: -len(group["rules"]))


def _unreadable(found: Opened) -> Rows:
    """Problems counted by table, column and kind: never what stood in a cell."""
    problems = found.result.problems
    said = [without_value(*pair) for pair in problems.select("problem", "value").iter_rows()]
    counted = (
        problems.with_columns(problem=pl.Series(said, dtype=pl.String))
        .group_by("table", "column", "problem", maintain_order=True)
        .agg(n=pl.len(), files=pl.col("file").drop_nulls().unique().sort())
    )
    return counted.sort("n", descending=True, maintain_order=True).to_dicts()


def without_value(problem: str, value: str | None) -> str:
    """What a problem says, without the value that many begin with in quotation marks."""
    end = problem.rfind("' ") if problem.startswith("'") else -1
    said = f"It{problem[end + 1 :]}" if end > 0 else problem
    return "It is not what is asked for there." if value and value in said else said


def _notes(found: Opened) -> Rows:
    return [
        {"where": " · ".join(part for part in (n.file, n.table, n.column) if part), "text": n.text}
        for n in found.result.notes
    ]
