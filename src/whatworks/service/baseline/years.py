"""Which years of which returns a council has loaded, and every figure that follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from whatworks import measures
from whatworks.measures.definition import RETURNS
from whatworks.measures.sourcing import MAKERS, PARTS, loaded

if TYPE_CHECKING:
    from whatworks.returns import Store


@dataclass(frozen=True)
class Years:
    """The collection years of a council: those loaded, and the gaps between them.

    ``by`` holds the years of each collection that measures are counted from. A year of the
    workforce is not the same span of days as the others, which is said wherever it is shown.
    """

    by: Mapping[str, tuple[int, ...]]

    @property
    def loaded(self) -> tuple[int, ...]:
        """The years for which any return is loaded."""
        return tuple(sorted({year for years in self.by.values() for year in years}))

    def of(self, collection: str) -> tuple[int, ...]:
        """The years for which all that this collection is made of is loaded."""
        return self.by.get(collection, ())

    @property
    def all(self) -> tuple[int, ...]:
        """Every year from the first loaded to the last, gaps included, newest first."""
        return tuple(range(self.loaded[-1], self.loaded[0] - 1, -1)) if self.loaded else ()

    @property
    def gaps(self) -> tuple[int, ...]:
        """The years between for which no return is loaded."""
        return tuple(year for year in self.all if year not in self.loaded)

    def missing(self, year: int) -> tuple[str, ...]:
        """The returns that are not loaded for a year, in words; children matched are no return."""
        return tuple(
            RETURNS[name].format(year=year)
            for name in MAKERS
            if PARTS[name] == (name,) and year not in self.of(name)
        )


def years(store: Store, council: str) -> Years:
    """The years for which returns of the council are loaded."""
    return Years({name: loaded(store, council, name) for name in MAKERS})


def returns_held(store: Store, council: str) -> tuple[str, ...]:
    """The ids of the submissions that stand now: together they decide every figure."""
    parts = sorted({part for parts in PARTS.values() for part in parts})
    return tuple(s.id for part in parts for s in store.submissions(council, part))


def all_years(store: Store, council: str) -> pl.DataFrame:
    """``measures.run``'s frame for every year from first to last; gaps hold their reason."""
    return _all_years(store.path, council, returns_held(store, council))


@lru_cache(maxsize=64)
def _all_years(workspace: Path, council: str, held: tuple[str, ...]) -> pl.DataFrame:
    """Kept in memory: submissions never change, so ``held`` says all that decides the figures."""
    del held
    store = reopened(workspace)
    found = years(store, council)
    parts = [measures.cached(store, council)]
    for year in found.all:
        absent = [
            name for name in measures.names() if year not in found.of(measures.get(name).collection)
        ]
        if absent:
            parts.append(measures.run(store, absent, council=council, year=year))
    return pl.concat(parts)


def reopened(workspace: Path) -> Store:
    """The store of a workspace, for what is kept by its path."""
    from whatworks.returns import Store

    return Store.open(workspace)
