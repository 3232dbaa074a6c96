"""The sheets of a workbook, the same whatever program it is for: this year first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from whatworks import __version__, measures
from whatworks.measures.definition import TOPICS, Measure
from whatworks.service.baseline.export import this_year
from whatworks.service.baseline.export.cells import (
    PERCENT,
    Cell,
    Number,
    amount,
    figure,
    safe,
)
from whatworks.service.baseline.export.gathering import Taken
from whatworks.service.baseline.export.rows import USE

HEADINGS = {
    "counted_from": ("Counted from", 20),
    "topic": ("Topic", 28),
    "title": ("Measure", 46),
    "measure": ("Name in files", 30),
    "published_series": ("Published series", 28),
    "year": ("Year", 8),
    "area_kind": ("Kind of area", 20),
    "area": ("Area", 30),
    "breakdown": ("Split by", 16),
    "group": ("Group", 34),
    "numerator": ("Counted", 11),
    "denominator": ("Out of", 11),
    "value": ("Figure", 11),
    "low_95": ("95% interval from", 17),
    "high_95": ("95% interval to", 17),
    "unit": ("Unit", 22),
    "left_out": ("Left out", 9),
    "why_no_value": ("Why there is no figure", 40),
    "rounding": ("Rounding", 26),
    "source": ("Source", 50),
}
"""Column -> its heading and its width in characters."""
OWN = ("counted_from", "topic", "title", "measure", "year", "numerator", "denominator", "value")
OWN += ("low_95", "high_95", "unit", "left_out", "why_no_value", "source")
GROUPS = ("counted_from", "title", "year", "breakdown", "group", *OWN[5:-1])
PUBLISHED = ("counted_from", "title", "published_series", "year", "area_kind", "area", "value")
PUBLISHED += ("unit", "why_no_value", "rounding", "source")
INTERVAL = (
    "The interval says how far the figure could have moved by chance alone. Intervals made in this "
    "way hold the underlying figure in about 95 of every 100 cases."
)
NO_DIRECTION = (
    "Most care rates have no good direction: more or fewer children in care is not better or worse "
    "in itself. The sheet of definitions names a direction where there is one."
)
AMONG = (
    "‘Higher than 7 of 10 neighbours’ is the place of the figure alone, and chance may have put it "
    "there. Neither higher nor lower is better or worse in itself."
)
INVENTED = (
    "All children and workers counted here are invented. The figures only look like a council’s "
    "own. Figures of other areas, and those marked ‘published (real)’, are official "
    "statistics about real children: do not compare the two."
)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, headings with their widths, and rows safe to open in a spreadsheet.

    ``of_words``: its cells are sentences, which wrap. ``lead``: lines above the headings, the
    first of them its title. ``held``: columns that stay in sight.
    """

    name: str
    headings: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    of_words: bool = False
    lead: tuple[str, ...] = ()
    held: int = 0


def sheets(taken: Taken) -> tuple[Sheet, ...]:
    """This year, notes, all years, groups, what is published, and the definitions."""
    made = [_this_year(taken), _notes(taken), _figures("All years", taken.own, OWN)]
    if not taken.groups.is_empty():
        made.append(_figures("By group", taken.groups, GROUPS))
    if not taken.published.is_empty():
        made.append(_figures("Published figures", taken.published, PUBLISHED))
    return (*made, _definitions(taken.measures))


def title(taken: Taken) -> str:
    """What the file is called in its own properties."""
    said = f"Baseline of {taken.area}"
    if len(taken.measures) == 1:
        said = f"{taken.measures[0].title}: {taken.area}"
    return f"{said} (invented children)" if taken.synthetic else said


def _this_year(taken: Taken) -> Sheet:
    lead = [f"{title(taken)}, {taken.years[0]}"]
    if taken.synthetic:
        lead.append(INVENTED)
    lead.append("A line for each measure. What to keep in mind is on the sheet Notes.")
    return Sheet(
        "This year",
        this_year.HEADINGS,
        this_year.rows(taken.lines),
        lead=tuple(str(line) for (line,) in safe((one,) for one in lead)),
        held=2,
    )


