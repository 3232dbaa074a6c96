"""Collection years: the span of days that a return covers."""

from __future__ import annotations

from datetime import date, timedelta

from whatworks.returns.schema import COLLECTIONS

LAST_DAY = {"ssda903": (3, 31), "cin": (3, 31), "csww": (9, 30)}
"""Month and day on which a collection's year ends; the next day, the next year begins."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Collection years that are believed; anything else is a slip of the pen."""


def period_of(collection: str, year: int) -> tuple[date, date]:
    """The first and last day that a collection year covers, both included.

    Collection year 2026 runs from 1 April 2025 to 31 March 2026, for SSDA903 and for the CIN
    census; from 1 October 2025 to 30 September 2026 for the workforce census. Raises ValueError
    for an unknown collection or a year that cannot be one.
    """
    if collection not in COLLECTIONS:
        raise ValueError(
            f"There is no collection called {collection}: choose {' or '.join(COLLECTIONS)}."
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
