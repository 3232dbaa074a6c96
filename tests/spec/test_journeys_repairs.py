"""What is done with returns that contradict themselves, in worked examples.

Every contradiction has a name, and is counted. Days are written year-month-day.
"""

from __future__ import annotations

import polars as pl

from whatworks.journeys.examples import journeys
from whatworks.journeys.outcome_repairs import OUTCOME_REPAIRS
from whatworks.journeys.repairs import REPAIRS

from .journeys_told import periods, repairs


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
    assert repairs(found) == {
        "no_child_number": 1,
        "start_not_known": 2,
        "starts_after_the_return": 1,
        "ends_before_it_starts": 1,
    }
    assert [p[0] for p in periods(found)] == ["Ed"]


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
    assert repairs(found) == {"copied_row": 1}
    assert len(periods(found)) == 1


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
    assert periods(found) == [("Ada", "2022-05-01", "2023-06-01", "E41")]
    assert repairs(found) == {"changed_later": 1}


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
    assert [p[0] for p in periods(found)] == ["Cy"]
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
    assert periods(found) == [("Ada", "2023-05-01", "still looked after", None)]
    assert repairs(found) == {"end_not_readable_set": 1, "end_not_readable": 1}


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
    assert periods(found) == [("Ada", "2023-05-01", "2023-10-01", "E4A")]
    assert repairs(found) == {"open_though_another_began": 1}


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
    assert periods(found) == [
        ("Ada", "2022-05-01", "2023-04-01", None),
        ("Bo", "2022-05-01", "still looked after", None),
    ]
    assert repairs(found) == {"open_and_not_mentioned_again": 1, "reported_again": 1}


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
    assert [p[1:3] for p in periods(found)] == [
        ("2022-05-01", "2023-04-01"),
        ("2023-11-01", "still looked after"),
    ]
    assert repairs(found) == {"open_and_not_mentioned_again": 1}


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
    assert [p[1:3] for p in periods(found)] == [
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
    assert repairs(found) == {"overlap_cut": 1}


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
    assert [p[:3] for p in periods(found)] == [
        ("Ada", "2023-05-01", "still looked after"),
        ("Bo", "2023-05-01", "2023-06-30"),
        ("Bo", "2023-07-01", "still looked after"),
    ]
    assert repairs(found) == {"next_day_joined": 1}


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
    assert periods(found) == [
        ("Ada", "2023-05-01", "still looked after", None),
        ("Bo", "2023-05-01", "2023-07-01", None),
    ]
    assert repairs(found) == {"left_care_yet_goes_on": 1, "goes_on_yet_nothing_follows": 1}


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
    assert repairs(found)["birth_date_changed"] == 1


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
