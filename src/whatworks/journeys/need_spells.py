"""Each kind of thing that CIN censuses tell of, once: referrals, assessments, enquiries, plans ...

Every function takes the stacked rows of its table and gives the frame that ``NeedJourneys`` has
under its name, without who the child is. What is done on the way is entered in a ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from whatworks.journeys.need_columns import (
    ASSESSMENTS,
    CASES,
    CIN_PLANS,
    DISABILITIES,
    ENQUIRIES,
    FACTORS,
    PLANS,
    PRE_PROCEEDINGS,
    REVIEWS,
    TRACE,
    UNREAD,
    settled,
    stacked,
    yes_or_no,
)
from whatworks.journeys.need_rows import Ledger, each_once, ends_mended, note_cases, with_its_case
from whatworks.journeys.stacking import ReturnTables
from whatworks.tables import attach, col, is_blank, latest_version, lit, neighbours, when

Censuses = Sequence[ReturnTables]
_NO_DISABILITY = "NONE"


def cases(censuses: Censuses) -> Any:
    """Every row of the table of cases."""
    rows = stacked(censuses, CASES, unread=["CLOSED"])
    return settled(rows.with_columns(NFA=yes_or_no("NFA")))


def placed(rows: Any) -> Any:
    """The cases whose child and day of referral are known, so that things can belong to them."""
    there = ~is_blank("CHILD") & ~is_blank("REFERRED") & (col("REFERRED") <= col("YEAR_END"))
    return rows.filter(there).select("YEAR", "CHILD", "CASE", "REFERRED")


def referrals(rows: Any, years: Sequence[int], ledger: Ledger) -> Any:
    """CHILD, REFERRED, CLOSED, END_SET, PREV_REFERRED and what the census says of the case."""
    rows = rows.drop("CONFERENCE")
    # Of two alike the one that is open is kept: its closure would be known.
    rows = each_once(rows, "referral", "REFERRED", ledger)
    lasting = ~col("NFA").fill_null(value=False)
    rows = ends_mended(
        rows, "referral", "REFERRED", "CLOSED", years, ledger=ledger, lasting=lasting
    )
    rows = neighbours(rows, by="CHILD", order="REFERRED", previous="REFERRED")
    return rows.drop("YEAR_END", "AFTER_YEAR")


def assessments(censuses: Censuses, of_cases: Any, ledger: Ledger) -> Any:
    """CHILD, REFERRED, STARTED, AUTHORISED (null: not finished)."""
    rows = with_its_case(stacked(censuses, ASSESSMENTS, unread=["AUTHORISED"]), of_cases)
    rows = each_once(rows, "assessment", "STARTED", ledger, known=["AUTHORISED"])
    note_cases(rows, "assessment", "STARTED", ledger)
    too_late = col("AUTHORISED") > col("YEAR_END")
    ledger.note(
        rows,
        assessment_end_not_readable=col("AUTHORISED" + UNREAD),
        assessment_signed_off_before_it_began=col("AUTHORISED") < col("STARTED"),
        assessment_signed_off_after_the_census=too_late,
    )
    day = when(~too_late.fill_null(value=False)).then(col("AUTHORISED"))
    rows = rows.with_columns(AUTHORISED=day)
    return rows.drop("AUTHORISED" + UNREAD, "FOUND", "YEAR_END", "AFTER_YEAR")


def factors(censuses: Censuses, assessed: Any) -> Any:
    """CHILD, REFERRED, STARTED, AUTHORISED, FACTOR: what each assessment found, each code once.

    Factors of an assessment that was left out or replaced went with it.
    """
    rows = stacked(censuses, FACTORS).filter(~is_blank("CHILD") & ~is_blank("FACTOR"))
    rows = latest_version(
        rows.select("CHILD", "ASSESSMENT", "FACTOR", *TRACE),
        by=["YEAR", "CHILD", "ASSESSMENT", "FACTOR"],
        order=["SUBMISSION", "ROW"],
    )
    kept = assessed.with_columns(KEPT=lit(value=True))
    columns = ["KEPT", "REFERRED", "STARTED", "AUTHORISED"]
    rows = attach(rows, kept, on=["YEAR", "CHILD", "ASSESSMENT"], columns=columns)
    rows = rows.filter(~is_blank("KEPT"))
    return rows.drop("KEPT", "ASSESSMENT")


def enquiries(censuses: Censuses, of_cases: Any, ledger: Ledger) -> Any:
    """CHILD, REFERRED, STARTED, CONFERENCE, NOT_REQUIRED; YEAR_END for ``conferences``."""
    rows = with_its_case(stacked(censuses, ENQUIRIES, unread=["CONFERENCE"]), of_cases)
    rows = each_once(rows, "enquiry", "STARTED", ledger, known=["CONFERENCE"])
    note_cases(rows, "enquiry", "STARTED", ledger)
    ledger.note(
        rows,
        enquiry_conference_not_readable=col("CONFERENCE" + UNREAD),
        enquiry_conference_before_it_began=col("CONFERENCE") < col("STARTED"),
    )
    return rows.with_columns(NOT_REQUIRED=yes_or_no("NOT_REQUIRED")).drop("CONFERENCE" + UNREAD)


def without_conferences_to_come(enquired: Any) -> Any:
    """The enquiries, without days of conferences after their census."""
    come = (col("CONFERENCE") <= col("YEAR_END")).fill_null(value=False)
    day = when(come).then(col("CONFERENCE"))
    return enquired.with_columns(CONFERENCE=day).drop("YEAR_END", "AFTER_YEAR")


def conferences(of_cases: Any, enquired: Any, ledger: Ledger) -> Any:
    """CHILD, REFERRED, HELD, ENQUIRED (the day the enquiry began; null: in none), TABLE.

    A first conference stands in the enquiry that led to it, or in the case where no enquiry did.
    Only the census of the year in which it was held tells of it, so every census is asked.
    """
    columns = ["CHILD", "REFERRED", "HELD", "ENQUIRED", "TABLE", "YEAR_END", "AFTER_YEAR", *TRACE]
    known = ~is_blank("CHILD") & ~is_blank("CONFERENCE")
    found = []
    for rows, enquired_on, table in (
        (enquired, col("STARTED"), ENQUIRIES),
        (of_cases, lit(None, dtype=nw.Date), CASES),
    ):
        held = rows.filter(known).with_columns(
            HELD=col("CONFERENCE"), ENQUIRED=enquired_on, TABLE=lit(table)
        )
        found.append(held.select(*columns))
    rows = each_once(nw.concat(found), "conference", "HELD", ledger, known=["ENQUIRED"])
    return rows.drop("YEAR_END", "AFTER_YEAR")


def plans(censuses: Censuses, of_cases: Any, years: Sequence[int], ledger: Ledger) -> Any:
    """CHILD, REFERRED, STARTED, ENDED, END_SET, PLANS_BEFORE, CATEGORY, LATEST_CATEGORY, PLAN."""
    rows = with_its_case(stacked(censuses, PLANS, unread=["ENDED"]), of_cases)
    given = when(col("PLANS_BEFORE") >= 0).then(col("PLANS_BEFORE"))
    rows = rows.with_columns(PLANS_BEFORE=given)
    # Of plans alike the one with most plans before it is kept, and any number before none.
    rows = each_once(rows, "plan", "STARTED", ledger, known=["PLANS_BEFORE"])
    rows = ends_mended(rows, "plan", "STARTED", "ENDED", years, ledger=ledger)
    note_cases(rows, "plan", "STARTED", ledger)
    rows = neighbours(rows, by="CHILD", order="STARTED", previous=["STARTED", "ENDED"])
    return rows.drop("YEAR_END", "AFTER_YEAR")


def reviews(censuses: Censuses, planned: Any, ledger: Ledger) -> Any:
    """CHILD, PLAN_STARTED, REVIEWED: reviews held while their plan ran."""
    began = stacked(censuses, PLANS).filter(~is_blank("CHILD"))
    rows = stacked(censuses, REVIEWS)
    rows = attach(rows, began, on=["YEAR", "CHILD", "PLAN"], columns="STARTED", prefix="PLAN_")
    rows = each_once(rows, "review", "REVIEWED", ledger, known=["PLAN_STARTED"])
    ends = planned.select("CHILD", "ENDED", PLAN_STARTED=col("STARTED"))
    ends = ends.with_columns(THERE=lit(value=True))
    rows = attach(rows, ends, on=["CHILD", "PLAN_STARTED"], columns=["THERE", "ENDED"])
    outside = (col("REVIEWED") <= col("PLAN_STARTED")) | (col("REVIEWED") > col("ENDED"))
    why = (
        when(is_blank("THERE"))
        .then(lit("review_without_its_plan"))
        .when(outside.fill_null(value=False))
        .then(lit("review_outside_its_plan"))
        .otherwise(lit(None, dtype=nw.String))
    )
    rows = ledger.take(rows.with_columns(WHY=why))
    return rows.drop("THERE", "ENDED", "PLAN", "YEAR_END", "AFTER_YEAR")


def cin_plans(censuses: Censuses, of_cases: Any, years: Sequence[int], ledger: Ledger) -> Any:
    """CHILD, REFERRED, STARTED, ENDED, END_SET: child in need plans."""
    rows = with_its_case(stacked(censuses, CIN_PLANS, unread=["ENDED"]), of_cases)
    rows = each_once(rows, "cin_plan", "STARTED", ledger)
    rows = ends_mended(rows, "cin_plan", "STARTED", "ENDED", years, ledger=ledger)
    note_cases(rows, "cin_plan", "STARTED", ledger)
    return rows.drop("YEAR_END", "AFTER_YEAR")


def pre_proceedings(censuses: Censuses, of_cases: Any, ledger: Ledger) -> Any:
    """CHILD, REFERRED, STARTED (the first day known), LETTER, OFFERED, HELD (booleans)."""
    rows = with_its_case(stacked(censuses, PRE_PROCEEDINGS), of_cases)
    rows = rows.with_columns(
        STARTED=nw.coalesce("BEGAN", "LETTER"),
        OFFERED=yes_or_no("OFFERED"),
        HELD=yes_or_no("HELD"),
    )
    rows = each_once(rows, "pre_proceedings", "STARTED", ledger, known=["LETTER", "OFFERED"])
    note_cases(rows, "pre_proceedings", "STARTED", ledger)
    return rows.drop("BEGAN", "YEAR_END", "AFTER_YEAR")


def disabilities(censuses: Censuses) -> Any:
    """CHILD, YEAR, DISABLED: whether that year's census records a disability of the child."""
    rows = stacked(censuses, DISABILITIES).filter(~is_blank("CHILD") & ~is_blank("DISABILITY"))
    rows = rows.with_columns(DISABLED=(col("DISABILITY") != _NO_DISABILITY).cast(nw.Int64))
    rows = rows.group_by("CHILD", "YEAR").agg(col("DISABLED").max())
    return rows.with_columns(DISABLED=col("DISABLED") > 0)
