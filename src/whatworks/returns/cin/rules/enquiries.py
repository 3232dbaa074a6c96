"""Rules on enquiries into whether a child is suffering harm: the Section47 table."""

from __future__ import annotations

from datetime import date
from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given
from whatworks.returns.rules.model import UNCONFIRMED
from whatworks.returns.rules.register import rule
from whatworks.tables import all_of, any_of, col, days_between, lit

enquiry = partial(rule, collection="cin", view="section47")

CASE_READS = ["LAchildID", "CINdetailsID", "CINdetails.LAchildID", "CINdetails.CINdetailsID"]
CASE_NUMBERS = ["CINdetailsID", "CINdetails.CINdetailsID"]


@enquiry(
    "1104",
    reads=[*CASE_READS, "DateOfInitialCPC", "CINdetails.CINreferralDate"],
    optional=CASE_NUMBERS,
    reports={"Section47": "ROW", "CINdetails": "CASE_ROW"},
    remedy="Correct the day of the conference or the day of the referral.",
    examples=[
        example(
            "The day before the referral, and on it",
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate
            > A         1            2024-06-01
              B         2            2024-06-01
            """,
            Section47="""
              LAchildID CINdetailsID DateOfInitialCPC
            > A         1            2024-05-31
              B         2            2024-06-01
              B         2            -
            """,
        ),
    ],
)
def conference_before_the_referral() -> Expr:
    """The initial child protection conference was held before the referral of its case."""
    return col("DateOfInitialCPC") < col("CASE_CINreferralDate")


@enquiry(
    "2889",
    reads=[*CASE_READS, "S47ActualStartDate", "CINdetails.CINreferralDate"],
    optional=CASE_NUMBERS,
    reports={"Section47": "ROW", "CINdetails": "CASE_ROW"},
    remedy="Correct the day the enquiry began or the day of the referral.",
    examples=[
        example(
            "The day before the referral, and on it",
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate
            > A         1            2024-06-01
              B         2            2024-06-01
            """,
            Section47="""
              LAchildID CINdetailsID S47ActualStartDate
            > A         1            2024-05-31
              B         2            2024-06-01
            """,
        ),
    ],
)
def begins_before_the_referral() -> Expr:
    """The enquiry began before the referral of its case."""
    return col("S47ActualStartDate") < col("CASE_CINreferralDate")


