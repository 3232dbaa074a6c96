"""Ways out of care: every period that ended, and by which route.

The routes and the codes behind them are ``codes.ROUTES_OUT``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys import codes
from whatworks.journeys.codes import CodeSet
from whatworks.tables import AnyFrame, col, frame, is_blank, lit, native, when


def exits(periods_of_care: AnyFrame) -> Any:
    """The periods of care that ended, with EXIT: a key of ``codes.ROUTES_OUT`` or 'not_recorded'.

    One row a period, with every column of ``periods.periods``; GUARDIANS is a key of
    ``codes.GUARDIANS`` where a special guardianship order was made, else null.
    """
    rows = frame(periods_of_care).filter(~is_blank("END"))
    return native(
        rows.with_columns(
            EXIT=named("END_REASON", codes.ROUTES_OUT).fill_null(codes.NOT_RECORDED),
            GUARDIANS=named("END_REASON", codes.GUARDIANS),
        )
    )


def named(column: str, sets: Mapping[str, CodeSet]) -> nw.Expr:
    """The name of the first set that holds the column's code; null where none does."""
    chain: Any = when(lit(value=False)).then(lit(None, dtype=nw.String))
    for name, one in sets.items():
        chain = chain.when(col(column).is_in(one.codes).fill_null(value=False)).then(lit(name))
    found: nw.Expr = chain.otherwise(lit(None, dtype=nw.String))
    return found
