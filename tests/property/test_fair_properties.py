"""Fair comparison: what holds of every funnel, ranking and account of a change."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.inference import (
    control_limits,
    funnel_of_rates,
    funnel_of_shares,
    rank_intervals,
    shares_of_change,
)
from whatworks.inference.funnel import BANDS, HIGHER, LOWER
from whatworks.journeys.deriving import care_from
from whatworks.journeys.stacking import ReturnTables
from whatworks.measures.fair import flowing
from whatworks.measures.fair.change import number_in_care

PLACES = st.lists(
    st.tuples(st.integers(0, 400), st.floats(0, 1)).map(lambda t: (round(t[0] * t[1]), t[0])),
    min_size=2,
    max_size=40,
)


@given(PLACES)
def test_the_order_of_places_changes_nothing(places) -> None:
    k, n = np.array(places, float).T
    found, back = funnel_of_shares(k, n), funnel_of_shares(k[::-1], n[::-1])
    assert list(found.band) == list(back.band)[::-1]
    assert np.allclose(found.high_998, back.high_998[::-1], equal_nan=True)
    assert found.overdispersion == back.overdispersion


@given(PLACES)
def test_limits_hold_what_is_expected_and_widen_with_their_level(places) -> None:
    k, n = np.array(places, float).T
    for found in (funnel_of_shares(k, n), funnel_of_rates(k, n)):
        known = np.isfinite(found.p)
        assert np.all(found.low_998[known] <= found.low_95[known] + 1e-9)
        assert np.all(found.high_998[known] >= found.high_95[known] - 1e-9)
        assert np.all(found.low_95[known] <= found.expected[known] + 1 / n[known])
        assert np.all(found.high_95[known] >= found.expected[known] - 1 / n[known])
        assert all((band in BANDS) == here for band, here in zip(found.band, known, strict=True))


@given(PLACES)
def test_whoever_is_marked_lies_outside_the_limits_shown(places) -> None:
    k, n = np.array(places, float).T
    found = funnel_of_shares(k, n)
    for at, band in enumerate(found.band):
        if band == HIGHER:
            assert k[at] / n[at] > found.high_998[at]
        if band == LOWER:
            assert k[at] / n[at] < found.low_998[at]


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 5)), min_size=1, max_size=30))
def test_rank_ranges_lie_within_the_places_and_hold_the_place_itself(places) -> None:
    low = np.array([a for a, _ in places])
    high = low + np.array([b for _, b in places])
    first, last = rank_intervals(low, high)
    assert np.all((first >= 1) & (first <= last) & (last <= len(places)))
    own = np.argsort(np.argsort(-low, kind="stable"), kind="stable") + 1
    assert np.all((first <= own) & (own <= last))


@given(st.lists(st.floats(-5, 5), min_size=8, max_size=8))
def test_parts_of_a_change_add_up_to_it(values) -> None:
    names = ["a", "b", "c"]

    def value(changed: frozenset[str]) -> float:
        return values[sum(2**at for at, name in enumerate(names) if name in changed)]

    parts = shares_of_change(names, value)
    assert sum(parts.values()) == pytest.approx(values[7] - values[0], abs=1e-9)


@given(st.lists(st.floats(0.0, 1.0), min_size=0, max_size=20))
def test_a_figure_that_never_changes_never_signals(values) -> None:
    for chart in ("p", "u", "xmr"):
        found = control_limits(chart, [0.3] * len(values), [100.0] * len(values))
        assert set(found.signal) <= {None}


FEWER = settings(max_examples=max(12, settings.default.max_examples // 5))
"""Journeys are derived anew for each example."""

DAYS = st.integers(-1200, 1500)
SPELLS = st.lists(
    st.tuples(
        st.integers(1, 12),  # child
        DAYS,  # began
        st.integers(0, 900),  # for so many days
        st.booleans(),  # still there
        st.sampled_from(["S", "P"]),
        st.sampled_from(["X1", "E4A", "E8"]),
    ),
    max_size=30,
)
ZERO = date(2021, 4, 1)
YEARS = (2021, 2022, 2023, 2024)


def _care(spells, relabel=lambda c: f"{c:02d}", reverse=False, born=2004):
    """Journeys of what each year's return would hold of these spells."""
    tables = []
    for year in YEARS:
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        rows = []
        for number, begun, long, open_, rne, rec in spells:
            start = ZERO + timedelta(days=begun)
            end = None if open_ else start + timedelta(days=long)
            if start > last or (end is not None and end < first):
                continue
            there = end is None or end > last
            rows.append(
                (relabel(number), start, None if there else end, rne, None if there else rec)
            )
        rows = rows[::-1] if reverse else rows
        episodes = pl.DataFrame(
            rows,
            schema={
                "CHILD": pl.String,
                "DECOM": pl.Date,
                "DEC": pl.Date,
                "RNE": pl.String,
                "REC": pl.String,
            },
            orient="row",
        ).with_columns(
            DEC__unreadable=pl.lit(value=False),
            LS=pl.lit("C2"),
            PLACE=pl.lit("U6"),
            ROW=pl.int_range(pl.len()) + 1,
        )
        numbers = sorted({spell[0] for spell in spells}, reverse=reverse)
        header = pl.DataFrame(
            {
                "ROW": range(1, len(numbers) + 1),
                "CHILD": [relabel(number) for number in numbers],
                "DOB": [date(born + number % 3, 5, 17) for number in numbers],
            },
            schema={"ROW": pl.Int64, "CHILD": pl.String, "DOB": pl.Date},
        )
        tables.append(ReturnTables(year, f"s{year}", {"Episodes": episodes, "Header": header}))
    return care_from("316", tables)