def _notes(taken: Taken) -> Sheet:
    lines = [("What this is", title(taken))]
    if taken.synthetic:
        lines.append(("Invented", INVENTED))
    lines += [
        ("Area", f"{taken.area} ({taken.council})"),
        ("Years", ", ".join(str(year) for year in sorted(taken.years))),
        ("A year", "1 April to 31 March, named after the year it ends in, unless a measure says."),
        ("Counted by", f"whatworks {__version__}, from the returns named below."),
        ("Use", USE),
        ("Intervals", INTERVAL),
        ("Shares", "Shares are in percent: 12.5 is shown as 12.5%, and means 12.5 of every 100."),
        ("Digits", "Figures are shown rounded, halves up. Each cell holds all its digits."),
        ("Neighbours", AMONG),
        ("Direction", NO_DIRECTION),
        ("Left out", "Rows that a measure does not judge are counted beside it, never dropped."),
        ("No figure", "Where a figure is missing its row says why. Nothing is filled in."),
        ("Definitions", "The last sheet says what each measure counts, and what is not confirmed."),
    ]
    lines += [
        (f"Return {n}", f"{s.title}, received {s.received:%d %B %Y, %H:%M}")
        for n, s in enumerate(taken.sources, 1)
    ]
    if not taken.sources:
        lines.append(("Returns", "None of the returns that these measures need has been loaded."))
    return Sheet("Notes", (("About", 16), ("", 100)), safe(lines), of_words=True)


def _figures(name: str, frame: pl.DataFrame, columns: tuple[str, ...]) -> Sheet:
    topics = {n: TOPICS[measures.get(n).topic] for n in measures.names()}
    shown = frame.with_columns(
        pl.col("measure").replace_strict(topics, return_dtype=pl.String).alias("topic"),
        pl.col("numerator", "denominator").cast(pl.Float64),
    ).select(columns)
    return Sheet(
        name,
        tuple(HEADINGS[c] for c in columns),
        safe(_shown(row) for row in shown.iter_rows(named=True)),
    )


def _shown(row: Mapping[str, object]) -> tuple[object, ...]:
    """One row, its numbers in the form of their unit; a year stays as it is."""
    unit = str(row["unit"])
    published = "numerator" not in row
    return tuple(_number(name, cell, unit, published=published) for name, cell in row.items())


def _number(name: str, cell: object, unit: str, *, published: bool) -> object:
    if not isinstance(cell, (int, float)) or name == "year":
        return cell
    if name in {"value", "low_95", "high_95"}:
        if unit == "percent":
            return Number(cell, PERCENT)
        return amount(cell) if published else figure(cell, unit, counts=unit in _counted())
    return amount(cell)


@cache
def _counted() -> frozenset[str]:
    """Units of which there are no parts."""
    return frozenset(m.unit for m in map(measures.get, measures.names()) if m.kind == "count")


def _definitions(chosen: Iterable[Measure]) -> Sheet:
    headings = (
        ("Topic", 28),
        ("Measure", 46),
        ("Name in files", 30),
        ("What it says", 60),
        ("Counted", 60),
        ("Out of", 60),
        ("When", 46),
        ("Interval", 34),
        ("Direction", 46),
        ("Read together with", 46),
        ("Keep in mind", 80),
        ("Not confirmed", 60),
    )
    rows = [
        (
            TOPICS[m.topic],
            m.title,
            m.name,
            m.text,
            m.numerator_words,
            m.denominator_words or "Nothing: this is a number, not a share.",
            m.clock,
            f"95%, {m.interval}",
            m.direction_words,
            "; ".join(measures.get(name).title for name in m.pairs_with),
            " ".join(m.caveats),
            " ".join(m.unconfirmed),
        )
        for m in chosen
    ]
    return Sheet("Definitions", headings, safe(rows), of_words=True)
