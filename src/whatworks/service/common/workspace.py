"""The workspace that this service stands on: whose children, invented or not, and their store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from whatworks.service.config.environment import is_synthetic

if TYPE_CHECKING:
    from whatworks.returns import Store


def path() -> Path:
    """The folder of the workspace."""
    return Path(settings.WORKSPACE)


def synthetic() -> bool:
    """Whether every child in the workspace is invented."""
    return is_synthetic(path())


def council_codes(folder: Path | None = None) -> tuple[str, ...]:
    """The codes of the councils that have a folder in the workspace, in order."""
    places = (folder or path()) / "councils"
    if not places.is_dir():
        return ()
    return tuple(
        sorted(place.name for place in places.iterdir() if place.is_dir() and place.name.isdigit())
    )


def store() -> Store:
    """The store of submissions in this workspace."""
    from whatworks.returns import Store

    return Store.open(path())
