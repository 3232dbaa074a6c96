"""Working days between two days, as an expression that means the same on every engine."""

from __future__ import annotations

from datetime import date
from functools import cache

import narwhals as nw

from whatworks.reference import bank_holidays
from whatworks.tables import col, days_between, lit, when

_MONDAY = date(2000, 1, 3)
_WEEK, _WORKED, _SATURDAY = 7, 5, 5


def working_days(start: str, end: str, *, since: date, until: date) -> nw.Expr:
    """Working days after the column ``start`` up to and with the column ``end``.

    Saturdays, Sundays and England's bank holidays are none (``reference.bank_holidays``: 2010 to
    2030). Null where either day is; 0 where they are the same. Bank holidays are taken off from
    ``since`` to ``until`` alone: both days must lie within.
    """
    held = [day for day in _holidays() if since <= day <= until]
    off = [((col(start) < lit(day)) & (lit(day) <= col(end))).cast(nw.Int64) for day in held]
    return _weekdays(end) - _weekdays(start) - nw.sum_horizontal(lit(0), *off)


def _weekdays(day: str) -> nw.Expr:
    """Mondays to Fridays from Monday 3 January 2000 to a day, that day included."""
    days = days_between(_MONDAY, day) + 1
    rest = days % _WEEK
    return days // _WEEK * _WORKED + when(rest < _WORKED).then(rest).otherwise(lit(_WORKED))


@cache
def _holidays() -> tuple[date, ...]:
    return tuple(d for d in bank_holidays()["date"].to_list() if d.weekday() < _SATURDAY)
