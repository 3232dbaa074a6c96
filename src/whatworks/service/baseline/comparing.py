"""Published figures of the council, its neighbours, region and England, ready to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from whatworks import measures, reference
from whatworks.measures import comparing
from whatworks.service.common import writing


@dataclass(frozen=True)
class Area:
    """One published figure: ``text`` is the figure or, where ``value`` is None, why not."""

    of: str
    name: str
    year: int
    text: str
    value: float | None
    rounding: str
    rank: int | None = None
    closeness: str = ""


@dataclass(frozen=True)
class Source:
    """Where a series was published."""

    title: str
    publisher: str
    licence: str


@dataclass(frozen=True)
class Series:
    """One published series in one year, as a page sets it beside a council's own figure.

    ``year`` is the year asked for, or the latest before it that is published; ``later`` says so.
    ``spread`` is the lowest and highest of the neighbours' figures, ``without`` how many of them
    have none.
    """

    name: str
    title: str
    year: int
    later: bool
    areas: tuple[Area, ...]
    neighbours: tuple[Area, ...]
    spread: str
    without: int
    source: Source | None
    differences: tuple[str, ...]
    by_year: dict[int, dict[str, Area]]


@dataclass(frozen=True)
class Compared:
    """Everything published that a measure can be set beside; ``none`` says why there is nothing."""

    series: tuple[Series, ...]
    none: str
    none_differences: tuple[str, ...] = ()


def compared(name: str, council: str, year: int) -> Compared:
    """Published figures that measure ``name`` mirrors, of ``year`` or the latest year before it."""
    measure = measures.get(name)
    mirrors = [m for m in measure.mirrors if m.series is not None]
    if not mirrors:
        told = measure.mirrors[0] if measure.mirrors else None
        reason = (
            told.title if told else "Nothing is published that this measure could be set beside"
        )
        return Compared((), f"{reason}.", told.differences if told else ())
    frame = _published(name, council)
    made = [
        _series(
            frame.filter(pl.col("series") == m.series), m.series or "", m.title, m.differences, year
        )
        for m in mirrors
    ]
    return Compared(tuple(s for s in made if s is not None), "")


@lru_cache(maxsize=1024)
def _published(name: str, council: str) -> pl.DataFrame:
    """Facts that come with the software: they do not change while it runs."""
    return measures.published(name, council)


def _series(
    frame: pl.DataFrame, name: str, title: str, differences: tuple[str, ...], year: int
) -> Series | None:
    held = frame.filter((pl.col("state") == comparing.PUBLISHED) & (pl.col("year") <= year))["year"]
    if held.is_empty():
        return None
    shown = int(held.max())
    by_year: dict[int, dict[str, Area]] = {}
    near: list[Area] = []
    for row in frame.iter_rows(named=True):
        area = _area(row)
        if row["of"] != comparing.NEIGHBOUR:
            by_year.setdefault(row["year"], {})[row["of"]] = area
        elif row["year"] == shown:
            near.append(area)
    keys = frame.filter(pl.col("source").is_not_null())["source"]
    return Series(
        name=name,
        title=title,
        year=shown,
        later=shown != year,
        areas=tuple(by_year[shown].values()),
        neighbours=tuple(near),
        spread=_spread(near, frame["unit"].drop_nulls()),
        without=sum(area.value is None for area in near),
        source=source(keys[0]) if len(keys) else None,
        differences=differences,
        by_year=by_year,
    )


def _area(row: dict[str, object]) -> Area:
    return Area(
        of=row["of"],
        name=row["name"],
        year=row["year"],
        text=writing.published(row["value"], row["unit"], row["state"]),
        value=row["value"],
        rounding=row["rounding"] or "",
        rank=row["rank"],
        closeness=row["closeness"] or "",
    )


def _spread(near: Iterable[Area], units: pl.Series) -> str:
    values = [area.value for area in near if area.value is not None]
    if not values:
        return ""
    unit = units[0] if len(units) else None
    low, high = (
        writing.published(v, unit, comparing.PUBLISHED) for v in (min(values), max(values))
    )
    return f"{low} to {high}"


def source(key: str) -> Source | None:
    """The source of that key, as people should read it."""
    rows = reference.sources().filter(pl.col("key") == key)
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    return Source(row["title"], row["publisher"], row["licence"] or "")
