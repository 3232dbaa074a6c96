"""What is counted of children in need, in worked examples: referrals again, and plans again."""

from __future__ import annotations

from typing import Any

import pytest

from whatworks.journeys.examples import need_journeys
from whatworks.journeys.need import NeedJourneys, need_from
from whatworks.journeys.need_repairs import NEED_REPAIRS
from whatworks.measures.counting import count
from whatworks.measures.definition import MeasureError
from whatworks.measures.tracing import rows_of

AGAIN, REPEAT = "re_referrals_within_12_months", "repeat_protection_plans"
NOTHING = "child referred closed"


def _row(found: NeedJourneys, name: str, year: int) -> dict[str, Any]:
    return count(found, name, year=year).row(0, named=True)


def _figure(found: NeedJourneys, name: str, year: int) -> tuple[int, int]:
    row = _row(found, name, year)
    return row["numerator"], row["denominator"]


def _repairs(found: NeedJourneys) -> dict[tuple[str, int], int]:
    return {
        (row["repair"], row["year"]): row["n_rows"]
        for row in found.repairs().iter_rows(named=True)
        if row["n_rows"]
    }


# --- referrals again --------------------------------------------------------------------------


def test_a_case_open_over_the_end_of_a_year_is_one_referral() -> None:
    found = need_journeys(
        {
            2023: "child referred closed\nAda 2022-12-01 .",
            2024: "child referred closed\nAda 2022-12-01 .",
            2025: "child referred closed\nAda 2022-12-01 2024-05-01",
        }
    )
    assert _figure(found, AGAIN, 2024) == (0, 0)
    assert _figure(found, AGAIN, 2025) == (0, 0)
    assert _repairs(found) == {
        ("referral_reported_again", 2023): 1,
        ("referral_reported_again", 2024): 1,
    }


def test_twelve_months_end_on_the_same_day_a_year_on() -> None:
    found = need_journeys(
        {
            2023: """
            child  referred    closed
            Ada    2022-06-10  2022-07-01
            Bo     2022-06-10  2022-07-01
            """,
            2024: """
            child  referred    closed
            Ada    2023-06-10  .
            Bo     2023-06-11  .
            """,
        }
    )
    assert _figure(found, AGAIN, 2024) == (1, 2)


def test_twelve_months_from_29_february_end_on_1_march() -> None:
    found = need_journeys(
        {
            2024: """
            child  referred    closed
            Ada    2024-02-29  2024-03-01
            Bo     2024-02-29  2024-03-01
            """,
            2025: """
            child  referred    closed
            Ada    2025-03-01  .
            Bo     2025-03-02  .
            """,
        }
    )
    assert _figure(found, AGAIN, 2025) == (1, 2)


def test_only_the_referral_just_before_is_looked_back_to() -> None:
    found = need_journeys(
        {
            2023: "child referred closed\nAda 2022-04-01 2022-05-01",
            2024: """
            child  referred    closed
            Ada    2023-04-02  2023-05-01
            Ada    2024-03-31  2024-03-31
            """,
        }
    )
    assert _figure(found, AGAIN, 2024) == (1, 2)  # April 2023 is a day too late, March 2024 is not


def test_without_the_census_of_the_year_before_there_is_no_figure_and_a_reason() -> None:
    found = need_journeys({2024: "child referred closed\nAda 2023-06-10 ."})
    row = _row(found, AGAIN, 2024)
    assert (row["numerator"], row["value"]) == (None, None)
    assert row["reason"] == (
        "This figure needs the children in need census (CIN) for 2023 too, "
        "which has not been loaded."
    )
    with pytest.raises(MeasureError, match="2023"):
        rows_of(found, AGAIN, year=2024)


def test_a_gap_between_censuses_is_no_year_before() -> None:
    found = need_journeys({2022: NOTHING, 2024: NOTHING})
    assert "2023" in _row(found, AGAIN, 2024)["reason"]


def test_rows_without_a_place_in_time_are_set_aside_by_name() -> None:
    found = need_journeys(
        {
            2023: NOTHING,
            2024: """
            child  referred    closed
            Ada    ?           .
            Bo     .           .
            Cy     2024-04-01  .
            .      2023-05-01  .
            Di     2023-05-01  .
            Di     2023-05-01  2023-06-01
            """,
        }
    )
    assert _figure(found, AGAIN, 2024) == (0, 1)  # Di, once
    assert _repairs(found) == {
        ("referral_day_not_known", 2024): 2,
        ("referral_after_the_census", 2024): 1,
        ("referral_without_child_number", 2024): 1,
        ("referral_same_day_again", 2024): 1,
    }
    listed = found.repairs()
    assert listed.height == 2 * len(NEED_REPAIRS)


