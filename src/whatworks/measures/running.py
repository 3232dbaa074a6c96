"""Measures over a store of returns: what to read, council by council or some councils at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from whatworks.journeys.together import care_together
from whatworks.measures.counting import (
    Names,
    chosen_of,
    count,
    count_together,
    groups_of,
    not_there,
    uncounted,
    valued,
)
from whatworks.measures.definition import Measure, MeasureError
from whatworks.measures.sourcing import MAKERS, Sources, loaded
from whatworks.tables import EngineMissingError, spark_session

if TYPE_CHECKING:
    from whatworks.returns.store import Store

TOGETHER = "ssda903"
"""The collection that several councils are counted from at once."""


def run(
    store: Store,
    names: Names = None,
    *,
    council: str | Sequence[str] | None = None,
    year: int | None = None,
    by: str | Sequence[str] = (),
    engine: str = "polars",
) -> pl.DataFrame:
    """Count measures over the current returns of a store.

    names: one or several measures (all where left out); council (one or several), year: only
    these (all that are loaded where left out); by: breakdowns, whose groups (of all combinations)
    are given in full, noughts included. engine: 'polars', or 'spark' to compute on a local or
    active Spark session.

    Returns a frame: measure, council, year, one column a breakdown, numerator, denominator (null
    for counts and totals; both are whole where people are counted, and sums of amounts such as
    full-time equivalents in other measures), value (in ``unit``), low, high (95%; null where no
    interval can be given), unit, left_out (rows of the view that the measure does not judge),
    reason (null where there is a value, else why there is none). ``year`` is the collection year
    of the return that the measure is counted from. No child's or worker's number is in it. Raises
    MeasureError for an unknown measure, breakdown or engine.
    """
    chosen, groups = chosen_of(names), groups_of(by)
    if engine not in {"polars", "spark"}:
        raise MeasureError(f"Measures run on 'polars' or 'spark', not {engine[:40]!r}.")
    try:
        session = spark_session() if engine == "spark" else None
    except EngineMissingError as error:
        raise MeasureError(str(error)) from error
    codes = _codes(store, council)
    parts = [_empty(groups)]
    known = {code: Sources(store, code, session=session) for code in codes}
    for collection in MAKERS:
        mine = [m for m in chosen if m.collection == collection]
        if not mine:
            continue
        absent = [
            code
            for code in codes
            if year is not None and year not in loaded(store, code, collection)
        ]
        there = [code for code in codes if code not in absent]
        parts += [_not_loaded(mine, code, [year], groups) for code in absent if year is not None]
        if collection == TOGETHER and len(there) > 1:
            for some in care_together(store, there, session=session):
                parts.append(count_together(some, mine, by=groups, year=year))
        else:
            parts += [count(known[c].of(collection), mine, by=groups, year=year) for c in there]
    return _in_order(pl.concat(parts), codes)


def _codes(store: Store, council: str | Sequence[str] | None) -> list[str]:
    if council is None:
        return store.councils()
    return [council] if isinstance(council, str) else list(dict.fromkeys(council))


def _in_order(figures: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """Council by council, each council's figures in the order in which they were made."""
    if len(codes) < 2:
        return figures
    place = {code: place for place, code in enumerate(codes)}
    order = pl.col("council").replace_strict(place, default=None, return_dtype=pl.Int64)
    return figures.sort(order, maintain_order=True)


def _not_loaded(
    measures: list[Measure], council: str, years: list[int], by: list[str]
) -> pl.DataFrame:
    rows = [
        {"measure": m.name, "council": council, "year": y, "reason": not_there(m, y, ())}
        for m in measures
        for y in years
    ]
    lines = pl.DataFrame(rows, schema_overrides={"year": pl.Int64}) if rows else None
    parts = [uncounted(by), *([lines] if lines is not None else [])]
    return valued(pl.concat(parts, how="diagonal"), by)


def _empty(by: list[str]) -> pl.DataFrame:
    return valued(uncounted(by), by)
