"""Working days of England as ordinals, for the clocks of assessments and conferences."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from whatworks import reference
from whatworks.synthetic.calendar import weekday

Days = npt.NDArray[np.int64]

_FIRST, _LAST = date(1990, 1, 1).toordinal(), date(2050, 12, 31).toordinal()


@cache
def _working_days() -> tuple[int, ...]:
    """All working days; bank holidays are known for some of the years only."""
    holidays = {day.toordinal() for day in reference.bank_holidays()["date"]}
    return tuple(
        day for day in range(_FIRST, _LAST + 1) if weekday(day) < 5 and day not in holidays
    )


@cache
def _many() -> Days:
    return np.array(_working_days(), dtype=np.int64)


def add_working_days(day: int, n: int) -> int:
    """The n-th working day after a day; the day itself is not counted."""
    days = _working_days()
    return days[bisect_right(days, day) + n - 1]


def working_day(day: int) -> int:
    """This day, or the next working day."""
    return add_working_days(day - 1, 1)


def working_days_between(start: int, end: int) -> int:
    """How many working days come after one day, up to and with another."""
    days = _working_days()
    return bisect_right(days, end) - bisect_right(days, start)


def add_many(days: Days, n: Days) -> Days:
    """``add_working_days`` of many days at once."""
    known = _many()
    return np.asarray(known[np.searchsorted(known, days, side="right") + n - 1], dtype=np.int64)


def working_many(days: Days) -> Days:
    """``working_day`` of many days at once."""
    known = _many()
    return np.asarray(known[np.searchsorted(known, days, side="left")], dtype=np.int64)