def test_a_referral_that_only_a_later_census_tells_of_counts_in_its_own_year() -> None:
    censuses = {
        2023: NOTHING,
        2024: "child referred closed\nAda 2023-05-01 .",
    }
    late = {2025: "child referred closed\nAda 2023-05-01 .\nBo 2024-03-30 ."}
    assert _figure(need_journeys(censuses), AGAIN, 2024) == (0, 1)
    assert _figure(need_journeys({**censuses, **late}), AGAIN, 2024) == (0, 2)


# --- plans again ------------------------------------------------------------------------------


def test_plans_are_repeated_as_the_census_records_it() -> None:
    found = need_journeys(
        {},
        {
            2024: """
            child  began       ended       plans_before
            Ada    2023-05-01  2023-08-01  0
            Ada    2024-01-10  .           1
            Bo     2023-05-01  .           2
            Cy     2023-05-01  .           .
            Di     2023-05-01  .           ?
            Ed     2023-05-01  .           -1
            """
        },
    )
    row = _row(found, REPEAT, 2024)
    assert (row["numerator"], row["denominator"], row["left_out"]) == (2, 3, 3)


def test_a_plan_counts_in_the_year_in_which_it_began() -> None:
    found = need_journeys(
        {},
        {
            2024: """
            child  began       ended  plans_before
            Ada    2023-03-31  .      1
            Bo     2024-03-31  .      1
            """,
            2025: """
            child  began       ended       plans_before
            Ada    2023-03-31  2024-06-01  1
            Bo     2024-03-31  .           0
            """,
        },
    )
    assert _figure(found, REPEAT, 2024) == (0, 1)  # Bo alone, as the later census has it
    assert _figure(found, REPEAT, 2025) == (0, 0)
    assert _row(found, REPEAT, 2025)["value"] is None


def test_of_a_plan_that_stands_twice_the_larger_number_is_taken() -> None:
    twice = """
        child  began       ended  plans_before
        Ada    2023-05-01  .      {0}
        Ada    2023-05-01  .      {1}
        """
    for one, other, counted in ((0, 1, (1, 1)), (1, 0, (1, 1)), (".", 0, (0, 1)), (0, ".", (0, 1))):
        found = need_journeys({}, {2024: twice.format(one, other)})
        assert _figure(found, REPEAT, 2024) == counted


# --- who, and where it stands -----------------------------------------------------------------

_WHO = """
child  born        expected    sex  ethnic
Ada    2018-05-01  .           2    WBRI
Bo     .           2023-09-01  0    BAFR
Cy     2009-02-01  .           1    REFU
"""


def test_groups_are_of_the_day_of_the_referral_and_unborn_children_are_not_known() -> None:
    found = need_journeys(
        {
            2023: "child referred closed\nCy 2023-03-01 .",
            2024: """
            child  referred    closed
            Ada    2023-05-01  .
            Bo     2023-05-01  .
            Cy     2023-05-01  .
            """,
        },
        children=_WHO,
    )
    for by, groups in (
        ("age_group", {"5 to 9 years", "Not known", "10 to 15 years"}),
        ("sex", {"Female", "Not known", "Male"}),
        (
            "ethnicity",
            {"White", "Black, African, Caribbean or Black British", "Not known"},
        ),
    ):
        parts = count(found, AGAIN, by=by, year=2024)
        assert set(parts.filter(parts["denominator"] > 0)[by]) == groups
        assert (parts["numerator"].sum(), parts["denominator"].sum()) == (1, 3)


def test_other_groups_are_not_offered() -> None:
    found = need_journeys({2023: NOTHING, 2024: NOTHING})
    row = count(found, AGAIN, by="placement", year=2024).row(0, named=True)
    assert row["reason"] == "This measure is not broken down by placement."


def test_every_row_behind_a_figure_says_where_it_stands() -> None:
    found = need_journeys(
        {
            2023: "child referred closed\nAda 2022-12-01 2022-12-05",
            2024: "child referred closed\nBo 2023-04-01 .\nAda 2023-05-01 .",
            2025: "child referred closed\nAda 2023-05-01 2024-05-01",
        },
        {2024: "child began ended plans_before\nAda 2023-06-01 . ."},
    )
    behind = rows_of(found, AGAIN, year=2024)
    told = behind.select("submission", "return_year", "table", "row", "numerator", "denominator")
    assert told.rows() == [
        ("s2024", 2024, "CINdetails", 1, False, True),
        ("s2025", 2025, "CINdetails", 1, True, True),
    ]
    (plan,) = rows_of(found, REPEAT, year=2024).iter_rows(named=True)
    assert (plan["table"], plan["row"]) == ("ChildProtectionPlans", 1)
    assert (plan["left_out"], plan["denominator"]) == ("earlier_plans_not_given", False)
    assert "CHILD" not in behind.columns


def test_two_censuses_of_one_year_are_refused() -> None:
    from whatworks.journeys.examples import census

    with pytest.raises(ValueError, match="one return a year"):
        need_from("301", [census(2024, NOTHING), census(2024, NOTHING)])
