"""Numbers of the Standard Safeguarding Dataset that lead nowhere, counted by table and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from whatworks.returns.schema import Column, all_tables

COLLECTION = "ssd"


def broken_keys(tables: Mapping[str, pl.DataFrame]) -> list[dict[str, object]]:
    """A problem for each column whose keys are blank, come twice, or are in no other table.

    ``tables`` are text tables. A problem says how many rows it concerns and no number of anybody.
    What refers to a table or column that was not sent is not judged.
    """
    found: list[dict[str, object]] = []
    for form in all_tables(COLLECTION).values():
        frame = tables.get(form.name)
        if frame is None:
            continue
        keys = [c.name for c in form.columns if c.key and c.name in frame.columns]
        if keys:
            found += _repeated(form.name, frame, keys)
        for column in form.columns:
            if column.name in frame.columns:
                found += _astray(form.name, frame, column, tables)
    return found


def _repeated(table: str, frame: pl.DataFrame, keys: list[str]) -> Iterator[dict[str, object]]:
    if table in _SHARED:
        keys = _SHARED[table]
        if not set(keys) <= set(frame.columns):
            return
    filled = frame.select(keys).drop_nulls()
    again = filled.height - filled.unique().height
    if again:
        named = " and ".join(keys)
        why = f"{_rows(again)} of {table} repeat the {named} of another row: each counts once."
        yield {"table": table, "column": keys[0], "problem": why}
    blank = frame.height - filled.height
    if blank:
        why = f"{_rows(blank)} of {table} have no {keys[0]}, by which other tables find them."
        yield {"table": table, "column": keys[0], "problem": why}


_SHARED = {
    "ssd_family": ["fami_family_id", "fami_person_id"],
    "ssd_mother": ["moth_person_id", "moth_childs_person_id"],
    "ssd_pre_proceedings": ["prep_table_id"],
}
"""Tables whose rows are told apart by something else than the specification's key alone: a family
has a row for each person in it."""


def _astray(
    table: str, frame: pl.DataFrame, column: Column, tables: Mapping[str, pl.DataFrame]
) -> Iterator[dict[str, object]]:
    parent, _, key = (column.refers or "").partition(".")
    if not key or parent not in tables or key not in tables[parent].columns:
        return
    known = tables[parent][key].drop_nulls().unique()
    lost = frame.filter(
        pl.col(column.name).is_not_null() & ~pl.col(column.name).is_in(known.implode())
    )
    if lost.height:
        why = (
            f"{_rows(lost.height)} of {table} have a {column.name} that no {key} of {parent} has. "
            f"Send {parent} of the same day, or check how the two were cut."
        )
        yield {"table": table, "column": column.name, "problem": why}


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n:,} rows"
