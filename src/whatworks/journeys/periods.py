"""Periods of care: unbroken runs of episodes, with how each began, how it ended and what followed.

A period begins with a child's first episode, after a gap, or with an episode whose reason is
that the child started to be looked after (RNE S). It ends with the end of its last episode; it
is still open where that episode is. END is the first day on which the child is not looked after.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.journeys import codes
from whatworks.journeys.episodes import TOTAL_ORDER
from whatworks.tables import (
    AnyFrame,
    attach,
    col,
    days_between,
    frame,
    is_blank,
    islands,
    lit,
    native,
    neighbours,
    when,
)

_WHO = ["SEX", "ETHNIC", "DOB"]


def number_periods(episodes: AnyFrame) -> Any:
    """Merged episodes with PERIOD: 1, 2, ... within each child, in order of time."""
    rows = neighbours(frame(episodes), by="CHILD", order=TOTAL_ORDER, next=["RNE"])
    starts_next = (col("NEXT_RNE") == codes.STARTED.codes[0]).fill_null(value=False)
    # A run must not reach into a new start, even on the very day the run before it ended.
    rows = rows.with_columns(UNTIL=when(starts_next).then(col("DECOM")).otherwise(col("DEC")))
    rows = islands(rows, by="CHILD", start="DECOM", end="UNTIL", name="PERIOD")
    return native(rows.drop("NEXT_RNE", "UNTIL"))


def periods(episodes: AnyFrame) -> Any:
    """One row a period of care, from episodes that have PERIOD, SEX, ETHNIC and DOB.

    CHILD, PERIOD, SEX, ETHNIC, DOB, START, END (null: still looked after), DAYS, END_REASON
    (null: open, or not recorded), START_RNE, START_SEEN (false where it is the child's first and
    its first episode is not a start: what came before is not in the returns loaded), START_LS,
    START_PLACE, START_CIN (category of need), END_LS, END_PLACE, END_CIN, END_REPAIR, NEXT_START
    and PREV_END (of the child's periods after and before), and where the first and last row came
    from: START_ and END_ SUBMISSION, YEAR, ROW.
    """
    rows = neighbours(
        frame(episodes),
        by=["CHILD", "PERIOD"],
        order=TOTAL_ORDER,
        next=["DECOM"],
        previous=["DECOM"],
    )
    first = rows.filter(is_blank("PREV_DECOM")).select(
        "CHILD",
        "PERIOD",
        *_WHO,
        START=col("DECOM"),
        START_RNE=col("RNE"),
        START_LS=col("LS"),
        START_PLACE=col("PLACE"),
        START_CIN=col("CIN"),
        START_SUBMISSION=col("SUBMISSION"),
        START_YEAR=col("YEAR"),
        START_ROW=col("ROW"),
    )
    last = rows.filter(is_blank("NEXT_DECOM")).select(
        "CHILD",
        "PERIOD",
        END=col("DEC"),
        END_REASON=when(col("REC") != codes.GOES_ON.codes[0]).then(col("REC")),
        END_LS=col("LS"),
        END_PLACE=col("PLACE"),
        END_CIN=col("CIN"),
        END_REPAIR=col("REPAIR"),
        END_SUBMISSION=col("SUBMISSION"),
        END_YEAR=col("YEAR"),
        END_ROW=col("ROW"),
    )
    added = [c for c in last.collect_schema().names() if c not in {"CHILD", "PERIOD"}]
    whole = attach(first, last, on=["CHILD", "PERIOD"], columns=added)
    whole = neighbours(
        whole, by="CHILD", order=["START", "PERIOD"], next=["START"], previous=["END"]
    )
    began = (col("START_RNE") == codes.STARTED.codes[0]).fill_null(value=False)
    return native(
        whole.with_columns(
            DAYS=days_between("START", "END"),
            START_SEEN=began | (col("PERIOD") > 1),
        )
    )


def returns_home(periods_of_care: AnyFrame) -> Any:
    """The periods that ended with a return home to parents or others with parental responsibility.

    One row a return: CHILD, PERIOD, SEX, ETHNIC, DOB, RETURNED (the day), PLANNED (boolean),
    NEXT_START (when the child was next looked after by this council, null if not seen),
    DAYS_AT_HOME until then, and the row that says so (SUBMISSION, YEAR, ROW).
    """
    rows = frame(periods_of_care).filter(
        col("END_REASON").is_in(codes.RETURNED_HOME) & ~is_blank("END")
    )
    rows = rows.select(
        "CHILD",
        "PERIOD",
        *_WHO,
        RETURNED=col("END"),
        PLANNED=col("END_REASON").is_in(codes.HOME_PLANNED.codes),
        NEXT_START=col("NEXT_START"),
        END_LS=col("END_LS"),
        END_PLACE=col("END_PLACE"),
        SUBMISSION=col("END_SUBMISSION"),
        YEAR=col("END_YEAR"),
        ROW=col("END_ROW"),
    )
    return native(rows.with_columns(DAYS_AT_HOME=days_between("RETURNED", "NEXT_START")))


def doubtful_starts(periods_of_care: AnyFrame) -> Any:
    """Where a period began in a way that cannot be right, as repaired rows; left as they stand."""
    rows = frame(periods_of_care).with_columns(
        CARRIES_ON=(col("PERIOD") > 1)
        & (col("START_RNE") != codes.STARTED.codes[0]).fill_null(value=False),
        UNBORN=(col("DOB") > col("START")).fill_null(value=False),
    )
    return native(
        nw.concat(
            [
                rows.filter(col(flag)).select(
                    lit(name).alias("REPAIR"),
                    "CHILD",
                    SUBMISSION=col("START_SUBMISSION"),
                    YEAR=col("START_YEAR"),
                    ROW=col("START_ROW"),
                )
                for name, flag in (
                    ("goes_on_after_a_gap", "CARRIES_ON"),
                    ("born_after_care_began", "UNBORN"),
                )
            ]
        )
    )
