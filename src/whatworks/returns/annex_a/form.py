"""What Ofsted's Annex A asks for: its lists, their columns in order, and how codes are worded.

Columns, types and wordings are facts of Ofsted's inspection data request as the councils' shared
cleaning schemas list them; the periods are those that the councils' shared data model quotes from
the request. Ofsted's own workbook was not seen: see ``whatworks.reference.doubts``. Codes newer
than the request are worded as those they replaced: K3 as H5, Z11 as Z1, 5D as 5C.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from whatworks.returns.schema import all_tables

COLLECTION = "annex_a"
PERIOD_UNCONFIRMED = (
    "How far back each Annex A list looks (six months, twelve for adoption) is as councils’ shared "
    "data model quotes it; Ofsted’s own request was not seen."
)
_TYPES = {"date": "date", "integer": "number"}


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
    tables = all_tables(COLLECTION)
    return {
        int(row["number"]): Form(
            int(row["number"]),
            row["about"],
            int(row["months"]),
            tuple(
                Column(column.name, _TYPES.get(column.kind, "text"), column.required)
                for column in tables[row["table"]].columns
            ),
        )
        for row in _read("tables.csv")
    }


@cache
def _sets() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in _read("wordings.csv"):
        found.setdefault(row["set"], {})[row["code"]] = row["text"]
    return found


def texts(of: str) -> dict[str, str]:
    """Code -> how the lists word it, for one set of codes such as ``"placement"``.

    Raises:
        KeyError: there is no such set.
    """
    return _sets()[of]
