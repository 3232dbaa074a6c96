"""Figures as they are written on pages: value, interval, counts and reasons, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whatworks import measures
from whatworks.measures.definition import Measure
from whatworks.measures.wording import ONE, behind, rounded

A_FEW = 10
"""Below this many a share is written as a count, as ``measures.in_words`` says it: '3 of 7'."""

WORKERS = "workforce"
"""The topic whose figures are of people at work and not of children."""

UNITS = {
    "children": "children",
    "young people": "young people",
    "conferences": "conferences",
    "requests": "requests",
    "per 10,000 children": "for every 10,000 children",
    "percent": "",
    "full-time equivalents": "full-time equivalents",
    "cases": "cases",
    "working days": "working days",
    "days": "days",
    "miles": "miles",
    "placements": "placements",
    "points": "points",
    "months": "months",
    "times": "times",
}

STATES = {
    "suppressed": "withheld, so that nobody can be recognised",
    "low": "too small to show once rounded",
    "unreliable": "withheld, because too little lies behind it",
    "not_available": "not available",
    "not_applicable": "does not apply to this area in this year",
    "not_shown": "shown as a dash, without a reason",
    "no_figure": "no figure held for this year",
    "not_published": "not published for councils",
}
"""State of a published cell -> why no figure stands there."""


@dataclass(frozen=True)
class Own:
    """One figure counted from a council's own returns, ready to be read.

    ``year_words`` says what the year is, where it is not the year to 31 March. ``text`` is the
    value as written, with ``unit`` after it; both are empty where there is none and ``reason``
    says why. ``value``, ``low`` and ``high`` are for drawing.
    """

    year: int
    text: str
    unit: str
    interval: str
    sentence: str
    counts: str
    reason: str
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    left_out: int
    year_words: str = ""


def own(row: Mapping[str, Any]) -> Own:
    """One row of ``measures.run``'s frame as it is written."""
    measure = measures.get(row["measure"])
    known = row["value"] is not None
    few = measure.kind == "percentage" and known and row["denominator"] < A_FEW
    unit = UNITS.get(measure.unit, measure.unit) if known else ""
    if measure.kind == "count" and row["numerator"] == 1:
        unit = ONE.get(measure.unit, unit)
    return Own(
        year=row["year"],
        text=_value(measure, row, few=few) if known else "",
        unit=measure.whole if few else unit,
        interval=_interval(measure, row) if known else "",
        sentence=measures.in_words(row),
        counts=behind(measure, row),
        reason="" if known else str(row["reason"]),
        value=row["value"],
        low=row["low"],
        high=row["high"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        left_out=row["left_out"] or 0,
        year_words=measure.year_words(row["year"]),
    )


def invented_words(measure: Measure) -> str:
    """Whom a figure of a made-up workspace is counted from."""
    return "invented workers" if measure.topic == WORKERS else "invented children"


def _value(measure: Measure, row: Mapping[str, Any], *, few: bool) -> str:
    if few or measure.kind == "count":
        return behind(measure, row)
    written = rounded(row["value"], 1)
    return f"{written}%" if measure.unit == "percent" else written


def _interval(measure: Measure, row: Mapping[str, Any]) -> str:
    low, high = row["low"], row["high"]
    if low is None:
        return "none can be given"
    if measure.kind == "count":
        return f"{rounded(low)} to {rounded(high)}"
    if measure.unit == "percent":
        return f"{rounded(low, 1)}% to {rounded(high, 1)}%"
    return f"{rounded(low, 1)} to {rounded(high, 1)}"


def published(value: float | None, unit: str | None, state: str) -> str:
    """A published figure to all the digits it was published with, or why there is none."""
    if value is None:
        return STATES.get(state, state)
    return f"{digits(value)}{'%' if unit == 'percent' else ''}"


def digits(value: float) -> str:
    """A figure without digits that it does not have: 81,770 and 61.5."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")
