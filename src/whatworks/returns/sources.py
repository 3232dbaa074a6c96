"""What was sent: paths, folders and zips become a list of files, each hashed and sized.

Nothing from inside a zip is ever written to disk, so the names of its members cannot point
anywhere. A file that cannot be taken is an ``Unread`` with one sentence; nothing is raised.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath
from typing import IO

from whatworks.returns import limits
from whatworks.returns.model import Note

PathLike = str | os.PathLike[str]
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,  # NotImplementedError for unknown packing is one
    ValueError,
)
_LITTER = ("__macosx/", "thumbs.db", "desktop.ini", ".ds_store")
_DAMAGED = "The zip is damaged or was cut short, so it cannot be unpacked. Send it again."


@dataclass(frozen=True, order=True)
class Unread:
    """A file that could not be taken, and why: one sentence without anything from its cells."""

    name: str
    why: str


@dataclass(frozen=True)
class RawFile:
    """A file that can be opened again and again: on disk, or inside a zip on disk."""

    name: str
    path: Path
    member: str | None
    size: int
    sha256: str
    head: bytes = field(repr=False)

    @property
    def place(self) -> str:
        """Where its bytes are: a path, or 'zip path::member'."""
        return str(self.path) if self.member is None else f"{self.path}::{self.member}"

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Its bytes as a stream."""
        with _opened(self.path, self.member) as stream:
            yield stream

    def read(self) -> bytes:
        """All its bytes."""
        with self.open() as stream:
            return stream.read(limits.MAX_FILE_BYTES)


@dataclass
class Gathered:
    """All that was sent."""

    files: list[RawFile] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def gather(paths: Iterable[PathLike], *, workbooks: bool = False) -> Gathered:
    """The files under these paths: files as they are, folders one level deep, zips unpacked.

    A file goes by its own name; where two have the same, by as much of their paths as differs.
    workbooks: take Excel workbooks as files; else they are turned away as no return.
    """
    gathered = Gathered()
    found: dict[str, Path] = {}
    for given in paths:
        path = Path(given)
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError):
            is_folder = False
        for file in _in_folder(path, gathered) if is_folder else [path]:
            if found.setdefault(str(file), file) is not file:
                text = "The same path was given twice; it was used once."
                gathered.notes.append(Note("same_file_again", text, file.name))
    for file, name in zip(found.values(), _names(list(found.values())), strict=True):
        _add_file(file, name, gathered, workbooks=workbooks)
    return gathered


def _names(files: Sequence[PurePath]) -> list[str]:
    """The shortest ends of paths that tell them apart."""
    names = [file.name or str(file) for file in files]
    for length in range(2, max((len(file.parts) for file in files), default=0) + 1):
        shared = {name for name, count in Counter(names).items() if count > 1}
        if not shared:
            break
        names = [
            "/".join(file.parts[-length:]) if name in shared else name
            for file, name in zip(files, names, strict=True)
        ]
    return names


def _in_folder(folder: Path, gathered: Gathered) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        gathered.unread.append(Unread(folder.name, "The folder cannot be opened."))
        return []
    inner = [entry.name for entry in entries if entry.is_dir()]
    files = [entry for entry in entries if not entry.is_dir()]
    if inner and files:
        text = f"{len(inner)} folders inside {folder.name} were not looked into."
        gathered.notes.append(Note("inner_folders", text, folder.name, count=len(inner)))
    if not files:
        why = "The folder has no files in it."
        if inner:
            why = "The folder has only folders in it. Name the one that holds the return's files."
        gathered.unread.append(Unread(folder.name or str(folder), why))
    for entry in files:
        if _is_litter(entry.name):
            _note_litter(entry.name, gathered)
    return [entry for entry in files if not _is_litter(entry.name)]


def _add_file(path: Path, name: str, gathered: Gathered, *, workbooks: bool) -> None:
    if len(gathered.files) + len(gathered.unread) >= limits.MAX_FILES:
        why = f"More than {limits.MAX_FILES:,} files were sent; this one was not read."
        gathered.unread.append(Unread(name, why))
        return
    wrong = _why_not(path)
    if wrong is not None:
        gathered.unread.append(Unread(name, wrong))
        return
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            _add_zip(path, name, gathered, workbooks=workbooks)
        else:
            _add_raw(path, None, name, gathered)
    except OSError:
        gathered.unread.append(Unread(name, "The file cannot be opened."))


def _why_not(path: Path) -> str | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return "There is no such file. Check the path."
    except (OSError, ValueError):
        return "The file cannot be opened. Check the path."
    if not stat.S_ISREG(status.st_mode):
        return "It is not a file."
    if status.st_size == 0:
        return "The file is empty."
    if status.st_size > limits.MAX_FILE_BYTES:
        return _too_large()
    return None


