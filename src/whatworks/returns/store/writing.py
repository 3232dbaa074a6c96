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

from whatworks.returns.model import ReadReturn
from whatworks.returns.store import catalogue, disk
from whatworks.returns.store.disk import StoreError
from whatworks.returns.store.manifest import (
    PROBLEMS,
    TEXT,
    Manifest,
    StoredFile,
    digest,
    same_tables,
    table_name,
)

SUBMISSIONS, ORIGINALS, STAGING = "submissions", "originals", "staging"
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
    connection: sqlite3.Connection, folder: Path, entry: Manifest, parcel: Parcel, read: ReadReturn
) -> Manifest:
    """Write everything of this submission; it exists once the caller's transaction commits.

    Returns the manifest as stored, with the originals that were kept.

    ``connection`` holds the catalogue's write lock, so whatever no row speaks of was left by a
    load that died, and is cleared first.
    """
    clear_leftovers(connection, folder)
    staging, final = folder / STAGING / entry.id, folder / SUBMISSIONS / entry.id
    try:
        for part in (folder / SUBMISSIONS, folder / ORIGINALS, staging):
            disk.make_folder(part)
        kept = {
            sha256: packed
            for earlier in catalogue.manifests(connection)
            for sha256, packed in earlier.originals.items()
        }
        entry = replace(entry, originals=_keep_originals(folder, staging, read, kept))
        for name, content in parcel.contents.items():
            disk.write_file(staging / name, content)
        disk.sync_folder(staging)
        disk.move(staging, final)
        disk.sync_folder(final.parent)
        catalogue.insert(connection, entry)
    except BaseException:
        disk.clear(staging)
        disk.clear(final)
        raise
    else:
        return entry


def clear_leftovers(connection: sqlite3.Connection, folder: Path) -> list[str]:
    """Remove what loads that died left behind. The caller holds the write lock."""
    gone = leftovers(folder, catalogue.manifests(connection))
    for name in gone:
        disk.clear(folder / name)
    return gone


def leftovers(folder: Path, entries: Sequence[Manifest]) -> list[str]:
    """Paths within the council's folder that no submission speaks of."""
    ids = {entry.id for entry in entries}
    kept = {original_name(value) for entry in entries for value in entry.originals}
    found = [f"{STAGING}/{name}" for name in disk.names_in(folder / STAGING)]
    found += [
        f"{SUBMISSIONS}/{name}" for name in disk.names_in(folder / SUBMISSIONS) if name not in ids
    ]
    found += [
        f"{ORIGINALS}/{name}" for name in disk.names_in(folder / ORIGINALS) if name not in kept
    ]
    return found


def original_name(sha256: str) -> str:
    """The name of a kept file."""
    return f"{sha256}.gz"


def _keep_originals(
    folder: Path, staging: Path, read: ReadReturn, kept: Mapping[str, str]
) -> dict[str, str]:
    """Keep the bytes of each file that can be read again: its digest -> that of the packed file.

    A file that is kept already (``kept``) is not written again, and is trusted to be as it was
    written: verification tells if it is not.
    """
    originals: dict[str, str] = {}
    moved = False
    for sha256 in sorted({file.sha256 for file in read.files if file.sha256 in read.paths}):
        target = folder / ORIGINALS / original_name(sha256)
        if sha256 in kept and target.exists():
            originals[sha256] = kept[sha256]
            continue
        waiting = staging / original_name(sha256)
        originals[sha256] = _pack(read.paths[sha256], sha256, waiting)
        disk.move(waiting, target)
        moved = True
    if moved:
        disk.sync_folder(folder / ORIGINALS)
    return originals


def _pack(where: str, sha256: str, target: Path) -> str:
    """Pack a file's bytes into a new file. Returns the digest of what was written."""
    check = hashlib.sha256()
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | disk.BINARY
    with (
        open_source(where) as source,
        open(os.open(target, flags, disk.FILE_MODE), "w+b") as raw,
    ):
        with gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0) as zipped:
            while piece := source.read(_PIECE):
                check.update(piece)
                zipped.write(piece)
        raw.flush()
        disk.sync_file(raw.fileno())
        raw.seek(0)
        packed_digest = hashlib.file_digest(raw, "sha256").hexdigest()
    if check.hexdigest() != sha256:
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
