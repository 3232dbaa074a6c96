"""Rules on when a worker began and left, and where those who left went."""

from __future__ import annotations

from narwhals import Expr

from whatworks.returns.csww.rules.ours import assumed, ours
from whatworks.returns.csww.views import OWN
from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, one_of
from whatworks.tables import age_at, any_of, col

YOUNGEST = 18
"""Age in whole years at which social work can begin; asked about, not refused."""


@ours(
    "WW20",
    view="worker",
    reads=["AgencyWorker", "RoleStartDate"],
    severity="query",
    remedy="Enter the day the worker began in the council.",
    examples=[
        example(
            "A blank start is taken to be long ago",
            CSWWWorker="""
              SWENo        AgencyWorker RoleStartDate
              SW0000000001 0            2020-01-01
            > SW0000000002 0            -
              SW0000000003 1            -
            """,
        ),
    ],
)
def start_is_missing() -> Expr:
    """The council's own worker has no day of beginning."""
    return one_of("AgencyWorker", [OWN]) & blank("RoleStartDate")


@ours(
    "WW21",
    view="worker",
    reads=["RoleStartDate"],
    remedy="Correct the day the worker began, or leave the worker for the next census.",
    examples=[
        example(
            "After the last day of the year",
            year=2024,
            CSWWWorker="""
              SWENo        RoleStartDate
              SW0000000001 2024-09-30
            > SW0000000002 2024-10-01
              SW0000000003 -
            """,
        ),
    ],
)
def began_after_the_year() -> Expr:
    """The worker began after 30 September of the census year."""
    return col("RoleStartDate") > col("YEAR_END")


@ours(
    "WW22",
    view="worker",
    reads=["RoleStartDate", "RoleEndDate"],
    remedy="Correct the day the worker began or the day the worker left.",
    examples=[
        example(
            "The day before, and the same day",
            CSWWWorker="""
              SWENo        RoleStartDate RoleEndDate
            > SW0000000001 2024-02-01    2024-01-31
              SW0000000002 2024-02-01    2024-02-01
              SW0000000003 -             2024-02-01
              SW0000000004 2024-02-01    -
            """,
        ),
    ],
)
def left_before_beginning() -> Expr:
    """The worker left before beginning."""
    return col("RoleEndDate") < col("RoleStartDate")


@ours(
    "WW23",
    view="worker",
    reads=["RoleEndDate"],
    remedy="Correct the day the worker left, or leave the worker out of this census.",
    examples=[
        example(
            "Before the first day of the year",
            year=2024,
            CSWWWorker="""
              SWENo        RoleEndDate
            > SW0000000001 2023-09-30
              SW0000000002 2023-10-01
              SW0000000003 -
            """,
        ),
    ],
)
def left_before_the_year() -> Expr:
    """The worker left before 1 October with which the census year begins."""
    return col("RoleEndDate") < col("YEAR_START")


@ours(
    "WW24",
    view="worker",
    severity="query",
    reads=["RoleEndDate"],
    remedy="Check the day the worker left: it is after the day that the census is about.",
    examples=[
        example(
            "After the last day of the year",
            year=2024,
            CSWWWorker="""
              SWENo        RoleEndDate
              SW0000000001 2024-09-30
            > SW0000000002 2024-10-01
              SW0000000003 -
            """,
        ),
    ],
)
def left_after_the_year() -> Expr:
    """The worker is given as leaving after 30 September of the census year."""
    return col("RoleEndDate") > col("YEAR_END")


@ours(
    "WW25",
    view="worker",
    severity="query",
    reads=["PersonBirthDate", "RoleStartDate"],
    remedy="Correct the date of birth or the day the worker began.",
    examples=[
        example(
            "The day before the eighteenth birthday, and on it",
            CSWWWorker="""
              SWENo        PersonBirthDate RoleStartDate
            > SW0000000001 1990-06-02      2008-06-01
              SW0000000002 1990-06-01      2008-06-01
              SW0000000003 -               2008-06-01
            """,
        ),
    ],
)
def began_before_eighteen() -> Expr:
    """The worker began before turning 18."""
    return age_at("PersonBirthDate", "RoleStartDate") < YOUNGEST


@assumed(
    "WW26",
    view="worker",
    reads=["AgencyWorker", "RoleEndDate", "LeaverDestination", "ReasonLeave"],
    remedy="Enter where the worker went and why, or the codes for not known.",
    examples=[
        example(
            "Asked of the council's own workers who left in the year",
            year=2024,
            CSWWWorker="""
              SWENo        AgencyWorker RoleEndDate LeaverDestination ReasonLeave
              SW0000000001 0            2024-01-31  1                 1
            > SW0000000002 0            2024-01-31  -                 1
            > SW0000000003 0            2024-01-31  1                 -
              SW0000000004 0            -           -                 -
              SW0000000005 1            2024-01-31  -                 -
            """,
        ),
    ],
)
def leaver_without_destination_or_reason() -> Expr:
    """The council's own worker left in the year, and where to or why is not given."""
    untold = any_of(blank("LeaverDestination"), blank("ReasonLeave"))
    return one_of("AgencyWorker", [OWN]) & col("LEFT") & untold


@ours(
    "WW27",
    view="worker",
    reads=["RoleEndDate", "LeaverDestination", "ReasonLeave"],
    remedy="Enter the day the worker left, or take the destination and reason out.",
    examples=[
        example(
            "A destination without having left",
            CSWWWorker="""
              SWENo        RoleEndDate LeaverDestination ReasonLeave
              SW0000000001 2024-01-31  1                 1
            > SW0000000002 -           1                 -
            > SW0000000003 -           -                 1
              SW0000000004 -           -                 -
            """,
        ),
    ],
)
def destination_or_reason_without_leaving() -> Expr:
    """Where the worker went, or why, is given although no day of leaving is."""
    return blank("RoleEndDate") & any_of(given("LeaverDestination"), given("ReasonLeave"))
