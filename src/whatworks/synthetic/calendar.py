"""Days as whole numbers, and how they are written.

Inside the simulation a day is its proleptic Gregorian ordinal (``date.toordinal``): adding and
comparing whole numbers is many times quicker than doing so with dates.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

YEAR = 365.25
"""Mean days in a year."""


class _Written(dict[int, str]):
    """Ordinals to text, each worked out once."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, day: int) -> str:
        text = date.fromordinal(day).strftime(self._form)
        self[day] = text
        return text


DMY = _Written("%d/%m/%Y")
"""Ordinal -> dd/mm/yyyy, as SSDA903 has it."""
ISO = _Written("%Y-%m-%d")
"""Ordinal -> yyyy-mm-dd, as the CIN census has it."""


def first_day(year: int) -> int:
    """The ordinal of 1 April with which a collection year begins."""
    return date(year - 1, 4, 1).toordinal()


def last_day(year: int) -> int:
    """The ordinal of 31 March with which a collection year ends."""
    return date(year, 3, 31).toordinal()


def year_of(day: int) -> int:
    """The collection year in which a day falls."""
    on = date.fromordinal(day)
    return on.year + ((on.month, on.day) >= (4, 1))


@lru_cache(maxsize=1 << 17)
def birthday(dob: int, age: int) -> int:
    """The ordinal of a birthday; a child of 29 February has it on 1 March in other years."""
    born = date.fromordinal(dob)
    try:
        return born.replace(year=born.year + age).toordinal()
    except ValueError:
        return date(born.year + age, 3, 1).toordinal()


def age_on(dob: int, day: int) -> int:
    """Completed years of age on a day; negative before birth."""
    born, on = date.fromordinal(dob), date.fromordinal(day)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def weekday(day: int) -> int:
    """0 for Monday to 6 for Sunday."""
    return (day - 1) % 7


def next_weekday(day: int) -> int:
    """This day, or the Monday after if it is a Saturday or a Sunday."""
    return day + (0, 0, 0, 0, 0, 2, 1)[(day - 1) % 7]
