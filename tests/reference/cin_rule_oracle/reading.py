"""A return as the rules read it, and what rules are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

Tables = dict[str, list[dict[str, "str | None"]]]
Finding = tuple[str, "str | None", "int | None"]

UNREADABLE = object()


class Record(dict[str, Any]):
    """One record's cells by column; a column that was not sent is blank."""

    def __missing__(self, column: str) -> None:
        return None


WHOLE = Record(TABLE=None, ROW=None)

ETHNICITIES = {
    *("ABAN", "AIND", "AOTH", "APKN", "BAFR", "BCRB", "BOTH", "CHNE", "MOTH", "MWAS", "MWBA"),
    *("MWBC", "NOBT", "OOTH", "REFU", "WBRI", "WIRI", "WIRT", "WOTH", "WROM"),
}
NEEDS = {f"N{i}" for i in range(10)}
SOURCES = {*(f"1{c}" for c in "ABCD"), "2A", "2B", *(f"3{c}" for c in "ABCDEF"), "4"} | {
    *(f"5{c}" for c in "ABCD"),
    "6",
    "7",
    "8",
    "9",
    "10",
}
ABUSE = {"EMO", "MUL", "NEG", "PHY", "SAB"}
YES, NO = {"1", "TRUE"}, {"0", "FALSE"}

Oracle = Callable[["Return"], Iterator[Record]]
ORACLES: dict[str, tuple[tuple[str, ...], bool, Oracle]] = {}


class Return:
    """A return's records by table, and its year; ``start`` and ``end`` are its days."""

    def __init__(self, tables: Tables, year: int, period: tuple[date, date] | None) -> None:
        self.year = year
        self.start, self.end = period or (date(year - 1, 4, 1), date(year, 3, 31))
        self.tables = {
            name: [
                Record({c: _cell(c, v) for c, v in record.items()} | {"TABLE": name, "ROW": row})
                for row, record in enumerate(records, start=1)
            ]
            for name, records in tables.items()
        }
        self.unseen: set[tuple[str, str]] = set()

    def __getitem__(self, table: str) -> list[Record]:
        return [r for r in self.tables.get(table, []) if not self._skipped(r)]

    def _skipped(self, record: Record) -> bool:
        return any(t == record["TABLE"] and record[c] is UNREADABLE for t, c in self.unseen)

    def during(self, day: Any) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def findings(tables: Tables, year: int, period: tuple[date, date] | None = None) -> set[Finding]:
    """What the rules find in a return of that collection year, or of a part of it."""
    sent, found = Return(tables, year, period), set()
    for rule, (reads, validity, oracle) in ORACLES.items():
        sent.unseen = set() if validity else {(r.split(".")[0], r.split(".")[1]) for r in reads}
        found |= {(rule, r["TABLE"], r["ROW"]) for r in oracle(sent)}
    return found


def rule(number: str, reads: str, *, validity: bool = False) -> Callable[[Oracle], Oracle]:
    def register(oracle: Oracle) -> Oracle:
        ORACLES[number] = (tuple(reads.split()), validity, oracle)
        return oracle

    return register


def _cell(column: str, text: str | None) -> Any:
    if text is None or not text.strip():
        return None
    if column.endswith(("Date", "date")) or column in DATES:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return UNREADABLE
        return day if 1800 <= day.year <= 2100 else UNREADABLE
    if column == "NumberOfPreviousCPP":
        return int(text) if text.isdigit() else UNREADABLE
    return text.upper() if column in MARKS else text


DATES = {"DateOfInitialCPC", "InitialCPCtarget"}
MARKS = {"ReferralNFA", "ICPCnotRequired"}


def pairs(left: list[Record], right: list[Record], *keys: str) -> Iterator[tuple[Record, Record]]:
    """A record of each side that have the same keys, none of them blank."""
    by_key = defaultdict(list)
    for b in right:
        by_key[tuple(b[k] for k in keys)].append(b)
    for a in left:
        key = tuple(a[k] for k in keys)
        for b in by_key[key] if None not in key else ():
            yield a, b


def others(records: list[Record], *keys: str) -> Iterator[tuple[Record, Record]]:
    """Two different records with the same keys, both ways round."""
    yield from ((a, b) for a, b in pairs(records, records, *keys) if a is not b)


def begins_within(a: Record, b: Record, start: str, end: str, last: date) -> bool:
    """Whether a begins while b runs: from b's first to b's last day, or to the year's if open."""
    if a[start] is None or b[start] is None:
        return False
    return bool(b[start] <= a[start] <= (b[end] or last))


def before(a: Any, b: Any) -> bool:
    return a is not None and b is not None and a < b


CASE = ("LAchildID", "CINdetailsID")


def numbered(t: Return, record: Record, number: str) -> bool:
    """Whether a record has its number, or no record of the table has."""
    rows = t.tables[record["TABLE"]]
    return record[number] is not None or all(r[number] is None for r in rows)
