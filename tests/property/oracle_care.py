"""Measures of care counted a second time: slow, plain Python, sharing no code with the first.

It stands on ``care_oracle``, which merges episodes and cuts them into periods and placements.
``figures(returns)`` takes {year: {"Episodes": [row], "Header": [row], "UASC": [row]}}.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import care_oracle as base

Row = dict[str, Any]
Returns = dict[int, dict[str, list[Row]]]

AWAY = {"T0", "T1", "T2", "T3", "T4"}
ADOPTIVE = {"A3", "A4", "A5", "A6"}
GUARDIAN = {"E45", "E46", "E47", "E48"}
OLD_GUARDIAN = {"E43", "E44"}
LIVES_IN = {
    "in_foster_care": {"U1", "U2", "U3", "U4", "U5", "U6"},
    "with_relatives": {"U1", "U2", "U3"},
    "in_childrens_homes": {"K1", "K2"},
    "in_supported_accommodation": {"H5", "K3", "P2"},
    "placed_with_parents": {"P1"},
    "in_other_residential": {"R1", "R2", "R3", "R5", "P3"},
    "in_other_placements": {"Z1", "Z11", "Z12", "Z13", "Z14"},
    "placed_for_adoption": ADOPTIVE,
}
PROVIDED = {
    "provided_by_council": "PR1",
    "provided_by_other_council": "PR2",
    "provided_privately": "PR4",
    "provided_by_charity": "PR5",
}
UNDER_LAW = {
    "looked_after_voluntarily": {"V2"},
    "looked_after_under_care_order": {"C1", "C2", "D1"},
    "looked_after_under_placement_order": {"E1"},
}
CAME_BY = {
    "started_voluntarily": {"V2"},
    "started_under_court_order": {"C1", "C2", "D1", "E1", "L2", "L3"},
    "started_under_police_protection": {"L1"},
}
LEFT_BY = {
    "returned_home_planned": {"E4A"},
    "returned_home_unplanned": {"E4B"},
    "ceased_special_guardianship": GUARDIAN | OLD_GUARDIAN,
    "ceased_child_arrangements": {"E41"},
    "ceased_adopted": {"E11", "E12"},
}
ADOPTIONS = {"adopted_unopposed": "E11", "adopted_without_consent": "E12"}
GUARDIANS = {
    "guardians_who_fostered_as_family": "E45",
    "guardians_who_fostered": "E46",
    "guardians_who_are_family": "E47",
}
KIND_OF = {
    **dict.fromkeys(("E11", "E12"), "adopted"),
    **dict.fromkeys(GUARDIAN | OLD_GUARDIAN, "special_guardianship"),
    "E41": "child_arrangements",
}
DAYS_TO = {
    "days_to_lasting_return_home": "home",
    "days_to_adoption": "adopted",
    "days_to_special_guardianship": "special_guardianship",
    "days_to_child_arrangements": "child_arrangements",
    "days_to_long_term_match": "match",
}


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or that month's last."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass
class Spell:
    """One period of care."""

    rows: list[Row]
    seen: bool
    before: Any = None
    after: Any = None

    @property
    def start(self) -> date:
        return self.rows[0]["DECOM"]

    @property
    def end(self) -> date | None:
        return self.rows[-1]["DEC"]

    @property
    def rec(self) -> str | None:
        last = self.rows[-1]["REC"]
        return None if last == "X1" else last

    def back(self, months: int) -> bool:
        """Whether another period began within so many months."""
        return self.after is not None and self.after.start <= months_on(self.end, months)

    def homes(self) -> list[tuple[date, str | None]]:
        """When each home began, and as what; the same carer's next placement is the same home."""
        found: list[tuple[date, str | None]] = []
        for rows in base.lived(self.rows):
            if not found or rows[0]["RNE"] not in {"T", "U"}:
                found.append((rows[0]["DECOM"], rows[0]["PLACE"]))
        return found


def spells_of(rows: list[Row]) -> list[Spell]:
    """A child's periods of care, in order."""
    found = [Spell(one, one[0]["RNE"] == "S" or i > 0) for i, one in enumerate(base.periods(rows))]
    for i, one in enumerate(found):
        one.before = found[i - 1] if i else None
        one.after = found[i + 1] if i + 1 < len(found) else None
    return found


class Count:
    """Numerators and denominators, by measure."""

    def __init__(self) -> None:
        self.top: dict[str, float] = defaultdict(float)
        self.under: dict[str, float] = defaultdict(float)

    def add(self, name: str, top: float, under: float = 1) -> None:
        self.top[name] += float(top)
        self.under[name] += float(under)


