"""What is taken away in a file, gathered once for every form of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl

from whatworks import measures
from whatworks.measures.definition import RETURNS, Measure
from whatworks.measures.sourcing import PARTS, in_memory
from whatworks.service.baseline.export.rows import ROW, own_rows, published_rows
from whatworks.service.baseline.starting import Line, lines
from whatworks.service.baseline.years import all_years, years

if TYPE_CHECKING:
    from whatworks.returns import Store


@dataclass(frozen=True)
class Source:
    """One return that figures were counted from."""

    title: str
    received: datetime


@dataclass(frozen=True)
class Taken:
    """Figures of some measures of one council.

    ``lines`` are of the latest year. ``own``, ``groups`` and ``published`` share their columns.
    ``at`` is when the last of the ``sources`` was received: the only time that the files name, so
    that the same returns always make the same file.
    """

    council: str
    area: str
    synthetic: bool
    measures: tuple[Measure, ...]
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    own: pl.DataFrame
    groups: pl.DataFrame
    published: pl.DataFrame
    sources: tuple[Source, ...]
    at: datetime


def gather(
    store: Store,
    council: str,
    *,
    area: str,
    synthetic: bool,
    chosen: Sequence[Measure],
    groups: Sequence[str] = (),
) -> Taken:
    """The figures of ``chosen`` in every year, by ``groups`` too, and what is published."""
    found = years(store, council)
    wanted = pl.col("measure").is_in([m.name for m in chosen])
    figures = all_years(store, council).filter(wanted)
    split = [pl.DataFrame(schema=ROW)] + [
        own_rows(
            _grouped(store, council, chosen, by),
            council=council,
            area=area,
            synthetic=synthetic,
            by=by,
        )
        for by in groups
    ]
    used = sources(store, council, {part for m in chosen for part in PARTS[m.collection]})
    return Taken(
        council=council,
        area=area,
        synthetic=synthetic,
        measures=tuple(chosen),
        years=found.all,
        lines=_lines(store, council, chosen, found.all[0]),
        own=own_rows(figures, council=council, area=area, synthetic=synthetic),
        groups=pl.concat(split),
        published=published_rows(chosen, council=council, years=found.all),
        sources=used,
        at=last_received(used),
    )


def _lines(store: Store, council: str, chosen: Sequence[Measure], year: int) -> tuple[Line, ...]:
    names = {m.name for m in chosen}
    return tuple(one for one in lines(store, council, year) if one.measure.name in names)


def _grouped(store: Store, council: str, chosen: Sequence[Measure], by: str) -> pl.DataFrame:
    """``count``'s frame by groups, of the chosen measures alone: all of them would take minutes."""
    known = in_memory(store, council)
    parts = [measures.count(known.of(m.collection), m.name, by=by) for m in chosen]
    return pl.concat(parts)


def sources(store: Store, council: str, parts: set[str]) -> tuple[Source, ...]:
    """The returns of those kinds that stand now, by kind and then year, the latest first."""
    return tuple(
        Source(RETURNS[part].format(year=s.year), s.received_at)
        for part in PARTS
        if part in parts
        for s in sorted(store.submissions(council, part), key=lambda s: -s.year)
    )


def last_received(used: Sequence[Source]) -> datetime:
    """When the last return came; a day long past where none has."""
    return max((s.received for s in used), default=datetime(2000, 1, 1, tzinfo=UTC))
