"""Intervals against R and against a published table.

Numbers from R 4.2.2 (stats package), printed with ``formatC(..., digits = 12, format = "g")``:

    prop.test(k, n, conf.level = level, correct = FALSE)$conf.int     # Wilson score
    poisson.test(k, T = exposure, conf.level = level)$conf.int        # exact (Garwood)

The published values are those of Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872,
table I, method 3 (Wilson score without continuity correction), given there to four places.
"""

from __future__ import annotations

import pytest

from whatworks.inference.intervals import poisson_rate, proportion

FROM_R_PROP_TEST = [
    (81, 263, 0.95, 0.255288519878, 0.366209576983),
    (15, 148, 0.95, 0.0623863995307, 0.160487241723),
    (0, 20, 0.95, 0.0, 0.161125158053),
    (1, 29, 0.95, 0.00611321429276, 0.171755218793),
    (29, 29, 0.95, 0.8830302015, 1.0),
    (8500, 81770, 0.95, 0.101876829702, 0.10606058837),
    (7, 40, 0.90, 0.0977604430891, 0.29341929853),
]
FROM_R_POISSON_TEST = [
    (0, 1.0, 0.95, 0.0, 3.68887945411),
    (1, 1.0, 0.95, 0.0253178079843, 5.57164339094),
    (5, 1.0, 0.95, 1.62348639012, 11.6683320793),
    (67, 1.0, 0.95, 51.9240797252, 85.0876316278),
    (1230, 1.0, 0.95, 1162.21340564, 1300.70872836),
    (412, 6.1234, 0.95, 60.9420471364, 74.1042076645),
    (11, 800.0, 0.998, 0.00436435527577, 0.0319866236109),
]
NEWCOMBE_1998 = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("k", "n", "level", "low", "high"), FROM_R_PROP_TEST)
def test_wilson_agrees_with_r(k: int, n: int, level: float, low: float, high: float) -> None:
    found = proportion(k, n, level)
    assert float(found.low) == pytest.approx(low, rel=1e-10, abs=1e-12)
    assert float(found.high) == pytest.approx(high, rel=1e-10)


@pytest.mark.parametrize(("k", "exposure", "level", "low", "high"), FROM_R_POISSON_TEST)
def test_garwood_agrees_with_r(
    k: int, exposure: float, level: float, low: float, high: float
) -> None:
    found = poisson_rate(k, exposure, level)
    assert float(found.low) == pytest.approx(low, rel=1e-10, abs=1e-12)
    assert float(found.high) == pytest.approx(high, rel=1e-10)


@pytest.mark.parametrize(("k", "n", "low", "high"), NEWCOMBE_1998)
def test_wilson_agrees_with_the_published_table(k: int, n: int, low: float, high: float) -> None:
    found = proportion(k, n)
    assert round(float(found.low), 4) == low
    assert round(float(found.high), 4) == high
