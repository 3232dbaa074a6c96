"""How much likelier than usual something is in one council, and when.

The simulation asks before every entry to care, move of placement, return home and re-entry.
Nothing is planted yet: every multiplier is 1. A practice adopted by a council on a day with an
effect on a hazard is one more step here and no change anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ENTRY, MOVE, LEAVE, REENTRY = "entry", "move", "leave", "reentry"
PROCESSES = (ENTRY, MOVE, LEAVE, REENTRY)

Steps = tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Conditions:
    """Multipliers of hazards, stepwise over time.

    ``steps`` maps a process to (first day, multiplier) pairs in order of day; before the first
    step the multiplier is 1. Days are ordinals.
    """

    steps: Mapping[str, Steps] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for process, steps in self.steps.items():
            if process not in PROCESSES:
                raise ValueError(f"There is no process called {process}.")
            if [day for day, _ in steps] != sorted({day for day, _ in steps}):
                raise ValueError(f"The steps of {process} are not in order of day.")
            if any(multiplier <= 0 for _, multiplier in steps):
                raise ValueError(f"A multiplier of {process} is not above 0.")

    def at(self, process: str, day: int) -> float:
        """The multiplier of a process on a day."""
        found = 1.0
        for first, multiplier in self.steps.get(process, ()):
            if first > day:
                break
            found = multiplier
        return found

    def wait(self, process: str, day: int, usual: float) -> float:
        """How long a wait becomes that begins on a day and would usually last so many days.

        The usual wait is spent at the speed of the multiplier in force: twice as likely means
        half as long. For a wait without memory this is exactly a hazard multiplied.
        """
        steps = self.steps.get(process)
        if not steps:
            return usual
        left, now, speed = usual, float(day), self.at(process, day)
        for first, multiplier in steps:
            if first <= day:
                continue
            if left <= (first - now) * speed:
                break
            left -= (first - now) * speed
            now, speed = float(first), multiplier
        return now + left / speed - day


USUAL = Conditions()
"""Every multiplier 1, always."""
