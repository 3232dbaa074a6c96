"""Targets as pages show them: what was asked, where it stood, what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from whatworks.measures.definition import Measure
from whatworks.rollout import judging
from whatworks.rollout.judging import Figure, Judged, Reach
from whatworks.service.common.models import Target
from whatworks.service.decisions.figures import CouncilFigures, known_measure

COLOURS = {"not_yet": "grey", "met": "teal", "not_met": "red", "cannot_tell": "yellow"}
"""State -> colour of its tag; the word on the tag says the same."""


@dataclass(frozen=True)
class Shown:
    """One target. ``per`` is the short name of its unit, ``rows`` are lines of ``bar_table``;
    ``reach`` says what could be judged."""

    target: Target
    title: str
    per: str
    asks: str
    judged: Judged
    rows: tuple[dict[str, Any], ...]
    largest: float
    reach: str

    @property
    def colour(self) -> str:
        """The colour of the tag that names the state."""
        return COLOURS[self.judged.state]


def shown(targets: Iterable[Target], figures: CouncilFigures) -> tuple[Shown, ...]:
    """Targets as they stand by the newest returns."""
    return tuple(_one(target, figures) for target in targets)


def caution(targets: Iterable[Shown]) -> str:
    """What to beware of where the outcome is met and safety is not held or not known; else ''."""
    states = {str(one.target.kind): one.judged.state for one in targets}
    if states.get("outcome") != "met" or states.get("safety") == "met":
        return ""
    safety = "not held" if states.get("safety") == "not_met" else "not known"
    return f"Outcome met; safety {safety}. This does not show that the practice did it."


def _one(target: Target, figures: CouncilFigures) -> Shown:
    measure = known_measure(target.measure)
    judged = figures.judged(target)
    rows = _rows(target, judged, measure)
    tops = [row[key] for row in rows for key in ("value", "high") if row[key] is not None]
    return Shown(
        target=target,
        title=measure.title if measure else target.measure,
        per=per_words(measure),
        asks=asks(target, measure),
        judged=judged,
        rows=rows,
        largest=max(tops, default=0.0) * 1.05,
        reach=_reach(target, judged, measure, figures) if judged.state == "not_yet" else "",
    )


def asks(target: Target, measure: Measure | None) -> str:
    """'at most 22 of every 10,000 children, in the return for 2027'."""
    lower = target.direction == "lower"
    if target.kind == "safety":
        side = "not above" if lower else "not below"
    else:
        side = "at most" if lower else "at least"
    words = f" {unit_words(measure)}" if measure else ""
    return f"{side} {written(target.wanted)}{words}, in the return for {target.by_year}"


def unit_words(measure: Measure | None) -> str:
    """'of every 10,000 children'."""
    if measure is None:
        return ""
    per = judging.PER.get(measure.kind)
    return f"of every {per:,} {measure.whole}" if per else measure.unit


def per_words(measure: Measure | None) -> str:
    """'Of every 100', as the head of a column."""
    per = judging.PER.get(measure.kind) if measure else None
    return f"Of every {per:,}" if per else "Value"


def written(value: float) -> str:
    """A value to a tenth, whole numbers without one."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _rows(target: Target, judged: Judged, measure: Measure | None) -> tuple[dict[str, Any], ...]:
    before = Figure(
        target.baseline_year, target.baseline_value, target.baseline_low, target.baseline_high
    )
    asked = {
        "name": f"{'Limit' if target.kind == 'safety' else 'Target'} for {target.by_year}",
        "value": target.wanted,
        "low": None,
        "high": None,
        "text": written(target.wanted),
        "interval": "",
        "note": "no interval: it was chosen",
    }
    rows = [_row(f"Before: {target.baseline_year}", before, measure), asked]
    figure = judged.figure
    if figure is not None and figure.year > target.baseline_year:
        name = f"Result: {figure.year}" if judged.state != "not_yet" else f"So far: {figure.year}"
        rows.append({**_row(name, figure, measure), "ours": True})
    return tuple(rows)


def _row(name: str, figure: Figure, measure: Measure | None) -> dict[str, Any]:
    places = 0 if measure is not None and measure.kind == "count" else 1
    ends = (
        f"{figure.low:,.{places}f} to {figure.high:,.{places}f}"
        if figure.low is not None and figure.high is not None
        else ""
    )
    return {
        "name": name,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "text": "none" if figure.value is None else f"{figure.value:,.{places}f}",
        "interval": ends,
        "note": "none can be given" if figure.value is not None else "no figure",
    }


def _reach(target: Target, judged: Judged, measure: Measure | None, figures: CouncilFigures) -> str:
    """What the figure would have to be for a plain answer, with as many children as last time."""
    newest = figures.newest(measure) if measure else None
    if newest is None or not newest.denominator:
        return ""
    found = judging.reach(
        direction=judged.direction,
        wanted=target.wanted,
        per=newest.per,
        denominator=newest.denominator,
    )
    return "" if found is None else reach_words(found, judged, newest.year)


def reach_words(found: Reach, judged: Judged, year: int) -> str:
    """'It will count as met at 17.2 or less, ... In between nobody can tell.'"""
    good, bad = judging.LABELS[judged.kind]["met"], judging.LABELS[judged.kind]["not_met"]
    less, more = ("less", "more") if judged.direction == "lower" else ("more", "less")
    if found.met is None:
        first = f"no figure could count as “{good.lower()}”"
    else:
        first = f"it will count as “{good.lower()}” at {found.met:.1f} or {less}"
    second = (
        f", and as “{bad.lower()}” at {found.not_met:.1f} or {more}"
        if found.not_met is not None
        else ""
    )
    return (
        f"With as many children as in {year}, {first}{second}. "
        "Anything else could be chance, and the answer will be “cannot tell”."
    )
