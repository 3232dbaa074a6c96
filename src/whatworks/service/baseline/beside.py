"""The few published figures that stand beside each measure of a list, all looked up at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import polars as pl

from whatworks import measures, reference
from whatworks.measures.comparing import PUBLISHED
from whatworks.measures.definition import Measure
from whatworks.service.common import writing
from whatworks.service.common.writing import Own

NEIGHBOURS, ENGLAND = "Neighbours’ median", "England"
NUMBERS = ("count", "total")
"""Kinds of measure that follow the size of an area."""


@dataclass(frozen=True)
class Published:
    """One published figure: whose it is, and how it is written; ``value`` None for none."""

    of: str
    text: str
    value: float | None


@dataclass(frozen=True)
class Beside:
    """Neighbours' median, region and England of one series in the year shown.

    ``later`` says that ``year`` is not the year asked for but the latest published before it;
    ``others`` how many more series the measure is set beside on its own page.
    """

    year: int
    later: bool
    unit: str
    figures: tuple[Published, ...]
    others: int

    @property
    def median(self) -> float | None:
        """The median of the neighbours that have a figure."""
        return self.figures[0].value


def beside(council: str, year: int) -> dict[str, Beside]:
    """For each measure that mirrors a published series: what is published around the council."""
    held = _around(council)
    found: dict[str, Beside] = {}
    for name in measures.names():
        series = [m.series for m in measures.get(name).mirrors if m.series is not None]
        years = sorted(at for s in series[:1] for at in held.get(s, {}) if at <= year)
        if years:
            rows = held[series[0]][years[-1]]
            unit = next((row["unit"] for row in rows.values() if row["unit"]), "")
            figures = _figures(council, rows, unit)
            if measures.get(name).kind in NUMBERS:
                figures = figures[:1]  # those of a region or of England are no scale for a council
            found[name] = Beside(years[-1], years[-1] != year, unit, figures, len(series) - 1)
    return found


def compared_words(measure: Measure, own: Own, published: Beside | None) -> str:
    """Above, below or neither, by whether the interval holds the median; never better or worse."""
    if published is None or published.median is None or own.low is None or own.high is None:
        return ""
    if measure.kind in NUMBERS or published.unit != measure.unit:
        return ""
    if own.low > published.median:
        return "Higher than the neighbours’ median"
    if own.high < published.median:
        return "Lower than the neighbours’ median"
    return "Not clearly apart from the neighbours’ median"


def _figures(
    council: str, rows: Mapping[str, dict[str, object]], unit: str
) -> tuple[Published, ...]:
    near = [rows[n]["value"] for n in reference.neighbours(council)["neighbour"] if n in rows]
    values = [value for value in near if isinstance(value, float)]
    made = [_one(NEIGHBOURS, median(values) if values else None, unit)]
    made += [_area(name, rows.get(code), unit) for code, name in _regions(council)]
    return (*made, _area(ENGLAND, rows.get(reference.ENGLAND), unit))


def _area(name: str, row: dict[str, object] | None, unit: str) -> Published:
    value = row["value"] if row is not None else None
    return _one(name, value if isinstance(value, float) else None, unit)


def _one(name: str, value: float | None, unit: str) -> Published:
    if value is None:
        return Published(name, "none", None)
    return Published(name, writing.published(value, unit, PUBLISHED), value)


def _regions(council: str) -> list[tuple[str, str]]:
    """Code and name of the council's region."""
    region = reference.council(council).region
    found = reference.regions(everything=True).filter(pl.col("name") == region)
    return [(code, region) for code in found["code"]]


@lru_cache(maxsize=256)
def _around(council: str) -> dict[str, dict[int, dict[str, dict[str, object]]]]:
    """Series -> year -> area -> its row. Facts that come with the software do not change."""
    wanted = {
        m.series
        for name in measures.names()
        for m in measures.get(name).mirrors
        if m.series is not None
    }
    own = reference.council(council)
    areas = [*reference.neighbours(council)["neighbour"], reference.ENGLAND]
    areas += (
        reference.regions(everything=True).filter(pl.col("name") == own.region)["code"].to_list()
    )
    rows = reference.published().filter(
        pl.col("measure").is_in(sorted(wanted)) & pl.col("area").is_in(areas)
    )
    found: dict[str, dict[int, dict[str, dict[str, object]]]] = {}
    for row in rows.select("measure", "year", "area", "value", "unit").iter_rows(named=True):
        found.setdefault(row["measure"], {}).setdefault(row["year"], {})[row["area"]] = row
    return found
