"""Rules on children missing or away without leave."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, one_of, unknown_code
from whatworks.returns.rules.model import UNCONFIRMED, Setting
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, col, unreadable

missing = partial(rule, collection="ssda903", view="missing")


@missing(
    "564",
    reads=["MISSING", "MIS_START"],
    remedy="Enter the day the child went missing.",
    examples=[
        example(
            "No day",
            Missing="""
              CHILD MISSING MIS_START
            > A     M       -
            > B     A       -
              C     M       2024-06-01
              D     -       -
            """,
        ),
    ],
)
def missing_without_a_day(now: Setting) -> Expr:
    """The child was missing or away without leave, but the day it began is blank."""
    return one_of("MISSING", now.codes("MISSING")) & blank("MIS_START")


@missing(
    "565",
    reads=["MISSING", "MIS_START"],
    remedy="Enter M or A, or take out the day.",
    examples=[
        example(
            "A day, but not whether the child was missing or away",
            Missing="""
              CHILD MISSING MIS_START
            > A     -       2024-06-01
              B     A       2024-06-01
              C     -       -
            """,
        ),
    ],
)
def began_but_what() -> Expr:
    """The day it began is given, but not whether the child was missing or away without leave."""
    return blank("MISSING") & given("MIS_START")


@missing(
    "566",
    reads=["MISSING", "MIS_END"],
    remedy="Enter M or A, or take out the day.",
    examples=[
        example(
            "A day, but not whether the child was missing or away",
            Missing="""
              CHILD MISSING MIS_END
            > A     -       2024-06-01
              B     M       2024-06-01
              C     -       -
            """,
        ),
    ],
)
def ended_but_what() -> Expr:
    """The day it ended is given, but not whether the child was missing or away without leave."""
    return blank("MISSING") & given("MIS_END")


@missing(
    "567",
    reads=["MIS_START", "MIS_END"],
    remedy="Correct the day it began or the day it ended.",
    examples=[
        example(
            "Found the day before",
            Missing="""
              CHILD MIS_START  MIS_END
            > A     2024-06-02 2024-06-01
              B     2024-06-01 2024-06-01
              C     2024-06-01 -
            """,
        ),
    ],
)
def found_before_missing() -> Expr:
    """The child came back before the day of going missing or away."""
    return col("MIS_START") > col("MIS_END")


@missing(
    "570",
    reads=["MIS_START"],
    remedy="Correct the day, or leave it for next year's return.",
    examples=[
        example(
            "The year's last day and the day after",
            year=2025,
            Missing="""
              CHILD MIS_START
              A     2025-03-31
            > B     2025-04-01
            """,
        ),
    ],
)
def missing_after_the_year() -> Expr:
    """The child went missing or away after the last day that the return covers."""
    return col("MIS_START") > col("YEAR_END")


@missing(
    "571",
    reads=["MIS_END"],
    remedy="Correct the day, or leave the record out of this year's return.",
    examples=[
        example(
            "The days around the year",
            year=2025,
            Missing="""
              CHILD MIS_END
            > A     2024-03-31
              B     2024-04-01
              C     2025-03-31
            > D     2025-04-01
              E     -
            """,
        ),
    ],
)
def found_outside_the_year() -> Expr:
    """The child came back before the first or after the last day that the return covers."""
    return any_of(col("MIS_END") < col("YEAR_START"), col("MIS_END") > col("YEAR_END"))


@missing(
    "586",
    reads=["DOB", "MIS_START"],
    confidence=UNCONFIRMED,
    note=(
        "The official wording asks for days before birth only; in practice the day of birth itself "
        "is seen to fail, and fails here."
    ),
    remedy="Correct the date of birth or the day the child went missing.",
    examples=[
        example(
            "Missing on the day of birth, and the day after",
            Missing="""
              CHILD DOB        MIS_START
            > A     2024-06-01 2024-06-01
              B     2024-06-01 2024-06-02
            """,
        ),
    ],
)
def missing_before_birth() -> Expr:
    """The child went missing or away no later than the day of birth."""
    return col("MIS_START") <= col("DOB")


@missing(
    "1004",
    reads=["MIS_START"],
    validity=True,
    remedy="Enter the day as day/month/year.",
    examples=[
        example(
            "No day, and no such day",
            Missing="""
              CHILD MIS_START
              A     2024-06-30
            > B     -
            > C     31/06/2024
            """,
        ),
    ],
)
def missing_from_no_date() -> Expr:
    """The day the child went missing or away is blank, or is not a date."""
    return blank("MIS_START")


@missing(
    "1005",
    reads=["MIS_END"],
    validity=True,
    remedy="Enter the day as day/month/year, or leave it blank if the child is not back.",
    examples=[
        example(
            "Blank is fine: the child is not back",
            Missing="""
              CHILD MIS_END
              A     2024-06-30
              B     -
            > C     31/06/2024
            """,
        ),
    ],
)
def found_on_no_date() -> Expr:
    """What was entered as the day the child came back is not a date."""
    return unreadable("MIS_END")


@missing(
    "1006",
    reads=["MISSING"],
    remedy="Enter M for missing or A for away without leave.",
    examples=[
        example(
            "Neither M nor A",
            Missing="""
              CHILD MISSING
              A     M
              B     A
            > C     Y
              D     -
            """,
        ),
    ],
)
def missing_is_not_a_code(now: Setting) -> Expr:
    """Whether the child was missing or away is not one of the codes."""
    return unknown_code("MISSING", now.codes("MISSING"))
