"""Records as the rules read them, and what rules are made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

Finding = tuple[str, str, int]


class Row:
    """One record: its table, its number, its cells."""

    def __init__(self, table: str, number: int, cells: dict[str, str | None]) -> None:
        self.table, self.number, self.cells = table, number, cells

    def __getitem__(self, column: str) -> str | None:
        cell = self.cells.get(column)
        return cell.strip() if cell and cell.strip() else None

    def day(self, column: str) -> date | None:
        match = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", self[column] or "")
        try:
            found = date(int(match[3]), int(match[2]), int(match[1])) if match else None
        except ValueError:
            return None
        return found if found and 1800 <= found.year <= 2100 else None

    def whole(self, column: str) -> int | None:
        text = self[column] or ""
        return int(text) if re.fullmatch(r"[+-]?\d+", text) else None

    def unreadable(self, column: str) -> bool:
        read = self.whole(column) if column == "SDQ_SCORE" else self.day(column)
        return self[column] is not None and read is None

    def clear(self) -> bool:
        """Whether an episode's two days can be read, where they are given."""
        return not (self.unreadable("DECOM") or self.unreadable("DEC"))


class Return:
    """All the records of a year, and what they say of each child."""

    def __init__(self, tables: dict[str, list[dict[str, str | None]]], year: int) -> None:
        self.year, self.first, self.last = year, date(year - 1, 4, 1), date(year, 3, 31)
        self.rows = {t: [Row(t, n, c) for n, c in enumerate(rs, 1)] for t, rs in tables.items()}
        asylum = {row["CHILD"] for row in self.rows["UASC"]} - {None}
        for row in self.rows["Header"]:
            row.cells = {"UASC": str(int(row["CHILD"] in asylum)), **row.cells}
        self.header = self.of_child("Header")
        self.episodes = {
            child: sorted(rows, key=in_time) for child, rows in self.of_child("Episodes").items()
        }

    def of_child(self, table: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows[table]:
            if row["CHILD"]:
                found[row["CHILD"]].append(row)
        return found

    def births(self, row: Row) -> list[date]:
        """Dates of birth in the header of a row's child."""
        return [d for h in self.header.get(row["CHILD"] or "", []) if (d := h.day("DOB"))]

    def pairs(self) -> Iterator[tuple[Row, Row]]:
        """Each episode of a child with the one after it."""
        for rows in self.episodes.values():
            yield from pairwise(rows)


ELSE = "RNE LS CIN PLACE PLACE_PROVIDER REC REASON_PLACE_CHANGE HOME_POST PL_POST URN"


def in_time(row: Row) -> Any:
    """Episodes by start, then end, blanks last; ties by what else they say, then by number."""
    rest = [(row[c] is None, row[c] or "") for c in ELSE.split()]
    return row.day("DECOM") or date.max, row.day("DEC") or date.max, rest, row.number


def birthday(birth: date, age: int) -> date:
    """The day a person reaches an age; born on 29 February: on 1 March in a common year."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)


RULES: dict[str, Callable[[Return], Iterable[Row]]] = {}


def rule(number: str) -> Callable[[Any], Any]:
    """A function from a return to the rows that fail."""

    def keep(function: Any) -> Any:
        RULES[number] = function
        return function

    return keep


def each(number: str, table: str, fails: Callable[[Row, Return], Any], years: range | None = None):
    """A rule that looks at one row at a time."""
    held = years or range(2017, 2100)
    RULES[number] = lambda book: (
        row for row in book.rows[table] if book.year in held and fails(row, book)
    )


def findings(tables: dict[str, list[dict[str, str | None]]], year: int) -> set[Finding]:
    book = Return(tables, year)
    return {(n, row.table, row.number) for n, rows in RULES.items() for row in rows(book)}


def before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def upto(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one <= other


def aged(row: Row, years: int) -> date | None:
    birth = row.day("DOB")
    return birthday(birth, years) if birth else None
