"""Data frames of any library as text tables: what a cell would have been in a CSV file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

import narwhals as nw
import polars as pl

from whatworks.returns.cells import tidy


def to_text(frame: Any) -> pl.DataFrame:
    """The frame with every cell as text, null where blank, in Polars.

    Takes Polars (eager or lazy), pandas, and whatever Narwhals knows, or a mapping of column
    name to values. Not-a-number, None and their like are blank; dates become yyyy-mm-dd, whole
    floats lose '.0', true and false become 1 and 0, lists are joined with a space.
    Raises TypeError for anything that is not a table.
    """
    if isinstance(frame, Mapping):
        columns = [(str(name), list(values)) for name, values in frame.items()]
        return pl.DataFrame([_from_objects(name, values) for name, values in columns])
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return pl.DataFrame([_from_polars(series) for series in frame.iter_columns()])
    wrapped = nw.from_native(frame, eager_only=True)
    return pl.DataFrame(
        [_from_objects(str(name), wrapped[name].to_list()) for name in wrapped.columns]
    )


def _from_polars(series: pl.Series) -> pl.Series:
    kind = series.dtype
    if kind == pl.String:
        return tidy(series)
    if kind == pl.Date or kind.is_integer() or isinstance(kind, pl.Categorical | pl.Enum):
        return tidy(series.cast(pl.String))
    if kind == pl.Null:
        return series.cast(pl.String)
    return _from_objects(series.name, series.to_list())


def _from_objects(name: str, values: list[Any]) -> pl.Series:
    return tidy(pl.Series(name, [_cell(value) for value in values], dtype=pl.String))


def _cell(value: Any) -> str | None:  # noqa: PLR0911  (one return for each kind of value)
    if isinstance(value, str):
        return value
    if _is_missing(value):
        return None
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date):
        return _date_cell(value)
    if hasattr(value, "tolist"):  # NumPy scalars and arrays become Python's own
        value = value.tolist()
        return _cell(value) if not isinstance(value, list) else _list_cell(value)
    return _list_cell(value) if isinstance(value, list | tuple | set) else str(value)


def _is_missing(value: Any) -> bool:
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and math.isnan(value)


def _date_cell(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.time() == time():
        return value.date().isoformat()
    return value.replace(tzinfo=None).isoformat(sep=" ")


def _list_cell(values: Iterable[Any]) -> str | None:
    return " ".join(text for text in map(_cell, values) if text) or None
