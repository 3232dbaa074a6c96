"""Counting working days between two columns of days, on any engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from whatworks.tables.frames import F, frame, like, native
from whatworks.tables.lakes import to_spark

DAY, NUMBER = "DAY", "NUMBER"


def working_days(table: F, *, start: str, end: str, calendar: pl.DataFrame, name: str) -> F:
    """Add ``name``: how many working days come after ``start``, up to and with ``end`` (Int64).

    ``calendar`` has DAY (every day of some years, each once) and NUMBER (how many working days
    there were up to and with it, from any beginning), as ``reference.calendar.numbered_days``
    gives it. So it is 0 from a day to itself, and from a Friday to the Saturday after; 1 from a
    Friday, a Saturday or a Sunday to the Monday; negative where ``end`` comes first. Null where
    either day is null or outside the calendar. Rows are neither added nor lost; no order is
    promised. Raises ValueError where the table already has such a column.
    """
    if name in frame(table).collect_schema().names():
        raise ValueError(f"the table already has {name}")
    days = _on_the_same_engine(calendar.select(DAY, NUMBER), table)
    rows = frame(table)
    for place, column in (("__from", start), ("__until", end)):
        known = days.rename({DAY: f"{place}_day", NUMBER: place})
        rows = rows.join(known, left_on=[column], right_on=[f"{place}_day"], how="left")
    between = (nw.col("__until") - nw.col("__from")).cast(nw.Int64)
    rows = rows.with_columns(**{name: between})
    extra = {"__from", "__until", "__from_day", "__until_day"}
    kept = [c for c in rows.collect_schema().names() if c not in extra]
    return like(table, rows.select(*kept))


def _on_the_same_engine(calendar: pl.DataFrame, table: Any) -> Any:
    bare = native(table)
    if isinstance(bare, pl.DataFrame):
        return frame(calendar)
    if isinstance(bare, pl.LazyFrame):
        return frame(calendar.lazy())
    return frame(to_spark(calendar, bare.sparkSession))
