"""The calibration of a workspace of invented children, kept in it for its pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from whatworks.synthetic.calibration.comparing import compare
from whatworks.synthetic.calibration.model import Calibration
from whatworks.synthetic.calibration.record import together

PLACE = Path("synthetic") / "calibration.json"
"""Where in a workspace it is kept."""


def keep(workspace: str | Path, folders: Iterable[str | Path]) -> Calibration:
    """Compare the folders that a workspace's returns were loaded from, and keep what was found.

    Raises:
        NotFinished: a folder is not finished, or they do not belong together.
    """
    found = compare(together(folders))
    path = Path(workspace) / PLACE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found.as_dict(), ensure_ascii=False) + "\n", encoding="utf-8")
    return found


def kept(workspace: str | Path) -> Calibration | None:
    """What was kept; None where nothing was, or where another version kept it."""
    path = Path(workspace) / PLACE
    try:
        return Calibration.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
