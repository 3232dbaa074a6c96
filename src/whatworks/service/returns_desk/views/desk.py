"""The desk itself: which returns are here, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from whatworks.returns import Submission, period_of
from whatworks.returns.period import end_of_month
from whatworks.returns.schema import MONTHLY
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.permissions import Permission, allowed
from whatworks.service.returns_desk.models import Job
from whatworks.service.returns_desk.opened import ABOUT, COLLECTIONS, Opened, sender, title_of
from whatworks.service.returns_desk.years import month_words, this_year

YEARS_AT_LEAST = 3
RECENT_JOBS = 5


@dataclass(frozen=True)
class Cell:
    """One collection of one year: what is current, if anything."""

    collection: str
    submission: Submission | None = None
    received_by: str = ""
    n_rows: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    could_not_run: int = 0
    over: bool = True
    """Whether the span of days that the return covers has passed."""


@require_safe
@requires(Permission.READ_RETURNS, council="council")
def desk(request: HttpRequest, council: str) -> HttpResponse:
    """What the council has sent: a table of years and collections."""
    store = workspace.store()
    everything = store.submissions(council, current=False)
    current = {(s.collection, s.month or s.year): s for s in everything if s.current}
    yearly = [s for s in everything if s.month is None]
    shown = {name: title for name, title in COLLECTIONS.items() if name not in MONTHLY}
    rows = [
        {
            "year": year,
            "cells": [
                _cell(store, current[name, year], name)
                if (name, year) in current
                else Cell(name, over=period_of(name, year)[1] < timezone.localdate())
                for name in shown
            ],
        }
        for year in _years(yearly)
    ]
    can_send = allowed(request.user, Permission.LOAD_RETURNS, council)
    jobs = Job.objects.filter(organisation=request.access.organisation)[:RECENT_JOBS]
    context: dict[str, Any] = {
        "organisation": request.access.organisation,
        "council": council,
        "anything": bool(everything),
        "rows": rows if yearly else [],
        "collections": shown,
        **_by_month(store, current),
        "about": ABOUT,
        "this_year": this_year(),
        "replaced": [
            {
                "submission": s,
                "received_by": sender(s.received_by),
                "title": title_of(s),
            }
            for s in reversed(everything)
            if not s.current
        ],
        "can_send": can_send,
        "jobs": list(jobs) if can_send else [],
    }
    return render(request, "returns_desk/desk.html", context)


def _by_month(store: Any, current: Mapping[tuple[str, Any], Submission]) -> dict[str, Any]:
    """Every month held of what comes month by month, the latest first."""
    held = {key: one for key, one in current.items() if one.month is not None}
    shown = [name for name in MONTHLY if any(name == collection for collection, _ in held)]
    return {
        "monthly": {name: COLLECTIONS[name] for name in shown},
        "months": [
            {
                "title": month_words(end_of_month(month)),
                "cells": [
                    _cell(store, held[name, month], name) if (name, month) in held else Cell(name)
                    for name in shown
                ],
            }
            for month in sorted({month for _, month in held}, reverse=True)
        ],
    }


def _years(everything: Sequence[Submission]) -> list[int]:
    last = this_year()
    years = {s.year for s in everything} | {last}
    first = min(*years, last - YEARS_AT_LEAST + 1)
    return list(range(max(years), first - 1, -1))


def _cell(store: Any, submission: Submission, collection: str) -> Cell:
    rules = Opened(submission, store).result.rules
    failed = rules.filter(pl.col("state") == "failed")
    return Cell(
        collection,
        submission,
        sender(submission.received_by),
        sum(submission.n_rows.values()),
        {
            severity: failed.filter(pl.col("severity") == severity).height
            for severity in ("error", "query")
        },
        rules.filter(pl.col("state") == "could_not_run").height,
    )
