"""The views that measures are counted over: one row a child (or a return home) and year.

Each view is made once from a council's journeys and serves every measure over it; that of social
work posts is of its own kind (see ``measures.workforce``). All others have YEAR
(the collection year reported), ON (the day of the clock), AGE on that day, SEX, ETHNIC, and the
row that put the child there: SUBMISSION, RETURN_YEAR, ROW. Those of care, whose rows are of the
Episodes table, also have UASC (boolean), LS and PLACE; those of need have TABLE. CHILD stays
inside: no measure gives it out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys.deriving import CareJourneys
from whatworks.journeys.need import CASES, PLANS, NeedJourneys
from whatworks.measures.workforce import Workforce
from whatworks.tables import (
    add_months,
    age_at,
    as_of,
    attach,
    birthday,
    col,
    frame,
    is_blank,
    latest_version,
    lit,
    month_of,
    neighbours,
    when,
    year_of,
)

FIRST_MONTH = 4
"""Collection years begin on 1 April (``returns.period_of``)."""

STANDARD = [
    "YEAR",
    "CHILD",
    "ON",
    "AGE",
    "SEX",
    "ETHNIC",
    "UASC",
    "LS",
    "PLACE",
    "SUBMISSION",
    "RETURN_YEAR",
    "ROW",
]


def looked_after_at_31_march(journeys: CareJourneys) -> Any:
    """One row a child looked after on the last day of each year; also PLACEMENTS_IN_YEAR.

    A child is looked after on a day when an episode has begun by then and ends after it. Their
    placements of the year are those, of a day or more, that were open on some day of the year.
    """
    episodes, places = frame(journeys.episodes), frame(journeys.placements)
    there_needed = [c for c in STANDARD if c not in {"AGE", "UASC"}] + ["DOB"]
    stock, lived = [], []
    for year, (first, last) in journeys.windows.items():
        day = {"YEAR": lit(year, dtype=nw.Int64), "ON": lit(last, dtype=nw.Date)}
        there = as_of(episodes, on=last, start="DECOM", end="DEC")
        there = there.rename({"YEAR": "RETURN_YEAR"}).with_columns(**day)
        stock.append(there.select(*there_needed))
        open_then = (col("START") <= last) & (is_blank("END") | (col("END") > first))
        a_day_or_more = is_blank("DAYS") | (col("DAYS") > 0)
        homes = places.filter(open_then & a_day_or_more).with_columns(YEAR=day["YEAR"])
        lived.append(homes.group_by("YEAR", "CHILD").agg(PLACEMENTS_IN_YEAR=nw.len()))
    rows = attach(
        nw.concat(stock), nw.concat(lived), on=["YEAR", "CHILD"], columns="PLACEMENTS_IN_YEAR"
    )
    rows = rows.with_columns(PLACEMENTS_IN_YEAR=col("PLACEMENTS_IN_YEAR").fill_null(0))
    return _described(rows, journeys, extra=["PLACEMENTS_IN_YEAR"])


def started(journeys: CareJourneys) -> Any:
    """One row a child and year: the first period of care that began in the year; START_SEEN.

    Where the first has no start of its own (the returns loaded do not show where it came from)
    and a later one of the year has, the later one stands for the child.
    """
    rows = _in_each_year(journeys, "START")
    rows = rows.with_columns(UNSEEN=(~col("START_SEEN")).cast(nw.Int64))
    order = ["UNSEEN", "START", "PERIOD"]
    rows = neighbours(rows, by=["YEAR", "CHILD"], order=order, previous=["PERIOD"])
    rows = rows.filter(is_blank("PREV_PERIOD"))
    rows = rows.with_columns(
        ON=col("START"),
        LS=col("START_LS"),
        PLACE=col("START_PLACE"),
        SUBMISSION=col("START_SUBMISSION"),
        RETURN_YEAR=col("START_YEAR"),
        ROW=col("START_ROW"),
    )
    return _described(rows, journeys, extra=["START_SEEN"])


def ceased(journeys: CareJourneys) -> Any:
    """One row a child and year: the last period of care that ended in the year; END_REASON."""
    rows = _in_each_year(journeys, "END")
    rows = latest_version(rows, by=["YEAR", "CHILD"], order=["END", "PERIOD"])
    rows = rows.with_columns(
        ON=col("END"),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        SUBMISSION=col("END_SUBMISSION"),
        RETURN_YEAR=col("END_YEAR"),
        ROW=col("END_ROW"),
    )
    return _described(rows, journeys, extra=["END_REASON"])


def returned_home_the_year_before(journeys: CareJourneys) -> Any:
    """One row a return home in the year before the reported one; PLANNED, BACK_WITHIN_12_MONTHS.

    Both years must be loaded, so that twelve months after every return have been seen: the last
    day on which a return of the year before is followed is the last day of the reported year.
    """
    rows = frame(journeys.returns_home).rename({"YEAR": "RETURN_YEAR"})
    rows = rows.with_columns(YEAR=_collection_year("RETURNED") + 1)
    both = [year for year in journeys.years if year - 1 in journeys.windows]
    rows = rows.filter(col("YEAR").is_in(both))
    back = ~is_blank("NEXT_START") & (col("NEXT_START") <= add_months("RETURNED", 12))
    rows = rows.with_columns(
        ON=col("RETURNED"),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        BACK_WITHIN_12_MONTHS=back.fill_null(value=False),
    )
    return _described(rows, journeys, extra=["PERIOD", "PLANNED", "BACK_WITHIN_12_MONTHS"])


def referrals(journeys: NeedJourneys) -> Any:
    """One row a referral and year in which it was made; AGAIN_WITHIN_12_MONTHS.

    That is so where the child's referral before was no longer ago than the same day a year back.
    The year before must be loaded, or that referral may not have been seen.
    """
    rows = frame(journeys.referrals)
    again = col("REFERRED") <= birthday("PREV_REFERRED", 1)
    rows = rows.with_columns(AGAIN_WITHIN_12_MONTHS=again.fill_null(value=False))
    return _of_need(rows, journeys, "REFERRED", CASES, "AGAIN_WITHIN_12_MONTHS")


def plans_started(journeys: NeedJourneys) -> Any:
    """One row a child protection plan and year in which it began; PLANS_BEFORE."""
    return _of_need(frame(journeys.plans), journeys, "STARTED", PLANS, "PLANS_BEFORE")


def social_work_posts(workforce: Workforce) -> Any:
    """One row a worker's record or a vacant post and census year: ``Workforce.posts`` as it is."""
    return workforce.posts


