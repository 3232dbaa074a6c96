"""Which social worker a looked-after child had, and when that changed."""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.synthetic import chances
from whatworks.synthetic.careers import Career
from whatworks.synthetic.draws import Draws

_FIRST = 15
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


def social_workers(draws: Draws, career: Career, size: int, since: int) -> list[SocialWorker]:
    """A child's social workers that were still there on or after the day ``since``.

    ``size``: how many social workers the council has; their numbers begin with SW9.
    """
    found: list[SocialWorker] = []
    for start, end in with_a_worker(career, draws):
        day, reason, last = start, "FCONTA", -1
        while day < end:
            days = _FIRST if reason == "FCONTA" and draws.chance(0.4) else chances.SW_DAYS
            until = min(end, day + 2 + int(draws.exponential(days)))
            if end - until < 3:
                until = end
            number = int(draws.u() * size)
            last = number if number != last else (number + 1) % size
            if until >= since and until > day:
                found.append(SocialWorker(f"SW9{last:05d}", day, until, reason))
            day, reason = until, draws.pick(chances.SW_REASON)
    return found
