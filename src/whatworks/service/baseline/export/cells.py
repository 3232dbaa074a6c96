"""Cells of a workbook: text made inert, and numbers with the form in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whatworks.measures.wording import rounded
from whatworks.returns.report import inert

WHOLE, TENTH, PERCENT = "whole", "tenth", "percent"


@dataclass(frozen=True)
class Number:
    """A number that keeps all its digits, and the form in which a spreadsheet shows it.

    A share stays in percent, 12.5 and not 0.125, so that every kind of file holds the same figure.
    """

    value: float
    form: str

    @property
    def text(self) -> str:
        """The number as it is shown."""
        return rounded(self.value, PLACES[self.form]) + ("%" if self.form == PERCENT else "")


PLACES = {WHOLE: 0, TENTH: 1, PERCENT: 1}
EXCEL = {WHOLE: "#,##0", TENTH: "#,##0.0", PERCENT: '0.0"%"'}
"""Form -> the same as Excel writes it."""

Cell = str | float | int | Number | None


def figure(value: float | None, unit: str, *, counts: bool = False) -> Number | None:
    """A figure in the form of its unit; ``counts``: it is a number of people and of no parts."""
    if value is None:
        return None
    if unit == "percent":
        return Number(value, PERCENT)
    return Number(value, WHOLE if counts else TENTH)


def amount(value: float | None) -> Number | None:
    """A sum, or a published figure: whole where it is, else to a tenth."""
    if value is None:
        return None
    return Number(value, WHOLE if value == int(value) else TENTH)


def safe(rows: Iterable[Iterable[object]]) -> tuple[tuple[Cell, ...], ...]:
    """Text that a spreadsheet would run is made inert; numbers stay numbers."""
    return tuple(tuple(_safe(cell) for cell in row) for row in rows)


def _safe(cell: object) -> Cell:
    if cell is None or isinstance(cell, Number):
        return cell
    kept: Cell = inert(cell)
    return kept
