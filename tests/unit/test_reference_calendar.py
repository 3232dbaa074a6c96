"""Bank holidays of England and the working days between them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from whatworks import reference


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2020, 5, 8), True),  # moved from the Monday for VE Day
        (date(2020, 5, 4), False),
        (date(2022, 6, 2), True),  # spring bank holiday moved
        (date(2022, 6, 3), True),  # Platinum Jubilee
        (date(2022, 5, 30), False),
        (date(2022, 9, 19), True),  # state funeral
        (date(2023, 5, 1), True),
        (date(2023, 5, 8), True),  # coronation
        (date(2015, 12, 28), True),  # Boxing Day fell on a Saturday
        (date(2021, 12, 27), True),  # Christmas Day and Boxing Day on a weekend
        (date(2021, 12, 28), True),
        (date(2022, 12, 27), True),  # Christmas Day on a Sunday, Boxing Day the Monday
        (date(2022, 1, 3), True),
        (date(2024, 3, 29), True),  # Good Friday
        (date(2024, 4, 1), True),
        (date(2025, 8, 25), True),
        (date(2025, 8, 4), False),  # Scotland's
        (date(2025, 3, 17), False),  # Northern Ireland's
        (date(2028, 4, 14), True),
    ],
)
def test_bank_holidays(day: date, is_one: bool) -> None:
    assert (day in reference.bank_holidays()["date"]) is is_one


def test_years_held_are_whole_and_have_eight_days_or_more() -> None:
    counts = (
        reference.bank_holidays()
        .group_by(year=pl.col("date").dt.year())
        .agg(n=pl.len())
        .sort("year")
    )
    assert counts["year"].to_list() == list(range(2010, 2031))
    more = {2011: 9, 2012: 9, 2022: 10, 2023: 9}
    for year, n in counts.iter_rows():
        assert n == more.get(year, 8), year


def test_no_bank_holiday_falls_on_a_weekend_or_twice() -> None:
    days = reference.bank_holidays()["date"]
    assert days.n_unique() == days.len()
    assert days.is_sorted()
    assert max(day.weekday() for day in days) <= 4


def test_holidays_after_2028_are_not_yet_certain() -> None:
    sure = reference.bank_holidays(2028)["confidence"].unique().to_list()
    later = reference.bank_holidays(2029)["confidence"].unique().to_list()
    assert (sure, later) == (["seen"], ["unconfirmed"])


def test_working_days() -> None:
    assert reference.is_working_day(date(2025, 3, 31))
    assert not reference.is_working_day(date(2025, 3, 29))
    assert not reference.is_working_day(date(2025, 4, 18))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2025, 3, 28), 0, date(2025, 3, 28)),
        (date(2025, 3, 29), 0, date(2025, 3, 29)),
        (date(2025, 3, 28), 1, date(2025, 3, 31)),
        (date(2025, 3, 29), 1, date(2025, 3, 31)),
        (date(2025, 3, 30), 1, date(2025, 3, 31)),
        (date(2025, 4, 17), 1, date(2025, 4, 22)),  # over Easter
        (date(2024, 12, 24), 3, date(2024, 12, 31)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2025, 3, 3), 15, date(2025, 3, 24)),
        (date(2025, 3, 3), 45, date(2025, 5, 8)),  # over Easter and early May
        (date(2025, 4, 22), -1, date(2025, 4, 17)),
    ],
)
def test_counting_working_days(start: date, n: int, end: date) -> None:
    assert reference.add_working_days(start, n) == end


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2031, 1, 1)])
def test_years_not_held_are_refused(day: date) -> None:
    with pytest.raises(reference.NotHeld, match="2010 to 2030"):
        reference.is_working_day(day)


def test_counting_past_the_years_held_is_refused() -> None:
    with pytest.raises(reference.NotHeld):
        reference.add_working_days(date(2030, 12, 30), 5)
