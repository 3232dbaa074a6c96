"""That the invented region looks like England where it is meant to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from whatworks.synthetic.calendar import first_day, last_day
from whatworks.synthetic.careers import BREAKS_V4, CARE, KINDS
from whatworks.synthetic.conditions import ENTRY, LEAVE, REENTRY, USUAL, Conditions
from whatworks.synthetic.counts import counts
from whatworks.synthetic.drawing import careers as drawn
from whatworks.synthetic.population import careers, lives
from whatworks.synthetic.routes import ROUTE, rates
from whatworks.synthetic.setting import REGION, choose, settings
from whatworks.synthetic.steering import Steering
from whatworks.synthetic.truth import truth
from whatworks.synthetic.world import world

STEADY = Steering({CARE: {2015: 150.0}, "uasc": {2015: 15.0}, BREAKS_V4: {2015: 4.0}}, {2015: 1.0})
YEARS = range(2015, 2024)


def steady(conditions=USUAL, scale=12.0, seed=8):
    return drawn(
        seed,
        1,
        range(2000, 2024),
        steering=STEADY,
        rates=rates(),
        conditions=conditions,
        scale=scale,
    )


def reentry(conditions):
    """The share of returns home of children under 17 that were followed by care in 12 months."""
    found = counts(steady(conditions), YEARS)
    return found.back[:-1, 0].sum() / found.home[:-1].sum()


def test_one_in_five_children_is_looked_after_again_within_a_year_of_going_home():
    assert 0.18 < reentry(USUAL) < 0.22


def test_over_a_third_are_looked_after_again_within_six_years():
    found = counts(steady(), YEARS)
    assert 0.31 < found.back[0, 5] / found.home[0] < 0.40


def test_a_multiplier_of_re_entry_acts_on_it():
    halved = reentry(Conditions({REENTRY: ((0, 0.5),)}))
    assert 0.08 < halved < 0.13


def test_a_multiplier_of_entry_thins_first_entries_from_its_day_on():
    day = first_day(2018)
    usual = counts(steady(), YEARS).first_entries
    fewer = counts(steady(Conditions({ENTRY: ((day, 0.6),)})), YEARS).first_entries
    assert (usual[:3] == fewer[:3]).all()
    assert fewer[3:].sum() / usual[3:].sum() == pytest.approx(0.6, abs=0.03)


def test_more_entries_than_usual_come_too():
    more = counts(steady(Conditions({ENTRY: ((0, 1.5),)})), YEARS).first_entries
    assert more.sum() / counts(steady(), YEARS).first_entries.sum() == pytest.approx(1.5, abs=0.05)


def test_children_go_home_sooner_where_leaving_is_quicker():
    quick = steady(Conditions({LEAVE: ((0, 3.0),)}))
    usual = steady()
    home = (ROUTE["home_planned"], ROUTE["home_unplanned"])

    def lasting(found):
        of = np.isin(found.route, home)
        return np.median((found.end - found.start)[of])

    assert lasting(quick) < 0.6 * lasting(usual)


def test_a_smaller_council_holds_the_first_children_of_a_larger_one():
    small, large = steady(scale=1.0), steady(scale=3.0)
    assert set(small.seed.tolist()) < set(large.seed.tolist())


def test_brothers_and_sisters_come_together_and_are_born_apart():
    found = steady()
    care = found.kind == KINDS.index(CARE)
    families, sizes = np.unique(found.family[care], return_counts=True)
    assert 1.3 < sizes.mean() < 1.8
    for family in families[sizes > 1][:200]:
        born = np.sort(found.dob[found.family == family])
        gaps = np.diff(born)
        assert ((gaps == 0) | (gaps >= 290)).all()


@pytest.mark.parametrize("code", ["382", "873"])
def test_a_council_is_near_its_published_figures_in_every_year(code):
    one = settings([code])[0]
    found = counts(careers(world(one, 1, USUAL), 2018, 2025), range(2018, 2026))
    for year, n in zip(range(2018, 2026), found.looked_after, strict=True):
        assert n == pytest.approx(one.looked_after[year], rel=0.16)


def test_what_a_council_is_like_does_not_depend_on_the_years_asked_for():
    where = world(settings(["879"])[0], 4, USUAL)
    wide, narrow = careers(where, 2018, 2025), careers(where, 2022, 2023)
    last = last_day(2022)
    on = [
        set(found.seed[found.child[(found.start <= last) & (found.end > last)]].tolist())
        for found in (wide, narrow)
    ]
    assert on[0] == on[1]


def test_three_or_more_placements_are_about_one_in_ten():
    found = []
    for code in ("879", "382"):
        people = lives(world(settings([code])[0], 1, USUAL), 2023, 2024)
        found += [truth(people, code, year) for year in (2023, 2024)]
    moved = sum(one.three_or_more_placements for one in found)
    assert 0.07 < moved / sum(one.looked_after_at_31_march for one in found) < 0.14
    assert all(one.three_or_more_homes <= one.three_or_more_placements for one in found)


def test_england_is_whole_in_every_year():
    everyone = settings(choose("all"))
    for year in range(2017, 2026):
        total = sum(
            one.looked_after[year] for one in everyone if one.first_year <= year <= one.last_year
        )
        england = {2017: 72_610, 2019: 78_140, 2021: 80_780, 2023: 83_750, 2025: 81_770}
        if year in england:
            assert total == pytest.approx(england[year], rel=0.002)


def test_the_region_spreads_over_england():
    chosen = settings(REGION)
    sizes = sorted(one.looked_after[2025] for one in chosen)
    assert sizes[0] < 50
    assert sizes[-1] > 600
    assert all(one.first_year <= 2019 and one.last_year >= 2025 for one in chosen)
    from whatworks import reference

    facts = [reference.council(one.code) for one in chosen]
    assert len({one.region for one in facts}) == 10
    assert len({one.kind for one in facts}) == 4


def test_a_council_made_twice_the_size_is_steered_alike():
    one = settings(["382"])[0]
    twice = replace(one).scaled(2.0)
    found = counts(careers(world(twice, 1, USUAL), 2024, 2025), range(2024, 2026))
    assert found.looked_after[1] == pytest.approx(2 * one.looked_after[2025], rel=0.1)
