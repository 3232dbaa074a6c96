"""The same table of several returns as one frame, every row saying where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import narwhals as nw
import polars as pl

from whatworks.journeys.on_demand import OnDemand
from whatworks.returns.period import period_of
from whatworks.tables import frame, native, to_spark

_KINDS = {
    nw.String: pl.String,
    nw.Date: pl.Date,
    nw.Int64: pl.Int64,
    nw.Boolean: pl.Boolean,
    nw.Float64: pl.Float64,
}


@dataclass(frozen=True)
class ReturnTables:
    """The typed tables of one current return, and where they came from.

    ``submission`` is empty where rows of several returns stand together: then every table has a
    column SUBMISSION.
    """

    year: int
    submission: str
    tables: Mapping[str, Any]


def in_order(returns: Iterable[ReturnTables]) -> list[ReturnTables]:
    """The returns by year. Raises ValueError if two are of the same year."""
    ordered = sorted(returns, key=lambda r: r.year)
    if len({r.year for r in ordered}) < len(ordered):
        raise ValueError("Journeys take one return a year: give the current submission of each.")
    return ordered


def stack(
    returns: Sequence[ReturnTables], table: str, columns: Mapping[str, Any], *, collection: str
) -> Any:
    """One table of every return, with the columns asked for (nulls where a return lacks one).

    YEAR, YEAR_END, AFTER_YEAR (the first day after the return's year) and SUBMISSION may be asked
    for beside the table's own columns.
    """
    parts = []
    for one in returns:
        if table in one.tables:
            rows = frame(one.tables[table])
            _, last = period_of(collection, one.year)
            known = {
                "YEAR": nw.lit(one.year, dtype=nw.Int64),
                "YEAR_END": nw.lit(last, dtype=nw.Date),
                "AFTER_YEAR": nw.lit(last + timedelta(days=1), dtype=nw.Date),
                "SUBMISSION": nw.lit(one.submission, dtype=nw.String),
            }
            there = set(rows.collect_schema().names())
            if not one.submission:
                del known["SUBMISSION"]  # each row says it
            parts.append(
                rows.select(
                    *(
                        known[c].alias(c)
                        if c in known
                        else nw.col(c).cast(kind)
                        if c in there
                        else nw.lit(None, dtype=kind).alias(c)
                        for c, kind in columns.items()
                    )
                )
            )
    if not parts:
        return _without_rows(returns, columns)
    return native(nw.concat(parts))


def _without_rows(returns: Sequence[ReturnTables], columns: Mapping[str, Any]) -> Any:
    """The columns without rows, on the engine that the other tables are on: it joins no other's."""
    other = next((one.tables[name] for one in returns for name in one.tables), None)
    if other is None or isinstance(other, pl.DataFrame | pl.LazyFrame):
        return pl.DataFrame(schema={c: _KINDS[kind] for c, kind in columns.items()})
    none = frame(other).head(0)
    return native(none.select(*(nw.lit(None, dtype=k).alias(c) for c, k in columns.items())))


def on_spark(one: ReturnTables, session: Any) -> ReturnTables:
    """The same tables as Spark frames, each made when first asked for."""
    tables = OnDemand(one.tables, lambda name: to_spark(one.tables[name], session))
    return ReturnTables(one.year, one.submission, tables)
