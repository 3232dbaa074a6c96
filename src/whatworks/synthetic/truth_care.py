"""What is true of invented children in care: how they came, lived, left, and what followed.

Counted once for all years of a council, from the episodes of lives. Some of it is true only as far
as the returns of those years tell: how long a period of care had lasted is known where its first
episode is in the first return.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from whatworks.reference import population_of
from whatworks.synthetic.calendar import age_on, birthday, first_day, last_day, year_of
from whatworks.synthetic.careers import UASC
from whatworks.synthetic.episodes import Episode
from whatworks.synthetic.lives import Care, Life
from whatworks.synthetic.providers import ADOPTIVE, FOSTER, KIN, OTHER, SUPPORTED, TEMPORARY
from whatworks.synthetic.ssda903 import reason_code
from whatworks.synthetic.truth import Part, placements_open

LIVES_IN = {
    "in_foster_care": FOSTER,
    "with_relatives": KIN,
    "in_childrens_homes": ("K1", "K2"),
    "in_supported_accommodation": (SUPPORTED,),
    "placed_with_parents": ("P1",),
    "in_other_residential": ("R1", "R2", "R3", "R5"),
    "in_other_placements": (OTHER,),
    "placed_for_adoption": ADOPTIVE,
}
PROVIDED = {
    "provided_by_council": "PR1",
    "provided_by_other_council": "PR2",
    "provided_privately": "PR4",
    "provided_by_charity": "PR5",
}
UNDER_LAW = {
    "looked_after_voluntarily": ("V2",),
    "looked_after_under_care_order": ("C1", "C2"),
    "looked_after_under_placement_order": ("E1",),
}
CAME_BY = {
    "started_voluntarily": ("V2",),
    "started_under_court_order": ("C1", "C2", "E1", "L2", "L3"),
    "started_under_police_protection": ("L1",),
}
_GUARDIAN, _OLD_GUARDIAN = ("E45", "E46", "E47", "E48"), ("E43", "E44")
_HOME, _ADOPTED = ("E4A", "E4B"), ("E11", "E12")
LEFT_BY = {
    "returned_home_planned": ("E4A",),
    "returned_home_unplanned": ("E4B",),
    "ceased_special_guardianship": (*_GUARDIAN, *_OLD_GUARDIAN),
    "ceased_child_arrangements": ("E41",),
    "ceased_adopted": _ADOPTED,
}
ADOPTIONS = {"adopted_unopposed": "E11", "adopted_without_consent": "E12"}
GUARDIANS = {
    "guardians_who_fostered_as_family": "E45",
    "guardians_who_fostered": "E46",
    "guardians_who_are_family": "E47",
}
_AFTER_GUARDIAN = "reentered_after_special_guardianship_within_24_months"
_DAYS_TO = {
    "home": "days_to_lasting_return_home",
    "adopted": "days_to_adoption",
    "guardian": "days_to_special_guardianship",
    "arranged": "days_to_child_arrangements",
    "match": "days_to_long_term_match",
}
NUMBERS = ("uasc_looked_after", "adopted", "left_to_special_guardianship", *ADOPTIONS)
RATES = ("ceased_rate", "uasc_looked_after_rate", "uasc_started_rate")
SHARES = (
    *LIVES_IN,
    *PROVIDED,
    *UNDER_LAW,
    *CAME_BY,
    *LEFT_BY,
    *GUARDIANS,
    *(f"{name}_share" for name in ADOPTIONS),
    *_DAYS_TO.values(),
    _AFTER_GUARDIAN,
    "uasc_looked_after_share",
    "uasc_started_share",
    "started_aged_under_1",
    "started_again_within_24_months",
    "placements_in_the_year",
    "long_term_stability",
    "time_in_care",
    "reentered_within_3_months",
    "reentered_within_6_months",
    "reentered_within_24_months",
    "moved_within_3_months",
    "first_home_days",
    "permanence_within_2_years",
)


class _Counts:
    """(measure, year) -> numerator and denominator so far."""

    def __init__(self) -> None:
        self.top: dict[tuple[str, int], float] = defaultdict(float)
        self.under: dict[tuple[str, int], float] = defaultdict(float)

    def add(self, name: str, year: int, top: float, under: float = 1) -> None:
        self.top[name, year] += top
        self.under[name, year] += under


@lru_cache(maxsize=1 << 16)
def months_on(day: int, months: int) -> int:
    """The same day so many months later, or that month's last."""
    on = date.fromordinal(day)
    ahead, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + ahead, month + 1
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1])).toordinal()


