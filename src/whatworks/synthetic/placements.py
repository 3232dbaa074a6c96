"""Where a looked-after child lives, and how that changes during a period of care."""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.synthetic import chances
from whatworks.synthetic.calendar import age_on, birthday, year_of
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, Spell
from whatworks.synthetic.conditions import MOVE
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.fitted import at_day, council_effects
from whatworks.synthetic.identity import Person
from whatworks.synthetic.legal import Step
from whatworks.synthetic.providers import (
    ADOPTIVE,
    FOSTER,
    HAD_TO_REGISTER,
    KIN,
    OTHER,
    SUPPORTED,
    Place,
    registered_from,
)
from whatworks.synthetic.world import World

_AT_HOME_UNDER = ("C1", "C2")
_NO_LEAVE_FROM = ("P1", OTHER, *ADOPTIVE)
_LASTING = {"U6": "U4", "U3": "U1"}
"""What a foster placement becomes once it is confirmed as lasting."""


@dataclass(frozen=True, slots=True)
class Stay:
    """From a day on, the child lives in a placement of this kind.

    ``same_carer``: only the placement's status changed, the child did not move. ``reason``: why
    the stay before it ended; blank on the way into and out of a temporary stay.
    """

    day: int
    kind: str
    place: Place
    same_carer: bool = False
    reason: str = ""

    @property
    def temporary(self) -> bool:
        """Whether the child is to go back to where it lived before."""
        return self.kind[0] == "T"


class _Path:
    """The stays of one spell, being drawn."""

    __slots__ = ("draws", "kin", "legal", "sgo", "sixteen", "spell", "stays", "where", "who")

    def __init__(
        self, draws: Draws, spell: Spell, who: Person, legal: list[Step], where: World
    ) -> None:
        self.draws, self.spell, self.who, self.legal, self.where = draws, spell, who, legal, where
        self.sixteen = birthday(who.dob, 16)
        self.sgo = spell.route == "sgo"
        self.kin = self.sgo and draws.chance(chances.KIN_GUARDIAN[year_of(spell.end)])
        self.stays: list[Stay] = []

    def status(self, day: int) -> str:
        found = self.legal[0][1]
        for first, status in self.legal:
            if first > day:
                break
            found = status
        return found

    def first_kind(self) -> str:
        day = self.spell.start
        age = age_on(self.who.dob, day)
        if self.spell.route == "remand":
            return "R5" if self.draws.chance(0.6) and age >= 12 else "K2"
        if self.who.uasc:
            return self._allowed(self.draws.pick(chances.UASC_FIRST_PLACE), day)
        return self._allowed(
            self.draws.pick(chances.FIRST_PLACE[chances.band(age)][at_day(day)]), day
        )

    def next_kind(self, day: int) -> str:
        if self.spell.plan and self.spell.plan.ended is None:
            return "U6"
        if self.who.uasc:
            return self._allowed(self.draws.pick(chances.UASC_NEXT_PLACE), day)
        if self.sgo:
            return "U3" if self.kin else "U6"
        age = chances.band(age_on(self.who.dob, day))
        return self._allowed(self.draws.pick(chances.NEXT_PLACE[age][at_day(day)]), day)

    def _allowed(self, kind: str, day: int) -> str:
        """A kind that the law, the child's age and how care will end allow on this day."""
        if kind == "P1" and (self.status(day) not in _AT_HOME_UNDER or self.spell.plan):
            return "U6"
        if kind == SUPPORTED and day < self.sixteen:
            return "U6"
        if kind in KIN and self.sgo and not self.kin:
            return "U6"
        return kind

    def move(self, day: int, kind: str, reason: str = "") -> None:
        """Move to a placement of a kind; the same address again would be no move."""
        homes, before = self.where.homes, self.stays[-1].place if self.stays else None
        for _ in range(20):
            place = homes.place(self.draws, kind, self.who.home_post, day)
            if place != before:
                self.stays.append(Stay(day, kind, place, reason=reason))
                return

    def status_only(self, day: int, kind: str) -> None:
        self.stays.append(Stay(day, kind, self.stays[-1].place, same_carer=True, reason="PLACE"))

    def settled(self) -> bool:
        """Whether the child lives with the relatives who are to become its guardians."""
        return self.kin and self.stays[-1].kind in KIN


def _confirm(path: _Path, until: int) -> None:
    """Record a foster placement as lasting that holds to a day, if it holds long enough.

    Relatives are approved for good within months, others once they are matched with the child.
    """
    stay, draws = path.stays[-1], path.draws
    if stay.kind not in _LASTING:
        return
    chance, least, median = chances.CONFIRMED[stay.kind]
    day = stay.day + least + int(draws.lognormal(median, 0.6))
    if day < until - 10 and draws.chance(chance * chances.MATCHED[at_day(day)]):
        path.status_only(day, _LASTING[stay.kind])


