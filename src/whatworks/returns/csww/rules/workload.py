"""Rules on how much of a week a worker works, cases held, days lost and contracts."""

from __future__ import annotations

from narwhals import Expr

from whatworks.returns.csww.rules.ours import ASSUMED, assumed, ours
from whatworks.returns.csww.views import OWN
from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, one_of
from whatworks.tables import any_of, col

CASE_HOLDER = ["5"]
MOST_DAYS = 366
_STAY = ["RoleStartDate", "RoleEndDate"]


def _outside(column: str) -> Expr:
    return any_of(col(column) < 0, col(column) > 1)


@ours(
    "WW50",
    view="worker",
    reads=["FTE", "FTE30"],
    optional=["FTE30"],
    remedy="Enter the full-time equivalent as a number from 0 to 1, such as 0.8.",
    examples=[
        example(
            "Below nought and above one",
            CSWWWorker="""
              SWENo        FTE FTE30
              SW0000000001 1   0
              SW0000000002 -   0.8
            > SW0000000003 1.2 1
            > SW0000000004 1   -0.1
            > SW0000000005 37  -
            """,
        ),
    ],
)
def equivalent_is_outside_0_to_1() -> Expr:
    """A full-time equivalent is below 0 or above 1."""
    return any_of(_outside("FTE"), _outside("FTE30"))


@ours(
    "WW51",
    view="worker",
    reads=["FTE", "FTE30", *_STAY],
    remedy="Enter the worker's full-time equivalent on 30 September.",
    note=ASSUMED,
    examples=[
        example(
            "Neither is given, of a worker in post; and none on that day",
            year=2024,
            CSWWWorker="""
              SWENo        FTE FTE30 RoleStartDate RoleEndDate
              SW0000000001 1   -     2020-01-01    -
            > SW0000000002 -   -     2020-01-01    -
            > SW0000000003 1   0     2020-01-01    -
              SW0000000004 -   -     2020-01-01    2024-09-30
            """,
        ),
    ],
)
def in_post_without_an_equivalent() -> Expr:
    """A worker in post on 30 September has no full-time equivalent, or 0 on that day."""
    neither = blank("FTE") & blank("FTE30")
    return col("IN_POST") & any_of(neither, col("FTE30") == 0)


@ours(
    "WW52",
    view="worker",
    severity="query",
    reads=["FTE30", "Cases30", "RoleEndDate"],
    optional=["FTE30", "Cases30"],
    remedy="Check the day the worker left, or take out what stood on 30 September.",
    examples=[
        example(
            "Left before the day, yet with cases or hours on it",
            year=2024,
            CSWWWorker="""
              SWENo        FTE30 Cases30 RoleEndDate
              SW0000000001 -     -       2024-01-31
            > SW0000000002 1     -       2024-01-31
            > SW0000000003 0     4       2024-01-31
              SW0000000004 1     4       -
            """,
        ),
    ],
)
def left_but_at_work_on_30_september() -> Expr:
    """The worker left in the year, yet has hours or cases on 30 September."""
    return col("LEFT") & any_of(col("FTE30") > 0, col("Cases30") > 0)


@ours(
    "WW53",
    view="worker",
    reads=["Cases30"],
    remedy="Enter how many cases the worker held on 30 September, 0 for none.",
    examples=[
        example(
            "Below nought",
            CSWWWorker="""
              SWENo        Cases30
              SW0000000001 0
            > SW0000000002 -3
              SW0000000003 -
            """,
        ),
    ],
)
def cases_are_below_0() -> Expr:
    """The number of cases is below 0."""
    return col("Cases30") < 0


@assumed(
    "WW54",
    view="worker",
    reads=["OrgRole", "Cases30", *_STAY],
    remedy="Enter how many cases the worker held on 30 September, 0 for none.",
    examples=[
        example(
            "Role 5 is to hold cases",
            year=2024,
            CSWWWorker="""
              SWENo        OrgRole Cases30 RoleStartDate RoleEndDate
              SW0000000001 5       12      2020-01-01    -
            > SW0000000002 5       -       2020-01-01    -
              SW0000000003 1       -       2020-01-01    -
              SW0000000004 5       -       2020-01-01    2024-01-31
            """,
        ),
    ],
)
def case_holder_without_a_number_of_cases() -> Expr:
    """A worker in post to hold cases has no number of cases."""
    return col("IN_POST") & one_of("OrgRole", CASE_HOLDER) & blank("Cases30")


@ours(
    "WW55",
    view="worker",
    reads=["WorkingDaysLost"],
    remedy="Enter the working days lost to illness in the year, 0 for none.",
    examples=[
        example(
            "Below nought, and more than a year has",
            CSWWWorker="""
              SWENo        WorkingDaysLost
              SW0000000001 0
              SW0000000002 366
            > SW0000000003 366.5
            > SW0000000004 -1
              SW0000000005 -
            """,
        ),
    ],
)
def days_lost_cannot_be() -> Expr:
    """The working days lost are below 0, or more than a year has days."""
    return any_of(col("WorkingDaysLost") < 0, col("WorkingDaysLost") > MOST_DAYS)


@assumed(
    "WW56",
    view="worker",
    reads=["AgencyWorker", "WorkingDaysLost", *_STAY],
    remedy="Enter the working days lost to illness in the year, 0 for none.",
    examples=[
        example(
            "Asked of the council's own workers in post",
            year=2024,
            CSWWWorker="""
              SWENo        AgencyWorker WorkingDaysLost RoleStartDate RoleEndDate
              SW0000000001 0            0               2020-01-01    -
            > SW0000000002 0            -               2020-01-01    -
              SW0000000003 1            -               2020-01-01    -
              SW0000000004 0            -               2020-01-01    2024-01-31
            """,
        ),
    ],
)
def days_lost_are_missing() -> Expr:
    """The council's own worker is in post without a number of working days lost."""
    return col("IN_POST") & one_of("AgencyWorker", [OWN]) & blank("WorkingDaysLost")


@ours(
    "WW57",
    view="contract",
    reads=["ContractWeeks"],
    remedy="Correct how many weeks the contract runs, or leave it out.",
    examples=[
        example(
            "No week at all",
            ContractWeeks="""
              SWENo        ContractWeeks
              SW0000000001 26.5
            > SW0000000002 0
            > SW0000000003 -4
              SW0000000004 -
            """,
        ),
    ],
)
def contract_of_no_weeks() -> Expr:
    """A contract runs for no week at all."""
    return given("ContractWeeks") & (col("ContractWeeks") <= 0)