def truth_of_care(
    lives: Iterable[Life], council: str, years: Sequence[int]
) -> dict[int, dict[str, Part]]:
    """What each measure of episodes must come to in each year: numerator and denominator."""
    counts = _Counts()
    for life in lives:
        if life.counted and life.care:
            known = _Known(life, years)
            for year in years:
                _on_31_march(counts, known, year)
            for i in range(len(life.care)):
                _ends(counts, known, i)
                _begins(counts, known, i)
            _of_each_year(counts, known)
    found: dict[int, dict[str, Part]] = {}
    for year in years:
        of = found.setdefault(year, {})
        of |= {name: (counts.top[name, year], counts.under[name, year]) for name in SHARES}
        of |= {name: (counts.top[name, year], None) for name in NUMBERS}
        people = population_of(council, year)
        of |= {name: (counts.top[name, year], people) for name in RATES}
    return found


@dataclass
class _Known:
    """One life and the years whose returns tell of it."""

    life: Life
    years: Sequence[int]

    def shown(self, i: int) -> bool:
        """Whether any return holds an episode of the i-th period."""
        spell = self.life.care[i].spell
        return spell.end >= first_day(self.years[0]) and spell.start <= last_day(self.years[-1])

    def seen(self, i: int) -> bool:
        """Whether the first episode of the i-th period is in a return."""
        return self.shown(i) and self.life.care[i].episodes[0].end >= first_day(self.years[0])

    def age(self, day: int) -> int:
        return age_on(self.life.who.dob, day)

    def alone(self, day: int) -> bool:
        return self.life.kind == UASC and birthday(self.life.who.dob, 18) >= day

    def rec(self, i: int) -> str:
        """The reason with which the i-th period ended, in the code of its year."""
        care = self.life.care[i]
        return reason_code(care.episodes[-1].rec, year_of(care.spell.end))

    def back(self, i: int, months: int) -> bool:
        """Whether care began again within so many months of the end of the i-th period."""
        care = self.life.care
        after = care[i + 1].spell.start if i + 1 < len(care) else None
        return after is not None and after <= months_on(care[i].spell.end, months)

    def permanent(self) -> list[tuple[int, str, int]]:
        """(day, kind, which period) of every permanent home that the child came to."""
        found = []
        for i, care in enumerate(self.life.care):
            match = next((e.start for e in care.episodes if e.kind in ("U1", "U4")), None)
            if match is not None:
                found.append((match, "match", i))
            kind = self._left_to(i)
            if kind:
                found.append((care.spell.end, kind, i))
        return found

    def _left_to(self, i: int) -> str | None:
        rec, end = self.rec(i), self.life.care[i].spell.end
        if rec in _ADOPTED:
            return "adopted"
        if rec in (*_GUARDIAN, *_OLD_GUARDIAN):
            return "guardian"
        if rec == "E41":
            return "arranged"
        followed = year_of(end) in self.years and year_of(end) + 1 in self.years
        if rec in _HOME and followed and not self.back(i, 12) and self.age(end) < 17:
            return "home"
        return None


def _homes(care: Care) -> list[Episode]:
    """The first episode of each home: a placement with the same carer is the same home."""
    found: list[Episode] = []
    away = False
    for episode in care.episodes:
        if episode.kind in TEMPORARY:
            away = True
            continue
        if not found or (episode.rne in ("S", "P", "B") and not away):
            found.append(episode)
        away = False
    return found


