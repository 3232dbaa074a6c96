"""A council's figures kept beside its returns, made anew when returns or definitions change."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from whatworks.measures.counting import count, groups_of
from whatworks.measures.running import run
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
    place = _place(store, council, groups)
    kept = _frame(derived.read(place)) if place else None
    if kept is not None:
        return kept
    known = known or Sources(store, council)
    figures = pl.concat([count(known.of(name), by=groups) for name in MAKERS])
    if place:
        _save(figures, place, groups)
    return figures


def cached_each(
    store: Store, councils: Iterable[str], *, by: str | Sequence[str] = ()
) -> pl.DataFrame:
    """The same of several councils, one after another; those not kept yet are counted together."""
    groups = groups_of(by)
    places = {council: _place(store, council, groups) for council in dict.fromkeys(councils)}
    found = {council: _frame(derived.read(at)) if at else None for council, at in places.items()}
    missing = [council for council, frame in found.items() if frame is None]
    counted = run(store, council=missing, by=groups)
    parts = [counted.clear()]
    for council, kept in found.items():
        figures = counted.filter(pl.col("council") == council) if kept is None else kept
        place = places[council]
        if kept is None and place:
            _save(figures, place, groups)
        parts.append(figures)
    return pl.concat(parts)


def one_of_each(
    store: Store, councils: Iterable[str], name: str, *, by: str | Sequence[str] = ()
) -> pl.DataFrame:
    """One measure's rows of several councils: from what is kept, or counted alone and not kept.

    For a look at one measure, which need not wait until all measures of all councils are counted.
    """
    groups = groups_of(by)
    codes = list(dict.fromkeys(councils))
    places = {code: _place(store, code, groups) for code in codes}
    kept = {code: _frame(derived.read(place)) for code, place in places.items() if place}
    found = {code: rows.filter(measure=name) for code, rows in kept.items() if rows is not None}
    counted = run(store, name, council=[c for c in codes if c not in found], by=groups)
    parts = [found[c] if c in found else counted.filter(pl.col("council") == c) for c in codes]
    return pl.concat([counted.clear(), *parts])


def _place(store: Store, council: str, groups: list[str]) -> Path | None:
    """Where a council's figures are kept; None if it sent nothing that they are counted from."""
    parts_of = sorted({part for parts in PARTS.values() for part in parts})
    current = [s for part in parts_of for s in store.submissions(council, part)]
    if not current:
        return None
    parts = [definitions_digest(), *groups, *sorted(s.id for s in current)]
    folder = store.path / "councils" / council / FOLDER
    return folder / f"{_label(groups)}-{derived.key_of(parts)}.parquet"


def _save(figures: pl.DataFrame, place: Path, groups: list[str]) -> None:
    content = io.BytesIO()
    figures.write_parquet(content)
    derived.save(place, content.getvalue(), stale=f"{_label(groups)}-*.parquet")


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
