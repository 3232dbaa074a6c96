"""One council's published figures beside its neighbours' median, its region and England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import polars as pl

from whatworks import reference
from whatworks.service.england import catalogue, places
from whatworks.service.england.catalogue import Series, Trend

NO_FIGURE = "no_figure"
Cell = tuple[float | None, str]
"""The value and the state of one published cell."""


@dataclass(frozen=True)
class Line:
    """One series in one year: the council's figure and what stands beside it, as written.

    ``near`` is the median of the neighbours that have a figure, ``n_near`` how many have one and
    ``spread`` the lowest and highest of them. ``value`` is None where there is no figure.
    """

    series: Series
    year: int
    value: float | None
    text: str
    near: str
    n_near: int
    spread: str
    region: str
    england: str
    trend: Trend | None


@dataclass(frozen=True)
class Held:
    """Published cells of some areas: by series, then area, then year."""

    cells: Mapping[str, Mapping[str, Mapping[int, Cell]]]

    def of(self, series: str, area: str, year: int) -> Cell:
        """One cell; the state ``no_figure`` where the area has no row for that year."""
        return self.cells.get(series, {}).get(area, {}).get(year, (None, NO_FIGURE))

    def values(self, series: str, area: str) -> dict[int, float]:
        """The figures of one area by year."""
        years = self.cells.get(series, {}).get(area, {})
        return {year: value for year, (value, _) in years.items() if value is not None}


@lru_cache(maxsize=256)
def held(areas: tuple[str, ...]) -> Held:
    """Every published cell of these areas, in one pass. Facts that come with the software."""
    found = reference.published().filter(pl.col("area").is_in(list(areas)))
    cells: dict[str, dict[str, dict[int, Cell]]] = {}
    columns = ("measure", "area", "year", "value", "state")
    for name, area, year, value, state in found.select(columns).iter_rows():
        cells.setdefault(name, {}).setdefault(area, {})[year] = (value, state)
    return Held(cells)


@dataclass(frozen=True)
class Beside:
    """A council with what its figures stand beside: codes of neighbours and of its region."""

    code: str
    near: tuple[str, ...]
    region: str

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area of which figures are needed."""
        return (self.code, *self.near, self.region, reference.ENGLAND)


def beside(code: str) -> Beside:
    """What stands beside a council, which may be one that is no more."""
    region = places.region_codes()[reference.council(code).region]
    return Beside(code, places.neighbours(code), region)


def lines(code: str, year: int | None) -> dict[str, list[Line]]:
    """Every mirrored series of a council by topic; of ``year``, or each of its own latest year."""
    around = beside(code)
    known = held(around.areas)
    return {
        topic.title: [
            _line(one, around, known, year if year is not None else one.latest)
            for one in topic.series
        ]
        for topic in catalogue.topics()
    }


def middle_of(values: Sequence[float]) -> float | None:
    """The median, to one place as figures are published; None of nothing."""
    return round(median(values), 1) if values else None


def _line(one: Series, around: Beside, known: Held, year: int) -> Line:
    value, state = known.of(one.name, around.code, year)
    alike = [v for v, _ in (known.of(one.name, c, year) for c in around.near) if v is not None]
    middle = middle_of(alike)
    return Line(
        series=one,
        year=year,
        value=value,
        text=one.text(value, state),
        near=one.text(middle, NO_FIGURE),
        n_near=len(alike),
        spread=f"{one.text(min(alike))} to {one.text(max(alike))}" if alike else "",
        region=one.text(*known.of(one.name, around.region, year)),
        england=one.text(*known.of(one.name, reference.ENGLAND, year)),
        trend=catalogue.trend(known.values(one.name, around.code), one),
    )


def years() -> tuple[int, ...]:
    """Every year in which any mirrored series has a figure, newest first."""
    return tuple(sorted({year for one in catalogue.series() for year in one.years}, reverse=True))
