"""The year that a day falls in, as returns count years."""

from __future__ import annotations

import narwhals as nw

from whatworks.tables import month_of, year_of

FIRST_MONTH = 4
"""Collection years begin on 1 April (``returns.period_of``)."""


def collection_year(day: str) -> nw.Expr:
    """The collection year a day falls in: 31 March 2026 in 2026, 1 April 2026 in 2027."""
    return year_of(day) + (month_of(day) >= FIRST_MONTH).cast(nw.Int64)
