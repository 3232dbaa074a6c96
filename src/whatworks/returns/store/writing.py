"""How a submission gets into the store: staged, made durable, moved, then committed."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import polars as pl

from whatworks.returns.model import ReadReturn, SourceFile
from whatworks.returns.store import catalogue, disk
from whatworks.returns.store.disk import StoreError
from whatworks.returns.store.manifest import (
    PROBLEMS,
    TEXT,
    Manifest,
    StoredFile,
    digest,
    is_original_name,
    is_submission_id,
    original_name,
    same_tables,
    table_name,
)

SUBMISSIONS, ORIGINALS, STAGING = "submissions", "originals", "staging"
MOVED = "moved"
"""File of a mark in staging: the originals that the load moves out."""

_PIECE = 1 << 20
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Parcel:
    """A submission's files, encoded and ready to be written: name -> bytes."""

    contents: Mapping[str, bytes] = field(repr=False)
    n_rows: Mapping[str, int]

    def stored(self) -> tuple[StoredFile, ...]:
        """Their names, digests and sizes."""
        return tuple(
            StoredFile(name, digest(content), len(content))
            for name, content in self.contents.items()
        )


def packed(read: ReadReturn, typed: Mapping[str, pl.DataFrame], problems: pl.DataFrame) -> Parcel:
    """Encode the tables: one Parquet file a typed table, all text tables in one zip."""
    same_tables(list(typed))
    contents = {f"{table_name(name)}.parquet": _parquet(frame) for name, frame in typed.items()}
    contents[PROBLEMS] = _parquet(problems)
    contents[TEXT] = _zipped({name: _parquet(frame) for name, frame in read.tables.items()})
    return Parcel(contents, {name: frame.height for name, frame in typed.items()})


def store_parcel(
    connection: sqlite3.Connection,
    folder: Path,
    entry: Manifest,
    parcel: Parcel,
    read: ReadReturn | None,
) -> Manifest:
    """Write everything of this submission; it exists once the caller's transaction commits.

    Returns the manifest as stored, with the originals that were kept. ``connection`` holds the
    catalogue's write lock, so whatever stands in staging was left by a load that died. ``read``:
    None where the originals are those of a submission that is here already.
    """
    entries = catalogue.manifests(connection)
    clear_leftovers(folder, entries)
    mark, final = folder / STAGING / entry.id, folder / SUBMISSIONS / entry.id
    if final.exists():
        raise StoreError(
            f"Council {entry.council} has files of this submission that its catalogue does not "
            "know, as if the catalogue were an older copy; put the right catalogue back first."
        )
    kept = {sha: packed for earlier in entries for sha, packed in earlier.originals.items()}
    try:
        for part in (final.parent, folder / ORIGINALS, mark / SUBMISSIONS, mark / ORIGINALS):
            disk.make_folder(part)
        originals = dict(entry.originals)
        if read is not None:
            originals = _pack_originals(folder, mark, read, kept)
        for name, content in parcel.contents.items():
            disk.write_file(mark / SUBMISSIONS / name, content)
        new = disk.names_in(mark / ORIGINALS)
        disk.write_file(mark / MOVED, "\n".join(new).encode())
        for part in (mark / SUBMISSIONS, mark / ORIGINALS, mark, mark.parent):
            disk.sync_folder(part)
        for name in new:
            disk.move(mark / ORIGINALS / name, folder / ORIGINALS / name)
        disk.move(mark / SUBMISSIONS, final)
        for part in (folder / ORIGINALS, final.parent):
            disk.sync_folder(part)
        entry = replace(entry, originals=originals)
        catalogue.insert(connection, entry)
    except BaseException:
        clear_leftovers(folder, entries)
        raise
    else:
        return entry


def clear_mark(folder: Path, submission_id: str) -> None:
    """Take away the mark of a load that has committed. Harmless if another load did already."""
    disk.clear(folder / STAGING / submission_id)


