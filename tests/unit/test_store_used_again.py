"""A return that was replaced counts again: what was stored stays, and the workspace verifies."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal
from typer.testing import CliRunner

from whatworks import returns
from whatworks.cli import app
from whatworks.returns import Store, StoreError, Submission
from whatworks.returns.store import disk
from whatworks.returns.verifying import verify_workspace

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
COLUMNS = "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "workspace", create=True, synthetic=True)


def load(store: Store, day: str) -> Submission:
    """A return of one child, kept from a file."""
    path = store.path.parent / f"{day}.csv"
    path.write_text(f"{COLUMNS}\nA,{day}/05/2024,S,C2,N1,U4,,\n", "utf-8")
    return returns.load(path, store=store, council="301", year=2025)


def current(store: Store) -> list[str]:
    return [one.id for one in store.submissions()]


def assert_sound(store: Store) -> None:
    for place in verify_workspace(store.path):
        assert place.ok, place.problems


def test_the_earlier_return_counts_again_and_nothing_that_was_stored_changes(store: Store) -> None:
    first, second = load(store, "01"), load(store, "02")
    again = store.use_again(first, by="person:abc", now=NOON)
    assert current(store) == [again.id]
    assert (again.again_of, again.supersedes) == (first.id, second.id)
    assert (again.received_by, again.received_at) == ("person:abc", NOON)
    assert (again.files, again.n_rows, again.notes) == (first.files, first.n_rows, first.notes)
    for name, frame in store.tables(first).items():
        assert_frame_equal(store.tables(again)[name], frame)
    sha256 = first.files[0].sha256
    assert store.original(again, sha256) == store.original(first, sha256)
    kept = [one.id for one in store.submissions(current=False)]
    assert kept == [first.id, second.id, again.id]
    assert store.submission(second.id).superseded_by == again.id
    assert_sound(store)


def test_it_can_be_changed_back_as_often_as_anybody_likes(store: Store) -> None:
    pair = load(store, "01"), load(store, "02")
    seen = {one.id for one in pair}
    for wanted in itertools.islice(itertools.cycle(pair), 5):
        again = store.use_again(wanted)
        assert again.again_of == wanted.id
        assert again.id not in seen
        seen.add(again.id)
        assert current(store) == [again.id]
    assert_sound(store)


def test_one_that_repeats_another_is_itself_used_again_as_the_first(store: Store) -> None:
    first, _ = load(store, "01"), load(store, "02")
    again = store.use_again(first)
    load(store, "03")
    assert store.use_again(again).again_of == first.id


def test_the_same_files_sent_again_are_known_as_the_one_that_counts(store: Store) -> None:
    first, _ = load(store, "01"), load(store, "02")
    again = store.use_again(first)
    sent = load(store, "01")
    assert (sent.id, sent.already_stored, sent.current) == (again.id, True, True)


def test_what_counts_already_or_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="no submission"):
        store.use_again("301-ssda903-2025-" + "0" * 20)
    first, second = load(store, "01"), load(store, "02")
    with pytest.raises(StoreError, match="counts already"):
        store.use_again(second)
    store.use_again(first)
    with pytest.raises(StoreError, match="counts already"):
        store.use_again(first)
    assert len(store.submissions(current=False)) == 3
    assert_sound(store)


def test_a_month_is_used_again_as_of_the_day_it_told_of(store: Store) -> None:
    def lists(visited: str) -> Submission:
        path = store.path.parent / "list.csv"
        head = "Child Unique ID,Date Started to be Looked After,Date of Last Social Work Visit"
        path.write_text(f"{head}\nA,01/01/2024,{visited}\n", "utf-8")
        return returns.load(path, store=store, council="301", as_at=date(2024, 6, 28))

    first, _ = lists("01/06/2024"), lists("02/06/2024")
    again = store.use_again(first)
    assert (again.as_at, again.month) == (date(2024, 6, 28), "2024-06")
    assert_sound(store)


def test_a_file_that_was_altered_is_not_used_again(store: Store) -> None:
    first, second = load(store, "01"), load(store, "02")
    path = store.table_paths(first)["Episodes"]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(StoreError, match="not as it was stored"):
        store.use_again(first)
    assert current(store) == [second.id]


def test_a_disk_that_fails_at_any_step_hurts_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = load(store, "01"), load(store, "02")
    for step in itertools.count(1):
        taken = itertools.count(1)

        def failing(*args: object, real: object, taken: object = taken, at: int = step) -> object:
            if next(taken) == at:
                raise OSError(28, "No space left on device")
            return real(*args)

        with monkeypatch.context() as patch:
            for name in ("make_folder", "write_file", "move", "sync_folder"):
                real = getattr(disk, name)
                patch.setattr(disk, name, lambda *a, real=real, f=failing: f(*a, real=real))
            try:
                store.use_again(first)
            except StoreError:
                assert current(store) == [second.id]
                continue
        break
    assert step > 5
    assert_sound(store)


def test_the_command_makes_it_count_again(store: Store) -> None:
    first, second = load(store, "01"), load(store, "02")
    place = ["--workspace", str(store.path)]
    done = CliRunner().invoke(app, ["returns", "use", first.id, *place, "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["supersedes"] == second.id
    twice = CliRunner().invoke(app, ["returns", "use", first.id, *place])
    assert "counts already" in str(twice.exception)
