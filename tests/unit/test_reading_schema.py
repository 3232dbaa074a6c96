"""The forms of the returns by year."""

from __future__ import annotations

import re
from datetime import date

import pytest

from whatworks import reference
from whatworks.returns.period import period_of, year_of
from whatworks.returns.schema import COLLECTIONS, KINDS, all_tables, tables


def every_column():
    return [
        (collection, table.name, column)
        for collection in COLLECTIONS
        for table in all_tables(collection).values()
        for column in table.columns
    ]


def test_every_column_says_what_it_is_and_where_that_was_seen():
    for collection, table, column in every_column():
        place = f"{collection} {table}.{column.name}"
        assert column.kind in KINDS, place
        assert column.meaning.endswith("."), place
        assert column.meaning[0].isupper(), place
        assert column.source, place
        assert column.confidence in {"high", "medium", "low"}, place
        assert column.valid_to is None or column.valid_from <= column.valid_to, place


def test_no_table_has_a_column_twice():
    for collection in COLLECTIONS:
        for table in all_tables(collection).values():
            assert len(set(table.names)) == len(table.names), table.name


def test_every_code_list_that_a_column_names_is_held():
    for collection, table, column in every_column():
        if column.codes is not None:
            assert reference.codes(collection, column.codes).height, f"{table}.{column.name}"


def test_codes_in_capitals_are_in_capitals():
    for collection, table, column in every_column():
        if column.codes is not None and column.upper:
            codes = reference.codes(collection, column.codes)["code"].to_list()
            assert codes == [code.upper() for code in codes], f"{table}.{column.name}"


@pytest.mark.parametrize(
    ("collection", "table", "first"),
    [
        ("ssda903", "SWEpisodes", 2024),
        ("ssda903", "DoLo", 2027),
        ("cin", "CINplanDates", 2022),
        ("cin", "PreProceedings", 2026),
    ],
)
def test_tables_come_in_with_their_year(collection, table, first):
    assert table not in tables(collection, first - 1)
    assert table in tables(collection, first)


def test_sex_takes_the_place_of_gender_in_2025():
    assert "GenderCurrent" in tables("cin", 2024)["ChildIdentifiers"]
    assert "Sex" not in tables("cin", 2024)["ChildIdentifiers"]
    assert "Sex" in tables("cin", 2025)["ChildIdentifiers"]
    assert "GenderCurrent" not in tables("cin", 2025)["ChildIdentifiers"]


def test_a_year_before_the_first_known_form_uses_that_form():
    assert tables("ssda903", 2012) == tables("ssda903", 2017)


def test_columns_are_found_by_name():
    episodes = tables("ssda903", 2024)["Episodes"]
    assert episodes.column("DECOM").kind == "date"
    assert episodes.column("DECOM").years == (2017, None)
    with pytest.raises(KeyError, match="Episodes has no column NOPE"):
        episodes.column("NOPE")


def test_a_collection_year_runs_from_april_to_march():
    assert period_of("ssda903", 2026) == (date(2025, 4, 1), date(2026, 3, 31))
    assert [year_of(date(2026, 3, 31)), year_of(date(2026, 4, 1))] == [2026, 2027]


@pytest.mark.parametrize(("collection", "year"), [("xyz", 2026), ("cin", 26), ("cin", 20265)])
def test_what_is_no_collection_year_is_an_error(collection, year):
    with pytest.raises(ValueError, match=r"collection"):
        period_of(collection, year)


def test_the_forms_hold_all_that_was_gathered(shared_reference):
    """Columns against the gathered facts, as names; the wording of meanings is our own."""
    import csv

    with (shared_reference / "ssda903" / "ssda903_columns.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            column = all_tables("ssda903")[row["table"]].column(row["csv_header"])
            assert column.valid_from == int(re.match(r"\d+", row["collection_years"])[0])
    with (shared_reference / "cin" / "cin_peer_tables.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            assert row["field"] in all_tables("cin")[row["table"]]
    with (shared_reference / "cin" / "cin_elements.csv").open(encoding="utf-8") as stream:
        known = {c.path: c for _, _, c in every_column() if c.path}
        for row in csv.DictReader(stream):
            column = known[row["xml_path"]]
            assert (column.kind == "date") == (
                row["xsd_type"] == "xs:date"
                or ("PreProceedings" in row["module"] and column.name.endswith("Date"))
            ), row["xml_path"]
