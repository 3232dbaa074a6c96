"""Which councils there are and were, who succeeded whom, and who is like whom."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from whatworks import reference


def test_there_are_153_councils_today() -> None:
    assert reference.councils().height == 153
    assert reference.councils()["code"].n_unique() == 153
    assert reference.councils()["ons_code"].n_unique() == 153


@pytest.mark.parametrize(
    ("on", "n"),
    [
        (date(2019, 3, 31), 152),  # Dorset, Poole and Bournemouth still apart
        (date(2019, 4, 1), 151),
        (date(2021, 4, 1), 152),  # Northamptonshire became two
        (date(2023, 4, 1), 153),  # Cumbria became two
        (2019, 152),
        (2020, 151),
        (2024, 153),
    ],
)
def test_how_many_councils_existed_on_a_day(on: date | int, n: int) -> None:
    assert reference.councils(on).height == n


def test_a_council_exists_from_its_first_day_to_its_last() -> None:
    assert "839" not in reference.councils(date(2019, 3, 31))["code"]
    assert "839" in reference.councils(date(2019, 4, 1))["code"]
    assert "837" in reference.councils(date(2019, 3, 31))["code"]
    assert "837" not in reference.councils(date(2019, 4, 1))["code"]


def test_six_councils_are_new_since_2019() -> None:
    new = reference.councils().filter(pl.col("valid_from") >= date(2019, 4, 1))
    assert new["code"].to_list() == ["838", "839", "940", "941", "942", "943"]


def test_former_councils_are_kept_apart_and_lead_to_todays() -> None:
    everyone = reference.councils(former=True)
    former = everyone.filter(pl.col("valid_to").is_not_null())
    assert former["code"].to_list() == ["820", "835", "836", "837", "875", "909", "928"]
    today = set(reference.councils()["code"])
    for code in former["code"]:
        one = reference.council(code)
        assert one.former
        assert one.succeeded_by
        assert set(reference.successors(code)) <= today
        for after in one.succeeded_by:
            began = reference.council(after).valid_from
            assert began is not None
            assert one.valid_to is not None
            assert (began - one.valid_to).days == 1


def test_successors() -> None:
    assert reference.successors("928") == ("940", "941")
    assert reference.successors(836) == ("839",)
    assert reference.successors("835") == ("838", "839")
    assert reference.successors("302") == ("302",)


def test_kinds_and_regions_add_up() -> None:
    kinds = dict(reference.councils().group_by("kind").len().iter_rows())
    assert kinds == {
        "London borough": 33,
        "metropolitan district": 36,
        "unitary authority": 63,
        "county council": 21,
    }
    assert reference.councils()["region"].n_unique() == 10
    assert reference.councils()["region_ons"].n_unique() == 9
    ten = reference.regions()
    assert ten["name"].to_list() == sorted(set(reference.councils()["region"]), key=_place(ten))
    assert ten["n_councils"].sum() == 153
    everything = dict(reference.regions(everything=True).select("name", "n_councils").iter_rows())
    assert everything["London"] == 33
    assert everything["England"] == 153


def _place(regions: pl.DataFrame):
    order = regions["name"].to_list()
    return order.index


def test_todays_councils_are_those_of_the_extract(shared_reference) -> None:
    theirs = pl.read_csv(
        shared_reference / "england" / "local_authorities.csv", infer_schema=False
    ).sort("la_code")
    ours = reference.councils()
    assert ours["code"].to_list() == theirs["la_code"].to_list()
    assert ours["ons_code"].to_list() == theirs["ons_code"].to_list()
    assert ours["region"].to_list() == theirs["region_name"].to_list()


def test_council_by_code() -> None:
    one = reference.council(839)
    assert one.name == "Bournemouth, Christchurch and Poole"
    assert one.ons_code == "E06000058"
    assert one.valid_from == date(2019, 4, 1)
    assert not one.former


@pytest.mark.parametrize("code", ["000", "", "E06000058", "Leeds", "9999999999999999999999999"])
def test_an_unknown_code_is_refused_in_a_short_sentence(code: str) -> None:
    with pytest.raises(reference.NotHeld, match="No council of England has the code") as caught:
        reference.council(code)
    assert len(str(caught.value)) < 80


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("302", "302"),
        (" 302 ", "302"),
        ("E09000003", "302"),
        ("e09000003", "302"),
        ("London Borough of Barnet", "302"),
        ("BARNET COUNCIL", "302"),
        ("Bournemouth, Christchurch & Poole", "839"),
        ("City of London Corporation", None),
        ("City of London", "201"),
        ("Bristol City Council", "801"),
        ("Kingston upon Hull, City of", "810"),
        ("E10000023", "815"),  # North Yorkshire before April 2023
        ("E06000029", "836"),  # Poole, former
        ("Nottingham", "892"),
        ("Nottinghamshire County Council", "891"),
        ("Cardiff", None),
        ("", None),
    ],
)
def test_finding_a_council_by_what_people_write(text: str, code: str | None) -> None:
    found = reference.find_council(text)
    assert (found.code if found else None) == code


def test_every_council_is_found_by_its_own_name() -> None:
    for row in reference.councils(former=True).iter_rows(named=True):
        found = reference.find_council(row["name"])
        assert found is not None
        assert found.code == row["code"]


def test_each_council_has_ten_neighbours_and_is_never_its_own() -> None:
    today = set(reference.councils()["code"])
    for code in today:
        near = reference.neighbours(code)
        assert near["rank"].to_list() == list(range(1, 11))
        assert near["neighbour"].n_unique() == 10
        assert code not in near["neighbour"]
        assert set(near["neighbour"]) <= today
        assert near["name"].null_count() == 0
        assert set(near["closeness"]) <= {
            "extremely close",
            "very close",
            "close",
            "somewhat close",
            "not close",
        }


def test_neighbours_of_a_former_council_are_none_and_of_an_unknown_one_refused() -> None:
    assert reference.neighbours("928").is_empty()
    with pytest.raises(reference.NotHeld):
        reference.neighbours("000")


def test_changing_a_frame_changes_nothing_for_the_next_caller() -> None:
    mine = reference.councils(former=True)
    mine[0, "name"] = "Elsewhere"
    assert reference.councils(former=True)["name"][0] != "Elsewhere"
    mine = reference.published_measures()
    mine[0, "title"] = "Elsewhere"
    assert reference.published_measures()["title"][0] != "Elsewhere"
