"""What every test shares: seeded generation, closed sockets, and where samples live."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "prove",
    derandomize=True,
    deadline=None,
    max_examples=500,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("WHATWORKS_HYPOTHESIS", "repeatable"))

ROOT = Path(__file__).resolve().parent.parent
SHORT = ("service", "unit", "spec")
"""Folders whose files are many and short. They come last, so that workers end about together."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests by folder; within one they stay as they are."""

    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        return 1 + SHORT.index(folder) if folder in SHORT else 0

    items.sort(key=place)


def _shared(part: str) -> Path:
    base = Path(os.environ.get("WHATWORKS_SHARED", ROOT.parent / "shared"))
    folder = base / part
    if not folder.is_dir():
        pytest.skip(f"the shared {part} of other projects are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of other projects' real-format files; without it, the test is skipped."""
    return _shared("samples")


@pytest.fixture(scope="session")
def shared_reference() -> Path:
    """The folder of gathered facts that reference data is checked against."""
    return _shared("reference")
