"""Sorting only what is not sorted yet, and by no more columns than tell rows apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from whatworks.tables.frames import Polar

_AT_FIRST = 3
"""Columns that leave few rows tied, as a rule; sorting by a dozen at once costs several times."""


def sorted_by(rows: Polar, names: Sequence[str], *, nulls_last: bool = True) -> Polar:
    """The rows in the order of these columns; as they are if they stand so already.

    A look costs a fraction of a sort, as it mostly ends with the second column or the first rows.
    Rows that are alike in all of them stay in the order in which they came.
    """
    names = list(dict.fromkeys(names))
    if not isinstance(rows, pl.DataFrame):
        return rows.sort(names, nulls_last=nulls_last, maintain_order=True)
    if is_sorted(rows, names, nulls_last=nulls_last):
        return rows
    first = names[:_AT_FIRST]
    rows = rows.sort(first, nulls_last=nulls_last, maintain_order=True)
    return rows if first == names else _ties_sorted(rows, first, names, nulls_last=nulls_last)


def _ties_sorted(
    rows: pl.DataFrame, first: list[str], names: list[str], *, nulls_last: bool
) -> pl.DataFrame:
    """Rows in the order of ``first``, and those alike in it put in the order of ``names``."""
    again = rows.select(
        pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in first)
        & (pl.int_range(pl.len()) > 0)
    ).to_series()
    tied = again | again.shift(-1, fill_value=False)
    places = tied.arg_true()
    if places.is_empty():
        return rows
    some = rows.select(names).with_columns(PLACE__=pl.int_range(pl.len())).filter(tied)
    some = some.sort(names, nulls_last=nulls_last, maintain_order=True)
    order = pl.int_range(rows.height, dtype=pl.Int64, eager=True).scatter(places, some["PLACE__"])
    return rows[order]


def is_sorted(rows: pl.DataFrame, names: Sequence[str], *, nulls_last: bool = True) -> bool:
    """Whether every row comes no earlier than the one before it, by these columns."""
    ties = pl.arange(1, rows.height, eager=True) if rows.height > 1 else None
    for name in names:
        if ties is None or not len(ties):
            return True
        column = rows[name]
        if len(ties) == rows.height - 1:
            now, before = column.slice(1), column.slice(0, rows.height - 1)
        else:
            now, before = column.gather(ties), column.gather(ties - 1)
        earlier, later = (before, now) if nulls_last else (now, before)
        misplaced = earlier.is_null() & later.is_not_null()
        if ((now < before).fill_null(value=False) | misplaced).any():
            return False
        ties = ties.filter(now.eq_missing(before))
    return True
