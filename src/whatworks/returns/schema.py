"""What a return's form looks like: its tables and columns, and the years they hold.

The forms themselves are data: ``columns.csv`` in the folder of each collection, each row with its
source and the confidence placed in it. Nothing about a particular year is written in code.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from types import MappingProxyType
from typing import Literal

Kind = Literal["text", "code", "date", "integer", "decimal", "postcode", "choice"]
KINDS: tuple[Kind, ...] = ("text", "code", "date", "integer", "decimal", "postcode", "choice")

COLLECTIONS = ("ssda903", "cin", "csww")
"""The statutory returns: one a year, with rules that judge them."""

MONTHLY = ("annex_a", "ssd")
"""What is read month by month, as it stood on a day: Annex A lists and the Standard Safeguarding
Dataset. No rules judge them; what cannot be read is told all the same."""

READABLE = (*COLLECTIONS, *MONTHLY)
"""Every collection that can be read, kept and counted."""

CENSUSES = ("cin", "csww")
"""Those that come as one XML file whose header says the year and the council."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``codes`` names the code list in ``whatworks.reference.codes``; ``upper`` says that its codes
    are written in capitals, so that typed cells are too. ``valid_to`` is None while the column is
    still in use. ``derived`` columns are not on the form: they are worked out, or used if given.
    ``path`` is the element's place in the XML form, where that is known.

    A column of kind ``choice`` is written in words that differ from council to council: ``codes``
    names a set in the collection's ``spellings.csv``. ``headings`` is a regular expression for how
    its heading may be worded. ``key`` says that the column tells the table's rows apart, and
    ``refers`` names the 'table.column' that a number in it must be found in.
    """

    name: str
    kind: Kind
    codes: str | None
    required: bool
    meaning: str
    valid_from: int
    valid_to: int | None = None
    derived: bool = False
    upper: bool = False
    path: str | None = None
    source: str = ""
    confidence: str = ""
    headings: str | None = None
    key: bool = False
    refers: str | None = None

    @property
    def years(self) -> tuple[int, int | None]:
        """The first and last collection year that ask for it (None: still in use)."""
        return self.valid_from, self.valid_to

    def holds(self, year: int) -> bool:
        """Whether the form of that collection year has this column."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True)
class Table:
    """One table of a return, with its columns in the order of the form."""

    name: str
    columns: tuple[Column, ...]
    meaning: str
    valid_from: int
    valid_to: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the form."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")

    def __contains__(self, name: object) -> bool:
        return any(column.name == name for column in self.columns)

    def holds(self, year: int) -> bool:
        """Whether the form of that collection year has this table."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


def tables(collection: str, year: int) -> dict[str, Table]:
    """The tables of a collection's form in a collection year, by name, in the order of the form.

    A year before the first that is known is answered with the first known form.
    Raises ValueError for an unknown collection.
    """
    everything = all_tables(collection)
    year = max(year, min(table.valid_from for table in everything.values()))
    return {
        table.name: Table(
            name=table.name,
            columns=tuple(column for column in table.columns if column.holds(year)),
            meaning=table.meaning,
            valid_from=table.valid_from,
            valid_to=table.valid_to,
        )
        for table in everything.values()
        if table.holds(year)
    }


@cache
def all_tables(collection: str) -> Mapping[str, Table]:
    """Every table of a collection with every column it ever had, by name."""
    if collection not in READABLE:
        raise ValueError(
            f"There is no collection called {collection}: choose {' or '.join(READABLE)}."
        )
    package = f"{__package__}.{collection}"
    import_module(package)
    meanings = _rows(package, "tables.csv")
    columns: dict[str, list[Column]] = {row["table"]: [] for row in meanings}
    for row in _rows(package, "columns.csv"):
        columns[row["table"]].append(_column(row))
    return MappingProxyType(
        {
            row["table"]: Table(
                name=row["table"],
                columns=tuple(columns[row["table"]]),
                meaning=row["meaning"],
                valid_from=int(row["valid_from"]),
                valid_to=int(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in meanings
        }
    )


def _rows(package: str, name: str) -> list[dict[str, str]]:
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _column(row: Mapping[str, str]) -> Column:
    kind: Kind = next(kind for kind in KINDS if kind == row["kind"])
    return Column(
        name=row["column"],
        kind=kind,
        codes=row["codes"] or None,
        required=row["required"] == "yes",
        meaning=row["meaning"],
        valid_from=int(row["valid_from"]),
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
        derived=row["derived"] == "yes",
        upper=row["letters"] == "upper",
        path=row["path"] or None,
        source=row["source"],
        confidence=row["confidence"],
        headings=row.get("headings") or None,
        key=row.get("key") == "yes",
        refers=row.get("refers") or None,
    )


def plain(text: str) -> str:
    """Words for comparing: small letters and digits, one space for anything between them."""
    return " ".join(_BETWEEN.sub(" ", text.casefold()).split())


_BETWEEN = re.compile(r"[^a-z0-9+]+")


@cache
def spellings(collection: str) -> Mapping[str, Mapping[str, str]]:
    """Set of codes -> (a spelling, as ``plain`` makes it -> code), for columns of kind choice.

    Where councils use one spelling for two codes, the code listed first in the source stands.
    """
    found: dict[str, dict[str, str]] = {}
    for row in _rows(f"{__package__}.{collection}", "spellings.csv"):
        found.setdefault(row["codes"], {})[row["spelling"]] = row["code"]
    return MappingProxyType({name: MappingProxyType(words) for name, words in found.items()})
