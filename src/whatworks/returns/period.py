"""Collection years: the span of days that a return covers."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from whatworks.returns.schema import READABLE

LAST_DAY = {
    "ssda903": (3, 31),
    "cin": (3, 31),
    "csww": (9, 30),
    "annex_a": (3, 31),
    "ssd": (3, 31),
}
"""Month and day on which a collection's year ends; the next day, the next year begins."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Collection years that are believed; anything else is a slip of the pen."""


def period_of(collection: str, year: int) -> tuple[date, date]:
    """The first and last day that a collection year covers, both included.

    Collection year 2026 runs from 1 April 2025 to 31 March 2026, for SSDA903 and for the CIN
    census; from 1 October 2025 to 30 September 2026 for the workforce census. Raises ValueError
    for an unknown collection or a year that cannot be one.
    """
    if collection not in READABLE:
        raise ValueError(
            f"There is no collection called {collection}: choose {' or '.join(READABLE)}."
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{year} is not a collection year: give one as 2026, for 2025 to 2026.")
    end = LAST_DAY[collection]
    return date(year - 1, *end) + timedelta(days=1), date(year, *end)


def year_of(day: date, collection: str = "ssda903") -> int:
    """The collection year in which a day falls: 31 March 2026 is in 2026, 1 April 2026 in 2027.

    For the workforce census, 30 September 2026 is in 2026 and 1 October 2026 in 2027.
    """
    return day.year + ((day.month, day.day) > LAST_DAY[collection])


def end_of_month(month: str) -> date:
    """The last day of a month written as 2025-09. Raises ValueError for anything else."""
    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", month, re.ASCII)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise ValueError(f"{month[:20]!r} is not a month: give it as 2025-09.")
    year, number = int(match[1]), int(match[2])
    return date(year, number, monthrange(year, number)[1])


def month_of(day: date) -> str:
    """The month of a day, written as 2025-09."""
    return f"{day:%Y-%m}"
