"""Episodes of all years made into one consistent list: one child, one episode at a time.

Frames in, frames out. The input is the Episodes table of every return, stacked, with the year
and submission each row came from; the output is the merged episodes and the rows that needed a
repair. Columns added here: YEAR and SUBMISSION (where the row came from), YEAR_END (the last day
that return covers), REPAIR (what was done to the row's end, if anything).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from whatworks.journeys import codes
from whatworks.tables import (
    AnyFrame,
    add_months,
    col,
    days_between,
    frame,
    is_blank,
    lit,
    native,
    neighbours,
    when,
)

COLUMNS: dict[str, Any] = {
    "CHILD": nw.String,
    "DECOM": nw.Date,
    "DEC": nw.Date,
    "DEC__unreadable": nw.Boolean,
    "RNE": nw.String,
    "LS": nw.String,
    "CIN": nw.String,
    "PLACE": nw.String,
    "PLACE_PROVIDER": nw.String,
    "REC": nw.String,
    "PL_POST": nw.String,
    "URN": nw.String,
    "PL_DISTANCE": nw.Float64,
    "PL_LOCATION": nw.String,
    "YEAR": nw.Int64,
    "YEAR_END": nw.Date,
    "AFTER_YEAR": nw.Date,
    "SUBMISSION": nw.String,
    "ROW": nw.Int64,
}
"""What journeys read of an episode. AFTER_YEAR is the first day after the return's year."""

_TRACE = ["CHILD", "SUBMISSION", "YEAR", "ROW"]
_TELLS_APART = ["RNE", "LS", "PLACE", "REC", "PL_POST", "PLACE_PROVIDER", "URN", "CIN"]
_WORKED_OUT = ["PL_DISTANCE", "PL_LOCATION"]
"""Filled in by the Department from postcodes: rows that differ in them alone are one row."""
TOTAL_ORDER = ["DECOM", "DEC", *_TELLS_APART, "YEAR", "ROW"]
"""Episodes of a child in time; what they say settles ties, so that the order of rows does not."""


def same(one: str, other: str) -> nw.Expr:
    """Whether two columns hold the same, two blanks being the same; never null."""
    equal = (col(one) == col(other)).fill_null(value=False)
    return equal | (col(one).is_null() & col(other).is_null())


def merge(stacked: AnyFrame, *, years: Sequence[int]) -> tuple[Any, Any]:
    """Merged episodes and repaired rows (REPAIR, CHILD, SUBMISSION, YEAR, ROW).

    ``stacked`` has COLUMNS; ``years`` are the collection years loaded. A row that is
    left out or replaced is in the second frame only; a row whose end was set is in both.
    """
    rows = frame(stacked).with_columns(
        DEC__unreadable=col("DEC__unreadable").fill_null(value=False)
    )
    repaired: list[Any] = []
    rows = _placed_in_time(rows, repaired)
    rows = _without_copies(rows, repaired)
    rows = _latest_year(rows, repaired)
    rows = _leave_out(rows, "short_break", col("LS").is_in(codes.SHORT_BREAKS.codes), repaired)
    rows = _ends_settled(rows, years, repaired)
    return native(rows), native(nw.concat(repaired))


def _placed_in_time(rows: Any, repaired: list[Any]) -> Any:
    """Leave out the rows that belong to nobody or have no place in time."""
    why = (
        when(is_blank("CHILD"))
        .then(lit("no_child_number"))
        .when(is_blank("DECOM"))
        .then(lit("start_not_known"))
        .when((col("DECOM") > col("YEAR_END")).fill_null(value=False))
        .then(lit("starts_after_the_return"))
        .when((col("DEC") < col("DECOM")).fill_null(value=False))
        .then(lit("ends_before_it_starts"))
        .otherwise(lit(None, dtype=nw.String))
    )
    rows = rows.with_columns(WHY=why)
    repaired.append(_marked(rows.filter(~is_blank("WHY")), col("WHY")))
    return rows.filter(is_blank("WHY")).drop("WHY")


def _leave_out(rows: Any, name: str, condition: nw.Expr, repaired: list[Any]) -> Any:
    doubtful = condition.fill_null(value=False)
    repaired.append(_marked(rows.filter(doubtful), lit(name)))
    return rows.filter(~doubtful)


def _marked(rows: Any, name: nw.Expr) -> Any:
    return rows.select(name.cast(nw.String).alias("REPAIR"), *_TRACE)


def _without_copies(rows: Any, repaired: list[Any]) -> Any:
    """Of rows alike in all that journeys read, within one return, keep the first."""
    alike = ["DEC", "DEC__unreadable", *_TELLS_APART]
    rows = neighbours(
        rows,
        by=["YEAR", "CHILD", "DECOM"],
        order=[*alike, *_WORKED_OUT, "ROW"],
        previous=["ROW", *alike],
    )
    copied = ~is_blank("PREV_ROW")
    for column in alike:
        copied &= same(column, f"PREV_{column}")
    rows = _leave_out(rows, "copied_row", copied, repaired)
    return rows.drop("PREV_ROW", *(f"PREV_{c}" for c in alike))


