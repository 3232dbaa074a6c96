"""The natural experiment against R's lm() with every arrangement by brute force, and by hand.

The numbers are printed by ``Rscript natural_experiment.R`` in tests/reference/data (R 4.2.2, Debian
package r-base-core 4.2.2.20221110-2, no other packages) from natural_experiment.csv beside it,
which holds invented counts of six invented councils. The ends of intervals were looked for in
steps of 0.0005 there, so they agree to that.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from whatworks.inference.permuting import arrange, invert
from whatworks.rollout.natural_experiment import Panel, estimate
from whatworks.rollout.natural_experiment.imputing import NEVER, doses

DATA = Path(__file__).parent / "data" / "natural_experiment.csv"
YEARS = tuple(range(2019, 2026))
CODES = ("c1", "c2", "c3", "c4", "c5", "c6")
ADOPTED = {"c1": date(2020, 7, 1), "c2": date(2021, 4, 1), "c3": date(2020, 7, 1)}


def panel(count, of, *, share):
    with DATA.open() as file:
        rows = {(row["council"], int(row["year"])): row for row in csv.DictReader(file)}

    def table(name):
        return np.array([[float(rows[c, y][name]) for y in YEARS] for c in CODES])

    return Panel("a_measure", CODES, YEARS, table(count), table(of), share, {}, {})


@pytest.mark.parametrize(
    ("counted", "level", "effect", "p", "ends"),
    [
        (("n", "pop", False), 0.95, -0.384287, 0.050000, (-0.5410, -0.1715)),
        (("n", "pop", False), 0.80, -0.384287, 0.050000, (-0.4920, -0.2855)),
        (("back", "home", True), 0.95, 0.064177, 0.283333, (-0.1975, 0.1535)),
        (("back", "home", True), 0.80, 0.064177, 0.283333, (-0.0210, 0.1130)),
    ],
)
def test_it_agrees_with_r(counted, level, effect, p, ends):
    made = panel(counted[0], counted[1], share=counted[2])
    found = estimate(made, ADOPTED, practice="a", level=level)
    assert found.every_arrangement
    assert found.arrangements == 60
    assert found.difference == pytest.approx(effect, abs=2e-6)
    assert found.p == pytest.approx(p, abs=1e-6)
    # R kept points of a grid: what is found lies less than a step outside them.
    assert 0 <= ends[0] - found.difference_low < 5.1e-4
    assert 0 <= found.difference_high - ends[1] < 5.1e-4


def test_the_dose_agrees_with_r_day_by_day():
    found = doses(np.array([date(2020, 7, 1).toordinal(), NEVER]), YEARS)
    assert found[0] == pytest.approx([0, 0, 0.281764, 0.968921, 1, 1, 1], abs=1e-6)
    assert not found[1].any()


def test_two_by_two_by_hand():
    """One council adopts and three do not: two years before, one of starting and two full ones.

    Of 100 children each, the adopter had 50 in both years before and 40 in both full years; the
    others had 40, 60 and 80 before and 2, 4 and 6 more after. Without adopting it would have had
    4 more, as the others on average: the effect is -14. Had another been the adopter, its rise
    would be set beside the mean of the rest: 2 - (-10 + 4 + 6) / 3 = 2, then 14/3 and 22/3. None
    is as far out as 14, so p is 1/4. With an effect of theta taken out of the true adopter, they
    are 2 + theta/3, 14/3 + theta/3 and 22/3 + theta/3 beside -14 - theta: at least as far out from
    -18 to -12, at -14, and from -16 to -10. At 70% two of four must be: from -18 to -10.
    """
    rows = [[50, 50, 45, 40, 40], [40, 40, 41, 42, 42], [60, 60, 62, 64, 64], [80, 80, 83, 86, 86]]
    people = np.full((4, 5), 100.0)
    codes = ("w", "x", "y", "z")
    made = Panel(
        "a_measure",
        codes,
        (2019, 2020, 2021, 2022, 2023),
        np.array(rows, float),
        people,
        True,
        {},
        {},
    )
    found = estimate(made, {"w": date(2020, 4, 1)}, practice="a", level=0.7)
    assert found.difference == pytest.approx(-0.14)
    assert (found.p, found.least_p, found.arrangements) == (0.25, 0.25, 4)
    assert found.difference_low == pytest.approx(-0.18, abs=1e-6)
    assert found.difference_high == pytest.approx(-0.10, abs=1e-6)
    assert found.observed == pytest.approx(400)
    assert found.predicted == pytest.approx(540)


def test_a_difference_of_means_with_every_arrangement():
    """Two groups, 4 and 3 strong: 35 arrangements, counted out with their shifts one by one."""
    values = np.array([19.0, 22, 25, 26, 23, 33, 40])
    groups = np.array([1, 1, 1, 1, 0, 0, 0])
    sets = arrange(groups, 10)
    assert sets.every
    assert len(sets.labels) == 35

    def difference(of):
        one = (sets.labels == 1) / 4.0 - (sets.labels == 0) / 3.0
        return one @ of

    found = invert(difference(values), difference(groups.astype(float)), level=0.9)
    assert found.estimate == pytest.approx(-9)
    # Sums of the four that are at most 92 or at least 118 - 2/7 are as far from their mean.
    assert found.p == pytest.approx(4 / 35)
    kept = [
        theta
        for theta in np.arange(-40, 20, 0.25)
        if np.mean(
            np.abs(difference(values - theta * groups))
            >= abs(difference(values - theta * groups)[0]) - 1e-9
        )
        > 0.1
    ]
    assert found.low == pytest.approx(min(kept), abs=0.25)
    assert found.high == pytest.approx(max(kept), abs=0.25)
