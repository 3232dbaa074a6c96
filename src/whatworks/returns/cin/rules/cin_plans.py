"""Rules on child in need plans."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given
from whatworks.returns.rules.model import UNCONFIRMED, since
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, col

IN_FORCE = since(2022)
"""Plans have been part of the census since 2022."""

plan = partial(rule, collection="cin", view="cin_plan", years=IN_FORCE)
plan_pair = partial(rule, collection="cin", view="cin_plan_pair", years=IN_FORCE)

CASE_READS = ["LAchildID", "CINdetailsID", "CINdetails.LAchildID", "CINdetails.CINdetailsID"]
CASE_NUMBERS = ["CINdetailsID", "CINdetails.CINdetailsID"]
CHILD_READS = ["LAchildID", "ChildIdentifiers.LAchildID", "ChildIdentifiers.PersonDeathDate"]


@plan(
    "4004",
    reads=["LAchildID", "CINdetailsID", "CINPlanEndDate"],
    optional=["CINdetailsID"],
    remedy="End every plan of the case but one.",
    examples=[
        example(
            "Two open plans in a case; one in another case is left to the rule on open cases",
            CINplanDates="""
              LAchildID CINdetailsID CINPlanEndDate
            > A         1            -
            > A         1            -
              A         1            2024-06-01
              A         2            -
              B         3            -
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="Taken to count the open plans of one case, not those of the child in all cases.",
)
def more_than_one_open_plan() -> Expr:
    """The child has more than one open child in need plan in a case."""
    return blank("CINPlanEndDate") & (col("OPEN_PLANS") > 1)


@plan(
    "4008",
    reads=[*CHILD_READS, "CINPlanStartDate"],
    reports={"CINplanDates": "ROW", "ChildIdentifiers": "CHILD_ROW"},
    remedy="Correct the day the plan began or the day the child died.",
    examples=[
        example(
            "Begun the day after, and on the day",
            ChildIdentifiers="""
              LAchildID PersonDeathDate
            > A         2024-06-01
              B         2024-06-02
              C         -
            """,
            CINplanDates="""
              LAchildID CINPlanStartDate
            > A         2024-06-02
              B         2024-06-02
              C         2024-06-02
            """,
        ),
    ],
)
def begins_after_death() -> Expr:
    """The plan began after the child died."""
    return col("CINPlanStartDate") > col("CHILD_PersonDeathDate")


@plan(
    "4010",
    reads=["CINPlanStartDate"],
    validity=True,
    remedy="Enter the day the plan began, no later than the census year's last day.",
    examples=[
        example(
            "After the year, no such day, and no day",
            year=2025,
            CINplanDates="""
              LAchildID CINPlanStartDate
              A         2025-03-31
            > B         2025-04-01
            > C         2025-02-30
            > D         -
            """,
        ),
    ],
)
def start_is_missing_or_after_the_year() -> Expr:
    """The day the plan began is blank, is not a date, or is after the last day that the census
    covers."""
    late = given("CINPlanStartDate") & (col("CINPlanStartDate") > col("YEAR_END"))
    return any_of(blank("CINPlanStartDate"), late)


@plan(
    "4011",
    reads=["CINPlanStartDate", "CINPlanEndDate"],
    remedy="Correct the day the plan began or the day it ended.",
    examples=[
        example(
            "Ended the day before, and on the same day",
            CINplanDates="""
              LAchildID CINPlanStartDate CINPlanEndDate
            > A         2024-06-02       2024-06-01
              B         2024-06-01       2024-06-01
              C         2024-06-01       -
            """,
        ),
    ],
)
def ends_before_it_begins() -> Expr:
    """The plan ended before it began."""
    return col("CINPlanEndDate") < col("CINPlanStartDate")


@plan(
    "4012Q",
    reads=["CINPlanStartDate", "CINPlanEndDate"],
    severity="query",
    remedy="Check the two days, or say why the plan lasted one day.",
    examples=[
        example(
            "Begun and ended on one day",
            CINplanDates="""
              LAchildID CINPlanStartDate CINPlanEndDate
            > A         2024-06-01       2024-06-01
              B         2024-06-01       2024-06-02
              C         -                -
            """,
        ),
    ],
)
def begins_and_ends_on_one_day() -> Expr:
    """The plan began and ended on the same day."""
    return col("CINPlanStartDate") == col("CINPlanEndDate")


@plan(
    "4013",
    reads=["CINPlanEndDate"],
    remedy="Correct the day the plan ended; it must be in the census year.",
    examples=[
        example(
            "The days around the year",
            year=2025,
            CINplanDates="""
              LAchildID CINPlanEndDate
            > A         2024-03-31
              B         2024-04-01
              C         2025-03-31
            > D         2025-04-01
              E         -
            """,
        ),
    ],
)
def ends_outside_the_year() -> Expr:
    """The plan ended before the first or after the last day that the census covers."""
    return any_of(
        col("CINPlanEndDate") < col("YEAR_START"), col("CINPlanEndDate") > col("YEAR_END")
    )


@plan_pair(
    "4014",
    reads=["LAchildID", "CINPlanStartDate", "CINPlanEndDate"],
    reports={"CINplanDates": ("ROW", "OTHER_ROW")},
    remedy="Correct the days so that one plan has ended before the next begins.",
    examples=[
        example(
            "Begun on the day another ended, or while it was open; both plans are reported",
            year=2025,
            CINplanDates="""
              LAchildID CINPlanStartDate CINPlanEndDate
            > A         2024-05-01       2024-06-01
            > A         2024-06-01       -
              B         2024-05-01       2024-06-01
              B         2024-06-02       -
            > C         2024-05-01       -
            > C         2024-06-02       2024-07-01
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="Taken to count a plan that begins on the day another ends, as both ran on that day.",
)
def plans_overlap() -> Expr:
    """Two child in need plans of the child overlap: one begins while the other is open."""
    began, ended = col("CINPlanStartDate"), col("OTHER_CINPlanEndDate")
    by_the_end = given("OTHER_CINPlanEndDate") & (began <= ended)
    still_open = blank("OTHER_CINPlanEndDate") & (began <= col("YEAR_END"))
    return any_of(by_the_end, still_open)


@plan(
    "4015",
    reads=[*CASE_READS, "CINPlanStartDate", "CINdetails.CINreferralDate"],
    optional=CASE_NUMBERS,
    reports={"CINplanDates": "ROW", "CINdetails": "CASE_ROW"},
    remedy="Correct the day the plan began or the day of the referral.",
    examples=[
        example(
            "The day before the referral, and on it",
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate
            > A         1            2024-06-01
              B         2            2024-06-01
            """,
            CINplanDates="""
              LAchildID CINdetailsID CINPlanStartDate
            > A         1            2024-05-31
              B         2            2024-06-01
            """,
        ),
    ],
)
def begins_before_the_referral() -> Expr:
    """The plan began before the referral of its case."""
    return col("CINPlanStartDate") < col("CASE_CINreferralDate")