def _latest_year(rows: Any, repaired: list[Any]) -> Any:
    """Of the same child and start in several returns, keep what the latest says.

    Two rows of one return with the same child and start are both kept here: they overlap, and
    are settled with the other overlaps.
    """
    compared = ["DEC", "RNE", "LS", "PLACE"]
    latest = frame(rows).group_by("CHILD", "DECOM").agg(LATEST=col("YEAR").max())
    rows = rows.join(latest, on=["CHILD", "DECOM"], how="left")
    rows = neighbours(
        rows,
        by=["CHILD", "DECOM"],
        order=["YEAR", *(c for c in TOTAL_ORDER[1:] if c != "YEAR")],
        next=["YEAR", *compared],
    )
    earlier = col("YEAR") < col("LATEST")
    # An end that was still to come when the earlier return was made is news, not a change.
    ended_otherwise = ~is_blank("DEC") & ~same("DEC", "NEXT_DEC")
    changed = ended_otherwise
    for column in compared[1:]:
        changed |= ~same(column, f"NEXT_{column}")
    changed &= col("NEXT_YEAR") > col("YEAR")
    why = when(changed.fill_null(value=False)).then(lit("changed_later"))
    repaired.append(_marked(rows.filter(earlier), why.otherwise(lit("reported_again"))))
    rows = rows.filter(~earlier)
    return rows.drop("LATEST", "NEXT_YEAR", *(f"NEXT_{c}" for c in compared))


def _ends_settled(rows: Any, years: Sequence[int], repaired: list[Any]) -> Any:
    """Give every episode an end that fits the next one: at most one episode on any day."""
    rows = neighbours(rows, by="CHILD", order=TOTAL_ORDER, next=["DECOM", "RNE"])
    followed = ~is_blank("NEXT_DECOM")
    unreadable = col("DEC__unreadable")
    rows = _leave_out(rows, "end_not_readable", unreadable & ~followed, repaired)
    is_open = is_blank("DEC") & ~unreadable
    # The open episode is known to have lasted to the end of its own year. A new start after that
    # means that the child had left in between; so does a next episode so late that the return
    # in between would have had to mention this one.
    starts_anew = (col("NEXT_RNE") == codes.STARTED.codes[0]) & (
        col("NEXT_DECOM") > col("AFTER_YEAR")
    )
    much_later = col("NEXT_DECOM") >= add_months("AFTER_YEAR", 12)
    apart = starts_anew.fill_null(value=False) | much_later.fill_null(value=False)
    forgotten = is_open & (apart | (~followed & (col("YEAR") < max(years, default=0))))
    # Whether the child was still there can be told only by the return of the year after.
    unseen = ~(col("YEAR") + 1).is_in(list(years))
    another = is_open & followed & ~forgotten
    overlaps = (col("DEC") > col("NEXT_DECOM")).fill_null(value=False)
    # X1 allows the next episode to begin on the day after: the child was looked after that night.
    next_day = (
        (col("REC") == codes.GOES_ON.codes[0])
        & (days_between("DEC", "NEXT_DECOM") == 1)
        & ~(col("NEXT_RNE") == codes.STARTED.codes[0]).fill_null(value=False)
    ).fill_null(value=False)
    rows = rows.with_columns(
        REPAIR=when(unreadable)
        .then(lit("end_not_readable_set"))
        .when(forgotten & unseen)
        .then(lit("open_before_a_missing_year"))
        .when(forgotten)
        .then(lit("open_and_not_mentioned_again"))
        .when(another)
        .then(lit("open_though_another_began"))
        .when(overlaps)
        .then(lit("overlap_cut"))
        .when(next_day)
        .then(lit("next_day_joined"))
        .otherwise(lit(None, dtype=nw.String))
    )
    repaired.append(_marked(rows.filter(~is_blank("REPAIR")), col("REPAIR")))
    still_open = is_open & ~forgotten & ~another
    rows = rows.with_columns(
        REC=when(still_open | unreadable | forgotten | another)
        .then(lit(None, dtype=nw.String))
        .otherwise(col("REC")),
        DEC=when(forgotten)
        .then(col("AFTER_YEAR"))
        .when(unreadable | another | overlaps | next_day)
        .then(col("NEXT_DECOM"))
        .otherwise(col("DEC")),
    )
    repaired.extend(_contradictions(rows))
    return rows.drop("NEXT_DECOM", "NEXT_RNE", "DEC__unreadable", "AFTER_YEAR")


def _contradictions(rows: Any) -> list[Any]:
    """Reasons for ending that the next episode does not bear out; left as they stand."""
    goes_on = (col("REC") == codes.GOES_ON.codes[0]).fill_null(value=False)
    begins_at_once = (col("NEXT_DECOM") == col("DEC")).fill_null(value=False)
    starts_anew = (col("NEXT_RNE") == codes.STARTED.codes[0]).fill_null(value=False)
    untouched = is_blank("REPAIR")
    ended = ~is_blank("DEC")
    left = untouched & ended & ~goes_on & ~is_blank("REC") & begins_at_once & ~starts_anew
    alone = untouched & ended & goes_on & (~begins_at_once | starts_anew)
    return [
        _marked(rows.filter(left), lit("left_care_yet_goes_on")),
        _marked(rows.filter(alone), lit("goes_on_yet_nothing_follows")),
    ]
