"""What views share: the columns every view has, and the year that a day falls in.

A view is made once from what a council's measures are counted from and serves every measure over
it. It has one row a thing (a child, a return home, a referral, a plan) and year: YEAR (the
collection year reported), CHILD, ON (the day of the clock), AGE on that day, SEX, ETHNIC, and the
row that put it there: SUBMISSION, RETURN_YEAR, TABLE, ROW. CHILD stays inside: no measure gives
it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from whatworks.journeys.clock import collection_year

__all__ = ["OF_ALL", "collection_year", "last_days"]

OF_ALL = [
    "YEAR",
    "CHILD",
    "ON",
    "AGE",
    "SEX",
    "ETHNIC",
    "SUBMISSION",
    "RETURN_YEAR",
    "TABLE",
    "ROW",
]
"""The columns that every view of children has."""


def last_days(windows: Mapping[int, tuple[date, date]]) -> dict[int, tuple[date, date]]:
    """The last day of each year, as a window of that day alone."""
    return {year: (last, last) for year, (_, last) in windows.items()}
