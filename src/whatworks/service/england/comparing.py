"""A group of councils side by side: one series in words and lines, or a topic as a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whatworks import reference
from whatworks.service.england import catalogue, standing
from whatworks.service.england.across import Row
from whatworks.service.england.catalogue import Series, Topic, Trend
from whatworks.service.england.groups import Group


@dataclass(frozen=True)
class Summary:
    """The middle and the ends of a group's figures in one series and year, with England's."""

    middle: str
    spread: str
    n: int
    england: str


@dataclass(frozen=True)
class GridLine:
    """One series over the group: a text for each member, then the group's median and England."""

    series: Series
    year: int
    cells: tuple[str, ...]
    middle: str
    england: str


def summary(one: Series, year: int, rows: Sequence[Row]) -> Summary:
    """What the group's figures come to; those without a figure are left out of the median."""
    return _summary(one, year, [row.value for row in rows if row.value is not None])


def _summary(one: Series, year: int, values: Sequence[float]) -> Summary:
    return Summary(
        middle=one.text(standing.middle_of(values), standing.NO_FIGURE),
        spread=f"{one.text(min(values))} to {one.text(max(values))}" if values else "",
        n=len(values),
        england=one.text(
            *standing.held((reference.ENGLAND,)).of(one.name, reference.ENGLAND, year)
        ),
    )


def trends(one: Series, group: Group) -> Mapping[str, Trend | None]:
    """Code of each member -> its figures over the years."""
    codes = tuple(member.code for member in group.members)
    known = standing.held(codes)
    return {code: catalogue.trend(known.values(one.name, code), one) for code in codes}


def grid(group: Group, topic: Topic, year: int | None) -> tuple[GridLine, ...]:
    """Every series of a topic over the group; of ``year`` or each of its own latest year."""
    codes = tuple(member.code for member in group.members)
    known = standing.held(codes)
    found = []
    for one in topic.series:
        at = year if year is not None else one.latest
        cells = [known.of(one.name, code, at) for code in codes]
        told = _summary(one, at, [value for value, _ in cells if value is not None])
        texts = tuple(one.text(*cell) for cell in cells)
        found.append(GridLine(one, at, texts, told.middle, told.england))
    return tuple(found)
