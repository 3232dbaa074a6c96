"""A workspace's own file: which form it has, and whether its children are invented."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from whatworks.returns.store import disk
from whatworks.returns.store.disk import StoreError, told_plainly

FILE = "workspace.json"
COUNCILS = "councils"
FORMAT = 1


@dataclass(frozen=True)
class Workspace:
    """Where a workspace is and what it is: synthetic or real, for life."""

    path: Path
    synthetic: bool

    @property
    def councils(self) -> Path:
        """The folder of the councils' folders."""
        return self.path / COUNCILS


def open_workspace(path: Path, *, create: bool, synthetic: bool | None) -> Workspace:
    """The workspace in this folder, made first if asked. Raises StoreError."""
    with told_plainly(f"open the workspace {path}"):
        if not (path / FILE).exists():
            _refuse_unless_new(path, create=create)
            _make(path, synthetic=bool(synthetic))
        found = _read(path)
    if synthetic is not None and synthetic != found.synthetic:
        is_, is_not = ("synthetic", "real") if found.synthetic else ("real", "synthetic")
        raise StoreError(
            f"{path} is a workspace of {is_} children and can never hold {is_not} ones; "
            "use another folder."
        )
    return found


def _refuse_unless_new(path: Path, *, create: bool) -> None:
    if not create:
        raise StoreError(
            f"There is no workspace at {path}: it has no {FILE}. "
            "Check the path, or make a workspace there first."
        )
    if (path / COUNCILS).exists():
        raise StoreError(
            f"{path} has councils in it but has lost its {FILE}; put that file back first."
        )


def _make(path: Path, *, synthetic: bool) -> None:
    disk.make_folder(path)
    content = json.dumps({"format": FORMAT, "synthetic": synthetic}, indent=2) + "\n"
    temporary = path / f".{FILE}.{secrets.token_hex(8)}"
    disk.write_file(temporary, content.encode())
    try:
        # A link fails where a rename would replace: of two makers at once, the first decides.
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path / FILE)
        disk.sync_folder(path)
    finally:
        disk.clear(temporary)


def _read(path: Path) -> Workspace:
    try:
        fields = json.loads((path / FILE).read_bytes())
        version, synthetic = fields["format"], fields["synthetic"]
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"{path / FILE} is damaged: it does not say what kind it is.") from None
    if not isinstance(version, int) or not isinstance(synthetic, bool) or version < 1:
        raise StoreError(f"{path / FILE} is damaged: it does not say what kind it is.")
    if version > FORMAT:
        raise StoreError(
            f"The workspace {path} was made by a newer version of whatworks; use that version."
        )
    return Workspace(path, synthetic)
