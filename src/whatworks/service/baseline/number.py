"""Why the number of children in care changed, as the page tells it: steps from then to now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whatworks import measures
from whatworks.measures.sourcing import Sources
from whatworks.service.baseline.years import reopened, returns_held

if TYPE_CHECKING:
    from whatworks.returns import Store

CARE = "ssda903"
"""The return that tells who is looked after."""


@dataclass(frozen=True)
class Step:
    """One part of the change: from ``start`` children to ``end``, and where its bar is drawn."""

    title: str
    text: str
    change: float
    low: float | None
    high: float | None
    start: float
    end: float


@dataclass(frozen=True)
class Told:
    """The whole change: the steps lead from ``before`` to ``after``. ``flows`` has a row a year."""

    since: int
    year: int
    before: float
    after: float
    steps: tuple[Step, ...]
    flows: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]
    lowest: float
    highest: float


def offered() -> bool:
    """Whether the change can be told apart into parts at all."""
    return getattr(measures, "number_in_care", None) is not None


def told(store: Store, council: str, year: int, since: int) -> Told:
    """The change from ``since`` to ``year``."""
    return _told(store.path, council, returns_held(store, council), year, since)


@lru_cache(maxsize=64)
def _told(workspace: Path, council: str, held: tuple[str, ...], year: int, since: int) -> Told:
    del held
    care = Sources(reopened(workspace), council).of(CARE)
    found = measures.number_in_care(care, year, since=since)
    steps, at = [], float(found.before)
    for name, title, text, change, low, high in found.parts:
        del name
        steps.append(Step(title, text, change, low, high, at, at + change))
        at += change
    ends = [float(found.before), float(found.after), *(step.end for step in steps)]
    return Told(
        since,
        year,
        found.before,
        found.after,
        tuple(steps),
        tuple(found.flows.iter_rows(named=True)),
        tuple(getattr(found, "notes", ())),
        min(ends),
        max(ends),
    )
