"""Whatever is altered in a workspace is found."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from whatworks import ledger
from whatworks.returns.store import Store, StoreError
from whatworks.returns.verifying import verify_workspace, workspace_heads

from .made import CHILD, assert_sound, frames_only, keep, only


def test_any_altered_file_of_a_workspace_is_found(store: Store, from_files: Any) -> None:
    keep(store, from_files("a"))
    keep(store, from_files("b"), "b")
    files = [path for path in (store.path / "councils").rglob("*") if path.is_file()]
    assert len(files) == 14
    for path in files:
        whole = path.read_bytes()
        for place in (0, 4, 9, len(whole) // 2, len(whole) - 1):
            altered = bytearray(whole)
            altered[place] ^= 0b100
            path.write_bytes(altered)
            assert not only(verify_workspace(store.path)).ok, f"{path.name}: byte {place}"
        path.write_bytes(whole + b"\0")
        assert not only(verify_workspace(store.path)).ok, f"{path.name} made longer"
        path.unlink()
        found = only(verify_workspace(store.path))
        if path.name.endswith(".seal"):
            assert (found.ok, found.sealed) == (True, False)
        else:
            assert not found.ok, f"{path.name} removed"
        path.write_bytes(whole)
    assert_sound(store)


def test_files_that_do_not_belong_are_found(store: Store, from_files: Any) -> None:
    kept = keep(store, from_files())
    folder = store.path / "councils/301"
    for stranger in (
        folder / "submissions" / kept.id / "More.parquet",
        folder / "submissions" / "301-ssda903-2025-aaaaaaaaaaaaaaaaaaaa",
        folder / "originals" / f"{'0' * 64}.gz",
    ):
        stranger.write_bytes(b"x")
        assert not only(verify_workspace(store.path)).ok
        stranger.unlink()
    assert_sound(store)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE submission SET year = 2024",
        "UPDATE submission SET collection = 'cin'",
        "UPDATE submission SET id = replace(id, '301', '302')",
        "UPDATE submission SET manifest = replace(manifest, '\"test\"', '\"else\"')",
        "UPDATE submission SET manifest = 'x'",
        "UPDATE submission SET manifest = replace(manifest, '\"format\":1', '\"format\":2')",
        "DELETE FROM submission",
        "INSERT INTO submission SELECT 2, id || 'x', collection, year, manifest FROM submission",
    ],
)
def test_a_row_that_is_not_as_the_ledger_says_is_found(
    store: Store, from_files: Any, statement: str
) -> None:
    from whatworks.returns.store.catalogue import OBJECTS

    keep(store, from_files())
    folder = store.path / "councils/301"
    connection = sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)
    with (
        pytest.raises(sqlite3.DatabaseError, match="never changed")
        if "INSERT" not in statement
        else ok()
    ):
        connection.execute("BEGIN")
        connection.execute(statement)
    connection.rollback()
    for name in ("submission_no_update", "submission_no_delete"):
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    for name in ("submission_no_update", "submission_no_delete"):
        connection.execute(OBJECTS[name])
    connection.close()
    (folder / "catalogue.sqlite.seal").unlink()

    place = only(verify_workspace(store.path))

    assert not place.ok
    assert CHILD not in repr(place)


def test_altered_tables_of_a_catalogue_are_found(store: Store) -> None:
    keep(store, frames_only())
    folder = store.path / "councils/301"
    connection = sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)
    connection.execute("DROP TRIGGER submission_no_delete")
    connection.close()
    (folder / "catalogue.sqlite.seal").unlink()
    assert "altered" in (only(verify_workspace(store.path)).reason or "")


def test_two_councils_folders_exchanged_are_found(store: Store) -> None:
    keep(store, frames_only())
    keep(store, frames_only(council="302"))
    councils = store.path / "councils"
    (councils / "301").rename(councils / "x")
    (councils / "302").rename(councils / "301")
    (councils / "x").rename(councils / "302")
    assert [place.ok for place in verify_workspace(store.path)] == [False, False]


def test_published_heads_find_what_has_gone(store: Store, from_files: Any) -> None:
    keep(store, from_files())
    keep(store, frames_only(council="302"))
    heads = workspace_heads(store.path)
    assert all(place.ok for place in verify_workspace(store.path, heads=heads))

    keep(store, from_files("b"), "b")
    assert all(place.ok for place in verify_workspace(store.path, heads=heads))

    shutil.rmtree(store.path / "councils/302")
    found = {place.name: place.ok for place in verify_workspace(store.path, heads=heads)}
    assert found == {"301": True, "302": False}


def test_the_ledger_of_the_service_is_verified_as_well(store: Store) -> None:
    keep(store, frames_only())
    connection = sqlite3.connect(store.path / "service.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    with ledger.writing(connection):
        ledger.ensure(connection)
        ledger.append(connection, kind="person.signed_in", by="person:1", subject="person:1")
    assert {place.name: place.ok for place in verify_workspace(store.path)} == {
        "301": True,
        "service": True,
    }
    assert workspace_heads(store.path)["service"] == ledger.head(connection)
    connection.execute("DROP TRIGGER ledger_event_no_update")
    connection.close()
    assert [place.ok for place in verify_workspace(store.path)] == [True, False]


def test_verifying_nothing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no workspace"):
        verify_workspace(tmp_path)


def test_verification_can_be_shown_as_json(store: Store) -> None:
    from dataclasses import asdict

    keep(store, frames_only())
    text = json.dumps([asdict(place) for place in verify_workspace(store.path)])
    assert json.loads(text)[0]["n_submissions"] == 1


def ok() -> Any:
    from contextlib import nullcontext

    return nullcontext()
