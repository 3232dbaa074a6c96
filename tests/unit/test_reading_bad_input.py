# ruff: noqa: E501  (records and sentences stand as they are written)
"""Bad input: one clear sentence each, nothing from a cell in it, and never another exception."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from whatworks.returns import limits
from whatworks.returns.model import NotAReturn, ReturnsError
from whatworks.returns.reading import read
from whatworks.returns.typing import type_tables

EPISODES = "CHILD,DECOM,RNE,LS\n"
CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection><ReferenceDate>{year}-03-31</ReferenceDate>
</CollectionDetails><Source><LEA>{lea}</LEA></Source></Header><Children><Child><ChildIdentifiers><LAchildID>SECRET{n}
</LAchildID></ChildIdentifiers></Child></Children></Message>"""


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def census(year: int = 2024, lea: str = "301", n: int = 1) -> str:
    return CENSUS.format(year=year, lea=lea, n=n)


def packed(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def why(source, **given) -> str:
    with pytest.raises(NotAReturn) as caught:
        read(source, **given)
    assert "SECRET" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "a.csv: The file is empty."),
        (b" \r\n\t\n", "a.csv: The file is empty: it holds nothing but blank space."),
        (b"\xef\xbb\xbf", "a.csv: The file is empty: it holds nothing but blank space."),
        (bytes(range(256)) * 40, "a.csv: It holds something other than text."),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" * 9, "a.csv: It holds something other than text."),
        (b"%PDF-1.7 ...", "a.csv: It is a PDF document, not a return."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.csv: It is an old Excel or Word file, not a return."),
        (b"\x1f\x8b\x08\x00", "a.csv: It is a gzip archive, not a return."),
        (b"<html><body>Sign in</body></html>", "a.csv: It is a web page, not a return."),
        (b"<rss><a/></rss>", "a.csv: It is XML of none of the returns read here."),
        (b"< not xml", "a.csv: It is not XML that can be read from its start."),
        (b"SECRET name,age\nSECRET,12\n", "a.csv: Its first line does not name the columns of an SSDA903 table"),
        (b"SECRET,01/05/2023,S,C2\n", "a.csv: Its first line does not name the columns of an SSDA903 table"),
        (b"LAchildID,CINreferralDate\nSECRET,1\n", "a.csv: It is a table of the CIN census. Send the census as the XML"),
        (b"<EXPSSDA903></EXPSSDA903>", "a.csv: The file holds no children."),
        (b"<EXPSSDA903><CHILD><HEADER><CHILDID>SECRET", "a.csv: The XML cannot be read beyond line 1"),
        (b"<Message></Message>", "a.csv: The file holds no children."),
        (b"<Message><Header><CollectionDetails><Collection>SCHOOL</Collection></CollectionDetails></Header></Message>",
         "a.csv: It is XML of a collection other than the CIN and workforce censuses"),
        (b"<Message><Header><CollectionDetails></CollectionDetails></Header><LALevelVacancies",
         "a.csv: The XML cannot be read beyond line 1"),
    ],
)  # fmt: skip
def test_what_is_not_a_return_gets_one_sentence(tmp_path, content, sentence):
    assert why(put(tmp_path, "a.csv", content)).startswith(sentence)


def test_the_sentence_says_what_was_expected(tmp_path):
    assert why(put(tmp_path, "a.csv", b"x,y\n1,2\n")).endswith(
        "Expected the SSDA903 return as CSV files or XML, or the CIN census or the workforce "
        "census (CSWW) as XML, alone or together in a zip."
    )


def test_a_missing_path(tmp_path):
    assert why(tmp_path / "nothing.csv") == "nothing.csv: There is no such file. Check the path."
    assert why("a\x00b") == "a\x00b: The file cannot be opened. Check the path."


def test_a_missing_path_among_others_is_a_problem(tmp_path):
    result = read([put(tmp_path, "a.csv", EPISODES + "1,01/05/2023,S,C2\n"), tmp_path / "b.csv"])
    assert result.problems.select("file", "row", "problem").rows() == [
        ("b.csv", None, "There is no such file. Check the path.")
    ]