class Council:
    """What the recount knows of one council."""

    def __init__(self, returns: Returns) -> None:
        self.years = sorted(returns)
        children, _ = base.clean(returns)
        self.spells = {child: spells_of(rows) for child, rows in children.items()}
        self.born = base.births(returns)
        self.listed: dict[tuple[str, int], list[Any]] = defaultdict(list)
        apart, _ = base.told_apart(returns)
        for year, tables in apart.items():
            for row in tables.get("UASC", []):
                if row["CHILD"] is not None:
                    self.listed[row["CHILD"], year].append(row["DUC"])
        self.permanent = {child: self._permanent(child) for child in self.spells}

    def loaded(self, year: int, before: int) -> bool:
        return all(y in self.years for y in range(year - before, year + 1))

    def age(self, child: str, day: date) -> int | None:
        return base._age(self.born[child], day) if child in self.born else None

    def young(self, child: str, day: date, below: int) -> bool:
        """Under an age; an unknown age is taken to be."""
        age = self.age(child, day)
        return age is None or age < below

    def alone(self, child: str, day: date) -> bool:
        days = self.listed.get((child, base._year_of(day)))
        if not days:
            return False
        known = [d for d in days if isinstance(d, date)]
        return not known or max(known) >= day

    def _permanent(self, child: str) -> list[tuple[date, str, Spell]]:
        found = []
        for spell in self.spells[child]:
            match = next((r["DECOM"] for r in spell.rows if r["PLACE"] in {"U1", "U4"}), None)
            if match is not None:
                found.append((match, "match", spell))
            if spell.end is None:
                continue
            if spell.rec in KIND_OF:
                found.append((spell.end, KIND_OF[spell.rec], spell))
            year = base._year_of(spell.end)
            followed = year in self.years and year + 1 in self.years
            home = spell.rec in {"E4A", "E4B"} and followed and not spell.back(12)
            if home and self.young(child, spell.end, 17):
                found.append((spell.end, "home", spell))
        return found


def figures(returns: Returns) -> dict[tuple[str, int], tuple[float, float]]:
    """(measure, year) -> (numerator, denominator); a count is its own denominator."""
    council = Council(returns)
    out: dict[tuple[str, int], tuple[float, float]] = {}
    for year in council.years:
        count = Count()
        for child in council.spells:
            _on_31_march(council, count, child, year)
            _started(council, count, child, year)
            _ceased(council, count, child, year)
            _followed(council, count, child, year)
        for name in _ALWAYS:
            out[name, year] = (count.top[name], count.under[name])
        for name in COUNTS:
            out[name, year] = (count.top[name], count.top[name])
        for name, before in _LATER.items():
            if council.loaded(year, before):
                out[name, year] = (count.top[name], count.under[name])
    return {key: (round(a, 6), round(b, 6)) for key, (a, b) in out.items()}


_LATER = {
    "long_term_stability": 2,
    "started_again_within_24_months": 2,
    "reentered_within_3_months": 1,
    "reentered_within_6_months": 1,
    "reentered_within_24_months": 2,
    "reentered_after_special_guardianship_within_24_months": 2,
    "moved_within_3_months": 1,
    "first_home_days": 1,
    "permanence_within_2_years": 3,
    "days_to_lasting_return_home": 1,
}
_ALWAYS = (
    *LIVES_IN,
    *PROVIDED,
    *UNDER_LAW,
    *CAME_BY,
    *LEFT_BY,
    *GUARDIANS,
    *(f"{name}_share" for name in ADOPTIONS),
    "far_from_home",
    "distance_from_home",
    "uasc_looked_after_share",
    "uasc_started_share",
    "started_aged_under_1",
    "placements_in_the_year",
    "time_in_care",
    *(name for name in DAYS_TO if name != "days_to_lasting_return_home"),
)
RATES = ("ceased_rate", "uasc_looked_after_rate", "uasc_started_rate")
"""Measures whose numerator is that of another and whose denominator is the population."""
COUNTS = ("uasc_looked_after", "adopted", "left_to_special_guardianship", *ADOPTIONS)
NAMES = {*_ALWAYS, *_LATER, *COUNTS}


