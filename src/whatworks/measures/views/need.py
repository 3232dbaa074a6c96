"""Views of children in need: referrals and child protection plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from whatworks.journeys.need import CASES, PLANS, NeedJourneys
from whatworks.measures.views.common import OF_ALL, collection_year
from whatworks.tables import age_at, birthday, col, frame, lit


def referrals(journeys: NeedJourneys) -> Any:
    """One row a referral and year in which it was made; AGAIN_WITHIN_12_MONTHS.

    That is so where the child's referral before was no longer ago than the same day a year back.
    The year before must be loaded, or that referral may not have been seen.
    """
    rows = frame(journeys.referrals)
    again = col("REFERRED") <= birthday("PREV_REFERRED", 1)
    rows = rows.with_columns(AGAIN_WITHIN_12_MONTHS=again.fill_null(value=False))
    return of_need(rows, journeys, "REFERRED", CASES, "AGAIN_WITHIN_12_MONTHS")


def plans_started(journeys: NeedJourneys) -> Any:
    """One row a child protection plan and year in which it began; PLANS_BEFORE."""
    return of_need(frame(journeys.plans), journeys, "STARTED", PLANS, "PLANS_BEFORE")


def of_need(rows: Any, journeys: NeedJourneys, day: str, table: str, extra: str) -> Any:
    """Things of the loaded years, with who the child was on ``day``."""
    rows = rows.rename({"YEAR": "RETURN_YEAR"}).with_columns(
        YEAR=collection_year(day), ON=col(day), AGE=age_at("DOB", day), TABLE=lit(table)
    )
    return rows.filter(col("YEAR").is_in(list(journeys.years))).select(*OF_ALL, extra)


VIEWS: Mapping[str, Callable[[NeedJourneys], Any]] = {
    "referrals": referrals,
    "plans_started": plans_started,
}
