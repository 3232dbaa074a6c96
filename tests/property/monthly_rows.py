"""Rows of monthly lists and records as the slow counts of them take them.

Nothing here comes from ``whatworks.measures`` or ``whatworks.journeys``. A table is a list of rows,
a row a dict of column -> date, number, text, None (blank) or ``BAD`` (could not be read).
"""

from __future__ import annotations

import csv
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

BAD = "?"
RETURNS = Path(__file__).resolve().parents[2] / "src" / "whatworks" / "returns"

Rows = list[dict[str, object]]


def columns(collection: str) -> dict[str, list[str]]:
    """Table -> its columns in the order of the form."""
    found: dict[str, list[str]] = {}
    with (RETURNS / collection / "columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["table"], []).append(row["column"])
    return found


FORMS = {name: columns(name) for name in ("annex_a", "ssd")}


def months_back(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def birthday(born: date, years: int) -> date:
    year = born.year + years
    if (born.month, born.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return date(year, born.month, born.day)


def day_of(value: object) -> date | None:
    return value if isinstance(value, date) else None


def words(row: dict[str, object], form: list[str]) -> str:
    return "|".join("" if row.get(c) is None else str(row.get(c)) for c in form)


def tidy(collection: str, table: str, rows: Rows, who: str) -> Rows:
    """Rows about somebody, each once; CHILD and WORDS added."""
    kept: dict[str, dict[str, object]] = {}
    for row in rows:
        if row.get(who) is None:
            continue
        said = words(row, FORMS[collection][table])
        kept.setdefault(said, {**row, "CHILD": row[who], "WORDS": said})
    return list(kept.values())


def one_each(rows: Rows, latest: str) -> dict[str, dict[str, object]]:
    """Child -> the row that began last; of several, the one whose words come last."""
    chosen: dict[str, dict[str, object]] = {}
    for row in rows:
        child = str(row["CHILD"])
        held = chosen.get(child)
        mine = (day_of(row.get(latest)) or date.min, str(row["WORDS"]))
        if held is None or mine > (day_of(held.get(latest)) or date.min, str(held["WORDS"])):
            chosen[child] = row
    return chosen


def open_on(row: dict[str, object], start: str, end: str, as_at: date) -> bool:
    begun, over = row.get(start), row.get(end)
    if isinstance(begun, date) and begun > as_at:
        return False
    if over == BAD:
        return False
    return not (isinstance(over, date) and over <= as_at)


def judged(value: object, as_at: date) -> bool:
    """The date could be read and is not to come."""
    return value != BAD and not (isinstance(value, date) and value > as_at)


def recent(value: object, as_at: date, days: int) -> bool:
    return isinstance(value, date) and as_at - timedelta(days=days) <= value <= as_at


Counted = tuple[int, int, int]


def share(flags: list[bool | None]) -> Counted:
    """True: counted and so; False: counted and not so; None: left out."""
    told = [flag for flag in flags if flag is not None]
    return sum(told), len(told), len(flags) - len(told)
