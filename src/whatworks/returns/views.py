"""Views: a table of a return with the facts that many rules need, worked out once as columns.

Leads and lags, runs, ages and joins are made here (from the primitives of ``tables``) and
nowhere else, so that a rule is one boolean expression over columns that are already there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import polars as pl

from whatworks import tables as t
from whatworks.returns.model import AS_WRITTEN_SUFFIX, ROW, UNREADABLE_SUFFIX
from whatworks.returns.schema import Table, all_tables

Frames = Mapping[str, pl.DataFrame]
Build = Callable[[Frames, date, date], pl.DataFrame]

POLARS_TYPES: Mapping[str, pl.DataType] = MappingProxyType(
    {"date": pl.Date(), "integer": pl.Int64(), "decimal": pl.Float64()}
)


@dataclass(frozen=True)
class View:
    """One view. Its rows are those of ``table`` (a row comes once for each row it is paired with).

    ``facts`` names each column worked out here with the 'Table.COLUMN's it depends on;
    ``attached`` the other tables whose columns stand in the view under a prefix.
    """

    name: str
    table: str
    build: Build
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attached: Mapping[str, str] = field(default_factory=dict)

    def column(self, read: str) -> str:
        """The view's name for 'Table.COLUMN'."""
        table, column = read.split(".", 1)
        return column if table == self.table else f"{self.attached[table]}{column}"

    def shows(self, read: str) -> bool:
        """Whether 'Table.COLUMN' stands in the view as a column of its own."""
        table = read.split(".", 1)[0]
        return table == self.table or table in self.attached


def complete(collection: str, typed: Mapping[str, pl.DataFrame]) -> Frames:
    """Every table the collection has ever had, each with all its columns and their companions.

    What a return does not hold stands as empty tables and null columns, so that views can always
    be built; which columns were really there is for the caller to know. Codes stand as they were
    sent: whoever receives the return takes a code in small letters for no code at all.
    """
    return MappingProxyType(
        {name: _completed(table, typed.get(name)) for name, table in all_tables(collection).items()}
    )


def _completed(table: Table, given: pl.DataFrame | None) -> pl.DataFrame:
    schema: dict[str, pl.DataType] = {ROW: pl.Int64()}
    for column in table.columns:
        schema[column.name] = POLARS_TYPES.get(column.kind, pl.String())
        if column.kind in POLARS_TYPES:
            schema[column.name + UNREADABLE_SUFFIX] = pl.Boolean()
    if given is None:
        return pl.DataFrame(schema=schema)
    written = {name for name in schema if name + AS_WRITTEN_SUFFIX in given.columns}
    given = given.with_columns(pl.col(name + AS_WRITTEN_SUFFIX).alias(name) for name in written)
    added = [
        pl.lit(False if name.endswith(UNREADABLE_SUFFIX) else None, dtype=dtype).alias(name)
        for name, dtype in schema.items()
        if name not in given.columns
    ]
    return given.with_columns(added).select(list(schema))


def with_times(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """Add TIMES: how often the row's key occurs in the table (null without a key)."""
    times = pl.when(pl.col(key).is_not_null()).then(pl.len().over(key).cast(pl.Int64))
    return rows.with_columns(times.alias("TIMES"))


def with_year(rows: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    """Add YEAR_START and YEAR_END, the first and last day the return covers."""
    return rows.with_columns(YEAR_START=pl.lit(start), YEAR_END=pl.lit(end))


def paired(
    rows: pl.DataFrame, other: pl.DataFrame, *, on: Sequence[str], prefix: str
) -> pl.DataFrame:
    """Set beside each row every row of ``other`` with its key, columns named by ``prefix``.

    A row without a match stands once, with nulls; a row whose key ``other`` has twice stands
    twice, so that a child listed twice is judged against both records. The key's last column is
    never matched where it is null; the columns before it are (a case without a child's number is
    still the case with its own number).
    """
    others = other.filter(pl.col(on[-1]).is_not_null())
    others = others.rename({c: f"{prefix}{c}" for c in other.columns})
    theirs = [f"{prefix}{c}" for c in on]
    joined = rows.join(others, left_on=on, right_on=theirs, how="left", nulls_equal=True)
    flags = [c for c in others.columns if c.endswith(UNREADABLE_SUFFIX)]
    return joined.with_columns(pl.col(flags).fill_null(value=False)) if flags else joined


def with_neighbours(
    rows: pl.DataFrame, *, by: str, order: Sequence[str], columns: Sequence[str]
) -> pl.DataFrame:
    """Add NEXT_X and PREV_X of ``columns`` and of ROW, with their unreadable flags.

    Ties in ``order`` are settled by the rest of the record and only then by ROW, so that the
    order of rows in a file changes nothing.
    """
    flags = [c + UNREADABLE_SUFFIX for c in columns if c + UNREADABLE_SUFFIX in rows.columns]
    rest = [c for c in columns if c not in order]
    wanted = [*columns, *flags, ROW]
    found = t.neighbours(rows, by=by, order=[*order, *rest, ROW], next=wanted, previous=wanted)
    moved = [f"{side}_{flag}" for flag in flags for side in ("NEXT", "PREV")]
    return found.with_columns(pl.col(moved).fill_null(value=False))


def neighbour_facts(
    table: str, key: str, order: str, columns: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """What NEXT_X and PREV_X depend on: the key, the first of the order, and X."""
    facts: dict[str, tuple[str, ...]] = {}
    base = (f"{table}.{key}", f"{table}.{order}")
    for side in ("NEXT", "PREV"):
        facts[f"{side}_{ROW}"] = base
        for column in columns:
            facts[f"{side}_{column}"] = tuple(dict.fromkeys((*base, f"{table}.{column}")))
    return facts
