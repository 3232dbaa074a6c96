"""Histories within a period of care: how long the law, or the provider, stayed the same."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.journeys.episodes import TOTAL_ORDER, same
from whatworks.tables import (
    AnyFrame,
    attach,
    col,
    days_between,
    frame,
    is_blank,
    native,
    neighbours,
    when,
)

_PERIOD = ["CHILD", "PERIOD"]
_TRACE = ["SUBMISSION", "YEAR", "ROW"]


def legal_statuses(episodes: AnyFrame, periods_of_care: AnyFrame) -> Any:
    """One row for each time that a child was looked after under one legal status (LS).

    CHILD, PERIOD, START, END (the day the next status began or care ended; null: goes on), DAYS,
    LS, PREV_LS (null: the first of the period) and the row it began with (SUBMISSION, YEAR, ROW).
    From episodes that have PERIOD, and ``periods.periods``. Where several episodes begin on one
    day, the last of them in ``TOTAL_ORDER`` stands for the day.
    """
    return _runs(episodes, periods_of_care, ["LS"])


def providers(numbered: AnyFrame, periods_of_care: AnyFrame) -> Any:
    """One row for each time that a child lived with one provider and registration number.

    CHILD, PERIOD, START, END, DAYS, PLACE_PROVIDER, URN, PREV_PLACE_PROVIDER, PREV_URN and the row
    it began with. From episodes that are no temporary stays (``placements.number_placements``):
    the provider whom a child is away from for some days goes on.
    """
    return _runs(numbered, periods_of_care, ["PLACE_PROVIDER", "URN"])


def _runs(episodes: AnyFrame, periods_of_care: AnyFrame, what: list[str]) -> Any:
    """Runs of episodes of one period in which the columns ``what`` stay the same."""
    rows = neighbours(frame(episodes), by=_PERIOD, order=TOTAL_ORDER, next=["DECOM"])
    lasting = (col("DECOM") != col("NEXT_DECOM")).fill_null(value=True)
    rows = rows.filter(lasting).drop("NEXT_DECOM")
    rows = neighbours(rows, by=_PERIOD, order=TOTAL_ORDER, previous=["DECOM", *what])
    changed: nw.Expr = is_blank("PREV_DECOM")
    for column in what:
        changed |= ~same(column, f"PREV_{column}")
    rows = rows.filter(changed).drop("PREV_DECOM")
    rows = neighbours(rows, by=_PERIOD, order=TOTAL_ORDER, next=["DECOM"])
    ends = frame(periods_of_care).select(*_PERIOD, "END")
    rows = attach(rows, ends, on=_PERIOD, columns="END")
    until = when(is_blank("NEXT_DECOM")).then(col("END")).otherwise(col("NEXT_DECOM"))
    rows = rows.with_columns(START=col("DECOM"), END=until)
    rows = rows.with_columns(DAYS=days_between("START", "END"))
    before = [f"PREV_{column}" for column in what]
    return native(rows.select(*_PERIOD, "START", "END", "DAYS", *what, *before, *_TRACE))