def _on_31_march(council: Council, count: Count, child: str, year: int) -> None:
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    spells = council.spells[child]
    now = [
        (spell, row)
        for spell in spells
        for row in spell.rows
        if row["DECOM"] <= last and (row["DEC"] is None or row["DEC"] > last)
    ]
    if not now:
        return
    ((spell, row),) = now
    here: Row | None = row
    if row["PLACE"] in AWAY:
        at_home = [r for r in spell.rows if r["DECOM"] <= last and r["PLACE"] not in AWAY]
        here = at_home[-1] if at_home else None
    place, provider, miles, location = (
        (here or {}).get(c) for c in ("PLACE", "PLACE_PROVIDER", "PL_DISTANCE", "PL_LOCATION")
    )
    for name, codes in LIVES_IN.items():
        count.add(name, place in codes)
    for name, code in PROVIDED.items():
        count.add(name, provider == code)
    for name, codes in UNDER_LAW.items():
        count.add(name, row["LS"] in codes)
    if miles is not None:
        count.add("far_from_home", miles > 20 and location == "OUT")
        count.add("distance_from_home", miles)
    alone = council.alone(child, last)
    count.add("uasc_looked_after", alone)
    count.add("uasc_looked_after_share", alone)
    lived = [
        (a, b)
        for one in spells
        for a, b in base.placements(one.rows)
        if a <= last and (b is None or (b > first and b > a))
    ]
    count.add("placements_in_the_year", len(lived))
    age = council.age(child, last)
    if age is not None and age < 16 and months_on(spell.start, 30) <= last:
        homes = [(since, kind) for since, kind in spell.homes() if since <= last]
        settled = False
        if homes:
            since, kind = homes[-1]
            if kind in ADOPTIVE and len(homes) > 1:
                since = homes[-2][0]
            settled = months_on(since, 24) <= last
        count.add("long_term_stability", settled)


def _started(council: Council, count: Count, child: str, year: int) -> None:
    starts = [s for s in council.spells[child] if base._year_of(s.start) == year]
    seen = [s for s in starts if s.seen]
    if not seen:
        return
    spell = seen[0]
    for name, codes in CAME_BY.items():
        count.add(name, spell.rows[0]["LS"] in codes)
    count.add("uasc_started_share", council.alone(child, spell.start))
    again = spell.before is not None and spell.start <= months_on(spell.before.end, 24)
    count.add("started_again_within_24_months", again)
    age = council.age(child, spell.start)
    if age is not None and age >= 0:
        count.add("started_aged_under_1", age < 1)


def _ceased(council: Council, count: Count, child: str, year: int) -> None:
    ends = [s for s in council.spells[child] if s.end and base._year_of(s.end) == year]
    if not ends:
        return
    spell = ends[-1]
    for name, codes in LEFT_BY.items():
        count.add(name, spell.rec in codes)
    count.add("adopted", spell.rec in LEFT_BY["ceased_adopted"])
    count.add("left_to_special_guardianship", spell.rec in GUARDIAN | OLD_GUARDIAN)
    for name, code in ADOPTIONS.items():
        count.add(name, spell.rec == code)
        if spell.rec in LEFT_BY["ceased_adopted"]:
            count.add(f"{name}_share", spell.rec == code)
    if spell.rec in GUARDIAN:
        for name, code in GUARDIANS.items():
            count.add(name, spell.rec == code)
    if spell.seen:
        count.add("time_in_care", (spell.end - spell.start).days)


def _followed(council: Council, count: Count, child: str, year: int) -> None:
    for spell in council.spells[child]:
        _after_leaving(council, count, child, year, spell)
        _after_starting(council, count, child, year, spell)
    for day, kind, spell in council.permanent[child]:
        known = base._year_of(day) + (1 if kind == "home" else 0)
        if known == year and spell.seen:
            name = next(n for n, k in DAYS_TO.items() if k == kind)
            count.add(name, (day - spell.start).days)


def _after_leaving(council: Council, count: Count, child: str, year: int, spell: Spell) -> None:
    if spell.end is None:
        return
    ended = base._year_of(spell.end)
    home = spell.rec in {"E4A", "E4B"}
    if ended == year - 1 and home and council.young(child, spell.end, 17):
        for months in (3, 6):
            count.add(f"reentered_within_{months}_months", spell.back(months))
    if ended == year - 2 and council.young(child, spell.end, 16):
        if home:
            count.add("reentered_within_24_months", spell.back(24))
        if spell.rec in GUARDIAN | OLD_GUARDIAN:
            name = "reentered_after_special_guardianship_within_24_months"
            count.add(name, spell.back(24))


def _after_starting(council: Council, count: Count, child: str, year: int, spell: Spell) -> None:
    if not spell.seen:
        return
    began = base._year_of(spell.start)
    if began == year - 1:
        homes = spell.homes()
        moved = homes[1][0] if len(homes) > 1 else None
        soon = moved is not None and moved <= months_on(spell.start, 3)
        count.add("moved_within_3_months", soon)
        over = months_on(spell.start, 12)
        if spell.end is None or spell.end >= over:
            until = over if moved is None or moved > over else moved
            count.add("first_home_days", (until - spell.start).days)
    if began == year - 3 and council.young(child, spell.start, 16):
        limit = months_on(spell.start, 24)
        reached = any(spell.start <= day <= limit for day, _, _ in council.permanent[child])
        count.add("permanence_within_2_years", reached)
