"""A council's figures kept beside its returns, made anew when returns or definitions change."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from whatworks.measures.counting import count, groups_of
from whatworks.measures.sourcing import MAKERS, PARTS, Sources
from whatworks.returns import derived

if TYPE_CHECKING:
    from whatworks.returns.store import Store

FOLDER = "measures"
_COUNTED_BY = ("inference", "journeys", "measures", "reference", "returns", "tables")


def cached(
    store: Store, council: str, *, by: str | Sequence[str] = (), known: Sources | None = None
) -> pl.DataFrame:
    """Every measure of one council for all its years: ``run``'s frame, from the cache if it holds.

    The key is a digest of the ids of the current submissions that measures are counted from, of
    the definitions (the code and reference data that count) and of ``by``. What was computed is
    saved, wholly or not at all, as Parquet in the council's own folder; where that folder cannot
    be written to, the figures are simply computed again next time. ``known`` is what the council's
    measures are counted from, for a caller who has more to count from the same.
    """
    groups = groups_of(by)
    parts_of = sorted({part for parts in PARTS.values() for part in parts})
    current = [s for part in parts_of for s in store.submissions(council, part)]
    parts = [definitions_digest(), *groups, *sorted(s.id for s in current)]
    folder = store.path / "councils" / council / FOLDER
    path = folder / f"{_label(groups)}-{derived.key_of(parts)}.parquet"
    kept = _frame(derived.read(path))
    if kept is not None:
        return kept
    known = known or Sources(store, council)
    figures = pl.concat([count(known.of(name), by=groups) for name in MAKERS])
    if current:
        content = io.BytesIO()
        figures.write_parquet(content)
        derived.save(path, content.getvalue(), stale=f"{_label(groups)}-*.parquet")
    return figures


def definitions_digest() -> str:
    """A digest of everything that decides a figure, apart from the returns themselves."""
    return derived.digest_of(*_COUNTED_BY)


def _label(groups: list[str]) -> str:
    return "by-" + "-".join(groups) if groups else "all"


def _frame(content: bytes | None) -> pl.DataFrame | None:
    if content is None:
        return None
    try:
        return pl.read_parquet(io.BytesIO(content))
    except pl.exceptions.PolarsError:
        return None
