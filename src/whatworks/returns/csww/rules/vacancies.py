"""Rules on the census header and on the council's vacancies and agency workers as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from narwhals import Expr

from whatworks.returns.csww.rules.ours import OURS, our_table_rule, ours
from whatworks.returns.csww.views import AGENCY
from whatworks.returns.period import period_of
from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given
from whatworks.returns.rules.model import Setting
from whatworks.tables import all_of, any_of, col, collect, lit, when

_SLACK = 0.05
"""Full-time equivalents by which two sums may differ through rounding."""


@ours(
    "WW01",
    view="census",
    reads=["ReferenceDate", "Year"],
    optional=["Year"],
    validity=True,
    remedy="Enter 30 September of the census year as the reference date.",
    examples=[
        example(
            "Another day, and none",
            year=2024,
            Header="""
              Year ReferenceDate
              2024 2024-09-30
            > 2024 2024-10-01
            > 2024 2023-09-30
            > 2024 -
            """,
        ),
    ],
)
def reference_date_is_not_30_september(now: Setting) -> Expr:
    """The reference date is not 30 September of the census year."""
    named, last = col("NAMED_YEAR_END"), lit(period_of("csww", now.year)[1])
    expected = when(named.is_null()).then(last).otherwise(named)
    other = given("ReferenceDate") & (col("ReferenceDate") != expected)
    return any_of(blank("ReferenceDate"), other)


@our_table_rule(
    "WW02",
    reads=["LALevelVacancies.NumberOfVacancies"],
    reports={},
    validity=True,
    remedy="Send the council's vacancies and agency workers once, in LALevelVacancies.",
    examples=[
        example(
            "Twice",
            whole=True,
            LALevelVacancies="""
              NumberOfVacancies
              10.5
              11
            """,
        ),
        example(
            "Once",
            LALevelVacancies="""
              NumberOfVacancies
              10.5
            """,
        ),
    ],
)
def vacancies_are_not_given_once(tables: Mapping[str, Any], now: Setting) -> bool:
    """The council's vacancies are given more than once, or not at all."""
    return collect(tables["LALevelVacancies"].select("NumberOfVacancies")).height != 1


@ours(
    "WW03",
    view="vacancies",
    reads=["NumberOfVacancies"],
    validity=True,
    remedy="Enter the vacant posts as full-time equivalents, 0 where there are none.",
    examples=[
        example(
            "Below nought, and none",
            LALevelVacancies="""
              NumberOfVacancies
              0
              12.6
            > -1
            > -
            """,
        ),
    ],
)
def vacancies_are_missing_or_below_0() -> Expr:
    """The number of vacancies is not given, or is below 0."""
    return any_of(blank("NumberOfVacancies"), col("NumberOfVacancies") < 0)


@ours(
    "WW04",
    view="vacancies",
    reads=["NoAgencyFTE", "NoAgencyHeadcount"],
    remedy="Correct the agency workers: each works one full-time equivalent at most.",
    examples=[
        example(
            "Three people, each full time at most",
            LALevelVacancies="""
              NoAgencyFTE NoAgencyHeadcount
              2.5         3
              3           3
            > 3.5         3
            > -1          3
              -           3
            """,
        ),
    ],
)
def more_agency_equivalents_than_people() -> Expr:
    """The agency workers are below 0, or more full-time equivalents than people."""
    fte = col("NoAgencyFTE")
    return any_of(fte < 0, fte > col("NoAgencyHeadcount"))


@our_table_rule(
    "WW05",
    severity="query",
    reads=[
        "LALevelVacancies.NoAgencyFTE",
        "CSWWWorker.AgencyWorker",
        "CSWWWorker.FTE",
        "CSWWWorker.FTE30",
        "CSWWWorker.RoleStartDate",
        "CSWWWorker.RoleEndDate",
    ],
    optional=["CSWWWorker.FTE", "CSWWWorker.FTE30", "CSWWWorker.RoleEndDate"],
    reports={},
    remedy="Check that every agency worker in post on 30 September has a record of their own.",
    examples=[
        example(
            "One agency worker is missing from the records",
            whole=True,
            year=2024,
            LALevelVacancies="""
              NoAgencyFTE
              2
            """,
            CSWWWorker="""
              SWENo        AgencyWorker FTE RoleStartDate
              SW0000000001 1            1   2023-01-01
              SW0000000002 0            1   2023-01-01
              SW0000000003 1            1   2024-10-01
            """,
        ),
        example(
            "All are there",
            year=2024,
            LALevelVacancies="""
              NoAgencyFTE
              1.5
            """,
            CSWWWorker="""
              SWENo        AgencyWorker FTE RoleStartDate
              SW0000000001 1            1   2023-01-01
              SW0000000003 1            0.6 -
            """,
        ),
    ],
    note=f"{OURS} Whether the council's figure is of all agency workers or of those who cover "
    "vacancies is not confirmed; either way it should not be above the records.",
)
def agency_workers_without_a_record(tables: Mapping[str, Any], now: Setting) -> bool:
    """The council's agency workers come to more full-time equivalents than their records do."""
    told = collect(tables["LALevelVacancies"].select("NoAgencyFTE"))["NoAgencyFTE"].sum()
    begun = any_of(blank("RoleStartDate"), col("RoleStartDate") <= lit(now.end))
    stays = any_of(blank("RoleEndDate"), col("RoleEndDate") > lit(now.end))
    there = all_of(col("AgencyWorker") == AGENCY, begun, stays)
    fte = when(blank("FTE30")).then(col("FTE")).otherwise(col("FTE30"))
    listed = collect(tables["CSWWWorker"].filter(there).select(FTE=fte))["FTE"].sum()
    return bool(float(told) > float(listed) + _SLACK)
