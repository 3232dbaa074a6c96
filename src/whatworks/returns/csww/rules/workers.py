"""Rules on who a worker is: number, agency, background and role."""

from __future__ import annotations

from narwhals import Expr

from whatworks.returns.csww.rules.ours import assumed, ours
from whatworks.returns.csww.views import OWN
from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, one_of
from whatworks.tables import age_at, any_of, col

YOUNGEST, OLDEST = 18, 80
"""Ages in whole years outside which a social worker's date of birth is asked about."""

_STAY = ["RoleStartDate", "RoleEndDate"]


@ours(
    "WW10",
    view="worker",
    reads=["SWENo"],
    validity=True,
    remedy="Enter the number in the register of social workers: two letters and ten figures.",
    examples=[
        example(
            "Two letters and ten figures",
            CSWWWorker="""
              SWENo         AgencyWorker
              SW0000000001  0
            > SW000000001   0
            > 0000000001    0
            > -             0
            """,
        ),
    ],
)
def number_is_missing_or_misshapen() -> Expr:
    """The worker's register number is not given, or is not two letters and ten figures."""
    right = col("SWENo").str.contains("^[A-Za-z]{2}[0-9]{10}$")
    return any_of(blank("SWENo"), ~right)


@ours(
    "WW11",
    view="worker",
    reads=["SWENo", *_STAY],
    remedy="Put the records together, or correct the number or the day the worker left.",
    examples=[
        example(
            "One number for two records that are both in post; another for one who came back",
            year=2024,
            CSWWWorker="""
              SWENo        RoleStartDate RoleEndDate
            > SW0000000001 2020-01-01    -
            > SW0000000001 2021-01-01    -
              SW0000000002 2020-01-01    2024-01-31
              SW0000000002 2024-06-01    -
              -            2024-06-01    -
              -            2024-06-01    -
            """,
        ),
    ],
)
def number_in_post_twice() -> Expr:
    """The same register number stands in two records that are both in post on 30 September."""
    return col("IN_POST") & (col("IN_POST_TIMES") > 1)


@ours(
    "WW12",
    severity="query",
    view="worker",
    reads=["SWENo"],
    remedy="Check that the records are of one worker who left and came back.",
    examples=[
        example(
            "One number for two records",
            CSWWWorker="""
              SWENo        AgencyWorker
            > SW0000000001 0
            > SW0000000001 1
              SW0000000002 0
              -            0
            """,
        ),
    ],
)
def number_stands_twice() -> Expr:
    """The same register number stands in more than one record."""
    return col("TIMES") > 1


@ours(
    "WW13",
    view="worker",
    reads=["AgencyWorker"],
    validity=True,
    remedy="Enter 0 for a worker whom the council employs, 1 for one from an agency.",
    examples=[
        example(
            "It is not said",
            CSWWWorker="""
              SWENo        AgencyWorker
              SW0000000001 0
              SW0000000002 1
            > SW0000000003 -
            """,
        ),
    ],
)
def not_said_whether_from_an_agency() -> Expr:
    """It is not said whether an agency supplies the worker, so the worker counts nowhere."""
    return blank("AgencyWorker")


@assumed(
    "WW14",
    view="worker",
    reads=["AgencyWorker", "PersonBirthDate"],
    remedy="Enter or correct the worker's date of birth.",
    examples=[
        example(
            "Too young, too old, and none; nothing is asked of an agency worker",
            year=2024,
            CSWWWorker="""
              SWENo        AgencyWorker PersonBirthDate
              SW0000000001 0            1980-05-01
            > SW0000000002 0            2010-05-01
            > SW0000000003 0            1930-05-01
            > SW0000000004 0            -
              SW0000000005 1            -
            """,
        ),
    ],
)
def birth_date_is_missing_or_unlikely() -> Expr:
    """The council's own worker has no date of birth, or would be under 18 or over 80."""
    age = age_at("PersonBirthDate", "YEAR_END")
    own = one_of("AgencyWorker", [OWN])
    return own & any_of(blank("PersonBirthDate"), age < YOUNGEST, age > OLDEST)


@assumed(
    "WW15",
    view="worker",
    reads=["AgencyWorker", "GenderCurrent", "Ethnicity"],
    remedy="Enter the worker's sex and ethnic background, or the code for not known.",
    examples=[
        example(
            "One is missing; nothing is asked of an agency worker",
            CSWWWorker="""
              SWENo        AgencyWorker GenderCurrent Ethnicity
              SW0000000001 0            2             WBRI
            > SW0000000002 0            -             WBRI
            > SW0000000003 0            1             -
              SW0000000004 1            -             -
            """,
        ),
    ],
)
def sex_or_ethnicity_is_missing() -> Expr:
    """The council's own worker has no sex or no ethnic background recorded."""
    return one_of("AgencyWorker", [OWN]) & any_of(blank("GenderCurrent"), blank("Ethnicity"))


@assumed(
    "WW16",
    view="worker",
    reads=["OrgRole", *_STAY],
    remedy="Enter what the worker did in the council on 30 September.",
    examples=[
        example(
            "Nothing is asked of somebody who has left",
            year=2024,
            CSWWWorker="""
              SWENo        OrgRole RoleStartDate RoleEndDate
              SW0000000001 5       2020-01-01    -
            > SW0000000002 -       2020-01-01    -
              SW0000000003 -       2020-01-01    2024-09-30
            """,
        ),
    ],
)
def role_is_missing() -> Expr:
    """A worker in post on 30 September has no role."""
    return col("IN_POST") & blank("OrgRole")


@assumed(
    "WW17",
    view="worker",
    reads=["AgencyWorker", "RoleStartDate", "StartOrigin"],
    remedy="Enter where the worker came from.",
    examples=[
        example(
            "Asked of those who began in the year",
            year=2024,
            CSWWWorker="""
              SWENo        AgencyWorker RoleStartDate StartOrigin
              SW0000000001 0            2023-10-01    1
            > SW0000000002 0            2023-10-01    -
              SW0000000003 0            2023-09-30    -
              SW0000000004 1            2023-10-01    -
            """,
        ),
    ],
)
def origin_of_a_starter_is_missing() -> Expr:
    """The council's own worker began in the year, and it is not said where from."""
    began = (col("RoleStartDate") >= col("YEAR_START")) & (col("RoleStartDate") <= col("YEAR_END"))
    return one_of("AgencyWorker", [OWN]) & began & blank("StartOrigin")


@ours(
    "WW18",
    severity="query",
    view="absence",
    reads=["Absat30Sept", "ReasonAbsence"],
    remedy="Enter why the worker was absent, or that the worker was not.",
    examples=[
        example(
            "Absent without a reason, and a reason without being absent",
            Absences="""
              SWENo        Absat30Sept ReasonAbsence
              SW0000000001 1           SIC
            > SW0000000002 1           -
            > SW0000000003 0           SIC
              SW0000000004 0           -
              SW0000000005 -           SIC
            """,
        ),
    ],
)
def absence_and_reason_disagree() -> Expr:
    """The worker was absent on 30 September without a reason, or was not and has one."""
    without = one_of("Absat30Sept", ["1"]) & blank("ReasonAbsence")
    return any_of(without, one_of("Absat30Sept", ["0"]) & given("ReasonAbsence"))