def test_folders_without_files(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    assert why(tmp_path / "empty") == "empty: The folder has no files in it."
    assert why(tmp_path / "outer").startswith("outer: The folder has only folders in it.")


def test_nothing_at_all():
    assert why([]).startswith("Nothing was sent.")
    assert why({}).startswith("No tables were given.")
    assert why({"a": pl.DataFrame({"b": [1]})}).startswith("None of the tables is of a return.")


@pytest.mark.parametrize("source", [5, b"bytes", [1, 2], None])
def test_what_is_no_source_at_all(source):
    with pytest.raises(ReturnsError, match="given as a path, several paths, or tables by name"):
        read(source)


def test_many_bad_files_are_named_and_the_rest_counted(tmp_path):
    for n in range(8):
        put(tmp_path, f"{n}.csv", f"x{n}\n")
    sentence = why(tmp_path)
    assert sentence.startswith("None of 8 files could be read. 0.csv: Its first line")
    assert sentence.endswith("And 3 more.")


# --- zips ----------------------------------------------------------------------------------


def test_a_truncated_zip(tmp_path):
    whole = packed(**{"e.csv": (EPISODES + "1,01/05/2023,S,C2\n").encode() * 50})
    for length in (4, 20, len(whole) // 2, len(whole) - 3):
        assert why(put(tmp_path, "a.zip", whole[:length])) == (
            "a.zip: The zip is damaged or was cut short, so it cannot be unpacked. Send it again."
        )


def test_a_zip_with_one_damaged_member_keeps_the_others(tmp_path):
    content = packed(
        **{
            "e.csv": (EPISODES + "1,01/05/2023,S,C2\n").encode(),
            "r.csv": b"CHILD,REVIEW\n" + b"1,01/05/2023\n" * 500,
        }
    )
    at = content.index(b"r.csv") + 12
    result = read(put(tmp_path, "a.zip", content[:at] + b"\xff\x00\xff" + content[at + 3 :]))
    assert list(result.tables) == ["Episodes"]
    assert result.problems.select("file", "problem").rows() == [
        ("a.zip/r.csv", "This file of the zip is damaged or was cut short. Send the zip again.")
    ]


def test_a_zip_in_a_zip_is_refused(tmp_path):
    inner = packed(**{"e.csv": EPISODES.encode()})
    assert why(put(tmp_path, "a.zip", packed(**{"inner.zip": inner}))).startswith(
        "a.zip/inner.zip: It is a zip inside a zip."
    )
    assert "a zip inside a zip" in why(put(tmp_path, "b.zip", packed(**{"inner.csv": inner})))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "ZIP_RATIO_FROM", 100_000)
    bomb = packed(**{"e.csv": b"0" * 1_000_000})
    assert "It unpacks to far more than a return would" in why(put(tmp_path, "a.zip", bomb))


def test_a_zip_that_is_too_large_in_all(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ZIP_BYTES", 1_000)
    assert "together are over the limit" in why(
        put(tmp_path, "a.zip", packed(a=b"0" * 600, b=b"1" * 600))
    )


def test_a_member_that_understates_its_size_is_stopped_while_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 5_000)
    content = bytearray(packed(**{"e.csv": b"0" * 50_000}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(mark) + (22 if mark == b"PK\x03\x04" else 24)
        content[at : at + 4] = (4_000).to_bytes(4, "little")
    sentence = why(put(tmp_path, "a.zip", bytes(content)))
    assert "damaged" in sentence or "over the limit" in sentence


def test_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILES", 3)
    assert why(put(tmp_path, "a.zip", packed(a=b"1", b=b"1", c=b"1", d=b"1"))) == (
        "a.zip: The zip has 4 files; the limit is 3."
    )


def test_a_locked_zip(tmp_path):
    content = bytearray(packed(**{"e.csv": EPISODES.encode()}))
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "locked with a password" in why(put(tmp_path, "a.zip", bytes(content)))


def test_a_spreadsheet(tmp_path):
    book = packed(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    assert why(put(tmp_path, "a.csv", book)).startswith("a.csv: It is a spreadsheet or document")


# --- limits --------------------------------------------------------------------------------


def test_a_file_over_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 2_000_000)
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.truncate(2_000_001)
    assert why(path) == "a.csv: The file is over the limit of 2 MB."


def test_ten_thousand_columns(tmp_path):
    header = "CHILD,DECOM," + ",".join(f"X{n}" for n in range(9_998))
    assert why(put(tmp_path, "a.csv", f"{header}\n1,01/05/2023\n")) == (
        "a.csv: The file names 10,000 columns; the limit is 1,000. "
        "The widest table of the return has fewer than twenty."
    )


# --- XML -----------------------------------------------------------------------------------

BOMB = """<?xml version="1.0"?>
<!DOCTYPE Message [<!ENTITY a "SECRETSECRET"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<Message><Children><Child><ChildIdentifiers><LAchildID>&c;</LAchildID></ChildIdentifiers></Child></Children></Message>"""
OUTSIDE = """<!-- x --><!DOCTYPE EXPSSDA903 [<!ENTITY x SYSTEM "file://{path}">]>
<EXPSSDA903><CHILD><HEADER><CHILDID>&x;</CHILDID></HEADER></CHILD></EXPSSDA903>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(tmp_path, encoding):
    assert why(
        put(
            tmp_path,
            "a.xml",
            BOMB.replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding),
        )
    ) == (
        "a.xml: The XML declares a document type. A return needs none, and one can be made to do "
        "harm, so the file was not opened. Send it as your case system exports it."
    )


def test_an_external_entity_is_refused(tmp_path):
    secret = put(tmp_path, "secret.txt", "SECRET")
    assert "declares a document type" in why(put(tmp_path, "a.xml", OUTSIDE.format(path=secret)))


def test_a_document_type_hidden_behind_a_long_comment_is_refused(tmp_path):
    text = f"<!-- {'x' * 100_000} -->" + BOMB.split("?>")[1]
    assert "not XML that can be read from its start" in why(put(tmp_path, "a.xml", text))


def test_the_parser_itself_resolves_nothing(tmp_path):
    """Even past the first guard, no entity is expanded and no file opened."""
    from whatworks.returns.cin.reading import read_xml
    from whatworks.returns.sources import gather

    secret = put(tmp_path, "secret.txt", "SECRET")
    outside = (
        OUTSIDE.replace("EXPSSDA903", "Message")
        .replace("HEADER", "ChildIdentifiers")
        .replace("CHILDID", "LAchildID")
    )
    for text in (BOMB, outside.format(path=secret)):
        raw = gather([put(tmp_path, "a.xml", text)]).files[0]
        result = read_xml(raw)
        assert result.why_not == "The XML declares a document type, so it was not read."
        assert not result.tables


def test_undeclared_entities_break_the_file_where_they_stand(tmp_path):
    text = census().replace(
        "</Children>",
        "<Child><ChildIdentifiers><LAchildID>A&nbsp;B</LAchildID></ChildIdentifiers></Child></Children>",
    )
    result = read(put(tmp_path, "a.xml", text))
    assert result.tables["ChildIdentifiers"].height >= 1
    assert result.problems.height == 1
    assert "cannot be read beyond" in result.problems["problem"][0]


def test_xml_nested_beyond_reason(tmp_path):
    text = census().replace("</Children>", "<Child>" * 5_000)
    result = read(put(tmp_path, "a.xml", text))
    assert result.tables["ChildIdentifiers"].height == 1
    assert "cannot be read beyond" in result.problems["problem"][0]


# --- content -------------------------------------------------------------------------------


def test_two_years_mixed_in_ssda903(tmp_path):
    one = put(tmp_path, "a.csv", EPISODES + "SECRET,01/05/2023,S,C2\n")
    two = put(tmp_path, "b.csv", EPISODES + "SECRET,01/05/2024,S,C2\n")
    with pytest.raises(ReturnsError) as caught:
        read([one, two])
    assert str(caught.value) == (
        "Two years are mixed: among the files of Episodes, a.csv looks like 2024, b.csv looks like "
        "2025. Send one year at a time, or give the year if that is right."
    )
    result = read([one, two], year=2025)
    assert result.tables["Episodes"].height == 2
    assert result.problems["problem"][0].startswith("Two years are mixed:")


def test_two_years_mixed_across_tables(tmp_path):
    put(tmp_path, "a.csv", EPISODES + "".join(f"{n},01/05/2023,S,C2\n" for n in range(30)))
    put(
        tmp_path,
        "b.csv",
        "CHILD,DOB,REVIEW,REVIEW_CODE\n" + "".join(f"{n},,01/05/2024,PN1\n" for n in range(30)),
    )
    result = read(tmp_path)
    assert result.year == 2024
    assert result.problems.select("table", "problem").rows() == [
        ("Reviews", "Two years may be mixed: by its dates Reviews looks like 2025, the return as a whole like 2024.")
    ]  # fmt: skip


def test_two_years_mixed_in_censuses(tmp_path):
    put(tmp_path, "a.xml", census(2023))
    put(tmp_path, "b.xml", census(2024, n=2))
    with pytest.raises(ReturnsError, match=r"Two years are mixed: .*a.xml is of 2023"):
        read(tmp_path)
    result = read(tmp_path, year=2024)
    assert result.tables["ChildIdentifiers"]["LAchildID"].to_list() == ["SECRET2"]
    assert [file.name for file in result.files] == ["b.xml"]
    assert result.problems.select("file", "problem").rows() == [
        ("a.xml", "The file is of 2023, not of 2024, so it was set aside.")
    ]


def test_two_returns_mixed(tmp_path):
    put(tmp_path, "a.xml", census())
    put(
        tmp_path,
        "b.xml",
        "<EXPSSDA903><CHILD><EPISODE><DECOM>01/05/2023</DECOM></EPISODE></CHILD></EXPSSDA903>",
    )
    with pytest.raises(ReturnsError, match="two returns, SSDA903 and the CIN census"):
        read(tmp_path)
    result = read(tmp_path, collection="cin")
    assert result.problems.select("file", "problem").rows() == [
        ("b.xml", "It is not a file of the CIN census.")
    ]


def test_no_year_to_be_told(tmp_path):
    path = put(tmp_path, "a.csv", "CHILD,SEX,DOB,ETHNIC\n1,1,01/02/2010,WBRI\n")
    with pytest.raises(ReturnsError, match="Give the collection year, as 2026 for 2025 to 2026"):
        read(path)
    assert read(path, year=2024).year == 2024


@pytest.mark.parametrize("year", [24, 1999, 20256])
def test_a_year_that_cannot_be(tmp_path, year):
    with pytest.raises(ReturnsError, match="is not a collection year"):
        read(tmp_path, year=year)


def test_an_unknown_collection(tmp_path):
    with pytest.raises(ReturnsError, match="no collection called abc: choose ssda903 or cin"):
        read(tmp_path, collection="abc")


def test_an_unknown_council(tmp_path):
    with pytest.raises(ReturnsError, match="No council of England is known as '000'"):
        read(put(tmp_path, "a.xml", census()), council="000")
    result = read(put(tmp_path, "b.xml", census(lea="000")))
    assert result.council is None
    assert result.problems.select("table", "row", "column", "value", "problem").rows() == [
        ("Header", 1, "LEA", "000",
         "No council of England has this code. Give the Department's three-digit code, such as 301.")
    ]  # fmt: skip


def test_duplicate_children_are_read_as_they_are(tmp_path):
    result = read(
        put(tmp_path, "a.csv", "CHILD,SEX,DOB,ETHNIC\n" + "1,1,01/02/2010,WBRI\n" * 3), year=2024
    )
    assert result.tables["Header"].height == 3
    assert result.problems.height == 0


def test_dates_in_years_1_and_9999_are_unreadable(tmp_path):
    result = read(
        put(
            tmp_path,
            "a.csv",
            EPISODES + "1,01/01/0001,S,C2\n2,31/12/9999,S,C2\n3,01/05/2023,S,C2\n",
        )
    )
    typed, problems, _ = type_tables(result.tables, collection="ssda903", year=result.year)
    assert result.year == 2024
    assert typed["Episodes"]["DECOM__unreadable"].to_list() == [True, True, False]
    assert problems["row"].to_list() == [1, 2]


def test_a_file_that_goes_away_between_looking_and_reading(tmp_path, monkeypatch):
    path = put(tmp_path, "a.csv", EPISODES + "1,01/05/2023,S,C2\n")
    from whatworks.returns import reading

    look = reading.recognise

    def look_and_remove(head: bytes):
        path.unlink()
        return look(head)

    monkeypatch.setattr(reading, "recognise", look_and_remove)
    assert why(path) == "a.csv: The file cannot be opened again to be read. Send it again."
