"""Funnels, ranks, charts and shares of a change: what they say, and what they refuse to say."""

from __future__ import annotations

import numpy as np
import pytest

from whatworks.inference import (
    control_limits,
    count_limits,
    funnel_of_means,
    funnel_of_rates,
    funnel_of_shares,
    joint_level,
    limits_for_the_last,
    median_duration,
    rank_intervals,
    share_ratio,
    shares_of_change,
    standardised,
    standardised_ratio,
    standing_out,
)
from whatworks.inference.funnel import AS_EXPECTED, HIGHER, LOWER, TOO_FEW
from whatworks.inference.limits import matched_size, tails
from whatworks.inference.overdispersion import FEWEST, overdispersion

RNG = np.random.default_rng(7)
SIZES = np.linspace(60, 2000, 60).round()


def test_a_place_that_stands_out_is_marked_and_the_others_are_not() -> None:
    k = np.round(SIZES * 0.2)
    k[30] = np.round(SIZES[30] * 0.35)
    k[40] = np.round(SIZES[40] * 0.08)
    found = funnel_of_shares(k, SIZES)
    assert found.band[30] == HIGHER
    assert found.band[40] == LOWER
    assert set(np.delete(found.band, [30, 40])) == {AS_EXPECTED}
    assert not found.overdispersion.present, "two outliers must not widen everybody's limits"
    assert found.judged == 60
    assert found.outside_95 == pytest.approx(3.0)
    assert found.outside_998 == pytest.approx(0.12)


def test_where_not_even_none_would_stand_out_it_is_too_few_to_tell() -> None:
    expected = np.array([3.0, 6.1, 6.3, 50.0])
    found = funnel_of_rates(expected, expected)
    assert list(found.band) == [TOO_FEW, TOO_FEW, AS_EXPECTED, AS_EXPECTED]


def test_a_small_place_can_still_be_marked_on_the_side_that_can_be_told() -> None:
    found = funnel_of_rates([20.0, 1000.0], [4.0, 1000.0])
    assert found.band[0] == HIGHER


def test_all_of_few_is_no_more_telling_than_none_of_few() -> None:
    found = funnel_of_shares([3, 190], [3, 200])
    assert found.band[0] == TOO_FEW


def test_nothing_at_all_anywhere_is_too_few_to_tell() -> None:
    found = funnel_of_shares([0, 0, 0], [50, 60, 70])
    assert set(found.band) == {TOO_FEW}
    assert np.all(found.high_998 < 0.02)
    assert not found.overdispersion.present


def test_places_without_figures_have_no_band_and_change_nothing() -> None:
    with_gaps = funnel_of_shares([10, np.nan, 30, 0], [50, 60, 200, 0])
    without = funnel_of_shares([10, 30], [50, 200])
    assert with_gaps.band[1] is None
    assert with_gaps.band[3] is None
    assert with_gaps.overall == without.overall
    assert with_gaps.high_998[[0, 2]].tolist() == without.high_998.tolist()


def test_limits_are_wider_where_places_differ_by_more_than_chance() -> None:
    share = 0.2 + 0.08 * np.sin(np.arange(60))
    k = np.round(SIZES * share)
    wide, bare = funnel_of_shares(k, SIZES), funnel_of_shares(k, SIZES, widen=False)
    assert wide.overdispersion.present
    assert np.all(wide.high_998 >= bare.high_998)
    assert np.all(wide.low_998 <= bare.low_998)
    assert sum(b in (HIGHER, LOWER) for b in wide.band) < sum(
        b in (HIGHER, LOWER) for b in bare.band
    )


def test_a_rounded_figure_is_marked_only_if_all_that_rounds_to_it_is_outside() -> None:
    size = np.full(20, 400.0)
    k = np.full(20, 80.0)
    edge = float(count_limits((19 * 80 + 110) / 20, 400.0)[1])
    k[0] = np.ceil(edge) + 1
    sharp = funnel_of_shares(k, size, widen=False)
    rounded = funnel_of_shares(k, size, slack=0.005, widen=False)
    assert sharp.band[0] == HIGHER
    assert rounded.band[0] == AS_EXPECTED


def test_means_are_judged_by_their_own_errors() -> None:
    value = np.append(np.full(11, 15.0), 21.0)
    found = funnel_of_means(value, np.full(12, 0.5), np.full(12, 100.0), widen=False)
    assert found.band[11] == HIGHER
    assert found.overall == pytest.approx(15.5)
    none = funnel_of_means([15.0, 16.0], [np.nan, 0.5], [1.0, 1.0])
    assert none.band[0] is None


