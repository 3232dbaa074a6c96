"""Social workers in their posts: who holds each, from when to when, and why it ended.

One row is one person in one post. Somebody who comes back, or moves to another council, is a new
row with a new number: people are not followed from council to council.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.synthetic.calendar import YEAR
from whatworks.synthetic.workforce import chances
from whatworks.synthetic.workforce.arrays import Chance, Flags, Floats, Ints

STAYS, LEFT, MOVED = 0, 1, 2
"""How a post ended. ``MOVED``: with its service to another employer, and so no leaver."""
NEVER = 4_000_000
"""The day on which a post ends that does not."""

Column = npt.NDArray[Any]


@dataclass(slots=True)
class Posts:
    """Columns of equal length, one row a post.

    ``start`` is the first day in the council's workforce, ``role_start`` the day that is recorded:
    earlier for those who came with their post from another employer. ``end`` is the last day.
    ``prior`` are years of experience at the start; ``rank``, ``bench`` and ``keeps`` place a person
    among colleagues when roles and cases are given out, ``switch`` is the person's day of the
    workforce year on which a new role is taken up.
    """

    start: Ints
    role_start: Ints
    end: Ints
    gone: Ints
    fte: Floats
    born: Ints
    agency: Flags
    serial: Ints
    prior: Floats
    woman: Flags
    ethnic: Column
    qualification: Column
    school: Ints
    step_up: Flags
    frontline: Flags
    origin: Column
    destination: Column
    reason: Column
    rank: Floats
    bench: Floats
    keeps: Floats
    switch: Ints

    def __len__(self) -> int:
        return len(self.start)

    def where(self, rows: Ints | Flags) -> Posts:
        """Some of the rows."""
        return replace(self, **{field.name: getattr(self, field.name)[rows] for field in _FIELDS})


_FIELDS = fields(Posts)


def joined(parts: list[Posts]) -> Posts:
    """One table of several, in their order."""
    return Posts(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in _FIELDS
        }
    )


def full_time(chance: Chance, n: int, *, agency: bool = False) -> Floats:
    """Full-time equivalents of so many posts."""
    among = chances.AGENCY_FULL_TIME if agency else chances.FULL_TIME
    return np.array(chance.pick(among, n), dtype=np.float64)


def recruits(
    chance: Chance,
    start: Ints,
    fte: Floats,
    *,
    first_serial: int,
    agency: bool = False,
    since: Ints | None = None,
) -> Posts:
    """People for posts that begin on these days.

    ``since``: the day on which each took up the role, where that was before ``start``.
    """
    n = len(start)
    role_start = start if since is None else np.minimum(since, start)
    origin = np.array(chance.pick(chances.START_ORIGIN, n), dtype="U2")
    newly = (origin == chances.NEWLY_QUALIFIED) & (not agency)
    u, v = chance.u(n), chance.u(n)
    age = np.where(newly, 22.5 + 26 * u**2.2, 25.0 + 36 * u**1.25)
    prior = np.where(newly, 0.0, (age - 24.0) * (0.2 + 0.5 * v))
    qualified = chance.u(n)
    qualification = np.where(qualified < chances.POSTGRADUATE, "2", "1")
    qualification[qualified > 1 - chances.OTHER_QUALIFICATION] = "3"
    route = chance.u(n)
    return Posts(
        start=start.astype(np.int64),
        role_start=role_start.astype(np.int64),
        end=np.full(n, NEVER, dtype=np.int64),
        gone=np.full(n, STAYS, dtype=np.int64),
        fte=fte,
        born=(role_start - age * YEAR).astype(np.int64),
        agency=np.full(n, agency),
        serial=np.arange(first_serial, first_serial + n, dtype=np.int64),
        prior=prior,
        woman=chance.u(n) < chances.FEMALE,
        ethnic=np.array(chance.pick(chances.ETHNIC, n), dtype="U4"),
        qualification=qualification,
        school=(chance.u(n) * 60).astype(np.int64) + 1,
        step_up=route < chances.STEP_UP,
        frontline=route > 1 - chances.FRONTLINE,
        origin=origin,
        destination=np.array(chance.pick(chances.DESTINATION, n), dtype="U2"),
        reason=np.array(chance.pick(chances.REASON, n), dtype="U2"),
        rank=chance.logistic(n),
        bench=chance.u(n),
        keeps=chance.u(n),
        switch=(chance.u(n) * 300).astype(np.int64),
    )
