"""A cell is a value, blank or unreadable."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from whatworks.returns.model import ROW
from whatworks.returns.typing import Part, fill_in, type_tables


def typed_dates(*texts: str | None, collection: str = "ssda903"):
    table, column = (
        ("Episodes", "DECOM") if collection == "ssda903" else ("Section47", "S47ActualStartDate")
    )
    frame = pl.DataFrame({column: pl.Series(texts, dtype=pl.String)})
    typed, problems, notes = type_tables({table: frame}, collection=collection, year=2024)
    return typed[table][column], typed[table][column + "__unreadable"], problems, notes


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29/02/2024", date(2024, 2, 29)),
        (" 01/04/2023 ", date(2023, 4, 1)),
        ("1/4/2023", date(2023, 4, 1)),
        ("2023-04-01", date(2023, 4, 1)),
        ("2023-04-01 00:00:00", date(2023, 4, 1)),
        ("2023-04-01T00:00:00", date(2023, 4, 1)),
        ("2023-04-01Z", date(2023, 4, 1)),
        ("01/04/2023 00:00", date(2023, 4, 1)),
        ("01-04-2023", date(2023, 4, 1)),
        ("1.4.2023", date(2023, 4, 1)),
        ("01/01/1800", date(1800, 1, 1)),
        ("31/12/2100", date(2100, 12, 31)),
    ],
)
@pytest.mark.parametrize("collection", ["ssda903", "cin"])
def test_a_date_is_read_in_every_form_that_systems_write(text, day, collection):
    days, unreadable, problems, _ = typed_dates(text, collection=collection)
    assert days.to_list() == [day]
    assert unreadable.to_list() == [False]
    assert problems.height == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2020", "'31/02/2020' is not a date. Write it as dd/mm/yyyy."),
        ("29/02/2023", "'29/02/2023' is not a date. Write it as dd/mm/yyyy."),
        ("13/13/2023", "'13/13/2023' is not a date. Write it as dd/mm/yyyy."),
        ("soon", "'soon' is not a date. Write it as dd/mm/yyyy."),
        ("+1/01/2020", "'+1/01/2020' is not a date. Write it as dd/mm/yyyy."),
        ("٠١/٠١/٢٠٢٠", "'٠١/٠١/٢٠٢٠' is not a date. Write it as dd/mm/yyyy."),
        ("=TODAY()", "'=TODAY()' is not a date. Write it as dd/mm/yyyy."),
        (
            "1/4/23",
            "'1/4/23' has a year of two digits, so its century is not known. "
            "Write it as dd/mm/yyyy.",
        ),
        (
            "45017",
            "'45017' is not a date but a spreadsheet's number for a day. Write it as dd/mm/yyyy.",
        ),
        ("01/01/0001", "'01/01/0001' cannot be right: a date's year must be from 1800 to 2100."),
        ("9999-12-31", "'9999-12-31' cannot be right: a date's year must be from 1800 to 2100."),
        ("31/12/1799", "'31/12/1799' cannot be right: a date's year must be from 1800 to 2100."),
        ("x" * 50, f"'{'x' * 40}…' is not a date. Write it as dd/mm/yyyy."),
    ],
)
def test_what_is_no_date_is_unreadable_and_says_why(text, why):
    days, unreadable, problems, _ = typed_dates(text)
    assert days.to_list() == [None]
    assert unreadable.to_list() == [True]
    assert problems.rows() == [(None, "Episodes", 1, "DECOM", text, why)]


def test_a_census_asks_for_dates_in_its_own_form():
    _, _, problems, _ = typed_dates("2020-02-31", collection="cin")
    assert problems["problem"].to_list() == ["'2020-02-31' is not a date. Write it as yyyy-mm-dd."]


def test_blank_is_neither_value_nor_unreadable():
    days, unreadable, problems, _ = typed_dates(None, "", "   ")
    assert days.to_list() == [None] * 3
    assert unreadable.to_list() == [False] * 3
    assert problems.height == 0


def test_one_bad_date_leaves_the_others_as_they_are():
    days, unreadable, problems, notes = typed_dates("01/04/2023", "x", None, "2023-04-02", "x")
    assert days.to_list() == [date(2023, 4, 1), None, None, date(2023, 4, 2), None]
    assert unreadable.to_list() == [False, True, False, False, True]
    assert problems["row"].to_list() == [2, 5]
    assert [(n.code, n.count) for n in notes if n.code.startswith("dates")] == [
        ("dates_in_iso_form", 1)
    ]


@pytest.mark.parametrize("collection", ["ssda903", "cin"])
def test_dates_with_dashes_or_dots_are_counted(collection):
    days, _, _, notes = typed_dates("01-04-2023", "2.4.2023", "03/04/2023", collection=collection)
    assert [day.day for day in days] == [1, 2, 3]
    assert [n.count for n in notes if n.code == "dates_with_other_marks"] == [2]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("007", 7),
        ("-3", -3),
        ("12.0", 12),
        ("12.", 12),
        ("123456789012345678", 123456789012345678),
    ],
)
def test_whole_numbers(text, number):
    typed, problems, _ = type_tables(
        {"OC2": pl.DataFrame({"SDQ_SCORE": [text]})}, collection="ssda903", year=2024
    )
    assert typed["OC2"]["SDQ_SCORE"].to_list() == [number]
    assert problems.height == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("twelve", "'twelve' is not a whole number. Write it in digits."),
        ("1.5", "'1.5' is not a whole number. Write it in digits."),
        ("1e3", "'1e3' is not a whole number. Write it in digits."),
        ("9" * 30, f"'{'9' * 30}' is too large a number to be right."),
    ],
)
def test_what_is_no_whole_number_is_unreadable(text, why):
    frame = pl.DataFrame({"SDQ_SCORE": [text, "4"]})
    typed, problems, _ = type_tables(
        {"OC2": frame}, collection="ssda903", year=2024, files={"OC2": "a.csv"}
    )
    assert typed["OC2"]["SDQ_SCORE"].to_list() == [None, 4]
    assert typed["OC2"]["SDQ_SCORE__unreadable"].to_list() == [True, False]
    assert problems.rows() == [("a.csv", "OC2", 1, "SDQ_SCORE", text, why)]


def test_codes_become_capitals_and_keep_their_zeros_and_unknown_ones_stay():
    frame = pl.DataFrame({"CHILD": ["001", "a1"], "LS": ["c2", "zz9"], "REC": [" x1 ", ""]})
    typed, problems, notes = type_tables({"Episodes": frame}, collection="ssda903", year=2024)
    assert typed["Episodes"].select("CHILD", "LS", "REC").rows() == [
        ("001", "C2", "X1"),
        ("a1", "ZZ9", None),
    ]
    assert problems.height == 0
    assert {(n.column, n.count) for n in notes if n.code == "codes_in_small_letters"} == {
        ("LS", 2),
        ("REC", 1),
    }


def test_codes_in_small_letters_stand_beside_the_capitals_as_they_were_written():
    frame = pl.DataFrame({"LS": ["c2", "V2", None], "REC": ["X1", "E11", ""]})
    typed, _, _ = type_tables({"Episodes": frame}, collection="ssda903", year=2024)
    assert typed["Episodes"].columns == [ROW, "LS", "LS__as_written", "REC"]
    assert typed["Episodes"]["LS__as_written"].to_list() == ["c2", "V2", None]


def test_true_and_false_of_the_census_stay_as_written():
    frame = pl.DataFrame({"ReferralNFA": ["false", "0", "True"]})
    typed, _, _ = type_tables({"CINdetails": frame}, collection="cin", year=2024)
    assert typed["CINdetails"]["ReferralNFA"].to_list() == ["false", "0", "True"]


def test_a_typed_table_has_rows_from_one_and_companions_and_only_what_was_sent():
    frame = pl.DataFrame({"CHILD": ["1", "2"], "OTHER": ["x", "y"], "DEC": [None, "01/01/2024"]})
    typed, _, notes = type_tables(
        {"Episodes": frame, "Nonsense": frame}, collection="ssda903", year=2024
    )
    assert list(typed) == ["Episodes"]
    assert typed["Episodes"].schema == {
        ROW: pl.Int64,
        "CHILD": pl.String,
        "DEC": pl.Date,
        "DEC__unreadable": pl.Boolean,
    }
    assert typed["Episodes"][ROW].to_list() == [1, 2]
    codes = {(note.code, note.column) for note in notes}
    assert ("extra_column", "OTHER") in codes
    assert ("missing_column", "DECOM") in codes
    assert ("missing_column", "PL_LA") not in codes, "a derived column is not asked for"
    assert [note.table for note in notes if note.code == "unknown_table"] == ["Nonsense"]


def test_filling_in_gives_the_whole_form_of_the_year():
    typed, _, _ = type_tables(
        {"Episodes": pl.DataFrame({"CHILD": ["1"]})}, collection="ssda903", year=2024
    )
    filled = fill_in(typed, collection="ssda903", year=2024)
    assert "DoLo" not in filled
    assert filled["SWEpisodes"].height == 0
    assert filled["Episodes"]["DECOM"].to_list() == [None]
    assert filled["Episodes"]["DECOM__unreadable"].to_list() == [False]
    assert "PL_LA" not in filled["Episodes"].columns, "a derived column is worked out, not blank"
    assert list(typed) == ["Episodes"], "what was given is not changed"


def test_a_column_of_another_year_is_read_and_noted():
    frame = pl.DataFrame({"LAchildID": ["1"], "Sex": ["m"]})
    typed, _, notes = type_tables({"ChildIdentifiers": frame}, collection="cin", year=2023)
    assert typed["ChildIdentifiers"]["Sex"].to_list() == ["M"]
    assert ("column_of_another_year", "Sex") in {(n.code, n.column) for n in notes}


def test_a_problem_names_the_file_its_row_came_from():
    frame = pl.DataFrame({"DECOM": ["x", "01/04/2023", "x", "x"]})
    parts = (Part("a.csv", 1, 2), Part("b.csv", 3, 2))
    _, problems, _ = type_tables(
        {"Episodes": frame}, collection="ssda903", year=2024, files={"Episodes": parts}
    )
    assert problems.select("file", "row").rows() == [("a.csv", 1), ("b.csv", 3), ("b.csv", 4)]


def test_an_unknown_collection_is_an_error():
    with pytest.raises(ValueError, match="no collection called abc"):
        type_tables({}, collection="abc", year=2024)
