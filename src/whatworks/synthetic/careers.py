"""When children were looked after: the spells of care of each, from first entry to adulthood.

Careers are drawn to their end, whatever years are asked for; the returns cut their years out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from whatworks.synthetic.days import Days
from whatworks.synthetic.routes import ROUTES

CARE, UASC, BREAKS_V3, BREAKS_V4 = "care", "uasc", "v3", "v4"
"""Kinds of career. Children who only have short breaks are counted apart in every statistic."""
KINDS = (CARE, UASC, BREAKS_V4, BREAKS_V3)

NEVER = 0
"""Stands in columns of days for a day that never comes."""


@dataclass(frozen=True, slots=True)
class AdoptionPlan:
    """Days on the way to adoption. ``ended`` is set where the plan was given up again."""

    decided: int
    ordered: int
    matched: int
    placed: int
    with_carer: bool
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """One period of being looked after: [start, end), how it ends, and any plan for adoption.

    ``supported``: whether the family was to be supported after a return home.
    """

    start: int
    end: int
    route: str
    plan: AdoptionPlan | None = None
    supported: bool = False

    @property
    def returns_home(self) -> bool:
        """Whether the child went home to a parent (recorded as E4A or E4B)."""
        return self.route in ("home_planned", "home_unplanned")


@dataclass(frozen=True, slots=True)
class Career:
    """A child's birth and spells of care, in order; ``kind`` is one of the four above."""

    kind: str
    dob: int
    spells: tuple[Spell, ...]


@dataclass(frozen=True)
class Careers:
    """The careers of one council: a row of each array is a child, or a spell.

    Children: ``seed`` (64 bits), ``kind`` (index of KINDS), ``cohort`` (collection year of the
    first entry as drawn), ``index`` (within cohort and kind), ``family`` (the seed of the first
    child of the family: brothers and sisters share it), ``dob`` (ordinal).
    Spells, sorted by child and day: ``child`` (row of the child), ``start``, ``end`` (ordinals),
    ``route`` (index of ROUTES), ``supported``; ``plan`` holds (decided, ordered, matched, placed,
    with_carer, ended) with NEVER in ``decided`` where there is none.
    """

    seed: npt.NDArray[np.uint64]
    kind: npt.NDArray[np.int8]
    cohort: npt.NDArray[np.int32]
    index: npt.NDArray[np.int32]
    family: npt.NDArray[np.uint64]
    dob: Days
    child: Days
    start: Days
    end: Days
    route: npt.NDArray[np.int8]
    supported: npt.NDArray[np.bool_]
    plan: Days
    first: Days = field(init=False, repr=False)
    """The row of each child's first spell; one more entry closes the last."""

    def __post_init__(self) -> None:
        rows = np.searchsorted(self.child, np.arange(len(self.seed) + 1))
        object.__setattr__(self, "first", rows.astype(np.int64))

    def __len__(self) -> int:
        return len(self.seed)

    @property
    def counted(self) -> npt.NDArray[np.bool_]:
        """Children whom statistics of children looked after count: not short breaks."""
        return np.asarray(self.kind < KINDS.index(BREAKS_V4))

    def career(self, i: int) -> Career:
        """The career of the i-th child as an object."""
        rows = range(int(self.first[i]), int(self.first[i + 1]))
        return Career(
            KINDS[self.kind[i]], int(self.dob[i]), tuple(self._spell(row) for row in rows)
        )

    def _spell(self, row: int) -> Spell:
        plan = None
        if self.plan[row, 0] != NEVER:
            decided, ordered, matched, placed, with_carer, ended = (int(x) for x in self.plan[row])
            plan = AdoptionPlan(decided, ordered, matched, placed, bool(with_carer), ended or None)
        return Spell(
            int(self.start[row]),
            int(self.end[row]),
            ROUTES[self.route[row]],
            plan,
            bool(self.supported[row]),
        )


def band(age: int) -> str:
    """The age band of the rates: 0, 1-4, 5-9, 10-15 or 16-17."""
    if age < 5:
        return "0" if age < 1 else "1-4"
    if age < 10:
        return "5-9"
    return "10-15" if age < 16 else "16-17"
