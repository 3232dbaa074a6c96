"""How a child of one return is found in the other: each outcome by a worked example.

Both returns of each year are written as tables. Ada of one return and Ada of the other have one
number; whether they are one child is what is asked.
"""

from __future__ import annotations

import pytest

from whatworks.journeys.linked import LinkedJourneys
from whatworks.journeys.linking import OUTCOMES
from whatworks.measures.examples.from_returns import countable

ADA = "A123456789012"
OTHER = "B123456789012"


def linked(care: str, need: str, *, header: str, identifiers: str) -> LinkedJourneys:
    """One year of both returns. ``care``: child, from. ``need``: number, day of referral."""
    episodes = "CHILD DECOM RNE LS PLACE DEC REC\n" + "\n".join(
        f"{line} S V2 U6 . ." for line in care.strip().splitlines()
    )
    cases = "LAchildID CINdetailsID CINreferralDate ReferralNFA\n" + "\n".join(
        f"{line.split()[0]} {i} {line.split()[1]} 0"
        for i, line in enumerate(need.strip().splitlines(), 1)
    )
    found = countable(
        "linked",
        {
            "ssda903": {2024: {"Header": header, "Episodes": episodes}},
            "cin": {2024: {"ChildIdentifiers": identifiers, "CINdetails": cases}},
        },
    )
    assert isinstance(found, LinkedJourneys)
    return found


def outcomes(found: LinkedJourneys) -> dict[str, int]:
    rows = found.linking()
    assert rows["outcome"].unique().sort().to_list() == sorted(OUTCOMES)
    return {name: n for name, n in rows.select("outcome", "n_children").iter_rows() if n}


def known_of(found: LinkedJourneys, child: str) -> list[str]:
    """Days of the referrals that are this child's, in care."""
    rows = found.referrals
    mine = rows.filter((rows["CHILD"] == child) & rows["IN_CARE"])
    return sorted(day.isoformat() for day in mine["REFERRED"])


CASES: list[tuple[str, str, str, str]] = [
    ("by_number", "2012-02-01", "2", ADA),
    ("by_number_one_differs", "2012-01-02", "2", ADA),
    ("by_number_one_differs", "2012-02-01", "1", "."),
    ("number_of_another_child", "2015-07-09", "1", OTHER),
    ("by_number_one_differs", ".", "1", "."),
    ("by_number", ".", "0", "."),
]


@pytest.mark.parametrize(("outcome", "born", "sex", "upn"), CASES)
def test_the_same_number_is_held_against_birth_and_sex(
    outcome: str, born: str, sex: str, upn: str
) -> None:
    found = linked(
        "Ada 2023-05-01",
        "Ada 2023-04-10",
        header=f"CHILD SEX DOB UPN\nAda 2 2012-02-01 {ADA}",
        identifiers=f"LAchildID PersonBirthDate GenderCurrent UPN\nAda {born} {sex} {upn}",
    )
    assert outcomes(found) == {outcome: 1}
    taken = known_of(found, "Ada")
    assert taken == ([] if outcome == "number_of_another_child" else ["2023-04-10"])


def test_a_child_whose_numbers_differ_is_found_by_pupil_number() -> None:
    found = linked(
        "Ada 2023-05-01",
        "Eda 2023-04-10",
        header=f"CHILD SEX DOB UPN\nAda 2 2012-02-01 {ADA}",
        identifiers=f"LAchildID PersonBirthDate GenderCurrent UPN\nEda 2012-02-01 2 {ADA}",
    )
    assert outcomes(found) == {"by_pupil_number": 1}
    assert known_of(found, "Ada") == ["2023-04-10"]


def test_a_former_pupil_number_finds_a_child_too() -> None:
    found = linked(
        "Ada 2023-05-01",
        "Eda 2023-04-10",
        header=f"CHILD SEX DOB UPN\nAda 2 2012-02-01 {ADA}",
        identifiers="LAchildID PersonBirthDate GenderCurrent UPN FormerUPN\n"
        f"Eda 2012-02-01 2 {OTHER} {ADA}",
    )
    assert outcomes(found) == {"by_pupil_number": 1}


def test_a_number_that_was_changed_brings_both_histories_to_one_child() -> None:
    found = linked(
        "Ada 2023-05-01",
        "Ada 2023-04-10\nEda 2023-04-20",
        header=f"CHILD SEX DOB UPN\nAda 2 2012-02-01 {ADA}",
        identifiers="LAchildID PersonBirthDate GenderCurrent UPN\n"
        f"Ada 2012-02-01 2 {ADA}\nEda 2012-02-01 2 {ADA}",
    )
    assert outcomes(found) == {"by_number_and_pupil_number": 1}
    assert known_of(found, "Ada") == ["2023-04-10", "2023-04-20"]


