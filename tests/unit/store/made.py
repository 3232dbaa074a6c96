"""Returns made up to be kept, and how they are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from whatworks.returns.model import Note, ReadReturn, Submission, problems_frame
from whatworks.returns.store import Store
from whatworks.returns.verifying import PlaceVerification, verify_workspace

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHILD = "SECRET-CHILD-77"
PROBLEM = {
    "file": "Episodes.csv",
    "table": "Episodes",
    "row": 2,
    "column": "DECOM",
    "value": "32/13/2024",
    "problem": "This is not a date.",
}


def text_tables(salt: str = "a") -> dict[str, pl.DataFrame]:
    children = [CHILD, f"{salt}-2"]
    return {
        "Header": pl.DataFrame({"CHILD": children, "SEX": ["1", None]}),
        "Episodes": pl.DataFrame({"CHILD": children, "DECOM": ["01/02/2024", "32/13/2024"]}),
    }


def typed_tables(salt: str = "a") -> dict[str, pl.DataFrame]:
    text = text_tables(salt)
    row = pl.Series("ROW", [1, 2], dtype=pl.Int64)
    return {
        "Header": text["Header"].select(row, "CHILD", "SEX"),
        "Episodes": pl.DataFrame(
            {
                "ROW": row,
                "CHILD": text["Episodes"]["CHILD"],
                "DECOM": [date(2024, 2, 1), None],
                "DECOM__unreadable": [False, True],
            }
        ),
    }


def frames_only(salt: str = "a", **changes: Any) -> ReadReturn:
    """A return read from data frames: no files."""
    read = ReadReturn(
        collection="ssda903",
        year=2025,
        council="301",
        files=(),
        tables=text_tables(salt),
        problems=problems_frame([PROBLEM]),
        notes=(Note("dates_in_iso_form", "Dates were read in ISO form.", "Episodes.csv"),),
    )
    return replace(read, **changes)


def keep(store: Store, read: ReadReturn, salt: str = "a", **options: Any) -> Submission:
    return store.add(
        read, typed_tables(salt), **{"reader_version": "1", "now": NOON, "by": "test"} | options
    )


def only(places: tuple[PlaceVerification, ...]) -> PlaceVerification:
    (place,) = places
    return place


def assert_sound(store: Store) -> None:
    for place in verify_workspace(store.path):
        assert place.ok, place.problems
        assert place.sealed
