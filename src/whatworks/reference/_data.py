"""Reads the package's data files, once each, when first asked for."""

from __future__ import annotations

import gzip
import io
from functools import cache
from importlib.resources import files

import polars as pl

SEEN, UNCONFIRMED = "seen", "unconfirmed"
"""The two values of every ``confidence`` column: the fact was read at its source, or was not."""


class NotHeld(LookupError):
    """A fact that this package does not hold was asked for; the text says which are held."""


@cache
def frame(name: str, *types: tuple[str, type[pl.DataType]]) -> pl.DataFrame:
    """The data file ``name`` as a frame: text, except the columns that ``types`` names."""
    raw = files(__package__).joinpath("data", name).read_bytes()
    if name.endswith(".gz"):
        raw = gzip.decompress(raw)
    text = pl.read_csv(io.BytesIO(raw), infer_schema=False)
    return text.with_columns(
        pl.col(column).str.to_date("%Y-%m-%d") if kind is pl.Date else pl.col(column).cast(kind)
        for column, kind in types
    )
