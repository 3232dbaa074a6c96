"""What each measure counts, in worked examples."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from whatworks.journeys.deriving import CareJourneys
from whatworks.journeys.examples import journeys
from whatworks.measures.counting import count
from whatworks.measures.definition import everything


def _figure(found: CareJourneys, name: str, year: int) -> tuple[int, int | None]:
    row = count(found, name, year=year).row(0, named=True)
    return row["numerator"], row["denominator"]


def _row(found: CareJourneys, name: str, year: int) -> dict[str, Any]:
    return count(found, name, year=year).row(0, named=True)


# --- looked after on 31 March ----------------------------------------------------------------


def test_looked_after_means_begun_by_31_march_and_ending_later() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     .           .
            Bo     2024-03-31  S    V2  U6     .           .
            Cy     2023-05-01  S    V2  U6     2024-03-31  E4A
            Di     2023-05-01  S    V2  U6     2024-04-01  E4A
            Ed     2023-05-01  S    V4  U6     .           .
            """
        }
    )
    assert _figure(found, "looked_after_at_31_march", 2024) == (3, None)  # Ada, Bo and Di


def test_the_rate_is_for_every_10_000_children_of_mid_year_before() -> None:
    found = journeys(
        {
            2025: """
            child  from        rne  ls  place  to          rec
            Ada    2024-05-01  S    V2  U6     .           .
            Bo     2024-05-01  S    V2  U6     .           .
            """
        }
    )
    row = _row(found, "looked_after_rate", 2025)
    assert row["numerator"] == 2
    assert row["denominator"] > 60_000  # children of Barking and Dagenham, mid-2024
    assert row["value"] == pytest.approx(2 * 10_000 / row["denominator"])
    assert row["low"] < row["value"] < row["high"]


def test_a_rate_without_a_known_population_is_absent_with_its_reason() -> None:
    found = journeys(
        {
            2040: """
            child  from        rne  ls  place  to          rec
            Ada    2039-05-01  S    V2  U6     .           .
            """
        }
    )
    row = _row(found, "looked_after_rate", 2040)
    assert (row["numerator"], row["denominator"], row["value"]) == (1, None, None)
    assert "is not held" in row["reason"]


# --- started and ceased ----------------------------------------------------------------------


def test_a_child_who_started_or_ceased_twice_in_a_year_counts_once() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
            Ada    2023-09-01  S    V2  U6     2023-12-01  E41
            Bo     2022-01-01  S    V2  U6     2024-03-31  E8
            Cy     2022-01-01  S    V2  U6     2024-04-01  E8
            """
        }
    )
    assert _figure(found, "started_to_be_looked_after", 2024) == (1, None)
    assert _figure(found, "ceased_to_be_looked_after", 2024) == (2, None)  # Ada and Bo


def test_the_last_time_in_the_year_decides_how_a_child_ceased() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
            Ada    2023-09-01  S    V2  U6     2023-12-01  E41
            Bo     2023-05-01  S    V2  U6     2023-07-01  E41
            Bo     2023-09-01  S    V2  U6     2023-12-01  E4B
            """
        }
    )
    assert _figure(found, "returned_home", 2024) == (1, 2)  # Bo alone


def test_a_child_who_leaves_and_comes_back_has_ceased_all_the_same() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     2023-07-01  E4A
            Ada    2023-09-01  S    V2  U6     .           .
            """
        }
    )
    assert _figure(found, "ceased_to_be_looked_after", 2024) == (1, None)
    assert _figure(found, "looked_after_at_31_march", 2024) == (1, None)


def test_a_first_episode_that_is_no_start_is_left_out_of_starts_and_counted() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  P    V2  U6     .           .
            Bo     2023-05-01  P    V2  U6     2023-06-01  E4A
            Bo     2023-08-01  S    V2  U6     .           .
            """
        }
    )
    row = _row(found, "started_to_be_looked_after", 2024)
    assert (row["numerator"], row["left_out"]) == (1, 1)  # Bo by the second, Ada not


