"""Whether intervals, bands and medians of cumulative incidence keep what they promise."""

from __future__ import annotations

from time import process_time

import numpy as np
import pytest

from whatworks.inference.incidence import _at, _largest_departures, _path, _steps
from whatworks.inference.incidence import cumulative_incidence as incidence

GRID = np.arange(1, 25)
RATES = (0.02, 0.012)
"""Per month, of two causes; people stop being watched at any time up to 40 months."""


def truth(cause: int) -> np.ndarray:
    total = sum(RATES)
    return RATES[cause - 1] / total * (1 - np.exp(-total * GRID))


def coverage(n: int, runs: int, seed: int) -> tuple[float, float, float]:
    """Shares of runs: limits at 6 and at 24 months, and the whole band, that hold the truth."""
    draw = np.random.default_rng(seed)
    held = np.zeros((runs, 3))
    for run in range(runs):
        each = np.stack([draw.exponential(1 / rate, n) for rate in RATES])
        watched = draw.uniform(0, 40, n)
        first = each.min(axis=0)
        events = np.where(first <= watched, 1 + each.argmin(axis=0), 0)
        curve = incidence(np.minimum(first, watched), events, at=GRID, causes=[1], bands=True)
        one, true = curve.curves[1], truth(1)
        inside = (one.low <= true) & (true <= one.high)
        band = np.isnan(one.band_low) | ((one.band_low <= true) & (true <= one.band_high))
        held[run] = inside[5], inside[23], band.all()
    return tuple(held.mean(axis=0))


def test_intervals_and_bands_hold_the_truth_about_as_often_as_they_say() -> None:
    early, late, band = coverage(150, 400, seed=11)
    # 95% of 400 has a standard error of 1.1 points.
    assert min(early, late, band) > 0.95 - 0.033
    assert max(late, band) < 0.985


@pytest.mark.prove
@pytest.mark.parametrize("n", [40, 150, 600])
def test_coverage_at_length(n: int) -> None:
    early, late, band = coverage(n, 3_000, seed=n)
    assert all(abs(x - 0.95) < 0.015 for x in (late, early)), (early, late)
    assert abs(band - 0.95) < (0.03 if n < 600 else 0.015), band


def test_with_one_cause_the_band_is_nairs() -> None:
    """Nair (1984): P(sup of |B(u)| / sqrt(u(1-u)) over a..b > c), B a Brownian bridge, is near
    4 f(c)/c + f(c) (c - 1/c) log(b(1-a) / (a(1-b))), f the normal density (Miller and Siegmund
    1982). Without censoring u is the estimate itself."""
    times = np.arange(1, 2001)
    steps = _steps(times.astype(float), np.ones(2000, dtype=np.int64), None)
    path = _path(steps, np.ones(2000, dtype=np.int64), times.astype(float), 1)
    path = _at(path, np.arange(0, 2001))
    a, b = 0.1, 0.9
    used = (path.estimate >= a) & (path.estimate <= b)
    c = float(np.quantile(_largest_departures(path, used), 0.95))
    f = np.exp(-c * c / 2) / np.sqrt(2 * np.pi)
    beyond = 4 * f / c + f * (c - 1 / c) * np.log(b * (1 - a) / (a * (1 - b)))
    assert beyond == pytest.approx(0.05, abs=0.012)


def test_the_median_has_its_interval() -> None:
    times = np.arange(1, 101)
    found = incidence(times, np.ones(100))
    median, low, high = found.reached(0.5)
    assert median == 50
    # The binomial interval of a median of 100: order statistics 40 and 61, give or take one.
    assert abs(low - 40) <= 1
    assert abs(high - 61) <= 1
    never = incidence([1, 2, 3, 4], [1, 0, 0, 0]).reached(0.5)
    assert np.isnan(never[0])


def test_a_million_are_followed_in_seconds() -> None:
    draw = np.random.default_rng(1)
    times = draw.integers(0, 6_000, 1_000_000)
    events = draw.integers(0, 4, 1_000_000)
    start = process_time()
    incidence(times, events, at=range(0, 720, 30), bands=True)
    assert process_time() - start < 3


def test_the_same_seed_gives_the_same_band() -> None:
    draw = np.random.default_rng(5)
    times, events = draw.integers(0, 50, 200), draw.integers(0, 3, 200)
    one, two = (incidence(times, events, at=range(50), bands=True).frame(1) for _ in range(2))
    assert one.equals(two)
    assert one["band_low"].drop_nulls().len() > 10