VIEWS: Mapping[str, Callable[[Any], Any]] = {
    "looked_after_at_31_march": looked_after_at_31_march,
    "started": started,
    "ceased": ceased,
    "returned_home_the_year_before": returned_home_the_year_before,
    "referrals": referrals,
    "plans_started": plans_started,
    "social_work_posts": social_work_posts,
}


def _collection_year(day: str) -> nw.Expr:
    """The collection year a day falls in: 31 March 2026 in 2026, 1 April 2026 in 2027."""
    return year_of(day) + (month_of(day) >= FIRST_MONTH).cast(nw.Int64)


def _in_each_year(journeys: CareJourneys, event: str) -> Any:
    """Periods whose ``event`` (START or END) fell in a loaded year, with that YEAR."""
    rows = frame(journeys.periods).with_columns(YEAR=_collection_year(event))
    return rows.filter(col("YEAR").is_in(list(journeys.years)))


def _described(rows: Any, journeys: CareJourneys, extra: list[str] | None = None) -> Any:
    """The standard columns of a view: who the child is, on the day of the clock."""
    rows = rows.with_columns(AGE=age_at("DOB", "ON"))
    seekers = frame(journeys.asylum_seekers).with_columns(LISTED=lit(value=True))
    rows = attach(rows, seekers, on=["CHILD", "YEAR"], columns=["LISTED", "DUC"])
    # Still so on the day itself, as for a child who leaves care on turning 18.
    still = is_blank("DUC") | (col("DUC") >= col("ON"))
    rows = rows.with_columns(
        UASC=when(col("LISTED").fill_null(value=False)).then(still).otherwise(lit(value=False))
    )
    return rows.select(*STANDARD, *(extra or []))


OF_NEED = [
    "YEAR",
    "CHILD",
    "ON",
    "AGE",
    "SEX",
    "ETHNIC",
    "SUBMISSION",
    "RETURN_YEAR",
    "TABLE",
    "ROW",
]


def _of_need(rows: Any, journeys: NeedJourneys, day: str, table: str, extra: str) -> Any:
    """Referrals or plans of the loaded years, with who the child was on ``day``."""
    rows = rows.rename({"YEAR": "RETURN_YEAR"}).with_columns(
        YEAR=_collection_year(day), ON=col(day), AGE=age_at("DOB", day), TABLE=lit(table)
    )
    return rows.filter(col("YEAR").is_in(list(journeys.years))).select(*OF_NEED, extra)
