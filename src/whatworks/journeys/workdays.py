"""Working days between two days, as an expression that means the same on every engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

import narwhals as nw

from whatworks.reference import bank_holidays
from whatworks.tables import col, days_between, lit, when

_MONDAY = date(2000, 1, 3)
_WEEK, _WORKED, _SATURDAY = 7, 5, 5


def working_days(start: str, end: str, *, off: Sequence[date]) -> nw.Expr:
    """Working days after the column ``start`` up to and with the column ``end``.

    Saturdays, Sundays and the days ``off`` are none: give the weekdays off that can lie between
    (``days_off``), and no more, as each is a term of its own. Null where either day is; 0 where
    they are the same.
    """
    return _number(end, off) - _number(start, off)


def days_off(since: date, until: date) -> tuple[date, ...]:
    """England's bank holidays from one day to another that fall on Monday to Friday.

    They are held from 2010 to 2030 (``reference.bank_holidays``).
    """
    return tuple(day for day in _holidays() if since <= day <= until)


def _number(day: str, off: Sequence[date]) -> nw.Expr:
    passed = [(col(day) >= lit(each)).cast(nw.Int64) for each in off]
    return _weekdays(day) - nw.sum_horizontal(lit(0), *passed)


def _weekdays(day: str) -> nw.Expr:
    """Mondays to Fridays from Monday 3 January 2000 to a day, that day included."""
    days = days_between(_MONDAY, day) + 1
    rest = days % _WEEK
    return days // _WEEK * _WORKED + when(rest < _WORKED).then(rest).otherwise(lit(_WORKED))


@cache
def _holidays() -> tuple[date, ...]:
    return tuple(d for d in bank_holidays()["date"].to_list() if d.weekday() < _SATURDAY)
