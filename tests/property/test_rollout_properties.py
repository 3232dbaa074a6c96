"""Properties of what a practice would mean for a council."""

from __future__ import annotations

from math import inf, isfinite

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whatworks.rollout import CannotProject, Likely, baseline, here
from whatworks.rollout.projecting import unevenness

counts = st.lists(st.integers(0, 900), min_size=1, max_size=5)


def between(three: tuple[float, ...]) -> Likely:
    low, value, high = sorted(three)
    return Likely(value, low, high)


ratios = st.tuples(st.floats(0, 3), st.floats(0, 3), st.floats(0, 3)).map(between)
shares = st.floats(0, 1)


@given(counts)
def test_a_baseline_lies_in_its_interval(years: list[int]) -> None:
    found = baseline(years)
    assert found.low <= found.value <= found.high
    assert found.value == pytest.approx(sum(years) / len(years))


@given(st.integers(1, 500))
def test_more_years_make_a_baseline_surer(each: int) -> None:
    one, three = baseline([each]), baseline([each] * 3)
    assert three.high - three.low < one.high - one.low


@given(st.lists(st.integers(5, 400), min_size=3, max_size=3))
def test_years_that_differ_by_more_than_chance_make_a_baseline_less_sure(years: list[int]) -> None:
    even, own = baseline([sum(years)]), baseline(years)
    as_one = (even.high - even.low) / 3
    assert own.high - own.low >= as_one - 1e-9 or own.low == 0
    wider = unevenness(years) > 1.5
    assert (own.high - own.value > 1.2 * (even.high - even.value) / 3) == wider or not wider


def test_how_uneven_years_are() -> None:
    assert unevenness([100, 100, 100]) == 1
    assert unevenness([40]) == 1
    assert unevenness([0, 0, 0]) == 1
    assert unevenness([38, 46, 18]) == pytest.approx(6.118, abs=0.001)


@given(counts, ratios, shares)
def test_the_interval_contains_the_estimate(years: list[int], effect: Likely, share: float) -> None:
    found = here(without=baseline(years), effect=effect, share=share)
    assert found.fewer.low <= found.fewer.value <= found.fewer.high
    assert found.with_.low <= found.with_.value <= found.with_.high
    assert found.fewer.value + found.with_.value == pytest.approx(found.without.value)


@given(counts, ratios, shares, shares)
def test_reaching_more_children_changes_more(
    years: list[int], effect: Likely, one: float, other: float
) -> None:
    less, more = sorted((one, other))
    small, large = (
        here(without=baseline(years), effect=effect, share=share).fewer.value
        for share in (less, more)
    )
    assert abs(small) <= abs(large) + 1e-9
    assert small * large >= -1e-9


@given(counts, ratios, ratios, shares)
def test_a_stronger_effect_keeps_more_children_from_care(
    years: list[int], one: Likely, other: Likely, share: float
) -> None:
    assume(one.value <= other.value)
    strong, weak = (here(without=baseline(years), effect=e, share=share) for e in (one, other))
    assert strong.fewer.value >= weak.fewer.value - 1e-9


@given(st.integers(0, 300), st.integers(0, 300), st.floats(0, 1))
def test_more_children_to_begin_with_means_more_kept_from_care(
    one: int, other: int, ratio: float
) -> None:
    effect = Likely(ratio, ratio, ratio)
    few, many = (here(without=baseline([n]), effect=effect) for n in sorted((one, other)))
    assert few.fewer.value <= many.fewer.value + 1e-9


@given(counts, ratios)
def test_reaching_nobody_changes_nothing(years: list[int], effect: Likely) -> None:
    found = here(without=baseline(years), effect=effect, share=0, served=0, cost_each_served=500)
    assert found.fewer == Likely(0, 0, 0)
    assert found.with_.value == found.without.value
    assert found.cost == 0
    assert found.cost_each is None


@given(counts, ratios, shares)
def test_the_cautious_end_never_promises_more(
    years: list[int], effect: Likely, share: float
) -> None:
    asked = {"without": baseline(years), "effect": effect, "share": share}
    assert here(**asked, use="cautious").fewer.value <= here(**asked).fewer.value + 1e-9


def test_without_an_upper_end_of_the_effect_there_is_no_lower_end() -> None:
    found = here(without=baseline([100]), effect=Likely(0.7, 0, inf))
    assert found.fewer.low == -inf
    assert isfinite(found.fewer.high)
    assert not found.sure_of_fewer
    with pytest.raises(CannotProject, match="no less favourable end"):
        here(without=baseline([100]), effect=Likely(0.7, 0, inf), use="cautious")


def test_what_it_costs_for_each_child() -> None:
    found = here(
        without=Likely(100, 100, 100),
        effect=Likely(0.75, 0.5, 0.9),
        served=200,
        cost_each_served=1000,
    )
    assert found.cost == 200_000
    assert found.fewer == Likely(25, pytest.approx(10), pytest.approx(50))
    assert found.cost_each == Likely(8000, pytest.approx(4000), pytest.approx(20_000))
    assert found.sure_of_fewer


def test_more_children_is_said_and_has_no_cost_for_each() -> None:
    found = here(
        without=baseline([100]), effect=Likely(1.2, 1.1, 1.3), served=10, cost_each_served=10
    )
    assert found.fewer.high < 0
    assert found.cost_each is None
    assert "not be fewer" in found.no_cost_each


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"without": Likely(-1, -2, 1)}, "Children a year must be"),
        ({"without": Likely(5, 6, 7)}, "within the interval"),
        ({"without": Likely(5, 4, inf)}, "two ends"),
        ({"effect": Likely(float("nan"), 0, 1)}, "The effect must be"),
        ({"share": 1.2}, "between 0% and 100%"),
        ({"share": float("nan")}, "between 0% and 100%"),
        ({"served": -1.0}, "How many are served"),
        ({"cost_each_served": inf}, "What each costs"),
    ],
)
def test_what_cannot_be_reckoned_with_is_named(changed: dict[str, object], said: str) -> None:
    asked = {"without": Likely(50, 40, 60), "effect": Likely(0.8, 0.7, 0.9), **changed}
    with pytest.raises(CannotProject, match=said):
        here(**asked)


def test_no_years_are_nothing_to_start_from() -> None:
    with pytest.raises(CannotProject, match="No year"):
        baseline([])
    with pytest.raises(CannotProject, match="below nought"):
        baseline([3, -1])


def test_the_combined_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(4)
    truly, years, log_ratio, spread, covered = 60.0, 3, np.log(0.7), 0.12, 0
    for _ in range(600):
        drawn = baseline([int(n) for n in rng.poisson(truly, years)])
        middle = rng.normal(log_ratio, spread)
        effect = Likely(*np.exp([middle, middle - 1.96 * spread, middle + 1.96 * spread]))
        fewer = here(without=drawn, effect=effect).fewer
        covered += fewer.low <= truly * (1 - np.exp(log_ratio)) <= fewer.high
    assert 0.92 <= covered / 600 <= 0.985
