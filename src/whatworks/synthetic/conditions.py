"""How much likelier than usual something is in one council, and when.

The simulation asks before every entry to care, move of placement, return home and re-entry, and
before a referral is turned away or a closed case is referred again. A practice adopted by a
council on a day with an effect on a hazard is one more step here and no change anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

ENTRY, MOVE, LEAVE, REENTRY = "entry", "move", "leave", "reentry"
REFUSAL, REREFERRAL = "refusal", "rereferral"
PROCESSES = (ENTRY, MOVE, LEAVE, REENTRY, REFUSAL, REREFERRAL)
"""What may be multiplied. For ``REFUSAL`` it is the odds that a referral is taken no further or
that a child is found not to be in need; for all others a hazard."""

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

    def at_many(self, process: str, days: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
        """The multiplier of a process on each of many days."""
        steps = self.steps.get(process, ())
        starts = np.array([day for day, _ in steps], dtype=np.int64)
        values = np.array([1.0, *(multiplier for _, multiplier in steps)])
        return values[np.searchsorted(starts, days, side="right")]

    def most(self, process: str) -> float:
        """The largest multiplier of a process at any time, at least 1."""
        return max([1.0, *(multiplier for _, multiplier in self.steps.get(process, ()))])

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
