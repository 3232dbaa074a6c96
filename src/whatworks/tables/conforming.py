"""A table with the columns that are wanted of it, whatever it came with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from whatworks.tables.frames import F, Narwhal, Polar, on_engine

_KINDS = {
    nw.String: pl.String,
    nw.Date: pl.Date,
    nw.Int64: pl.Int64,
    nw.Boolean: pl.Boolean,
    nw.Float64: pl.Float64,
}


def conformed(table: F, columns: Mapping[str, Any], known: Mapping[str, Any]) -> F:
    """These columns and no others, in this order and of these Narwhals types.

    A column named in ``known`` has that one value in every row; any other is the table's own, or
    null where it has none of that name.
    """

    def polars(rows: Polar) -> Polar:
        there = rows.collect_schema()
        wanted = []
        for name, kind in columns.items():
            want = _KINDS[kind]
            if name in known or name not in there:
                wanted.append(pl.lit(known.get(name), dtype=want).alias(name))
            elif there[name] == want:
                wanted.append(pl.col(name))
            else:
                wanted.append(pl.col(name).cast(want))
        return rows.with_columns(wanted).select(list(columns))  # literals alone would be one row

    def general(rows: Narwhal) -> Narwhal:
        there = rows.collect_schema().names()
        return rows.select(
            *(
                nw.lit(known.get(name), dtype=kind).alias(name)
                if name in known or name not in there
                else nw.col(name).cast(kind)
                for name, kind in columns.items()
            )
        )

    return on_engine(table, polars=polars, general=general)
