"""Rules on referrals that led to no further action."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.model import since
from whatworks.returns.rules.register import rule
from whatworks.tables import col

CASE_READS = ["LAchildID", "CINdetailsID", "CINdetails.LAchildID", "CINdetails.CINdetailsID"]
without_plans = partial(
    rule,
    collection="cin",
    reads=[*CASE_READS, "CINdetails.ReferralNFA"],
    optional=["CINdetailsID", "CINdetails.CINdetailsID"],
    remedy="Take out the plan, or say that the referral led to further action.",
)


def _no_further_action() -> Expr:
    return col("CASE_ReferralNFA").str.to_lowercase().is_in(["1", "true"])


@without_plans(
    "4000",
    view="cin_plan",
    years=since(2022),
    reports={"CINplanDates": "ROW", "CINdetails": "CASE_ROW"},
    examples=[
        example(
            "A plan for a case with no further action",
            CINdetails="""
              LAchildID CINdetailsID ReferralNFA
            > A         1            1
            > A         2            true
              A         3            0
              B         4            1
            """,
            CINplanDates="""
              LAchildID CINdetailsID CINPlanStartDate
            > A         1            2024-06-01
            > A         2            2024-06-01
              A         3            2024-06-01
              A         9            2024-06-01
            """,
        ),
    ],
)
def cin_plan_without_further_action() -> Expr:
    """There is a child in need plan although the referral led to no further action."""
    return _no_further_action()


@without_plans(
    "8832",
    view="protection_plan",
    reports={"ChildProtectionPlans": "ROW", "CINdetails": "CASE_ROW"},
    examples=[
        example(
            "A plan for a case with no further action",
            CINdetails="""
              LAchildID CINdetailsID ReferralNFA
            > A         1            1
              A         2            false
              B         3            1
            """,
            ChildProtectionPlans="""
              LAchildID CINdetailsID CPPID CPPstartDate
            > A         1            1     2024-06-01
              A         2            2     2024-06-01
            """,
        ),
    ],
)
def protection_plan_without_further_action() -> Expr:
    """There is a child protection plan although the referral led to no further action."""
    return _no_further_action()
