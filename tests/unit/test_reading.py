# ruff: noqa: E501  (records and sentences stand as they are written)
"""Reading a return: what is tolerated, and with which note."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

from whatworks.returns.model import YEAR_UNLIKE_DATES, ReadReturn, ReturnsError
from whatworks.returns.reading import parts_of, place_of, read
from whatworks.returns.typing import type_tables

EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN\n"
)
ROWS = (
    "001,01/05/2023,S,C2,N1,U4,PR1,,,,AB1 2CD,AB1 2CE,1234567\n"
    "002,02/06/2023,S,C2,N1,U4,PR1,03/03/2024,E4A,,AB1 2CD,AB1 2CE,1234567\n"
)
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n001,1,01/02/2010,WBRI,A123456789012,0,\n"
XML_903 = """<?xml version="1.0"?>
<EXPSSDA903>
 <CHILD>
  <HEADER>
   <CHILDID>001</CHILDID><UPN>UN1</UPN><SEX>1</SEX><DOB>01/02/2010</DOB><ETHNIC>WBRI</ETHNIC><UASC>1</UASC>
   <DUC>01/02/2028</DUC><IN_TOUCH/><ACTIV/><ACCOM/>
   <AREVIEW><REVIEW>01/07/2023</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
   <AREVIEW><REVIEW>01/01/2024</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW>
   <AMISSING><MISSING>M</MISSING><MIS_START>03/08/2023</MIS_START><MIS_END/></AMISSING>
   <OC2><SDQ_SCORE>12</SDQ_SCORE></OC2><PERMANENCE><PREV_PERM>Z1</PREV_PERM></PERMANENCE>
  </HEADER>
  <EPISODE><DECOM>01/05/2023</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL><DEC/><REC/></EPISODE>
 </CHILD>
 <CHILD>
  <HEADER><CHILDID>002</CHILDID><SEX>2</SEX><DOB>03/02/2007</DOB><UASC>0</UASC>
   <IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>B1</ACCOM><DATE_INT>01/02/2023</DATE_INT></HEADER>
 </CHILD>
</EXPSSDA903>
"""
CIN = """<Message>
 <Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year><ReferenceDate>2024-03-31</ReferenceDate>
  </CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>301</LEA></Source></Header>
 <Children>
  <Child>
   <ChildIdentifiers><LAchildID>C1</LAchildID><UPNunknown>UN3</UPNunknown>PersonBirthDate
    <PersonBirthDate>2015-03-27</PersonBirthDate><GenderCurrent>1</GenderCurrent></ChildIdentifiers>
   <ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
    <Disabilities><Disability>HAND</Disability><Disability>HEAR</Disability></Disabilities></ChildCharacteristics>
   <CINdetails><CINreferralDate>2023-05-06</CINreferralDate><ReferralSource>1A</ReferralSource>
    <Assessments><AssessmentActualStartDate>2023-05-08</AssessmentActualStartDate>
     <FactorsIdentifiedAtAssessment><AssessmentFactors>2A</AssessmentFactors><AssessmentFactors>4B</AssessmentFactors>
     </FactorsIdentifiedAtAssessment></Assessments>
    <Assessments><AssessmentActualStartDate>2023-06-08</AssessmentActualStartDate></Assessments>
    <ReferralNFA>0</ReferralNFA></CINdetails>
   <CINdetails><CINreferralDate>2023-11-06</CINreferralDate><ReferralSource>1B</ReferralSource>
    <Section47><S47ActualStartDate>2023-11-07</S47ActualStartDate><ICPCnotRequired>0</ICPCnotRequired></Section47>
    <ReferralNFA>0</ReferralNFA>
    <ChildProtectionPlans><CPPstartDate>2023-12-01</CPPstartDate><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
     <Reviews><CPPreviewDate>2024-01-01</CPPreviewDate><CPPreviewDate>2024-02-01</CPPreviewDate></Reviews>
    </ChildProtectionPlans></CINdetails>
  </Child>
  <Child>
   <ChildIdentifiers><LAchildID>C2</LAchildID></ChildIdentifiers>
   <CINdetails><CINreferralDate>2024-01-06</CINreferralDate>
    <CINPlanDates><CINPlanStartDate>2024-01-10</CINPlanStartDate></CINPlanDates>
    <ChildProtectionPlans><CPPstartDate>2024-02-01</CPPstartDate></ChildProtectionPlans></CINdetails>
  </Child>
 </Children>
