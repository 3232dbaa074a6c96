"""Why the number of children in care changed, as the page tells it: steps from then to now."""

from __future__ import annotations

from collections.abc import Iterable
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
    def sentence(self) -> str:
        """Which parts pushed the number up, and which down, beyond what chance would."""
        clear = [one for one in self.account.parts if _clear(one)]
        up = _named(one for one in clear if one.change > 0)
        down = _named(one for one in clear if one.change < 0)
        if not clear:
            return "No single part stands out from what chance would bring."
        told = [f"pushed it {way}: {names}" for way, names in (("up", up), ("down", down)) if names]
        return f"Beyond what chance would bring, this {'; this '.join(told)}."

    @property
    def flows(self) -> list[dict[str, Any]]:
        """Who was there, came and left, a row a year, the latest first."""
        return list(self.account.flows.sort("year", descending=True).iter_rows(named=True))


def _clear(part: Part) -> bool:
    """Whether a part's interval lies on one side of no change."""
    return part.low > 0 or part.high < 0


def _named(parts: Iterable[Part]) -> str:
    """Parts by name with their number of children, the largest first."""
    ordered = sorted(parts, key=lambda one: -abs(one.change))
    return ", ".join(f"‘{one.title}’ (about {abs(one.change):,.0f})" for one in ordered)


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
