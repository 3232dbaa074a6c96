"""That the invented region looks like England where it is meant to."""

from __future__ import annotations

import pytest

from whatworks.synthetic.calendar import birthday, first_day, last_day
from whatworks.synthetic.careers import CARE, UASC, career
from whatworks.synthetic.conditions import REENTRY, USUAL, Conditions
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.intake import intake, persistence
from whatworks.synthetic.population import careers, lives
from whatworks.synthetic.setting import REGION, settings
from whatworks.synthetic.truth import truth
from whatworks.synthetic.world import world


def reentry(conditions):
    """The share of returns home of children under 17 that were followed by care in 12 months."""
    n = again = 0
    for seed in child_seeds(sequence(8, 1), 12_000):
        one = career(Draws(seed), first_day(2015) + seed % 365, CARE, conditions)
        for i, spell in enumerate(one.spells):
            if spell.returns_home and spell.end < birthday(one.dob, 17):
                n += 1
                later = one.spells[i + 1 : i + 2]
                again += bool(later and later[0].start <= birthday(spell.end, 1))
    return again / n


def test_one_in_five_children_is_looked_after_again_within_a_year_of_going_home():
    assert 0.18 < reentry(USUAL) < 0.22


def test_a_multiplier_of_re_entry_acts_on_it():
    halved = reentry(Conditions({REENTRY: ((0, 0.5),)}))
    assert 0.08 < halved < 0.13


def test_persistence_begins_high_and_falls_to_nothing():
    share = persistence(CARE)
    assert 0.7 < share[0] < 0.9
    assert share[18] == 0
    assert 2.5 < sum(share) < 4.5
    assert sum(persistence(UASC)) < 1.5


def test_entries_are_solved_so_that_numbers_come_out_as_published():
    one = settings(["382"])[0]
    expected = intake(one)
    share = persistence(CARE)
    for year in range(2016, 2026):
        number = sum(expected.expected(CARE, year - k) * share[k] for k in range(len(share)))
        published = one.looked_after[year] - one.uasc[year]
        assert number == pytest.approx(published, rel=0.02)


def test_numbers_looked_after_are_near_those_published_in_every_year():
    one = settings(["382"])[0]
    where = world(one, 1, USUAL)
    everyone = [life for _, _, life in careers(where, 2019, 2025) if life.kind in (CARE, UASC)]
    for year in range(2018, 2026):
        last = last_day(year)
        found = sum(any(s.start <= last < s.end for s in life.spells) for life in everyone)
        assert found == pytest.approx(one.looked_after[year], rel=0.12)


def test_three_or_more_placements_are_about_one_in_ten():
    where = world(settings(["879"])[0].scaled(1.5), 1, USUAL)
    people = lives(where, 2023, 2024)
    found = [truth(people, "879", year) for year in (2023, 2024)]
    moved = sum(one.three_or_more_placements for one in found)
    assert 0.07 < moved / sum(one.looked_after_at_31_march for one in found) < 0.13
    assert all(one.three_or_more_homes <= one.three_or_more_placements for one in found)


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
