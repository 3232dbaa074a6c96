"""What follows a measure through time: its control chart, and courses such as a return home's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from whatworks import measures
from whatworks.measures.courses_defined import COURSES, Cause, Course
from whatworks.measures.sourcing import in_memory
from whatworks.measures.wording import rounded
from whatworks.service.baseline.changing import Change
from whatworks.service.baseline.years import reopened, returns_held

if TYPE_CHECKING:
    from whatworks.returns import Store


YEAR = 12
"""The month of a course that is put in words."""
MONTHS = (1, 3, 6, 12, 18, 24, 36, 48, 60)
"""Months of a course that its table shows."""
FEWEST = 2
"""Years with a figure below which there is nothing to chart."""
SAME = (
    "All {years} years have the same figure. So there is no telling what is usual here, and no "
    "limits are shown."
)
UNMARKED = (
    "That compares two years alone. The chart below looks at all years together and does not mark "
    "this one: it lies within what is usual here."
)
MARKED = (
    "That compares two years alone. The chart below looks at all years together and marks this one "
    "as unusual here."
)
NOBODY_LEFT = "Nobody is still followed: something had come first for everybody."
"""Why a curve stops before its last month though every child's course is known."""


@dataclass(frozen=True)
class Chart:
    """The limits of a measure's usual years, by year; ``notes`` as they are to be read.

    ``rows`` is empty where there are no limits to show, and ``notes`` say why.
    """

    rows: Mapping[int, Mapping[str, Any]]
    notes: tuple[str, ...]

    @property
    def signals(self) -> tuple[int, ...]:
        """The years that stand out."""
        return tuple(year for year, row in self.rows.items() if row["signal"])


def chart(rows: pl.DataFrame) -> Chart | None:
    """The control chart of one measure, from its rows of all years; None where there is none."""
    if rows["value"].is_not_null().sum() < FEWEST:
        return None
    known = rows["value"].drop_nulls()
    if known.n_unique() == 1:
        return Chart({}, (SAME.format(years=len(known)),))
    found = measures.control_chart(rows)
    limits = found.frame.filter(pl.col("high_limit").is_not_null())
    if limits.is_empty():
        return Chart({}, tuple(found.notes))
    if (limits["high_limit"] - limits["low_limit"]).max() == 0:
        return Chart({}, (SAME.format(years=len(known)),))
    held = {row["year"]: row for row in found.frame.iter_rows(named=True)}
    return Chart(held, tuple(found.notes))


def against_chart(change: Change, charted: Chart | None, year: int) -> str:
    """Why a clear change and the chart may say different things of a year; empty where they agree.

    The one sets two years side by side; the other sets a year beside what all of them allow.
    """
    if charted is None or year not in charted.rows:
        return ""
    if charted.rows[year]["high_limit"] is None:
        return ""
    marked = bool(charted.rows[year]["signal"])
    if change.clear and not marked:
        return UNMARKED
    return MARKED if marked and not change.clear else ""


@dataclass(frozen=True)
class Row:
    """How many of every 100 one cause had reached by a month; ``text`` empty where none can say."""

    months: int
    text: str
    interval: str
    reason: str
    value: float | None
    low: float | None
    high: float | None
    at_risk: int


@dataclass(frozen=True)
class Curve:
    """One cause of a course: a table of some months, and the points of its drawing."""

    cause: Cause
    followed: int
    rows: tuple[Row, ...]
    sentence: str
    line: str
    band: str


def courses(topic: str) -> tuple[Course, ...]:
    """The courses that are about a topic."""
    return tuple(one for one in COURSES.values() if one.topic == topic)


def curves(store: Store, council: str, name: str, year: int | None) -> tuple[Curve, ...]:
    """Each cause of a course, the one it is about first. Raises MeasureError without returns."""
    return _curves(store.path, council, returns_held(store, council), name, year)


@lru_cache(maxsize=64)
def _curves(
    workspace: Path, council: str, held: tuple[str, ...], name: str, year: int | None
) -> tuple[Curve, ...]:
    """Kept in memory: ``held`` says all that decides it."""
    del held
    this = COURSES[name]
    journeys = in_memory(reopened(workspace), council).of(this.collection)
    frame = measures.course(journeys, name, year)
    cohort = frame["cohort"][-1]  # all years together come last
    found = frame.filter(pl.col("cohort") == cohort).sort("months")
    return tuple(
        _curve(name, cause, list(found.filter(cause=cause.name).iter_rows(named=True)))
        for cause in this.causes
    )


def _curve(name: str, cause: Cause, rows: list[dict[str, Any]]) -> Curve:
    shown = [row for row in rows if row["months"] in MONTHS]
    known = [row for row in rows if row["estimate"] is not None and row["at_risk"]]
    said = measures.course_in_words(name, _told(rows))
    last = max(rows[-1]["months"], 1)
    upper = [_point(row, "band_high", last) for row in known if row["band_high"] is not None]
    lower = [_point(row, "band_low", last) for row in known if row["band_low"] is not None]
    return Curve(
        cause,
        rows[0]["followed"],
        tuple(_row(row) for row in shown),
        said,
        " ".join(_point(row, "estimate", last) for row in known),
        " ".join([*upper, *reversed(lower)]),
    )


def _told(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The month that is put in words: the twelfth, or the last one before it with anybody left."""
    early = [row for row in rows if row["months"] <= YEAR]
    watched = [row for row in early if row["at_risk"]]
    return watched[-1] if watched else early[-1]


def _point(row: Mapping[str, Any], column: str, last: int) -> str:
    return f"{row['months'] / last * 100:.1f},{100 - row[column]:.1f}"


def _row(row: Mapping[str, Any]) -> Row:
    known = row["estimate"] is not None and row["at_risk"] > 0
    has_interval = known and row["low"] is not None
    return Row(
        row["months"],
        f"{rounded(row['estimate'], 1)}%" if known else "",
        f"{rounded(row['low'], 1)}% to {rounded(row['high'], 1)}%"
        if has_interval
        else "none can be given",
        "" if known else row["reason"] or NOBODY_LEFT,
        row["estimate"] if known else None,
        row["low"] if known else None,
        row["high"] if known else None,
        row["at_risk"],
    )
