"""Loading: files in, a submission out."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from whatworks import returns
from whatworks.returns import loading
from whatworks.returns.model import ReturnsError
from whatworks.returns.store import Store
from whatworks.returns.verifying import verify_workspace

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,1,01/02/2012,WBRI,A123456789123,,\n"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "101,03/04/2024,S,C2,N1,U4,PR1,,,,AB1 0BC,AB1 0BC,SC123456\n"
    "101,99/99/2024,S,C2,N1,U4,PR1,,,,AB1 0BC,AB1 0BC,SC123456\n"
)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "header.csv").write_text(HEADER)
    (folder / "episodes.csv").write_text(EPISODES)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "workspace", create=True)


def test_a_folder_of_files_is_read_typed_and_kept(store: Store, sent: Path) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)

    kept = returns.load(sent, store=store, council="301", year=2025, by="person:1", now=now)

    assert (kept.council, kept.collection, kept.year) == ("301", "ssda903", 2025)
    assert (kept.received_at, kept.received_by) == (now, "person:1")
    assert kept.reader_version == loading.READER_VERSION
    assert kept.n_rows == {"Header": 1, "Episodes": 2}
    episodes = store.tables(kept)["Episodes"]
    assert episodes["DECOM"].to_list() == [date(2024, 4, 3), None]
    assert episodes["DECOM__unreadable"].to_list() == [False, True]
    (problem,) = store.problems(kept).to_dicts()
    assert (problem["file"], problem["table"], problem["row"], problem["value"]) == (
        "episodes.csv",
        "Episodes",
        2,
        "99/99/2024",
    )
    assert store.text_tables(kept)["Episodes"]["DECOM"].to_list() == ["03/04/2024", "99/99/2024"]
    originals = {store.original(kept, file.sha256) for file in kept.files}
    assert originals == {HEADER.encode(), EPISODES.encode()}
    assert all(place.ok for place in verify_workspace(store.path))


def test_the_same_files_in_another_wrapping_change_nothing(
    store: Store, sent: Path, tmp_path: Path
) -> None:
    first = returns.load(sent, store=store, council="301", year=2025)
    archive = tmp_path / "return.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("b.csv", HEADER)
        packed.writestr("a.csv", EPISODES)
    paths = [sent / "episodes.csv", sent / "header.csv"]

    for source in (archive, paths, [str(path) for path in reversed(paths)]):
        again = returns.load(source, store=str(store.path), council="301", year=2025)
        assert again.already_stored
        assert again.id == first.id


def test_a_changed_file_supersedes(store: Store, sent: Path) -> None:
    first = returns.load(sent, store=store, council="301", year=2025)
    (sent / "header.csv").write_text(HEADER.replace("WBRI", "WIRI"))
    second = returns.load(sent, store=store, council="301", year=2025)
    assert second.supersedes == first.id
    assert store.tables(first)["Header"]["ETHNIC"].to_list() == ["WBRI"]


def test_a_newer_reader_reads_the_same_files_again(
    store: Store, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = returns.load(sent, store=store, council="301", year=2025)
    monkeypatch.setattr(loading, "READER_VERSION", "another")
    assert returns.load(sent, store=store, council="301", year=2025).supersedes == first.id


def test_data_frames_are_loaded_as_well(store: Store) -> None:
    tables = {"Header": pl.DataFrame({"CHILD": ["101"], "SEX": ["1"]})}
    kept = returns.load(tables, store=store, council="301", year=2025, collection="ssda903")
    assert kept.n_rows == {"Header": 1}
    assert returns.load(
        tables, store=store, council="301", year=2025, collection="ssda903"
    ).already_stored


def test_what_cannot_be_loaded_hurts_nothing(store: Store, sent: Path, tmp_path: Path) -> None:
    kept = returns.load(sent, store=store, council="301", year=2025)
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    noise = tmp_path / "noise.csv"
    noise.write_bytes(bytes(range(256)) * 20)

    for source in (empty, noise, tmp_path / "missing.csv", tmp_path / "workspace"):
        with pytest.raises(returns.NotAReturn):
            returns.load(source, store=store, council="301", year=2025)
    with pytest.raises(ReturnsError, match="999"):
        returns.load(sent, store=store, council="999", year=2025)
    with pytest.raises(ReturnsError, match="which council"):
        returns.load(sent, store=store, year=2025)
    with pytest.raises(ReturnsError, match="no workspace"):
        returns.load(sent, store=tmp_path / "nowhere", council="301", year=2025)

    assert store.submissions(current=False) == [kept]
    assert all(place.ok for place in verify_workspace(store.path))
