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
from whatworks.tables import conformed, frame, native, to_spark


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
            _, last = period_of(collection, one.year)
            known = {
                "YEAR": one.year,
                "YEAR_END": last,
                "AFTER_YEAR": last + timedelta(days=1),
                "SUBMISSION": one.submission,
            }
            if not one.submission:
                del known["SUBMISSION"]  # each row says it
            parts.append(frame(conformed(one.tables[table], columns, known)))
    if not parts:
        return _without_rows(returns, columns)
    return native(nw.concat(parts))


def _without_rows(returns: Sequence[ReturnTables], columns: Mapping[str, Any]) -> Any:
    """The columns without rows, on the engine that the other tables are on: it joins no other's."""
    other = next((one.tables[name] for one in returns for name in one.tables), pl.DataFrame())
    return native(frame(conformed(other, columns, dict.fromkeys(columns))).head(0))


def on_spark(one: ReturnTables, session: Any) -> ReturnTables:
    """The same tables as Spark frames, each made when first asked for."""
    tables = OnDemand(one.tables, lambda name: to_spark(one.tables[name], session))
    return ReturnTables(one.year, one.submission, tables)
