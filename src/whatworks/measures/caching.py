"""A council's figures kept beside its returns, made anew when returns or definitions change.

The cache is a convenience and never an authority: it may be deleted at any time, and a damaged or
unreadable one is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from whatworks.journeys.deriving import COLLECTION, care
from whatworks.measures.counting import _groups, count

if TYPE_CHECKING:
    from whatworks.returns.model import Submission
    from whatworks.returns.store import Store

FOLDER = "measures"
_COUNTED_BY = ("inference", "journeys", "measures", "reference", "tables")
_KEPT = (".py", ".csv", ".gz")


def cached(store: Store, council: str, *, by: str | Sequence[str] = ()) -> pl.DataFrame:
    """Every measure of one council for all its years: ``run``'s frame, from the cache if it holds.

    The key is a digest of the ids of the current SSDA903 submissions, of the definitions (the code
    and reference data that count) and of ``by``. What was computed is saved, wholly or not at
    all, as Parquet in the council's own folder; where that folder cannot be written to, the
    figures are simply computed again next time.
    """
    groups = _groups(by)
    current = store.submissions(council, COLLECTION)
    folder = store.path / "councils" / council / FOLDER
    path = folder / f"{_label(groups)}-{_key(current, groups)}.parquet"
    kept = _read(path)
    if kept is not None:
        return kept
    figures = count(care(store, council), by=groups)
    if current:
        _save(figures, path, stale=f"{_label(groups)}-*.parquet")
    return figures


@cache
def definitions_digest() -> str:
    """A digest of everything that decides a figure, apart from the returns themselves."""
    digest = hashlib.sha256()
    for package in _COUNTED_BY:
        root = Path(str(files(f"whatworks.{package}")))
        for path in sorted(p for p in root.rglob("*") if p.suffix in _KEPT and p.is_file()):
            digest.update(f"{package}/{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _key(current: Sequence[Submission], groups: list[str]) -> str:
    parts = [definitions_digest(), *groups, *sorted(s.id for s in current)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _label(groups: list[str]) -> str:
    return "by-" + "-".join(groups) if groups else "all"


def _read(path: Path) -> pl.DataFrame | None:
    try:
        return pl.read_parquet(io.BytesIO(path.read_bytes()))
    except (OSError, pl.exceptions.PolarsError):
        return None


def _save(figures: pl.DataFrame, path: Path, *, stale: str) -> None:
    """Write beside, then put in place: a reader sees the whole file or none."""
    data = io.BytesIO()
    figures.write_parquet(data)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        before = [p for p in path.parent.glob(stale) if p != path]
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data.getvalue())
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(name)
            return
        for old in before:
            old.unlink(missing_ok=True)
