"""Code lists: which code holds when, what it means, and that the meanings are our own."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import polars as pl
import pytest

from whatworks import reference

COLLECTIONS = ("ssda903", "cin", "csww")
YEARS = range(2017, 2028)
LISTS = [
    (collection, name)
    for collection in COLLECTIONS
    for name in reference.code_lists(collection)["list"]
]


@pytest.mark.parametrize(("collection", "name"), LISTS)
def test_a_code_list_holds_each_code_once_at_a_time(collection: str, name: str) -> None:
    whole = reference.codes(collection, name)
    assert whole.height > 0
    for year in YEARS:
        in_force = reference.codes(collection, name, year)
        assert in_force["code"].n_unique() == in_force.height
    ends = whole["valid_to"].fill_null(9999)
    assert (whole["valid_from"] <= ends).all()
    assert whole["meaning"].null_count() == 0
    assert whole["code"].str.strip_chars().eq(whole["code"]).all()
    assert set(whole["confidence"]) <= {reference.SEEN, reference.UNCONFIRMED}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_code_belongs_to_a_listed_list_and_every_listed_list_has_codes(
    collection: str,
) -> None:
    listed = set(reference.code_lists(collection)["list"])
    held = {name for kind, name in LISTS if kind == collection}
    assert listed == held
    assert reference.code_lists(collection)["title"].null_count() == 0


def test_a_doubtful_code_says_what_is_in_doubt() -> None:
    for collection, name in LISTS:
        doubtful = reference.codes(collection, name).filter(
            pl.col("confidence") == reference.UNCONFIRMED
        )
        assert doubtful["note"].null_count() == 0


@pytest.mark.parametrize(
    ("collection", "name", "year", "there", "gone"),
    [
        ("ssda903", "SEX", 2024, {"1", "2"}, {"M", "F", "U"}),
        ("ssda903", "SEX", 2025, {"M", "F", "U"}, {"1", "2"}),
        ("ssda903", "REC", 2018, {"E43", "E44"}, {"E45", "E48"}),
        ("ssda903", "REC", 2019, {"E45", "E46", "E47", "E48"}, {"E43", "E44"}),
        ("ssda903", "ACTIV", 2021, {"F3", "P3"}, {"F4", "P5"}),
        ("ssda903", "ACTIV", 2022, {"F4", "F5", "P4", "P5"}, {"F3", "P3"}),
        ("ssda903", "REASON_PLACE_CHANGE", 2018, {"CARPL"}, {"CUSTOD"}),
        ("ssda903", "PLACE", 2024, {"H5", "P2", "Z1"}, {"K3", "Z11"}),
        ("ssda903", "PLACE", 2026, {"K3", "Z11", "Z14"}, {"H5", "P2", "Z1"}),
        ("ssda903", "PLACE", 2027, {"K3", "Z12"}, {"Z1"}),
        ("cin", "AssessmentFactors", 2020, {"18A"}, {"18B", "24A"}),
        ("cin", "AssessmentFactors", 2022, {"18A", "18B", "24A"}, set()),
        ("cin", "ReasonForClosure", 2022, {"RC8"}, {"RC9"}),
        ("cin", "GenderCurrent", 2024, {"0", "1", "2", "9"}, set()),
        ("cin", "Sex", 2025, {"M", "F", "U"}, set()),
    ],
)
def test_codes_in_force_in_a_year(
    collection: str, name: str, year: int, there: set[str], gone: set[str]
) -> None:
    held = reference.code_values(collection, name, year)
    assert there <= held
    assert not gone & held


def test_lists_end_altogether_where_a_field_was_replaced() -> None:
    assert reference.code_values("cin", "GenderCurrent", 2025) == frozenset()
    assert reference.code_values("cin", "Sex", 2024) == frozenset()


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("PrimaryNeedCode", "primaryneedcodetype"),
        ("CategoryOfAbuse", "InitialCategoryOfAbuse"),
        ("CategoryOfAbuse", "LatestCategoryOfAbuse"),
        ("YesNo", "ICPCnotRequired"),
        ("AssessmentFactors", "assessmentfactor"),
    ],
)
def test_a_list_answers_to_its_other_names(name: str, alias: str) -> None:
    assert reference.code_values("cin", alias) == reference.code_values("cin", name)


def test_what_is_not_held_is_refused() -> None:
    with pytest.raises(reference.NotHeld, match="No code list called 'NONSENSE'"):
        reference.codes("ssda903", "NONSENSE")
    with pytest.raises(reference.NotHeld, match="not of 'school'"):
        reference.codes("school", "REC")
    with pytest.raises(reference.NotHeld, match="from collection year 2017"):
        reference.codes("ssda903", "REC", 2016)
    with pytest.raises(reference.NotHeld):
        reference.codes("ssda903", "")


def test_meaning_of_a_code() -> None:
    assert "section 20" in str(reference.meaning("ssda903", "LS", "V2"))
    assert reference.meaning("ssda903", "LS", "ZZ") is None


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.casefold()).strip()


@pytest.mark.parametrize(
    ("collection", "path", "column"),
    [
        ("ssda903", "ssda903/ssda903_codes.csv", "field"),
        ("cin", "cin/cin_codes.csv", "xsd_type"),
        ("csww", "csww/csww_codes_2022.csv", "field_or_type"),
    ],
)
def test_codes_are_those_gathered_and_no_meaning_is_worded_as_its_source(
    shared_reference: Path, collection: str, path: str, column: str
) -> None:
    with (shared_reference / path).open(encoding="utf-8") as stream:
        gathered = [row for row in csv.DictReader(stream) if row["meaning"]]
    theirs = {_plain(row["meaning"]) for row in gathered}
    for row in gathered:
        ours = reference.meaning(collection, row[column], row["code"])
        assert ours is not None, (row[column], row["code"])
    for _, name in [each for each in LISTS if each[0] == collection]:
        for ours in reference.codes(collection, name)["meaning"]:
            assert _plain(ours) not in theirs, ours


@pytest.mark.parametrize(
    ("collection", "path", "column", "years"),
    [
        (
            "ssda903",
            "ssda903/ssda903_codes.csv",
            "field",
            "years_in_liia_schema_2017_2026",
        ),
        ("cin", "cin/cin_codes.csv", "xsd_type", "years_in_liia_xsd"),
    ],
)
def test_years_agree_with_the_schemas_unless_a_note_says_why(
    shared_reference: Path, collection: str, path: str, column: str, years: str
) -> None:
    with (shared_reference / path).open(encoding="utf-8") as stream:
        gathered = [row for row in csv.DictReader(stream) if row[years]]
    for row in gathered:
        first, _, last = row[years].partition("-")
        ours = (
            reference.codes(collection, row[column])
            .filter(pl.col("code") == row["code"])
            .to_dicts()[0]
        )
        end = None if (last or first) == "2026" else int(last)
        if (ours["valid_from"], ours["valid_to"]) != (int(first), end):
            assert ours["note"], ours
            assert ours["confidence"] == reference.UNCONFIRMED, ours


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_code_list_that_a_schema_names_is_held(collection: str) -> None:
    schema = pytest.importorskip(f"whatworks.returns.{collection}.schema")
    named = {
        column.codes
        for year in range(2017, 2027)
        for table in schema.tables(year).values()
        for column in table.columns
        if column.codes
    }
    assert named
    for name in named:
        assert reference.code_values(collection, name), name
