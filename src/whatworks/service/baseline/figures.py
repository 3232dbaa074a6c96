"""A council's own figures with all that stands beside them, as plain data for pages and exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from whatworks import measures
from whatworks.measures.breakdowns import BREAKDOWNS, Breakdown
from whatworks.measures.definition import Measure
from whatworks.service.baseline import comparing
from whatworks.service.baseline.writing import Own, own

if TYPE_CHECKING:
    from whatworks.returns import Store

COLLECTION = "ssda903"
"""The return on children looked after, whose years are those of the baseline."""

NEED = "cin"
"""The census of children in need, of the same years."""

WORKFORCE = "csww"
"""The workforce census; its year is named after the 30 September half a year later."""


NUMBERS = ("count", "total")
"""Kinds of measure that follow the size of an area."""


@dataclass(frozen=True)
class Years:
    """The collection years of a council: those loaded, and the gaps between them.

    ``care``, ``workforce`` and ``need`` are the years of each return. A year of the workforce is
    not the same span of days as the others, which is said wherever such a figure is shown.
    """

    care: tuple[int, ...]
    workforce: tuple[int, ...] = ()
    need: tuple[int, ...] = ()

    @property
    def loaded(self) -> tuple[int, ...]:
        """The years for which any return is loaded."""
        return tuple(sorted({*self.care, *self.workforce, *self.need}))

    def of(self, collection: str) -> tuple[int, ...]:
        """The years for which this return is loaded."""
        return {WORKFORCE: self.workforce, NEED: self.need}.get(collection, self.care)

    @property
    def all(self) -> tuple[int, ...]:
        """Every year from the first loaded to the last, gaps included, newest first."""
        return tuple(range(self.loaded[-1], self.loaded[0] - 1, -1)) if self.loaded else ()

    @property
    def gaps(self) -> tuple[int, ...]:
        """The years between for which no return is loaded."""
        return tuple(year for year in self.all if year not in self.loaded)


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


def years(store: Store, council: str) -> Years:
    """The years for which a return of the council is loaded."""
    care, workforce, need = (
        tuple(sorted({s.year for s in store.submissions(council, name)}))
        for name in (COLLECTION, WORKFORCE, NEED)
    )
    return Years(care, workforce, need)


def all_years(store: Store, council: str, found: Years) -> pl.DataFrame:
    """``measures.run``'s frame for every year from first to last; gaps hold their reason."""
    counted = measures.cached(store, council)
    names = {
        name: [m for m in measures.names() if measures.get(m).collection == name]
        for name in (COLLECTION, NEED, WORKFORCE)
    }
    absent = [
        measures.run(store, names[name], council=council, year=year)
        for name in names
        for year in found.all
        if year not in found.of(name)
    ]
    return pl.concat([counted, *absent])


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
    frame = measures.cached(store, council, by=by).filter(
        (pl.col("measure") == measure.name) & (pl.col("year") == year)
    )
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
    current = _current(store, council, measure.collection)
    return _counted(store.path, council, current, measure.name, year)


def _current(store: Store, council: str, collection: str) -> tuple[str, ...]:
    return tuple(s.id for s in store.submissions(council, collection))


@lru_cache(maxsize=256)
def _counted(
    workspace: Path, council: str, current: tuple[str, ...], name: str, year: int
) -> tuple[Counted, ...]:
    """Kept in memory: submissions never change, so ``current`` says all that decides the counts."""
    del current
    store = _open(workspace)
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
    measure = measures.get(name)
    when = {s.id: s.received_at for s in store.submissions(council, measure.collection)}
    return tuple(
        Counted(
            row["submission"],
            _capital(measure.return_words(row["return_year"])),
            row["return_year"],
            when[row["submission"]],
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
    current = (*_current(store, council, COLLECTION), *_current(store, council, NEED))
    every = _repaired(store.path, council, current)
    return tuple(one for at, one in every if at == year)


@lru_cache(maxsize=64)
def _repaired(
    workspace: Path, council: str, current: tuple[str, ...]
) -> tuple[tuple[int, Repaired], ...]:
    del current
    frame = measures.left_out(_open(workspace), council=council)
    return tuple(
        (row["year"], Repaired(row["effect"], row["text"], row["n_rows"], row["n_children"]))
        for row in frame.iter_rows(named=True)
        if row["n_rows"]
    )


def _open(workspace: Path) -> Store:
    from whatworks.returns import Store

    return Store.open(workspace)
