"""Whatever the disk does, nothing that was kept is hurt."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whatworks import ledger
from whatworks.returns.store import Store, StoreError, catalogue, disk
from whatworks.returns.verifying import verify_workspace

from .made import CHILD, assert_sound, frames_only, keep, only, typed_tables

STEPS = ("make_folder", "write_file", "sync_file", "sync_folder", "move")


def failing(monkeypatch: pytest.MonkeyPatch, at: int, error: OSError) -> list[str]:
    """Let the disk fail at its at-th step from now. Returns the steps as they are taken."""
    taken: list[str] = []

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any) -> Any:
            taken.append(name)
            if len(taken) == at:
                raise error
            return real(*args)

        return step

    for name in STEPS:
        monkeypatch.setattr(disk, name, wrap(name, getattr(disk, name)))
    return taken


@pytest.mark.parametrize("first", [True, False], ids=["first load", "resubmission"])
def test_a_disk_that_fails_at_any_step_hurts_nothing(
    tmp_path: Path, from_files: Any, first: bool
) -> None:
    """Every write, rename and sync of a load is made to fail in turn."""
    steps = 0
    while True:
        steps += 1
        store = Store.open(tmp_path / f"w{steps}", create=True)
        if not first:
            keep(store, from_files("a"))
        before = store.submissions()
        with pytest.MonkeyPatch.context() as patch:
            taken = failing(patch, steps, OSError(28, "No space left on device"))
            said = ""
            try:
                keep(store, from_files("b"), "b")
            except StoreError as error:
                said = str(error)
        if not said:
            assert len(taken) < steps
            break
        assert "the disk is full" in said
        assert CHILD not in said
        assert store.submissions() == before
        assert all(place.ok for place in verify_workspace(store.path))
        kept = keep(store, from_files("b"), "b")
        assert kept.supersedes == (before[0].id if before else None)
        assert_sound(store)
        assert not list((store.path / "councils/301/staging").iterdir())
    assert steps > 15


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError(13, "Permission denied"), "may not read or write"),
        (OSError(30, "Read-only file system"), "can only be read"),
        (OSError(122, "Disk quota exceeded"), "quota"),
        (OSError(5, "Input/output error"), "reports an error"),
        (OSError(36, "File name too long"), "File name too long"),
        (sqlite3.OperationalError("database or disk is full"), "the disk is full"),
        (sqlite3.OperationalError("database is locked"), "another load"),
        (sqlite3.OperationalError("unable to open database file"), "may not read or write"),
        (sqlite3.OperationalError("disk I/O error"), "reports an error"),
        (sqlite3.DatabaseError("database disk image is malformed"), "damaged"),
    ],
)
def test_trouble_with_the_disk_is_told_plainly(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(disk, "move", fail)
    with pytest.raises(StoreError, match=says):
        keep(store, frames_only())


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_workspace_that_may_not_be_written_is_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="may not read or write"):
            Store.open(tmp_path / "w", create=True)
    finally:
        tmp_path.chmod(0o700)


def test_a_file_changed_since_it_was_read_is_not_kept(store: Store, from_files: Any) -> None:
    keep(store, from_files("a"))
    read = from_files("b")
    before = store.submissions()
    for change in (b"other bytes", b"x" * 10_000_000, None):
        for path in map(Path, read.paths.values()):
            path.write_bytes(change) if change else path.unlink()
        with pytest.raises(StoreError, match=r"changed while|no longer there"):
            keep(store, read, "b")
        assert store.submissions() == before
        assert_sound(store)


def test_a_load_by_nobody_is_refused_and_leaves_nothing(store: Store, from_files: Any) -> None:
    with pytest.raises(StoreError, match="'by'"):
        keep(store, from_files(), by="")
    assert store.submissions() == []
    for part in ("submissions", "originals", "staging"):
        assert not disk.names_in(store.path / "councils/301" / part)


def test_a_seal_that_cannot_be_written_does_not_undo_the_load(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "seal", fail)
        kept = keep(store, frames_only())
    assert store.submissions() == [kept]
    place = only(verify_workspace(store.path))
    assert (place.ok, place.sealed) == (True, False)
    assert any("sealed" in note for note in place.notes)


@pytest.mark.parametrize("what", ["removed", "emptied", "replaced by an older copy"])
def test_a_lost_catalogue_is_never_begun_anew(
    store: Store, from_files: Any, tmp_path: Path, what: str
) -> None:
    """The files of the submissions must survive whatever happens to the catalogue."""
    catalogue = store.path / "councils/301/catalogue.sqlite"
    keep(store, from_files("a"))
    older = tmp_path / "older"
    shutil.copytree(catalogue.parent, older)
    keep(store, from_files("b"), "b")
    if what == "removed":
        catalogue.unlink()
    elif what == "emptied":
        catalogue.write_bytes(b"")
    else:
        for name in ("catalogue.sqlite", "catalogue.sqlite.seal"):
            shutil.copy(older / name, catalogue.parent / name)
    folders = sorted((catalogue.parent / "submissions").iterdir())
    originals = sorted((catalogue.parent / "originals").iterdir())

    if what == "replaced by an older copy":
        keep(store, from_files("c"), "c")
        with pytest.raises(StoreError, match="older copy"):
            keep(store, from_files("b"), "b")
    else:
        with pytest.raises(StoreError, match="missing or damaged"):
            keep(store, from_files("c"), "c")
        with pytest.raises(StoreError, match="missing or damaged"):
            store.submissions()

    assert set(folders) <= set((catalogue.parent / "submissions").iterdir())
    assert set(originals) <= set((catalogue.parent / "originals").iterdir())
    assert not only(verify_workspace(store.path)).ok


def test_a_catalogue_that_another_load_is_just_beginning_is_not_taken_for_a_lost_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = catalogue._is_sealed

    def then_another_load_stores_and_seals(folder: Path) -> bool:
        answer = asked(folder)
        monkeypatch.setattr(catalogue, "_is_sealed", asked)
        store.add(frames_only(), typed_tables(), reader_version="1", by="other")
        return answer

    monkeypatch.setattr(catalogue, "_is_sealed", then_another_load_stores_and_seals)

    assert len(store.submissions("301", "ssda903", 2025)) == 1
    assert len(store.submissions()) == 1


def test_a_newer_catalogue_is_refused(store: Store) -> None:
    keep(store, frames_only())
    connection = sqlite3.connect(store.path / "councils/301/catalogue.sqlite")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        store.submissions()


def test_damaged_files_are_a_sentence_when_read(store: Store, from_files: Any) -> None:
    read = from_files()
    kept = keep(store, read)
    folder = store.path / "councils/301"
    for path in [*(folder / "submissions").rglob("*.*"), *(folder / "originals").iterdir()]:
        path.write_bytes(path.read_bytes()[:20])
    for ask in (store.tables, store.text_tables, store.problems):
        with pytest.raises(StoreError, match="missing or damaged"):
            ask(kept)
    with pytest.raises(StoreError, match="missing or damaged"):
        store.original(kept, read.files[0].sha256)
