"""Where files wait while they are read: in the council's own folder, gone when the job ends.

WORKSPACE/councils/CODE/uploads/JOB/files/1/NAME  what was sent, each in a folder of its own
                                   /why.txt       why it was refused; it may name a file
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from whatworks.returns.store import disk
from whatworks.service.common import workspace

FOLDER, FILES, WHY = "uploads", "files", "why.txt"
KEPT_SECONDS = 30 * 24 * 3600
"""How long the reason of a refusal can be read again."""
LONGEST_NAME = 120


@dataclass(frozen=True)
class Place:
    """The folder of one job."""

    path: Path

    def receive(self, sent: Iterable[UploadedFile]) -> None:
        """Take the files in, each readable by this account alone."""
        disk.make_folder(self.path / FILES)
        for number, file in enumerate(sent, start=1):
            folder = self.path / FILES / str(number)
            disk.make_folder(folder)
            _take(file, folder / plain_name(file.name))

    def files(self) -> list[Path]:
        """The files in the order they were sent."""
        folders = sorted((self.path / FILES).iterdir(), key=lambda folder: int(folder.name))
        return [file for folder in folders for file in folder.iterdir()]

    def clear(self) -> None:
        """Remove the files that were sent; whatever was kept of them is in the store."""
        shutil.rmtree(self.path / FILES, ignore_errors=True)
        try:
            self.path.rmdir()
        except OSError:
            return  # it holds the reason of a refusal

    def explain(self, why: str) -> None:
        """Keep the sentence that says why the files were refused."""
        disk.make_folder(self.path)
        disk.clear(self.path / WHY)
        disk.write_file(self.path / WHY, why.encode("utf-8", "replace"))

    def why(self) -> str:
        """That sentence, or nothing where there is none (any more)."""
        try:
            return (self.path / WHY).read_text("utf-8")
        except OSError:
            return ""


def place(council: str, job: str) -> Place:
    """The folder of this job of this council."""
    return Place(_folder(council) / job)


def clear_old(council: str, *, working: Iterable[str]) -> None:
    """Remove what jobs left that have ended or died. ``working``: jobs that have not ended."""
    working = set(working)
    folder = _folder(council)
    for name in disk.names_in(folder):
        if name in working:
            continue
        left = Place(folder / name)
        left.clear()
        try:
            old = time.time() - left.path.stat().st_mtime > KEPT_SECONDS
        except OSError:
            continue
        if old:
            disk.clear(left.path)


def plain_name(name: str | None) -> str:
    """The file's name as the report will show it: its last part, printable, not too long."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter if letter.isprintable() else "?" for letter in last).strip()
    shown = shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - 20]}…{shown[-19:]}"
    while len(shown.encode()) > 240:  # names on disk are limited in bytes
        shown = shown[1:]
    return shown if shown not in {"", ".", ".."} else "file"


def _folder(council: str) -> Path:
    return workspace.path() / "councils" / council / FOLDER


def _take(file: UploadedFile, target: Path) -> None:
    if isinstance(file, TemporaryUploadedFile):
        try:
            os.link(file.temporary_file_path(), target)
        except OSError:
            pass  # another disk, or one without links: copy
        else:
            os.chmod(target, disk.FILE_MODE)
            return
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, disk.FILE_MODE)
    with open(descriptor, "wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
