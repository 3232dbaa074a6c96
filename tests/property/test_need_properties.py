"""Whatever CIN censuses hold, measures of need agree with a plain recount."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given, settings

from whatworks.journeys.need import NeedJourneys
from whatworks.measures.counting import count
from whatworks.measures.definition import everything

from . import oracle_need as oracle
from .muddled_need import derived, muddled

MEASURES = {m.name: m for m in everything().values() if m.collection == "cin"}
FEW_MEASURES = (
    "re_referrals_within_12_months",
    "assessment_working_days",
    "in_need_with_a_disability",
    "conferences_leading_to_a_plan",
    "protection_plans_reviewed_on_time",
    "protection_plan_days",
)
"""One of each kind of view, for what is slow."""
FEW = max(4, settings.default.max_examples // 8)
seeds = st.integers(0, 1_000_000)
THINGS = {
    "CINdetails": ("referrals", "referral"),
    "Assessments": ("assessments", "assessment"),
    "Section47": ("enquiries", "enquiry"),
    "ChildProtectionPlans": ("plans", "plan"),
    "Reviews": ("reviews", "review"),
    "CINplanDates": ("cin_plans", "cin_plan"),
    "PreProceedings": ("pre_proceedings", "pre_proceedings"),
}
"""Table -> the frame of its things, and what its repairs begin with."""

Figures = dict[tuple[str, int], tuple[float, float | None, int]]


def counted(found: NeedJourneys) -> Figures:
    rows = count(found).filter(pl.col("numerator").is_not_null())
    return {
        (r["measure"], r["year"]): (
            r["numerator"],
            None if MEASURES[r["measure"]].kind == "rate" else r["denominator"],
            r["left_out"],
        )
        for r in rows.iter_rows(named=True)
    }


def recounted(written: Any) -> Figures:
    told = {year for year, tables in written.items() if "PreProceedings" in tables}
    return oracle.figures(written) | {
        k: v for k, v in oracle.meetings(written).items() if k[1] in told
    }


@given(seeds)
@settings(max_examples=2 * FEW)
def test_muddled_censuses_count_as_a_plain_recount_does(seed: int) -> None:
    written = muddled(seed)
    assert counted(derived(written)) == recounted(written)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_crowd_counts_as_a_plain_recount_does(seed: int) -> None:
    written = muddled(seed, n=120, children=[*(f"c{i}" for i in range(60)), None])
    assert counted(derived(written)) == recounted(written)


def test_every_measure_is_put_to_the_test() -> None:
    """Over some seeds every measure has rows in it and, if it can, some left out."""
    top: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for seed in range(6):
        written = muddled(seed, n=80, children=[*(f"c{i}" for i in range(40)), None])
        for (name, _), figure in recounted(written).items():
            top[name] += int(figure[0] > 0)
            out[name] += figure[2]
    assert set(top) == set(MEASURES)
    for name, measure in MEASURES.items():
        assert top[name] > 0, name
        assert (out[name] > 0) == bool(measure.left_out), name


# --- what changes nothing ---------------------------------------------------------------------


@given(seeds)
@settings(max_examples=FEW)
def test_the_order_of_rows_and_files_and_the_names_of_children_change_nothing(seed: int) -> None:
    written = muddled(seed)
    names = {"a": "zz-9", "b": "0001", "c": "Müller", None: None}
    other: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for year in reversed(list(written)):
        other[year] = {
            table: [{**row, "LAchildID": names[row["LAchildID"]]} for row in rows]
            for table, rows in written[year].items()
        }
        for rows in other[year].values():
            random.Random(seed).shuffle(rows)
    one, two = derived(written), derived(other)
    assert counted(two) == counted(one)
    by = ["age_group", "sex"]
    assert count(two, FEW_MEASURES, by=by).equals(count(one, FEW_MEASURES, by=by))
    assert two.repairs().equals(one.repairs())


@given(seeds)
@settings(max_examples=FEW)
def test_every_row_is_a_thing_or_accounted_for_by_name(seed: int) -> None:
    written = muddled(seed)
    found = derived(written)
    gone = found.repairs().filter(pl.col("effect").is_in(["left out", "replaced"]))
    for table, (name, what) in THINGS.items():
        endings = ("without_child_number", "day_not_known", "after_the_census", "same_day_again")
        mine = [f"{what}_{end}" for end in (*endings, "reported_again")]
        if what == "review":
            mine += ["review_without_its_plan", "review_outside_its_plan"]
        set_aside = gone.filter(pl.col("repair").is_in(mine))["n_rows"].sum()
        kept = getattr(found, name).height
        assert kept + set_aside == sum(len(one.get(table, ())) for one in written.values()), table


@given(seeds)
@settings(max_examples=FEW)
def test_a_thing_stands_once_and_never_ends_before_it_begins(seed: int) -> None:
    found = derived(muddled(seed))
    for name, start, end in (
        ("referrals", "REFERRED", "CLOSED"),
        ("plans", "STARTED", "ENDED"),
        ("cin_plans", "STARTED", "ENDED"),
    ):
        rows = getattr(found, name)
        assert rows.select("CHILD", start).is_duplicated().sum() == 0
        assert (rows[end] < rows[start]).sum() == 0
        last = max(found.windows.values())[1]
        assert (rows[end] > last).sum() == 0


@given(seeds)
@settings(max_examples=FEW)
def test_the_groups_of_a_breakdown_add_up_to_the_whole(seed: int) -> None:
    found = derived(muddled(seed))
    shares = FEW_MEASURES
    parts = count(found, shares, by=["age_group", "ethnicity"])
    added = parts.group_by("measure", "year", maintain_order=True).agg(
        pl.col("numerator", "denominator", "left_out").sum()
    )
    whole = count(found, shares).select("measure", "year", "numerator", "denominator", "left_out")
    assert added.equals(whole.with_columns(pl.exclude("measure", "year").fill_null(0)))


@given(seeds, st.data())
@settings(max_examples=FEW)
def test_a_bad_cell_is_contained(seed: int, data: st.DataObject) -> None:
    """Spoiling one day of one child's row moves nothing of other children."""
    written = muddled(seed)
    cells = [
        (year, table, i, column)
        for year, tables in written.items()
        for table, rows in tables.items()
        for i, row in enumerate(rows)
        for column, value in row.items()
        if row["LAchildID"] and isinstance(value, date)
    ]
    if not cells:
        return
    year, table, i, column = data.draw(st.sampled_from(cells))
    child = written[year][table][i]["LAchildID"]
    spoilt = {
        y: {t: [dict(r) for r in rows] for t, rows in ts.items()} for y, ts in written.items()
    }
    spoilt[year][table][i][column] = data.draw(st.sampled_from([None, "?"]))
    before, after = derived(written), derived(spoilt)
    for name in (*(name for name, _ in THINGS.values()), "conferences", "factors"):
        one, other = getattr(before, name), getattr(after, name)
        kept = pl.col("CHILD") != child
        one, other = (rows.filter(kept).sort(rows.columns) for rows in (one, other))
        assert one.equals(other), name
    assert counted(after) == recounted(spoilt)
