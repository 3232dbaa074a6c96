"""Views of children in need: referrals, assessments, cases, enquiries, conferences and plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys.need import NeedJourneys
from whatworks.journeys.need_columns import (
    ASSESSMENTS,
    CASES,
    ENQUIRIES,
    FACTORS,
    PLANS,
    PRE_PROCEEDINGS,
    unhurried,
)
from whatworks.measures.views.common import OF_ALL, collection_year, last_days
from whatworks.reference.calendar import numbered_days
from whatworks.tables import (
    add_months,
    age_at,
    all_of,
    any_of,
    attach,
    birthday,
    col,
    days_between,
    in_each,
    is_blank,
    latest_version,
    lit,
    neighbours,
    when,
    working_days,
)

NOT_IN_NEED = ("RC8", "RC9")
"""Reasons for closing a case after an assessment that found no need."""
_REVIEWED_FIRST, _REVIEWED_NEXT = 3, 6
"""Months within which a plan is reviewed for the first time, and after each review."""


def referrals(journeys: NeedJourneys) -> Any:
    """One row a referral and year in which it was made.

    AGAIN_WITHIN_12_MONTHS: the child's referral before was no longer ago than the same day a year
    back. The year before must be loaded, or that referral may not have been seen. SOURCE; NFA
    (null: not said); ASSESSED_NOT_IN_NEED: it led to more than nothing and was closed within the
    year for a reason that says so.
    """
    rows = unhurried(journeys.referrals)
    again = col("REFERRED") <= birthday("PREV_REFERRED", 1)
    same_year = collection_year("CLOSED") == collection_year("REFERRED")
    not_needed = col("CLOSURE_REASON").is_in(NOT_IN_NEED) & same_year & _not_turned_away()
    rows = rows.with_columns(
        AGAIN_WITHIN_12_MONTHS=again.fill_null(value=False),
        ASSESSED_NOT_IN_NEED=not_needed.fill_null(value=False),
    )
    extra = ["AGAIN_WITHIN_12_MONTHS", "ASSESSED_NOT_IN_NEED", "SOURCE", "NFA"]
    return of_need(rows, journeys, "REFERRED", CASES, *extra)


def assessments_finished(journeys: NeedJourneys) -> Any:
    """One row an assessment and year in which it was signed off; WORKING_DAYS it took.

    WORKING_DAYS is below nought where it was signed off before it began, and null where its days
    lie outside the years of which bank holidays are held.
    """
    rows = unhurried(journeys.assessments).filter(~is_blank("AUTHORISED"))
    rows = working_days(
        rows, start="STARTED", end="AUTHORISED", calendar=numbered_days(), name="WORKING_DAYS"
    )
    rows = rows.with_columns(BACKWARDS=col("AUTHORISED") < col("STARTED"))
    return of_need(rows, journeys, "AUTHORISED", ASSESSMENTS, "WORKING_DAYS", "BACKWARDS")


def factors_found(journeys: NeedJourneys) -> Any:
    """One row a case, year and FACTOR that an assessment signed off in the year found.

    A case assessed twice in a year counts each factor once. An assessment without its case counts
    as a case of its own.
    """
    rows = unhurried(journeys.factors).filter(~is_blank("AUTHORISED"))
    rows = rows.with_columns(
        OF=nw.coalesce("REFERRED", "STARTED"), IN=collection_year("AUTHORISED")
    )
    rows = latest_version(
        rows,
        by=["CHILD", "OF", "IN", "FACTOR"],
        order=["AUTHORISED", "STARTED", "YEAR", "SUBMISSION", "ROW"],
    )
    return of_need(rows, journeys, "AUTHORISED", FACTORS, "FACTOR")


def _not_turned_away() -> nw.Expr:
    """The census does not say that nothing further was done."""
    return ~col("NFA").fill_null(value=False)


def _cases(journeys: NeedJourneys) -> Any:
    return unhurried(journeys.referrals).filter(_not_turned_away())


def in_need_at_31_march(journeys: NeedJourneys) -> Any:
    """One row a case open after the last day of each year.

    Referrals after which nothing further was done are none. UNDER_3_MONTHS, TWO_YEARS and the
    bands between since the referral; DISABLED (null: that census records neither a disability nor
    that there is none); UNBORN (null: no day of birth).
    """
    rows = _stock(_cases(journeys), journeys, "REFERRED", "CLOSED")
    rows = rows.with_columns(
        **_lasted("REFERRED", "ON"),
        UNBORN=col("DOB") > col("ON"),
    )
    rows = attach(rows, unhurried(journeys.disabilities), on=["CHILD", "YEAR"], columns="DISABLED")
    extra = ["UNDER_3_MONTHS", *_BANDS, "TWO_YEARS", "DISABLED", "UNBORN"]
    return _described(rows, CASES, *extra)


def in_need_in_year(journeys: NeedJourneys) -> Any:
    """One row a case and year on some day of which it was open; the last such day is ON.

    Cases closed in the year after an assessment that found no need are none, nor are referrals
    after which nothing further was done.
    """
    rows = _cases(journeys).rename({"YEAR": "RETURN_YEAR"})
    rows = in_each(rows, journeys.windows, start="REFERRED", end="CLOSED", end_included=True)
    by_then = (col("CLOSED") <= col("LAST")).fill_null(value=False)
    not_needed = by_then & col("CLOSURE_REASON").is_in(NOT_IN_NEED).fill_null(value=False)
    on = when(by_then).then(col("CLOSED")).otherwise(col("LAST"))
    return _described(rows.filter(~not_needed).with_columns(ON=on), CASES)


def cases_closed(journeys: NeedJourneys) -> Any:
    """One row a case and year in which it was closed.

    AFTER_ASSESSMENT: closed for a reason that says that no need was found; CLOSURE_REASON (null:
    not said); UNDER_3_MONTHS, TWO_YEARS and the bands between since the referral; END_SET: the
    day of closure is other than written.
    """
    rows = _cases(journeys).filter(~is_blank("CLOSED"))
    rows = rows.with_columns(
        **_lasted("REFERRED", "CLOSED"),
        AFTER_ASSESSMENT=col("CLOSURE_REASON").is_in(NOT_IN_NEED).fill_null(value=False),
    )
    lasted = ["UNDER_3_MONTHS", *_BANDS, "TWO_YEARS"]
    extra = ["AFTER_ASSESSMENT", "CLOSURE_REASON", *lasted, "END_SET"]
    return of_need(rows, journeys, "CLOSED", CASES, *extra)


def enquiries_started(journeys: NeedJourneys) -> Any:
    """One row a section 47 enquiry and year in which it began.

    LED_TO_CONFERENCE: a first conference was held by the end of that year; UNDECIDED: none was
    and the census does not say that none was needed.
    """
    rows = unhurried(journeys.enquiries)
    in_time = collection_year("CONFERENCE") <= collection_year("STARTED")
    led = in_time.fill_null(value=False)
    not_needed = col("NOT_REQUIRED").fill_null(value=False)
    rows = rows.with_columns(LED_TO_CONFERENCE=led, UNDECIDED=~led & ~not_needed)
    return of_need(rows, journeys, "STARTED", ENQUIRIES, "LED_TO_CONFERENCE", "UNDECIDED")


def conferences_held(journeys: NeedJourneys) -> Any:
    """One row a first child protection conference and year in which it was held.

    ENQUIRED: the day its enquiry began (null: held outside one); WORKING_DAYS from that day;
    BACKWARDS: held before the enquiry began; LED_TO_PLAN: a plan of the child began that day.
    """
    rows = unhurried(journeys.conferences)
    rows = working_days(
        rows, start="ENQUIRED", end="HELD", calendar=numbered_days(), name="WORKING_DAYS"
    )
    began = unhurried(journeys.plans).select("CHILD", HELD=col("STARTED"), BEGAN=lit(value=True))
    rows = attach(rows, began, on=["CHILD", "HELD"], columns="BEGAN")
    rows = rows.with_columns(
        LED_TO_PLAN=col("BEGAN").fill_null(value=False),
        BACKWARDS=(col("HELD") < col("ENQUIRED")).fill_null(value=False),
    )
    extra = ["ENQUIRED", "WORKING_DAYS", "BACKWARDS", "LED_TO_PLAN"]
    return of_need(rows, journeys, "HELD", None, *extra)


def plans_started(journeys: NeedJourneys) -> Any:
    """One row a child protection plan and year in which it began; PLANS_BEFORE, CATEGORY.

    AGAIN_WITHIN_24_MONTHS: the child's plan before had not ended, or had ended no longer ago than
    the same day two years back. Two years before must be loaded for it.
    """
    rows = unhurried(journeys.plans)
    soon = col("STARTED") <= birthday("PREV_ENDED", 2)
    again = ~is_blank("PREV_STARTED") & any_of(is_blank("PREV_ENDED"), soon)
    rows = rows.with_columns(AGAIN_WITHIN_24_MONTHS=again.fill_null(value=False))
    extra = ["PLANS_BEFORE", "CATEGORY", "AGAIN_WITHIN_24_MONTHS"]
    return of_need(rows, journeys, "STARTED", PLANS, *extra)


def plans_at_31_march(journeys: NeedJourneys) -> Any:
    """One row a child protection plan that ran on after the last day of each year.

    TWO_YEARS: begun two years before or earlier; REVIEW_DUE: begun three months before or
    earlier; REVIEWED_ON_TIME (null where none was due): no review of the year was late. The year
    before must be loaded for that, so that the review before is seen.
    """
    rows = _stock(unhurried(journeys.plans), journeys, "STARTED", "ENDED")
    rows = attach(rows, _late_reviews(journeys), on=["CHILD", "STARTED", "YEAR"], columns="LATE")
    due = add_months("STARTED", _REVIEWED_FIRST) <= col("ON")
    rows = rows.with_columns(
        TWO_YEARS=birthday("STARTED", 2) <= col("ON"),
        REVIEW_DUE=due,
        REVIEWED_ON_TIME=when(due).then(~col("LATE").fill_null(value=False)),
    )
    return _described(rows, PLANS, "TWO_YEARS", "REVIEW_DUE", "REVIEWED_ON_TIME")


def _late_reviews(journeys: NeedJourneys) -> Any:
    """CHILD, STARTED, YEAR, LATE: plans of which a review was late in the year.

    A plan is reviewed within three months of its beginning and within six of each review. Of each
    such span only what lies in the year is judged: one that ended before it is of another year.
    """
    plans = unhurried(journeys.plans).select("CHILD", "STARTED", AT=col("STARTED"))
    reviewed = unhurried(journeys.reviews).select(
        "CHILD", STARTED=col("PLAN_STARTED"), AT=col("REVIEWED")
    )
    points = nw.concat([plans, reviewed])
    points = neighbours(points, by=["CHILD", "STARTED"], order="AT", next="AT")
    due = when(col("AT") == col("STARTED")).then(add_months("AT", _REVIEWED_FIRST))
    points = points.with_columns(DUE=due.otherwise(add_months("AT", _REVIEWED_NEXT)))
    found = []
    for year, (first, last) in journeys.windows.items():
        held = (col("NEXT_AT") <= last).fill_null(value=False)
        in_the_year = when(held).then(col("NEXT_AT") >= first).otherwise(lit(value=True))
        # A review due on the last day and not held by its end is late.
        missed = when(held).then(col("NEXT_AT") > col("DUE")).otherwise(col("DUE") <= last)
        spans = points.filter(col("AT") <= last).filter(in_the_year & missed)
        found.append(spans.with_columns(YEAR=lit(year, dtype=nw.Int64)))
    late = _all(found, points).select("CHILD", "STARTED", "YEAR").unique()
    return late.with_columns(LATE=lit(value=True))


def plans_ended(journeys: NeedJourneys) -> Any:
    """One row a child protection plan and year in which it ended; DAYS it ran.

    UNDER_3_MONTHS, TWO_YEARS; END_SET: the day of its end is other than written.
    """
    rows = unhurried(journeys.plans).filter(~is_blank("ENDED"))
    rows = rows.with_columns(**_lasted("STARTED", "ENDED"), DAYS=days_between("STARTED", "ENDED"))
    extra = ["DAYS", "UNDER_3_MONTHS", "TWO_YEARS", "END_SET"]
    return of_need(rows, journeys, "ENDED", PLANS, *extra)


def pre_proceedings_started(journeys: NeedJourneys) -> Any:
    """One row a record of steps before court and year in which they began; OFFERED, HELD."""
    rows = unhurried(journeys.pre_proceedings)
    return of_need(rows, journeys, "STARTED", PRE_PROCEEDINGS, "LETTER", "OFFERED", "HELD")


def _lasted(start: str, end: str) -> dict[str, nw.Expr]:
    """How long something had lasted, by calendar months."""
    at = col(end)
    three, six = add_months(start, 3), add_months(start, 6)
    one_year, two_years = birthday(start, 1), birthday(start, 2)
    return {
        "UNDER_3_MONTHS": at < three,
        "3_TO_6_MONTHS": all_of(three <= at, at < six),
        "6_TO_12_MONTHS": all_of(six <= at, at < one_year),
        "1_TO_2_YEARS": all_of(one_year <= at, at < two_years),
        "TWO_YEARS": two_years <= at,
    }


_BANDS = ["3_TO_6_MONTHS", "6_TO_12_MONTHS", "1_TO_2_YEARS"]
"""Of how long something had lasted, those that cases alone are told by."""


def _stock(rows: Any, journeys: NeedJourneys, start: str, end: str) -> Any:
    """Those begun by the last day of each year that end on a later one, if at all."""
    rows = rows.rename({"YEAR": "RETURN_YEAR"})
    there = in_each(rows, last_days(journeys.windows), start=start, end=end)
    return there.rename({"LAST": "ON"})


def _all(found: list[Any], like: Any) -> Any:
    """The frames of every year as one; without years, no rows."""
    if found:
        return nw.concat(found)
    day = lit(None, dtype=nw.Date)
    none = like.head(0)
    if "YEAR" not in none.collect_schema().names():
        none = none.with_columns(YEAR=lit(None, dtype=nw.Int64))
    return none.with_columns(ON=day)


def _described(rows: Any, table: str | None, *extra: str) -> Any:
    """Rows that have YEAR, ON and RETURN_YEAR, with who the child was on that day."""
    rows = rows.with_columns(AGE=age_at("DOB", "ON"))
    if table is not None:
        rows = rows.with_columns(TABLE=lit(table))
    return rows.select(*OF_ALL, *extra)


def of_need(rows: Any, journeys: NeedJourneys, day: str, table: str | None, *extra: str) -> Any:
    """Things of the loaded years, with who the child was on ``day``.

    Without ``table`` the rows have a TABLE of their own.
    """
    rows = rows.rename({"YEAR": "RETURN_YEAR"}).with_columns(YEAR=collection_year(day), ON=col(day))
    rows = rows.filter(col("YEAR").is_in(list(journeys.years)))
    return _described(rows, table, *extra)


VIEWS: Mapping[str, Callable[[NeedJourneys], Any]] = {
    "referrals": referrals,
    "assessments_finished": assessments_finished,
    "factors_found": factors_found,
    "in_need_at_31_march": in_need_at_31_march,
    "in_need_in_year": in_need_in_year,
    "cases_closed": cases_closed,
    "enquiries_started": enquiries_started,
    "conferences_held": conferences_held,
    "plans_started": plans_started,
    "plans_at_31_march": plans_at_31_march,
    "plans_ended": plans_ended,
    "pre_proceedings_started": pre_proceedings_started,
}
