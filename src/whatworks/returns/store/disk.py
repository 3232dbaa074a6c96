"""The edge where the store meets the disk: durable writes, private folders, plain errors."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from whatworks.returns.model import ReturnsError

FOLDER_MODE = 0o700
FILE_MODE = 0o600
BINARY = getattr(os, "O_BINARY", 0)

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "this account may not read or write there",
    errno.EPERM: "this account may not read or write there",
    errno.EROFS: "the disk can only be read",
    errno.ENOTDIR: "part of the path is a file, not a folder",
    errno.EIO: "the disk reports an error",
}


class StoreError(ReturnsError):
    """The workspace cannot do what was asked; its text says why and what is unharmed."""


@contextlib.contextmanager
def told_plainly(doing: str) -> Iterator[None]:
    """Turn an error of the disk or of SQLite into one sentence. ``doing``: 'open the workspace'."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
        raise StoreError(f"Could not {doing}: {reason}.") from error
    except sqlite3.Error as error:
        raise StoreError(f"Could not {doing}: {_sqlite_reason(error)}.") from error


def _sqlite_reason(error: sqlite3.Error) -> str:
    text = str(error)
    if "locked" in text or "busy" in text:
        return "another load has been writing for a long time; try again when it is done"
    if "full" in text:
        return "the disk is full"
    if "readonly" in text or "unable to open" in text:
        return "this account may not read or write there"
    if isinstance(error, sqlite3.OperationalError) and "disk I/O" in text:
        return "the disk reports an error"
    return "the catalogue is damaged; run 'whatworks admin verify-ledger'"


def make_folder(path: Path) -> None:
    """A folder that only this account can enter, and its parents. Nothing if it is there."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, FOLDER_MODE)
        sync_folder(path.parent)


def write_file(path: Path, content: bytes) -> None:
    """Write a new file that only this account can read, and see it safely onto the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, FILE_MODE)
    with open(descriptor, "wb") as file:
        file.write(content)
        sync_file(file.fileno())


def sync_file(descriptor: int) -> None:
    """Wait until what was written to this file would survive a power cut."""
    os.fsync(descriptor)


def sync_folder(path: Path) -> None:
    """The same for the names in a folder. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move(source: Path, target: Path) -> None:
    """Rename within one disk: at once, or not at all."""
    os.replace(source, target)


def clear(path: Path) -> None:
    """Remove a file or a folder of leftovers; what will not go is left for the next time."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def names_in(path: Path) -> list[str]:
    """Sorted names in a folder; none if there is no such folder."""
    try:
        return sorted(os.listdir(path))
    except FileNotFoundError:
        return []
