"""Reading a CSV file: what is tolerated, and with which note."""

from __future__ import annotations

import polars as pl
import pytest

from whatworks.returns.reading import read
from whatworks.returns.typing import type_tables

from .samples import EPISODES, HEADER, ROWS, codes, put


def test_a_csv_file_is_known_by_its_columns_whatever_its_name(tmp_path):
    path = put(tmp_path, "export-7.dat", EPISODES + ROWS)
    result = read(path)
    assert (result.collection, result.year, result.council) == ("ssda903", 2024, None)
    assert result.tables["Episodes"]["CHILD"].to_list() == ["001", "002"]
    assert result.tables["Episodes"]["DEC"].to_list() == [None, "03/03/2024"]
    assert result.problems.height == 0
    assert [(f.name, f.size, f.format, f.tables) for f in result.files] == [
        ("export-7.dat", path.stat().st_size, "csv", ("Episodes",))
    ]
    assert result.paths == {result.files[0].sha256: str(path)}


def test_what_was_read_cannot_be_changed(tmp_path):
    result = read(put(tmp_path, "a.csv", EPISODES + ROWS))
    with pytest.raises(TypeError):
        result.tables["Episodes"] = pl.DataFrame()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xef\xbb\xbf" + (EPISODES + ROWS).encode(), "byte_order_mark"),
        ((EPISODES + ROWS).encode("utf-16"), "utf_16"),
        ((EPISODES + ROWS).encode("utf-16-le"), "utf_16"),
        ((EPISODES + ROWS).encode("utf-16-be"), "utf_16"),
        ((EPISODES + ROWS).replace("\n", "\r\n"), "windows_line_ends"),
        ((EPISODES + ROWS).replace("\n", "\r"), "mac_line_ends"),
        ((EPISODES + ROWS).replace(",", ";"), "other_delimiter"),
        ((EPISODES + ROWS).replace(",", "\t"), "other_delimiter"),
        ((EPISODES + ROWS).replace(",", "|"), "other_delimiter"),
        ("sep=;\n" + (EPISODES + ROWS).replace(",", ";"), "other_delimiter"),
        (EPISODES.lower() + ROWS, "column_names_respelt"),
        (EPISODES.replace("PLACE,", "PL,") + ROWS, "column_names_respelt"),
        ((EPISODES + ROWS).replace(",", " , "), "space_around_cells"),
        ("\n\n" + EPISODES + "\n" + ROWS + "\n\n", "blank_lines"),
        (EPISODES + ROWS + ",,,,,,,,,,,,\n,,,,,,,,,,,,\n", "blank_rows_at_end"),
        ("".join(f"{line},\n" for line in (EPISODES + ROWS).splitlines()), "empty_column"),
        (EPISODES + ROWS.replace("\n", ",\n"), "empty_cells_at_end"),
    ],
)
def test_what_is_unusual_is_tolerated_and_noted(tmp_path, content, code):
    result = read(put(tmp_path, "a.csv", content))
    plain = read(put(tmp_path, "plain.csv", EPISODES + ROWS))
    assert result.tables["Episodes"].equals(plain.tables["Episodes"])
    assert result.problems.height == 0
    assert code in codes(result)
    assert code not in codes(plain)


def test_every_cell_in_quotation_marks(tmp_path):
    quoted = "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\n"
        for line in (EPISODES + ROWS).splitlines()
    )
    result = read(put(tmp_path, "a.csv", quoted))
    assert result.tables["Episodes"].equals(
        read(put(tmp_path, "b.csv", EPISODES + ROWS)).tables["Episodes"]
    )


def test_cells_with_delimiters_marks_and_line_ends_inside(tmp_path):
    text = (
        'CHILD,DECOM,LS,URN\n"0,1",01/05/2023,"C""2",\n'
        '002,01/05/2023,"two\n\nlines",9\n003,01/05/2023,,\n'
    )
    frame = read(put(tmp_path, "a.csv", text)).tables["Episodes"]
    assert frame.rows() == [
        ("0,1", "01/05/2023", 'C"2', None),
        ("002", "01/05/2023", "two\n\nlines", "9"),
        ("003", "01/05/2023", None, None),
    ]


