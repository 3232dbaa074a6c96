"""A council's own figures with all that stands beside them, as plain data for pages and exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from whatworks import measures
from whatworks.journeys.linked import LinkedJourneys
from whatworks.measures.breakdowns import BREAKDOWNS, Breakdown
from whatworks.measures.definition import RETURNS, Measure
from whatworks.measures.monthly import MAKERS as MONTHLY
from whatworks.measures.sourcing import PARTS, in_memory
from whatworks.service.baseline import comparing
from whatworks.service.baseline.beside import NUMBERS
from whatworks.service.baseline.years import reopened, returns_held
from whatworks.service.common.writing import Own, own

if TYPE_CHECKING:
    from whatworks.returns import Store


@dataclass(frozen=True)
class TrendRow:
    """One year of a measure, and what was published for it (by series, then area)."""

    year: int
    own: Own
    published: tuple[dict[str, comparing.Area], ...]


@dataclass(frozen=True)
class Figure:
    """One measure of a council in one year, what stands beside it, and its years."""

    measure: Measure
    own: Own
    left_out: str
    compared: comparing.Compared
    trend: tuple[TrendRow, ...]
    largest: float
    largest_beside: tuple[float, ...]

    @property
    def beside_wider(self) -> bool:
        """Whether region and England are drawn on the same scale: not for numbers of people."""
        return self.measure.kind not in NUMBERS


def figure(frame: pl.DataFrame, name: str, council: str, year: int) -> Figure:
    """One measure from ``all_years``' frame, with published figures beside it."""
    measure = measures.get(name)
    mine = frame.filter(pl.col("measure") == name).sort("year", descending=True)
    rows = {row["year"]: own(row) for row in mine.iter_rows(named=True)}
    beside = comparing.compared(name, council, year)
    trend = tuple(
        TrendRow(at, figure_then, tuple(s.by_year.get(at, {}) for s in beside.series))
        for at, figure_then in rows.items()
    )
    tops = [figure_then.high for figure_then in rows.values()]
    return Figure(
        measure=measure,
        own=rows[year],
        left_out=_left_out(measure, rows[year]),
        compared=beside,
        trend=trend,
        largest=_largest(tops),
        largest_beside=tuple(_beside(measure, rows[year], s) for s in beside.series),
    )


def _left_out(measure: Measure, figure_now: Own) -> str:
    if not figure_now.left_out:
        return ""
    told = " ".join(o.text for o in measure.left_out)
    return f"{figure_now.left_out:,} left out. {told}"


def _beside(measure: Measure, figure_now: Own, series: comparing.Series) -> float:
    """The end of the scale: for numbers of people only councils, or the bars would vanish."""
    wide = (
        {comparing.comparing.REGION, comparing.comparing.ENGLAND}
        if measure.kind in NUMBERS
        else set()
    )
    drawn = [area.value for area in (*series.areas, *series.neighbours) if area.of not in wide]
    return _largest([figure_now.high, *drawn])


def _largest(values: Sequence[float | None]) -> float:
    return max((value for value in values if value is not None), default=0.0)


# --- one measure deep ---


@dataclass(frozen=True)
class Group:
    """One group of a breakdown."""

    name: str
    own: Own


@dataclass(frozen=True)
class BrokenDown:
    """A measure by the groups of one breakdown; ``few`` if any group is small enough to warn of."""

    breakdown: Breakdown
    groups: tuple[Group, ...]
    reason: str
    largest: float
    few: bool


@dataclass(frozen=True)
class Counted:
    """How many rows of one submission lie behind a figure. Never whose. ``title`` names it."""

    submission: str
    title: str
    year: int
    received: datetime
    numerator: int
    denominator: int
    left_out: int
    repaired: int


def broken_down(store: Store, council: str, measure: Measure, year: int, by: str) -> BrokenDown:
    """One measure of one year by the groups of ``by``, in their order, noughts included."""
    chosen = BREAKDOWNS[by]
    known = in_memory(store, council).of(measure.collection)
    frame = measures.count(known, measure.name, by=by, year=year)
    rows = list(frame.iter_rows(named=True))
    groups = tuple(Group(row[by], own(row)) for row in rows if row[by] is not None)
    reason = next((row["reason"] for row in rows if row[by] is None), "")
    if not rows:
        reason = f"No {measure.return_words(year)} has been loaded."
    sizes = [g.own.numerator if measure.kind == "count" else g.own.denominator for g in groups]
    return BrokenDown(
        breakdown=chosen,
        groups=groups,
        reason=reason or "",
        largest=_largest([g.own.high for g in groups]),
        few=any(0 < size < SMALL for size in sizes if size is not None),
    )


