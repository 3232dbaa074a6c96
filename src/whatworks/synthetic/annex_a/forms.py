"""How rows of the lists are made; their form is that of ``whatworks.returns.annex_a.form``."""

from __future__ import annotations

from datetime import date

from whatworks.returns.annex_a.form import Column, Form, forms, texts

__all__ = ["Cell", "Column", "Form", "Row", "forms", "months_before", "texts", "yes"]

Cell = str | int | None
"""Text, a number, or an ordinal day in a date column; None for a blank."""
Row = list[Cell]


def yes(answer: bool) -> str:
    """Yes or no as the lists write them."""
    return texts("yes_no")["1" if answer else "0"]


def months_before(day: int, months: int) -> int:
    """The first day of the span of so many months that ends with a day.

    Six months to 31 March begin on 1 October, six to 30 June on 1 January. Where a month is too
    short for the day, the span begins on the first of the next.
    """
    after = date.fromordinal(day + 1)
    year, month = divmod(after.year * 12 + after.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1).toordinal()
    return min(date(year, month + 1, 1).toordinal() + after.day - 1, following)
