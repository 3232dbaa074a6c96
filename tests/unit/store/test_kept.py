"""What goes into the submission store comes out unchanged."""

from __future__ import annotations

import os
import pickle
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from whatworks.returns.model import PROBLEM_SCHEMA, Note, empty_frame, problems_frame
from whatworks.returns.store import Store, StoreError

from .made import NOON, PROBLEM, assert_sound, frames_only, keep, text_tables, typed_tables


def test_a_submission_says_what_was_kept(store: Store, from_files: Any) -> None:
    read = from_files()

    kept = keep(store, read)

    assert (kept.council, kept.collection, kept.year) == ("301", "ssda903", 2025)
    assert (kept.received_at, kept.received_by, kept.reader_version) == (NOON, "test", "1")
    assert kept.files == read.files
    assert kept.n_rows == {"Header": 2, "Episodes": 2}
    assert kept.n_problems == 1
    assert kept.notes == read.notes
    assert kept.current
    assert not kept.already_stored
    assert store.submission(kept.id) == kept
    assert store.submissions() == [kept]
    assert store.councils() == ["301"]
    assert_sound(store)


def test_tables_come_back_exactly(store: Store, from_files: Any) -> None:
    kept = keep(store, from_files())

    typed, text = store.tables(kept), store.text_tables(kept.id)

    assert list(typed) == ["Header", "Episodes"]
    for name, frame in typed_tables().items():
        assert_frame_equal(typed[name], frame)
    for name, frame in text_tables().items():
        assert_frame_equal(text[name], frame)
    assert_frame_equal(store.problems(kept), problems_frame([PROBLEM]))
    assert store.notes(kept) == kept.notes
    assert list(store.tables(kept, ["Episodes", "Nothing"])) == ["Episodes"]
    assert_frame_equal(pl.read_parquet(store.table_paths(kept)["Header"]), typed_tables()["Header"])


def test_the_files_come_back_byte_for_byte(store: Store, from_files: Any) -> None:
    read = from_files()
    kept = keep(store, read)
    for file in read.files:
        assert store.original(kept, file.sha256) == Path(read.paths[file.sha256]).read_bytes()
    with pytest.raises(StoreError, match="not kept"):
        store.original(kept, "0" * 64)


def test_files_are_kept_out_of_a_zip(store: Store, from_files: Any, tmp_path: Path) -> None:
    read = from_files()
    archive = tmp_path / "a::b.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in read.files:
            packed.write(read.paths[file.sha256], f"sub/{file.name}")
    paths = {file.sha256: f"{archive}::sub/{file.name}" for file in read.files}

    kept = keep(store, replace(read, paths=paths))

    for file in read.files:
        assert store.original(kept, file.sha256) == Path(read.paths[file.sha256]).read_bytes()


def test_data_frames_without_files_are_kept_as_text(store: Store) -> None:
    kept = keep(store, frames_only())

    assert kept.files == ()
    assert_frame_equal(store.text_tables(kept)["Header"], text_tables()["Header"])
    assert keep(store, frames_only()).already_stored
    assert not keep(store, frames_only("b"), "b").already_stored


def test_a_file_whose_name_is_no_text_is_kept(store: Store, from_files: Any) -> None:
    read = from_files()
    odd = replace(read.files[0], name=os.fsdecode(b"head\xe9.csv"))
    kept = keep(store, replace(read, files=(odd, *read.files[1:])))
    assert store.submission(kept.id).files[0] == odd
    assert_sound(store)


def test_empty_tables_are_kept(store: Store) -> None:
    nothing = {"Header": pl.DataFrame(schema={"CHILD": pl.String}), "UASC": pl.DataFrame()}
    kept = store.add(
        frames_only(tables=nothing),
        nothing,
        reader_version="1",
        problems=empty_frame(PROBLEM_SCHEMA),
    )
    assert kept.n_rows == {"Header": 0, "UASC": 0}
    assert store.tables(kept)["Header"].columns == ["CHILD"]


def test_problems_and_notes_of_typing_are_added_to_those_of_reading(store: Store) -> None:
    more = Note("codes_in_small_letters", "Codes in small letters were read as capitals.")
    kept = keep(store, frames_only(), problems=problems_frame([PROBLEM]), notes=[more])
    assert kept.n_problems == 2
    assert store.problems(kept).height == 2
    assert store.notes(kept)[-1] == more


def test_tables_are_typed_here_if_nobody_did(store: Store) -> None:
    kept = store.add(frames_only(), reader_version="1")
    assert store.tables(kept)["Episodes"]["DECOM"].to_list() == [date(2024, 2, 1), None]
    assert store.problems(kept).height == 2  # one of reading, one found while typing


def test_what_a_reader_gets_can_be_changed_without_harm(store: Store, from_files: Any) -> None:
    kept = keep(store, from_files())
    store.tables(kept)["Header"][0, "SEX"] = "9"
    assert store.tables(kept)["Header"][0, "SEX"] == "1"


def test_a_store_can_be_sent_to_another_process(store: Store, from_files: Any) -> None:
    kept = keep(store, from_files())
    other, submission = pickle.loads(pickle.dumps((store, kept)))
    assert other.submission(kept.id) == submission
