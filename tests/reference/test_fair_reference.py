"""Limits, tails and standardised ratios against R and against published tables.

Numbers from R 4.2.2 (stats package), printed with ``formatC(..., digits = 12, format = "g")``:

    r <- qbinom(p, n, t); r - (pbinom(r, n, t) - p) / dbinom(r, n, t)        # interpolated
    r <- qpois(p, m);     r - (ppois(r, m) - p) / dpois(r, m)
    pbinom(k - 1, n, t) + dbinom(k, n, t) / 2                                # mid-P, lower tail
    O * (1 - 1/(9*O) - z/(3*sqrt(O)))^3 / E                                  # Byar, z = qnorm(.975)
    poisson.test(O, E)$conf.int                                              # exact
"""

from __future__ import annotations

import numpy as np
import pytest

from whatworks.inference.limits import count_limits, tails
from whatworks.inference.standardising import standardised, standardised_ratio

BINOMIAL = [
    (100, 0.1, 0.998, 1.41788650084, 19.8356718503),
    (100, 0.1, 0.95, 4.03805955244, 15.7718611639),
    (35, 0.4, 0.998, 5.02000225812, 22.6806560024),
    (35, 0.4, 0.95, 7.93962117441, 19.3006889391),
    (900, 0.022, 0.998, 7.13948462996, 34.2067726593),
    (900, 0.022, 0.95, 11.135403169, 28.3922606166),
    (5000, 0.31, 0.998, 1448.9975926, 1651.08926785),
    (5000, 0.31, 0.95, 1485.57928113, 1613.77854355),
]
POISSON = [
    (6.5, 0.998, 0.0, 15.2190788763),
    (6.5, 0.95, 1.43212027579, 11.4973730129),
    (10, 0.998, 1.2205293159, 20.662000836),
    (10, 0.95, 3.77518794769, 16.1599506733),
    (47.3, 0.998, 27.0418998283, 69.4620524162),
    (47.3, 0.95, 33.7946022753, 60.7568320286),
    (812, 0.998, 724.87894926, 900.967757128),
    (812, 0.95, 756.124990133, 867.823426074),
]
MID_P = [
    (3, 100, 0.1, 0.00489068588653, 0.995109314113),
    (20, 100, 0.1, 0.99860693263, 0.00139306737007),
    (17, 35, 0.4, 0.846101943221, 0.153898056779),
    (0, 30, 0.1, 0.0211955791376, 0.978804420862),
]
MID_P_POISSON = [
    (3, 10, 0.00655272319572, 0.993447276804),
    (20, 10, 0.997478698681, 0.00252130131886),
    (850, 812, 0.908066111852, 0.0919338881477),
]
RATIOS = [
    (37, 28.1, "byar", 0.926973826135, 1.81498564389),
    (37, 28.1, "exact", 0.927096603812, 1.81493331466),
    (8, 11.4, "byar", 0.302165846464, 1.38280706087),
    (8, 11.4, "exact", 0.302967734803, 1.38273589651),
    (1, 2.2, "byar", 0.00594187859159, 2.52897981022),
    (1, 2.2, "exact", 0.0115080945383, 2.5325651777),
    (412, 500.5, "byar", 0.745597782867, 0.906634097134),
    (412, 500.5, "exact", 0.745599463407, 0.906632777648),
]


@pytest.mark.parametrize(("n", "chance", "level", "low", "high"), BINOMIAL)
def test_interpolated_binomial_limits_agree_with_r(n, chance, level, low, high) -> None:
    found = count_limits(n * chance, n, level=level, way="spiegelhalter")
    assert [float(v) for v in found] == pytest.approx([low, high], rel=1e-8)


@pytest.mark.parametrize(("mean", "level", "low", "high"), POISSON)
def test_interpolated_poisson_limits_agree_with_r(mean, level, low, high) -> None:
    found = count_limits(mean, level=level, way="spiegelhalter")
    assert [float(v) for v in found] == pytest.approx([low, high], rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(("k", "n", "chance", "low", "high"), MID_P)
def test_binomial_tails_agree_with_r(k, n, chance, low, high) -> None:
    assert [float(v) for v in tails(k, n * chance, n)] == pytest.approx([low, high], rel=1e-9)


@pytest.mark.parametrize(("k", "mean", "low", "high"), MID_P_POISSON)
def test_poisson_tails_agree_with_r(k, mean, low, high) -> None:
    assert [float(v) for v in tails(k, mean)] == pytest.approx([low, high], rel=1e-9)


@pytest.mark.parametrize(("observed", "expected", "method", "low", "high"), RATIOS)
def test_standardised_ratios_agree_with_r(observed, expected, method, low, high) -> None:
    found = standardised_ratio(observed, expected, method=method)
    assert float(found.estimate) == pytest.approx(observed / expected)
    assert float(found.low) == pytest.approx(low, rel=1e-9)
    assert float(found.high) == pytest.approx(high, rel=1e-9)


def test_standardisation_worked_by_hand() -> None:
    """Two places, two groups.

    Young: 10 of 100 here, 10 of 300 there: together 20 of 400, 1 in 20. Old: 30 of 60 here, 6 of
    12 there: together 36 of 72, 1 in 2. Expected here: 100/20 + 60/2 = 35, there 300/20 + 12/2 =
    21. Seen here 40, there 16. Variance here: 100 x 0.05 x 0.95 + 60 x 0.25 = 19.75.
    """
    found = standardised([[10, 30], [10, 6]], [[100, 60], [300, 12]])
    assert found.expected.tolist() == [35.0, 21.0]
    assert found.observed.tolist() == [40.0, 16.0]
    assert found.variance[0] == pytest.approx(19.75)
    assert found.variance[1] == pytest.approx(300 * 0.05 * 0.95 + 12 * 0.25)
    assert found.rates.tolist() == [0.05, 0.5]
    assert float(found.expected.sum()) == float(found.observed.sum())


def test_byar_lies_within_a_tenth_of_a_per_cent_of_exact_from_twenty_events() -> None:
    events = np.array([20.0, 50.0, 200.0, 1000.0])
    exact = standardised_ratio(events, events)
    byar = standardised_ratio(events, events, method="byar")
    assert byar.low == pytest.approx(exact.low, rel=1e-3)
    assert byar.high == pytest.approx(exact.high, rel=1e-3)
