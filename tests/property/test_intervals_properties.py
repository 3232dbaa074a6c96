"""What must hold of every interval, whatever the counts."""

from __future__ import annotations

import math

import hypothesis.strategies as st
from hypothesis import given
from scipy.stats import poisson

from whatworks.inference.intervals import poisson_rate, proportion

totals = st.integers(min_value=1, max_value=200_000)
levels = st.sampled_from([0.5, 0.8, 0.95, 0.998])


@st.composite
def some_of(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(totals)
    return draw(st.integers(min_value=0, max_value=n)), n


@given(some_of(), levels)
def test_a_proportion_lies_within_its_interval_and_the_interval_within_0_and_1(
    counts: tuple[int, int], level: float
) -> None:
    k, n = counts
    found = proportion(k, n, level)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.low < found.high


@given(some_of(), levels)
def test_counting_the_others_mirrors_the_interval(counts: tuple[int, int], level: float) -> None:
    k, n = counts
    ours, theirs = proportion(k, n, level), proportion(n - k, n, level)
    assert math.isclose(float(ours.low), 1 - float(theirs.high), abs_tol=1e-12)
    assert math.isclose(float(ours.high), 1 - float(theirs.low), abs_tol=1e-12)


@given(some_of())
def test_wilson_limits_solve_their_own_equation(counts: tuple[int, int]) -> None:
    """Each limit L satisfies |p - L| = z √(L(1-L)/n): the definition, not the formula used."""
    k, n = counts
    z = 1.959963984540054
    found = proportion(k, n)
    for limit in (float(found.low), float(found.high)):
        distance = abs(k / n - limit)
        assert math.isclose(distance, z * math.sqrt(limit * (1 - limit) / n), abs_tol=1e-9)


@given(some_of())
def test_more_certainty_is_wider(counts: tuple[int, int]) -> None:
    k, n = counts
    narrow, wide = proportion(k, n, 0.8), proportion(k, n, 0.99)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(st.integers(min_value=0, max_value=100_000), levels)
def test_garwood_limits_are_where_the_tails_hold_half_of_what_is_left(k: int, level: float) -> None:
    found = poisson_rate(k, 1, level)
    tail = (1 - level) / 2
    assert found.low <= k <= found.high
    assert math.isclose(poisson.cdf(k, float(found.high)), tail, rel_tol=1e-6)
    if k:
        assert math.isclose(poisson.sf(k - 1, float(found.low)), tail, rel_tol=1e-6)


@given(
    st.integers(min_value=0, max_value=5_000),
    st.floats(min_value=0.001, max_value=1e6, allow_nan=False),
)
def test_a_rate_is_its_count_divided_by_its_exposure(k: int, exposure: float) -> None:
    count, rate = poisson_rate(k), poisson_rate(k, exposure)
    assert math.isclose(float(rate.low) * exposure, float(count.low), rel_tol=1e-9)
    assert math.isclose(float(rate.high) * exposure, float(count.high), rel_tol=1e-9)


@given(st.lists(some_of(), min_size=1, max_size=20))
def test_a_column_is_the_same_as_its_numbers_one_by_one(counts: list[tuple[int, int]]) -> None:
    column = proportion([k for k, _ in counts], [n for _, n in counts])
    for i, (k, n) in enumerate(counts):
        assert float(column.low[i]) == float(proportion(k, n).low)
        assert float(column.high[i]) == float(proportion(k, n).high)
