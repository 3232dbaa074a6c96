"""The analysis that finds planted effects from yearly counts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from whatworks.synthetic.planted.analysis import (
    BEFORE,
    FULL,
    NEVER,
    STARTING,
    analyse,
    imputation,
    logarithms,
    shares,
    states,
)

YEARS = list(range(2019, 2026))


def effect_of(values, state, weights=None):
    observed, predicted, _ = imputation(values, state[None], weights)
    return observed[0] - predicted[0]


def days(*texts):
    return np.array([date.fromisoformat(text).toordinal() if text else NEVER for text in texts])


def test_years_are_before_starting_or_full():
    found = states(days("2020-04-01", "2020-07-01", "2021-01-01", "2019-04-01", ""), YEARS)
    assert found[0].tolist() == [BEFORE, BEFORE, STARTING, FULL, FULL, FULL, FULL]
    assert found[1].tolist() == [BEFORE, BEFORE, STARTING, STARTING, FULL, FULL, FULL]
    assert found[2].tolist() == [BEFORE, BEFORE, STARTING, STARTING, FULL, FULL, FULL]
    assert found[3].tolist() == [BEFORE, STARTING, FULL, FULL, FULL, FULL, FULL]
    assert set(found[4].tolist()) == {BEFORE}


def test_without_noise_the_effect_is_found_exactly():
    rng = np.random.default_rng(1)
    adopted = days("2020-04-01", "2021-07-01", "2022-01-01", "", "", "")
    state = states(adopted, YEARS)
    values = rng.normal(3, 1, (6, 1)) + rng.normal(0, 1, (1, 7)) - 0.3 * (state == FULL)
    values[state == STARTING] = 99.0  # years of starting are not looked at
    assert effect_of(values, state) == pytest.approx(-0.3, abs=1e-6)


def test_effects_that_grow_are_averaged_over_full_council_years():
    """Where two-way fixed effects go wrong: early adopters are never controls of later ones."""
    adopted = days("2020-04-01", "2022-04-01", "")
    state = states(adopted, YEARS)
    effect = np.zeros((3, 7))
    effect[0, 3:], effect[1, 5:] = (-0.1, -0.2, -0.3, -0.4), (-0.6, -0.8)
    found = effect_of(1.0 + effect, state)
    assert found == pytest.approx(effect[state == FULL].mean(), abs=1e-6)


def test_it_agrees_with_least_squares_on_dummies():
    rng = np.random.default_rng(2)
    state = states(days("2020-07-01", "2021-04-01", "2020-10-01", "", "", "", ""), YEARS)
    values = rng.normal(0, 1, (7, 7))
    council, year = np.indices(state.shape)
    design = np.concatenate([np.eye(7)[council.ravel()], np.eye(7)[year.ravel()][:, 1:]], axis=1)
    fit = state.ravel() == BEFORE
    effects = np.linalg.lstsq(design[fit], values.ravel()[fit], rcond=None)[0]
    residual = (values.ravel() - design @ effects)[state.ravel() == FULL]
    assert effect_of(values, state) == pytest.approx(residual.mean(), abs=1e-6)


def test_with_weights_it_agrees_with_weighted_least_squares():
    rng = np.random.default_rng(4)
    state = states(days("2020-07-01", "2021-04-01", "", "", ""), YEARS)
    values, weights = rng.normal(0, 1, (5, 7)), rng.integers(1, 60, (5, 7)).astype(float)
    council, year = np.indices(state.shape)
    design = np.concatenate([np.eye(5)[council.ravel()], np.eye(7)[year.ravel()][:, 1:]], axis=1)
    fit = state.ravel() == BEFORE
    root = np.sqrt(weights.ravel()[fit])
    effects = np.linalg.lstsq(design[fit] * root[:, None], values.ravel()[fit] * root, rcond=None)
    residual, full = values.ravel() - design @ effects[0], state.ravel() == FULL
    expected = np.average(residual[full], weights=weights.ravel()[full])
    assert effect_of(values, state, weights) == pytest.approx(expected, abs=1e-6)


def test_what_cannot_be_predicted_is_not_used():
    values = np.zeros((4, 7))
    values[0] = 99.0  # adopted before the first year, so nothing is known of it from before
    values[1] = -0.5 * (np.arange(7) >= 3)
    state = states(days("2017-04-01", "2020-04-01", "", ""), YEARS)
    assert effect_of(values, state) == pytest.approx(-0.5, abs=1e-6)


def test_what_cannot_be_told_is_not_a_number():
    everyone = states(days("2020-04-01", "2020-04-01"), YEARS)
    never = states(days("", ""), YEARS)
    assert np.isnan(imputation(np.zeros((2, 7)), np.stack([everyone, never]))[0]).all()


def panel(effect, seed=3, noise=0.02):
    rng = np.random.default_rng(seed)
    codes = [str(100 + i) for i in range(12)]
    adopted = {code: date(2020, 4 + 3 * (i % 3), 1) for i, code in enumerate(codes[:5])}
    ordinals = np.array([adopted[c].toordinal() if c in adopted else NEVER for c in codes])
    people = np.full((12, 7), 40_000.0)
    rate = rng.normal(5, 0.4, (12, 1)) + rng.normal(0, noise, (12, 7))
    counts = np.exp(rate + np.log(effect) * (states(ordinals, YEARS) == FULL))
    return counts, people, codes, adopted


def test_a_clear_effect_is_found_and_its_size_is_right():
    counts, people, codes, adopted = panel(0.7)
    found = analyse(counts, people, codes, YEARS, adopted, rng=np.random.default_rng(0))
    assert found.multiplier == pytest.approx(0.7, abs=0.03)
    assert found.p <= 0.01
    assert (found.n_adopters, found.n_councils, found.left_out) == (5, 12, ())


def test_councils_left_out_are_not_looked_at():
    counts, people, codes, adopted = panel(0.7)
    counts[11] *= np.array([1, 1, 1, 9, 9, 9, 9])
    kwargs = {"rng": np.random.default_rng(0), "left_out": ["111"]}
    found = analyse(counts, people, codes, YEARS, adopted, **kwargs)
    assert found.multiplier == pytest.approx(0.7, abs=0.03)
    assert found.left_out == ("111",)
    assert found.n_councils == 11


def test_the_level_and_the_unit_of_exposure_do_not_matter():
    counts, people, codes, adopted = panel(0.8)
    one = analyse(counts * 50, people, codes, YEARS, adopted, rng=np.random.default_rng(0))
    two = analyse(counts * 50, people * 9, codes, YEARS, adopted, rng=np.random.default_rng(0))
    assert one.difference == pytest.approx(two.difference)
    assert one.p == two.p


def test_shares_are_told_as_observed_over_predicted():
    _, people, codes, adopted = panel(1.0)
    people = np.tile(np.arange(20.0, 140, 10)[:, None], (1, 7))
    ordinals = np.array([adopted[c].toordinal() if c in adopted else NEVER for c in codes])
    back = people * np.where(states(ordinals, YEARS) == FULL, 0.12, 0.2)
    kwargs = {"rng": np.random.default_rng(0), "share": True}
    found = analyse(back, people, codes, YEARS, adopted, **kwargs)
    assert found.difference == pytest.approx(-0.08, abs=1e-6)
    assert found.multiplier == pytest.approx(0.6, abs=1e-6)
    assert found.p <= 0.01
    assert shares(np.array([0.0, 1.0]), np.array([0.0, 4.0])).tolist() == [0.0, 0.25]


def test_full_years_that_cannot_be_predicted_are_counted():
    counts, people, codes, adopted = panel(0.7)
    adopted = {**adopted, codes[0]: date(2017, 4, 1)}
    kwargs = {"rng": np.random.default_rng(0)}
    found = analyse(counts, people, codes, YEARS, adopted, **kwargs)
    assert found.unpredicted == 7


def test_a_year_without_a_child_is_no_obstacle():
    assert np.isfinite(logarithms(np.zeros((2, 2)), np.full((2, 2), 1e4))).all()


def test_what_cannot_be_analysed_is_refused():
    counts, people, codes, adopted = panel(0.7)
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="a row for each council"):
        analyse(counts[:3], people, codes, YEARS, adopted, rng=rng)
    with pytest.raises(ValueError, match="cannot tell"):
        analyse(counts, people, codes, YEARS, {}, rng=rng)
