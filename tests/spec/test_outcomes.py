"""What is done when the other tables of the return contradict one another, one repair at a time.

Each example is a small return, or two: the rows of one table, how many rows meet the repair, and
what remains.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import pytest

from whatworks.journeys.deriving import CareJourneys, care_from
from whatworks.journeys.outcome_repairs import OUTCOME_REPAIRS
from whatworks.journeys.outcomes import OUTCOMES
from whatworks.measures.examples.from_returns import returns_of

CARE = """
CHILD  DECOM       RNE  LS  PLACE  DEC  REC
Ada    2022-05-01  S    C2  U6     .    .
"""


def journeys(table: str, rows: dict[int, str]) -> CareJourneys:
    """Journeys of Ada, in care since May 2022, from these rows of one table."""
    return care_from(
        "301", returns_of("ssda903", {y: {"Episodes": CARE, table: r} for y, r in rows.items()})
    )


@dataclass(frozen=True)
class Example:
    """Rows of one table by year; ``kept``: what is left, in the columns named first."""

    repair: str
    rows: dict[int, str]
    columns: tuple[str, ...]
    kept: tuple[tuple[str | None, ...], ...]


TIMES = ("MISSING", "STARTED", "ENDED")
MISSING_TIMES = (
    Example(
        "missing_without_child_number",
        {2024: "CHILD MISSING MIS_START MIS_END\n . M 2023-05-01 2023-05-02"},
        TIMES,
        (),
    ),
    Example(
        "missing_day_not_known",
        {2024: "CHILD MISSING MIS_START MIS_END\n Ada M ? 2023-05-02"},
        TIMES,
        (),
    ),
    Example(
        "missing_after_the_return",
        {2024: "CHILD MISSING MIS_START MIS_END\n Ada M 2024-04-01 2024-04-02"},
        TIMES,
        (),
    ),
    Example(
        "missing_ends_before_it_starts",
        {2024: "CHILD MISSING MIS_START MIS_END\n Ada M 2023-05-02 2023-05-01"},
        TIMES,
        (),
    ),
    Example(
        "missing_copied_row",
        {
            2024: "CHILD MISSING MIS_START MIS_END\n Ada M 2023-05-01 2023-05-02\n"
            "Ada M 2023-05-01 2023-05-02"
        },
        TIMES,
        (("M", "2023-05-01", "2023-05-02"),),
    ),
    Example(
        "missing_reported_again",
        {
            2023: "CHILD MISSING MIS_START MIS_END\n Ada M 2023-03-31 .",
            2024: "CHILD MISSING MIS_START MIS_END\n Ada M 2023-03-31 2023-04-02",
        },
        TIMES,
        (("M", "2023-03-31", "2023-04-02"),),
    ),
    Example(
        "missing_end_not_readable",
        {2024: "CHILD MISSING MIS_START MIS_END\n Ada M 2023-05-01 31/02/2024"},
        TIMES,
        (("M", "2023-05-01", "2023-05-01"),),
    ),
    Example(
        "missing_open_and_not_mentioned_again",
        {
            2023: "CHILD MISSING MIS_START MIS_END\n Ada M 2023-03-01 .",
            2024: "CHILD MISSING MIS_START MIS_END\n Ada A 2023-06-01 2023-06-02",
        },
        TIMES,
        (("A", "2023-06-01", "2023-06-02"), ("M", "2023-03-01", "2023-03-31")),
    ),
    Example(
        "missing_of_nobody_looked_after",
        {2024: "CHILD MISSING MIS_START MIS_END\n Zoe M 2023-05-01 2023-05-02"},
        TIMES,
        (("M", "2023-05-01", "2023-05-02"),),
    ),
    Example(
        "missing_kind_not_known",
        {2024: "CHILD MISSING MIS_START MIS_END\n Ada X 2023-05-01 2023-05-02"},
        TIMES,
        (),
    ),
    Example(
        "missing_open_though_another_began",
        {2024: "CHILD MISSING MIS_START MIS_END\n Ada M 2023-05-01 .\n Ada M 2023-06-01 ."},
        TIMES,
        (("M", "2023-05-01", "2023-06-01"), ("M", "2023-06-01", None)),
    ),
    # The next time is of a later year: nothing says that the child was gone for all of it.
    Example(
        "missing_open_and_not_mentioned_again",
        {
            2022: "CHILD MISSING MIS_START MIS_END\n Ada M 2021-06-01 .",
            2026: "CHILD MISSING MIS_START MIS_END\n Ada M 2025-06-01 2025-06-02",
        },
        TIMES,
        (("M", "2021-06-01", "2022-03-31"), ("M", "2025-06-01", "2025-06-02")),
    ),
    # On the last day of its own year the next began: that still tells when the child was back.
    Example(
        "missing_open_though_another_began",
        {
            2022: "CHILD MISSING MIS_START MIS_END\n Ada M 2021-06-01 .\n Ada M 2022-03-31 .",
            2023: "CHILD MISSING MIS_START MIS_END\n Ada M 2022-03-31 2022-04-02",
        },
        TIMES,
        (("M", "2021-06-01", "2022-03-31"), ("M", "2022-03-31", "2022-04-02")),
    ),
    Example(
        "missing_overlaps",
        {
            2024: "CHILD MISSING MIS_START MIS_END\n Ada M 2023-05-01 2023-05-05\n"
            "Ada M 2023-05-04 2023-05-06\n Ada M 2023-05-06 2023-05-07"
        },
        TIMES,
        (("M", "2023-05-01", "2023-05-06"), ("M", "2023-05-06", "2023-05-07")),
    ),
)


def of_a_year(name: str, column: str, one: str, other: str) -> tuple[Example, ...]:
    """The repairs that every table of one row a child and year has."""
    head = f"CHILD {column}\n"
    return (
        Example(f"{name}_without_child_number", {2024: f"{head} . {one}"}, (column,), ()),
        Example(
            f"{name}_copied_row",
            {2024: f"{head} Ada {one}\n Ada {one}"},
            (column,),
            ((one,),),
        ),
        Example(
            f"{name}_told_twice",
            {2024: f"{head} Ada {one}\n Ada {other}"},
            (column,),
            ((None,),),
        ),
    )


def outside_care(name: str, head: str, row: str, kept: tuple[str, ...]) -> Example:
    """A child whom no return has looked after: noted, and kept."""
    columns = tuple(head.split()[1:])
    return Example(
        f"{name}_of_nobody_looked_after", {2024: f"{head}\n Zoe {row}"}, columns, (kept,)
    )


def of_a_day(name: str, head: str, row: str, kept: tuple[str | None, ...]) -> tuple[Example, ...]:
    """The repairs of every table whose rows turn on a day; it stands first in ``row``."""
    day, *rest = row.split()
    tail = " ".join(rest)
    columns = tuple(head.split()[1:])
    named = {
        "SW_DECOM": "STARTED",
        "SW_DEC": "ENDED",
        "DOLO_START": "STARTED",
        "DOLO_END": "ENDED",
    }
    columns = tuple(named.get(c, c) for c in columns)
    last = max(y for y in (2024, 2027) if y == int(day[:4]) + 1)
    return (
        Example(f"{name}_without_child_number", {last: f"{head}\n . {row}"}, columns, ()),
        Example(f"{name}_day_not_known", {last: f"{head}\n Ada ? {tail}"}, columns, ()),
        Example(
            f"{name}_after_the_return", {last: f"{head}\n Ada {last}-04-01 {tail}"}, columns, ()
        ),
        Example(f"{name}_copied_row", {last: f"{head}\n Ada {row}\n Ada {row}"}, columns, (kept,)),
        Example(
            f"{name}_reported_again",
            {last: f"{head}\n Ada {row}", last + 1: f"{head}\n Ada {row}"},
            columns,
            (kept,),
        ),
    )


WORKED = ("SW_ID", "STARTED", "ENDED")
BOUND = ("STARTED", "ENDED")
EXAMPLES = (
    *MISSING_TIMES,
    *of_a_year("health", "TEETH_CHECK", "1", "0"),
    outside_care("health", "CHILD TEETH_CHECK", "1", ("1",)),
    *of_a_year("leaver", "ACTIV", "F1", "G5"),
    *of_a_year("adoption", "FOSTER_CARE", "1", "0"),
    outside_care("adoption", "CHILD FOSTER_CARE", "1", ("1",)),
    Example(
        "adoption_reported_again",
        {2024: "CHILD FOSTER_CARE\n Ada 1", 2025: "CHILD FOSTER_CARE\n Ada 0"},
        ("FOSTER_CARE",),
        (("0",),),
    ),
    Example(
        "adoption_days_out_of_order",
        {2024: "CHILD DATE_INT DATE_MATCH\n Ada 2023-06-02 2023-06-01"},
        ("DATE_INT", "DATE_MATCH"),
        (("2023-06-02", "2023-06-01"),),
    ),
    *of_a_day(
        "adoption_plan",
        "CHILD DATE_PLACED REASON_PLACED_CEASED",
        "2023-05-01 RD1",
        ("2023-05-01", "RD1"),
    ),
    outside_care("adoption_plan", "CHILD DATE_PLACED", "2023-05-01", ("2023-05-01",)),
    Example(
        "adoption_plan_ends_before_it_starts",
        {2024: "CHILD DATE_PLACED DATE_PLACED_CEASED\n Ada 2023-05-02 2023-05-01"},
        ("DATE_PLACED",),
        (),
    ),
    Example(
        "adoption_plan_told_twice",
        {2024: "CHILD DATE_PLACED REASON_PLACED_CEASED\n Ada 2023-05-01 RD1\n Ada 2023-05-01 RD2"},
        ("DATE_PLACED", "REASON_PLACED_CEASED"),
        (("2023-05-01", None),),
    ),
    *of_a_day("review", "CHILD REVIEW REVIEW_CODE", "2023-05-01 PN1", ("2023-05-01", "PN1")),
    outside_care("review", "CHILD REVIEW", "2023-05-01", ("2023-05-01",)),
    Example(
        "review_told_twice",
        {2024: "CHILD REVIEW REVIEW_CODE\n Ada 2023-05-01 PN1\n Ada 2023-05-01 PN7"},
        ("REVIEW", "REVIEW_CODE"),
        (("2023-05-01", None),),
    ),
    *of_a_year("earlier_home", "PREV_PERM", "P1", "Z1"),
    outside_care("earlier_home", "CHILD PREV_PERM", "P1", ("P1",)),
    *of_a_day(
        "social_worker",
        "CHILD SW_DECOM SW_DEC SW_ID",
        "2023-05-01 2023-06-01 W1",
        ("2023-05-01", "2023-06-01", "W1"),
    ),
    Example(
        "social_worker_ends_before_it_starts",
        {2024: "CHILD SW_ID SW_DECOM SW_DEC\n Ada W1 2023-05-02 2023-05-01"},
        WORKED,
        (),
    ),
    Example(
        "social_worker_end_not_readable",
        {2024: "CHILD SW_ID SW_DECOM SW_DEC\n Ada W1 2023-05-02 ?"},
        WORKED,
        (("W1", "2023-05-02", "2023-05-02"),),
    ),
    Example(
        "social_worker_open_and_not_mentioned_again",
        {
            2024: "CHILD SW_ID SW_DECOM SW_DEC\n Ada W1 2023-05-02 .",
            2025: "CHILD SW_ID SW_DECOM SW_DEC\n Ada W2 2024-05-02 .",
        },
        WORKED,
        (("W1", "2023-05-02", "2024-03-31"), ("W2", "2024-05-02", None)),
    ),
    Example(
        "social_worker_not_named",
        {2024: "CHILD SW_ID SW_DECOM SW_DEC\n Ada . 2023-05-02 ."},
        WORKED,
        (),
    ),
    *of_a_day(
        "deprivation",
        "CHILD DOLO_START DOLO_END",
        "2026-05-01 2026-06-01",
        ("2026-05-01", "2026-06-01"),
    ),
    Example(
        "deprivation_ends_before_it_starts",
        {2027: "CHILD DOLO_START DOLO_END\n Ada 2026-05-02 2026-05-01"},
        BOUND,
        (),
    ),
    Example(
        "deprivation_end_not_readable",
        {2027: "CHILD DOLO_START DOLO_END\n Ada 2026-05-02 ?"},
        BOUND,
        (("2026-05-02", "2026-05-02"),),
    ),
    Example(
        "deprivation_open_and_not_mentioned_again",
        {
            2027: "CHILD DOLO_START DOLO_END\n Ada 2026-05-02 .",
            2028: "CHILD DOLO_START DOLO_END\n Ada 2027-05-02 2027-06-02",
        },
        BOUND,
        (("2026-05-02", "2027-03-31"), ("2027-05-02", "2027-06-02")),
    ),
    Example(
        "deprivation_of_nobody_looked_after",
        {2027: "CHILD DOLO_START DOLO_END\n Zoe 2026-05-02 2026-06-02"},
        BOUND,
        (("2026-05-02", "2026-06-02"),),
    ),
)

OF_TABLE = {
    "missing": "missing",
    "health": "health",
    "leaver": "leavers",
    "adoption_plan": "adoption_plans",
    "adoption": "adoptions",
    "review": "reviews",
    "earlier_home": "earlier_homes",
    "social_worker": "social_workers",
    "deprivation": "deprivations",
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.repair)
def test_a_contradiction_is_met_as_said(example: Example) -> None:
    name = next(t for n, t in OF_TABLE.items() if example.repair.startswith(f"{n}_"))
    found = journeys(OUTCOMES[name].table, example.rows)
    counted = found.repairs().filter(repair=example.repair)
    assert counted["n_rows"].sum() == 1
    left = found.outcomes.of(name).select(pl.col(c).cast(pl.String) for c in example.columns)
    assert sorted(left.rows(), key=str) == sorted(example.kept, key=str)


def test_every_repair_has_an_example() -> None:
    assert {example.repair for example in EXAMPLES} == {r.name for r in OUTCOME_REPAIRS}


def test_a_table_that_a_return_lacks_is_said_to_be_lacking_and_nothing_is_nought() -> None:
    found = journeys("Missing", {2023: "CHILD MISSING MIS_START MIS_END", 2024: "CHILD MISSING"})
    assert "Missing" not in found.gaps[2024]
    assert "came without its table of care leavers (OC3)" in found.gaps[2024]["OC3"]
    assert "from 2024 on" in found.gaps[2023]["SWEpisodes"]
    assert "2023" in found.gaps[2024]["OC2 before"]
    assert "OC2 before" not in found.gaps[2023]
