"""Writing a folder so that it is all there or not there, and nobody else's files are lost."""

from __future__ import annotations

import os
import re
import shutil
from hashlib import sha256
from pathlib import Path

MARK = ".whatworks-synthetic"
STAGING = ".being-made"
MANIFEST, TRUTH = "manifest.json", "truth.json"
_OURS = re.compile(r"\d{3}|manifest\.json|truth\.json|errors\.json|README\.txt")


class NotOurs(ValueError):
    """The folder holds something that was not made here, and is left as it is."""


class Staging:
    """Where files are written until all are there; several processes may write into one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._made: set[str] = set()

    def write(self, path: str, content: bytes) -> tuple[str, int]:
        """Write one file; gives its SHA-256 and size. ``path`` is relative, with strokes."""
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            (self.path / parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        (self.path / path).write_bytes(content)
        return sha256(content).hexdigest(), len(content)


class Folder(Staging):
    """A folder being made beside what it will replace.

    Files go into a staging folder inside ``out``. ``finish`` moves them into place, the manifest
    last: a folder without a manifest was never finished.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        _check(out)
        out.mkdir(parents=True, exist_ok=True)
        (out / MARK).write_text(
            "Made by whatworks.synthetic; may be written over.\n", encoding="utf-8"
        )
        super().__init__(out / STAGING)
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir()

    def abandon(self) -> None:
        """Take away what was begun."""
        shutil.rmtree(self.path, ignore_errors=True)

    def finish(self) -> None:
        """Put everything in place of what was there, the manifest last."""
        for entry in [*self.out.iterdir()]:
            if entry.name not in (MARK, STAGING):
                _remove(entry)
        entries = sorted(self.path.iterdir(), key=lambda one: (one.name == MANIFEST, one.name))
        for entry in entries:
            os.replace(entry, self.out / entry.name)
        self.path.rmdir()


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink()


def _check(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise NotOurs(f"{out} is a file: name a new or empty folder.")
    entries = {entry.name for entry in out.iterdir()}
    if not entries:
        return
    if MARK not in entries:
        raise NotOurs(f"{out} holds something that was not made here: name a new or empty folder.")
    strange = sorted(name for name in entries - {MARK, STAGING} if not _OURS.fullmatch(name))
    if strange:
        raise NotOurs(
            f"{out} holds {strange[0]!r}, which was not made here: move it away, or name "
            "another folder."
        )
