"""Opening a lake: Parquet tables under one folder, read by the engine of one's choice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl


@dataclass(frozen=True)
class Lake:
    """Tables on disk: each a folder ``NAME/`` of Parquet files (hive-partitioned or not) or one
    file ``NAME.parquet``. ``engine`` is 'polars' or 'spark'."""

    path: Path
    engine: str = "polars"
    session: Any = None

    def tables(self) -> list[str]:
        """Names of the tables, sorted."""
        folders = (p.name for p in self.path.iterdir() if p.is_dir() and any(p.rglob("*.parquet")))
        files = (p.stem for p in self.path.glob("*.parquet"))
        return sorted({*folders, *files})

    def table(self, name: str) -> nw.LazyFrame[Any]:
        """One table, not yet read. Raises ``KeyError`` naming those there are."""
        if name not in self.tables():
            raise KeyError(f"the lake has no table {name!r}; it has {', '.join(self.tables())}")
        folder, file = self.path / name, self.path / f"{name}.parquet"
        if self.engine == "spark":
            source = folder if folder.is_dir() else file
            spark: nw.LazyFrame[Any] = nw.from_native(self.session.read.parquet(str(source)))
            return spark
        if folder.is_dir():
            scan = pl.scan_parquet(folder / "**/*.parquet", hive_partitioning=True)
        else:
            scan = pl.scan_parquet(file)
        return nw.from_native(scan)


class EngineMissingError(RuntimeError):
    """The engine asked for is not installed; the text says how to get it."""


def spark_session() -> Any:
    """The active Spark session, or a local one. Raises EngineMissingError without PySpark."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineMissingError(
            "To compute on Spark, install the 'spark' extra: pip install 'whatworks[spark]'."
        ) from None
    return SparkSession.builder.getOrCreate()


def to_spark(table: pl.DataFrame, session: Any) -> Any:
    """The same rows and columns as a Spark frame."""
    return session.createDataFrame(table.to_arrow())


def open_lake(path: str | Path, engine: str = "polars", session: Any = None) -> Lake:
    """Open the lake at ``path`` with 'polars' (embedded) or 'spark' (needs a Spark ``session``).

    Raises ``FileNotFoundError`` when there is no such folder, ``ValueError`` for another engine
    or for Spark without a session.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no lake at {folder}")
    if engine not in {"polars", "spark"}:
        raise ValueError(f"a lake is opened with 'polars' or 'spark', not {engine!r}")
    if engine == "spark" and session is None:
        raise ValueError("opening a lake with Spark needs session=, a SparkSession")
    return Lake(folder, engine, session)
