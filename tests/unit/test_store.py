"""The submission store: what goes in comes out unchanged, once, and is never hurt."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from whatworks import ledger
from whatworks.returns.model import (
    PROBLEM_SCHEMA,
    Note,
    ReadReturn,
    ReturnsError,
    SourceFile,
    Submission,
    empty_frame,
    problems_frame,
)
from whatworks.returns.store import Store, StoreError, catalogue, disk
from whatworks.returns.verifying import PlaceVerification, verify_workspace, workspace_heads

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


@pytest.fixture
def from_files(tmp_path: Path) -> Callable[..., ReadReturn]:
    """Makes a return read from CSV files in a folder."""

    def make(salt: str = "a", *, prefix: str = "", backwards: bool = False, **changes: Any) -> Any:
        folder = tmp_path / "sent" / (prefix or "plain") / salt
        folder.mkdir(parents=True, exist_ok=True)
        files, paths = [], {}
        for name, frame in text_tables(salt).items():
            path = folder / f"{prefix}{name}.csv"
            frame.write_csv(path)
            content = path.read_bytes()
            sha256 = hashlib.sha256(content).hexdigest()
            files.append(SourceFile(path.name, sha256, len(content), "csv", (name,)))
            paths[sha256] = str(path)
        if backwards:
            files.reverse()
        return frames_only(salt, files=tuple(files), paths=paths, **changes)

    return make


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "workspace", create=True, synthetic=True)


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


# --- what goes in comes out ---------------------------------------------------------------------


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
    other, submission = pickle.loads(pickle.dumps((store, kept)))  # noqa: S301
    assert other.submission(kept.id) == submission


# --- once, and superseding ----------------------------------------------------------------------


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


# --- where a council's code comes from ----------------------------------------------------------


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
        keep(store, frames_only(), now=datetime(2026, 1, 1))  # noqa: DTZ001


# --- the workspace ------------------------------------------------------------------------------


def test_a_workspace_is_synthetic_or_real_for_life(tmp_path: Path) -> None:
    real = Store.open(tmp_path / "real", create=True)
    made = Store.open(tmp_path / "made", create=True, synthetic=True)

    assert (real.synthetic, made.synthetic) == (False, True)
    assert Store.open(tmp_path / "made").synthetic
    assert Store.open(str(tmp_path / "made"), create=True).synthetic
    with pytest.raises(StoreError, match="synthetic children and can never hold real"):
        Store.open(tmp_path / "made", create=True, synthetic=False)
    with pytest.raises(StoreError, match="real children and can never hold synthetic"):
        Store.open(tmp_path / "real", synthetic=True)


def test_no_workspace_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReturnsError, match="no workspace at"):
        Store.open(tmp_path / "nothing")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="part of the path is a file"):
        Store.open(tmp_path / "file" / "deeper", create=True)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"format": 2, "synthetic": true}', "newer version"),
        ('{"format": 0, "synthetic": true}', "damaged"),
        ('{"format": 1}', "damaged"),
        ('{"format": 1, "synthetic": "no"}', "damaged"),
        ("[]", "damaged"),
        ("", "damaged"),
        ("\xff", "damaged"),
    ],
)
def test_a_workspace_of_another_form_is_refused(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "workspace.json").write_text(content, encoding="latin-1")
    with pytest.raises(StoreError, match=says):
        Store.open(tmp_path, create=True)
    assert (tmp_path / "workspace.json").read_text(encoding="latin-1") == content


def test_a_workspace_that_lost_its_file_is_not_made_anew(store: Store) -> None:
    keep(store, frames_only())
    (store.path / "workspace.json").unlink()
    with pytest.raises(StoreError, match=r"lost its workspace\.json"):
        Store.open(store.path, create=True, synthetic=False)


def test_a_workspace_may_be_made_in_a_folder_with_other_things(tmp_path: Path) -> None:
    (tmp_path / "made.json").write_text("{}")
    assert not Store.open(tmp_path, create=True).synthetic


def test_folders_and_files_are_for_this_account_alone(store: Store, from_files: Any) -> None:
    before = os.umask(0)
    try:
        keep(store, from_files())
    finally:
        os.umask(before)
    inside = [path for path in store.path.rglob("*") if path.name != "workspace.json"]
    assert len(inside) > 8
    for path in inside:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_no_child_is_in_a_name_or_in_the_ledger(store: Store, from_files: Any) -> None:
    keep(store, from_files(prefix=CHILD))
    assert CHILD not in " ".join(
        str(path.relative_to(store.path)) for path in store.path.rglob("*")
    )
    connection = sqlite3.connect(store.path / "councils/301/catalogue.sqlite")
    told = [(event, dict(event.data)) for event in ledger.events(connection)]
    connection.close()
    assert [event.kind for event, _ in told] == ["catalogue.made", "submission.stored"]
    assert CHILD not in repr(told)


def test_a_load_is_told_in_the_ledger(store: Store, from_files: Any) -> None:
    kept = keep(store, from_files(), by="person:12")
    connection = sqlite3.connect(store.path / "councils/301/catalogue.sqlite")
    event = list(ledger.events(connection))[-1]
    connection.close()
    assert (event.by, event.subject, event.at) == ("person:12", kept.id, NOON)
    assert (event.data["n_rows"], event.data["n_problems"], event.data["n_files"]) == (4, 1, 2)
    assert workspace_heads(store.path) == {"301": ledger.Head(2, event.hash)}


def test_who_opened_a_submission_is_told_in_its_ledger(store: Store) -> None:
    kept = keep(store, frames_only())

    event = store.record(
        "301", kind="child.read", by="person:1", subject=kept.id, data={"why": "audit"}, now=NOON
    )

    assert (event.sequence, event.subject, event.at) == (3, kept.id, NOON)
    assert_sound(store)
    with pytest.raises(StoreError, match="302 has no submissions"):
        store.record("302", kind="child.read", by="person:1", subject="x")
    assert store.councils() == ["301"]
    with pytest.raises(StoreError, match="identifies people"):
        store.record("301", kind="child.read", by="x", subject="y", data={"UPN": CHILD})
    assert_sound(store)


# --- trouble ------------------------------------------------------------------------------------

STEPS = ("make_folder", "write_file", "sync_file", "sync_folder", "move")


def snapshot(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}


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
            try:
                keep(store, from_files("b"), "b")
            except StoreError as error:
                assert "the disk is full" in str(error)  # noqa: PT017
                assert CHILD not in str(error)  # noqa: PT017
            else:
                assert len(taken) < steps
                break
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


# --- verification -------------------------------------------------------------------------------


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
