"""How a child's journey through care is read from a council's returns, in worked examples.

Days are written year-month-day. A child is looked after up to the day *before* an episode's end.
"""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from whatworks.journeys.deriving import CareJourneys
from whatworks.journeys.examples import journeys
from whatworks.journeys.outcome_repairs import OUTCOME_REPAIRS
from whatworks.journeys.repairs import REPAIRS


def _periods(found: CareJourneys) -> list[tuple[Any, ...]]:
    rows = found.periods.sort("CHILD", "PERIOD")
    return [
        (child, str(start), str(end) if end else "still looked after", reason)
        for child, start, end, reason in rows.select(
            "CHILD", "START", "END", "END_REASON"
        ).iter_rows()
    ]


def _homes(found: CareJourneys) -> list[tuple[Any, ...]]:
    rows = found.placements.sort("CHILD", "START")
    return [
        (place, str(start), str(end) if end else "goes on")
        for place, start, end in rows.select("PLACE", "START", "END").iter_rows()
    ]


def _repairs(found: CareJourneys) -> dict[str, int]:
    made = found.repairs().filter(pl.col("n_rows") > 0)
    return dict(made.group_by("repair").agg(pl.col("n_rows").sum()).iter_rows())


# --- periods of care -------------------------------------------------------------------------


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
    assert _periods(found) == [("Ada", "2023-05-01", "still looked after", None)]
    assert _repairs(found) == {}


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
    assert _periods(found) == [
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
    assert _periods(found) == [
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
    assert _periods(found) == [("Ada", "2021-06-01", "2023-11-30", "E4A")]
    assert _repairs(found) == {"reported_again": 2}


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
    assert [p[0] for p in _periods(found)] == ["Ada", "Bo"]


# --- returns home ----------------------------------------------------------------------------


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


# --- placements ------------------------------------------------------------------------------


def test_a_change_of_legal_status_alone_is_not_a_new_placement() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec  post
            Ada    2023-05-01  S    V2  U6     2023-07-01  X1   A1
            Ada    2023-07-01  L    C1  U6     2023-09-01  X1   A1
            Ada    2023-09-01  P    C1  K2     .           .    B2
            """
        }
    )
    assert _homes(found) == [
        ("U6", "2023-05-01", "2023-09-01"),
        ("K2", "2023-09-01", "goes on"),
    ]


@pytest.mark.parametrize("reason", ["P", "B", "T", "U"])
def test_each_kind_of_move_is_a_new_placement(reason: str) -> None:
    found = journeys(
        {
            2024: f"""
            child  from        rne       ls  place  to          rec
            Ada    2023-05-01  S         V2  U6     2023-07-01  X1
            Ada    2023-07-01  {reason}  V2  U4     .           .
            """
        }
    )
    assert len(_homes(found)) == 2


def test_a_stay_in_hospital_does_not_end_the_placement() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec  post
            Ada    2023-05-01  S    V2  U6     2023-07-01  X1   A1
            Ada    2023-07-01  P    V2  T1     2023-07-09  X1   H0
            Ada    2023-07-09  P    V2  U6     .           .    A1
            """
        }
    )
    assert _homes(found) == [("U6", "2023-05-01", "goes on")]


def test_going_back_to_supported_accommodation_under_its_new_code_is_not_a_new_placement() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec  post
            Ada    2023-05-01  S    V2  H5     2023-07-01  X1   A1
            Ada    2023-07-01  P    V2  T1     2023-07-09  X1   H0
            Ada    2023-07-09  P    V2  H5     .           .    A1
            """,
            2025: """
            child  from        rne  ls  place  to          rec  post
            Ada    2023-07-09  P    V2  K3     .           .    A1
            """,
        }
    )
    assert _homes(found) == [("H5", "2023-05-01", "goes on")]


def test_going_elsewhere_after_a_temporary_stay_is_a_new_placement() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec  post
            Ada    2023-05-01  S    V2  U6     2023-07-01  X1   A1
            Ada    2023-07-01  P    V2  T3     2023-07-09  X1   C3
            Ada    2023-07-09  P    V2  U6     .           .    B2
            """
        }
    )
    assert _homes(found) == [
        ("U6", "2023-05-01", "2023-07-01"),
        ("U6", "2023-07-09", "goes on"),
    ]