# --- three or more placements ----------------------------------------------------------------


def test_placements_open_at_any_time_in_the_year_are_counted() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2022-01-01  S    V2  U6     2023-06-01  X1
            Ada    2023-06-01  P    V2  U4     2023-12-01  X1
            Ada    2023-12-01  P    V2  K2     .           .
            Bo     2022-01-01  S    V2  U6     2023-04-01  X1
            Bo     2023-04-01  P    V2  U4     2023-12-01  X1
            Bo     2023-12-01  P    V2  K2     .           .
            Cy     2023-05-01  S    V2  U6     2023-06-01  X1
            Cy     2023-06-01  P    V2  U4     2023-07-01  X1
            Cy     2023-07-01  P    V2  U4     2023-08-01  E4A
            """
        }
    )
    # Bo's first placement had ended by the first day of the year; Cy is no longer looked after.
    assert _figure(found, "three_or_more_placements", 2024) == (1, 2)


def test_temporary_stays_and_stays_of_less_than_a_day_are_not_placements() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec  post
            Ada    2023-05-01  S    V2  U6     2023-06-01  X1   A1
            Ada    2023-06-01  P    V2  T1     2023-06-08  X1   H0
            Ada    2023-06-08  P    V2  U6     2023-09-01  X1   A1
            Ada    2023-09-01  P    V2  K2     .           .    B2
            Bo     2023-05-01  S    V2  U6     2023-06-01  X1   A1
            Bo     2023-06-01  P    V2  U4     2023-06-01  X1   C3
            Bo     2023-06-01  P    V2  K2     .           .    B2
            """
        }
    )
    assert _figure(found, "three_or_more_placements", 2024) == (0, 2)


def test_placements_before_and_after_a_time_at_home_in_the_year_add_up() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-06-01  X1
            Ada    2023-06-01  P    V2  U4     2023-07-01  E4A
            Ada    2023-10-01  S    V2  U4     .           .
            """
        }
    )
    assert _figure(found, "three_or_more_placements", 2024) == (1, 1)


# --- back in care within 12 months of going home ----------------------------------------------

_HOME_AND_BACK = {
    2023: """
    child  from        rne  ls  place  to          rec
    Ada    2021-01-01  S    V2  U6     2022-04-01  E4A
    Bo     2021-01-01  S    V2  U6     2022-06-10  E4B
    Cy     2021-01-01  S    V2  U6     2023-03-31  E4A
    Di     2021-01-01  S    V2  U6     2022-06-10  E13
    """,
    2024: """
    child  from        rne  ls  place  to          rec
    Ada    2023-04-01  S    V2  U6     .           .
    Bo     2023-06-11  S    V2  U6     .           .
    """,
}


def test_twelve_months_end_on_the_same_day_a_year_on() -> None:
    found = journeys(_HOME_AND_BACK)
    # Ada came back on the last day that counts, Bo a day too late, Cy not; Di had not gone home.
    assert _figure(found, "reentered_within_12_months", 2024) == (1, 3)


def test_without_both_years_there_is_no_figure_and_the_reason_is_given() -> None:
    found = journeys(_HOME_AND_BACK)
    row = _row(found, "reentered_within_12_months", 2023)
    assert (row["numerator"], row["value"]) == (None, None)
    assert "2022" in row["reason"]


def test_young_people_who_turn_18_too_soon_are_left_out_and_counted() -> None:
    found = journeys(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2021-01-01  S    V2  U6     2022-06-01  E4A
            Bo     2021-01-01  S    V2  U6     2022-06-01  E4A
            Cy     2021-01-01  S    V2  U6     2022-06-01  E4A
            """,
            2024: "child from rne ls place to rec",
        },
        children="""
        child  born        sex  ethnic
        Ada    2005-06-01  1    WBRI
        Bo     2005-06-02  1    WBRI
        Cy     .           1    WBRI
        """,
    )
    row = _row(found, "reentered_within_12_months", 2024)
    # Ada was 17 on the day; Bo was 16; Cy's age is not known and is kept.
    assert (row["numerator"], row["denominator"], row["left_out"]) == (0, 2, 1)


