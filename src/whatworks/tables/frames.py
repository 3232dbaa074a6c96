"""Wrapping frames: any engine in, the same engine out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import narwhals as nw
import polars as pl

AnyFrame: TypeAlias = "pl.DataFrame | pl.LazyFrame | nw.DataFrame[Any] | nw.LazyFrame[Any]"
Narwhal: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"
Polar: TypeAlias = "pl.DataFrame | pl.LazyFrame"
F = TypeVar("F", bound="pl.DataFrame | pl.LazyFrame | nw.DataFrame[Any] | nw.LazyFrame[Any]")


def frame(table: AnyFrame) -> Any:
    """``table`` as a Narwhals frame, so that expressions can be put on it."""
    return nw.from_native(table, pass_through=False)


def native(table: Any) -> Any:
    """The engine's own frame behind ``table`` (which may already be one)."""
    return nw.to_native(table, pass_through=True)


def with_columns(table: F, **expressions: nw.Expr) -> F:
    """``table`` with these Narwhals expressions added as columns."""
    return like(table, frame(table).with_columns(**expressions))


def like(table: F, result: Any) -> F:
    """``result`` in the kind of ``table``: wrapped if it was wrapped, bare if it was bare."""
    wrapped = isinstance(table, nw.DataFrame | nw.LazyFrame)
    answer: F = frame(result) if wrapped else native(result)
    return answer


def on_engine(
    table: F,
    *,
    polars: Callable[[Polar], Polar],
    general: Callable[[Narwhal], Narwhal],
) -> F:
    """Apply the fast path where Polars runs ``table``, the general form elsewhere."""
    bare = native(table)
    if isinstance(bare, pl.DataFrame | pl.LazyFrame):
        return like(table, polars(bare))
    return like(table, general(frame(table)))


def collect(table: Any) -> pl.DataFrame:
    """The rows of ``table`` as a Polars frame in memory, whatever engine holds it."""
    bare = native(table)
    if isinstance(bare, pl.DataFrame):
        return bare
    if isinstance(bare, pl.LazyFrame):
        return bare.collect()
    wrapped = frame(bare)
    if isinstance(wrapped, nw.LazyFrame):
        wrapped = wrapped.collect(backend="polars")
    rows: pl.DataFrame = wrapped.to_polars()
    return rows


def materialise(table: AnyFrame) -> Any:
    """``table`` computed once and kept where its engine keeps things, for many readers.

    A Polars lazy frame becomes a frame in memory; a Spark frame is persisted; an eager frame is
    returned as it is. A Narwhals frame stays a Narwhals frame.
    """
    bare = native(table)
    wrapped = isinstance(table, nw.DataFrame | nw.LazyFrame)
    if isinstance(bare, pl.LazyFrame):
        bare = bare.collect()
    elif hasattr(bare, "persist"):
        bare = bare.persist()
    return frame(bare) if wrapped else bare
