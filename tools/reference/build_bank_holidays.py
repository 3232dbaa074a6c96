"""Work out the bank holidays of England and write them as ``bank_holidays.csv``.

    python tools/reference/build_bank_holidays.py OUT [FIRST_YEAR LAST_YEAR]

The lasting rules are those of the Banking and Financial Dealings Act 1971 and of common law (Good
Friday, Christmas Day); days made, moved or added by proclamation are listed by hand. Years after
``PROCLAIMED`` follow the rules alone, so a later proclamation may add to them.
"""

from __future__ import annotations

import csv
import sys
from datetime import date, timedelta
from pathlib import Path

PROCLAIMED = 2028
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
MOVED = {date(2020, 5, 4): (date(2020, 5, 8), "Early May bank holiday (moved for VE Day)")}
LATE_SPRING = {2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
ONE_OFF = {
    date(2011, 4, 29): "Wedding of Prince William and Catherine Middleton",
    date(2012, 6, 5): "Diamond Jubilee of Queen Elizabeth II",
    date(2022, 6, 3): "Platinum Jubilee of Queen Elizabeth II",
    date(2022, 9, 19): "State funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def monday(year: int, month: int, *, last: bool = False) -> date:
    """The first, or last, Monday of a month."""
    if last:
        end = date(year, month + 1, 1) - timedelta(days=1)
        return end - timedelta(days=end.weekday())
    start = date(year, month, 1)
    return start + timedelta(days=-start.weekday() % 7)


def fixed(days: list[tuple[date, str]]) -> list[tuple[date, str, bool]]:
    """Days with a fixed date; one that falls on a weekend passes to the next free weekday."""
    taken = {day for day, _ in days if day.weekday() < SATURDAY}
    found = []
    for day, name in days:
        if day.weekday() < SATURDAY:
            found.append((day, name, False))
            continue
        free = day
        while free.weekday() >= SATURDAY or free in taken:
            free += timedelta(days=1)
        taken.add(free)
        found.append((free, name, True))
    return found


def of_year(year: int) -> list[dict[str, str]]:
    sunday = easter(year)
    early_may = monday(year, 5)
    moved = MOVED.get(early_may, (early_may, "Early May bank holiday"))
    days = [
        *fixed([(date(year, 1, 1), "New Year's Day")]),
        (sunday - timedelta(days=2), "Good Friday", False),
        (sunday + timedelta(days=1), "Easter Monday", False),
        (*moved, False),
        (LATE_SPRING.get(year, monday(year, 5, last=True)), "Spring bank holiday", False),
        (monday(year, 8, last=True), "Summer bank holiday", False),
        *fixed([(date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day")]),
    ]
    kinds = [(day, name, "substitute" if late else "yearly") for day, name, late in days]
    kinds += [(day, name, "once") for day, name in ONE_OFF.items() if day.year == year]
    sure = "seen" if year <= PROCLAIMED else "unconfirmed"
    return [
        {
            "date": day.isoformat(),
            "name": name,
            "kind": kind,
            "source": "bank_holidays",
            "confidence": sure,
        }
        for day, name, kind in sorted(kinds)
    ]


def main(out: Path, first: int, last: int) -> None:
    rows = [row for year in range(first, last + 1) for row in of_year(year)]
    with (out / "bank_holidays.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    years = [int(year) for year in sys.argv[2:4]] or [2010, 2030]
    main(Path(sys.argv[1]), *years)
