"""Councils' own figures side by side: only those of invented children, only where all are.

In a workspace of real children no page calls this: there councils' own figures are seen by their
own people alone until disclosure control is built.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from whatworks import measures
from whatworks.measures import MeasureError
from whatworks.measures.breakdowns import breakdown
from whatworks.measures.caching import one_of_each
from whatworks.measures.definition import Measure
from whatworks.measures.sourcing import loaded
from whatworks.service.common import workspace, writing
from whatworks.service.england import across, places

if TYPE_CHECKING:
    from whatworks.measures.fair.among import Comparison
    from whatworks.returns import Store

ADJUSTED_BY = (("age_group", "sex"), ("age_group",))
"""What figures are standardised by: the first that can be done."""
NEED = "category_of_need"
ADJUSTED_BY_NEED = (("age_group", NEED), (NEED,))
"""The same where a reader asks for why children needed help; after them those above."""

_OF_COMPARISONS = ("expected", "ratio", "low_limit_998", "high_limit_998", "band")


@dataclass(frozen=True)
class Line:
    """One council's figure of invented children: as written, with its interval and band.

    ``expected`` is what it would be with all councils' rates for each age and sex, ``ratio`` the
    figure over that, both empty where nothing is standardised.
    """

    code: str
    name: str
    own: writing.Own
    low: float | None
    high: float | None
    range_text: str
    band: str
    expected: str
    ratio: str

    @property
    def mark(self) -> str:
        """The class that draws its band."""
        return across.MARKS.get(self.band, "none")


@dataclass(frozen=True)
class Compared:
    """Figures of invented children of several councils.

    ``not_adjusted`` says why nothing is standardised, ``not_compared`` why there are no ranges.
    """

    year: int
    lines: tuple[Line, ...]
    frame: pl.DataFrame
    overall: str
    adjusted_for: tuple[str, ...]
    not_adjusted: str
    not_compared: str
    notes: tuple[str, ...]


class NotInventedError(Exception):
    """Somebody asked for councils' own figures side by side where the children are real."""


def years(store: Store, measure: Measure) -> tuple[int, ...]:
    """The years for which any council here has the returns that the measure needs, newest first."""
    found = {
        year
        for code in workspace.council_codes(store.path)
        for year in loaded(store, code, measure.collection)
    }
    return tuple(sorted(found, reverse=True))


def offers_need(measure: Measure) -> bool:
    """Whether its figures can be standardised by why children needed help."""
    return measure.kind == "percentage" and NEED in measure.breakdowns


def table(store: Store, measure: Measure, year: int, *, need: bool = False) -> Compared:
    """Every council of the workspace, standardised by age and sex where that can be.

    ``need``: by why children needed help instead, where the measure tells it.
    """
    return _compared(store, measure, year, workspace.council_codes(store.path), need=need)


def of_group(store: Store, measure: Measure, codes: Collection[str], year: int) -> Compared | None:
    """The members of a group that have invented children here; None where there are none.

    The year is that asked for or the latest that is loaded.
    """
    here = [code for code in workspace.council_codes(store.path) if code in codes]
    held = years(store, measure)
    if not here or not held:
        return None
    return _compared(store, measure, year if year in held else held[0], here)


def _compared(
    store: Store, measure: Measure, year: int, codes: Collection[str], *, need: bool = False
) -> Compared:
    if not workspace.synthetic():
        raise NotInventedError("Councils' own figures are compared only where all are invented.")
    found, why, alone = _found(store, measure, year, list(codes), need=need)
    frame = found.frame if found is not None else _plain(store, measure, year, codes)
    frame = pl.concat([frame, *_absent(store, measure, year, codes, frame)], how="diagonal_relaxed")
    lines = (_line(measure, year, row) for row in frame.iter_rows(named=True))
    by = found.adjusted_for if found is not None else ()
    return Compared(
        year=year,
        lines=tuple(sorted(lines, key=lambda line: line.name)),
        frame=frame,
        overall=_written(measure, found.overall) if found is not None else "",
        adjusted_for=tuple(breakdown(name).title.lower() for name in by),
        not_adjusted=why,
        not_compared=alone,
        notes=found.notes if found is not None else (),
    )


def _found(
    store: Store, measure: Measure, year: int, codes: list[str], *, need: bool
) -> tuple[Comparison | None, str, str]:
    """The comparison, like with like where it can be; why it is not adjusted; why there is none."""
    why = ""
    for by in (*(ADJUSTED_BY_NEED if need and offers_need(measure) else ()), *ADJUSTED_BY):
        try:
            return measures.compare(store, measure.name, year, codes, by), "", ""
        except MeasureError as error:
            why = why or str(error)
    try:
        return measures.compare(store, measure.name, year, codes), why, ""
    except MeasureError as error:
        return None, "", str(error)


def _plain(store: Store, measure: Measure, year: int, codes: Collection[str]) -> pl.DataFrame:
    """The figures alone, with empty columns where a comparison would stand."""
    wanted = (pl.col("measure") == measure.name) & (pl.col("year") == year)
    found = one_of_each(store, codes, measure.name).filter(wanted)
    return found.with_columns(pl.lit(None).alias(name) for name in _OF_COMPARISONS)


def _absent(
    store: Store, measure: Measure, year: int, codes: Collection[str], frame: pl.DataFrame
) -> list[pl.DataFrame]:
    """A row with its reason for each council that has nothing for the year."""
    without = [code for code in codes if code not in set(frame["council"])]
    return [measures.run(store, measure.name, council=code, year=year) for code in without]


def _line(measure: Measure, year: int, row: dict[str, Any]) -> Line:
    code = row["council"]
    known = places.by_code().get(code)
    told = writing.own({"left_out": 0, **row, "measure": measure.name, "year": year})
    has = row["value"] is not None
    low, high = row["low_limit_998"], row["high_limit_998"]
    ratio = ""
    if has and row["ratio"] is not None:
        ratio = f"{row['ratio']:.2f}"
        if row["ratio_low"] is not None:
            ratio += f" ({row['ratio_low']:.2f} to {row['ratio_high']:.2f})"
    return Line(
        code=code,
        name=known.name if known else places.former().get(code, code),
        own=told,
        low=low,
        high=high,
        range_text=across.range_text(measure.unit, low, high) if has else "",
        band=(row["band"] or "") if has else "",
        expected=_written(measure, row["expected"]) if has else "",
        ratio=ratio,
    )


def _written(measure: Measure, value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.1f}{'%' if measure.unit == 'percent' else ''}"