@enquiry(
    "8615",
    reads=["S47ActualStartDate", "DateOfInitialCPC"],
    remedy="Enter a day on which the enquiry began, no later than the conference.",
    examples=[
        example(
            "A conference before, or without, an enquiry",
            Section47="""
              LAchildID CINdetailsID S47ActualStartDate DateOfInitialCPC
            > A         1            2024-06-02         2024-06-01
            > B         2            -                  2024-06-01
              C         3            2024-06-01         2024-06-01
              D         4            2024-06-01         -
              E         5            -                  -
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="Taken to ask for the day on which it began of enquiries with a conference only.",
)
def conference_before_the_enquiry() -> Expr:
    """The initial child protection conference was held before the enquiry began, or although the
    enquiry has no day on which it began."""
    late = col("S47ActualStartDate") > col("DateOfInitialCPC")
    return given("DateOfInitialCPC") & any_of(blank("S47ActualStartDate"), late)


@enquiry(
    "8715",
    reads=["DateOfInitialCPC"],
    remedy="Correct the day of the conference; it must be in the census year.",
    examples=[
        example(
            "The days around the year",
            year=2025,
            Section47="""
              LAchildID CINdetailsID DateOfInitialCPC
            > A         1            2024-03-31
              B         2            2024-04-01
              C         3            2025-03-31
            > D         4            2025-04-01
              E         5            -
            """,
        ),
    ],
)
def conference_outside_the_year() -> Expr:
    """The initial child protection conference was held before the first or after the last day
    that the census covers."""
    day = col("DateOfInitialCPC")
    return any_of(day < col("YEAR_START"), day > col("YEAR_END"))


@enquiry(
    "8868",
    reads=[*CASE_READS, "DateOfInitialCPC", "ICPCnotRequired", "CINdetails.CINclosureDate"],
    optional=CASE_NUMBERS,
    reports={"Section47": "ROW", "CINdetails": "CASE_ROW"},
    remedy="Enter the day of the conference, or that none was required.",
    examples=[
        example(
            "Closed with an enquiry left open, or with one ended in both ways",
            CINdetails="""
              LAchildID CINdetailsID CINclosureDate
            > A         1            2024-06-01
            > B         2            2024-06-01
              C         3            2024-06-01
              D         4            -
            """,
            Section47="""
              LAchildID CINdetailsID DateOfInitialCPC ICPCnotRequired
            > A         1            -                0
            > B         2            2024-05-01       1
              C         3            -                true
              C         3            2024-05-01       0
              D         4            -                0
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="An enquiry with both a conference and the mark is taken to fail: one denies the other.",
)
def closed_with_an_open_enquiry() -> Expr:
    """The case is closed, but an enquiry in it has neither a conference nor the mark that none
    was required, or has both."""
    marked = given("NOT_REQUIRED") & col("NOT_REQUIRED")
    neither = blank("DateOfInitialCPC") & ~marked
    both = given("DateOfInitialCPC") & marked
    return given("CASE_CINclosureDate") & any_of(neither, both)


@enquiry(
    "8740",
    reads=["S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired"],
    remedy="Enter the day of the conference, that none was required, or the day it began.",
    examples=[
        example(
            "Still open: begun in the year, and before it",
            year=2025,
            Section47="""
              LAchildID S47ActualStartDate DateOfInitialCPC ICPCnotRequired
              A         2024-04-01         -                0
            > B         2024-03-31         -                0
            > C         2024-03-31         -                -
              D         2024-03-31         2024-04-10       0
              E         2024-03-31         -                1
            > F         2025-04-01         -                false
              G         -                  -                0
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="An enquiry without a day on which it began is passed over.",
)
def open_enquiry_from_another_year() -> Expr:
    """The enquiry has neither a conference nor the mark that none was required, but did not begin
    in the census year."""
    day = col("S47ActualStartDate")
    required = blank("NOT_REQUIRED") | ~col("NOT_REQUIRED")
    outside = any_of(day < col("YEAR_START"), day > col("YEAR_END"))
    return all_of(blank("DateOfInitialCPC"), required, outside)


A_MONDAY = date(1798, 1, 1)
"""Earlier than any date that is believed, so that days are never counted backwards."""
SATURDAY = 5


def _at_a_weekend(column: str) -> Expr:
    return days_between(lit(A_MONDAY), column) % 7 >= SATURDAY


@enquiry(
    "8870Q",
    reads=["InitialCPCtarget"],
    severity="query",
    remedy="Check the day by which the conference should be held.",
    examples=[
        example(
            "From Friday to Monday",
            Section47="""
              LAchildID InitialCPCtarget
              A         2024-06-07
            > B         2024-06-08
            > C         2024-06-09
              D         2024-06-10
              E         -
            """,
        ),
    ],
)
def target_at_a_weekend() -> Expr:
    """The day by which the initial conference should be held is a Saturday or a Sunday."""
    return _at_a_weekend("InitialCPCtarget")


@enquiry(
    "8875",
    reads=["DateOfInitialCPC"],
    remedy="Correct the day of the conference.",
    examples=[
        example(
            "From Friday to Monday",
            Section47="""
              LAchildID DateOfInitialCPC
              A         2024-06-07
            > B         2024-06-08
            > C         2024-06-09
              D         2024-06-10
              E         -
            """,
        ),
    ],
)
def conference_at_a_weekend() -> Expr:
    """The initial child protection conference was held on a Saturday or a Sunday."""
    return _at_a_weekend("DateOfInitialCPC")
