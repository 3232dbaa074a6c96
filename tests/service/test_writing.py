"""How figures are written, and what stands beside them when their year is not published."""

from __future__ import annotations

from typing import Any

import pytest

from whatworks.measures import wording
from whatworks.service.baseline import comparing
from whatworks.service.common import writing


def row(measure: str, numerator: int, denominator: int | None, *values: float) -> dict[str, Any]:
    value, low, high = values
    facts = {"measure": measure, "year": 2025, "numerator": numerator, "denominator": denominator}
    return {**facts, "value": value, "low": low, "high": high, "left_out": 0, "reason": None}


def test_a_share_of_very_few_is_written_as_a_count_with_its_interval() -> None:
    few = writing.own(row("returned_home", 3, 7, 42.857, 15.82, 74.95))
    assert (few.text, few.unit) == ("3 of 7", "children who ceased to be looked after")
    assert few.interval == "15.8% to 75.0%"
    enough = writing.own(row("returned_home", 3, 10, 30.0, 10.78, 60.32))
    assert (enough.text, enough.unit) == ("30.0%", "")


def test_few_means_the_same_in_figures_as_in_words() -> None:
    assert writing.A_FEW == wording._A_FEW


def test_a_rate_that_cannot_be_given_still_says_what_was_counted() -> None:
    absent = {**row("looked_after_rate", 12, None, 0, 0, 0), "value": None, "reason": "Not held."}
    shown = writing.own(absent)
    assert (shown.text, shown.interval, shown.reason, shown.counts) == ("", "", "Not held.", "12")


@pytest.mark.parametrize(
    ("value", "text"), [(81770.0, "81,770"), (61.5, "61.5"), (0.0, "0"), (1234.25, "1,234.25")]
)
def test_published_figures_keep_their_digits(value: float, text: str) -> None:
    assert writing.digits(value) == text
    assert writing.published(value, "percent", "published") == f"{text}%"


@pytest.mark.parametrize("state", sorted(writing.STATES))
def test_an_absent_figure_is_never_a_number_or_a_blank(state: str) -> None:
    said = writing.published(None, "percent", state)
    assert said
    assert not any(letter.isdigit() for letter in said)


def test_every_state_that_the_reference_knows_has_words() -> None:
    from whatworks.reference.published import STATES

    assert set(STATES.values()) <= set(writing.STATES)


def test_a_year_not_yet_published_is_set_beside_the_last_one_and_says_so() -> None:
    [series] = comparing.compared("looked_after_rate", "301", 2026).series
    assert (series.year, series.later) == (2025, True)
    [same] = comparing.compared("looked_after_rate", "301", 2024).series
    assert (same.year, same.later) == (2024, False)


def test_a_measure_that_nobody_publishes_says_so() -> None:
    nothing = comparing.compared("reentered_within_12_months", "301", 2025)
    assert nothing.series == ()
    assert "not in the Department" in nothing.none