def test_adoption_by_the_same_foster_carer_is_not_a_new_placement() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    E1  U5     2023-07-01  X1
            Ada    2023-07-01  T    E1  A5     .           .
            Bo     2023-05-01  S    E1  U5     2023-07-01  X1
            Bo     2023-07-01  P    E1  A6     .           .
            """
        }
    )
    assert found.placements.group_by("CHILD").len().sort("CHILD").rows() == [("Ada", 1), ("Bo", 2)]


# --- repairs: every contradiction has a name, and is counted ---------------------------------


def test_rows_without_a_child_or_a_place_in_time_are_left_out_by_name() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            .      2023-05-01  S    V2  U6     .           .
            Ada    .           S    V2  U6     .           .
            Bo     ?           S    V2  U6     .           .
            Cy     2024-04-01  S    V2  U6     .           .
            Di     2023-06-01  S    V2  U6     2023-05-01  E4A
            Ed     2023-06-01  S    V2  U6     .           .
            """
        }
    )
    assert _repairs(found) == {
        "no_child_number": 1,
        "start_not_known": 2,
        "starts_after_the_return": 1,
        "ends_before_it_starts": 1,
    }
    assert [p[0] for p in _periods(found)] == ["Ed"]


def test_a_copied_row_counts_once() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     .           .
            Ada    2023-05-01  S    V2  U6     .           .
            """
        }
    )
    assert _repairs(found) == {"copied_row": 1}
    assert len(_periods(found)) == 1


def test_a_later_return_is_believed_when_it_changes_an_episode() -> None:
    found = journeys(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     2022-09-01  E4A
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     2023-06-01  E41
            """,
        }
    )
    assert _periods(found) == [("Ada", "2022-05-01", "2023-06-01", "E41")]
    assert _repairs(found) == {"changed_later": 1}


def test_short_breaks_are_no_periods_of_care_and_are_counted() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V4  U6     .           .
            Bo     2023-05-01  S    V3  U6     2023-05-03  E8
            Bo     2023-06-01  S    V3  U6     2023-06-03  E8
            Cy     2023-05-01  S    V2  U6     .           .
            """
        }
    )
    assert [p[0] for p in _periods(found)] == ["Cy"]
    breaks = found.repairs().filter(repair="short_break").row(0, named=True)
    assert (breaks["n_rows"], breaks["n_children"]) == (3, 2)


def test_an_end_that_cannot_be_read_is_set_by_the_next_episode_or_left_out() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     ?           X1
            Ada    2023-07-01  P    V2  K2     .           .
            Bo     2023-05-01  S    V2  U6     ?           E4A
            """
        }
    )
    assert _periods(found) == [("Ada", "2023-05-01", "still looked after", None)]
    assert _repairs(found) == {"end_not_readable_set": 1, "end_not_readable": 1}


def test_an_open_episode_ends_where_a_later_one_begins() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     .           .
            Ada    2023-07-01  P    V2  K2     2023-10-01  E4A
            """
        }
    )
    assert _periods(found) == [("Ada", "2023-05-01", "2023-10-01", "E4A")]
    assert _repairs(found) == {"open_though_another_began": 1}


def test_an_open_episode_that_the_next_return_forgets_ends_after_its_own_year() -> None:
    found = journeys(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     .           .
            Bo     2022-05-01  S    V2  U6     .           .
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            Bo     2022-05-01  S    V2  U6     .           .
            """,
        }
    )
    assert _periods(found) == [
        ("Ada", "2022-05-01", "2023-04-01", None),
        ("Bo", "2022-05-01", "still looked after", None),
    ]
    assert _repairs(found) == {"open_and_not_mentioned_again": 1, "reported_again": 1}


