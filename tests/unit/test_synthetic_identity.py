"""Invented identifiers: right in shape, unlike anybody's."""

from __future__ import annotations

import re
from datetime import date

from whatworks.synthetic.draws import Draws
from whatworks.synthetic.identity import Slot, child_id, person, postcode, upn


def test_child_numbers_say_that_they_are_invented_and_fit_the_return():
    number = child_id(Slot(382, 2020, 0, 17))
    assert re.fullmatch(r"SYN[0-9BCDFGHJKLMNPQRSTVWXYZ]{7}", number)
    assert len(number) == 10


def test_no_two_children_of_england_have_the_same_number():
    slots = [
        Slot(council, cohort, stream, index)
        for council in (201, 382, 943)
        for cohort in (1995, 2019, 2024)
        for stream in range(4)
        for index in (*range(300), 2**17 - 1)
    ]
    assert len({child_id(slot) for slot in slots}) == len(slots)


def test_a_pupil_number_has_the_check_letter_of_its_digits():
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    number = upn(382, 9001, 2014, 7)
    assert number[1:] == "382900114007"
    weighted = 3 * 2 + 8 * 3 + 2 * 4 + 9 * 5 + 0 + 0 + 1 * 8 + 1 * 9 + 4 * 10 + 0 + 0 + 7 * 13
    assert number[0] == letters[weighted % 23]


def test_pupil_numbers_are_each_ones_own():
    people = [
        person(Draws(n), Slot(382, cohort, stream, n), _day("2012-05-05"), "care")
        for cohort in (2019, 2020)
        for stream in (0, 3)
        for n in range(400)
    ]
    assert len({one.upn for one in people}) == len(people)


def test_a_child_has_no_pupil_number_before_the_september_after_turning_four():
    one = person(Draws(1), Slot(382, 2019, 0, 1), _day("2014-09-02"), "care")
    assert one.upn_at(_day("2019-08-31")) == "UN1"
    assert one.upn_at(_day("2019-09-01")) == one.upn
    older = person(Draws(1), Slot(382, 2019, 0, 1), _day("2014-09-01"), "care")
    assert older.upn_at(_day("2018-09-01")) == older.upn


def test_postcodes_are_of_an_area_that_does_not_exist():
    draws = Draws(3)
    for near in (True, False):
        found = {postcode(draws, near=near) for _ in range(200)}
        assert all(re.fullmatch(r"ZX[1-9]\d? [1-9][ABD-HJLNP-UW-Z]{2}", text) for text in found)
        assert {int(text[2 : text.index(" ")]) < 50 for text in found} == {near}


def test_sex_is_coded_as_the_year_has_it():
    one = next(
        found
        for n in range(99)
        if not (found := person(Draws(n), Slot(1, 2019, 0, n), _day("2014-01-01"), "care")).male
    )
    assert (one.sex_in(2024), one.sex_in(2025)) == ("2", "F")


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()
