"""What Ofsted's Annex A asks for: its lists, their columns in order, and how codes are written.

Held as data beside this module:

- ``lists.csv``: what each list is about, and the months before the reporting day that it covers;
- ``columns.csv``: every list's columns in order, their types, and which may be blank;
- ``codes.csv``: how a code of SSDA903 or the CIN census (or a name of our own where they have
  none) is written in the lists. Codes newer than the request are written as those they replaced:
  K3 as H5, Z11 as Z1, 5D as 5C.

Columns, types and wordings are facts of Ofsted's inspection data request as the councils' shared
cleaning schemas list them; the periods are those that the councils' shared data model quotes from
the request. Ofsted's own workbook was not seen: see ``whatworks.reference.doubts``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

Cell = str | int | None
"""Text, a number, or an ordinal day in a date column; None for a blank."""
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its type (text, number or date), and whether it may be blank."""

    name: str
    type: str
    mandatory: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One list: its number, the name of its sheet, the months that it covers, its columns."""

    number: int
    about: str
    months: int
    columns: tuple[Column, ...]

    @property
    def sheet(self) -> str:
        """The name of the sheet in the workbook."""
        return f"List {self.number}"


def _read(name: str) -> list[dict[str, str]]:
    text = files(__package__ or __name__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def forms() -> dict[int, Form]:
    """List number -> the list, 1 to 11."""
    columns: dict[str, list[Column]] = {}
    for row in _read("columns.csv"):
        column = Column(row["column"], row["type"], row["mandatory"] == "yes")
        columns.setdefault(row["list"], []).append(column)
    return {
        int(row["list"]): Form(
            int(row["list"]), row["about"], int(row["months"]), tuple(columns[row["list"]])
        )
        for row in _read("lists.csv")
    }


@cache
def _sets() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in _read("codes.csv"):
        found.setdefault(row["set"], {})[row["code"]] = row["text"]
    return found


def texts(of: str) -> dict[str, str]:
    """Code -> how the lists write it, for one set of codes such as ``"placement"``.

    Raises:
        KeyError: there is no such set.
    """
    return _sets()[of]


def yes(answer: bool) -> str:
    """Yes or no as the lists write them."""
    return texts("yes_no")["1" if answer else "0"]


def months_before(day: int, months: int) -> int:
    """The first day of the span of so many months that ends with a day.

    Six months to 31 March begin on 1 October, six to 30 June on 1 January. Where a month is too
    short for the day, the span begins on the first of the next.
    """
    after = date.fromordinal(day + 1)
    year, month = divmod(after.year * 12 + after.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1).toordinal()
    return min(date(year, month + 1, 1).toordinal() + after.day - 1, following)