@pytest.mark.parametrize("bad", [([5], [3]), ([-1], [3])])
def test_a_part_is_within_its_whole(bad) -> None:
    with pytest.raises(ValueError, match="neither below 0 nor above"):
        funnel_of_shares(*bad)
    with pytest.raises(ValueError, match="neither below 0 nor above"):
        standardised([bad[0]], [bad[1]])


def test_counts_are_not_negative_and_levels_lie_between_0_and_1() -> None:
    with pytest.raises(ValueError, match="negative"):
        funnel_of_rates([-1.0], [2.0])
    with pytest.raises(ValueError, match="between 0 and 1"):
        count_limits(10.0, level=95)


def test_mid_limits_are_crossed_as_often_as_they_say_and_the_published_way_is_not() -> None:
    """Exactly, from the Poisson distribution, over means from 8 to 60."""
    means = np.linspace(8, 60, 400)
    counts = np.arange(0, 160.0)
    mass = np.diff(np.concatenate([np.zeros((400, 1)), _cumulative(means, counts)], axis=1), axis=1)
    for way, close in (("mid", True), ("spiegelhalter", False)):
        low, high = count_limits(means, level=0.95, way=way)
        above = (mass * (counts[None, :] > high[:, None])).sum(axis=1).mean()
        below = (mass * (counts[None, :] < low[:, None])).sum(axis=1).mean()
        if close:
            assert above == pytest.approx(0.025, abs=0.001)
            assert below == pytest.approx(0.025, abs=0.001)
        else:
            assert above > 0.027
            assert below < 0.023


def _cumulative(means, counts):
    from scipy.special import pdtr

    return pdtr(counts[None, :], means[:, None])


def test_a_sum_of_binomials_is_close_to_its_matched_binomial() -> None:
    """Against the exact distribution of 40 at 0.1 and 30 at 0.5, by convolution."""
    from scipy.stats import binom

    exact = np.convolve(binom.pmf(np.arange(41), 40, 0.1), binom.pmf(np.arange(31), 30, 0.5))
    mean, variance = 40 * 0.1 + 30 * 0.5, 40 * 0.09 + 30 * 0.25
    k = np.arange(5.0, 35.0)
    _, upper = tails(k, mean, matched_size(mean, variance))
    mid = [exact[int(c) + 1 :].sum() + exact[int(c)] / 2 for c in k]
    assert np.abs(upper - mid).max() < 0.002


def test_overdispersion_is_not_told_from_few_places() -> None:
    found = overdispersion(np.full(FEWEST - 1, 4.0), np.ones(FEWEST - 1))
    assert not found.present
    assert found.factor is None
    assert "cannot be told" in (found.reason or "")


def test_overdispersion_is_that_of_the_places() -> None:
    errors = np.linspace(0.02, 0.1, 5_000)
    level = RNG.normal(0, 0.05, 5_000) + RNG.normal(0, errors)
    found = overdispersion(level / errors, errors)
    assert found.present
    assert found.tau == pytest.approx(0.05, rel=0.05)
    same = overdispersion((level / errors)[::-1], errors[::-1])
    assert same == found


