"""The first sheet of a workbook: one line for each measure in the latest year."""

from __future__ import annotations

from collections.abc import Iterable

from whatworks.measures.definition import TOPICS
from whatworks.service.baseline.beside import ENGLAND, NEIGHBOURS, Beside
from whatworks.service.baseline.export.cells import PERCENT, Cell, Number, amount, figure, safe
from whatworks.service.baseline.starting import Line

HEADINGS = (
    ("Topic", 26),
    ("Measure", 46),
    ("Figure", 11),
    ("95% interval from", 11),
    ("95% interval to", 11),
    ("Unit", 20),
    ("Counts behind it", 26),
    ("How it moved", 40),
    (NEIGHBOURS, 13),
    ("Region", 11),
    (ENGLAND, 11),
    ("Published for", 11),
    ("Among the neighbours", 40),
    ("Why there is no figure", 40),
)


def rows(lines: Iterable[Line]) -> tuple[tuple[Cell, ...], ...]:
    """The lines as they stand on the page, their figures as numbers."""
    return safe(_row(line) for line in lines)


def _row(line: Line) -> tuple[Cell, ...]:
    own, unit = line.own, line.measure.unit
    counts = line.measure.kind == "count"
    return (
        TOPICS[line.measure.topic],
        line.measure.title,
        *(figure(value, unit, counts=counts) for value in (own.value, own.low, own.high)),
        unit,
        own.counts,
        line.change.words,
        *_around(line.beside),
        line.compared,
        own.reason,
    )


def _around(around: Beside | None) -> tuple[Cell, ...]:
    """Neighbours' median, region, England and the year they are of; None for what there is not."""
    if around is None:
        return (None, None, None, None)
    held = {one.of: one.value for one in around.figures}
    region = next((value for of, value in held.items() if of not in (NEIGHBOURS, ENGLAND)), None)
    values = (held.get(NEIGHBOURS), region, held.get(ENGLAND))
    return (*(_published(value, around.unit) for value in values), around.year)


def _published(value: float | None, unit: str) -> Number | None:
    if value is not None and unit == "percent":
        return Number(value, PERCENT)
    return amount(value)
