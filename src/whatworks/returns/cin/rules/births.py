"""Rules on the day a child was born, or is expected, beside the child's cases."""

from __future__ import annotations

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, days_between

FORTY_WEEKS = 280


@rule(
    "8606",
    collection="cin",
    view="case",
    reads=[
        "LAchildID",
        "CINreferralDate",
        "ChildIdentifiers.LAchildID",
        "ChildIdentifiers.PersonBirthDate",
        "ChildIdentifiers.ExpectedPersonBirthDate",
    ],
    reports={"CINdetails": "ROW", "ChildIdentifiers": "CHILD_ROW"},
    remedy="Correct the day of the referral, or the date of birth or the expected one.",
    examples=[
        example(
            "Forty weeks before birth, and a day more",
            ChildIdentifiers="""
              LAchildID PersonBirthDate ExpectedPersonBirthDate
            > A         2024-10-07      -
              B         2024-10-06      -
            > C         -               2024-10-07
              D         -               -
            """,
            CINdetails="""
              LAchildID CINreferralDate
            > A         2023-12-31
              A         2024-01-01
              B         2023-12-31
            > C         2023-12-31
              D         2023-12-31
            """,
        ),
    ],
)
def referred_long_before_birth() -> Expr:
    """The child was referred more than 40 weeks before the date of birth or the expected one."""
    dates = ("CHILD_PersonBirthDate", "CHILD_ExpectedPersonBirthDate")
    return any_of(*(days_between("CINreferralDate", day) > FORTY_WEEKS for day in dates))
