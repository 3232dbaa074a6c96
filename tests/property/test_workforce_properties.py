"""Whatever a workforce census holds, measures of social workers agree with a plain recount."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.measures.counting import count
from whatworks.measures.definition import everything
from whatworks.measures.workforce import WORKERS, Census, workforce_from
from whatworks.returns.typing import type_tables

from . import oracle_workforce as oracle

YEARS = (2023, 2024)
DAYS = (
    *("2022-09-30", "2022-10-01", "2023-09-30", "2023-10-01", "2024-02-29", "2024-09-30"),
    *("2024-10-01", "2019-05-06", "2024-13-01", "soon", None, None),
)
HOURS = ("0", "0.2", "0.37", "0.5", "0.8", "1", "1.01", "-0.1", "most of it", None)
CELLS: dict[str, tuple[str | None, ...]] = {
    "AgencyWorker": ("0", "0", "0", "1", "7", None),
    "RoleStartDate": DAYS,
    "RoleEndDate": (*DAYS, None, None, None, None, None, None),
    "FTE": HOURS,
    "FTE30": HOURS,
    "OrgRole": ("1", "4", "5", "5", "6", "9", None),
    "Cases30": ("0", "1", "17", "-1", "some", None),
    "Ethnicity": (
        "WBRI",
        "WROM",
        "wbri",
        "MOTH",
        "CHNE",
        "bafr",
        "OOTH",
        "REFU",
        "NOBT",
        "X",
        None,
    ),
}
"""Cells as muddled censuses hold them: right, at the edge, impossible, unreadable and blank."""

records = st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()})
censuses = st.fixed_dictionaries({year: st.lists(records, max_size=12) for year in YEARS})


def counted(written: oracle.Censuses) -> dict[tuple[str, int], oracle.Figure]:
    made = []
    for year, rows in written.items():
        schema = {"SWENo": pl.String, **dict.fromkeys(CELLS, pl.String)}
        numbered = [{"SWENo": f"SW{n}", **row} for n, row in enumerate(rows)]
        table = pl.DataFrame(numbered, schema=schema)
        typed, _, _ = type_tables({WORKERS: table}, collection="csww", year=year)
        made.append(Census(year, f"census-{year}", typed))
    found = count(workforce_from("301", made), list(oracle.NAMES))
    return {
        (r["measure"], r["year"]): (r["numerator"], r["denominator"], r["left_out"])
        for r in found.iter_rows(named=True)
    }


def test_the_recount_is_of_measures_that_there_are() -> None:
    assert set(oracle.NAMES) <= {m.name for m in everything().values() if m.collection == "csww"}


@settings(deadline=None)
@given(censuses)
def test_every_figure_is_that_of_the_recount(written: oracle.Censuses) -> None:
    assert counted(written) == oracle.figures(written)


WORKER: dict[str, str | None] = {
    "AgencyWorker": "0",
    "RoleStartDate": "2020-01-01",
    "RoleEndDate": None,
    "FTE": None,
    "FTE30": "0.5",
    "OrgRole": "5",
    "Cases30": "10",
    "Ethnicity": "WBRI",
}


@pytest.mark.parametrize(
    ("changes", "measure", "expected"),
    [
        ({}, "social_workers_holding_cases", (0.5, 0.5, 0)),
        ({"OrgRole": "9"}, "social_workers_holding_cases", (0.0, 0.0, 1)),
        ({"AgencyWorker": "1"}, "cases_held", (10.0, None, 0)),
        ({"Cases30": None}, "cases_held", (0.0, None, 1)),
        ({"AgencyWorker": None}, "cases_held", (0.0, None, 1)),
        ({"Ethnicity": "bafr"}, "social_workers_from_ethnic_minorities", (1.0, 1.0, 0)),
        ({"Ethnicity": "REFU"}, "social_workers_from_ethnic_minorities", (0.0, 0.0, 1)),
        ({"RoleStartDate": "2023-10-01"}, "social_worker_starters", (0.5, None, 0)),
        ({"RoleEndDate": "2024-09-30", "FTE": "1"}, "social_worker_leavers", (1.0, None, 0)),
        (
            {"RoleStartDate": "2023-10-01", "RoleEndDate": "?"},
            "social_worker_starters",
            (0, None, 1),
        ),
        (
            {"RoleStartDate": "?", "RoleEndDate": "2024-09-30"},
            "social_worker_leavers",
            (0, None, 1),
        ),
    ],
)
def test_the_recount_itself_by_hand(
    changes: dict[str, Any], measure: str, expected: tuple[float, float | None, int]
) -> None:
    written = {2024: [{**WORKER, **changes}]}
    assert oracle.figures(written)[measure, 2024] == expected
    assert counted(written)[measure, 2024] == expected
