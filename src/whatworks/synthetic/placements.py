"""Where a looked-after child lives, and how that changes during a period of care."""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.synthetic import chances
from whatworks.synthetic.calendar import age_on
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, Spell, band
from whatworks.synthetic.conditions import MOVE, Conditions
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.identity import Person
from whatworks.synthetic.legal import Step
from whatworks.synthetic.providers import ADOPTIVE, FOSTER, SUPPORTED, Place, Providers
from whatworks.synthetic.world import World

_AT_HOME_UNDER = ("C1", "C2")
_NO_LEAVE_FROM = ("P1", "Z1", *ADOPTIVE)


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

    def __init__(
        self, draws: Draws, spell: Spell, who: Person, legal: list[Step], homes: Providers
    ) -> None:
        self.draws, self.spell, self.who, self.legal, self.homes = draws, spell, who, legal, homes
        self.stays: list[Stay] = []

    def status(self, day: int) -> str:
        return next(ls for first, ls in reversed(self.legal) if first <= day)

    def first_kind(self) -> str:
        age = age_on(self.who.dob, self.spell.start)
        if self.spell.route == "remand":
            return "R5" if self.draws.chance(0.6) and age >= 12 else "K2"
        if self.who.uasc:
            return self._allowed(self.draws.pick(chances.UASC_FIRST_PLACE), self.spell.start)
        return self._allowed(self.draws.pick(chances.FIRST_PLACE[band(age)]), self.spell.start)

    def next_kind(self, day: int) -> str:
        age = age_on(self.who.dob, day)
        if self.spell.plan and self.spell.plan.ended is None:
            return "U6"
        if self.who.uasc:
            return self._allowed(self.draws.pick(chances.UASC_NEXT_PLACE), day)
        return self._allowed(self.draws.pick(chances.NEXT_PLACE[band(age)]), day)

    def _allowed(self, kind: str, day: int) -> str:
        """A kind that the law and the child's age allow on this day."""
        if kind == "P1" and (self.status(day) not in _AT_HOME_UNDER or self.spell.plan):
            return "U6"
        if kind == SUPPORTED and age_on(self.who.dob, day) < 16:
            return "U6"
        return kind

    def move(self, day: int, kind: str, reason: str = "") -> None:
        """Move to a placement of a kind; the same address again would be no move."""
        place = self.homes.place(self.draws, kind, self.who.home_post)
        for _ in range(20):
            if not self.stays or place != self.stays[-1].place:
                self.stays.append(Stay(day, kind, place, reason=reason))
                return
            place = self.homes.place(self.draws, kind, self.who.home_post)

    def status_only(self, day: int, kind: str) -> None:
        self.stays.append(Stay(day, kind, self.stays[-1].place, same_carer=True, reason="PLACE"))


def _wander(path: _Path, until: int, conditions: Conditions) -> None:
    """Moves from placement to placement until a day."""
    draws = path.draws
    restless = draws.pick(chances.RESTLESSNESS)
    day, n = path.spell.start, 0
    while True:
        usual = draws.exponential(chances.MOVE_DAYS[min(n, 2)] / restless)
        if draws.chance(0.06):
            usual = draws.exponential(5.0)
        stay = path.stays[-1]
        matched = 300 + draws.lognormal(220, 0.5)
        settles = (
            stay.kind in ("U6", "U3")
            and path.spell.route == "adult"
            and not path.who.uasc
            and draws.chance(chances.LONG_TERM_MATCH)
        )
        day_next = day + 1 + int(conditions.wait(MOVE, day, usual))
        if settles and day + matched < min(day_next, until) - 10:
            path.status_only(day + int(matched), "U4" if stay.kind == "U6" else "U1")
        if day_next >= until - 3:
            return
        day, n = day_next, n + 1
        path.move(day, path.next_kind(day), draws.pick(chances.MOVE_REASON))
        _correct(path)


def _correct(path: _Path) -> None:
    """Keep what would contradict itself from being drawn: young children are not in custody."""
    last = path.stays[-1]
    if last.kind == "R5":
        path.stays[-1] = Stay(last.day, last.kind, last.place, reason="CUSTOD")


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


def _temporary(path: _Path) -> None:
    """Now and then a few days elsewhere, and back to the very same place."""
    draws, legal_days = path.draws, [day for day, _ in path.legal]
    ends = [stay.day for stay in path.stays[1:]] + [path.spell.end]
    found: list[Stay] = []
    for stay, end in zip(path.stays, ends, strict=True):
        found.append(stay)
        if end - stay.day < 60 or not draws.chance(
            chances.TEMPORARY * min(3.0, (end - stay.day) / 365)
        ):
            continue
        kind = draws.one_of(("T1", "T1", "T3", "T4"))
        out = draws.between(stay.day + 20, end - 30)
        back = out + draws.between(2, 6)
        if any(out - 1 <= day <= back + 1 for day in legal_days) or stay.kind in _NO_LEAVE_FROM:
            continue
        found.append(Stay(out, kind, path.homes.place(draws, kind, "")))
        found.append(Stay(back, stay.kind, stay.place))
    path.stays = found


def stays_of(
    draws: Draws, spell: Spell, who: Person, legal: list[Step], *, where: World, kind: str
) -> list[Stay]:
    """The stays of a period of care, in order; the first begins with it."""
    homes, conditions = where.homes, where.conditions
    path = _Path(draws, spell, who, legal, homes)
    if kind in (BREAKS_V3, BREAKS_V4):
        breaks_kind = "R1" if draws.chance(0.5) else "U6"
        place = homes.place(draws, breaks_kind, "")
        return [Stay(spell.start, breaks_kind, Place(place.provider, "", ""))]
    path.move(spell.start, path.first_kind())
    plan = spell.plan
    until = plan.placed if plan and plan.ended is None else spell.end
    if spell.route != "remand":
        _wander(path, until if plan is None else until - 25, conditions)
    _leave_mother_and_baby(path, until)
    _into_adoption(path)
    _temporary(path)
    return path.stays


def _leave_mother_and_baby(path: _Path, until: int) -> None:
    """A mother and baby unit lasts some months at most."""
    first = path.stays[0]
    limit = first.day + 110
    if first.kind == "R3" and len(path.stays) == 1 and limit < until - 30:
        path.move(limit, path.next_kind(limit), "CARPL")
