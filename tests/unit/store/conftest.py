"""A store, and returns to put into it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whatworks.returns.model import ReadReturn, SourceFile
from whatworks.returns.store import Store

from .made import frames_only, text_tables


@pytest.fixture
def from_files(tmp_path: Path) -> Callable[..., ReadReturn]:
    """Makes a return read from CSV files in a folder."""

    def make(salt: str = "a", *, prefix: str = "", backwards: bool = False, **changes: Any) -> Any:
        folder = tmp_path / "sent" / (prefix or "plain") / salt
        folder.mkdir(parents=True, exist_ok=True)
        files, paths = [], {}
        for name, frame in text_tables(salt).items():
            path = folder / f"{prefix}{name}.csv"
            frame.write_csv(path)
            content = path.read_bytes()
            sha256 = hashlib.sha256(content).hexdigest()
            files.append(SourceFile(path.name, sha256, len(content), "csv", (name,)))
            paths[sha256] = str(path)
        if backwards:
            files.reverse()
        return frames_only(salt, files=tuple(files), paths=paths, **changes)

    return make


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "workspace", create=True, synthetic=True)