</Message>
"""


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def codes(result: ReadReturn) -> set[str]:
    return {note.code for note in result.notes}


# --- CSV -----------------------------------------------------------------------------------


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
        result.tables["Episodes"] = pl.DataFrame()  # type: ignore[index]


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
        ("001", "01/05/2023", None), ("002", "01/05/2023", "C2"), ("003", "01/05/2023", "C2"),
    ]  # fmt: skip
    assert result.problems.select("file", "table", "row", "value", "problem").rows() == [
        ("a.csv", "Episodes", 1, None,
         "The row has 2 cells where the file names 3 columns; the rest were taken as blank."),
        ("a.csv", "Episodes", 2, "extra,more",
         "The row has more than the 3 cells that the file names; the rest was left out."),
    ]  # fmt: skip


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


# --- several files -------------------------------------------------------------------------


def test_a_folder_and_a_zip_give_what_their_files_give(tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    put(folder, "e.csv", EPISODES + ROWS)
    put(folder, "h.csv", HEADER)
    put(folder, "Thumbs.db", b"\x00\x01")
    with zipfile.ZipFile(tmp_path / "set.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "e.csv", "../../etc/e.csv")
        archive.write(folder / "h.csv", "C:\\x\\h.csv")
        archive.writestr("__MACOSX/._h.csv", b"\x00\x05")
    before = sorted(tmp_path.rglob("*"))
    one, other, listed = (
        read(folder),
        read(tmp_path / "set.zip"),
        read([folder / "h.csv", folder / "e.csv"]),
    )
    for name in ("Header", "Episodes"):
        assert one.tables[name].equals(other.tables[name])
        assert one.tables[name].equals(listed.tables[name])
    assert "system_file" in codes(one) & codes(other)
    assert {file.name for file in other.files} == {"set.zip/e.csv", "set.zip/h.csv"}
    assert set(other.paths.values()) == {
        f"{tmp_path / 'set.zip'}::../../etc/e.csv", f"{tmp_path / 'set.zip'}::C:\\x\\h.csv",
    }  # fmt: skip
    assert sorted(tmp_path.rglob("*")) == before, "nothing of a zip is written to disk"


def test_two_files_of_a_table_are_put_together_and_rows_can_be_traced(tmp_path):
    first = put(tmp_path, "a.csv", EPISODES + ROWS)
    second = put(tmp_path, "b.csv", EPISODES + "003,07/07/2023,S,C2,N1,U4,PR1,,,,,,\nshort,bad\n")
    result, again = read([first, second]), read([second, first])
    frame = result.tables["Episodes"]
    assert frame.equals(again.tables["Episodes"])
    assert sorted(frame["CHILD"]) == ["001", "002", "003", "short"]
    for row, child in enumerate(frame["CHILD"], 1):
        file, own = place_of(result, "Episodes", row)
        lines = (tmp_path / file).read_text().splitlines()
        assert lines[own].split(",")[0] == child
    short = frame["CHILD"].to_list().index("short") + 1
    assert result.problems.select("file", "row").rows() == [("b.csv", short)]
    _, problems, _ = type_tables(
        result.tables, collection="ssda903", year=2024, files=parts_of(result)
    )
    assert problems.select("file", "row", "value").rows() == [("b.csv", short, "bad")]


def test_the_same_file_twice_is_used_once(tmp_path):
    put(tmp_path, "a.csv", EPISODES + ROWS)
    put(tmp_path, "b.csv", EPISODES + ROWS)
    result = read(tmp_path)
    assert result.tables["Episodes"].height == 2
    assert [(n.file, n.text) for n in result.notes if n.code == "same_file_again"] == [
        ("b.csv", "The same file as a.csv; it was used once.")
    ]


def test_files_of_the_same_name_are_told_apart_by_their_folders(tmp_path):
    for team, child in (("east", "001"), ("west", "002")):
        (tmp_path / team).mkdir()
        put(tmp_path / team, "e.csv", f"CHILD,DECOM,LS\n{child},01/05/2023,C2\n")
        put(tmp_path / team, "other.csv", f"x {team}\n")
    paths = [path for team in ("east", "west") for path in sorted((tmp_path / team).iterdir())]
    result = read([*paths, paths[0]])
    assert [file.name for file in result.files] == ["east/e.csv", "west/e.csv"]
    assert result.tables["Episodes"].height == 2
    assert result.problems["file"].to_list() == ["east/other.csv", "west/other.csv"]
    assert "same_file_again" in codes(result)


def test_a_file_that_is_not_a_return_does_not_stop_the_others(tmp_path):
    put(tmp_path, "a.csv", EPISODES + ROWS)
    put(tmp_path, "notes.txt", "milk, eggs\n")
    (tmp_path / "inner").mkdir()
    result = read(tmp_path)
    assert list(result.tables) == ["Episodes"]
    assert result.problems.select("file", "table", "row").rows() == [("notes.txt", None, None)]
    assert result.problems["problem"][0].startswith("Its first line does not name the columns")
    assert "inner_folders" in codes(result)


# --- SSDA903 XML ---------------------------------------------------------------------------


def test_the_xml_form_gives_the_tables_of_the_csv_form(tmp_path):
    result = read(put(tmp_path, "a.txt", XML_903))
    assert {name: frame.height for name, frame in result.tables.items()} == {
        "Header": 2, "Episodes": 1, "Reviews": 2, "UASC": 1, "OC2": 1, "OC3": 1, "AD1": 1,
        "PlacedAdoption": 0, "PrevPerm": 1, "Missing": 1,
    }  # fmt: skip
    assert result.year == 2024
    assert result.tables["Header"].columns == [
        "CHILD",
        "SEX",
        "DOB",
        "ETHNIC",
        "UPN",
        "MOTHER",
        "MC_DOB",
        "UASC",
    ]
    assert result.tables["Header"]["UASC"].to_list() == ["1", "0"]
    assert result.tables["Reviews"].rows() == [
        ("001", "01/02/2010", "01/07/2023", "PN1"), ("001", "01/02/2010", "01/01/2024", "PN2"),
    ]  # fmt: skip
    assert result.tables["UASC"].rows() == [("001", "1", "01/02/2010", "01/02/2028")]
    assert result.tables["OC3"].rows() == [("002", "03/02/2007", "YES", "F2", "B1")]
    assert result.tables["AD1"]["DATE_INT"].to_list() == ["01/02/2023"]
    assert result.tables["Episodes"]["PLACE"].to_list() == ["U4"]
    assert result.problems.height == 0


def spelt(changes: dict[str, str]) -> str:
    text = XML_903
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "text",
    [
        spelt({"<PL>": "<PLACE>", "</PL>": "</PLACE>"}),
        spelt({"CHILDID>": "CHILD>"}),
        spelt({"<EXPSSDA903>": '<x:EXPSSDA903 xmlns:x="urn:a">', "</EXPSS": "</x:EXPSS"}),
        spelt({"<EXPSSDA903>": '<EXPSSDA903 xmlns="urn:a">'}),
        spelt({"AREVIEW": "areview", "EPISODE": "Episode", "REVIEW_CODE": "Review_Code"}),
        spelt({"<CHILD>": "<!-- a note --><CHILD>", "<HEADER>": "<?pi x?><HEADER>"}),
    ],
    ids=["PLACE", "CHILD", "prefix", "namespace", "letter case", "comments"],
)  # fmt: skip
def test_the_xml_form_is_tolerated_in_other_spellings(tmp_path, text):
    result, plain = read(put(tmp_path, "a.xml", text)), read(put(tmp_path, "b.xml", XML_903))
    for name, frame in plain.tables.items():
        assert result.tables[name].equals(frame), name


def test_groups_of_an_unknown_name_are_told_by_what_is_in_them(tmp_path):
    worker = "<SWORKER><SW_ID>SW1</SW_ID><SW_DECOM>01/05/2023</SW_DECOM></SWORKER>"
    result = read(put(tmp_path, "a.xml", XML_903.replace("</HEADER>", worker + "</HEADER>", 1)))
    assert result.tables["SWEpisodes"].select("CHILD", "DOB", "SW_ID", "SW_DECOM").rows() == [
        ("001", "01/02/2010", "SW1", "01/05/2023")
    ]
    assert "unknown_element" not in codes(result)


def test_unknown_elements_and_stray_text_are_noted_and_repeated_ones_are_problems(tmp_path):
    text = XML_903.replace("<SEX>1</SEX>", "<SEX>1</SEX>stray<SEX>2</SEX><HAIR>brown</HAIR>", 1)
    result = read(put(tmp_path, "a.xml", text))
    assert {(n.code, n.column) for n in result.notes} >= {
        ("unknown_element", "HAIR"),
        ("stray_text", None),
    }
    assert result.tables["Header"]["SEX"].to_list() == ["1", "2"]
    assert result.problems.select("table", "row", "column", "value").rows() == [
        ("Header", 1, "SEX", "2")
    ]


def test_xml_that_breaks_off_keeps_what_came_before(tmp_path):
    cut = XML_903.index("<REVIEW>01/01/2024")
    result = read(put(tmp_path, "a.xml", XML_903[:cut]), year=2024)
    assert result.tables["Reviews"].rows() == [("001", "01/02/2010", "01/07/2023", "PN1")]
    assert result.problems["problem"][0].startswith("The XML cannot be read beyond line 8,")
    assert result.problems.select("file", "table", "row").rows() == [("a.xml", None, None)]


# --- CIN XML -------------------------------------------------------------------------------


def test_a_census_becomes_tables_joined_by_numbers(tmp_path):
    result = read(put(tmp_path, "census", CIN))
    assert (result.collection, result.year, result.council) == ("cin", 2024, "301")
    tables = result.tables
    assert tables["Header"].select("Year", "LEA").rows() == [("2024", "301")]
    assert tables["ChildIdentifiers"]["LAchildID"].to_list() == ["C1", "C2"]
    assert "Sex" not in tables["ChildIdentifiers"].columns
    assert tables["Disabilities"].rows() == [("C1", "HAND"), ("C1", "HEAR")]
    assert tables["CINdetails"].select("LAchildID", "CINdetailsID", "CINreferralDate").rows() == [
        ("C1", "1", "2023-05-06"), ("C1", "2", "2023-11-06"), ("C2", "3", "2024-01-06"),
    ]  # fmt: skip
    columns = ("CINdetailsID", "AssessmentID", "AssessmentFactors")
    assert tables["Assessments"].select(columns).rows() == [
        ("1", "1", "2A 4B"), ("1", "2", None),
    ]  # fmt: skip
    assert tables["AssessmentFactorsList"].rows() == [
        ("C1", "1", "1", "2A"),
        ("C1", "1", "1", "4B"),
    ]
    assert tables["ChildProtectionPlans"].select("LAchildID", "CINdetailsID", "CPPID").rows() == [
        ("C1", "2", "1"), ("C2", "3", "2"),
    ]  # fmt: skip
    assert tables["Reviews"].rows() == [
        ("C1", "2", "1", "2024-01-01"),
        ("C1", "2", "1", "2024-02-01"),
    ]
    assert tables["CINplanDates"].row(0)[:3] == ("C2", "3", "2024-01-10")
    assert "PreProceedings" not in tables
    assert "stray_text" in codes(result)
    assert result.problems.height == 0


@pytest.mark.parametrize(
    "text",
    [
        CIN.replace("<Message>", '<Message xmlns="urn:cin">'),
        CIN.replace("<", "<c:")
        .replace("<c:/", "</c:")
        .replace("<c:Message>", '<c:Message xmlns:c="urn:cin">'),
        CIN.replace("CINdetails", "cinDETAILS").replace("LAchildID", "LACHILDID"),
        CIN.lower().replace("<collection>cin", "<collection>CIN"),
        '<?xml version="1.0" encoding="utf-16"?>' + CIN,
    ],
    ids=["namespace", "prefix", "letter case", "all small", "utf-16"],
)
def test_a_census_is_tolerated_in_other_spellings(tmp_path, text):
    content = text.encode("utf-16") if "utf-16" in text else text.encode()
    result, plain = read(put(tmp_path, "a.xml", content)), read(put(tmp_path, "b.xml", CIN))
    for name, frame in plain.tables.items():
        got = result.tables[name].select(pl.all().str.to_uppercase())
        assert got.equals(frame.select(pl.all().str.to_uppercase())), name


def test_letter_case_that_changes_far_into_a_census_is_still_read(tmp_path):
    children = CIN[CIN.index("<Child>") : CIN.index("</Children>")]
    later = children.replace("Child>", "chilD>").replace("Section47", "SecTion47")
    text = CIN.replace("</Children>", " " * 70_000 + later + "</Children>")
    tables = read(put(tmp_path, "a.xml", text)).tables
    assert tables["ChildIdentifiers"].height == 4
    assert tables["Section47"].select("LAchildID", "CINdetailsID").rows() == [
        ("C1", "2"),
        ("C1", "5"),
    ]


def test_sex_before_2025_and_the_new_block_of_2026(tmp_path):
    text = CIN.replace("GenderCurrent", "Sex").replace(
        "<ReferralNFA>",
        "<PreProceedingsandFGDM><PPStartDate>2023-12-01</PPStartDate></PreProceedingsandFGDM><ReferralNFA>", 1,
    )  # fmt: skip
    tables = read(put(tmp_path, "a.xml", text)).tables
    assert tables["ChildIdentifiers"]["Sex"].to_list() == ["1", None]
    assert tables["PreProceedings"].select("LAchildID", "CINdetailsID", "PPStartDate").rows() == [
        ("C1", "1", "2023-12-01")
    ]


def test_two_censuses_of_one_year_are_put_together_with_numbers_that_stay_unlike(tmp_path):
    one = put(tmp_path, "a.xml", CIN)
    two = put(tmp_path, "b.xml", CIN.replace(">C1<", ">D1<").replace(">C2<", ">D2<"))
    tables = read([one, two]).tables
    assert tables["CINdetails"]["CINdetailsID"].to_list() == ["1", "2", "3", "4", "5", "6"]
    joined = tables["Section47"].join(tables["CINdetails"], on="CINdetailsID")
    assert (joined["LAchildID"] == joined["LAchildID_right"]).all()
    assert joined.height == 2


def test_a_census_in_windows_letters(tmp_path):
    result = read(put(tmp_path, "a.xml", CIN.replace(">C1<", ">Zoë<").encode("cp1252")))
    assert result.tables["ChildIdentifiers"]["LAchildID"].to_list() == ["Zoë", "C2"]
    assert "windows_1252" in codes(result)
    assert result.problems.height == 0


def test_a_census_cut_short_keeps_the_children_before(tmp_path):
    result = read(put(tmp_path, "a.xml", CIN[: CIN.index("<CINPlanDates>") + 40]))
    assert result.tables["CINdetails"].height == 2
    assert result.tables["ChildIdentifiers"].height == 2
    assert result.problems.height == 1


# --- frames --------------------------------------------------------------------------------


def test_frames_of_polars_and_pandas_give_the_same_text():
    day = date(2023, 5, 1)
    in_polars = pl.DataFrame(
        {"child": [1, 2], "DECOM": [day, None], "DEC": [datetime(2024, 3, 3, tzinfo=UTC), None], "URN": [12.0, None],
         "LS": [" C2 ", ""]}
    )  # fmt: skip
    in_pandas = pd.DataFrame(
        {"child": [1, 2], "DECOM": ["2023-05-01", np.nan], "DEC": pd.to_datetime(["2024-03-03", None]),
         "URN": [12.0, np.nan], "LS": [" C2 ", None]}
    )  # fmt: skip
    one = read({"Episodes": in_polars})
    other = read({"episodes": in_pandas})
    assert one.tables["Episodes"].rows() == [
        ("1", "2023-05-01", "2024-03-03", "12", "C2"),
        ("2", None, None, None, None),
    ]
    assert one.tables["Episodes"].equals(other.tables["Episodes"])
    assert one.files == ()
    assert one.year == 2024


def test_names_that_files_may_have_are_known_in_frames_too():
    frame = pl.DataFrame({"CHILDID": ["1"], "DECOM": [None], "Date episode ceased": ["01/05/2023"]})
    result = read({"Episodes": frame}, collection="ssda903", year=2024)
    assert result.tables["Episodes"].columns == ["CHILD", "DECOM", "DEC"]
    assert {note.code for note in result.notes} >= {"column_names_respelt"}


def test_frames_of_the_census_are_told_from_those_of_ssda903():
    child = pl.DataFrame({"LAchildID": ["1"], "PersonBirthDate": ["2020-01-01"]})
    header = pl.DataFrame({"ReferenceDate": ["2024-03-31"], "LEA": ["301"]})
    result = read({"Header": header, "ChildIdentifiers": child})
    assert (result.collection, result.year, result.council) == ("cin", 2024, "301")
    header_903 = pl.DataFrame({"CHILD": ["1"], "SEX": ["1"], "DOB": ["01/01/2010"]})
    assert read({"Header": header_903}, year=2024).collection == "ssda903"


def test_frames_of_no_return_are_noted():
    result = read(
        {
            "Episodes": pl.DataFrame({"CHILD": ["1"], "DECOM": ["01/05/2023"]}),
            "Other": pl.DataFrame({"a": [1]}),
            "Wrong": 5,
        }
    )
    assert list(result.tables) == ["Episodes"]
    assert [note.table for note in result.notes if note.code == "unknown_table"] == ["Other"]
    assert result.problems.select("table", "problem").rows() == [
        ("Wrong", "What was given as Wrong is not a table.")
    ]


# --- year and council ----------------------------------------------------------------------


def test_the_year_is_that_of_the_latest_dates_but_not_of_a_slip_of_the_pen(tmp_path):
    rows = "".join(f"{n},01/05/2023,S,C2\n" for n in range(60)) + "99,01/05/2063,S,C2\n"
    assert read(put(tmp_path, "a.csv", "CHILD,DECOM,RNE,LS\n" + rows)).year == 2024


def test_a_year_that_is_given_is_used_and_one_unlike_the_dates_is_noted(tmp_path):
    result = read(put(tmp_path, "a.csv", EPISODES + ROWS), year=2022)
    assert result.year == 2022
    assert YEAR_UNLIKE_DATES in codes(result)


def test_a_header_that_says_another_year_than_given_is_a_problem(tmp_path):
    result = read(put(tmp_path, "a.xml", CIN), year=2023)
    assert result.year == 2023
    assert result.problems["problem"].to_list() == [
        "The census's header says 2024; it was read as 2023, the year given."
    ]


def test_without_reference_date_the_header_year_tells(tmp_path):
    text = CIN.replace("<ReferenceDate>2024-03-31</ReferenceDate>", "").replace(
        "<Year>2024", "<Year>2022"
    )
    assert read(put(tmp_path, "a.xml", text)).year == 2022


def test_a_council_may_be_given_by_code_or_name(tmp_path):
    path = put(tmp_path, "a.csv", EPISODES + ROWS)
    assert read(path, council="301").council == "301"
    assert read(path, council="Barking and Dagenham").council == "301"


def test_a_council_other_than_the_census_names_is_a_problem(tmp_path):
    result = read(put(tmp_path, "a.xml", CIN), council="302")
    assert result.council == "302"
    assert result.problems.select("table", "row", "column", "value").rows() == [
        ("Header", 1, "LEA", "301")
    ]


def test_a_council_that_did_not_exist_in_the_year_is_noted(tmp_path):
    assert "council_of_another_time" in codes(read(put(tmp_path, "a.xml", CIN), council="928"))


def test_censuses_of_two_councils_need_one_to_be_named(tmp_path):
    one, two = put(tmp_path, "a.xml", CIN), put(tmp_path, "b.xml", CIN.replace(">301<", ">302<"))
    with pytest.raises(ReturnsError, match="different councils: 301, 302"):
        read([one, two])
