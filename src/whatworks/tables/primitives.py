"""Leads, runs, versions and joins: each in one general form, with a Polars fast path where it pays.

The general forms speak Narwhals alone and give the same answers on Polars and on Spark. The
Polars forms sort once and shift, which halves the time of windows ordered group by group.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import narwhals as nw
import polars as pl

from whatworks.tables.expressions import Value, as_expression, days_between
from whatworks.tables.frames import F, Narwhal, Polar, frame, like, native, on_engine
from whatworks.tables.sorting import sorted_by

Names = str | Sequence[str]
_EPOCH = date(1900, 1, 1)
_FAR = 10_000_000  # days; later than any end
_APART = 8 * _FAR


def _names(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _no_key(by: list[str]) -> nw.Expr:
    return nw.any_horizontal(*(nw.col(b).is_null() for b in by), ignore_nulls=True)


def neighbours(table: F, *, by: Names, order: Names, next: Names = (), previous: Names = ()) -> F:
    """Add NEXT_X and PREV_X: the value of X in the row after and the row before, in each group.

    ``order`` must be a total order within a group (end it with ROW); nulls come last in it. Where
    there is no such row, or a key in ``by`` is null, the new columns are null. Polars gives the
    rows back sorted by ``by`` and ``order``; other engines promise no order.
    """
    keys, ordering, following, before = _names(by), _names(order), _names(next), _names(previous)

    def polars(rows: Polar) -> Polar:
        rows = sorted_by(rows, [*keys, *ordering])
        return rows.with_columns(
            **{f"NEXT_{x}": _shifted(keys, x, -1) for x in following},
            **{f"PREV_{x}": _shifted(keys, x, 1) for x in before},
        )

    def general(rows: Narwhal) -> Narwhal:
        places = {f"__o{i}": nw.col(x).is_null().cast(nw.Int64) for i, x in enumerate(ordering)}
        rows = rows.with_columns(**places, __keyed=~_no_key(keys))
        order_by = [c for pair in zip(places, ordering, strict=True) for c in pair]
        rows = rows.with_columns(
            **{f"NEXT_{x}": _windowed(keys, order_by, x, -1) for x in following},
            **{f"PREV_{x}": _windowed(keys, order_by, x, 1) for x in before},
        )
        return rows.drop(*places, "__keyed")

    return on_engine(table, polars=polars, general=general)


def _shifted(keys: list[str], column: str, by: int) -> pl.Expr:
    same = pl.all_horizontal(pl.col(k) == pl.col(k).shift(by) for k in keys)
    return pl.when(same).then(pl.col(column).shift(by))


def _windowed(keys: list[str], order_by: list[str], column: str, by: int) -> nw.Expr:
    moved = nw.col(column).shift(by).over(*keys, order_by=order_by)
    return nw.when(nw.col("__keyed")).then(moved)


def islands(table: F, *, by: Names, start: str, end: str, gap_days: int = 0, name: str) -> F:
    """Number the runs of rows in each group that touch or overlap, from 1, as column ``name``.

    Rows are taken by ``start``; a row joins the run before it when its start is no later than
    the latest end so far plus ``gap_days``. A null end is still open and takes in all that
    follows. An end before its own start counts as that start. Rows without a start or key have
    a null number.
    """
    keys = _names(by)
    first, last = "__first", "__last"

    def general(rows: Narwhal) -> Narwhal:
        rows = _spans(rows, keys, start, end, gap_days)
        window = {"order_by": [first, last]}
        kept = nw.col(last).cum_max().over(*keys, "__counts", **window)
        rows = rows.with_columns(__latest=kept)
        before = nw.col("__latest").shift(1).over(*keys, "__counts", **window)
        rows = rows.with_columns(__before=before)
        fresh = nw.col("__before").is_null() | (nw.col(first) > nw.col("__before"))
        rows = rows.with_columns(__new=fresh.cast(nw.Int64))
        number = nw.col("__new").cum_sum().over(*keys, "__counts", **window)
        rows = rows.with_columns(**{name: nw.when(nw.col("__counts")).then(number)})
        return rows.drop(first, last, "__counts", "__latest", "__before", "__new")

    def polars(rows: Polar) -> Polar:
        rows = _native_spans(rows, keys, start, end, gap_days)
        group = [*keys, "__counts"]
        rows = sorted_by(rows, [*group, first, last])
        # One pass over sorted rows: a group's number times more than any day keeps groups apart.
        begins = pl.any_horizontal(pl.col(k).ne_missing(pl.col(k).shift(1)) for k in group)
        rows = rows.with_columns(__begins=begins | (pl.int_range(pl.len()) == 0))
        apart = pl.col("__begins").cum_sum().cast(pl.Int64) * _APART
        rows = rows.with_columns(__latest=(pl.col(last) + apart).cum_max() - apart)
        goes_on = ~pl.col("__begins") & (pl.col(first) <= pl.col("__latest").shift(1))
        rows = rows.with_columns(__new=(~goes_on.fill_null(value=False)).cast(pl.Int64).cum_sum())
        before = pl.when("__begins").then(pl.col("__new") - 1).forward_fill()
        number = pl.col("__new") - before
        rows = rows.with_columns(pl.when(pl.col("__counts")).then(number).alias(name))
        rows = rows.drop("__begins")
        return rows.drop(first, last, "__counts", "__latest", "__new")

    return on_engine(table, polars=polars, general=general)


def _native_spans(rows: Polar, keys: list[str], start: str, end: str, gap_days: int) -> Polar:
    """The same as ``_spans`` on Polars, whose dates are days since its own epoch."""
    first, ends = (pl.col(name).cast(pl.Date).cast(pl.Int64) for name in (start, end))
    unkeyed = pl.any_horizontal(pl.col(k).is_null() for k in keys)
    longest = pl.max_horizontal(first, ends.fill_null(_FAR))
    return rows.with_columns(
        __counts=pl.col(start).is_not_null() & ~unkeyed, __first=first, __last=longest + gap_days
    )


def _spans(rows: Narwhal, keys: list[str], start: str, end: str, gap_days: int) -> Narwhal:
    """Add day numbers __first and __last (with the gap allowed) and whether the row counts."""
    rows = rows.with_columns(
        __counts=~nw.col(start).is_null() & ~_no_key(keys),
        __first=days_between(_EPOCH, start),
        __ends=days_between(_EPOCH, end),
    )
    longest = nw.max_horizontal("__first", nw.col("__ends").fill_null(_FAR))
    return rows.with_columns(__last=longest + gap_days).drop("__ends")


def latest_version(table: F, *, by: Names, order: Names) -> F:
    """Keep the last row of each group in ``order`` (a total order; nulls come first).

    Rows with a null key belong to no group and are all kept.
    """
    keys, ordering = _names(by), _names(order)

    def polars(rows: Polar) -> Polar:
        rows = sorted_by(rows, [*keys, *ordering], nulls_last=False)
        followed = pl.all_horizontal(pl.col(k) == pl.col(k).shift(-1) for k in keys)
        return rows.filter(~followed.fill_null(value=False))

    def general(rows: Narwhal) -> Narwhal:
        places = {f"__o{i}": (~nw.col(x).is_null()).cast(nw.Int64) for i, x in enumerate(ordering)}
        order_by = [c for pair in zip(places, ordering, strict=True) for c in pair]
        rows = rows.with_columns(**places, __one=nw.lit(1, dtype=nw.Int64))
        after = nw.col("__one").shift(-1).over(*keys, order_by=order_by)
        rows = rows.with_columns(__after=after)
        rows = rows.filter(nw.col("__after").is_null() | _no_key(keys))
        return rows.drop(*places, "__one", "__after")

    return on_engine(table, polars=polars, general=general)


def as_of(table: F, *, on: Value, start: str, end: str, end_included: bool = False) -> F:
    """The rows that hold on a day: begun by then, and not yet ended (a null end is still open).

    ``on`` is one date or a column. The end day is the first on which a row no longer holds, as
    for episodes of care; with ``end_included`` it is the last on which it does, as for facts
    with a ``valid_to``. Rows without a start hold on no day.
    """
    day, until = as_expression(on), nw.col(end)
    holds = (until >= day) if end_included else (until > day)
    kept = frame(table).filter((nw.col(start) <= day) & (until.is_null() | holds))
    return like(table, kept)


def attach(
    left: F, right: F, *, on: Names, columns: Names, prefix: str = "", order: Names = ()
) -> F:
    """Add ``columns`` of ``right`` (named ``prefix`` + name) to the rows of ``left`` with its key.

    Never adds rows: where ``right`` has a key several times its first row in ``order`` is taken;
    without an order, the one whose attached values sort first (nulls last), so that the order of
    rows in a file decides nothing. Rows of ``left`` without a match get nulls. Raises
    ``ValueError`` if ``left`` already has a column of that name.
    """
    keys, wanted = _names(on), _names(columns)
    ordering = _names(order) or wanted
    renamed = {c: f"{prefix}{c}" for c in wanted}
    taken = sorted(set(renamed.values()) & set(frame(left).collect_schema().names()))
    if taken:
        raise ValueError(f"the table already has {', '.join(taken)}; give a prefix")
    chosen = list(dict.fromkeys([*keys, *wanted, *ordering]))
    there = {f"__{k}": k for k in keys}

    def polars(rows: Polar) -> Polar:
        lookup = _native_first(native(right).select(chosen).drop_nulls(keys), keys, ordering)
        one = lookup.select(
            *(pl.col(k).alias(n) for n, k in there.items()),
            *(pl.col(c).alias(n) for c, n in renamed.items()),
        )
        return rows.join(cast(Any, one), left_on=keys, right_on=list(there), how="left")

    def general(rows: Narwhal) -> Narwhal:
        lookup = frame(right).select(*chosen).filter(~_no_key(keys))
        one = frame(_first_of_group(lookup, keys, ordering)).select(
            *(nw.col(k).alias(n) for n, k in there.items()),
            *(nw.col(c).alias(n) for c, n in renamed.items()),
        )
        joined = rows.join(one, left_on=keys, right_on=list(there), how="left")
        return joined.select(*(c for c in joined.collect_schema().names() if c not in there))

    return on_engine(left, polars=polars, general=general)


def _native_first(rows: Polar, keys: list[str], ordering: list[str]) -> Polar:
    """The first row of each group on Polars: sorted once, each compared with the one before."""
    rows = sorted_by(rows, [*keys, *ordering])
    again = pl.all_horizontal(pl.col(k).eq_missing(pl.col(k).shift(1)) for k in keys)
    return rows.filter(~again | (pl.int_range(pl.len()) == 0))


def _first_of_group(rows: Narwhal, keys: list[str], ordering: list[str]) -> Narwhal:
    """The same on any engine."""
    places = {f"__o{i}": nw.col(x).is_null().cast(nw.Int64) for i, x in enumerate(ordering)}
    order_by = [c for pair in zip(places, ordering, strict=True) for c in pair]
    rows = rows.with_columns(**places, __one=nw.lit(1, dtype=nw.Int64))
    before = nw.col("__one").cum_sum().over(*keys, order_by=order_by)
    rows = rows.with_columns(__place=before).filter(nw.col("__place") == 1)
    return rows.drop(*places, "__one", "__place")
