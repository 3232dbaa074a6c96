"""Ways out of care, permanence, and the histories of law and provider, in worked examples."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from whatworks import reference
from whatworks.journeys import codes
from whatworks.journeys.deriving import CareJourneys
from whatworks.journeys.examples import journeys
from whatworks.journeys.permanence import KINDS
from whatworks.measures.counting import count


def _days(frame: Any, *columns: str) -> list[tuple[Any, ...]]:
    rows = frame.with_columns(pl.col(pl.Date).cast(pl.String))
    found: list[tuple[Any, ...]] = rows.select(*columns).rows()
    return found


def _left(reason: str) -> CareJourneys:
    return journeys(
        {
            2024: f"""
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  {reason}
            """
        }
    )


# --- ways out of care ------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "one"), codes.ROUTES_OUT.items())
def test_every_reason_has_its_way_out(name: str, one: codes.CodeSet) -> None:
    for code in one.codes:
        exits = _left(code).exits
        assert exits["EXIT"].to_list() == [name]


@pytest.mark.parametrize("reason", ["X1", ".", "ZZ"])
def test_without_a_reason_for_leaving_the_way_out_is_not_recorded(reason: str) -> None:
    assert _left(reason).exits["EXIT"].to_list() == [codes.NOT_RECORDED]


def test_every_reason_on_the_list_is_one_way_out_and_no_other() -> None:
    listed = reference.code_values("ssda903", "REC") - set(codes.GOES_ON.codes)
    ways = [code for one in codes.ROUTES_OUT.values() for code in one.codes]
    assert sorted(ways) == sorted(listed)


def test_who_became_guardian_is_told_from_2019() -> None:
    known = {codes.GUARDIANS[name].codes[0]: name for name in codes.GUARDIANS}
    for code, name in known.items():
        assert _left(code).exits["GUARDIANS"].to_list() == [name]
    assert (codes.GUARDIANS["relatives"].valid_from, codes.GUARDIANS["relatives"].valid_to) == (
        2019,
        None,
    )
    assert codes.GUARDIANS["others_before_2019"].valid_to == 2018


def test_a_way_out_knows_what_followed() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E46
            Ada    2023-10-01  S    V2  U6     .           .
            """
        }
    )
    assert _days(found.exits, "EXIT", "NEXT_START", "DAYS") == [
        ("special_guardianship", "2023-10-01", 61)
    ]


# --- permanence ------------------------------------------------------------------------------


def test_permanence_is_reached_on_the_day_of_the_order_or_of_the_match() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    C2  U6     2023-06-01  X1
            Ada    2023-06-01  T    C2  U4     2023-09-01  E46
            Bo     2023-05-01  S    E1  A6     2023-05-31  E12
            Cy     2023-05-01  S    C2  U3     2023-05-11  E41
            Di     2023-05-01  S    C2  U3     2023-05-11  E13
            """
        }
    )
    rows = found.permanence.sort("CHILD", "ON")
    assert _days(rows, "CHILD", "KIND", "ON", "DAYS", "FIRST") == [
        ("Ada", "long_term_match", "2023-06-01", 31, True),
        ("Ada", "special_guardianship", "2023-09-01", 123, False),
        ("Bo", "adopted", "2023-05-31", 30, True),
        ("Cy", "child_arrangements", "2023-05-11", 10, True),
    ]
    assert set(rows["KIND"]) < set(KINDS)


def test_a_return_home_lasts_where_twelve_months_have_been_seen_without_care() -> None:
    found = journeys(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2022-01-01  S    V2  U6     2022-06-10  E4A
            Bo     2022-01-01  S    V2  U6     2022-06-10  E4B
            Cy     2022-01-01  S    V2  U6     2022-06-10  E4A
            Ed     2022-01-01  S    V2  U6     2022-06-10  E4A
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-06-10  S    V2  U6     .           .
            Bo     2023-06-11  S    V2  U6     .           .
            Di     2023-06-01  S    V2  U6     2023-06-10  E4A
            """,
        },
        children="""
        child  born        sex  ethnic
        Ed     2005-06-10  1    WBRI
        """,
    )
    # Ada came back on the last day; Di's twelve months are not over; Ed was 17.
    assert _days(found.permanence.sort("CHILD"), "CHILD", "ON") == [
        ("Bo", "2022-06-10"),
        ("Cy", "2022-06-10"),
    ]


def test_with_the_year_after_missing_no_return_home_is_known_to_have_lasted() -> None:
    found = journeys(
        {
            2022: """
            child  from        rne  ls  place  to          rec
            Ada    2021-05-01  S    V2  U6     2021-06-10  E4A
            """,
            2024: "child from rne ls place to rec",
        }
    )
    assert found.permanence.is_empty()


# --- histories -------------------------------------------------------------------------------

_HISTORY = {
    2024: """
    child  from        rne  ls  place  to          rec  urn
    Ada    2023-05-01  S    L1  U6     2023-05-03  X1   9001
    Ada    2023-05-03  L    C1  U6     2023-06-01  X1   9001
    Ada    2023-06-01  P    C1  T1     2023-06-05  X1   .
    Ada    2023-06-05  P    C1  U6     2023-08-01  X1   9001
    Ada    2023-08-01  B    C2  K2     2023-09-01  E4A  9002
    Ada    2023-12-01  S    C2  K2     .           .    9002
    """
}


def test_a_legal_status_lasts_through_moves_and_ends_with_care() -> None:
    rows = journeys(_HISTORY).legal_statuses.sort("START")
    assert _days(rows, "PERIOD", "LS", "START", "END", "DAYS", "PREV_LS") == [
        (1, "L1", "2023-05-01", "2023-05-03", 2, None),
        (1, "C1", "2023-05-03", "2023-08-01", 90, "L1"),
        (1, "C2", "2023-08-01", "2023-09-01", 31, "C1"),
        (2, "C2", "2023-12-01", None, None, None),
    ]


def test_a_provider_goes_on_over_temporary_stays() -> None:
    rows = journeys(_HISTORY).providers.sort("START")
    assert _days(rows, "PERIOD", "URN", "START", "END") == [
        (1, "9001", "2023-05-01", "2023-08-01"),
        (1, "9002", "2023-08-01", "2023-09-01"),
        (2, "9002", "2023-12-01", None),
    ]


def test_a_home_goes_on_while_the_carer_stays_the_same() -> None:
    found = journeys(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    C2  U6     2023-06-01  X1
            Ada    2023-06-01  T    C2  U4     2023-08-01  X1
            Ada    2023-08-01  P    C2  U6     .           .
            """
        }
    )
    rows = found.placements.sort("START")
    assert _days(rows, "PLACEMENT", "HOME", "HOME_SINCE", "BEFORE_SINCE", "UNTIL") == [
        (1, 1, "2023-05-01", None, "2023-06-01"),
        (2, 1, "2023-05-01", None, "2023-08-01"),
        (3, 2, "2023-08-01", "2023-05-01", None),
    ]


# --- what a return does not tell ---------------------------------------------------------------


def test_a_return_without_distances_says_so_instead_of_giving_a_figure() -> None:
    figure = count(_left("E4A"), "far_from_home", year=2024).row(0, named=True)
    assert figure["value"] is None
    assert "PL_DISTANCE" in figure["reason"]
