"""Where invented children's numbers come from, and what multiplies a hazard."""

from __future__ import annotations

from datetime import date

import pytest

from whatworks.synthetic.calendar import (
    DMY,
    ISO,
    age_on,
    birthday,
    first_day,
    last_day,
    weekday,
    year_of,
)
from whatworks.synthetic.conditions import ENTRY, MOVE, USUAL, Conditions
from whatworks.synthetic.draws import Draws, Pick, child_seeds, sequence
from whatworks.synthetic.workdays import add_working_days, working_day


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_a_child_born_on_29_february_has_its_birthday_on_1_march_in_other_years():
    dob = day("2008-02-29")
    assert birthday(dob, 4) == day("2012-02-29")
    assert birthday(dob, 18) == day("2026-03-01")
    assert age_on(dob, day("2026-02-28")) == 17
    assert age_on(dob, day("2026-03-01")) == 18


def test_days_are_written_as_the_two_returns_have_them():
    assert DMY[day("2024-03-09")] == "09/03/2024"
    assert ISO[day("2024-03-09")] == "2024-03-09"


def test_a_collection_year_runs_from_1_april_to_31_march():
    assert first_day(2026) == day("2025-04-01")
    assert last_day(2026) == day("2026-03-31")
    assert year_of(last_day(2026)) == 2026
    assert year_of(last_day(2026) + 1) == 2027
    assert weekday(day("2025-03-31")) == 0


def test_working_days_pass_over_easter():
    thursday_before = day("2024-03-28")
    assert add_working_days(thursday_before, 1) == day("2024-04-02")
    assert working_day(day("2024-03-30")) == day("2024-04-02")
    assert working_day(thursday_before) == thursday_before


def test_a_choice_follows_its_weights():
    among = Pick(("a", 1.0), ("b", 3.0))
    draws = Draws(7)
    found = [draws.pick(among) for _ in range(4000)]
    assert 0.72 < found.count("b") / 4000 < 0.78
    assert among.at(0.0) == "a"
    assert among.at(0.2499999) == "a"
    assert among.at(0.25) == "b"
    assert among.at(0.9999999999) == "b"


def test_a_larger_cohort_begins_with_the_same_children():
    few, many = (child_seeds(sequence(1, 382, 2, 2020), n) for n in (3, 300))
    assert many[:3] == few
    assert len(set(many)) == 300
    assert child_seeds(sequence(2, 382, 2, 2020), 3) != few
    assert child_seeds(sequence(1, 383, 2, 2020), 3) != few


def test_one_part_of_a_life_is_drawn_the_same_whatever_else_was():
    first, second = Draws(99), Draws(99)
    for _ in range(10):
        second.u()
    assert [first.fork(3).u() for _ in range(2)] == [second.fork(3).u() for _ in range(2)]
    assert first.fork(3).u() != first.fork(4).u()


def test_waits_have_their_means():
    draws = Draws(5)
    assert 95 < sum(draws.exponential(100) for _ in range(4000)) / 4000 < 105
    found = sorted(draws.lognormal(100, 0.7) for _ in range(4001))
    assert 94 < found[2000] < 106


def test_usual_conditions_change_nothing():
    assert USUAL.at(ENTRY, 700_000) == 1.0
    assert USUAL.wait(MOVE, 700_000, 41.5) == 41.5


def test_a_hazard_doubled_from_a_day_on_halves_what_is_left_of_a_wait():
    doubled = Conditions({MOVE: ((1000, 2.0),)})
    assert doubled.at(MOVE, 999) == 1.0
    assert doubled.at(MOVE, 1000) == 2.0
    assert doubled.wait(MOVE, 900, 50.0) == 50.0
    assert doubled.wait(MOVE, 900, 300.0) == 100.0 + 200.0 / 2
    assert doubled.wait(MOVE, 2000, 300.0) == 150.0
    assert doubled.wait(ENTRY, 2000, 300.0) == 300.0


def test_several_steps_follow_one_another():
    there_and_back = Conditions({MOVE: ((100, 2.0), (200, 1.0))})
    assert there_and_back.wait(MOVE, 0, 400.0) == 300.0


@pytest.mark.parametrize(
    "steps", [{"luck": ((1, 2.0),)}, {MOVE: ((5, 2.0), (1, 3.0))}, {MOVE: ((1, 0.0),)}]
)
def test_conditions_that_make_no_sense_are_refused(steps):
    with pytest.raises(ValueError, match=r"process|order|above 0"):
        Conditions(steps)
