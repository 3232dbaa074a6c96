"""England's bank holidays and working days, from which statutory clocks are counted."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import polars as pl

from whatworks.reference._data import NotHeld, frame

_SATURDAY = 5
_FRIDAY = 5  # counted from 1 where a frame counts, from 0 where a date does
_ONE_DAY = timedelta(days=1)


def bank_holidays(year: int | None = None) -> pl.DataFrame:
    """Bank holidays of England, 2010 to 2030, or those of one calendar year.

    Returns:
        Columns ``date``, ``name``, ``kind`` (yearly, substitute = moved off a weekend, once =
        proclaimed for one year), ``source``, ``confidence`` (unconfirmed after 2028: the lasting
        rules are known, but not what may yet be proclaimed).
    """
    found = frame("bank_holidays.csv", ("date", pl.Date))
    return found.clone() if year is None else found.filter(pl.col("date").dt.year() == year)


@cache
def _days() -> tuple[frozenset[date], int, int]:
    days = bank_holidays()["date"].to_list()
    return frozenset(days), min(days).year, max(days).year


def is_working_day(day: date) -> bool:
    """Whether a day is neither a Saturday or Sunday nor a bank holiday in England.

    Raises:
        NotHeld: the day lies outside the years of which bank holidays are held.
    """
    holidays, first, last = _days()
    if not first <= day.year <= last:
        raise NotHeld(f"Bank holidays are held for {first} to {last}, not for {day.year}.")
    return day.weekday() < _SATURDAY and day not in holidays


@cache
def numbered_days() -> pl.DataFrame:
    """Every day of the years of which bank holidays are held, and its place among working days.

    Returns:
        Columns ``DAY`` and ``NUMBER``: how many working days there were from the first of those
        years up to and with the day. ``tables.working_days`` counts with it.
    """
    holidays, first, last = _days()
    days = pl.date_range(date(first, 1, 1), date(last, 12, 31), eager=True)
    works = (days.dt.weekday() <= _FRIDAY) & ~days.is_in(sorted(holidays))
    return pl.DataFrame({"DAY": days, "NUMBER": works.cast(pl.Int64).cum_sum()})


def add_working_days(day: date, n: int) -> date:
    """The ``n``-th working day after a day, or before it where ``n`` is negative.

    The day itself is day 0 and never counted, whether or not it is a working day; so one
    working day after a Friday, a Saturday or a Sunday is the same Monday. With ``n`` 0 the day
    is given back as it is.

    Raises:
        NotHeld: counting leaves the years of which bank holidays are held.
    """
    step = _ONE_DAY if n > 0 else -_ONE_DAY
    left = abs(n)
    while left:
        day += step
        if is_working_day(day):
            left -= 1
    return day