SMALL = 20
"""Groups of fewer than this many are pointed out: one child more or less moves them a long way."""


def counted(store: Store, council: str, measure: Measure, year: int) -> tuple[Counted, ...]:
    """How many rows of each submission were counted in a figure; none where there is no figure."""
    return _counted(store.path, council, returns_held(store, council), measure.name, year)


@lru_cache(maxsize=256)
def _counted(
    workspace: Path, council: str, held: tuple[str, ...], name: str, year: int
) -> tuple[Counted, ...]:
    """Kept in memory: submissions never change, so ``held`` says all that decides the counts."""
    del held
    store = reopened(workspace)
    try:
        rows = measures.rows(store, name, council=council, year=year)
    except measures.MeasureError:
        return ()
    found = (
        rows.group_by("submission", maintain_order=True)
        .agg(
            pl.col("return_year").first(),
            pl.col("numerator").sum(),
            pl.col("denominator").sum(),
            pl.col("left_out").is_not_null().sum().alias("left_out"),
            pl.col("repair").is_not_null().sum().alias("repaired"),
        )
        .sort("return_year", descending=True)
    )
    parts = PARTS[measures.get(name).collection]
    known = {s.id: s for part in parts for s in store.submissions(council, part)}
    return tuple(
        Counted(
            row["submission"],
            _capital(RETURNS[known[row["submission"]].collection].format(year=row["return_year"])),
            row["return_year"],
            known[row["submission"]].received_at,
            row["numerator"],
            row["denominator"],
            row["left_out"],
            row["repaired"],
        )
        for row in found.iter_rows(named=True)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Repaired:
    """One way in which rows were dealt with before anything was counted, in one year."""

    effect: str
    text: str
    rows: int
    children: int


def repaired(store: Store, council: str, year: int) -> tuple[Repaired, ...]:
    """What was done to the rows of one year's returns on children; only what happened."""
    every = _repaired(store.path, council, returns_held(store, council))
    return tuple(one for at, one in every if at == year)


@lru_cache(maxsize=64)
def _repaired(
    workspace: Path, council: str, held: tuple[str, ...]
) -> tuple[tuple[int, Repaired], ...]:
    del held
    frame = measures.left_out(reopened(workspace), council=council)
    return tuple(
        (row["year"], Repaired(row["effect"], row["text"], row["n_rows"], row["n_children"]))
        for row in frame.iter_rows(named=True)
        if row["n_rows"]
    )


def linking(store: Store, council: str, measure: Measure, year: int) -> tuple[tuple[str, int], ...]:
    """How the children of one year were matched across returns: how, and how many children.

    Empty for a measure that is not of children matched, and where they cannot be matched.
    """
    if measure.collection != "linked":
        return ()
    found = in_memory(store, council).of("linked")
    if not isinstance(found, LinkedJourneys):
        return ()
    rows = found.linking().filter(pl.col("year") == year)
    return tuple(rows.select("text", "n_children").iter_rows())


@dataclass(frozen=True)
class Month:
    """The figure of one month's lists, and the day that they tell of."""

    as_at: date
    own: Own


def months(store: Store, council: str, measure: Measure) -> tuple[Month, ...]:
    """A measure of a monthly input for each month loaded, newest first; none for other measures."""
    if measure.collection not in MONTHLY:
        return ()
    return _months(store.path, council, returns_held(store, council), measure.name)


@lru_cache(maxsize=64)
def _months(workspace: Path, council: str, held: tuple[str, ...], name: str) -> tuple[Month, ...]:
    """Kept in memory: ``held`` says all that decides it."""
    del held
    frame = measures.by_month(reopened(workspace), council, name).sort("as_at", descending=True)
    return tuple(Month(row["as_at"], own(row)) for row in frame.iter_rows(named=True))
