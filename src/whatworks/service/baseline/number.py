"""Why the number of children in care changed, as the page tells it: steps from then to now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whatworks import measures
from whatworks.measures import Decomposition, Part
from whatworks.measures.sourcing import in_memory
from whatworks.service.baseline.years import reopened, returns_held

if TYPE_CHECKING:
    from whatworks.returns import Store

CARE = "ssda903"
"""The return that tells who is looked after."""


FLOWS = (
    ("at_start", "There at the start"),
    ("entries", "Came"),
    ("unaccompanied", "of them unaccompanied"),
    ("reentries", "of them in care before"),
    ("beginning_not_seen", "Beginning not seen"),
    ("exits", "Left"),
    ("end_not_seen", "End not seen"),
    ("at_end", "There at the end"),
    ("median_days", "Median stay, days"),
)
"""Column of the flows -> its heading."""


@dataclass(frozen=True)
class Step:
    """One part of the change, and the number of children before and after it is added."""

    part: Part
    start: float
    end: float


@dataclass(frozen=True)
class Told:
    """The account with its steps: they lead from the number before to the number after."""

    account: Decomposition
    steps: tuple[Step, ...]
    highest: float

    @property
    def flows(self) -> list[dict[str, Any]]:
        """Who was there, came and left, a row a year, the latest first."""
        return list(self.account.flows.sort("year", descending=True).iter_rows(named=True))


def told(store: Store, council: str, year: int, since: int) -> Told:
    """The change from 31 March ``since`` to 31 March ``year``."""
    return _told(store.path, council, returns_held(store, council), year, since)


@lru_cache(maxsize=64)
def _told(workspace: Path, council: str, held: tuple[str, ...], year: int, since: int) -> Told:
    """Kept in memory: ``held`` says all that decides it."""
    del held
    care = in_memory(reopened(workspace), council).of(CARE)
    account = measures.number_in_care(care, year, since)
    steps: list[Step] = []
    at = float(account.before or 0)
    for part in account.parts:
        steps.append(Step(part, at, at + part.change))
        at += part.change
    ends = [float(account.before or 0), float(account.after or 0), *(step.end for step in steps)]
    return Told(account, tuple(steps), max(ends))
