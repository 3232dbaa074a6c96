"""What every test shares: seeded generation, closed sockets, and where samples live."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

ALIKE = settings(
    derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50
)
# A failing example is shown as it was found: shrinking one takes up to five minutes. The same tests
# with WHATWORKS_HYPOTHESIS=shrink find the same example and make it small.
AS_FOUND = tuple(phase for phase in Phase if phase not in {Phase.shrink, Phase.explain})
settings.register_profile("repeatable", ALIKE, phases=AS_FOUND)
settings.register_profile("shrink", ALIKE)
settings.register_profile("prove", ALIKE, max_examples=500)
settings.load_profile(os.environ.get("WHATWORKS_HYPOTHESIS", "repeatable"))

ROOT = Path(__file__).resolve().parent.parent
SHORT = ("service", "unit", "browser", "spec")
"""Folders whose files are many and short. They come last, so that workers end about together.

Browser tests come late too: the sites and browsers that they start stay up to the end of a run.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests by folder; within one they stay as they are."""

    def place(item: pytest.Item) -> int:
        folder = item.nodeid.split("/", 2)[1]
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
