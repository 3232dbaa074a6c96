"""What follows a measure through time: its control chart, and courses such as a return home's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from whatworks import measures
from whatworks.measures.definition import Measure

if TYPE_CHECKING:
    from whatworks.returns import Store


FEWEST = 2
"""Years with a figure below which there is nothing to chart."""


@dataclass(frozen=True)
class Chart:
    """The limits of a measure's usual years, by year; ``notes`` as they are to be read."""

    rows: Mapping[int, Mapping[str, Any]]
    notes: tuple[str, ...]

    @property
    def signals(self) -> tuple[int, ...]:
        """The years that stand out."""
        return tuple(year for year, row in self.rows.items() if row["signal"])


def chart(rows: pl.DataFrame) -> Chart | None:
    """The control chart of one measure, from its rows of all years; None where there is none."""
    if rows["value"].is_not_null().sum() < FEWEST:
        return None
    found = measures.control_chart(rows)
    held = {row["year"]: row for row in found.frame.iter_rows(named=True)}
    return Chart(held, tuple(found.notes)) if held else None


def courses(store: Store, council: str, measure: Measure, year: int) -> tuple[Any, ...]:
    """The courses that a measure names, as tables of time; none where it names none."""
    del store, council, measure, year
    return ()
