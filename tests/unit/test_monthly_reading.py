"""Reading Annex A lists and the Standard Safeguarding Dataset: whatever people send."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest

from whatworks import returns
from whatworks.returns import limits
from whatworks.returns.model import NotAReturn, ReturnsError
from whatworks.returns.reading import parts_of
from whatworks.returns.schema import all_tables, spellings, tables
from whatworks.returns.typing import type_tables

CONTACTS = ["Child Unique ID", "Gender", "Date of Birth", "Date of Contact", "Contact Source"]
ROWS = [
    ["007", "M", date(2015, 2, 1), date(2025, 3, 4), "q) 6: Police"],
    ["008", "female", None, "3 Apr 2025", "6"],
]


def book(path, sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def read(path, **more):
    return returns.read(path, **{"collection": "annex_a", "month": "2025-04", **more})


def typed(found):
    made, problems, _ = type_tables(
        found.tables, collection=found.collection, year=found.year, files=parts_of(found)
    )
    return made, pl.concat([found.problems, problems])


def test_a_list_is_found_below_titles_whatever_its_sheet_is_called(tmp_path):
    rows = [["Contacts received"], [], [None, *reversed(CONTACTS)]]
    rows += [[None, *reversed(row)] for row in ROWS]
    found = read(book(tmp_path / "a.xlsx", {"Tab 3": rows, "Notes": [["Made by hand"]]}))
    frame, problems = typed(found)
    assert frame["List_1"]["Child Unique ID"].to_list() == ["007", "008"]
    assert frame["List_1"]["Date of Contact"].to_list() == [date(2025, 3, 4), date(2025, 4, 3)]
    assert frame["List_1"]["Gender"].to_list() == ["Male", "Female"]
    assert frame["List_1"]["Contact Source"].to_list() == ["Police", "Police"]
    assert problems.is_empty()
    assert (found.year, found.as_at) == (2026, date(2025, 4, 30))
    assert {"sheet", "other_table", "missing_tables"} <= {note.code for note in found.notes}


def test_headings_may_be_worded_otherwise_and_others_are_kept(tmp_path):
    names = ["Unique identifier of the child", "GENDER ", "dob", "The date of a contact", "Mood"]
    frame = read(book(tmp_path / "a.xlsx", {"x": [names, *ROWS]})).tables["List_1"]
    assert frame.columns == ["Child Unique ID", "Gender", "Date of Contact", "Mood", "dob"]


def test_never_month_first_and_every_bad_cell_has_its_place(tmp_path):
    rows = [CONTACTS, ["1", "M", "04/25/2025", "25/04/25", "Mars"], *ROWS]
    found = read(book(tmp_path / "a.xlsx", {"Front door": [["Title"], *rows]}))
    frame, problems = typed(found)
    assert frame["List_1"]["Date of Birth__unreadable"].to_list() == [True, False, False]
    told = {row["column"]: row for row in problems.iter_rows(named=True)}
    assert set(told) == {"Date of Birth", "Date of Contact", "Contact Source"}
    for row in told.values():
        assert (row["file"], row["row"]) == ("a.xlsx: Front door", 1)
        assert row["problem"].endswith("It is in row 3 of the sheet 'Front door'.")
    assert "dd/mm/yyyy" in told["Date of Birth"]["problem"]
    assert "Housing" in told["Contact Source"]["problem"]


def test_numbers_for_days_are_days_also_from_1904(tmp_path):
    path = book(tmp_path / "a.xlsx", {"x": [CONTACTS, ["1", "M", None, 45747, "6"]]})
    frame, _ = typed(read(path))
    assert frame["List_1"]["Date of Contact"].to_list() == [date(2025, 3, 31)]
    made = openpyxl.load_workbook(path)
    made.epoch = datetime(1904, 1, 1)  # noqa: DTZ001  (a workbook knows no time zone)
    made["x"]["D2"] = 45747 - 1462
    made.save(path)
    frame, _ = typed(read(path))
    assert frame["List_1"]["Date of Contact"].to_list() == [date(2025, 3, 31)]


def test_errors_of_formulas_are_contained_and_told(tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(CONTACTS)
    for _ in range(3):
        sheet.append(["1", "M", None, date(2025, 4, 1), "6"])
    for place, text in {"A2": "#REF!", "D3": "#N/A"}.items():
        sheet[place].value = text
        sheet[place].data_type = "e"
    sheet["D4"] = "=TODAY()"
    made.save(tmp_path / "a.xlsx")
    frame, problems = typed(read(tmp_path / "a.xlsx"))
    assert frame["List_1"]["Child Unique ID"].to_list() == [None, "1", "1"]
    assert frame["List_1"]["Date of Contact__unreadable"].to_list() == [False, True, True]
    assert set(problems["value"].drop_nulls()) == {"#REF!", "#N/A", "#FORMULA"}
    assert any("no Child Unique ID" in text for text in problems["problem"])


def test_blank_and_merged_rows_do_no_harm(tmp_path):
    path = book(tmp_path / "a.xlsx", {"x": [CONTACTS, ROWS[0], [], ROWS[1], [], []]})
    made = openpyxl.load_workbook(path)
    made["x"].merge_cells("A1:A1")
    made["x"].merge_cells("A3:E3")
    made.save(path)
    found = read(path)
    assert found.tables["List_1"]["Child Unique ID"].to_list() == ["007", None, "008"]
    assert "blank_rows" in {note.code for note in found.notes}
    assert typed(found)[1].is_empty()


def test_the_order_of_sheets_columns_and_files_changes_nothing(tmp_path):
    more = [["009", "M", None, date(2025, 4, 9), "6"]]
    sheets = {"b": [CONTACTS, *ROWS], "a": [CONTACTS, *more]}
    one = read(book(tmp_path / "1.xlsx", sheets))
    other = read(book(tmp_path / "2.xlsx", dict(reversed(sheets.items()))))
    assert one.tables["List_1"].equals(other.tables["List_1"])
    assert [part.sheet for part in parts_of(one)["List_1"]] == ["a", "b"]


def test_a_csv_for_each_list_alone_in_a_folder_or_zipped(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "one.csv").write_text(
        "Annex A\n\nChild Unique ID;Date of Contact\n7;3/4/2025\n8;03-04-2025\n"
    )
    (folder / "three.csv").write_text("Date of referral,Child Unique ID\n2025-04-05,7\n")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for name in ("one.csv", "three.csv"):
            archive.write(folder / name, name)
    frame, _ = typed(read(folder))
    assert frame["List_1"]["Date of Contact"].to_list() == [date(2025, 4, 3)] * 2
    assert frame["List_3"]["Date of referral"].to_list() == [date(2025, 4, 5)]
    zipped, _ = typed(read(tmp_path / "z.zip"))
    assert all(zipped[name].equals(frame[name]) for name in frame)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "nothing says of which month"),
        ({"month": "2025-13"}, "month cannot be understood"),
        ({"month": "2025-04", "as_at": "2025-05-01"}, "not in the month"),
        ({"month": "2025-03", "year": 2026}, "collection year 2025"),
        ({"as_at": "soon"}, "day cannot be understood"),
        ({"collection": "cin", "month": "2025-03"}, "whole year"),
    ],
)
def test_the_month_must_be_said_and_make_sense(tmp_path, said, why):
    path = book(tmp_path / "a.xlsx", {"x": [CONTACTS, *ROWS]})
    with pytest.raises(ReturnsError, match=why):
        returns.read(path, **{"collection": "annex_a", **said})


def test_which_of_the_two_it_is_is_found_out(tmp_path):
    path = book(tmp_path / "a.xlsx", {"x": [CONTACTS, *ROWS]})
    assert returns.read(path, as_at=date(2025, 3, 15)).collection == "annex_a"
    (tmp_path / "ssd_person.csv").write_text("pers_person_id,pers_dob\n1,2015-01-01 00:00:00\n")
    assert returns.read(tmp_path / "ssd_person.csv", month="2025-03").collection == "ssd"


# --- what would do harm --------------------------------------------------------------------


def why_not(path):
    with pytest.raises(NotAReturn) as error:
        read(path)
    return str(error.value)


def parts(path, **replaced):
    """The workbook with some of its parts replaced by other bytes."""
    with zipfile.ZipFile(book(path, {"x": [CONTACTS, *ROWS]})) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held |= {name.replace("__", "/"): content for name, content in replaced.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return path


def sheet_of(cells):
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + cells
        + b"</sheetData></worksheet>"
    )


def test_a_locked_an_old_and_a_broken_workbook_are_told_apart(tmp_path):
    old = b"\xd0\xcf\x11\xe0" + bytes(600)
    (tmp_path / "locked.xlsx").write_bytes(old + "EncryptedPackage".encode("utf-16-le"))
    (tmp_path / "old.xls").write_bytes(old)
    whole = book(tmp_path / "a.xlsx", {"x": [CONTACTS]}).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    assert "locked with a password" in why_not(tmp_path / "locked.xlsx")
    assert "old Excel file" in why_not(tmp_path / "old.xls")
    assert "damaged" in why_not(tmp_path / "cut.xlsx")
    broken = parts(tmp_path / "b.xlsx", **{"xl/worksheets/sheet1.xml": b"<worksheet><row"})
    assert why_not(broken)


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1000000'><c r='A1000000'/>" + b"<c/>" * 40 + b"</row>",
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 40 + b"</row>",
    ],
)
def test_a_sheet_that_would_fill_memory_is_not_opened(tmp_path, cells):
    path = parts(tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": sheet_of(cells)})
    assert "far larger" in why_not(path)


def test_one_long_text_in_very_many_cells_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_WORKBOOK_TEXT", 1_000_000)
    shared = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    cells = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"
    path = parts(
        tmp_path / "a.xlsx",
        **{"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet_of(cells)},
    )
    assert "far larger" in why_not(path)


def test_a_workbook_that_unpacks_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_WORKBOOK_BYTES", 100_000)
    path = parts(tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": sheet_of(b" " * 200_000)})
    assert "far larger" in why_not(path)


def test_entities_are_never_expanded(tmp_path):
    workbook = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>'
    assert why_not(parts(tmp_path / "a.xlsx", **{"xl/workbook.xml": workbook}))


def test_flipped_bytes_never_do_more_than_be_told(tmp_path):
    whole = book(tmp_path / "a.xlsx", {"List 1": [CONTACTS, *ROWS]}).read_bytes()
    chance = random.Random(7)
    for _ in range(60):
        spoilt = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        (tmp_path / "b.xlsx").write_bytes(bytes(spoilt))
        try:
            typed(read(tmp_path / "b.xlsx"))
        except ReturnsError:
            continue


def test_a_workbook_is_still_no_statutory_return(tmp_path):
    path = book(tmp_path / "a.xlsx", {"x": [CONTACTS]})
    with pytest.raises(NotAReturn, match="annex_a or ssd"):
        returns.read(path)


# --- Standard Safeguarding Dataset ----------------------------------------------------------


def test_the_dataset_is_read_from_csv_and_its_keys_are_followed(tmp_path):
    (tmp_path / "ssd_person.csv").write_text(
        "pers_person_id,pers_dob,extra\n1,2015-01-02 00:00:00,x\n1,2015-01-02,\n2,?,\n"
    )
    (tmp_path / "visits.csv").write_text(
        "cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date\n10,1,2025-03-01\n11,9,2025-03-02\n"
    )
    (tmp_path / "plans.csv").write_text("cppl_cp_plan_id,cppl_person_id\n5,1\n6,8\n7,\n")
    found = returns.read(tmp_path, collection="ssd", month="2025-03", council="301")
    frame, problems = typed(found)
    assert frame["ssd_person"]["pers_dob"].to_list() == [date(2015, 1, 2)] * 2 + [None]
    told = "\n".join(problems["problem"])
    assert "1 row of ssd_person repeat the pers_person_id" in told
    assert "1 row of ssd_cp_visits have a cppv_person_id that no cppl_person_id" in told
    assert "1 row of ssd_cp_plans have a cppl_person_id that no pers_person_id" in told
    assert "extra" in found.tables["ssd_person"].columns
    assert not any(str(row) in told for row in ("'9'", "'8'"))


def test_a_table_that_was_not_sent_breaks_no_key(tmp_path):
    (tmp_path / "a.csv").write_text("cppl_cp_plan_id,cppl_person_id\n5,1\n")
    found = returns.read(tmp_path / "a.csv", collection="ssd", month="2025-03")
    assert found.problems.is_empty()


def test_frames_are_read_like_files():
    frames = {"any": pl.DataFrame({"pers_person_id": [1], "pers_dob": [date(2015, 1, 2)]})}
    found = returns.read(frames, collection="ssd", as_at="2025-03-31", council="301")
    assert found.tables["ssd_person"].row(0) == ("1", "2015-01-02")


# --- the forms ------------------------------------------------------------------------------


@pytest.mark.parametrize("collection", ["annex_a", "ssd"])
def test_every_reference_leads_to_a_column(collection):
    forms = all_tables(collection)
    for form in tables(collection, 2025).values():
        for column in form.columns:
            if column.refers:
                table, _, key = column.refers.partition(".")
                assert key in forms[table].names, (form.name, column.name)
            if column.kind == "choice":
                assert spellings(collection)[column.codes]


def test_every_wording_of_the_lists_themselves_is_understood():
    from whatworks.returns.annex_a.form import _sets
    from whatworks.returns.schema import plain

    for of, words in _sets().items():
        known = spellings("annex_a")["yes_no" if of == "fostering" else of]
        assert all(plain(text) in known for text in words.values()), of


def test_bytes_that_are_no_text_are_told(tmp_path):
    with io.BytesIO(bytes(range(256)) * 40) as junk:
        (tmp_path / "a.csv").write_bytes(junk.read())
    assert why_not(tmp_path / "a.csv")
