"""Rules on the census as a whole: what its numbers add up to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import given
from whatworks.returns.rules.model import UNCONFIRMED, Setting
from whatworks.returns.rules.register import table_rule
from whatworks.tables import all_of, col, collect, lit


def _within(rows: Any, column: str, now: Setting) -> int:
    """How many rows have a day of the year in a column."""
    day = col(column)
    inside = all_of(day >= lit(now.start), day <= lit(now.end))
    return collect(rows.filter(inside).select(column)).height


@table_rule(
    "2883",
    collection="cin",
    reads=[
        "ChildProtectionPlans.CPPstartDate",
        "CINdetails.DateOfInitialCPC",
        "Section47.DateOfInitialCPC",
    ],
    optional=["CINdetails.DateOfInitialCPC"],
    reports={},
    remedy="Check that every plan's initial conference is in the census.",
    examples=[
        example(
            "Two plans began in the year, after one conference",
            year=2025,
            whole=True,
            ChildProtectionPlans="""
              LAchildID CPPstartDate
              A         2024-06-01
              B         2024-06-01
              C         2023-06-01
            """,
            CINdetails="""
              LAchildID DateOfInitialCPC
              A         -
              C         2023-06-01
            """,
            Section47="""
              LAchildID DateOfInitialCPC
              A         2024-06-01
            """,
        ),
        example(
            "As many conferences as plans",
            year=2025,
            ChildProtectionPlans="""
              LAchildID CPPstartDate
              A         2024-06-01
              B         2024-06-01
            """,
            CINdetails="""
              LAchildID DateOfInitialCPC
              B         2024-06-01
            """,
            Section47="""
              LAchildID DateOfInitialCPC
              A         2024-06-01
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="Taken to count, on both sides, what happened in the census year.",
)
def more_plans_than_conferences(tables: Mapping[str, Any], now: Setting) -> bool:
    """More child protection plans began in the year than initial conferences were held."""
    plans = _within(tables["ChildProtectionPlans"], "CPPstartDate", now)
    in_cases = _within(tables["CINdetails"], "DateOfInitialCPC", now)
    in_enquiries = _within(tables["Section47"], "DateOfInitialCPC", now)
    return plans > in_cases + in_enquiries


@table_rule(
    "2888Q",
    collection="cin",
    severity="query",
    reads=["Disabilities.LAchildID", "Disabilities.Disability"],
    reports={},
    remedy="Check that all disabilities of each child are recorded, not only one.",
    examples=[
        example(
            "No child has two disabilities",
            whole=True,
            Disabilities="""
              LAchildID Disability
              A         LD
              A         LD
              B         AUT
              C         NONE
            """,
        ),
        example(
            "One child has two",
            Disabilities="""
              LAchildID Disability
              A         LD
              A         AUT
              B         NONE
            """,
        ),
    ],
    confidence=UNCONFIRMED,
    note="The code for no disability is taken to count as a code; one code given twice as one.",
)
def one_disability_a_child(tables: Mapping[str, Any], now: Setting) -> bool:
    """No child has more than one disability code, although some have one."""
    rows = tables["Disabilities"]
    coded = rows.filter(all_of(given("LAchildID"), given("Disability")))
    children = collect(coded.select("LAchildID", "Disability").unique())["LAchildID"]
    return len(children) > 0 and children.n_unique() == len(children)
