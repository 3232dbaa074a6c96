"""A seal beside a SQLite file: the digest of every byte of it, as of the end of its chain.

The chain covers what events say. A SQLite file also has bytes that say nothing (free space,
counters), and a seal covers those too, so that any flipped bit of the disk is found. It is
written just after a commit; a crash in between leaves the seal one event behind, which is no
fault and is reported as "not sealed", until the next commit seals again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from whatworks.ledger.log import head

SUFFIX = ".seal"


@dataclass(frozen=True)
class Seal:
    """What a seal says: the chain's end, and the file's size in bytes and SHA-256 at that time."""

    sequence: int
    head: str
    size: int
    sha256: str

    def encoded(self) -> bytes:
        """The one way to write it."""
        return (json.dumps({"format": 1, **asdict(self)}, sort_keys=True) + "\n").encode()


class BrokenSealError(Exception):
    """The seal is not as it was written."""


def seal_path(connection: sqlite3.Connection) -> Path | None:
    """Where this database's seal is, or None if the database is not a file."""
    rows = connection.execute("PRAGMA database_list").fetchall()
    path = next((row[2] for row in rows if row[1] == "main"), "")
    return Path(path + SUFFIX) if path else None


def seal(connection: sqlite3.Connection) -> Seal | None:
    """Seal the database file; call it after a commit. None where it was not sealed.

    A file in write-ahead mode is not sealed (its newest pages are in another file), nor is one
    that somebody else is writing to at this moment: they will seal it when they are done.
    """
    path = seal_path(connection)
    if path is None or not _can_seal(connection):
        return None
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return None
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(patience)}")
    try:
        made = current_seal(connection)
        _replace(path, made.encoded())
    finally:
        connection.rollback()
    return made


def current_seal(connection: sqlite3.Connection) -> Seal:
    """The seal that fits the database as it is now.

    The bytes are taken through SQLite. Opening and closing the file here would drop every lock
    that this process holds on it (a property of POSIX locks).
    """
    end = head(connection)
    content = connection.serialize()
    return Seal(end.sequence, end.hash, len(content), hashlib.sha256(content).hexdigest())


def read_seal(path: Path) -> Seal | None:
    """The seal in this file, or None if there is none. Raises BrokenSealError."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        fields = json.loads(raw)
        found = Seal(fields["sequence"], fields["head"], fields["size"], fields["sha256"])
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        raise BrokenSealError from None
    if found.encoded() != raw:
        raise BrokenSealError
    return found


@contextlib.contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """One consistent view of the database, whatever others write meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        yield
    finally:
        if connection.in_transaction:
            connection.rollback()


def _can_seal(connection: sqlite3.Connection) -> bool:
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    return mode != "wal" and hasattr(connection, "serialize")


def _replace(path: Path, content: bytes) -> None:
    """Put a new seal in the place of the old. The write lock held above makes one name enough."""
    temporary = path.with_name(f"{path.name}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
