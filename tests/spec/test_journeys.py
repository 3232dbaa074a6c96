"""How a child's journey through care is read from a council's returns, in worked examples.

Days are written year-month-day. A child is looked after up to the day *before* an episode's end.
"""

from __future__ import annotations

import pytest

from whatworks.journeys.examples import journeys

from .journeys_told import periods, repairs


def test_episodes_that_follow_on_make_one_period_of_care() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  X1
            Ada    2023-07-01  P    V2  U6     2023-09-15  X1
            Ada    2023-09-15  L    C2  U6     .           .
            """
        }
    )
    assert periods(found) == [("Ada", "2023-05-01", "still looked after", None)]
    assert repairs(found) == {}


def test_a_gap_begins_a_new_period() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
            Ada    2023-08-20  S    V2  U6     2024-01-05  E41
            """
        }
    )
    assert periods(found) == [
        ("Ada", "2023-05-01", "2023-07-01", "E4A"),
        ("Ada", "2023-08-20", "2024-01-05", "E41"),
    ]


def test_a_new_start_on_the_very_day_begins_a_new_period() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E4B
            Ada    2023-07-01  S    L1  U6     .           .
            """
        }
    )
    assert periods(found) == [
        ("Ada", "2023-05-01", "2023-07-01", "E4B"),
        ("Ada", "2023-07-01", "still looked after", None),
    ]


def test_a_period_runs_through_the_returns_of_several_years() -> None:
    found = journeys(
        {
            2022: """
            child  from        rne  ls  place  to          rec
            Ada    2021-06-01  S    V2  U6     .           .
            """,
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2021-06-01  S    V2  U6     2022-05-01  X1
            Ada    2022-05-01  P    V2  K2     .           .
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  P    V2  K2     2023-11-30  E4A
            """,
        }
    )
    assert periods(found) == [("Ada", "2021-06-01", "2023-11-30", "E4A")]
    assert repairs(found) == {"reported_again": 2}


def test_two_children_do_not_run_into_each_other() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
            Bo     2023-07-01  S    V2  U6     .           .
            """
        }
    )
    assert [p[0] for p in periods(found)] == ["Ada", "Bo"]


def test_a_return_home_is_planned_or_not_and_leaving_for_others_is_none() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
            Bo     2023-05-01  S    V2  U6     2023-07-01  E4B
            Cy     2023-05-01  S    V2  U6     2023-07-01  E13
            Di     2023-05-01  S    V2  U6     2023-07-01  E41
            """
        }
    )
    returns = found.returns_home.sort("CHILD").select("CHILD", "PLANNED").rows()
    assert returns == [("Ada", True), ("Bo", False)]


def test_after_a_return_home_the_next_period_of_care_is_known() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
            Ada    2023-10-01  S    V2  U6     .           .
            """
        }
    )
    home = found.returns_home.row(0, named=True)
    assert str(home["RETURNED"]) == "2023-07-01"
    assert str(home["NEXT_START"]) == "2023-10-01"
    assert home["DAYS_AT_HOME"] == 92


def test_one_return_a_year() -> None:
    from whatworks.journeys.deriving import care_from
    from whatworks.journeys.stacking import ReturnTables

    with pytest.raises(ValueError, match="one return a year"):
        care_from("301", [ReturnTables(2024, "a", {}), ReturnTables(2024, "b", {})])


def test_a_council_without_returns_has_journeys_without_rows() -> None:
    found = journeys({})
    assert found.years == ()
    assert found.periods.is_empty()
    assert found.repairs().is_empty()
