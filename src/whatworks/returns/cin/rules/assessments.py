"""Rules on assessments."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given
from whatworks.returns.rules.model import UNCONFIRMED
from whatworks.returns.rules.register import rule
from whatworks.tables import all_of, any_of, col

assessment = partial(rule, collection="cin", view="assessment")

CASE_READS = ["LAchildID", "CINdetailsID", "CINdetails.LAchildID", "CINdetails.CINdetailsID"]
CASE_NUMBERS = ["CINdetailsID", "CINdetails.CINdetailsID"]


@assessment(
    "1103",
    reads=[*CASE_READS, "AssessmentActualStartDate", "CINdetails.CINreferralDate"],
    optional=CASE_NUMBERS,
    reports={"Assessments": "ROW", "CINdetails": "CASE_ROW"},
    remedy="Correct the day the assessment began or the day of the referral.",
    examples=[
        example(
            "Begun the day before the referral, and on it",
            CINdetails="""
              LAchildID CINdetailsID CINreferralDate
            > A         1            2024-06-01
              A         2            2024-06-02
              B         3            2024-06-01
            """,
            Assessments="""
              LAchildID CINdetailsID AssessmentActualStartDate
            > A         1            2024-05-31
              A         2            2024-06-02
              B         3            -
            """,
        ),
    ],
)
def begins_before_the_referral() -> Expr:
    """The assessment began before the referral of its case."""
    return col("AssessmentActualStartDate") < col("CASE_CINreferralDate")


@assessment(
    "8608",
    reads=["AssessmentActualStartDate", "AssessmentAuthorisationDate"],
    remedy="Correct the day the assessment began or the day it was authorised.",
    examples=[
        example(
            "Authorised the day before, and on the same day",
            Assessments="""
              LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate
            > A         1            2024-06-02                2024-06-01
              B         2            2024-06-01                2024-06-01
              C         3            2024-06-01                -
            """,
        ),
    ],
)
def ends_before_it_begins() -> Expr:
    """The assessment was authorised before it began."""
    return col("AssessmentActualStartDate") > col("AssessmentAuthorisationDate")


@assessment(
    "8696",
    reads=["AssessmentAuthorisationDate"],
    remedy="Correct the day the assessment was authorised; it must be in the census year.",
    examples=[
        example(
            "The days around the year",
            year=2025,
            Assessments="""
              LAchildID CINdetailsID AssessmentAuthorisationDate
            > A         1            2024-03-31
              B         2            2024-04-01
              C         3            2025-03-31
            > D         4            2025-04-01
              E         5            -
            """,
        ),
    ],
)
def authorised_outside_the_year() -> Expr:
    """The assessment was authorised before the first or after the last day that the census
    covers."""
    day = col("AssessmentAuthorisationDate")
    return any_of(day < col("YEAR_START"), day > col("YEAR_END"))


@assessment(
    "8736",
    reads=["CINdetailsID", "AssessmentActualStartDate", "AssessmentAuthorisationDate"],
    optional=["CINdetailsID"],
    remedy="Enter the day it was authorised, or correct the day it began.",
    examples=[
        example(
            "Still open: begun in the year, before it, and on no day",
            year=2025,
            Assessments="""
              LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate
              A         1            2024-04-01                -
            > B         2            2024-03-31                -
            > C         3            -                         -
              D         4            2024-03-31                2024-04-20
              E         -            -                         -
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="Taken to fail where no day is given on which it began, but not for a record of no case, "
    "unless no record has a case's number.",
)
def open_assessment_from_another_year() -> Expr:
    """The assessment is not authorised, but did not begin in the census year."""
    day = col("AssessmentActualStartDate")
    outside = any_of(day < col("YEAR_START"), day > col("YEAR_END"))
    began_elsewhere = any_of(blank("AssessmentActualStartDate"), outside)
    return all_of(col("NUMBERED"), blank("AssessmentAuthorisationDate"), began_elsewhere)


@assessment(
    "8867",
    reads=[*CASE_READS, "AssessmentAuthorisationDate", "CINdetails.CINclosureDate"],
    optional=CASE_NUMBERS,
    reports={"Assessments": "ROW", "CINdetails": "CASE_ROW"},
    remedy="Enter the day the assessment was authorised, or take out the closure.",
    examples=[
        example(
            "Closed with an assessment still open",
            CINdetails="""
              LAchildID CINdetailsID CINclosureDate
            > A         1            2024-06-01
              B         2            -
              C         3            2024-06-01
            """,
            Assessments="""
              LAchildID CINdetailsID AssessmentAuthorisationDate
            > A         1            -
              A         1            2024-05-01
              B         2            -
              C         3            2024-05-01
            """,
        ),
    ],
)
def closed_with_an_open_assessment() -> Expr:
    """The case is closed, but an assessment in it is not authorised."""
    return given("CASE_CINclosureDate") & blank("AssessmentAuthorisationDate")
