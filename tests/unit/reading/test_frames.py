"""Reading data frames instead of files."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import polars as pl

from whatworks.returns.reading import read


def test_frames_of_polars_and_pandas_give_the_same_text():
    day = date(2023, 5, 1)
    in_polars = pl.DataFrame(
        {
            "child": [1, 2],
            "DECOM": [day, None],
            "DEC": [datetime(2024, 3, 3, tzinfo=UTC), None],
            "URN": [12.0, None],
            "LS": [" C2 ", ""],
        }
    )
    in_pandas = pd.DataFrame(
        {
            "child": [1, 2],
            "DECOM": ["2023-05-01", np.nan],
            "DEC": pd.to_datetime(["2024-03-03", None]),
            "URN": [12.0, np.nan],
            "LS": [" C2 ", None],
        }
    )
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
