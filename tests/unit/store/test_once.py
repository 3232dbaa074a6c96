"""A return is kept once; what is sent later supersedes it, and codes keep councils apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from whatworks.returns.store import Store, StoreError

from .made import CHILD, assert_sound, frames_only, keep


def test_the_same_files_again_change_nothing(store: Store, from_files: Any) -> None:
    first = keep(store, from_files())
    before = snapshot(store.path)

    again = keep(store, from_files(prefix="renamed-", backwards=True), by="another")

    assert again == replace(first, already_stored=True)
    assert snapshot(store.path) == before


def test_a_resubmission_supersedes_and_the_older_stays_readable(
    store: Store, from_files: Any
) -> None:
    first = keep(store, from_files("a"))
    second = keep(store, from_files("b"), "b")

    assert second.supersedes == first.id
    assert store.submission(first.id).superseded_by == second.id
    assert store.submissions() == [second]
    assert [one.id for one in store.submissions(current=False)] == [first.id, second.id]
    assert store.tables(first)["Header"]["CHILD"].to_list() == [CHILD, "a-2"]
    assert store.tables(second)["Header"]["CHILD"].to_list() == [CHILD, "b-2"]
    assert_sound(store)


def test_sending_an_older_return_again_does_not_bring_it_back(
    store: Store, from_files: Any
) -> None:
    """So that loading a folder of old and new returns twice gives the same as loading it once."""
    first = keep(store, from_files("a"))
    second = keep(store, from_files("b"), "b")

    again = keep(store, from_files("a"))

    assert again.already_stored
    assert (again.id, again.superseded_by) == (first.id, second.id)
    assert [one.id for one in store.submissions()] == [second.id]


def test_a_newer_reader_supersedes_what_an_older_one_read(store: Store, from_files: Any) -> None:
    first = keep(store, from_files())
    second = keep(store, from_files(), reader_version="2")
    assert (second.supersedes, second.already_stored) == (first.id, False)
    assert second.files == first.files


def test_councils_collections_and_years_are_kept_apart(store: Store, from_files: Any) -> None:
    keep(store, from_files())
    keep(store, from_files(year=2024))
    keep(store, from_files(collection="cin"))
    keep(store, from_files(council="302"))

    assert len(store.submissions()) == 4
    assert store.councils() == ["301", "302"]
    assert len(store.submissions("301")) == 3
    assert len(store.submissions("301", "ssda903")) == 2
    assert len(store.submissions(year=2024)) == 1
    assert store.submissions("999") == []
    assert_sound(store)


def test_the_council_may_come_from_the_return_or_from_the_caller(store: Store) -> None:
    assert keep(store, frames_only()).council == "301"
    assert keep(store, frames_only(council=None), council="302").council == "302"
    with pytest.raises(StoreError, match="which council"):
        keep(store, frames_only(council=None))
    with pytest.raises(StoreError, match="from council 301, not 302"):
        keep(store, frames_only(), council="302")


@pytest.mark.parametrize(
    "code", ["../etc", "..", "30", "3011", "30a", "/301", "301/", "３０１", "", "301\n", 301]
)
def test_a_council_is_three_digits_and_nothing_else(store: Store, code: Any) -> None:
    with pytest.raises(StoreError, match="three-digit"):
        keep(store, frames_only(council=None), council=code)
    with pytest.raises(StoreError, match="three-digit"):
        store.submissions(code)
    assert not (store.path / "councils").exists()


@pytest.mark.parametrize(
    "submission_id",
    ["", "../../x", "301", "301-ssda903-2025-../../../x", "301-ssda903-2025-" + "a" * 20, 7],
)
def test_an_unknown_submission_is_a_sentence(store: Store, submission_id: Any) -> None:
    for ask in (store.submission, store.tables, store.problems, store.notes, store.text_tables):
        with pytest.raises(StoreError, match="no submission with that id"):
            ask(submission_id)


@pytest.mark.parametrize(
    "changes",
    [
        {"collection": "../x"},
        {"collection": "SSDA903"},
        {"year": 20255},
        {"year": True},
        {"year": "2025"},
    ],
)
def test_a_collection_or_year_that_cannot_be_is_refused(
    store: Store, changes: dict[str, Any]
) -> None:
    with pytest.raises(StoreError):
        keep(store, frames_only(**changes))


@pytest.mark.parametrize("name", ["../up", "a b", "problems", "Problems", ""])
def test_a_table_whose_name_cannot_be_a_file_is_refused(store: Store, name: str) -> None:
    with pytest.raises(StoreError, match="name that cannot be kept"):
        store.add(frames_only(), {name: pl.DataFrame()}, reader_version="1")


def test_tables_that_differ_in_case_alone_are_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="letter case"):
        store.add(frames_only(), {"Ab": pl.DataFrame(), "aB": pl.DataFrame()}, reader_version="1")


def test_a_time_needs_a_zone(store: Store) -> None:
    with pytest.raises(StoreError, match="time zone"):
        keep(store, frames_only(), now=datetime(2026, 1, 1))  # noqa: DTZ001  (no time zone on purpose)


def snapshot(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}
