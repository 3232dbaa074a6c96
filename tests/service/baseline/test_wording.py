"""The counts behind a figure are said with their units, and every place rounds alike."""

from __future__ import annotations

import re

import pytest

from whatworks import measures
from whatworks.measures import wording
from whatworks.service.common import writing


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (12.5, 0, "13"),
        (0.5, 0, "1"),
        (12.25, 1, "12.3"),
        (29.05, 1, "29.1"),
        (1648.0, 1, "1,648.0"),
        (-2.5, 0, "-3"),
    ],
)
def test_halves_go_up_as_in_a_spreadsheet(value: float, places: int, said: str) -> None:
    assert wording.rounded(value, places) == said


def row(name: str, top: float, bottom: float, value: float) -> dict[str, object]:
    figures = {"measure": name, "year": 2025, "numerator": top, "denominator": bottom}
    return {**figures, "value": value, "low": value, "high": value, "left_out": 0, "reason": None}


@pytest.mark.parametrize(
    ("name", "top", "bottom", "said"),
    [
        ("days_of_support_after_home", 1648.0, 11.0, "1,648 days over 11 returns home"),
        ("days_of_support_after_home", 1.0, 1.0, "1 day over 1 return home"),
        ("time_in_care", 900.0, 2.0, "900 days over 2 children"),
        ("distance_from_home", 81.4, 7.0, "81.4 miles over 7 children"),
        ("social_worker_vacancies", 11.5, 80.0, "11.5 vacant of 80 full-time equivalents"),
    ],
)
def test_a_ratio_names_what_it_is_made_of(name: str, top: float, bottom: float, said: str) -> None:
    figures = row(name, top, bottom, top / bottom)
    assert f"({said})" in measures.in_words(figures)
    assert writing.own(figures).counts == said


def test_every_ratio_has_words_for_both_its_amounts() -> None:
    for name in measures.names():
        measure = measures.get(name)
        if measure.kind != "ratio":
            continue
        said = wording.behind(measure, row(name, 12.0, 30.0, 0.4))
        assert said.startswith("12 ")
        assert "30 " in said
        assert "against 30." not in said
        if measure.unit != "percent" and "children" in said:
            assert "child" in f"{measure.denominator_words}{measure.title}".lower(), name


def test_sentence_and_table_round_a_share_alike() -> None:
    figures = row("returned_home", 5, 40, 12.5)
    assert measures.in_words(figures).startswith("13 of every 100 ")
    assert writing.own(figures).text == "12.5%"


def test_one_of_a_kind_is_named_as_one() -> None:
    one = row("plans_for_adoption_given_up", 1, 1, 1.0)
    assert (writing.own(one).text, writing.own(one).unit) == ("1", "child")
    two = row("asked_for_help_again", 2, 2, 2.0)
    assert writing.own(two).unit == "requests"


def test_a_and_an_stand_where_they_should() -> None:
    wrong = re.compile(r"\b[Aa] [aeio]\w+|\b[Aa]n [bcdfgjklmnpqrtvwxyz]\w+")
    fine = ("a one", "a UK")
    for document in measures.documentation():
        for found in wrong.findall(str(document)):
            assert found.startswith(fine), (document["name"], found)