def _named(number: int) -> str:
    return "c" * number


def _parts(found):
    return [(p.name, round(p.change, 9), round(p.low, 9), round(p.high, 9)) for p in found.parts]


@FEWER
@given(SPELLS, st.sampled_from([(2022, None), (2023, None), (2024, 2021)]))
def test_the_account_adds_up_whatever_the_returns_hold(spells, asked) -> None:
    year, since = asked
    care = _care(spells, _named)
    found = number_in_care(care, year, since)
    assert found.reason is None
    assert sum(p.change for p in found.parts) == pytest.approx(found.after - found.before, abs=1e-9)
    assert all(p.low <= p.high for p in found.parts)
    for row in found.flows.iter_rows(named=True):
        came = row["entries"] + row["beginning_not_seen"]
        assert row["at_end"] == row["at_start"] + came - row["exits"] - row["end_not_seen"]
        assert row["reentries"] <= row["entries"]


@FEWER
@given(SPELLS)
def test_children_counted_on_the_day_are_those_of_the_account(spells) -> None:
    care = _care(spells, _named)
    found = number_in_care(care, 2023)
    for year, number in ((2022, found.before), (2023, found.after)):
        last = date(year, 3, 31)
        there = care.periods.filter(
            pl.col("START") <= last, pl.col("END").is_null() | (pl.col("END") > last)
        )
        assert number == there["CHILD"].n_unique() == there.height


@FEWER
@given(SPELLS)
def test_neither_names_nor_the_order_of_rows_matter_to_the_account(spells) -> None:
    one = number_in_care(_care(spells, _named), 2023)
    other = number_in_care(_care(spells, lambda c: f"{20 - c:02d}", reverse=True), 2023)
    assert _parts(one) == _parts(other)
    assert one.flows.equals(other.flows)


def test_where_nothing_changes_every_part_is_nought() -> None:
    """Each year five children come and the five of the year before leave, on the same days."""
    spells = [
        (10 * y + c, 365 * y + (y + 1) // 4 + 40 + c, 365, False, "S", "E4A")
        for y in range(-3, 4)
        for c in range(1, 6)
    ]
    care = _care(spells, lambda c: f"child {c + 100}", born=2012)
    found = number_in_care(care, 2023)
    assert found.before == found.after == 5
    assert [p.change for p in found.parts] == [0.0] * len(found.parts)


def test_the_columns_of_features_are_as_many_as_they_say() -> None:
    care = _care([(1, 0, 50, False, "S", "E4A")], _named)
    of = flowing.spells(care)
    assert flowing.features(of, *flowing.span(care, 2022)).shape == (1, flowing.COLUMNS)


def _shares_outside(rounds: int, tau: float) -> tuple[float, float, float]:
    rng = np.random.default_rng(20_250_331)
    n = rng.integers(40, 3_000, 150)
    outside = np.zeros(2)
    present = 0
    for _ in range(rounds):
        level = np.arcsin(np.sqrt(0.12)) + rng.normal(0, tau, 150)
        k = rng.binomial(n, np.sin(np.clip(level, 0, None)) ** 2)
        found = funnel_of_shares(k, n)
        share = k / n
        outside += [
            np.mean((share < found.low_95) | (share > found.high_95)),
            np.mean((share < found.low_998) | (share > found.high_998)),
        ]
        present += found.overdispersion.present
    return float(outside[0] / rounds), float(outside[1] / rounds), present / rounds


def test_limits_are_crossed_about_as_often_as_they_say() -> None:
    alike = _shares_outside(40, 0.0)
    assert alike[0] == pytest.approx(0.05, abs=0.01)
    assert alike[1] == pytest.approx(0.002, abs=0.0025)
    assert alike[2] < 0.2
    differing = _shares_outside(40, 0.05)
    assert differing[0] == pytest.approx(0.05, abs=0.01)
    assert differing[2] == 1.0


@pytest.mark.prove
@pytest.mark.parametrize("tau", [0.0, 0.02, 0.05])
def test_limits_are_crossed_as_often_as_they_say(tau: float) -> None:
    outside_95, outside_998, present = _shares_outside(800, tau)
    assert outside_95 == pytest.approx(0.05, abs=0.003)
    assert outside_998 == pytest.approx(0.002, abs=0.0006)
    if tau == 0:
        assert present == pytest.approx(0.05, abs=0.02)