def _wander(path: _Path, until: int) -> None:
    """Moves from placement to placement until a day."""
    draws, conditions = path.draws, path.where.conditions
    restless = draws.pick(chances.RESTLESSNESS) * council_effects().get(path.where.code, 1.0)
    first_age = age_on(path.who.dob, path.spell.start)
    begun, day, n = path.spell.start, path.spell.start, 0
    while not path.settled():
        age = first_age + (day - begun) // 365
        speed = restless * chances.MOVED[at_day(day)] * chances.RESTLESS_AT[chances.band(age)]
        usual = draws.exponential(chances.MOVE_DAYS[min(n, 2)] / speed)
        if draws.chance(chances.CRISIS[min(n, 2)]):
            usual = draws.exponential(chances.CRISIS_DAYS)
        day_next = day + 1 + int(conditions.wait(MOVE, day, usual))
        _confirm(path, min(day_next, until))
        if day_next >= until - 3:
            return
        day, n = day_next, n + 1
        kind = path.next_kind(day)
        reason = "CUSTOD" if kind == "R5" else draws.pick(chances.MOVE_REASON[at_day(day)])
        path.move(day, kind, reason)
    _confirm(path, until)


def _into_adoption(path: _Path) -> None:
    plan = path.spell.plan
    if plan is None or plan.ended is not None:
        return
    last = path.stays[-1]
    if last.kind not in FOSTER:
        path.move(plan.placed - 20, "U6", "CARPL")
        last = path.stays[-1]
    if plan.with_carer:
        path.stays.append(Stay(plan.placed, "A5", last.place, same_carer=True, reason="CARPL"))
    else:
        path.move(plan.placed, "A6", "CARPL")


def _not_yet_registered(path: _Path) -> None:
    """Homes with support that had to be registered and were not: another placement until then."""
    if path.spell.end <= HAD_TO_REGISTER or path.spell.end <= path.sixteen:
        return
    ends = [stay.day for stay in path.stays[1:]] + [path.spell.end]
    found: list[Stay] = []
    for stay, end in zip(path.stays, ends, strict=True):
        if stay.kind != SUPPORTED or end <= HAD_TO_REGISTER + 1:
            found.append(stay)
            continue
        since = registered_from(stay.place)
        if since <= max(stay.day, HAD_TO_REGISTER):
            found.append(stay)
            continue
        other = Place("", "", stay.place.post)
        if stay.day < HAD_TO_REGISTER:
            found.append(stay)
            found.append(Stay(HAD_TO_REGISTER, OTHER, other, same_carer=True, reason="PLACE"))
        else:
            found.append(Stay(stay.day, OTHER, other, stay.same_carer, stay.reason))
        if since < end - 1:
            found.append(Stay(since, SUPPORTED, stay.place, same_carer=True, reason="PLACE"))
    path.stays = found


def _temporary(path: _Path) -> None:
    """Now and then a few days elsewhere, and back to the very same place."""
    draws = path.draws
    legal_days: list[int] | None = None
    ends = [stay.day for stay in path.stays[1:]] + [path.spell.end]
    found: list[Stay] = []
    for stay, end in zip(path.stays, ends, strict=True):
        found.append(stay)
        lasts = end - stay.day
        if lasts < 60 or not draws.chance(chances.TEMPORARY * min(3.0, lasts / 365)):
            continue
        kind = draws.one_of(("T1", "T1", "T3", "T4"))
        out = draws.between(stay.day + 20, end - 30)
        back = out + draws.between(2, 6)
        if legal_days is None:
            legal_days = [day for day, _ in path.legal]
        if any(out - 1 <= day <= back + 1 for day in legal_days) or stay.kind in _NO_LEAVE_FROM:
            continue
        found.append(Stay(out, kind, path.where.homes.place(draws, kind, "", out)))
        found.append(Stay(back, stay.kind, stay.place))
    path.stays = found


def stays_of(
    draws: Draws, spell: Spell, who: Person, legal: list[Step], *, where: World, kind: str
) -> list[Stay]:
    """The stays of a period of care, in order; the first begins with it."""
    if kind in (BREAKS_V3, BREAKS_V4):
        breaks_kind = "R1" if draws.chance(0.5) else "U6"
        place = where.homes.place(draws, breaks_kind, "", spell.start)
        return [Stay(spell.start, breaks_kind, Place(place.provider, "", ""))]
    path = _Path(draws, spell, who, legal, where)
    path.move(spell.start, path.first_kind())
    plan = spell.plan
    until = plan.placed if plan and plan.ended is None else spell.end
    if spell.route != "remand":
        _wander(path, until if plan is None else until - 25)
    _to_guardian(path)
    _leave_mother_and_baby(path, until)
    _into_adoption(path)
    _not_yet_registered(path)
    _temporary(path)
    return path.stays


def _to_guardian(path: _Path) -> None:
    """Relatives who foster before they become guardians have the child for some weeks at least."""
    last, end = path.stays[-1], path.spell.end
    if not path.kin or last.kind in KIN:
        return
    day = max(last.day + 1, end - 60 - int(path.draws.exponential(120)))
    if day < end - 1:
        path.move(day, "U3", "CARPL")


def _leave_mother_and_baby(path: _Path, until: int) -> None:
    """A mother and baby unit lasts some months at most."""
    first = path.stays[0]
    limit = first.day + 110
    if first.kind == "R3" and len(path.stays) == 1 and limit < until - 30:
        path.move(limit, path.next_kind(limit), "CARPL")
