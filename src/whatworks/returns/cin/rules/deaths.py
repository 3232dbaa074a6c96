"""Rules on the day a child died, beside the child's birth, cases and plans."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, one_of
from whatworks.returns.rules.model import UNCONFIRMED, since
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, col

query = partial(rule, collection="cin", severity="query")

OF_CHILD = ["LAchildID", "ChildIdentifiers.LAchildID", "ChildIdentifiers.PersonDeathDate"]


@query(
    "4009Q",
    view="cin_plan",
    years=since(2022),
    reads=[*OF_CHILD, "CINPlanEndDate"],
    reports={"CINplanDates": "ROW", "ChildIdentifiers": "CHILD_ROW"},
    remedy="Correct the day the plan ended or the day the child died.",
    examples=[
        example(
            "Ended the day after, and on the day",
            ChildIdentifiers="""
              LAchildID PersonDeathDate
            > A         2024-06-01
              B         2024-06-02
              C         -
            """,
            CINplanDates="""
              LAchildID CINPlanEndDate
            > A         2024-06-02
              B         2024-06-02
              C         2024-06-02
              A         -
            """,
        ),
    ],
)
def plan_ends_after_death() -> Expr:
    """The child in need plan ended after the child died."""
    return col("CINPlanEndDate") > col("CHILD_PersonDeathDate")


@query(
    "8535Q",
    view="child",
    reads=["PersonBirthDate", "PersonDeathDate"],
    remedy="Correct the date of birth or the day the child died.",
    examples=[
        example(
            "The day before birth, and on it",
            ChildIdentifiers="""
              LAchildID PersonBirthDate PersonDeathDate
            > A         2024-06-02      2024-06-01
              B         2024-06-01      2024-06-01
              C         2024-06-01      -
            > D         -               2024-06-01
              E         -               -
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="Taken to ask for a date of birth wherever there is a day of death.",
)
def died_before_birth() -> Expr:
    """The child died before the date of birth, or without one being given."""
    before = col("PersonDeathDate") < col("PersonBirthDate")
    return given("PersonDeathDate") & any_of(blank("PersonBirthDate"), before)


@query(
    "8545Q",
    view="child",
    reads=["PersonDeathDate"],
    remedy="Check the day the child died; it should be in the census year.",
    examples=[
        example(
            "The days around the year",
            year=2025,
            ChildIdentifiers="""
              LAchildID PersonDeathDate
            > A         2024-03-31
              B         2024-04-01
              C         2025-03-31
            > D         2025-04-01
              E         -
            """,
        ),
    ],
)
def died_outside_the_year() -> Expr:
    """The child died before the first or after the last day that the census covers."""
    died = col("PersonDeathDate")
    return any_of(died < col("YEAR_START"), died > col("YEAR_END"))


@query(
    "8555Q",
    view="case",
    reads=[*OF_CHILD, "CINreferralDate"],
    reports={"CINdetails": "ROW", "ChildIdentifiers": "CHILD_ROW"},
    remedy="Correct the day of the referral or the day the child died.",
    examples=[
        example(
            "Referred the day after, and on the day",
            ChildIdentifiers="""
              LAchildID PersonDeathDate
            > A         2024-06-01
              B         2024-06-02
              C         -
            """,
            CINdetails="""
              LAchildID CINreferralDate
            > A         2024-06-02
              B         2024-06-02
              C         2024-06-02
            """,
        ),
    ],
)
def referred_after_death() -> Expr:
    """The child was referred after the day of death."""
    return col("CINreferralDate") > col("CHILD_PersonDeathDate")


@query(
    "8585Q",
    view="case",
    reads=[*OF_CHILD, "ReasonForClosure"],
    reports={"CINdetails": "ROW", "ChildIdentifiers": "CHILD_ROW"},
    remedy="Enter the day the child died, or correct the reason for closure.",
    examples=[
        example(
            "RC2 says that the child died",
            ChildIdentifiers="""
              LAchildID PersonDeathDate
            > A         -
              B         2024-06-02
              C         -
            """,
            CINdetails="""
              LAchildID ReasonForClosure
            > A         RC2
              B         RC2
              C         RC1
              C         -
            """,
        ),
    ],
)
def closed_by_a_death_without_a_day() -> Expr:
    """The case was closed because the child died, but no day of death is given."""
    living = given("CHILD_ROW") & blank("CHILD_PersonDeathDate")
    return one_of("ReasonForClosure", ["RC2"]) & living