def clear_leftovers(folder: Path, entries: Sequence[Manifest]) -> None:
    """Remove what loads that died left behind. The caller holds the write lock.

    Only what a mark in staging names is removed, and only if no submission speaks of it: files
    that merely seem to belong to nobody (as when an older catalogue was put back) are left.
    """
    ids = {entry.id for entry in entries}
    kept = {original_name(sha256) for entry in entries for sha256 in entry.originals}
    for name in disk.names_in(folder / STAGING):
        mark = folder / STAGING / name
        for original in _moved(mark) - kept:
            disk.clear(folder / ORIGINALS / original)
        if is_submission_id(name) and name not in ids:
            disk.clear(folder / SUBMISSIONS / name)
        disk.clear(mark)


def strangers(folder: Path, entries: Sequence[Manifest]) -> list[str]:
    """Names in the council's folder that neither a submission nor an unfinished load explains."""
    marks = disk.names_in(folder / STAGING)
    ids = {entry.id for entry in entries} | set(marks)
    kept = {original_name(sha256) for entry in entries for sha256 in entry.originals}
    for mark in marks:
        kept |= _moved(folder / STAGING / mark)
    return [name for name in disk.names_in(folder / SUBMISSIONS) if name not in ids] + [
        name for name in disk.names_in(folder / ORIGINALS) if name not in kept
    ]


def unfinished(folder: Path) -> bool:
    """Whether a load is under way, or died and was not cleared up after yet."""
    return bool(disk.names_in(folder / STAGING))


def _moved(mark: Path) -> set[str]:
    """Names of the originals that a load was to move out of staging."""
    try:
        names = set((mark / MOVED).read_text("ascii").split("\n"))
    except (OSError, UnicodeDecodeError):
        return set()
    return {name for name in names if is_original_name(name)}


def _pack_originals(
    folder: Path, mark: Path, read: ReadReturn, kept: Mapping[str, str]
) -> dict[str, str]:
    """Pack each file whose bytes can be read again: its digest -> that of the packed file.

    A file that is kept already (``kept``) is not written again, and is trusted to be as it was
    written: verification tells if it is not.
    """
    originals: dict[str, str] = {}
    for file in read.files:
        sha256 = file.sha256
        if sha256 in originals or sha256 not in read.paths:
            continue
        name = original_name(sha256)
        if sha256 in kept and (folder / ORIGINALS / name).exists():
            originals[sha256] = kept[sha256]
        else:
            originals[sha256] = _pack(read.paths[sha256], file, mark / ORIGINALS / name)
    return originals


def _pack(where: str, file: SourceFile, target: Path) -> str:
    """Pack a file's bytes into a new file. Returns the digest of what was written."""
    check, size = hashlib.sha256(), 0
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | disk.BINARY
    with (
        open_source(where) as source,
        open(os.open(target, flags, disk.FILE_MODE), "w+b") as raw,
    ):
        with gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0) as zipped:
            while size <= file.size and (piece := source.read(_PIECE)):
                size += len(piece)
                check.update(piece)
                zipped.write(piece)
        raw.flush()
        disk.sync_file(raw.fileno())
        raw.seek(0)
        packed_digest = hashlib.file_digest(raw, "sha256").hexdigest()
    if check.hexdigest() != file.sha256:
        raise StoreError(
            "A file was changed while it was being loaded, so nothing was stored; load it again."
        )
    return packed_digest


def open_source(where: str) -> IO[bytes]:
    """The bytes at a path, or at 'zip path::member'. Raises StoreError when they are gone."""
    if os.path.isfile(where):
        return open(where, "rb")
    for at in (i for i in range(len(where)) if where.startswith("::", i)):
        outer, member = where[:at], where[at + 2 :]
        if os.path.isfile(outer):
            try:
                with zipfile.ZipFile(outer) as archive:
                    return archive.open(member)
            except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
                break
    raise StoreError("A file that was being loaded is no longer there, so nothing was stored.")


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=1, statistics=True)
    return buffer.getvalue()


def _zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), content)
    return buffer.getvalue()
