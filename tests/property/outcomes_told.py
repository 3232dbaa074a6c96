"""What returns of children in care tell beside episodes, put together in slow, plain Python.

Lives are {child: [period]} (a period is a list of episodes (start, end, rne, ls, place, rec),
dates, end None while open), returns {year: {table: [row]}}, rows being dictionaries of text cells
as files hold them, None for blank.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

HOLIDAYS = {
    date.fromisoformat(day)
    for day in (
        "2022-12-26",
        "2022-12-27",
        "2023-01-02",
        "2023-04-07",
        "2023-04-10",
        "2023-05-01",
        "2023-05-08",
        "2023-05-29",
        "2023-08-28",
        "2023-12-25",
        "2023-12-26",
        "2024-01-01",
        "2024-03-29",
        "2024-04-01",
        "2024-05-06",
        "2024-05-27",
        "2024-08-26",
        "2024-12-25",
        "2024-12-26",
        "2025-01-01",
        "2025-04-18",
        "2025-04-21",
        "2025-05-05",
        "2025-05-26",
        "2025-08-25",
        "2025-12-25",
        "2025-12-26",
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-05-04",
        "2026-05-25",
        "2026-08-31",
        "2026-12-25",
        "2026-12-28",
        "2027-01-01",
        "2027-03-26",
        "2027-03-29",
        "2027-05-03",
        "2027-05-31",
    )
}


def window(year: int) -> tuple[date, date]:
    return date(year - 1, 4, 1), date(year, 3, 31)


def year_of(day: date) -> int:
    return day.year + (day.month >= 4)


def age(born: date | None, day: date) -> int | None:
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def adult_on(born: date) -> date:
    try:
        return born.replace(year=born.year + 18)
    except ValueError:
        return date(born.year + 18, 3, 1)


def months_on(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return date(number // 12, number % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError


def working_days(start: date, end: date) -> int:
    found, day = 0, start
    while day < end:
        day += timedelta(days=1)
        found += day.weekday() < 5 and day not in HOLIDAYS
    return found


def day(cell: str | None) -> date | None:
    try:
        return None if cell is None else date.fromisoformat(cell)
    except ValueError:
        return None


def rows_of(returns: Any, table: str) -> list[tuple[int, dict[str, Any]]]:
    """Rows with a child number, each once, of all years."""
    found = []
    for year in sorted(returns):
        seen = []
        for row in returns[year].get(table, []):
            if row["CHILD"] is not None and row not in seen:
                seen.append(row)
                found.append((year, row))
    return found


def one_answer(rows: list[dict[str, Any]], column: str) -> Any:
    said = {row[column] for row in rows if row[column] is not None}
    return said.pop() if len(said) == 1 else None


def merged(
    returns: Any,
    table: str,
    columns: tuple[str, ...],
    on: str | None = None,
    end: str | None = None,
) -> dict[tuple[str, Any], dict[str, Any]]:
    """(child, key) -> answers; the key is the year, or the day ``on``, of which the latest year."""
    groups: dict[Any, dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for year, row in rows_of(returns, table):
        cells = {c: day(row[c]) if "DATE" in c or c == "DOB" else row[c] for c in columns}
        key = year if on is None else day(row[on])
        if key is None or (on is not None and key > window(year)[1]):
            continue
        if end is not None and cells[end] is not None and cells[end] < key:
            continue
        groups[row["CHILD"], key][year].append(cells)
    return {
        key: {c: one_answer(years[max(years)], c) for c in columns} for key, years in groups.items()
    }


def spans(
    returns: Any, table: str, start: str, end: str, who: str | None = None
) -> list[tuple[Any, ...]]:
    """(child, who, first day, last day or None, kind of row) as later returns have them."""
    groups: dict[Any, dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for year, row in rows_of(returns, table):
        begun, over = day(row[start]), day(row[end])
        if begun is None or begun > window(year)[1] or (over is not None and over < begun):
            continue
        if who is not None and row[who] is None:
            continue
        groups[row["CHILD"], row.get(who) if who else None, begun][year].append(row)
    found = []
    for (child, worker, begun), years in groups.items():
        for row in years[max(years)]:
            over = day(row[end])
            if row[end] is not None and over is None:
                over = begun
            elif over is None and max(years) < max(returns):
                over = window(max(years))[1]
            found.append((child, worker, begun, over))
    return found


def missing(
    returns: Any,
) -> list[tuple[str, str, date, date | None]]:
    groups: dict[Any, dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for year, row in rows_of(returns, "Missing"):
        begun, over = day(row["MIS_START"]), day(row["MIS_END"])
        if begun is None or begun > window(year)[1] or (over is not None and over < begun):
            continue
        groups[row["CHILD"], begun][year].append(row)
    times: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for (child, begun), years in groups.items():
        for row in years[max(years)]:
            if row["MISSING"] in {"M", "A"}:
                over = day(row["MIS_END"])
                unread = row["MIS_END"] is not None and over is None
                times[child, row["MISSING"]].append((begun, over, unread, max(years)))
    found = []
    for (child, kind), mine in times.items():
        mine.sort(key=lambda t: (t[0], t[1] or date.max, t[2]))
        closed: list[list[Any]] = []
        for i, (begun, over, unread, year) in enumerate(mine):
            end = over
            if unread:
                end = begun
            elif over is None and i + 1 < len(mine) and mine[i + 1][0] <= window(year)[1]:
                end = mine[i + 1][0]
            elif over is None and year < max(returns):
                end = window(year)[1]
            closed.append([begun, end])
        closed.sort(key=lambda t: (t[0], t[1] or date.max))
        runs: list[list[Any]] = []
        for begun, end in closed:
            if runs and (runs[-1][1] is None or begun < runs[-1][1]):
                runs[-1][1] = None if end is None or runs[-1][1] is None else max(end, runs[-1][1])
            else:
                runs.append([begun, end])
        found += [(child, kind, begun, end) for begun, end in runs]
    return found


class Council:
    """What the returns of one council say, put together once."""

    def __init__(self, lives: Any, returns: Any) -> None:
        self.returns, self.years = returns, sorted(returns)
        self.lives = lives
        self.born = {}
        for year in self.years:
            for row in returns[year]["Header"]:
                if day(row["DOB"]) is not None:
                    self.born[row["CHILD"]] = day(row["DOB"])

    def there(self, year: int) -> dict[str, Any]:
        """Child -> the period of care open on 31 March."""
        _, last = window(year)
        return {
            child: period
            for child, periods in self.lives.items()
            for period in periods
            if period[0][0] <= last and (period[-1][1] is None or period[-1][1] > last)
        }

    def seen(self, child: str, period: Any) -> bool:
        return period[0][2] == "S" or self.lives[child][0] is not period