def test_standing_out_is_the_procedure_of_benjamini_and_hochberg() -> None:
    """Their example of 1995, 15 p-values: the first four are picked out at 5%."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    p += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert standing_out(p).tolist() == [True] * 4 + [False] * 11
    assert standing_out([np.nan, 0.9]).tolist() == [False, False]
    assert standing_out([]).tolist() == []


def test_rank_intervals_follow_from_who_lies_wholly_above_or_below() -> None:
    first, last = rank_intervals([1, 3, 2, np.nan, 9], [2.5, 5, 4, np.nan, 10])
    assert first.tolist()[:3] == [3, 2, 2]
    assert last.tolist()[:3] == [4, 3, 4]
    assert np.isnan(first[3])
    assert (first[4], last[4]) == (1, 1)
    assert joint_level(1) == pytest.approx(0.95)
    assert joint_level(150) ** 150 == pytest.approx(0.95)


def test_a_ratio_without_anything_expected_has_a_reason() -> None:
    for found in (
        standardised_ratio([3.0], [0.0], method="byar"),
        standardised_ratio([3.0], [0.0]),
        share_ratio([3], [5], [0.0]),
    ):
        assert np.isnan(found.estimate[0])
        assert found.reason[0]


def test_no_events_have_a_lower_limit_of_none() -> None:
    assert float(standardised_ratio(0, 4.0, method="byar").low) == 0.0


def test_a_share_ratio_is_wilsons_interval_over_what_is_expected() -> None:
    found = share_ratio(12, 40, 10)
    assert float(found.estimate) == pytest.approx(1.2)
    # Wilson for 12 of 40, R 4.2.2: prop.test(12, 40, correct = FALSE)
    assert float(found.low) == pytest.approx(0.1807 / 0.25, abs=5e-4)
    assert float(found.high) == pytest.approx(0.4543 / 0.25, abs=5e-4)


def test_a_point_outside_the_limits_is_a_signal() -> None:
    values = [0.20, 0.21, 0.19, 0.20, 0.20, 0.35]
    found = control_limits("p", values, [400] * 6)
    assert list(found.signal) == [None] * 5 + ["above the limits"]
    assert found.widened is None, "with six points it cannot be told how far they usually jump"


def test_a_run_on_one_side_is_a_signal_and_one_short_of_it_is_none() -> None:
    high, low = [0.21] * 8, [0.19] * 8
    found = control_limits("p", high + low, [300] * 16)
    assert set(found.signal[:8]) == {"run above the centre"}
    assert set(found.signal[8:]) == {"run below the centre"}
    short = control_limits("p", [0.21] * 7 + [0.19] * 7, [300] * 14)
    assert set(short.signal) == {None}


def test_too_few_points_have_no_limits() -> None:
    for chart, points in (("p", 4), ("u", 4), ("xmr", 7)):
        found = control_limits(chart, [0.2] * points, [100] * points)
        assert np.isnan(found.high).all()
        assert found.points == points


def test_a_year_without_a_figure_has_no_limits_and_breaks_no_run() -> None:
    values = [0.21] * 4 + [np.nan] + [0.21] * 4 + [0.18] * 8
    found = control_limits("p", values, [300] * len(values))
    assert np.isnan(found.high[4])
    assert found.signal[4] is None
    assert set(found.signal[[0, 1, 2, 3, 5, 6, 7, 8]]) == {"run above the centre"}


def test_points_that_always_jump_have_wider_limits() -> None:
    calm = control_limits("p", [0.20, 0.21] * 6, [2000] * 12)
    jumpy = control_limits("p", [0.15, 0.25] * 6, [2000] * 12)
    assert calm.widened == pytest.approx(1.0, abs=0.02)
    assert jumpy.widened is not None
    assert jumpy.widened > 5
    assert set(jumpy.signal) == {None}


def test_individual_values_have_limits_of_2_66_mean_moving_ranges() -> None:
    """Limits 2.66 mean moving ranges from the mean (Wheeler and Chambers)."""
    values = [10.0, 12, 11, 13, 12, 11, 10, 12]
    found = control_limits("xmr", values)
    moving = np.abs(np.diff(values)).mean()
    assert float(found.high[0]) == pytest.approx(np.mean(values) + 2.66 * moving, rel=1e-3)
    with pytest.raises(ValueError, match="number behind each point"):
        control_limits("p", values)


def test_the_last_point_is_judged_by_those_before_it() -> None:
    before = [0.20, 0.21, 0.19, 0.20, 0.205, 0.195]
    low, high = limits_for_the_last("p", [*before, 0.4], [500] * 7) or (0, 0)
    assert low < 0.2 < high < 0.4
    same = limits_for_the_last("p", [*before, 0.2], [500] * 7)
    assert same == (low, high), "the last point must not move its own limits"
    assert limits_for_the_last("p", before[:4], [500] * 4) is None
    assert limits_for_the_last("p", [0.0] * 7, [500] * 7) is None
    assert limits_for_the_last("xmr", [1.0] * 8, [1] * 8) is None
    assert limits_for_the_last("u", [*before, np.nan], [500] * 7) is None


def test_a_change_is_shared_without_favouring_an_order() -> None:
    """Length 2 to 3 and width 5 to 7: the area grows by 11; 6 by length, 5 by width."""

    def area(changed: frozenset[str]) -> float:
        return (3 if "length" in changed else 2) * (7 if "width" in changed else 5)

    assert shares_of_change(["length", "width"], area) == {"length": 6.0, "width": 5.0}
    assert shares_of_change(["width", "length"], area) == {"length": 6.0, "width": 5.0}
    with pytest.raises(ValueError, match="each named once"):
        shares_of_change(["length", "length"], area)


def test_the_median_stay_takes_those_who_came_before_at_the_length_they_had() -> None:
    """Worked by hand: stays seen (0, 2], (0, 4+], (1, 3], (2, 4].

    At 2 three are at risk and one ends; at 3 three (the second, the third, and the fourth, which
    came in at 2) and one ends: 2 of 3 go on, then 2 of 3 of these, 4 of 9. Half have ended by 3.
    """
    found = median_duration([0, 0, 1, 2], [2, 4, 3, 4], [True, False, True, True])
    assert found == 3.0
    assert median_duration([0, 0], [5, 6], [False, False]) is None
    assert median_duration([0, 0, 0], [5, 6, 7], [True, False, False]) is None
    assert median_duration([0], [0], [True]) == 0.5
