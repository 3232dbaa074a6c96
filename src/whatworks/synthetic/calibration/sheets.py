"""A calibration as tables: one row a figure, one column a year, and words for every cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from whatworks.synthetic.calibration.model import HIT, LEFT_OUT, MISS, Calibration, Figure
from whatworks.synthetic.calibration.wanted import SECTIONS, STEERED

MARKS = {HIT: "within", MISS: "outside", "information": "shown", LEFT_OUT: "not compared"}
"""What people read for the state of a figure."""


@dataclass(frozen=True)
class Row:
    """One figure of one area over the years; a year without it is None."""

    title: str
    unit: str
    figures: tuple[Figure | None, ...]

    @property
    def why_left_out(self) -> str | None:
        """The reason if no year of it could be compared, else None."""
        reasons = {one.why for one in self.figures if one is not None}
        if any(one is not None and one.state != LEFT_OUT for one in self.figures):
            return None
        return " ".join(sorted(why for why in reasons if why))

    @property
    def nothing_to_show(self) -> bool:
        """Whether no year has a produced figure."""
        return all(one is None or one.produced is None for one in self.figures)


@dataclass(frozen=True)
class Sheet:
    """One section of one area: ``years`` head the columns (None: all years together)."""

    section: str
    years: tuple[int | None, ...]
    rows: tuple[Row, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...]
    """(why, titles) of what was not produced in any year."""


def sheets(calibration: Calibration, area: str) -> list[Sheet]:
    """The sections of one area that have figures, in order."""
    found = calibration.of(area)
    made = []
    for section in SECTIONS:
        mine = [one for one in found if one.section == section]
        for pooled in (False, True):
            part = [one for one in mine if (one.year is None) == pooled]
            if part:
                made.append(_sheet(section, part))
    return made


def _sheet(section: str, figures: Sequence[Figure]) -> Sheet:
    years = tuple(sorted({one.year for one in figures}, key=lambda year: year or 0))
    rows: dict[str, dict[int | None, Figure]] = {}
    for one in figures:
        rows.setdefault(one.key, {})[one.year] = one
    made = []
    for by_year in rows.values():
        first = next(iter(by_year.values()))
        made.append(Row(first.title, first.unit, tuple(by_year.get(year) for year in years)))
    without: dict[str, list[str]] = {}
    for row in made:
        if row.nothing_to_show:
            without.setdefault(row.why_left_out or "Nothing was produced.", []).append(row.title)
    return Sheet(
        section,
        years,
        tuple(row for row in made if not row.nothing_to_show),
        tuple((why, tuple(titles)) for why, titles in without.items()),
    )


@dataclass(frozen=True)
class CouncilLine:
    """One council in short: council-years within what is allowed, and mean errors by figure."""

    code: str
    name: str
    judged: int
    within: int
    errors: tuple[float | None, ...]
    """Mean error, with its sign, of looked after, started and ceased."""
    planted: tuple[str, ...]


def council_lines(calibration: Calibration) -> list[CouncilLine]:
    """Every council of the region in short, by name."""
    keys = [wanted.key for wanted in STEERED]
    by_code: dict[str, list[Figure]] = {code: [] for code in calibration.names}
    for one in calibration.figures:
        if one.area in by_code and one.key in keys:
            by_code[one.area].append(one)
    lines = []
    for code, figures in by_code.items():
        judged = [one for one in figures if one.state in (HIT, MISS)]
        lines.append(
            CouncilLine(
                code,
                calibration.name(code),
                len(judged),
                sum(one.state == HIT for one in judged),
                tuple(_mean([one for one in judged if one.key == key]) for key in keys),
                tuple(calibration.planted.get(code, ())),
            )
        )
    return sorted(lines, key=lambda line: line.name)


def _mean(figures: Sequence[Figure]) -> float | None:
    errors = [one.relative for one in figures if one.relative is not None]
    return fmean(errors) if errors else None


def number(value: float | None, unit: str) -> str:
    """A figure as people read it; a dash where there is none."""
    if value is None:
        return "–"
    if unit == "percent":
        return f"{value:.1f}%"
    return f"{value:,.1f}" if unit in ("cases", "per 10,000 children") else f"{value:,.0f}"


def apart(figure: Figure) -> str:
    """How far apart the two are: percentage points for shares, else percent of the published."""
    if figure.difference is None:
        return "–"
    if figure.unit == "percent":
        return f"{figure.difference:+.1f} points"
    return "–" if figure.relative is None else f"{figure.relative:+.1%}"


def may_be(figure: Figure) -> str:
    """How far apart they may be, in the same words."""
    if figure.allowed is None:
        return "–"
    if figure.unit == "percent":
        return f"{figure.allowed:.1f} points"
    return f"{figure.allowed / figure.published:.1%}" if figure.published else "–"


def when(year: int | None) -> str:
    """The heading of a year's column."""
    return "All years" if year is None else str(year)


def how_met(met: bool | None) -> str:
    """What a target came to, in a word or two."""
    return "Not judged" if met is None else "Met" if met else "Missed"
