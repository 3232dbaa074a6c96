"""The published series that our measures mirror, by topic, with England's own figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from whatworks import measures, reference
from whatworks.measures.definition import TOPICS, Measure, Mirror
from whatworks.measures.fair.bases import BASES, POPULATION
from whatworks.service.common import writing

PUBLISHED, COUNCIL = "published", "council"


@dataclass(frozen=True, eq=False)
class Series:
    """One published series and the measure that mirrors it; each is made once.

    ``years`` are those in which any council has a figure, newest first; ``with_figure`` says how
    many councils do in each. ``england`` holds England's figure of each year that has one.
    """

    name: str
    measure: Measure
    mirror: Mirror
    title: str
    unit: str
    clock: str
    source: str
    years: tuple[int, ...]
    with_figure: Mapping[int, int]
    england: Mapping[int, float]

    @property
    def latest(self) -> int:
        """The latest year in which any council has a figure."""
        return self.years[0]

    @property
    def unit_words(self) -> str:
        """The unit as it follows a figure; nothing where the figure carries its sign."""
        return writing.UNITS.get(self.unit, self.unit)

    def text(self, value: float | None, state: str = PUBLISHED) -> str:
        """A figure of the series as written, or why there is none."""
        return writing.published(value, self.unit, state)


@dataclass(frozen=True)
class Trend:
    """England's figures of all years of a series, for a line in small and for its words."""

    first: int
    first_text: str
    last: int
    last_text: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Topic:
    """A topic with its series."""

    key: str
    title: str
    series: tuple[Series, ...]


@cache
def series() -> tuple[Series, ...]:
    """Every mirrored series of every measure, in the order in which measures are shown.

    A series that two measures mirror stands under each. One that no council has a figure of is
    left out.
    """
    told = {row["measure"]: row for row in reference.published_measures().iter_rows(named=True)}
    counts, england = _counts(), _england()
    found = []
    for name in measures.names():
        measure = measures.get(name)
        for mirror in measure.mirrors:
            if mirror.series is None or not counts.get(mirror.series):
                continue
            row, many = told[mirror.series], counts[mirror.series]
            found.append(
                Series(
                    name=mirror.series,
                    measure=measure,
                    mirror=mirror,
                    title=row["title"],
                    unit=row["unit"],
                    clock=row["clock"],
                    source=row["source"],
                    years=tuple(sorted(many, reverse=True)),
                    with_figure=many,
                    england=england.get(mirror.series, {}),
                )
            )
    return tuple(found)


@cache
def of_measure(name: str) -> tuple[Series, ...]:
    """The series that one measure mirrors."""
    return tuple(one for one in series() if one.measure.name == name)


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic that has a published series, in order."""
    made = (
        Topic(key, title, tuple(one for one in series() if one.measure.topic == key))
        for key, title in TOPICS.items()
    )
    return tuple(topic for topic in made if topic.series)


@cache
def without() -> tuple[Measure, ...]:
    """The measures beside which nothing is published for councils."""
    held = {one.measure.name for one in series()}
    return tuple(measures.get(name) for name in measures.names() if name not in held)


@dataclass(frozen=True)
class Counterpart:
    """The same thing told in another way: ``words`` say how."""

    words: str
    series: Series


@cache
def counterparts(name: str) -> tuple[Counterpart, ...]:
    """A number's rate or share, and the number behind a rate or share, where both are published."""
    held = {one.name: one for one in reversed(series())}
    number = BASES[name].numerator if name in BASES else None
    found = [Counterpart("As a number", held[number])] if number in held else []
    for other, basis in BASES.items():
        if basis.numerator == name and other in held:
            how = "As a rate" if basis.denominator == POPULATION else "As a share"
            found.append(Counterpart(how, held[other]))
    return tuple(found)


def trend(values: Mapping[int, float], one: Series) -> Trend | None:
    """A line in small of an area's figures; None with fewer than two years."""
    if len(values) < 2:
        return None
    points = tuple(sorted(values.items()))
    (first, was), (last, now) = points[0], points[-1]
    return Trend(first, one.text(was), last, one.text(now), points)


@cache
def _counts() -> Mapping[str, Mapping[int, int]]:
    """How many councils that exist now have a figure, by series and year; years with none go."""
    today = reference.councils()["code"]
    found = (
        reference.panel()
        .filter((pl.col("state") == PUBLISHED) & pl.col("council").is_in(today.implode()))
        .group_by("measure", "year")
        .len()
    )
    counts: dict[str, dict[int, int]] = {}
    for name, year, many in found.iter_rows():
        counts.setdefault(name, {})[year] = many
    return counts


@cache
def _england() -> Mapping[str, Mapping[int, float]]:
    held = reference.published(area=reference.ENGLAND).filter(pl.col("state") == PUBLISHED)
    figures: dict[str, dict[int, float]] = {}
    for name, year, value in held.select("measure", "year", "value").iter_rows():
        figures.setdefault(name, {})[year] = value
    return figures
