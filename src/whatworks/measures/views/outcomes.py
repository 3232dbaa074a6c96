"""Views of how children in care fare: health, social workers, times missing, loss of liberty.

Rows are children looked after, as in ``views.care``; what other tables of the return say of them
stands beside. A table that a return lacks leaves its columns null: ``Measure.needs`` speaks first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys.deriving import CareJourneys
from whatworks.journeys.health import ANSWERS
from whatworks.journeys.missing import AWAY, MISSING
from whatworks.measures.views import care
from whatworks.measures.views.common import OF_ALL
from whatworks.tables import (
    age_at,
    any_of,
    attach,
    col,
    frame,
    in_each,
    is_blank,
    latest_version,
    lit,
    neighbours,
    when,
)

MOST_POINTS = 40
"""The highest score of the strengths and difficulties questionnaire: twenty items of 0 to 2."""


def looked_after_for_a_year(journeys: CareJourneys) -> Any:
    """One row a child looked after on 31 March whose period of care began by 1 April before.

    HOW_LONG_KNOWN is false for a child whose period began later without a start of its own in the
    returns: it may have been longer. HAS_RECORD: whether OC2 has the child; its answers; SCORE
    and SCORE_BEFORE, the points of this year's and last year's questionnaire (0 to 40).
    """
    rows = in_care_on_the_day(journeys)
    long = col("START") <= col("FIRST")
    known = any_of(long, col("START_SEEN"))
    rows = rows.filter(any_of(long, ~col("START_SEEN"))).with_columns(HOW_LONG_KNOWN=known)
    score = col("SDQ_SCORE")
    sound = when((score >= 0) & (score <= MOST_POINTS)).then(score)
    told = frame(journeys.outcomes.of("health")).with_columns(
        SCORE=sound, HAS_RECORD=lit(value=True)
    )
    before = told.select("CHILD", "SCORE", YEAR=col("YEAR") + 1)
    extra = ["HAS_RECORD", "SCORE", *ANSWERS]
    rows = attach(rows, told, on=["CHILD", "YEAR"], columns=extra)
    rows = attach(rows, before, on=["CHILD", "YEAR"], columns="SCORE", prefix="BEFORE_")
    rows = rows.with_columns(
        HAS_RECORD=col("HAS_RECORD").fill_null(value=False), SCORE_BEFORE=col("BEFORE_SCORE")
    )
    return rows.select(*care.OF_CARE, "HOW_LONG_KNOWN", *extra, "SCORE_BEFORE")


def in_care_on_the_day(journeys: CareJourneys) -> Any:
    """Children looked after on 31 March, with START and START_SEEN of that period, FIRST, LAST."""
    stock = frame(care.looked_after_at_31_march(journeys)).select(*care.OF_CARE)
    periods = frame(journeys.periods).select("CHILD", "START", "END", "START_SEEN")
    there = in_each(periods, journeys.windows, start="START", end="END")
    there = there.filter(is_blank("END") | (col("END") > col("LAST")))
    columns = ["START", "START_SEEN", "FIRST", "LAST"]
    return attach(stock, there, on=["CHILD", "YEAR"], columns=columns)


def looked_after_in_the_year(journeys: CareJourneys) -> Any:
    """One row a child looked after on any day of the year; TIMES_MISSING and TIMES_AWAY in it.

    Times count that begin in the year or were still going on when it began. ON is the last day
    of the year or, for a child who left in it for good, the day of leaving.
    """
    periods, times = frame(journeys.periods), frame(journeys.outcomes.of("missing"))
    rows = in_each(periods, journeys.windows, start="START", end="END")
    rows = latest_version(rows, by=["YEAR", "CHILD"], order=["START", "PERIOD"])
    ends = when(col("END") <= col("LAST")).then(col("END")).otherwise(col("LAST"))
    rows = rows.with_columns(ON=ends)
    missed = _in_each_year(times.select("CHILD", "STARTED", "ENDED", "MISSING"), journeys)
    names = ["TIMES_MISSING", "TIMES_AWAY"]
    rows = attach(rows, _times(missed), on=["CHILD", "YEAR"], columns=names)
    rows = rows.with_columns(
        *(col(n).fill_null(0) for n in names),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        SUBMISSION=col("END_SUBMISSION"),
        RETURN_YEAR=col("END_YEAR"),
        ROW=col("END_ROW"),
    )
    return care.described(rows, journeys, extra=names)


def _times(rows: Any) -> Any:
    """How often each child was missing and away in each year."""
    flags = {
        name: (col("MISSING") == code).cast(nw.Int64)
        for name, code in (("TIMES_MISSING", MISSING), ("TIMES_AWAY", AWAY))
    }
    rows = rows.with_columns(**flags).group_by("CHILD", "YEAR")
    return rows.agg(*(col(name).sum() for name in flags))


def _in_each_year(rows: Any, journeys: CareJourneys) -> Any:
    """What began (STARTED) and had not ENDED before the year, once for each year it was in."""
    return in_each(rows, journeys.windows, start="STARTED", end="ENDED", end_included=True)


def looked_after_and_their_workers(journeys: CareJourneys) -> Any:
    """One row a child looked after on 31 March; WORKERS: different social workers in the year."""
    stock = frame(care.looked_after_at_31_march(journeys)).select(*care.OF_CARE)
    times = frame(journeys.outcomes.of("social_workers"))
    then = _in_each_year(times.select("CHILD", "SW_ID", "STARTED", "ENDED"), journeys)
    each = then.select("CHILD", "SW_ID", "YEAR").unique()
    counted = each.group_by("CHILD", "YEAR").agg(WORKERS=nw.len())
    rows = attach(stock, counted, on=["CHILD", "YEAR"], columns="WORKERS")
    return rows.with_columns(WORKERS=col("WORKERS").cast(nw.Int64).fill_null(0))


def deprived_of_liberty(journeys: CareJourneys) -> Any:
    """One row a child and year in which an order was in force; ON is the first such order's day."""
    orders, people = frame(journeys.outcomes.of("deprivations")), frame(journeys.children)
    rows = _in_each_year(orders.rename({"YEAR": "RETURN_YEAR"}), journeys)
    order = ["STARTED", "RETURN_YEAR", "SUBMISSION", "ROW"]
    rows = neighbours(rows, by=["YEAR", "CHILD"], order=order, previous=["ROW"])
    rows = rows.filter(is_blank("PREV_ROW"))
    rows = attach(rows, people, on="CHILD", columns=["SEX", "ETHNIC", "DOB"])
    rows = rows.with_columns(ON=col("STARTED"), AGE=age_at("DOB", "STARTED"), TABLE=lit("DoLo"))
    return rows.select(*OF_ALL)


VIEWS: Mapping[str, Callable[[CareJourneys], Any]] = {
    "looked_after_for_a_year": looked_after_for_a_year,
    "looked_after_in_the_year": looked_after_in_the_year,
    "looked_after_and_their_workers": looked_after_and_their_workers,
    "deprived_of_liberty": deprived_of_liberty,
}
