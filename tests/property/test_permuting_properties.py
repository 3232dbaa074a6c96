"""Permutation tests and the intervals got by inverting them, whatever the numbers."""

from __future__ import annotations

from math import isinf

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from whatworks.inference.permuting import arrange, canonical, how_many, invert, p_value

NUMBERS = st.integers(-60, 60).map(lambda k: k / 8)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=60)
LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95])


def share(a, b, theta):
    """p at a theta by its definition; tied within rounding counts as tied."""
    return float(np.mean(np.abs(a - theta * b) >= abs(a[0] - theta * b[0]) - 1e-9))


def thetas(a, b):
    """Points that decide: every end there can be, between all of them, and beyond them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.concatenate(
            [(a - a[0]) / (b - b[0]), (a + a[0]) / (b + b[0]), [a[0] / b[0], 0.0]]
        )
    ends = np.unique(ends[np.isfinite(ends)])
    return np.concatenate([ends, (ends[1:] + ends[:-1]) / 2, [ends[0] - 1e4, ends[-1] + 1e4]])


def arrays(pairs):
    a, b = (np.array(x, dtype=float) for x in zip(*pairs, strict=True))
    assume(b[0] != 0)
    return a, b


@settings(max_examples=400, deadline=None)
@given(PAIRS, LEVELS)
def test_the_interval_is_the_hull_of_what_is_not_rejected(pairs, level):
    a, b = arrays(pairs)
    found = invert(a, b, level=level)
    kept = [t for t in thetas(a, b) if share(a, b, t) > 1 - level + 1e-9]
    assert found.low <= found.estimate <= found.high
    assert all(found.low - 1e-9 <= t <= found.high + 1e-9 for t in kept)
    for end, extreme in ((found.low, min(kept)), (found.high, max(kept))):
        assert isinf(end) == (abs(extreme) > 1e3)
        if not isinf(end):
            assert abs(end - extreme) < 1e-9
    assert found.cannot_bound == (isinf(found.low) or isinf(found.high))


@settings(max_examples=200, deadline=None)
@given(PAIRS, LEVELS)
def test_p_at_nought_is_the_test_and_never_below_the_least(pairs, level):
    a, b = arrays(pairs)
    found = invert(a, b, level=level)
    assert found.p == p_value(a[0], a) == share(a, b, 0.0)
    assert 0 < found.least_p <= found.p <= 1
    if found.p > 1 - level + 1e-9:
        assert found.low <= 1e-12
        assert found.high >= -1e-12
    if found.least_p > 1 - level + 1e-9:
        assert (found.low, found.high) == (-np.inf, np.inf)


@settings(max_examples=200, deadline=None)
@given(PAIRS, LEVELS, st.integers(-20, 20).map(float))
def test_an_effect_added_moves_the_interval_by_it(pairs, level, more):
    a, b = arrays(pairs)
    one, two = invert(a, b, level=level), invert(a + more * b, b, level=level)
    for name in ("estimate", "low", "high"):
        np.testing.assert_allclose(getattr(two, name), getattr(one, name) + more, atol=1e-9)


@settings(max_examples=150, deadline=None)
@given(PAIRS, LEVELS, st.sampled_from([0.25, 4.0, -1.0]))
def test_the_unit_and_the_sign_do_not_matter(pairs, level, times):
    a, b = arrays(pairs)
    one, two = invert(a, b, level=level), invert(a * times, b, level=level)
    ends = sorted([one.low * times, one.high * times])
    np.testing.assert_allclose([two.low, two.high], ends, atol=1e-9)
    assert one.p == two.p


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=7))
def test_every_arrangement_comes_once_and_the_true_one_first(labels):
    found = arrange(labels, 10)
    assert found.every
    assert len(found.labels) == how_many(labels) == len({tuple(r) for r in found.labels.tolist()})
    assert found.labels[0].tolist() == labels
    assert (np.sort(found.labels, axis=1) == np.sort(labels)).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 200), st.permutations(list(range(10))))
def test_drawn_arrangements_are_permutations_and_the_same_each_time(n, labels):
    found = arrange(labels, n)
    assert not found.every
    assert found.labels.shape == (n + 1, 10)
    assert found.labels[0].tolist() == labels
    assert (np.sort(found.labels, axis=1) == np.arange(10)).all()
    assert (arrange(labels, n).labels == found.labels).all()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.permutations(list(range(6))), NUMBERS)
def test_the_canonical_order_is_of_the_data(seed, places, more):
    rng = np.random.default_rng(seed)
    labels, rows = rng.integers(0, 3, 6), rng.integers(0, 3, (6, 3)).astype(float)
    one = canonical(labels, rows)
    two = canonical(labels[places], rows[places])
    assert (labels[one] == labels[places][two]).all()
    assert (rows[one] == rows[places][two]).all()
    moved = rows + more * labels[:, None] * np.array([0.0, 0.5, 1.0])
    assert (canonical(labels, moved) == one).all()
