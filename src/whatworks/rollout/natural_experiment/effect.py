"""What a natural experiment found: the estimate, how sure, and what to beware of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Panel:
    """Counts of one measure by council and year.

    ``counts`` and ``exposure`` are (councils, years), NaN where there is no figure; ``missing``
    says why. ``share``: the counts are shares of the exposure (of children who went home, those
    who came back) and not rates of a population. ``submissions``: (council, year) -> what the
    figures were counted from. ``years`` rise, and no council is in it twice. ``lag``: as in
    ``Effect``.
    """

    measure: str
    councils: tuple[str, ...]
    years: tuple[int, ...]
    counts: Floats
    exposure: Floats
    share: bool
    submissions: Mapping[tuple[str, int], tuple[str, ...]]
    missing: Mapping[tuple[str, int], str]
    lag: int = 0


@dataclass(frozen=True)
class Warned:
    """Something that a reader must know before using an estimate: a short code and a sentence."""

    code: str
    text: str
    grave: bool = False


@dataclass(frozen=True)
class SinceAdoption:
    """Observed less predicted in the nth full year after adoption: 1 is the first full year.

    0 stands for all years from the year of adoption until the first full one.
    """

    year: int
    difference: float
    multiplier: float
    council_years: int


@dataclass(frozen=True)
class Effect:
    """What adopting a practice did to a measure, over full years of the councils that adopted.

    ``multiplier`` is observed over what was predicted without the practice, ``low`` and ``high``
    its ``level`` interval by inverting the permutation test; infinite or 0 where the dates are too
    few to bound it. ``difference`` with ``difference_low`` and ``difference_high`` is the same
    on the scale of the test: of logarithms for rates, of shares for shares. ``p`` is two-sided;
    ``least_p`` the least that these dates of adoption could give. ``observed`` and ``predicted``
    are per 1,000 of the exposure (of children of the population for rates). ``n_adopters`` counts
    the councils whose full years the estimate is of; ``arrangements`` the sets of dates it was set
    among, the true one included. ``starting`` is of the years between adoption and the first full
    year, which the estimate leaves out. ``lag``: a figure of a year is of what became of children
    of so many years earlier, and it is that earlier year which is before, starting or full.
    """

    practice: str
    measure: str
    share: bool
    multiplier: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float
    p: float
    least_p: float
    level: float
    observed: float
    predicted: float
    n_adopters: int
    n_councils: int
    full_council_years: int
    unpredicted: int
    arrangements: int
    every_arrangement: bool
    since: tuple[SinceAdoption, ...]
    adopted: Mapping[str, date]
    left_out: tuple[str, ...]
    submissions: tuple[str, ...]
    years: tuple[int, ...]
    warnings: tuple[Warned, ...] = ()
    starting: SinceAdoption | None = None
    lag: int = 0

    @property
    def n_others(self) -> int:
        """Councils in the estimate that never adopted."""
        return self.n_councils - len(self.adopted)

    @property
    def n_counted(self) -> int:
        """Full council-years that the estimate is of."""
        return self.full_council_years - self.unpredicted


class CannotTell(Exception):
    """No estimate can be made; the text says why and is shown as it stands."""

    def __init__(self, reason: str, *, measure: str = "") -> None:
        super().__init__(reason)
        self.reason, self.measure = reason, measure


class NotReleased(Exception):
    """Figures of several councils that may not be set side by side; the text says why."""
