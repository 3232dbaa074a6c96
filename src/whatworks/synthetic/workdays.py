"""Working days of England as ordinals, for the clocks of assessments and conferences."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache

from whatworks import reference
from whatworks.synthetic.calendar import weekday

_FIRST, _LAST = date(1990, 1, 1).toordinal(), date(2050, 12, 31).toordinal()


@cache
def _working_days() -> tuple[int, ...]:
    """All working days; bank holidays are known for some of the years only."""
    holidays = {day.toordinal() for day in reference.bank_holidays()["date"]}
    return tuple(
        day for day in range(_FIRST, _LAST + 1) if weekday(day) < 5 and day not in holidays
    )


def add_working_days(day: int, n: int) -> int:
    """The n-th working day after a day; the day itself is not counted."""
    days = _working_days()
    return days[bisect_right(days, day) + n - 1]


def working_day(day: int) -> int:
    """This day, or the next working day."""
    return add_working_days(day - 1, 1)
