"""A looked-after child's social workers: what is known of each, and when there is any.

Who they are is settled by the council's workforce (``workforce.Pool.social_workers``).
"""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.synthetic.careers import Career
from whatworks.synthetic.draws import Draws

_BEFORE, _AFTER = 45, 60
_SAME = 370
"""A child who needs a social worker again within about a year never lost theirs."""


@dataclass(frozen=True, slots=True)
class SocialWorker:
    """One social worker's time with a child, [start, end]; the next begins on the day it ends."""

    id: str
    start: int
    end: int
    reason: str


def with_a_worker(career: Career, draws: Draws) -> list[tuple[int, int]]:
    """When the child had a social worker: some weeks before care until some weeks after."""
    found: list[tuple[int, int]] = []
    for spell in career.spells:
        start = max(spell.start - int(draws.exponential(_BEFORE)), career.dob)
        end = spell.end + int(draws.exponential(_AFTER))
        if found and start <= found[-1][1] + _SAME:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
