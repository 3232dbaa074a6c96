"""Working days between two days, against going through them one by one."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks import tables as t
from whatworks.reference import is_working_day
from whatworks.reference.calendar import numbered_days

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
NEAR = st.dates(date(2023, 12, 20), date(2024, 1, 8))
SOME = st.none() | DAYS | NEAR | st.dates(date(2005, 1, 1), date(2035, 12, 31))


def _one_by_one(start: date | None, end: date | None) -> int | None:
    if start is None or end is None:
        return None
    if not (2010 <= start.year <= 2030 and 2010 <= end.year <= 2030):
        return None
    first, last = min(start, end), max(start, end)
    days = (first + timedelta(days=i) for i in range(1, (last - first).days + 1))
    n = sum(is_working_day(day) for day in days)
    return n if start <= end else -n


def _counted(pairs: list[tuple[date | None, date | None]]) -> list[int | None]:
    rows = pl.DataFrame(
        [(i, *pair) for i, pair in enumerate(pairs)],
        schema={"ROW": pl.Int64, "A": pl.Date, "B": pl.Date},
        orient="row",
    )
    found = t.working_days(rows, start="A", end="B", calendar=numbered_days(), name="N")
    assert found.columns == ["ROW", "A", "B", "N"]
    lazy = t.working_days(rows.lazy(), start="A", end="B", calendar=numbered_days(), name="N")
    assert t.collect(lazy).sort("ROW").equals(found.sort("ROW"))
    return found.sort("ROW")["N"].to_list()


@given(st.lists(st.tuples(SOME, SOME), max_size=6))
def test_working_days_are_those_that_one_would_count(
    pairs: list[tuple[date | None, date | None]],
) -> None:
    assert _counted(pairs) == [_one_by_one(*pair) for pair in pairs]


@given(NEAR, NEAR, NEAR)
def test_two_stretches_add_up(first: date, second: date, third: date) -> None:
    one, two, both = _counted([(first, second), (second, third), (first, third)])
    assert one is not None
    assert two is not None
    assert one + two == both


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2024-01-05", "2024-01-05", 0),
        ("2024-01-05", "2024-01-07", 0),  # a Friday to the Sunday after
        ("2024-01-05", "2024-01-08", 1),
        ("2024-01-06", "2024-01-08", 1),
        ("2023-12-22", "2024-01-02", 4),  # over Christmas and New Year
        ("2024-01-08", "2024-01-05", -1),
    ],
)
def test_a_weekend_and_a_holiday_are_none(start: str, end: str, days: int) -> None:
    assert _counted([(date.fromisoformat(start), date.fromisoformat(end))]) == [days]


def test_a_column_of_that_name_is_not_overwritten() -> None:
    rows = pl.DataFrame({"A": [date(2024, 1, 5)], "N": [1]})
    with pytest.raises(ValueError, match="already has N"):
        t.working_days(rows, start="A", end="A", calendar=numbered_days(), name="N")