def test_a_stray_quotation_mark_spoils_its_own_row_at_most(tmp_path):
    text = (
        'CHILD,DECOM,LS\n001,01/05/2023,"C2\n002,01/05/2023,C2\n'
        '003,"01/05/2023,C2\n004,01/05/2023,5" tall\n'
    )
    result = read(put(tmp_path, "a.csv", text))
    assert result.tables["Episodes"]["CHILD"].to_list() == ["001", "002", "003", "004"]
    assert result.tables["Episodes"]["LS"].to_list()[1] == "C2"
    assert result.problems["row"].to_list() == [1, 3]
    assert set(result.problems["problem"]) == {
        "A quotation mark is opened and not closed; it was taken as a letter."
    }


def test_rows_with_too_few_or_too_many_cells_are_kept_and_told(tmp_path):
    text = "CHILD,DECOM,LS\n001,01/05/2023\n002,01/05/2023,C2,extra,more\n003,01/05/2023,C2\n"
    result = read(put(tmp_path, "a.csv", text))
    assert result.tables["Episodes"].rows() == [
        ("001", "01/05/2023", None),
        ("002", "01/05/2023", "C2"),
        ("003", "01/05/2023", "C2"),
    ]
    assert result.problems.select("file", "table", "row", "value", "problem").rows() == [
        (
            "a.csv",
            "Episodes",
            1,
            None,
            "The row has 2 cells where the file names 3 columns; the rest were taken as blank.",
        ),
        (
            "a.csv",
            "Episodes",
            2,
            "extra,more",
            "The row has more than the 3 cells that the file names; the rest was left out.",
        ),
    ]


def test_a_row_of_blanks_in_the_middle_is_a_row(tmp_path):
    result = read(
        put(tmp_path, "a.csv", "CHILD,DECOM,LS\n001,01/05/2023,C2\n,,\n003,01/05/2023,C2\n")
    )
    assert result.tables["Episodes"]["CHILD"].to_list() == ["001", None, "003"]
    assert result.problems.select("row", "problem").rows() == [(2, "The row has nothing in it.")]


def test_a_repeated_column_is_a_problem_and_the_first_is_used(tmp_path):
    result = read(put(tmp_path, "a.csv", "CHILD,DECOM,LS,ls\n001,01/05/2023,C2,D1\n"))
    assert result.tables["Episodes"]["LS"].to_list() == ["C2"]
    assert result.problems.select("file", "table", "row", "column", "problem").rows() == [
        ("a.csv", "Episodes", None, "LS", "The column LS comes twice; the first was used.")
    ]


def test_columns_that_are_not_of_the_form_are_kept_as_text(tmp_path):
    result = read(put(tmp_path, "a.csv", "TEAM,CHILD,DECOM,LS,,TEAM\nx,001,01/05/2023,C2,y,z\n"))
    assert result.tables["Episodes"].columns == [
        "TEAM",
        "CHILD",
        "DECOM",
        "LS",
        "(no name)",
        "TEAM (again)",
    ]
    typed, _, notes = type_tables(result.tables, collection="ssda903", year=2024)
    assert "TEAM" not in typed["Episodes"].columns
    assert "extra_column" in {note.code for note in notes}


def test_windows_letters(tmp_path):
    result = read(put(tmp_path, "a.csv", "CHILD,DECOM,URN\nZoë’s,01/05/2023,£\n".encode("cp1252")))
    assert result.tables["Episodes"].row(0) == ("Zoë’s", "01/05/2023", "£")
    assert "windows_1252" in codes(result)


def test_formulas_are_kept_as_text_and_noted(tmp_path):
    result = read(
        put(
            tmp_path,
            "a.csv",
            'CHILD,DECOM,URN\n=1+1,01/05/2023,"=HYPERLINK(""x"")"\n@a,01/05/2023,-5\n',
        )
    )
    assert result.tables["Episodes"]["CHILD"].to_list() == ["=1+1", "@a"]
    assert [(n.count, n.table) for n in result.notes if n.code == "formulas_kept_as_text"] == [
        (3, "Episodes")
    ]


def test_uasc_and_header_are_told_apart(tmp_path):
    uasc = put(tmp_path, "a.csv", "CHILD,SEX,DOB,DUC\n001,1,01/02/2010,\n")
    both = put(
        tmp_path, "b.csv", HEADER.replace("MC_DOB", "MC_DOB,UASC,DUC").replace("0,\n", "0,,1,\n")
    )
    result = read([uasc, both], year=2024)
    assert {name: frame.height for name, frame in result.tables.items()} == {"Header": 1, "UASC": 1}
    assert result.tables["Header"]["UASC"].to_list() == ["1"]
