"""Whatever CIN censuses hold, measures of need agree with a plain recount."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given, settings

from whatworks.journeys.need import (
    CASES,
    CHARACTERISTICS,
    IDENTIFIERS,
    PLANS,
    NeedJourneys,
    need_from,
)
from whatworks.journeys.stacking import ReturnTables
from whatworks.measures.counting import count
from whatworks.measures.definition import everything

NAMES = [m.name for m in everything().values() if m.collection == "cin"]
FEW = max(4, settings.default.max_examples // 8)
KINDS = {
    CASES: {"LAchildID": pl.String, "CINreferralDate": pl.Date, "CINclosureDate": pl.Date},
    PLANS: {"LAchildID": pl.String, "CPPstartDate": pl.Date, "NumberOfPreviousCPP": pl.Int64},
    IDENTIFIERS: {"LAchildID": pl.String, "PersonBirthDate": pl.Date, "Sex": pl.String},
    CHARACTERISTICS: {"LAchildID": pl.String, "Ethnicity": pl.String},
}
Censuses = dict[int, dict[str, list[dict[str, Any]]]]

days = st.dates(date(2021, 3, 1), date(2024, 5, 1)) | st.sampled_from(
    [date(2022, 4, 1), date(2023, 3, 31), date(2023, 4, 1), date(2024, 2, 29), date(2023, 3, 1)]
)
children = st.sampled_from(["a", "b", "c", None])
a_case = st.fixed_dictionaries(
    {
        "LAchildID": children,
        "CINreferralDate": st.none() | days,
        "CINclosureDate": st.none() | days,
    }
)
a_plan = st.fixed_dictionaries(
    {
        "LAchildID": children,
        "CPPstartDate": st.none() | days,
        "NumberOfPreviousCPP": st.sampled_from([None, -1, 0, 0, 1, 2]),
    }
)
somebody = st.fixed_dictionaries(
    {
        "LAchildID": children,
        "PersonBirthDate": st.none() | st.dates(date(2006, 1, 1), date(2024, 3, 1)),
        "Sex": st.sampled_from(["M", "F", "U", None]),
    }
)
groups = st.fixed_dictionaries(
    {"LAchildID": children, "Ethnicity": st.sampled_from(["WBRI", "AIND", "NOBT", "?", None])}
)
a_census = st.fixed_dictionaries(
    {
        CASES: st.lists(a_case, max_size=8),
        PLANS: st.lists(a_plan, max_size=6),
        IDENTIFIERS: st.lists(somebody, max_size=3, unique_by=lambda row: row["LAchildID"]),
        CHARACTERISTICS: st.lists(groups, max_size=3, unique_by=lambda row: row["LAchildID"]),
    }
)
censuses = st.dictionaries(st.sampled_from([2022, 2023, 2024]), a_census, min_size=1)


def _typed(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    numbered = [{"ROW": i, **row} for i, row in enumerate(rows, 1)]
    return pl.DataFrame(numbered, schema={"ROW": pl.Int64, **KINDS[table]})


def derived(written: Censuses) -> NeedJourneys:
    return need_from(
        "301",
        [
            ReturnTables(year, f"s{year}", {n: _typed(n, rows) for n, rows in tables.items()})
            for year, tables in written.items()
        ],
    )


# --- a plain recount --------------------------------------------------------------------------


def _year_of(day: date) -> int:
    return day.year + ((day.month, day.day) >= (4, 1))


def _a_year_on(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def recount(written: Censuses) -> dict[tuple[str, int], tuple[int, int, int]]:
    """(measure, year) -> numerator, denominator, left out."""
    referred: dict[str, set[date]] = defaultdict(set)
    before: dict[tuple[str, date], tuple[int, int]] = {}
    for year in sorted(written):
        for row in written[year][CASES]:
            child, day = row["LAchildID"], row["CINreferralDate"]
            if child and day and day <= date(year, 3, 31):
                referred[child].add(day)
        for row in written[year][PLANS]:
            child, day = row["LAchildID"], row["CPPstartDate"]
            if child and day and day <= date(year, 3, 31):
                number = row["NumberOfPreviousCPP"]
                said = (year, -1 if number is None else max(number, -1))
                before[child, day] = max(said, before.get((child, day), said))
    found = {}
    for year in sorted(written):
        if year - 1 in written:
            found[NAMES[0], year] = _again(referred, year)
        plans = [n for (_, day), (_, n) in before.items() if _year_of(day) == year]
        found[NAMES[1], year] = (
            sum(n > 0 for n in plans),
            sum(n >= 0 for n in plans),
            sum(n < 0 for n in plans),
        )
    return found


def _again(referred: dict[str, set[date]], year: int) -> tuple[int, int, int]:
    again = whole = 0
    for mine in referred.values():
        for day in mine:
            if _year_of(day) == year:
                whole += 1
                again += any(one < day <= _a_year_on(one) for one in mine)
    return again, whole, 0


def counted(found: NeedJourneys) -> dict[tuple[str, int], tuple[int, int, int]]:
    rows = count(found).filter(pl.col("numerator").is_not_null())
    return {
        (r["measure"], r["year"]): (r["numerator"], r["denominator"], r["left_out"])
        for r in rows.iter_rows(named=True)
    }


@given(censuses)
@settings(max_examples=4 * FEW)
def test_censuses_count_as_a_plain_recount_does(written: Censuses) -> None:
    assert counted(derived(written)) == recount(written)


def _crowd(seed: int, n: int) -> Censuses:
    rng = random.Random(seed)  # noqa: S311
    some = [date.fromordinal(o) for o in range(date(2021, 3, 1).toordinal(), 738_940, 3)]
    found: Censuses = {
        year: {CASES: [], PLANS: [], IDENTIFIERS: [], CHARACTERISTICS: []}
        for year in (2022, 2023, 2024)
    }
    for number in range(n):
        child = f"c{number}"
        for day in rng.sample(some, rng.randrange(1, 4)):
            open_for = rng.randrange(3)
            for year in range(_year_of(day), _year_of(day) + open_for + 1):
                if year in found:
                    row = {"LAchildID": child, "CINreferralDate": day, "CINclosureDate": None}
                    plan = {"LAchildID": child, "CPPstartDate": day, "NumberOfPreviousCPP": None}
                    plan["NumberOfPreviousCPP"] = rng.choice([0, 0, 1, 2, None])
                    found[year][CASES].append(row)
                    found[year][PLANS].append(plan)
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowd_counts_as_a_plain_recount_does(seed: int) -> None:
    written = _crowd(seed, 1_500)
    found = counted(derived(written))
    assert found == recount(written)
    assert all(top > 0 for top, _, _ in found.values())


# --- what changes nothing ---------------------------------------------------------------------


@given(censuses, st.integers(0, 10_000))
@settings(max_examples=2 * FEW)
def test_the_order_of_rows_and_files_and_the_names_of_children_change_nothing(
    written: Censuses, seed: int
) -> None:
    names = {"a": "zz-9", "b": "0001", "c": "Müller", None: None}
    other: Censuses = {}
    for year in reversed(list(written)):
        other[year] = {
            table: [{**row, "LAchildID": names[row["LAchildID"]]} for row in rows]
            for table, rows in written[year].items()
        }
        for rows in other[year].values():
            random.Random(seed).shuffle(rows)  # noqa: S311
    by = ["age_group", "sex", "ethnicity"]
    assert count(derived(other), by=by).equals(count(derived(written), by=by))
    assert derived(other).repairs().equals(derived(written).repairs())


@given(censuses)
@settings(max_examples=2 * FEW)
def test_every_row_is_a_referral_or_plan_or_accounted_for_by_name(written: Censuses) -> None:
    found = derived(written)
    repairs = found.repairs().filter(pl.col("effect").is_in(["left out", "replaced"]))
    for table, frame, what in ((CASES, found.referrals, "referral"), (PLANS, found.plans, "plan")):
        gone = repairs.filter(pl.col("repair").str.starts_with(f"{what}_"))["n_rows"].sum()
        assert frame.height + gone == sum(len(one[table]) for one in written.values())


@given(censuses)
@settings(max_examples=2 * FEW)
def test_the_groups_of_a_breakdown_add_up_to_the_whole(written: Censuses) -> None:
    found = derived(written)
    parts = count(found, by=["age_group", "ethnicity"])
    added = parts.group_by("measure", "year", maintain_order=True).agg(
        pl.col("numerator", "denominator", "left_out").sum()
    )
    whole = count(found).select("measure", "year", "numerator", "denominator", "left_out")
    assert added.equals(whole.with_columns(pl.exclude("measure", "year").fill_null(0)))


@given(censuses, st.data())
@settings(max_examples=2 * FEW)
def test_a_bad_cell_is_contained(written: Censuses, data: st.DataObject) -> None:
    """Spoiling one day of one child's row moves nothing of other children."""
    cells = [
        (year, table, i)
        for year, tables in written.items()
        for table in (CASES, PLANS)
        for i, row in enumerate(tables[table])
        if row["LAchildID"]
    ]
    if not cells:
        return
    year, table, i = data.draw(st.sampled_from(cells))
    child = written[year][table][i]["LAchildID"]
    column = "CINreferralDate" if table == CASES else "CPPstartDate"
    spoilt = {
        y: {t: [dict(r) for r in rows] for t, rows in ts.items()} for y, ts in written.items()
    }
    spoilt[year][table][i][column] = None
    before, after = derived(written), derived(spoilt)
    for one, other in ((before.referrals, after.referrals), (before.plans, after.plans)):
        kept = pl.col("CHILD") != child
        key = [c for c in ("CHILD", "REFERRED", "STARTED") if c in one.columns]
        assert one.filter(kept).sort(key).equals(other.filter(kept).sort(key))
    assert counted(after) == recount(spoilt)
