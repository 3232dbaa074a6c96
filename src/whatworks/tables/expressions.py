"""Expressions for definitions: thin over Narwhals, with dates that mean the same on every engine.

Narwhals leaves integer widths to the engine (a month is 8 bits wide on one, so December times
a hundred wraps round), so everything here is cast to 64 bits before any arithmetic.
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import narwhals as nw

Value: TypeAlias = "nw.Expr | str | date"
"""An expression, the name of a column, or one date for every row."""

col = nw.col
lit = nw.lit
when = nw.when

_UNREADABLE = "__unreadable"  # the suffix that typed tables use (returns.model.UNREADABLE_SUFFIX)


def as_expression(value: Value) -> nw.Expr:
    """``value`` as an expression: text names a column, a date stands for itself."""
    if isinstance(value, str):
        return nw.col(value)
    if isinstance(value, date):
        return nw.lit(value, dtype=nw.Date)
    return value


def all_of(*conditions: Value) -> nw.Expr:
    """True where every condition holds, false where any fails; a null is neither."""
    return nw.all_horizontal(*(as_expression(c) for c in conditions), ignore_nulls=False)


def any_of(*conditions: Value) -> nw.Expr:
    """True where any condition holds, false where none can; a null is neither."""
    return nw.any_horizontal(*(as_expression(c) for c in conditions), ignore_nulls=False)


def unreadable(column: str) -> nw.Expr:
    """True where the cell of ``column`` held something that could not be read."""
    return nw.col(column + _UNREADABLE)


def is_blank(column: str, *, readable: bool = True) -> nw.Expr:
    """True where the cell of ``column`` was left empty.

    ``readable=True`` (the default) is for text and code columns and for rules that skip
    unreadable rows anyway; ``readable=False`` looks at the companion column, so that an
    unreadable date is not taken for a blank one.
    """
    blank = nw.col(column).is_null()
    return blank if readable else blank & ~unreadable(column)


def year_of(value: Value) -> nw.Expr:
    """The calendar year, as a 64-bit integer."""
    return as_expression(value).dt.year().cast(nw.Int64)


def month_of(value: Value) -> nw.Expr:
    """The month, 1 to 12, as a 64-bit integer."""
    return as_expression(value).dt.month().cast(nw.Int64)


def _month_and_day(value: Value) -> nw.Expr:
    day = as_expression(value).dt.day().cast(nw.Int64)
    return month_of(value) * 100 + day


def age_at(birth: Value, on: Value) -> nw.Expr:
    """Completed years from ``birth`` to ``on`` (Int64; negative before birth; null if either is).

    Someone born on 29 February has a birthday on 1 March in other years.
    """
    not_yet = (_month_and_day(on) < _month_and_day(birth)).cast(nw.Int64)
    return year_of(on) - year_of(birth) - not_yet


def _day_number(value: Value) -> nw.Expr:
    """Days since 1 January of the year 1, in whole numbers (proleptic Gregorian calendar)."""
    before = year_of(value) - 1
    leap_days = before // 4 - before // 100 + before // 400
    ordinal = as_expression(value).dt.ordinal_day().cast(nw.Int64)
    return (before * 365 + leap_days + ordinal).cast(nw.Int64)


def days_between(start: Value, end: Value) -> nw.Expr:
    """Days from ``start`` to ``end`` (Int64): 0 on the same day, negative if ``end`` is earlier."""
    return _day_number(end) - _day_number(start)


def add_months(value: Value, months: int) -> nw.Expr:
    """The same day ``months`` later or earlier, or that month's last day if it is shorter."""
    return as_expression(value).dt.offset_by(f"{months}mo").cast(nw.Date)


def birthday(birth: Value, years: int) -> nw.Expr:
    """The day someone turns ``years`` old; 1 March for 29 February in years without one."""
    same_day = add_months(birth, years * 12)
    clamped = _month_and_day(same_day) < _month_and_day(birth)
    return nw.when(clamped).then(same_day.dt.offset_by("1d").cast(nw.Date)).otherwise(same_day)
