"""Collection years as the desk shows them."""

from __future__ import annotations

from django.utils import timezone

from whatworks.returns.period import year_of

FIRST_YEAR = 2017
"""The earliest collection year whose forms are held."""


def this_year() -> int:
    """The collection year that today falls in."""
    return year_of(timezone.localdate())
