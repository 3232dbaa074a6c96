"""Episodes of care: what a period of care looks like once statuses and stays are put together."""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.synthetic import chances
from whatworks.synthetic.calendar import year_of
from whatworks.synthetic.careers import Spell
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.fitted import at_day
from whatworks.synthetic.legal import Step
from whatworks.synthetic.placements import Stay
from whatworks.synthetic.providers import FOSTER, KIN, Place

CONTINUES = "X1"


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode, [start, end]: it ends on the day the next begins. Codes are SSDA903's."""

    start: int
    end: int
    rne: str
    ls: str
    need: str
    kind: str
    place: Place
    rec: str
    reason: str


_RECS = {
    "home_planned": "E4A",
    "home_unplanned": "E4B",
    "relative": "E13",
    "cao": "E41",
    "transfer": "E3",
    "custody": "E9",
    "remand": "E14",
    "abroad": "E16",
    "died": "E2",
    "age_assessed": "E15",
    "other": "E8",
    "breaks": "E8",
}
_BREAK_ENDS = "E4A"


def reason_ceased(draws: Draws, spell: Spell, last_kind: str) -> str:
    """The REC code with which a period of care ends."""
    route, u = spell.route, draws.u()
    if route in _RECS:
        return _RECS[route]
    if route == "adoption":
        return "E11" if u < chances.UNOPPOSED[year_of(spell.end)] else "E12"
    if route == "sgo":
        return _guardian(u, last_kind)
    now = at_day(spell.end)
    if route == "independent":
        return chances.INDEPENDENT[now].at(u)
    return (chances.AT_18_FROM_FOSTER if last_kind in FOSTER else chances.AT_18)[now].at(u)


def _guardian(u: float, last_kind: str) -> str:
    """A special guardianship order: to the carer the child lives with, or to somebody else."""
    if last_kind in KIN:
        return "E45"
    if last_kind in FOSTER and u < chances.FOSTER_GUARDIAN:
        return "E46"
    return "E47" if u < chances.OTHER_GUARDIAN else "E48"


def _rne(new_status: bool, stay: Stay | None) -> str:
    if stay is None:
        return "L"
    if new_status:
        return "U" if stay.same_carer else "B"
    return "T" if stay.same_carer else "P"


def episodes_of(
    draws: Draws, spell: Spell, *, need: str, legal: list[Step], stays: list[Stay]
) -> list[Episode]:
    """The episodes of a period of care, in order, each ending on the day the next begins."""
    statuses, places = dict(legal), {stay.day: stay for stay in stays}
    days = sorted({*statuses, *places})
    ls, stay = statuses[spell.start], places[spell.start]
    found: list[Episode] = []
    for i, day in enumerate(days):
        rne = "S"
        if i:
            rne = _rne(day in statuses, places.get(day))
            ls, stay = statuses.get(day, ls), places.get(day, stay)
        if i + 1 == len(days):
            rec = reason_ceased(draws, spell, stay.kind)
            end, reason = spell.end, ""
        else:
            following = places.get(days[i + 1])
            rec, end, reason = CONTINUES, days[i + 1], following.reason if following else ""
        found.append(Episode(day, end, rne, ls, need, stay.kind, stay.place, rec, reason))
    return found


def short_breaks(draws: Draws, spell: Spell, need: str, stay: Stay) -> list[Episode]:
    """A series of short breaks recorded one by one (V3): a few days each, some weeks apart.

    Two to four days once a month keeps well within 17 days at a time and 75 in a year.
    """
    found = []
    day = spell.start
    while day < spell.end - 5:
        back = day + draws.between(1, 3)
        found.append(Episode(day, back, "S", "V3", need, stay.kind, stay.place, _BREAK_ENDS, ""))
        day = back + draws.between(24, 38)
    return found
