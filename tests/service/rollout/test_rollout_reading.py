"""What a busy person types, and what changed between two records."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatworks.service.rollout import changes, reading
from whatworks.service.rollout.entries import Entry
from whatworks.service.rollout.queries import Recorded


@pytest.mark.parametrize(
    "typed", ["April 2021", "apr 2021", "4 2021", "04/2021", "2021-04", " 4.2021 ", "2021 April"]
)
def test_a_month_is_read_however_it_is_typed(typed: str) -> None:
    assert reading.month(typed) == date(2021, 4, 1)


@pytest.mark.parametrize(
    "typed", ["2021", "13 2021", "spring 2021", "april", "1 4 2021", "ap 2021"]
)
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(reading.NotUnderstood, match="month"):
        reading.month(typed)


@given(st.dates(date(1980, 1, 1), date(2099, 12, 31)))
def test_a_month_as_written_is_read_back(day: date) -> None:
    assert reading.month(reading.month_words(day)) == day.replace(day=1)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_amounts_as_written_are_read_back(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert reading.amounts(reading.amounts_words(low, high)) == (low, high)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", (None, None)), ("120", (120, 120)), ("about 1,200", (1200, 1200)), ("5–9", (5, 9))],
)
def test_amounts(typed: str, found: tuple[int | None, int | None]) -> None:
    assert reading.amounts(typed) == found


@pytest.mark.parametrize("typed", ["many", "-5", "9 to 5", "1.5", "999999999"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(reading.NotUnderstood):
        reading.amounts(typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", None), ("90,000", 90_000), ("£90k", 90_000), ("£ 1.25m", 1_250_000), ("0", 0)],
)
def test_pounds(typed: str, found: int | None) -> None:
    assert reading.pounds(typed) == found


@pytest.mark.parametrize("typed", ["lots", "-1", "£1b", "900m"])
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(reading.NotUnderstood):
        reading.pounds(typed)


def recorded(*entries: Entry) -> Recorded:
    return Recorded("x", "301", "Ours", datetime(2026, 1, 1, tzinfo=UTC), "Somebody", entries)


def test_what_changed_is_told_by_need() -> None:
    before = recorded(
        Entry("kinship", "other", other="A group", cost=5, since=date(2020, 1, 1)),
        Entry("return home", "nothing"),
    )
    after = recorded(
        Entry("return home", "practice", practice="known"),
        Entry("kinship", "other", other="A group", reach_low=3, reach_high=3, cost=5),
    )
    assert changes.changed(before, after, {"known": "Known"}) == (
        "Return home: ‘Known’ was added.",
        "Return home: ‘Nothing’ was taken off.",
        "Relatives and friends as carers: A group: since (January 2020) no longer given.",
        "Relatives and friends as carers: A group: reach now given: 3.",
    )
    assert changes.changed(after, after, {}) == ()
    assert changes.changed(None, after, {}) == ("First record.",)
