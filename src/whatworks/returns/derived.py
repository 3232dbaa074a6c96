"""Results worked out from submissions and kept beside them: a convenience, never an authority.

Each lives in the council's own folder under a name that holds a digest of all it depends on, so
that a changed return or definition simply asks for another name. It may be deleted at any time;
a damaged one is made again; where the folder cannot be written to, it is worked out each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

_CODE_AND_FACTS = (".py", ".csv", ".gz", ".json")


@cache
def digest_of(*packages: str) -> str:
    """A digest of the code and data of these packages of ``whatworks``."""
    digest = hashlib.sha256()
    for package in sorted(packages):
        root = Path(str(files(f"whatworks.{package}")))
        for path in sorted(p for p in root.rglob("*") if p.suffix in _CODE_AND_FACTS):
            digest.update(f"{package}/{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def key_of(parts: Iterable[str]) -> str:
    """A short name for all that a result depends on."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def read(path: Path) -> bytes | None:
    """What is kept under this name, or None."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def save(path: Path, content: bytes, *, stale: str) -> None:
    """Write beside, then put in place: a reader sees the whole file or none.

    ``stale`` is a glob of the names that this one takes the place of.
    """
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        before = [p for p in path.parent.glob(stale) if p != path]
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(name)
            return
        for old in before:
            old.unlink(missing_ok=True)
