"""Numbers that were fitted to published statistics, by collection year: what ships in data/.

``inside_care.csv`` holds factors, made by ``tools/calibrate_placements.py`` so that what comes
out agrees with the Department for Education's statistics of children looked after in England,
2021 to 2025. ``outcomes.csv`` holds national shares of the same statistics, which are drawn with
as they stand. ``council_effects.csv`` says how much oftener than usual a council's children are
moved. All are derived from official statistics under the Open Government Licence v3.0. Years
before the first and after the last given are as the nearest given.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TypeVar

from whatworks.synthetic.calendar import first_day
from whatworks.synthetic.draws import Pick

T = TypeVar("T")
FIRST, LAST = 2021, 2025
YEARS = range(FIRST, LAST + 1)
"""Collection years of which the fitted numbers speak."""

_BEGINNINGS = [first_day(year) for year in YEARS[1:]]


def at_day(day: int) -> int:
    """Which of ``YEARS`` a day is taken to lie in, from 0."""
    return bisect_right(_BEGINNINGS, day)


def at_year(year: int) -> int:
    """Which of ``YEARS`` a collection year is taken for, from 0."""
    return min(max(year, FIRST), LAST) - FIRST


def rows(name: str) -> list[list[str]]:
    """The rows of a data file of this package, without its heading."""
    text = resources.files("whatworks.synthetic").joinpath(f"data/{name}").read_text("utf-8")
    return list(csv.reader(text.splitlines()))[1:]


@cache
def factors() -> dict[tuple[str, str], tuple[float, ...]]:
    """(group, name) -> a factor for each of ``YEARS``; a factor that is absent is 1."""
    return {
        (group, name): tuple(float(value) for value in values)
        for group, name, *values in rows("inside_care.csv")
    }


def factor(group: str, name: str) -> tuple[float, ...]:
    """A factor for each of ``YEARS``."""
    return factors().get((group, name), (1.0,) * len(YEARS))


def by_year(weights: Mapping[T, Sequence[float]]) -> tuple[Pick[T], ...]:
    """A choice for each of ``YEARS``, from weights for each."""
    return tuple(
        Pick(*((value, each[i]) for value, each in weights.items())) for i in range(len(YEARS))
    )


def weighted(weights: Mapping[T, float], group: str = "") -> tuple[Pick[T], ...]:
    """A choice for each of ``YEARS``: the weights times the factors that a group gives them."""
    return by_year(
        {value: [w * f for f in factor(group, str(value))] for value, w in weights.items()}
    )


@cache
def outcome(name: str) -> dict[int, float]:
    """A published share or mean by collection year, 2016 to 2025, gaps taken from the nearest."""
    values = next(values for key, *values in rows("outcomes.csv") if key == name)
    given = {year: float(value) for year, value in enumerate(values, start=2016) if value}
    return {
        year: given[min(given, key=lambda other: (abs(other - year), other))]
        for year in range(1980, 2060)
    }


@cache
def council_effects() -> dict[int, float]:
    """Council code -> how much likelier than usual its children are to be moved."""
    return {int(code): float(moved) for code, moved in rows("council_effects.csv")}