def test_a_forgotten_episode_does_not_run_on_to_a_new_start() -> None:
    found = journeys(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     .           .
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-11-01  S    V2  U6     .           .
            """,
        }
    )
    assert [p[1:3] for p in _periods(found)] == [
        ("2022-05-01", "2023-04-01"),
        ("2023-11-01", "still looked after"),
    ]
    assert _repairs(found) == {"open_and_not_mentioned_again": 1}


def test_a_forgotten_episode_does_not_run_on_for_years() -> None:
    found = journeys(
        {
            2021: """
            child  from        rne  ls  place  to          rec
            Ada    2020-05-01  S    V2  U6     .           .
            """,
            2022: "child from rne ls place to rec",
            2023: "child from rne ls place to rec",
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-11-01  P    V2  U6     .           .
            """,
        }
    )
    assert [p[1:3] for p in _periods(found)] == [
        ("2020-05-01", "2021-04-01"),
        ("2023-11-01", "still looked after"),
    ]


def test_an_overlap_is_cut_where_the_next_episode_begins() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-10  X1
            Ada    2023-07-01  P    V2  K2     .           .
            """
        }
    )
    assert found.episodes.sort("DECOM")["DEC"].cast(pl.String).to_list() == ["2023-07-01", None]
    assert _repairs(found) == {"overlap_cut": 1}


def test_the_next_day_follows_on_where_the_reason_says_so() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-06-30  X1
            Ada    2023-07-01  P    V2  K2     .           .
            Bo     2023-05-01  S    V2  U6     2023-06-30  E4A
            Bo     2023-07-01  S    V2  U6     .           .
            """
        }
    )
    assert [p[:3] for p in _periods(found)] == [
        ("Ada", "2023-05-01", "still looked after"),
        ("Bo", "2023-05-01", "2023-06-30"),
        ("Bo", "2023-07-01", "still looked after"),
    ]
    assert _repairs(found) == {"next_day_joined": 1}


def test_contradicting_reasons_are_noted_and_left_as_they_stand() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
            Ada    2023-07-01  P    V2  K2     .           .
            Bo     2023-05-01  S    V2  U6     2023-07-01  X1
            """
        }
    )
    assert _periods(found) == [
        ("Ada", "2023-05-01", "still looked after", None),
        ("Bo", "2023-05-01", "2023-07-01", None),
    ]
    assert _repairs(found) == {"left_care_yet_goes_on": 1, "goes_on_yet_nothing_follows": 1}


def test_a_changed_date_of_birth_is_noted_and_the_latest_is_used() -> None:
    from whatworks.journeys.deriving import care_from
    from whatworks.journeys.examples import table
    from whatworks.journeys.stacking import ReturnTables

    open_since = "child from rne ls place to rec\nAda 2022-05-01 S V2 U6 . ."
    found = care_from(
        "301",
        [
            ReturnTables(year, f"s{year}", {"Episodes": table(open_since), "Header": table(who)})
            for year, who in (
                (2023, "child born sex ethnic\nAda 2012-02-29 2 WBRI"),
                (2024, "child born sex ethnic\nAda 2013-02-28 . ."),
            )
        ],
    )
    assert found.children.select(pl.col("DOB").cast(pl.String), "SEX", "ETHNIC").row(0) == (
        "2013-02-28",
        "2",
        "WBRI",
    )
    assert _repairs(found)["birth_date_changed"] == 1


def test_every_repair_is_explained_and_listed_for_every_year() -> None:
    found = journeys(
        {2023: "child from rne ls place to rec", 2024: "child from rne ls place to rec"}
    )
    listed = found.repairs()
    every = [*REPAIRS, *OUTCOME_REPAIRS]
    assert listed["repair"].unique(maintain_order=True).to_list() == [r.name for r in every]
    assert listed.height == 2 * len(every)
    assert all(len(repair.text) > 30 for repair in every)
    assert set(listed["n_rows"]) == {0}
    assert "CHILD" not in listed.columns


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