def test_someone_who_goes_home_twice_counts_twice() -> None:
    found = journeys(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2021-01-01  S    V2  U6     2022-06-01  E4A
            Ada    2022-08-01  S    V2  U6     2022-12-01  E4B
            """,
            2024: "child from rne ls place to rec",
        }
    )
    assert _figure(found, "reentered_within_12_months", 2024) == (1, 2)


# --- breakdowns and absences -----------------------------------------------------------------


def test_breakdowns_give_every_group_noughts_included() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     .           .
            Bo     2023-05-01  S    C2  K2     .           .
            Cy     2023-05-01  S    Q9  .      .           .
            """
        },
        children="""
        child  born        sex  ethnic
        Ada    2023-04-01  F    CHNE
        Bo     2008-03-31  1    REFU
        """,
    )
    ages = count(found, "looked_after_at_31_march", by="age_group", year=2024)
    assert dict(ages.select("age_group", "numerator").iter_rows()) == {
        "Under 1 year": 1,  # one day short of a year
        "1 to 4 years": 0,
        "5 to 9 years": 0,
        "10 to 15 years": 0,
        "16 years and over": 1,  # sixteen that very day
        "Not known": 1,
    }
    groups = {
        by: set(
            count(found, "looked_after_at_31_march", by=by, year=2024)
            .filter(pl.col("numerator") > 0)[by]
            .to_list()
        )
        for by in ("sex", "ethnicity", "legal_status", "placement")
    }
    assert groups == {
        "sex": {"Female", "Male", "Not known"},
        "ethnicity": {"Asian or Asian British", "Not known"},
        "legal_status": {"Voluntary agreement (section 20)", "Full care order", "Not known"},
        "placement": {"Foster care", "Children's home or secure home", "Not known"},
    }


def test_unaccompanied_children_are_those_listed_and_not_yet_ceased() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     .           .
            Bo     2023-05-01  S    V2  U6     .           .
            Cy     2023-05-01  S    V2  U6     .           .
            """
        },
        uasc="""
        child  until
        Ada    .
        Bo     2024-01-01
        """,
    )
    by = count(found, "looked_after_at_31_march", by="uasc", year=2024)
    assert dict(by.select("uasc", "numerator").iter_rows()) == {
        "Unaccompanied asylum-seeking": 1,
        "Not so recorded": 2,
    }


def test_a_measure_that_is_not_broken_down_so_says_so() -> None:
    found = journeys({2024: "child from rne ls place to rec\nAda 2023-05-01 S V2 U6 . ."})
    row = count(found, "looked_after_rate", by="sex").row(0, named=True)
    assert (row["sex"], row["numerator"], row["denominator"], row["value"]) == (None,) * 4
    assert row["reason"] == "This measure is not broken down by sex."


def test_nobody_to_count_is_no_share_of_nought() -> None:
    found = journeys({2024: "child from rne ls place to rec\nAda 2023-05-01 S V2 U6 . ."})
    row = _row(found, "returned_home", 2024)
    assert (row["numerator"], row["denominator"], row["value"]) == (0, 0, None)
    assert "nobody to count" in row["reason"]
    assert _row(found, "ceased_to_be_looked_after", 2024)["value"] == 0.0


def test_a_year_that_is_not_loaded_has_a_reason() -> None:
    found = journeys({2024: "child from rne ls place to rec\nAda 2023-05-01 S V2 U6 . ."})
    figures = count(found, year=2020)
    of_care = [m for m in everything().values() if m.collection == "ssda903"]
    assert figures["value"].null_count() == figures.height == len(of_care)
    assert all("2020" in reason for reason in figures["reason"])
