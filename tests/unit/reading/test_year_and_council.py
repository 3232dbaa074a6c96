"""Which year and which council a return is of."""

from __future__ import annotations

import pytest

from whatworks.returns.model import YEAR_UNLIKE_DATES, ReturnsError
from whatworks.returns.reading import read

from .samples import CIN, EPISODES, ROWS, codes, put


def test_the_year_is_that_of_the_latest_dates_but_not_of_a_slip_of_the_pen(tmp_path):
    rows = "".join(f"{n},01/05/2023,S,C2\n" for n in range(60)) + "99,01/05/2063,S,C2\n"
    assert read(put(tmp_path, "a.csv", "CHILD,DECOM,RNE,LS\n" + rows)).year == 2024


def test_a_year_that_is_given_is_used_and_one_unlike_the_dates_is_noted(tmp_path):
    result = read(put(tmp_path, "a.csv", EPISODES + ROWS), year=2022)
    assert result.year == 2022
    assert YEAR_UNLIKE_DATES in codes(result)


def test_a_header_that_says_another_year_than_given_is_a_problem(tmp_path):
    result = read(put(tmp_path, "a.xml", CIN), year=2023)
    assert result.year == 2023
    assert result.problems["problem"].to_list() == [
        "The census's header says 2024; it was read as 2023, the year given."
    ]


def test_without_reference_date_the_header_year_tells(tmp_path):
    text = CIN.replace("<ReferenceDate>2024-03-31</ReferenceDate>", "").replace(
        "<Year>2024", "<Year>2022"
    )
    assert read(put(tmp_path, "a.xml", text)).year == 2022


def test_a_council_may_be_given_by_code_or_name(tmp_path):
    path = put(tmp_path, "a.csv", EPISODES + ROWS)
    assert read(path, council="301").council == "301"
    assert read(path, council="Barking and Dagenham").council == "301"


def test_a_council_other_than_the_census_names_is_a_problem(tmp_path):
    result = read(put(tmp_path, "a.xml", CIN), council="302")
    assert result.council == "302"
    assert result.problems.select("table", "row", "column", "value").rows() == [
        ("Header", 1, "LEA", "301")
    ]


def test_a_council_that_did_not_exist_in_the_year_is_noted(tmp_path):
    assert "council_of_another_time" in codes(read(put(tmp_path, "a.xml", CIN), council="928"))


def test_censuses_of_two_councils_need_one_to_be_named(tmp_path):
    one, two = put(tmp_path, "a.xml", CIN), put(tmp_path, "b.xml", CIN.replace(">301<", ">302<"))
    with pytest.raises(ReturnsError, match="different councils: 301, 302"):
        read([one, two])
