"""A council's catalogue: one SQLite file with a row for each submission, and the ledger."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from whatworks import ledger
from whatworks.returns.store import disk
from whatworks.returns.store.manifest import Manifest, decoded

FILE = "catalogue.sqlite"
SEAL = f"{FILE}.seal"
FORMAT = 1
APPLICATION = 0x77776361  # 'wwca', in the header of the file
PATIENCE = 120.0
"""Seconds that a load waits for another load of the same council."""

_LOST = (
    "This council's catalogue is missing or damaged; put it back from a copy before anything "
    "else is loaded. The submissions' own files are still there."
)

_TABLE = """CREATE TABLE submission (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    collection TEXT NOT NULL,
    year INTEGER NOT NULL,
    manifest TEXT NOT NULL
)"""
_NO_CHANGE = """CREATE TRIGGER submission_no_{what} BEFORE {what} ON submission
BEGIN SELECT RAISE(ABORT, 'a submission is never changed'); END"""

OBJECTS = {
    "submission": _TABLE,
    "submission_id": "CREATE UNIQUE INDEX submission_id ON submission (id)",
    "submission_no_update": _NO_CHANGE.format(what="update"),
    "submission_no_delete": _NO_CHANGE.format(what="delete"),
}
"""Everything but the ledger that a catalogue holds: name -> SQL."""


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection | None]:
    """The catalogue for reading; None where the council has none.

    It is opened for writing all the same, because the first reader after a crash rolls the
    unfinished transaction back; on a disk that can only be read it is opened so.
    """
    path = folder / FILE
    sealed = _is_sealed(folder)
    if not path.is_file():
        if sealed:
            raise disk.StoreError(_LOST)
        yield None
        return
    mode = "rw" if os.access(folder, os.W_OK) and os.access(path, os.W_OK) else "ro"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
    )
    try:
        connection.execute("BEGIN")
        made = _is_made(connection, sealed=sealed)
        connection.execute("COMMIT")
        yield connection if made else None
    finally:
        connection.close()


@contextlib.contextmanager
def written(folder: Path, *, council: str, by: str, at: datetime) -> Iterator[sqlite3.Connection]:
    """The catalogue inside a write transaction, made first if it is not there.

    Committed at the end of the block and rolled back on any error. While the block runs nobody
    else writes to this council.
    """
    path = folder / FILE
    sealed = _is_sealed(folder)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, disk.FILE_MODE))
        disk.sync_folder(folder)
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA secure_delete = ON")
        with ledger.writing(connection):
            if not _is_made(connection, sealed=sealed):
                _make(connection, council=council, by=by, at=at)
            yield connection
        # The submission is stored. A seal that cannot be written is reported by verification.
        with contextlib.suppress(OSError, sqlite3.Error):
            ledger.seal(connection)
    finally:
        connection.close()


def manifests(connection: sqlite3.Connection) -> list[Manifest]:
    """Every submission in the order received."""
    rows = connection.execute("SELECT manifest FROM submission ORDER BY position").fetchall()
    return [decoded(row[0]) for row in rows]


def manifest(connection: sqlite3.Connection, submission_id: str) -> Manifest | None:
    """One submission, if it is there."""
    row = connection.execute(
        "SELECT manifest FROM submission WHERE id = ?", (submission_id,)
    ).fetchone()
    return decoded(row[0]) if row else None


def latest(connection: sqlite3.Connection, entry: Manifest) -> str | None:
    """Id of the submission that is current in the place that this one is to take."""
    rows = connection.execute(
        "SELECT manifest FROM submission WHERE collection = ? AND year = ? ORDER BY position DESC",
        (entry.collection, entry.year),
    )
    before = (decoded(row[0]) for row in rows)
    return next((one.id for one in before if one.place == entry.place), None)


def superseding(connection: sqlite3.Connection, entry: Manifest) -> str | None:
    """Id of the submission that took this one's place, if one did."""
    rows = connection.execute(
        "SELECT manifest FROM submission WHERE collection = ? AND year = ? AND position > "
        "(SELECT position FROM submission WHERE id = ?) ORDER BY position",
        (entry.collection, entry.year, entry.id),
    )
    after = (decoded(row[0]) for row in rows)
    return next((one.id for one in after if one.place == entry.place), None)


def standing(connection: sqlite3.Connection, entry: Manifest) -> Manifest:
    """The submission that counts for this one: the one in its place now, if it is of the same
    content read by the same version, as when it was used again; else this one itself."""
    current = manifest(connection, latest(connection, entry) or entry.id) or entry
    same = (current.content, current.reader_version, current.as_at)
    return current if same == (entry.content, entry.reader_version, entry.as_at) else entry


def has_any(connection: sqlite3.Connection) -> bool:
    """Whether any submission is stored."""
    return connection.execute("SELECT 1 FROM submission LIMIT 1").fetchone() is not None


def insert(connection: sqlite3.Connection, entry: Manifest) -> None:
    """Add the row and its event: with the commit that follows, the submission exists."""
    text = entry.encoded()
    connection.execute(
        "INSERT INTO submission (id, collection, year, manifest) VALUES (?, ?, ?, ?)",
        (entry.id, entry.collection, entry.year, text),
    )
    ledger.append(
        connection,
        kind="submission.stored",
        by=entry.received_by,
        subject=entry.id,
        data=event_data(entry),
        at=datetime.fromisoformat(entry.received_at),
    )


def event_data(entry: Manifest) -> dict[str, object]:
    """What the ledger says of a submission: counts and digests, no name of a file."""
    monthly = {} if entry.as_at is None else {"as_at": entry.as_at}
    again = {} if entry.again_of is None else {"again_of": entry.again_of}
    return {
        **monthly,
        **again,
        "collection": entry.collection,
        "year": entry.year,
        "content": entry.content,
        "manifest": entry.sha256(),
        "n_files": len(entry.files),
        "n_rows": sum(entry.n_rows.values()),
        "n_problems": entry.n_problems,
        "reader_version": entry.reader_version,
        "supersedes": entry.supersedes,
    }


def _is_made(connection: sqlite3.Connection, *, sealed: bool) -> bool:
    """Whether this file is a catalogue, as opposed to still empty. Raises for any other.

    Called inside a transaction, so that it sees one moment of a file that others may be making.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT:
        raise disk.StoreError(
            "This council's catalogue was made by a newer version of whatworks; use that version."
        )
    if version == FORMAT:
        return True
    if version != 0 or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise disk.StoreError(_LOST)
    if sealed:
        raise disk.StoreError(_LOST)
    return False


def _is_sealed(folder: Path) -> bool:
    """Whether this council's catalogue was sealed once: then one that is empty has been lost.

    To be asked before the catalogue is looked at. Asked after, another load could have made and
    sealed it in between, and a catalogue that had just begun would pass for one that was lost.
    """
    return (folder / SEAL).exists()


def _make(connection: sqlite3.Connection, *, council: str, by: str, at: datetime) -> None:
    for sql in OBJECTS.values():
        connection.execute(sql)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    ledger.ensure(connection)
    ledger.append(
        connection,
        kind="catalogue.made",
        by=by,
        subject=f"council:{council}",
        data={"format": FORMAT},
        at=at,
    )
