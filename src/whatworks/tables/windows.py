"""Spans of time looked at year by year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from whatworks.tables.frames import F, Narwhal, Polar, frame, native, on_engine

_NAMES = ("YEAR", "FIRST", "LAST")


def in_each(
    table: F,
    windows: Mapping[int, tuple[date, date]],
    *,
    start: str,
    end: str,
    end_included: bool = False,
) -> F:
    """The rows that hold on some day of each window, once for each, with its YEAR, FIRST and LAST.

    ``windows`` gives the first and last day of each year (of one day: rows that hold on it). A row
    holds from ``start`` on and before ``end`` (null: it goes on), or on that day too with
    ``end_included``. One without a start holds on no day. Raises ValueError if the table has a
    column of these names already.
    """
    taken = sorted(set(_NAMES) & set(frame(table).collect_schema().names()))
    if taken:
        raise ValueError(f"the table already has {', '.join(taken)}")

    def polars(rows: Polar) -> Polar:
        until = pl.col(end)
        parts: list[Any] = []
        for year, (first, last) in windows.items():
            holds = until >= first if end_included else until > first
            there = rows.filter((pl.col(start) <= last) & (until.is_null() | holds))
            values = zip(_NAMES, (year, first, last), (pl.Int64, pl.Date, pl.Date), strict=True)
            named = [pl.lit(value, dtype=kind).alias(name) for name, value, kind in values]
            parts.append(there.with_columns(named))
        joined: Polar = pl.concat(parts) if parts else native(_none(frame(rows)))
        return joined

    def general(rows: Narwhal) -> Narwhal:
        until = nw.col(end)
        parts: list[Any] = []
        for year, (first, last) in windows.items():
            holds = until >= first if end_included else until > first
            there = rows.filter((nw.col(start) <= last) & (until.is_null() | holds))
            parts.append(there.with_columns(**_named(year, first, last)))
        joined: Narwhal = nw.concat(parts) if parts else _none(rows)
        return joined

    return on_engine(table, polars=polars, general=general)


def _named(year: int | None, first: date | None, last: date | None) -> dict[str, nw.Expr]:
    days = {"FIRST": nw.lit(first, dtype=nw.Date), "LAST": nw.lit(last, dtype=nw.Date)}
    return {"YEAR": nw.lit(year, dtype=nw.Int64), **days}


def _none(rows: Any) -> Any:
    return rows.head(0).with_columns(**_named(None, None, None))
