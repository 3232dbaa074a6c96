"""Children's journeys through care, derived from a council's returns of all years.

``care(store, council)`` gives merged episodes, periods of care, placements and returns home;
``need_of(store, council)`` referrals and child protection plans, ``linked_of(store, council)`` both
with each child under one number. Every repair is named and counted.
All of them are child-level: they stay in the council's own frames, and only counts leave them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

if TYPE_CHECKING:
    from whatworks.journeys.deriving import CareJourneys, care, care_from
    from whatworks.journeys.linked import LinkedJourneys, linked_from, linked_of
    from whatworks.journeys.need import NeedJourneys, need_from, need_of
    from whatworks.journeys.need_repairs import NEED_REPAIRS
    from whatworks.journeys.repairs import REPAIRS, Repair
    from whatworks.journeys.stacking import ReturnTables

_HOMES = {
    "CareJourneys": "deriving",
    "LinkedJourneys": "linked",
    "NEED_REPAIRS": "need_repairs",
    "NeedJourneys": "need",
    "REPAIRS": "repairs",
    "Repair": "repairs",
    "ReturnTables": "stacking",
    "care": "deriving",
    "care_from": "deriving",
    "linked_from": "linked",
    "linked_of": "linked",
    "need_from": "need",
    "need_of": "need",
}

__all__ = [
    "NEED_REPAIRS",
    "REPAIRS",
    "CareJourneys",
    "LinkedJourneys",
    "NeedJourneys",
    "Repair",
    "ReturnTables",
    "care",
    "care_from",
    "linked_from",
    "linked_of",
    "need_from",
    "need_of",
]

__getattr__ = lazily.public(__name__, _HOMES)
