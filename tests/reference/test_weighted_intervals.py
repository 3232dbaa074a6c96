"""Intervals for sums of weights against other ways to the same numbers.

With all weights 1 they must be Wilson's and Garwood's, which are held to R elsewhere. With unlike
weights: the chi-squared form in which Fay and Feuer (1997) write their limits; the survey estimate
of a ratio written out member by member with NumPy and SciPy's own t; and how often limits hold
the truth when the figures are drawn again and again.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from whatworks.inference.intervals import poisson_rate, proportion
from whatworks.inference.weighted import ratio_of_sums, weighted_rate, weighted_share

WEIGHTS = np.array([1.0, 1.0, 0.8, 0.6, 0.6, 0.5, 1.0, 0.25])


def test_with_all_weights_one_they_are_the_usual_ones() -> None:
    k = np.array([0, 1, 5, 67])
    ours, usual = weighted_rate(k, k, 100.0), poisson_rate(k, 100.0)
    assert ours.low == pytest.approx(usual.low)
    assert ours.high == pytest.approx(usual.high)
    k, n = np.array([0, 15, 29, 29]), np.array([20, 148, 29, 31])
    shares, wilson = weighted_share(k, n, n), proportion(k, n)
    assert shares.low == pytest.approx(wilson.low)
    assert shares.high == pytest.approx(wilson.high)


def test_limits_of_a_sum_are_those_of_fay_and_feuer() -> None:
    y, v = WEIGHTS.sum(), (WEIGHTS**2).sum()
    found = weighted_rate(y, v)
    low = v / (2 * y) * stats.chi2.ppf(0.025, 2 * y**2 / v)
    high = (v + 1) / (2 * (y + 1)) * stats.chi2.ppf(0.975, 2 * (y + 1) ** 2 / (v + 1))
    assert (found.low.item(), found.high.item()) == pytest.approx((low, high))


def test_limits_of_a_ratio_are_those_written_out_by_member() -> None:
    cases = np.array([18.0, 15, 12, 11, 4, 8, 21, 3])
    n, ratio = len(cases), cases.sum() / WEIGHTS.sum()
    residuals = cases - ratio * WEIGHTS
    error = np.sqrt(n * residuals.var(ddof=1)) / WEIGHTS.sum()
    half = stats.t.ppf(0.975, n - 1) * error
    found = ratio_of_sums(
        cases.sum(),
        WEIGHTS.sum(),
        top_squares=(cases**2).sum(),
        products=(cases * WEIGHTS).sum(),
        bottom_squares=(WEIGHTS**2).sum(),
        members=n,
    )
    assert found.estimate.item() == pytest.approx(ratio)
    assert (found.low.item(), found.high.item()) == pytest.approx((ratio - half, ratio + half))


def test_what_cannot_be_given_is_absent_with_a_reason() -> None:
    assert weighted_rate(None, None).reason.item() is not None
    assert "denominator is 0" in str(weighted_rate(1, 1, 0).reason.item())
    assert "denominator is 0" in str(weighted_share(0, 0, 0).reason.item())
    alone = ratio_of_sums(5, 1, top_squares=25, products=5, bottom_squares=1, members=1)
    assert (alone.estimate.item(), alone.reason.item()) == (5.0, None)
    assert np.isnan([alone.low.item(), alone.high.item()]).all()
    with pytest.raises(ValueError, match="not greater than its whole"):
        weighted_share(2, 1, 1)


def test_limits_hold_the_truth_about_as_often_as_they_say() -> None:
    """400 councils of 120 posts, full-time and part-time, a fifth of them vacant by chance."""
    rng = np.random.default_rng(7)
    held_share = held_sum = held_ratio = 0
    draws = 400
    for _ in range(draws):
        fte = rng.choice([1.0, 0.8, 0.6, 0.5], size=120, p=[0.6, 0.2, 0.1, 0.1])
        vacant = rng.random(120) < 0.2
        share = weighted_share((fte * vacant).sum(), fte.sum(), (fte**2).sum())
        held_share += share.low.item() <= 0.2 <= share.high.item()
        left = rng.choice([1.0, 0.8, 0.6, 0.5], size=rng.poisson(18), p=[0.6, 0.2, 0.1, 0.1])
        total = weighted_rate(left.sum(), (left**2).sum())
        held_sum += total.low.item() <= 18 * 0.87 <= total.high.item()
        cases = rng.poisson(16 * fte * rng.gamma(9, 1 / 9, size=120))
        ratio = ratio_of_sums(
            cases.sum(),
            fte.sum(),
            top_squares=(cases**2).sum(),
            products=(cases * fte).sum(),
            bottom_squares=(fte**2).sum(),
            members=120,
        )
        held_ratio += ratio.low.item() <= 16 <= ratio.high.item()
    assert 0.93 <= held_share / draws <= 0.98
    assert 0.94 <= held_sum / draws <= 1.0
    assert 0.92 <= held_ratio / draws <= 0.98
