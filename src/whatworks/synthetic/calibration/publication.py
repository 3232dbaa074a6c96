"""The published figures that a comparison needs, looked up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from whatworks import reference
from whatworks.synthetic.calibration.wanted import WANTED, Wanted

if TYPE_CHECKING:
    from whatworks.synthetic.calibration.whole import Whole

_WHY = {
    "suppressed": "The published figure is suppressed, so that nobody can be recognised.",
    "low": "The published figure is too small to show once rounded.",
    "unreliable": "The published figure is withheld as unreliable.",
    "not_available": "The published figure is not available.",
    "not_applicable": "Published as not applicable.",
    "not_shown": "The published figure is not shown; the source does not say why.",
}
NOT_PUBLISHED = "Not published for that year."
_STEPS = {"whole number": 1.0, "one decimal": 0.1, "two decimals": 0.01, "nearest 5": 5.0}


@dataclass(frozen=True)
class Cell:
    """One published figure, or why there is none; ``n`` children that a percentage is of."""

    value: float | None
    why: str = ""
    rounding: float = 0.0
    n: float | None = None
    note: str | None = None


@cache
def _held() -> Mapping[tuple[str, str, int], tuple[float | None, str, str | None]]:
    """(measure, area, year) -> figure, state and rounding, of the measures wanted."""
    names = {one.published for one in WANTED} | {"looked_after_at_31_march"}
    names |= {name for one in WANTED for name in (one.published_over, one.n) if name}
    found = reference.published().filter(pl.col("measure").is_in(list(names)))
    rows = found.select("measure", "area", "year", "value", "state", "rounding").iter_rows()
    return {(row[0], row[1], row[2]): (row[3], row[4], row[5]) for row in rows}


class Publication:
    """Published figures by measure, area and year; numbers are times the region's scale."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        names = {one.published for one in WANTED} | {"looked_after_at_31_march"}
        names |= {name for one in WANTED for name in (one.published_over, one.n) if name}
        rows = reference.published().select("measure", "area", "year", "value", "state", "rounding")
        self._cells: dict[tuple[str, str, int], tuple[float | None, str, str | None]] = {
            (measure, area, year): (value, state, rounding)
            for measure, area, year, value, state, rounding in rows.iter_rows()
            if measure in names
        }

    def looked_after(self, area: str, year: int) -> float:
        """Children looked after on 31 March; nought where it is not published."""
        return self._number("looked_after_at_31_march", area, year) or 0.0

    def _number(self, measure: str, area: str, year: int) -> float | None:
        return self._cells.get((measure, area, year), (None, "", None))[0]

    def beside(self, wanted: Wanted, area: str, year: int) -> Cell:
        """The published figure of one area and year."""
        held = self._cells.get((wanted.published, area, year))
        if held is None:
            return Cell(None, NOT_PUBLISHED)
        value, state, rounding = held
        if value is None:
            return Cell(None, _WHY.get(state, NOT_PUBLISHED))
        if wanted.published_over is not None:
            under = self._number(wanted.published_over, area, year)
            if not under:
                return Cell(None, NOT_PUBLISHED)
            return Cell(100 * value / under, n=value * self.scale)
        step = _STEPS.get(rounding or "", 0.0)
        if wanted.over and wanted.over != ("population",):
            n = self._number(wanted.n, area, year) if wanted.n else None
            return Cell(value, rounding=step, n=n * self.scale if n else None)
        return Cell(value * self.scale, rounding=step)

    def whole(self, wanted: Wanted, whole: Whole) -> Cell:
        """The published figure beside all councils written of a year.

        England's where they are England, less what former councils that were not written add to
        a number. Otherwise numbers are the sum over the councils with a published one, and
        shares England's.
        """
        england = self.beside(wanted, reference.ENGLAND, whole.year)
        is_number = not wanted.over
        if whole.england and is_number and whole.absent and england.value is not None:
            return self._less(wanted, england.value, whole)
        if whole.england or not is_number:
            return england
        return self._sum(wanted, whole.councils, whole.year)

    def _less(self, wanted: Wanted, total: float, whole: Whole) -> Cell:
        cells = {code: self.beside(wanted, code, whole.year).value for code in whole.absent}
        gone = sum(value or 0.0 for value in cells.values())
        names = ", ".join(reference.council(code).name for code in cells)
        return Cell(
            total - gone, note=f"England less {names}: {total:,.0f} published, {gone:,.0f} theirs."
        )

    def _sum(self, wanted: Wanted, councils: Sequence[str], year: int) -> Cell:
        values = [self.beside(wanted, code, year).value for code in councils]
        if not values or None in values:
            n = sum(value is None for value in values)
            return Cell(None, f"No figure is published of {n} of these councils.")
        return Cell(sum(value for value in values if value is not None))
