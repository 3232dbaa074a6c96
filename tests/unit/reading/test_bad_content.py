"""Returns that contradict themselves or what was asked: one clear sentence each."""

from __future__ import annotations

import pytest

from whatworks.returns.model import ReturnsError
from whatworks.returns.reading import read
from whatworks.returns.typing import type_tables

from .refusals import EPISODES, census, why
from .samples import put


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
        (
            "Reviews",
            "Two years may be mixed: by its dates Reviews looks like 2025, the return as a whole "
            "like 2024.",
        )
    ]


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
        (
            "Header",
            1,
            "LEA",
            "000",
            "No council of England has this code. Give the Department's three-digit code, such as "
            "301.",
        )
    ]


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
