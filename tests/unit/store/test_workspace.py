"""The workspace: synthetic or real for life, for one account alone, and told in its ledger."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from whatworks import ledger
from whatworks.returns.model import ReturnsError
from whatworks.returns.store import Store, StoreError
from whatworks.returns.verifying import workspace_heads

from .made import CHILD, NOON, assert_sound, frames_only, keep


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
