"""Bad files, folders and zips: one clear sentence each, and never another exception."""

from __future__ import annotations

import io
import zipfile

import polars as pl
import pytest

from whatworks.returns import limits
from whatworks.returns.model import ReturnsError
from whatworks.returns.reading import read

from .refusals import EPISODES, why
from .samples import put


def packed(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "a.csv: The file is empty."),
        (b" \r\n\t\n", "a.csv: The file is empty: it holds nothing but blank space."),
        (b"\xef\xbb\xbf", "a.csv: The file is empty: it holds nothing but blank space."),
        (bytes(range(256)) * 40, "a.csv: It holds something other than text."),
        (
            b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" * 9,
            "a.csv: It holds something other than text.",
        ),
        (b"%PDF-1.7 ...", "a.csv: It is a PDF document, not a return."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.csv: It is an old Excel or Word file, not a return."),
        (b"\x1f\x8b\x08\x00", "a.csv: It is a gzip archive, not a return."),
        (b"<html><body>Sign in</body></html>", "a.csv: It is a web page, not a return."),
        (b"<rss><a/></rss>", "a.csv: It is XML of none of the returns read here."),
        (b"< not xml", "a.csv: It is not XML that can be read from its start."),
        (
            b"SECRET name,age\nSECRET,12\n",
            "a.csv: Its first line does not name the columns of an SSDA903 table",
        ),
        (
            b"SECRET,01/05/2023,S,C2\n",
            "a.csv: Its first line does not name the columns of an SSDA903 table",
        ),
        (
            b"LAchildID,CINreferralDate\nSECRET,1\n",
            "a.csv: It is a table of the CIN census. Send the census as the XML",
        ),
        (b"<EXPSSDA903></EXPSSDA903>", "a.csv: The file holds no children."),
        (
            b"<EXPSSDA903><CHILD><HEADER><CHILDID>SECRET",
            "a.csv: The XML cannot be read beyond line 1",
        ),
        (b"<Message></Message>", "a.csv: The file holds no children."),
        (
            b"<Message><Header><CollectionDetails><Collection>SCHOOL</Collection></CollectionDetails></Header></Message>",
            "a.csv: It is XML of a collection other than the CIN and workforce censuses",
        ),
        (
            b"<Message><Header><CollectionDetails></CollectionDetails></Header><LALevelVacancies",
            "a.csv: The XML cannot be read beyond line 1",
        ),
    ],
)
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
