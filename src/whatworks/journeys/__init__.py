"""Children's journeys through care, derived from a council's returns of all years.

``care(store, council)`` gives merged episodes, periods of care, placements and returns home, with
every repair named and counted. All of them are child-level: they stay in the council's own
frames, and only counts leave them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.journeys.deriving import (
        CareJourneys,
        ReturnTables,
        care,
        care_from,
    )
    from whatworks.journeys.repairs import REPAIRS, Repair

_HOMES = {
    "CareJourneys": "deriving",
    "REPAIRS": "repairs",
    "Repair": "repairs",
    "ReturnTables": "deriving",
    "care": "deriving",
    "care_from": "deriving",
}

__all__ = ["REPAIRS", "CareJourneys", "Repair", "ReturnTables", "care", "care_from"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(f"whatworks.journeys.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"whatworks.journeys has no public name {name!r}")
