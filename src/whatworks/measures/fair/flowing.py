"""Who was in care, came and left, span by span: the counts that a change in number is made of.

A child is in care at the end of a day when a period has begun by then and not ended. So the number
at the end of a year is the number at the end of the year before, and those who came, without
those who left: exactly, whatever was mended on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.inference.late_entry import median_duration
from whatworks.journeys.deriving import CareJourneys
from whatworks.tables import birthday, collect, frame, native

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NOT_MENTIONED = "open_and_not_mentioned_again"
"""The repair that ends a period on no more than a later return's silence."""
STOCK = (
    "under 1 year",
    "1 to 2 years",
    "3 years or longer",
    "time not known",
    "unaccompanied, under 1 year",
    "unaccompanied, longer",
    "turning 18",
    "unaccompanied, turning 18",
)
"""Groups of children in care at the start of a span, by how long they had been there."""
COMERS = ("others", "others turning 18", "unaccompanied", "unaccompanied turning 18")
"""Groups of children who come in a span."""
COLUMNS = len(STOCK) * 3 + len(COMERS) * 2 + 1

FLOWS: Mapping[str, Any] = {
    "year": pl.Int64,
    "at_start": pl.Int64,
    "entries": pl.Int64,
    "unaccompanied": pl.Int64,
    "reentries": pl.Int64,
    "beginning_not_seen": pl.Int64,
    "exits": pl.Int64,
    "end_not_seen": pl.Int64,
    "at_end": pl.Int64,
    "median_days": pl.Float64,
}


@dataclass(frozen=True)
class Spells:
    """Periods of care as arrays: days as integers (an end that has not come is far away)."""

    child: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    adult: npt.NDArray[np.int64]
    seen: Flags
    again: Flags
    unaccompanied: Flags
    unmentioned: Flags


@dataclass(frozen=True)
class Counts:
    """What one span holds, for one or many resamples: arrays whose last axis is a group."""

    stock: Floats
    left: Floats
    vanished: Floats
    came: Floats
    left_at_once: Floats
    unseen: Floats


_FAR = np.iinfo(np.int64).max // 4
_NEVER = -_FAR


def spells(care: CareJourneys) -> Spells:
    """The periods of care of one council's journeys; the order of rows does not matter."""
    aged = frame(care.periods).with_columns(ADULT=birthday("DOB", 18))
    periods = collect(native(aged))
    listed = (
        collect(care.asylum_seekers)
        .group_by("CHILD")
        .agg(
            DUC=pl.when(pl.col("DUC").is_null().any()).then(None).otherwise(pl.col("DUC").max()),
            LISTED=pl.lit(True),
        )
    )
    rows = periods.join(listed, on="CHILD", how="left").with_columns(
        seeker=pl.col("LISTED").fill_null(False)
        & (pl.col("DUC").is_null() | (pl.col("DUC") > pl.col("START")))
    )
    numbers = rows.select(
        child=pl.col("CHILD").rank("dense").cast(pl.Int64),
        start=pl.col("START").cast(pl.Date).to_physical().cast(pl.Int64),
        end=pl.col("END").cast(pl.Date).to_physical().cast(pl.Int64).fill_null(_FAR),
        adult=pl.col("ADULT").cast(pl.Date).to_physical().cast(pl.Int64).fill_null(_FAR),
        seen=pl.col("START_SEEN"),
        again=pl.col("PERIOD") > 1,
        seeker="seeker",
        unmentioned=(pl.col("END_REPAIR") == NOT_MENTIONED).fill_null(False),
    )
    return Spells(*(numbers[c].to_numpy() for c in numbers.columns))


def span(care: CareJourneys, year: int) -> tuple[int, int]:
    """The last day before a collection year and its last day, as integers."""
    first, last = care.windows[year]
    return _day(first - timedelta(days=1)), _day(last)


def _day(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def features(of: Spells, before: int, after: int) -> npt.NDArray[np.int64]:
    """One row a period: what it adds to each of ``COLUMNS`` counts of the span (before, after]."""
    here = (of.start <= before) & (of.end > before)
    came = (of.start > before) & (of.start <= after)
    gone = of.end <= after
    grown = of.adult <= after
    lived = before - of.start
    long = np.select([~of.seen, lived < 365, lived < 3 * 365], [3, 0, 1], 2)
    of_seeker = np.where(grown, 7, np.where((long == 0), 4, 5))
    cell = np.where(of.unaccompanied, of_seeker, np.where(grown, 6, long))
    comer = of.unaccompanied * 2 + grown
    unmentioned = gone & of.unmentioned
    parts = [
        here[:, None] & _is(cell, len(STOCK)),
        (here & gone & ~unmentioned)[:, None] & _is(cell, len(STOCK)),
        (here & unmentioned)[:, None] & _is(cell, len(STOCK)),
        (came & of.seen)[:, None] & _is(comer, len(COMERS)),
        (came & of.seen & gone)[:, None] & _is(comer, len(COMERS)),
        (came & ~of.seen & ~gone)[:, None],
    ]
    return np.concatenate(parts, axis=1).astype(np.int64)


def _is(group: npt.NDArray[np.int64], groups: int) -> Flags:
    found: Flags = group[:, None] == np.arange(groups)
    return found


def counts(sums: Floats) -> Counts:
    """The counts of a span from sums of ``features``: the last axis has ``COLUMNS`` values."""
    s, c = len(STOCK), len(COMERS)
    cuts = np.cumsum([s, s, s, c, c])
    stock, left, vanished, came, at_once, unseen = np.split(sums, cuts, axis=-1)
    return Counts(stock, left, vanished, came, at_once, unseen[..., 0])


def flows(care: CareJourneys) -> pl.DataFrame:
    """Counts of each year loaded: one row a year, with the columns of ``FLOWS``.

    at_start + entries + beginning_not_seen - exits - end_not_seen = at_end. ``entries`` counts
    periods of care that show their beginning; ``reentries`` are those of them that follow an
    earlier one of the same child, ``unaccompanied`` those of unaccompanied asylum-seeking
    children. ``end_not_seen``: periods taken to end because no later return mentions them.
    ``median_days``: how long half of all stays would last, had children left at every length of
    stay as they did in that year (Kaplan-Meier with late entry; null where fewer than half).
    """
    of = spells(care)
    rows = [_flow(of, year, *span(care, year)) for year in care.years]
    return pl.DataFrame(rows, schema=dict(FLOWS), orient="row")


def _flow(of: Spells, year: int, before: int, after: int) -> tuple[Any, ...]:
    here, there = (of.start <= before) & (of.end > before), (of.start <= after) & (of.end > after)
    came = (of.start > before) & (of.start <= after)
    gone = (of.end > before) & (of.end <= after)
    entries = came & of.seen
    known = of.seen & (here | came)
    ended = gone & ~of.unmentioned
    stay = median_duration(
        np.maximum(before - of.start, 0)[known],
        (np.minimum(of.end, after) - of.start)[known],
        ended[known],
    )
    of_year = (
        here,
        entries,
        entries & of.unaccompanied,
        entries & of.again,
        came & ~of.seen,
        ended,
        gone & of.unmentioned,
        there,
    )
    return year, *(int(flag.sum()) for flag in of_year), stay
