"""Councils' own figures beside what they do: the newest of a measure, and counts of some years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from whatworks import measures
from whatworks.measures.population import population
from whatworks.service.common import workspace
from whatworks.service.common.permissions import Permission, organisations_where

if TYPE_CHECKING:
    from whatworks.service.common.models import Person

BESIDE: Mapping[str, tuple[str, ...]] = {
    "edge of care": ("started_rate",),
    "pre-proceedings": ("started_rate",),
    "return home": ("reentered_within_12_months",),
    "kinship": ("three_or_more_placements",),
    "exploitation": ("three_or_more_placements",),
    "leaving care": (),
}
"""Need -> measures that stand beside it, the first that is counted here."""

YEARS = 3


@dataclass(frozen=True)
class Figure:
    """One measure of one council in one year, as it is written. ``why`` where there is none."""

    year: int | None = None
    text: str = ""
    interval: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    numerator: float | None = None
    why: str = ""


def measure_beside(need: str) -> measures.Measure | None:
    """The measure that stands beside a need; None where none is counted."""
    known = measures.names()
    name = next((one for one in BESIDE[need] if one in known), None)
    return None if name is None else measures.get(name)


def may_see(person: Person) -> frozenset[str]:
    """Councils whose figures a reader may see: all where children are invented, else their own."""
    if workspace.synthetic():
        return frozenset(workspace.council_codes())
    own = organisations_where(person, Permission.READ_MEASURES)
    return frozenset(place.council_code for place in own if place.council_code)


def rows_of(council: str, measure: str) -> tuple[Mapping[str, Any], ...]:
    """Every year of a measure of a council, the oldest first."""
    if measure not in measures.names() or council not in workspace.council_codes():
        return ()
    frame = measures.cached(workspace.store(), council)
    return tuple(frame.filter(pl.col("measure") == measure).sort("year").iter_rows(named=True))


def newest(council: str, measure: measures.Measure) -> Figure:
    """The newest year that has a value; without one, why."""
    rows = rows_of(council, measure.name)
    known = [row for row in rows if row["value"] is not None]
    if known:
        return figure_of(measure, known[-1])
    return Figure(why=str(rows[-1]["reason"]) if rows else "No return is loaded.")


def figure_of(measure: measures.Measure, row: Mapping[str, Any]) -> Figure:
    """One row of ``measures.run``'s frame as it is written."""
    if row["value"] is None:
        return Figure(row["year"], why=str(row["reason"]))
    sign = "%" if measure.unit == "percent" else ""
    places = 0 if measure.kind == "count" else 1
    written = [
        "" if row[end] is None else f"{row[end]:,.{places}f}{sign}" for end in ("low", "high")
    ]
    return Figure(
        year=row["year"],
        text=f"{row['value']:,.{places}f}{sign}",
        interval=f"{written[0]} to {written[1]}" if all(written) else "",
        value=row["value"],
        low=row["low"],
        high=row["high"],
        numerator=row["numerator"],
    )


def last_counts(council: str, measure: str, most: int = YEARS) -> dict[int, int]:
    """Year -> how many children, of the last years that have a figure."""
    rows = [row for row in rows_of(council, measure) if row["value"] is not None]
    return {row["year"]: int(row["numerator"]) for row in rows[-most:]}


def reach_of_others(
    reached: Iterable[tuple[str, int | None, int | None]], council: str, year: int
) -> int | None:
    """How many families a council of this size would serve if it served as many as others do.

    The median over the others of families for each child of the area; None where nobody said.
    """
    own = population(council, year)
    shares = sorted(
        (low + high) / 2 / size
        for other, low, high in reached
        if low is not None and high is not None and (size := population(other, year))
    )
    if not shares or own is None:
        return None
    middle = len(shares) // 2
    share = shares[middle] if len(shares) % 2 else (shares[middle - 1] + shares[middle]) / 2
    return max(1, round(share * own))
