"""What must hold of cumulative incidence whatever is put in, and a slow recount of it."""

from __future__ import annotations

from fractions import Fraction

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from whatworks.inference.incidence import ANY, NOBODY, NOT_SO_LONG, cumulative_incidence

people = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from([0, 0, 1, 1, 2, 3])), min_size=1, max_size=40
)
late = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from([0, 1, 2]), st.integers(0, 12)).map(
        lambda one: (one[0], one[1], min(one[2], one[0] - 1))
    ),
    min_size=1,
    max_size=30,
)


def _split(who: list[tuple[int, ...]]) -> tuple[list[int], ...]:
    return tuple(list(column) for column in zip(*who, strict=True))


def recount(who: list[tuple[int, ...]], cause: int, at: int) -> Fraction:
    """Step by step in exact fractions, one time after another."""
    free, found = Fraction(1), Fraction(0)
    for day in range(at + 1):
        risk = [one for one in who if one[0] >= day and (len(one) < 3 or one[2] < day)]
        met = [one for one in risk if one[0] == day and one[1] > 0]
        if met:
            found += free * Fraction(sum(one[1] == cause for one in met), len(risk))
            free *= 1 - Fraction(len(met), len(risk))
    return found


@given(people)
def test_it_is_a_slow_recount_in_fractions(who: list[tuple[int, int]]) -> None:
    times, events = _split(who)
    grid = range(max(times) + 1)
    found = cumulative_incidence(times, events, at=grid, causes=[1, 2, 3])
    for cause, curve in found.curves.items():
        expected = [float(recount(who, cause, day)) for day in grid]
        np.testing.assert_allclose(curve.estimate, expected, atol=1e-12)


@given(late)
def test_late_entry_is_a_slow_recount_too(who: list[tuple[int, int, int]]) -> None:
    times, events, entry = _split(who)
    grid = range(1, max(times) + 1)
    found = cumulative_incidence(times, events, entry=entry, at=grid, causes=[1])
    expected = [float(recount(who, 1, day)) for day in grid]
    np.testing.assert_allclose(found.curves[1].estimate, expected, atol=1e-12)


@given(people)
def test_incidences_and_survival_add_up_to_one_and_only_grow(who: list[tuple[int, int]]) -> None:
    found = cumulative_incidence(*_split(who), at=range(14), bands=True)
    each = [found.curves[c].estimate for c in found.curves if c != ANY]
    together = np.sum(each, axis=0) if each else np.zeros(14)
    known = np.array([one is None for one in found.reason])
    np.testing.assert_allclose((together + found.survival)[known], 1.0, atol=1e-12)
    np.testing.assert_allclose(found.curves[ANY].estimate[known], together[known], atol=1e-12)
    for curve in found.curves.values():
        assert np.all(np.diff(curve.estimate[known]) >= -1e-12)
        assert np.all(curve.low[known] <= curve.estimate[known])
        assert np.all(curve.estimate[known] <= curve.high[known])
        held = ~np.isnan(curve.band_low)
        assert np.all(curve.band_low[held] <= curve.low[held] + 1e-9)
        assert np.all(curve.band_high[held] >= curve.high[held] - 1e-9)
        assert np.all((curve.low[known] >= 0) & (curve.high[known] <= 1))


@given(people)
def test_without_censoring_it_is_a_plain_share(who: list[tuple[int, int]]) -> None:
    who = [(time, event or 1) for time, event in who]
    times, events = (np.array(x) for x in _split(who))
    found = cumulative_incidence(times, events, at=range(14))
    for cause in set(events.tolist()):
        share = np.array([np.mean((times <= day) & (events == cause)) for day in range(14)])
        curve = found.curves[cause]
        np.testing.assert_allclose(curve.estimate, share, atol=1e-12)
        spread = np.sqrt(share * (1 - share) / len(times))
        np.testing.assert_allclose(curve.se, spread, atol=1e-7)
    assert all(why is None for why in found.reason)


@given(people, st.randoms(use_true_random=False))
def test_order_and_labels_change_nothing(who: list[tuple[int, int]], chance) -> None:
    other = list(who)
    chance.shuffle(other)
    renamed = {0: 0, 1: 7, 2: 5, 3: 9}
    one = cumulative_incidence(*_split(who), at=range(14), bands=True)
    times, events = _split(other)
    two = cumulative_incidence(times, [renamed[e] for e in events], at=range(14), bands=True)
    for cause in one.curves:
        assert one.frame(cause).equals(two.frame(renamed[cause]))


@given(people)
def test_the_unit_of_time_changes_nothing(who: list[tuple[int, int]]) -> None:
    times, events = _split(who)
    one = cumulative_incidence(times, events)
    two = cumulative_incidence([t * 30 for t in times], events)
    assert one.frame().drop("time").equals(two.frame().drop("time"))


def test_nobody_and_not_so_long_are_said() -> None:
    none = cumulative_incidence([], [], at=[0, 1])
    assert none.frame()["reason"].to_list() == [NOBODY, NOBODY]
    assert none.frame()["estimate"].to_list() == [None, None]
    some = cumulative_incidence([3, 5], [1, 0], at=[4, 5, 6], causes=[1, 2])
    assert some.frame(1)["estimate"].to_list() == [0.5, 0.5, None]
    assert some.frame(1)["reason"].to_list() == [None, None, NOT_SO_LONG]
    assert some.frame(2)["estimate"].to_list() == [0.0, 0.0, None]
    everybody = cumulative_incidence([3, 5], [1, 1], at=[9])
    assert everybody.frame()["estimate"].to_list() == [1.0]


@pytest.mark.parametrize(
    ("times", "events", "entry"),
    [
        ([1.0, float("nan")], [0, 1], None),
        ([-1.0], [1], None),
        ([1.0], [0.5], None),
        ([1.0], [-1], None),
        ([1.0, 2.0], [1], None),
        ([1.0], [1], [1.0]),
        ([1.0], [1], [float("nan")]),
    ],
)
def test_what_cannot_be_followed_is_refused(times, events, entry) -> None:
    with pytest.raises(ValueError, match=r"must|whole"):
        cumulative_incidence(times, events, entry=entry)
