"""Stores of two years of returns, and the figures counted from one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from whatworks import measures, returns

from .loaded import COUNCIL, two_years


@pytest.fixture
def store(tmp_path: Path) -> returns.Store:
    return two_years(tmp_path)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> returns.Store:
    """The same for tests that only read."""
    return two_years(tmp_path_factory.mktemp("standing"))


@pytest.fixture(scope="module")
def figures(standing: returns.Store) -> dict[str, dict[str, Any]]:
    """Measure -> its figure for 2024, all counted together."""
    counted = measures.run(standing, council=COUNCIL, year=2024)
    return {row["measure"]: row for row in counted.iter_rows(named=True)}
