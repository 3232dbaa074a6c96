"""One published series of all councils in one year, each with the range that chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from whatworks import measures, reference
from whatworks.service.england import places, standing
from whatworks.service.england.catalogue import Series

HIGHER, LOWER = "higher than expected", "lower than expected"
AS_EXPECTED, TOO_FEW = "as expected", "too few to tell"
BANDS = (HIGHER, AS_EXPECTED, LOWER, TOO_FEW)
MARKS = {HIGHER: "higher", LOWER: "lower", AS_EXPECTED: "expected", TOO_FEW: "few"}
"""Band -> end of the class that draws it. Neither side is coloured as good or bad."""

SORTS = {"name": "Name", "region": "Region", "high": "Highest first", "low": "Lowest first"}


@dataclass(frozen=True)
class Row:
    """One council: ``text`` is its figure or why there is none, ``range_text`` what to expect.

    ``low`` and ``high`` are the limits by which it is judged (99.8%); ``band`` is empty, and
    ``reason`` says why, where there are none.
    """

    code: str
    name: str
    region: str
    value: float | None
    text: str
    denominator: float | None
    low: float | None
    high: float | None
    range_text: str
    band: str
    reason: str

    @property
    def outside(self) -> bool:
        """Whether it lies outside its range and is not marked: among many, some lie there."""
        if self.value is None or self.low is None or self.high is None:
            return False
        return self.band == AS_EXPECTED and not self.low <= self.value <= self.high

    @property
    def mark(self) -> str:
        """The class that draws its band."""
        return MARKS.get(self.band, "none")


@dataclass(frozen=True)
class Table:
    """Every council of one series and year. ``missing`` counts why figures are not there.

    ``overall`` is the figure of all councils together, about which the ranges lie; ``notes`` say
    how they were made, ``no_ranges`` why there are none and ``spread`` how far councils differ by
    more than chance, and what that did to the ranges.
    """

    series: Series
    year: int
    rows: tuple[Row, ...]
    frame: pl.DataFrame
    missing: tuple[tuple[str, int], ...]
    overall: str
    notes: tuple[str, ...]
    no_ranges: str
    spread: str

    @property
    def has_ranges(self) -> bool:
        """Whether an expected range could be given for any council."""
        return not self.no_ranges

    @property
    def bands(self) -> tuple[tuple[str, int], ...]:
        """How many councils are in each band, those with none left out."""
        found = Counter(row.band for row in self.rows if row.band)
        return tuple((band, found[band]) for band in BANDS if found[band])


@lru_cache(maxsize=128)
def frame(measure: str, year: int) -> pl.DataFrame:
    """``measures.across``: facts that come with the software, which do not change while it runs."""
    return measures.across(measure, year)


@lru_cache(maxsize=256)
def table(one: Series, year: int) -> Table:
    """Every council of that year in one series, by name."""
    found = frame(one.measure.name, year).filter(pl.col("series") == one.name)
    notes = next(
        told for told in measures.across_notes(one.measure.name, year) if told.series == one.name
    )
    rows = tuple(
        sorted((_row(one, row) for row in found.iter_rows(named=True)), key=lambda row: row.name)
    )
    why = Counter(row.text for row in rows if row.value is None)
    some = any(row.low is not None for row in rows)
    return Table(
        series=one,
        year=year,
        rows=rows,
        frame=found,
        missing=tuple(why.most_common()),
        overall="" if notes.overall is None else _one_place(one.unit, notes.overall),
        notes=notes.notes if some else (),
        no_ranges="" if some else " ".join(notes.notes),
        spread=notes.widened if some else "",
    )


def _row(one: Series, row: dict[str, Any]) -> Row:
    value, low, high = row["value"], row["low_limit_998"], row["high_limit_998"]
    has = value is not None
    return Row(
        code=row["code"],
        name=row["name"],
        region=row["region"],
        value=value,
        text=one.text(value, row["state"]),
        denominator=row["denominator"],
        low=low if has else None,
        high=high if has else None,
        range_text=range_text(one.unit, low, high) if has else "",
        band=(row["band"] or "") if has else "",
        reason=row["reason"] or "",
    )


def range_text(unit: str, low: float | None, high: float | None) -> str:
    """Limits as written, to one place; empty where there are none."""
    if low is None or high is None:
        return ""
    return f"{_one_place(unit, low)} to {_one_place(unit, high)}"


def _one_place(unit: str, value: float) -> str:
    return f"{value:,.1f}{'%' if unit == 'percent' else ''}"


def narrowed(rows: Sequence[Row], region: str, among: Collection[str] | None = None) -> list[Row]:
    """The rows of a region and, where given, of those codes."""
    return [
        row for row in rows if region in ("", row.region) and (among is None or row.code in among)
    ]


def ordered(rows: Sequence[Row], by: str) -> list[Row]:
    """The rows by name, region or figure; councils without a figure come last."""
    keys: dict[str, Callable[[Row], Any]] = {
        "region": lambda row: (places.regions().index(row.region), row.name),
        "high": lambda row: (row.value is None, -(row.value or 0), row.name),
        "low": lambda row: (row.value is None, row.value or 0, row.name),
    }
    return sorted(rows, key=keys[by]) if by in keys else list(rows)


def with_first(rows: Sequence[Row], everyone: Sequence[Row], codes: Collection[str]) -> list[Row]:
    """The rows of these codes first, whatever is left out otherwise; then the others in order."""
    mine = [row for row in everyone if row.code in codes]
    return [*mine, *(row for row in rows if row.code not in codes)]


@dataclass(frozen=True)
class Wider:
    """A region's or England's figure in the same series and year."""

    name: str
    text: str
    value: float | None


def wider(one: Series, year: int) -> tuple[Wider, ...]:
    """England and the regions, London as one left out."""
    codes = places.region_codes()
    names = ("England", *places.regions())
    known = standing.held(tuple(codes[name] for name in names))
    return tuple(
        Wider(name, one.text(*known.of(one.name, codes[name], year)), value)
        for name in names
        for value, _ in (known.of(one.name, codes[name], year),)
    )


def source_words(one: Series) -> str:
    """Where the series was published, on one line."""
    rows = reference.sources().filter(pl.col("key") == one.source)
    if rows.is_empty():
        return ""
    row = rows.row(0, named=True)
    return f"{row['publisher']}, {row['title']}. {row['licence'] or 'No licence known'}."
