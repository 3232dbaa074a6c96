"""Which homes a child in care has had, in worked examples.

Days are written year-month-day. A child is looked after up to the day *before* an episode's end.
"""

from __future__ import annotations

from typing import Any

import pytest

from whatworks.journeys.deriving import CareJourneys
from whatworks.journeys.examples import journeys


def homes(found: CareJourneys) -> list[tuple[Any, ...]]:
    rows = found.placements.sort("CHILD", "START")
    return [
        (place, str(start), str(end) if end else "goes on")
        for place, start, end in rows.select("PLACE", "START", "END").iter_rows()
    ]


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
    assert homes(found) == [
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
    assert len(homes(found)) == 2


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
    assert homes(found) == [("U6", "2023-05-01", "goes on")]


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
    assert homes(found) == [("H5", "2023-05-01", "goes on")]


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
    assert homes(found) == [
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
