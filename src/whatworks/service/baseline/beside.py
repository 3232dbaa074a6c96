"""The few published figures that stand beside each measure of a list, all looked up at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import polars as pl

from whatworks import measures, reference
from whatworks.measures.comparing import PUBLISHED
from whatworks.measures.definition import Measure
from whatworks.measures.wording import rounded
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
    ``others`` how many more series the measure is set beside on its own page; ``near`` the
    figures of the neighbours that have one, ``without`` how many have none.
    """

    year: int
    later: bool
    unit: str
    figures: tuple[Published, ...]
    others: int
    near: tuple[float, ...] = ()
    without: int = 0

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
            near = _near(council, rows)
            figures = _figures(council, rows, near, unit)
            if measures.get(name).kind in NUMBERS:
                figures = figures[:1]  # those of a region or of England are no scale for a council
            without = len(reference.neighbours(council)) - len(near)
            found[name] = Beside(
                years[-1], years[-1] != year, unit, figures, len(series) - 1, near, without
            )
    return found


def compared_words(measure: Measure, own: Own, published: Beside | None) -> str:
    """Where the figure lies among the neighbours, and whether its interval holds their median.

    Two things, each said as what it is: the place is of the figure alone, and chance may have put
    it there; the interval says whether it did more than that. Never better or worse.
    """
    if published is None or published.median is None or own.value is None:
        return ""
    if measure.kind in NUMBERS or published.unit != measure.unit:
        return ""
    told = among_words(own.value, published.near, published.without)
    when = f" in {published.year}" if published.later else ""
    held = _held(own, published.median)
    return f"{told}{when}. {held}".strip() if told else held


def among_words(value: float, near: Sequence[float], without: int = 0) -> str:
    """'Higher than 7 of 10 neighbours, lower than 3', at the digits that theirs have."""
    if not near:
        return ""
    shown = " with a figure" if without else ""
    places = max(_places(one) for one in near)
    mine = float(rounded(value, places).replace(",", ""))
    above, below = sum(mine > one for one in near), sum(mine < one for one in near)
    same = len(near) - above - below
    for many, way in ((above, "Higher than"), (below, "Lower than"), (same, "The same as")):
        if many == len(near):
            return f"{way} {_all(many)}{shown}"
    parts = [
        f"{way} {many}"
        for many, way in ((above, "higher than"), (below, "lower than"), (same, "the same as"))
        if many
    ]
    first, rest = parts[0], " and ".join(parts[1:])
    return f"{first[:1].upper()}{first[1:]} of {len(near)} neighbours{shown}, {rest}"


def _places(value: float) -> int:
    """How many digits after the point a published figure has."""
    return len(writing.digits(value).partition(".")[2])


def _all(many: int) -> str:
    return "the 1 neighbour" if many == 1 else f"all {many} neighbours"


def place_words(measure: Measure, own: Own, published: Beside | None) -> str:
    """The same in few words, for a narrow column: 'Higher than 7 of 10; interval holds median'."""
    told = compared_words(measure, own, published)
    if published is None or not told:
        return ""
    place, _, held = told.partition(". ")
    place = place.partition(",")[0].replace(" neighbours", "")
    short = {_ABOVE: "interval above median", _BELOW: "interval below median"}
    return f"{place}; {short.get(held, 'interval holds median')}" if held else place


_ABOVE = "The whole interval lies above their median."
_BELOW = "The whole interval lies below their median."


def _held(own: Own, median_of_them: float) -> str:
    """How the interval lies to the neighbours' median, in a sentence of its own."""
    if own.low is None or own.high is None:
        return ""
    if own.low > median_of_them:
        return _ABOVE
    if own.high < median_of_them:
        return _BELOW
    return "The interval holds their median: not clearly apart."


def _figures(
    council: str, rows: Mapping[str, dict[str, object]], near: Sequence[float], unit: str
) -> tuple[Published, ...]:
    made = [_one(NEIGHBOURS, median(near) if near else None, unit)]
    made += [_area(name, rows.get(code), unit) for code, name in _regions(council)]
    return (*made, _area(ENGLAND, rows.get(reference.ENGLAND), unit))


def _near(council: str, rows: Mapping[str, dict[str, object]]) -> tuple[float, ...]:
    """The neighbours' figures, of those that have one."""
    near = [rows[n]["value"] for n in reference.neighbours(council)["neighbour"] if n in rows]
    return tuple(value for value in near if isinstance(value, float))


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
