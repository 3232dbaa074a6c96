"""What a worked example of a measure is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class MeasureExample:
    """One example. What is written in it is one of these:

    - ``returns``: any table of any return, collection -> year -> table -> what is written in it
      (``from_returns`` says how). New examples are written so.
    - ``episodes``: an Episodes table for each collection year, ``children`` a Header that stands
      in every one of them; or ``referrals`` and ``plans``: those of each year's CIN census.
    - ``workers``: the records of a workforce census, ``vacancies`` its vacant posts.

    ``numerator`` and ``denominator`` (null for counts, totals and rates: a rate's is the published
    population) are what must be counted in ``year``; ``why`` says why, thing by thing.
    """

    measure: str
    title: str
    year: int
    episodes: Mapping[int, str] = field(default_factory=dict)
    numerator: float = 0
    denominator: float | None = None
    left_out: int = 0
    why: tuple[str, ...] = ()
    children: str | None = None
    referrals: Mapping[int, str] = field(default_factory=dict)
    plans: Mapping[int, str] = field(default_factory=dict)
    workers: str | None = None
    vacancies: float | None = None
    returns: Mapping[str, Mapping[int, Mapping[str, str]]] = field(default_factory=dict)