def _too_large() -> str:
    return f"The file is over the limit of {limits.MAX_FILE_BYTES / limits.MEGABYTE:,.0f} MB."


def _add_raw(path: Path, member: str | None, name: str, gathered: Gathered) -> int:
    """Hash and keep a file; its size unpacked. Raises what opening it raises."""
    digest, size, head = hashlib.sha256(), 0, b""
    with _opened(path, member) as stream:
        while chunk := stream.read(limits.CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
            head = head or chunk[: limits.HEAD_BYTES]
            if size > limits.MAX_FILE_BYTES:
                gathered.unread.append(Unread(name, _too_large()))
                return size
    if size == 0:
        gathered.unread.append(Unread(name, "The file is empty."))
    else:
        gathered.files.append(RawFile(name, path, member, size, digest.hexdigest(), head))
    return size


def _add_zip(path: Path, zip_name: str, gathered: Gathered, *, workbooks: bool) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _ZIP_ERRORS:
        gathered.unread.append(Unread(zip_name, _DAMAGED))
        return
    if workbooks and _is_document(members):
        _add_raw(path, None, zip_name, gathered)
        return
    why = _why_not_zip(members)
    if why is not None:
        gathered.unread.append(Unread(zip_name, why))
        return
    for entry in members:
        if _is_litter(entry.filename):
            _note_litter(entry.filename, gathered)
    members = [entry for entry in members if not _is_litter(entry.filename)]
    names = _names([PurePosixPath(_plain(entry.filename)) for entry in members])
    total, seen = 0, set()
    for entry, own_name in zip(members, names, strict=True):
        name = f"{zip_name}/{own_name}"
        why = _why_not_member(entry)
        if entry.filename in seen:
            why = "The zip has two files of this name; the second cannot be told apart."
        if total > limits.MAX_ZIP_BYTES:
            why = "The zip's files together are over the limit, so this one was not read."
        seen.add(entry.filename)
        if why is not None:
            gathered.unread.append(Unread(name, why))
            continue
        try:
            total += _add_raw(path, entry.filename, name, gathered)
        except _ZIP_ERRORS:
            why = "This file of the zip is damaged or was cut short. Send the zip again."
            gathered.unread.append(Unread(name, why))


def _why_not_zip(members: list[zipfile.ZipInfo]) -> str | None:
    if _is_document(members):
        return (
            "It is a spreadsheet or document, not a return. "
            "Save each table as CSV, or send the file your case system exports. "
            "Workbooks are read where the collection is named as annex_a or ssd, with its month."
        )
    if not members:
        return "The zip has no files in it."
    if len(members) > limits.MAX_FILES:
        return f"The zip has {len(members):,} files; the limit is {limits.MAX_FILES:,}."
    if sum(entry.file_size for entry in members) > limits.MAX_ZIP_BYTES:
        limit = limits.MAX_ZIP_BYTES / limits.MEGABYTE
        return f"The zip's files together are over the limit of {limit:,.0f} MB unpacked."
    return None


def _is_document(members: list[zipfile.ZipInfo]) -> bool:
    """Whether a zip is a workbook or other office document."""
    return "[content_types].xml" in {entry.filename.lower() for entry in members}


def _why_not_member(entry: zipfile.ZipInfo) -> str | None:
    if entry.flag_bits & 0x1:
        return "The zip is locked with a password. Send it without one."
    if entry.filename.lower().endswith(".zip"):
        return "It is a zip inside a zip. Send the inner zip by itself."
    if entry.file_size > limits.MAX_FILE_BYTES:
        return _too_large()
    packed = max(entry.compress_size, 1)
    if entry.file_size > limits.ZIP_RATIO_FROM and (
        entry.file_size / packed > limits.MAX_ZIP_RATIO
    ):
        return "It unpacks to far more than a return would, as a zip made to do harm does."
    return None


@contextmanager
def _opened(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    if member is None:
        with path.open("rb") as stream:
            yield stream
    else:
        with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
            yield io.BufferedReader(packed, limits.CHUNK_BYTES)  # type: ignore[type-var]  # typed IO[bytes], it is one


def _plain(name: str) -> str:
    """A member's name for showing: without control characters and not too long."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in name.replace("\\", "/"))
    return shown[-200:]


def _is_litter(name: str) -> bool:
    lowered = name.replace("\\", "/").lower()
    return lowered.startswith(_LITTER[0]) or lowered.rsplit("/", 1)[-1] in _LITTER[1:]


def _note_litter(name: str, gathered: Gathered) -> None:
    text = "A file that computers leave behind for themselves was passed over."
    gathered.notes.append(Note("system_file", text, _plain(name)))
