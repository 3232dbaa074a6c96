"""Collection years as the desk shows them."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from whatworks.returns.period import month_of, year_of

FIRST_YEAR = 2017
"""The earliest collection year whose forms are held."""
MONTHS_BACK = 48
"""How many months can be chosen, this one among them."""


def this_year() -> int:
    """The collection year that today falls in."""
    return year_of(timezone.localdate())


def months() -> list[tuple[str, str]]:
    """The months that can be chosen, as they are written and as they are read, this one first."""
    today = timezone.localdate()
    counted = [today.year * 12 + today.month - 1 - back for back in range(MONTHS_BACK)]
    firsts = [date(number // 12, number % 12 + 1, 1) for number in counted]
    return [(month_of(first), month_words(first)) for first in firsts]


def month_words(day: date) -> str:
    """``September 2025``."""
    return f"{day:%B %Y}"
