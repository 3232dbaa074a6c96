"""The primitives against the plainest possible recomputation, on random tables."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks import tables as t
from whatworks.tables.sorting import is_sorted, sorted_by

DAYS = st.dates(date(1995, 1, 1), date(2030, 12, 31))
NEAR = st.dates(date(2020, 2, 25), date(2020, 3, 5))
KEYS = st.sampled_from(["a", "a", "a", "b", None])
SOME = [date(2020, 2, 20) + timedelta(days=d) for d in range(20)]
SCHEMA = {"K": pl.String, "S": pl.Date, "E": pl.Date, "ROW": pl.Int64}


@st.composite
def spans(draw: st.DrawFn) -> pl.DataFrame:
    rows = draw(
        st.lists(
            st.tuples(KEYS, st.sampled_from([*SOME, None]), st.sampled_from([*SOME, None])),
            max_size=8,
        )
    )
    numbered = [(k, s, e, i) for i, (k, s, e) in enumerate(rows, start=1)]
    return pl.DataFrame(numbered, schema=SCHEMA, orient="row")


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@given(DAYS, DAYS, st.integers(-30, 240))
def test_dates(first: date, second: date, months: int) -> None:
    rows = pl.DataFrame({"A": [first], "B": [second]})
    found = t.with_columns(
        rows,
        DAYS=t.days_between("A", "B"),
        LATER=t.add_months("A", months),
        AGE=t.age_at("A", "B"),
        BIRTHDAY=t.birthday("A", 18),
    ).row(0, named=True)
    assert found["DAYS"] == (second - first).days
    assert found["LATER"] == _add_months(first, months)
    had = (second.month, second.day) >= (first.month, first.day)
    assert found["AGE"] == second.year - first.year - (not had)
    age = t.with_columns(
        pl.DataFrame({"B": [first], "ON": [found["BIRTHDAY"]]}),
        NOW=t.age_at("B", "ON"),
        BEFORE=t.age_at("B", found["BIRTHDAY"] - timedelta(days=1)),
    )
    assert age.select("NOW", "BEFORE").row(0) == (18, 17)


@given(spans())
def test_neighbours(rows: pl.DataFrame) -> None:
    found = t.neighbours(rows, by="K", order=["S", "ROW"], next="ROW", previous="ROW")
    by_row = {r["ROW"]: r for r in found.iter_rows(named=True)}
    assert sorted(by_row) == rows["ROW"].to_list()
    for key in ("a", "b"):
        group = [r for r in rows.iter_rows(named=True) if r["K"] == key]
        group.sort(key=lambda r: (r["S"] is None, r["S"] or date.min, r["ROW"]))
        numbers = [r["ROW"] for r in group]
        for number, before, after in zip(
            numbers, [None, *numbers], [*numbers[1:], None], strict=False
        ):
            assert by_row[number]["PREV_ROW"] == before
            assert by_row[number]["NEXT_ROW"] == after
    for row in found.filter(pl.col("K").is_null()).iter_rows(named=True):
        assert row["NEXT_ROW"] is None
        assert row["PREV_ROW"] is None


@given(spans(), st.integers(0, 3))
@settings(max_examples=150)
def test_islands(rows: pl.DataFrame, gap: int) -> None:
    found = t.islands(rows, by="K", start="S", end="E", gap_days=gap, name="N")
    number_of = {r["ROW"]: r["N"] for r in found.iter_rows(named=True)}
    for key in ("a", "b"):
        group = [r for r in rows.iter_rows(named=True) if r["K"] == key and r["S"] is not None]
        covered = {half for r in group for half in _half_days(r, gap)}
        for one in group:
            for other in group:
                first, last = sorted((2 * one["S"].toordinal(), 2 * other["S"].toordinal()))
                together = all(half in covered for half in range(first, last + 1))
                assert (number_of[one["ROW"]] == number_of[other["ROW"]]) == together
    for r in rows.iter_rows(named=True):
        assert (number_of[r["ROW"]] is None) == (r["K"] is None or r["S"] is None)


def _half_days(row: dict[str, Any], gap: int) -> range:
    """The half days a span covers: whole days that merely follow one another do not touch."""
    start = row["S"].toordinal()
    end = date(2020, 4, 1).toordinal() if row["E"] is None else row["E"].toordinal()
    return range(2 * start, 2 * (max(start, end) + gap) + 1)


@given(spans())
def test_latest_version(rows: pl.DataFrame) -> None:
    found = t.latest_version(rows, by="K", order=["S", "ROW"])
    expected = []
    for key in ("a", "b"):
        group = [r for r in rows.iter_rows(named=True) if r["K"] == key]
        group.sort(key=lambda r: (r["S"] is not None, r["S"] or date.min, r["ROW"]))
        expected += [r["ROW"] for r in group[-1:]]
    expected += rows.filter(pl.col("K").is_null())["ROW"].to_list()
    assert sorted(found["ROW"].to_list()) == sorted(expected)


@given(spans(), spans())
def test_attach_never_adds_or_loses_rows(left: pl.DataFrame, right: pl.DataFrame) -> None:
    found = t.attach(left, right, on="K", columns=["S", "E"], prefix="R_")
    assert found.select(left.columns).sort("ROW").equals(left)
    again = t.attach(left, right.reverse(), on="K", columns=["S", "E"], prefix="R_")
    assert again.sort("ROW").equals(found.sort("ROW"))
    pairs = set(right.filter(pl.col("K").is_not_null()).select("K", "S", "E").iter_rows())
    for row in found.iter_rows(named=True):
        held = (row["K"], row["R_S"], row["R_E"])
        assert held in pairs or held[1:] == (None, None)


@given(spans(), NEAR)
def test_as_of(rows: pl.DataFrame, day: date) -> None:
    found = t.as_of(rows, on=day, start="S", end="E")["ROW"].to_list()
    expected = [
        r["ROW"]
        for r in rows.iter_rows(named=True)
        if r["S"] is not None and r["S"] <= day and (r["E"] is None or r["E"] > day)
    ]
    assert found == expected


@given(
    st.lists(
        st.tuples(*[st.sampled_from([None, 1, 2])] * 3, st.sampled_from([None, "x", "y"])),
        max_size=30,
    ),
    st.booleans(),
)
def test_sorting_by_few_columns_first_gives_the_order_of_all(
    rows: list[tuple[int | None, ...]], nulls_last: bool
) -> None:
    names = ["a", "b", "c", "d"]
    table = pl.DataFrame(
        rows, schema=dict.fromkeys(names[:3], pl.Int64) | {"d": pl.String}, orient="row"
    )
    table = table.with_row_index("place")
    expected = table.sort(names, nulls_last=nulls_last, maintain_order=True)
    assert t.collect(sorted_by(table, names, nulls_last=nulls_last)).equals(expected)
    assert is_sorted(expected, names, nulls_last=nulls_last)


@given(spans(), st.lists(NEAR, max_size=3, unique=True), st.integers(0, 40), st.booleans())
def test_in_each_window(
    rows: pl.DataFrame, firsts: list[date], days: int, end_included: bool
) -> None:
    windows = {n: (first, first + timedelta(days)) for n, first in enumerate(firsts)}
    rows = rows.rename({"ROW": "R"})
    found = t.in_each(rows, windows, start="S", end="E", end_included=end_included)
    expected = [
        (n, first, last, r["R"])
        for n, (first, last) in windows.items()
        for r in rows.iter_rows(named=True)
        if r["S"] is not None
        and r["S"] <= last
        and (r["E"] is None or r["E"] > first or (end_included and r["E"] == first))
    ]
    assert found.select("YEAR", "FIRST", "LAST", "R").rows() == expected
    wrapped = t.in_each(
        t.frame(rows.lazy()), windows, start="S", end="E", end_included=end_included
    )
    assert t.collect(wrapped).equals(found)
