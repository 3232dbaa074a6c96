"""Rules on unaccompanied asylum-seeking children."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import given, not_one_of
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, birthday, col, unreadable

asylum = partial(rule, collection="ssda903", view="uasc")


@asylum(
    "104",
    reads=["DUC"],
    validity=True,
    remedy="Enter the day the status ceased, within the year, or leave it blank.",
    examples=[
        example(
            "Not a date, and before the year",
            year=2025,
            UASC="""
              CHILD DUC
              A     2024-04-01
              B     -
            > C     30/02/2025
            > D     2024-03-31
            """,
        ),
    ],
)
def status_ceased_on_no_date_or_too_early() -> Expr:
    """The day on which the child ceased to be an unaccompanied asylum-seeking child is not a
    date, or is before the first day that the return covers."""
    return any_of(unreadable("DUC"), given("DUC") & (col("DUC") < col("YEAR_START")))


@asylum(
    "303",
    reads=["CHILD", "DUC", "Header.CHILD", "Header.UASC"],
    reports={"UASC": "ROW", "Header": "HEADER_ROW"},
    remedy="Enter 1 for the child in the header, or take out the day the status ceased.",
    examples=[
        example(
            "The status ceased, but the header says it never was",
            Header="""
              CHILD UASC
            > A     0
              B     1
              C     0
            """,
            UASC="""
              CHILD DUC
            > A     2024-06-01
              B     2024-06-01
              C     -
            """,
        ),
    ],
)
def status_ceased_but_never_was() -> Expr:
    """The child's status as an unaccompanied asylum-seeking child ceased on a given day, but the
    header does not say that the child had it."""
    return given("HEADER_ROW") & given("DUC") & not_one_of("HEADER_UASC", ["1"])


@asylum(
    "304",
    reads=["DOB", "DUC"],
    remedy="Correct the date of birth, or enter a day no later than the 18th birthday.",
    examples=[
        example(
            "The day after the 18th birthday, and the birthday",
            UASC="""
              CHILD DOB        DUC
            > A     2006-05-31 2024-06-01
              B     2006-06-01 2024-06-01
              C     2006-05-31 -
            """,
        ),
    ],
)
def status_ceased_after_18() -> Expr:
    """The child ceased to be an unaccompanied asylum-seeking child after an 18th birthday."""
    return col("DUC") > birthday("DOB", 18)