def _on_31_march(counts: _Counts, known: _Known, year: int) -> None:
    last = last_day(year)
    care = next((c for c in known.life.care if c.spell.start <= last < c.spell.end), None)
    if care is None:
        return
    begun = [e for e in care.episodes if e.start <= last]
    episode, lives_in = begun[-1], [e for e in begun if e.kind not in TEMPORARY][-1]
    for name, kinds in LIVES_IN.items():
        counts.add(name, year, lives_in.kind in kinds)
    for name, provider in PROVIDED.items():
        counts.add(name, year, lives_in.place.provider == provider)
    for name, law in UNDER_LAW.items():
        counts.add(name, year, episode.ls in law)
    alone = known.alone(last)
    for name in ("uasc_looked_after", "uasc_looked_after_share", "uasc_looked_after_rate"):
        counts.add(name, year, alone)
    lived = sum(placements_open(c, first_day(year), last) for c in known.life.care)
    counts.add("placements_in_the_year", year, lived)
    if known.age(last) < 16 and months_on(care.spell.start, 30) <= last:
        homes = [home for home in _homes(care) if home.start <= last]
        adopting = homes[-1].kind in ADOPTIVE and len(homes) > 1
        since = homes[-2 if adopting else -1].start
        counts.add("long_term_stability", year, months_on(since, 24) <= last)


def _of_each_year(counts: _Counts, known: _Known) -> None:
    """What counts each child once a year: by the first start and by the last end."""
    care = known.life.care
    first: dict[int, int] = {}
    final: dict[int, int] = {}
    for i, one in enumerate(care):
        first.setdefault(year_of(one.spell.start), i)
        final[year_of(one.spell.end)] = i
    for year, i in first.items():
        start = care[i].spell.start
        for name, law in CAME_BY.items():
            counts.add(name, year, care[i].episodes[0].ls in law)
        counts.add("uasc_started_share", year, known.alone(start))
        counts.add("uasc_started_rate", year, known.alone(start))
        counts.add("started_aged_under_1", year, known.age(start) < 1)
        again = i > 0 and start <= months_on(care[i - 1].spell.end, 24)
        counts.add("started_again_within_24_months", year, again)
    for year, i in final.items():
        rec = known.rec(i)
        for name, codes in LEFT_BY.items():
            counts.add(name, year, rec in codes)
        counts.add("adopted", year, rec in _ADOPTED)
        counts.add("left_to_special_guardianship", year, rec in (*_GUARDIAN, *_OLD_GUARDIAN))
        counts.add("ceased_rate", year, 1)
        for name, code in ADOPTIONS.items():
            counts.add(name, year, rec == code)
            if rec in _ADOPTED:
                counts.add(f"{name}_share", year, rec == code)
        if rec in _GUARDIAN:
            for name, code in GUARDIANS.items():
                counts.add(name, year, rec == code)
        if known.seen(i):
            counts.add("time_in_care", year, care[i].spell.end - care[i].spell.start)
    for day, kind, i in known.permanent():
        if known.seen(i):
            later = 1 if kind == "home" else 0
            counts.add(_DAYS_TO[kind], year_of(day) + later, day - care[i].spell.start)


def _ends(counts: _Counts, known: _Known, i: int) -> None:
    """Whether care began again after the i-th period."""
    end, rec = known.life.care[i].spell.end, known.rec(i)
    year, age = year_of(end), known.age(end)
    if rec in _HOME and age < 17:
        for months in (3, 6):
            counts.add(f"reentered_within_{months}_months", year + 1, known.back(i, months))
    if age < 16 and rec in _HOME:
        counts.add("reentered_within_24_months", year + 2, known.back(i, 24))
    if age < 16 and rec in (*_GUARDIAN, *_OLD_GUARDIAN):
        counts.add(_AFTER_GUARDIAN, year + 2, known.back(i, 24))


def _begins(counts: _Counts, known: _Known, i: int) -> None:
    """Moves early in the i-th period, and whether it led to a permanent home."""
    care = known.life.care[i]
    start, homes = care.spell.start, _homes(care)
    year = year_of(start)
    moved = homes[1].start if len(homes) > 1 else None
    soon = moved is not None and moved <= months_on(start, 3)
    counts.add("moved_within_3_months", year + 1, soon)
    over = months_on(start, 12)
    if care.spell.end >= over:
        until = over if moved is None or moved > over else moved
        counts.add("first_home_days", year + 1, until - start)
    if known.age(start) < 16:
        limit = months_on(start, 24)
        reached = any(start <= day <= limit for day, _, _ in known.permanent())
        counts.add("permanence_within_2_years", year + 3, reached)