def test_nobody_is_found_where_neither_number_is_there() -> None:
    found = linked(
        "Ada 2023-05-01",
        "Eda 2023-04-10",
        header="CHILD SEX DOB UPN\nAda 2 2012-02-01 UN1",
        identifiers="LAchildID PersonBirthDate GenderCurrent UPN\nEda 2012-02-01 2 .",
    )
    assert outcomes(found) == {"not_found": 1}
    assert known_of(found, "Ada") == []
    assert found.referrals["IN_CARE"].to_list() == [False]


def test_a_pupil_number_of_two_children_in_care_finds_neither() -> None:
    found = linked(
        "Ada 2023-05-01\nBea 2023-05-01",
        "Eda 2023-04-10",
        header=f"CHILD SEX DOB UPN\nAda 2 2012-02-01 {ADA}\nBea 2 2012-02-01 {ADA}",
        identifiers=f"LAchildID PersonBirthDate GenderCurrent UPN\nEda 2012-02-01 2 {ADA}",
    )
    assert outcomes(found) == {"not_found": 2}


def test_a_pupil_number_alone_is_held_against_birth_and_sex_too() -> None:
    found = linked(
        "Ada 2023-05-01",
        "Eda 2023-04-10",
        header=f"CHILD SEX DOB UPN\nAda 2 2012-02-01 {ADA}",
        identifiers=f"LAchildID PersonBirthDate GenderCurrent UPN\nEda 2015-07-09 1 {ADA}",
    )
    assert outcomes(found) == {"not_found": 1}


def test_the_other_child_of_a_number_keeps_a_history_of_its_own() -> None:
    found = linked(
        "Ada 2023-05-01",
        "Ada 2023-04-10",
        header="CHILD SEX DOB UPN\nAda 2 2012-02-01 .",
        identifiers="LAchildID PersonBirthDate GenderCurrent UPN\nAda 2015-07-09 1 .",
    )
    assert outcomes(found) == {"number_of_another_child": 1}
    assert found.referrals["CHILD"].to_list() != ["Ada"]
    assert found.support.height == 1


def test_a_number_used_again_is_linked_to_the_child_it_means_in_the_census() -> None:
    """The return of 2022 means one child by 7, that of 2024 another; the census the latter."""
    found = countable(
        "linked",
        {
            "ssda903": {
                2022: {
                    "Header": "CHILD SEX DOB\n7 1 2004-05-01",
                    "Episodes": "CHILD DECOM RNE LS PLACE DEC REC\n"
                    "7 2021-05-01 S V2 U6 2021-09-01 E4A",
                },
                2024: {
                    "Header": "CHILD SEX DOB\n7 2 2015-05-01",
                    "Episodes": "CHILD DECOM RNE LS PLACE DEC REC\n7 2023-05-01 S V2 U6 . .",
                },
            },
            "cin": {
                2022: {"CINdetails": "LAchildID CINdetailsID CINreferralDate"},
                2024: {
                    "ChildIdentifiers": "LAchildID PersonBirthDate GenderCurrent\n7 2015-05-01 2",
                    "CINdetails": "LAchildID CINdetailsID CINreferralDate\n7 1 2023-04-10",
                },
            },
        },
    )
    assert isinstance(found, LinkedJourneys)
    by_year = {
        (name, year): n
        for name, year, n in found.linking().select("outcome", "year", "n_children").iter_rows()
        if n
    }
    assert by_year == {("number_of_another_child", 2022): 1, ("by_number", 2024): 1}


def test_every_outcome_is_counted_for_every_year_and_says_what_it_means() -> None:
    found = linked(
        "Ada 2023-05-01",
        "Ada 2023-04-10",
        header="CHILD SEX DOB\nAda 2 2012-02-01",
        identifiers="LAchildID PersonBirthDate GenderCurrent\nAda 2012-02-01 2",
    )
    rows = found.linking()
    assert rows.height == len(OUTCOMES)
    assert rows["text"].to_list() == list(OUTCOMES.values())
    assert rows["n_children"].sum() == 1


def test_a_year_counts_only_where_both_returns_are_loaded() -> None:
    found = countable(
        "linked",
        {
            "ssda903": {y: {"Episodes": "CHILD DECOM RNE LS PLACE DEC REC"} for y in (2022, 2024)},
            "cin": {y: {"CINdetails": "LAchildID CINreferralDate"} for y in (2023, 2024)},
        },
    )
    assert found.years == (2024,)
    assert found.submissions == {2024: ("s2024", "s2024")}
