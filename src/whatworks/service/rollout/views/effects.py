"""What a practice did: its effect as it was kept, drawn and in words, with what to beware of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks import measures
from whatworks.returns.report import to_csv
from whatworks.rollout.natural_experiment.effect import Effect
from whatworks.rollout.natural_experiment.imputing import BEFORE, FULL, STARTING, states
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.models import Organisation
from whatworks.service.common.permissions import Permission
from whatworks.service.rollout import figures, queries, reading, wording
from whatworks.service.rollout.views.common import practice_or_404

STATES = {BEFORE: "before", STARTING: "starting", FULL: "full"}


@dataclass(frozen=True)
class CouncilYears:
    """A council's figures, a cell for each year: (figure, one of ``STATES``, '' if it never did).

    The states are those of the analysis, where a figure may be of children of earlier years.
    """

    council: str
    since: str
    left_out: bool
    cells: tuple[tuple[figures.Figure, str], ...]


@require_safe
@requires(Permission.READ_EVIDENCE)
def effect(request: HttpRequest, slug: str) -> HttpResponse:
    """Each measure's effect: outcomes first, then what must not get worse."""
    practice = practice_or_404(slug)
    found = queries.effects(slug)
    shared = _shared(found)
    parts = [_part(one, shared, safety=one.measure not in practice.outcomes) for one in found]
    return render(
        request,
        "rollout/effect.html",
        {
            "practice": practice,
            "outcomes": [one for one in parts if not one["safety"]],
            "safety": [one for one in parts if one["safety"]],
            "grave": list(dict.fromkeys(w.text for one in found for w in one.warnings if w.grave)),
            "mild": shared,
            "kept_at": queries.kept_at(slug),
            "adopted": len(queries.adoptions(slug)),
            "shown": workspace.synthetic(),
        },
    )


@require_safe
@requires(Permission.READ_EVIDENCE)
def effect_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The estimates, by year since adoption, and where children are invented each council-year."""
    del request
    practice_or_404(slug)
    rows = [row for one in queries.effects(slug) for row in _csv_rows(one)]
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    answer = HttpResponse(to_csv(frame), content_type="text/csv; charset=utf-8")
    made_up = "-invented-children" if workspace.synthetic() else ""
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-effect{made_up}.csv"'
    return answer


COLUMNS = {
    "children": pl.String,
    "measure": pl.String,
    "what": pl.String,
    "council": pl.String,
    "year": pl.Int64,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "note": pl.String,
}


def _part(one: Effect, shared: list[str], *, safety: bool) -> dict[str, Any]:
    return {
        "effect": one,
        "safety": safety,
        "title": wording.title(one.measure),
        "natural": wording.natural(one),
        "change": wording.change(one),
        "brief": wording.change(one) if not safety else wording.safety(one),
        "chance": wording.chance(one),
        "conclusion": wording.conclusion(one),
        "safety_words": wording.safety(one),
        "since": [
            (wording.since(s), wording.more_or_fewer(s.multiplier), s)
            for s in (*([one.starting] if one.starting else []), *one.since)
        ],
        "mind": [w.text for w in one.warnings if not w.grave and w.text not in shared],
        "council_years": council_years(one) if workspace.synthetic() else [],
        "years": one.years,
        "lag": one.lag,
        "anchor": one.measure.replace("_", "-"),
        "known": one.measure in measures.names(),
    }


def _shared(found: tuple[Effect, ...]) -> list[str]:
    """Mild warnings that more than one of the effects carries: said once, of them all."""
    texts = [text for one in found for text in {w.text: w for w in one.warnings if not w.grave}]
    return [text for text in dict.fromkeys(texts) if texts.count(text) > 1]


def council_years(one: Effect) -> list[CouncilYears]:
    """Every council of the workspace by year; those that adopted first, by when."""
    measure = measures.get(one.measure) if one.measure in measures.names() else None
    if measure is None:
        return []
    codes = sorted(workspace.council_codes(), key=lambda c: (one.adopted.get(c, date.max), c))
    called = dict(
        Organisation.objects.filter(council_code__in=codes).values_list("council_code", "name")
    )
    made = []
    for code in codes:
        rows = {row["year"]: row for row in figures.rows_of(code, one.measure)}
        began = one.adopted.get(code)
        told = _states(one, began)
        cells = tuple(
            (
                figures.figure_of(measure, rows[year])
                if year in rows
                else figures.Figure(year, why="No return."),
                state,
            )
            for year, state in zip(one.years, told, strict=True)
        )
        since = reading.month_words(began)
        made.append(CouncilYears(called.get(code, code), since, code in one.left_out, cells))
    return made


def _states(one: Effect, began: date | None) -> list[str]:
    """Where each year stands to the day on which a council began, as the analysis has it."""
    if began is None:
        return [""] * len(one.years)
    years = [year - one.lag for year in one.years]
    return [STATES[int(state)] for state in states(np.array(began.toordinal()), years)]


def _csv_rows(one: Effect) -> Iterator[tuple[Any, ...]]:
    children = "invented" if workspace.synthetic() else "real"
    first = (children, one.measure)
    yield (
        *first,
        "ratio to what was expected without it",
        None,
        None,
        one.multiplier,
        one.low,
        one.high,
        f"two-sided p {one.p:.4g}",
    )
    for what, value in (("observed", one.observed), ("expected without it", one.predicted)):
        yield (*first, f"{what}, of every 1,000", None, None, value, None, None, "")
    for told in (*([one.starting] if one.starting else []), *one.since):
        note = f"{told.council_years} council-years"
        what = f"ratio, {wording.since(told).lower()} since adoption"
        yield (*first, what, None, None, told.multiplier, None, None, note)
    for warning in one.warnings:
        yield (*first, "warning", None, None, None, None, None, warning.text)
    if workspace.synthetic():
        for line in council_years(one):
            for figure, state in line.cells:
                note = f"{state}{', left out' if line.left_out else ''} {figure.why}".strip()
                yield (
                    *first,
                    "council-year",
                    line.council,
                    figure.year,
                    figure.value,
                    figure.low,
                    figure.high,
                    note,
                )
