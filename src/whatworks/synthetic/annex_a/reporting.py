"""Who the lists of one reporting day are about, and what all lists say of a child alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from whatworks.synthetic.annex_a.forms import Row, months_before, texts, yes
from whatworks.synthetic.calendar import age_on, weekday
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.identity import Person
from whatworks.synthetic.lives import Care, Life
from whatworks.synthetic.need import Need, Plan
from whatworks.synthetic.socialworkers import SocialWorker
from whatworks.synthetic.world import World

ANNEX_A = 41
"""The purpose of the council's stream of chance that these lists draw from."""

# Purposes within it, so that no answer hangs on whether another was drawn. Each may be joined
# with a day: what belongs to an event is then the same whenever it is reported.
VISIT, CONTACT, EARLY_HELP, ASSESSMENT, CLOSED_CASE, CLOSED_PLAN, CARE = range(1, 8)
MISSING, LEAVER, ADOPTION, WORKER, TEAM, STRANGER, ADOPTERS, PLACE = range(8, 16)
_PURPOSES = 64

_FEWEST_TEAMS, _CHILDREN_A_TEAM = 2, 60
_FEWEST_WORKERS, _CHILDREN_A_WORKER = 6, 8


class Somebody(Protocol):
    """What every list says of a child; a ``Person`` is one."""

    @property
    def id(self) -> str:
        """The child's number."""

    @property
    def dob(self) -> int:
        """The ordinal of the day of birth."""

    @property
    def male(self) -> bool:
        """Whether the child is a boy."""

    @property
    def ethnic(self) -> str:
        """The code of the child's ethnic group."""


@dataclass(frozen=True, slots=True)
class Child:
    """One child: who it is, its life if it was ever looked after, and its spells of need."""

    who: Person
    life: Life | None
    needs: Sequence[Need]

    def care_by(self, day: int) -> Care | None:
        """The latest period of care begun by a day; short breaks are not counted as care."""
        if self.life is None or not self.life.counted:
            return None
        begun = [care for care in self.life.care if care.spell.start <= day]
        return begun[-1] if begun else None

    def in_care(self, day: int) -> Care | None:
        """The period of care that goes on at the end of a day."""
        care = self.care_by(day)
        return care if care and care.spell.end > day else None

    def plan_on(self, day: int) -> Plan | None:
        """The child protection plan that is open at the end of a day."""
        plans = (plan for need in self.needs for plan in need.plans)
        return next((plan for plan in plans if plan.start <= day < plan.end), None)


class Report:
    """The reporting day, the spans that look back from it, and the children of one council."""

    def __init__(
        self,
        where: World,
        day: int,
        people: Iterable[Life],
        needs: Iterable[tuple[Person, Sequence[Need]]],
        workers: Mapping[str, Sequence[SocialWorker]],
    ) -> None:
        self.where, self.day = where, day
        self.half, self.year = months_before(day, 6), months_before(day, 12)
        self._chance = Draws(child_seeds(sequence(where.seed, where.code, ANNEX_A), 1)[0])
        self._workers = workers
        self._allocated: dict[str, tuple[str, str]] = {}
        in_need = {who.id: (who, found) for who, found in needs}
        self.lives = {life.who.id: life for life in people}
        found = [
            Child(life.who, life, in_need.get(life.who.id, (life.who, ()))[1])
            for life in self.lives.values()
        ]
        found += [
            Child(who, None, spells)
            for key, (who, spells) in in_need.items()
            if key not in self.lives
        ]
        self.children = sorted(found, key=lambda child: child.who.id)

    def draws(self, key: str, purpose: int, day: int = 0) -> Draws:
        """Numbers of a child's (or worker's, or place's) own, for one purpose and event."""
        number = int.from_bytes(key.encode()[-8:], "big")
        return self._chance.fork(number).fork(day * _PURPOSES + purpose)

    def head(self, who: Somebody) -> Row:
        """Number, gender, ethnicity, date of birth and age; unborn children have no age yet.

        An unborn child's date of birth is the day on which it is expected.
        """
        unborn = who.dob > self.day
        gender = "U" if unborn else ("M" if who.male else "F")
        return [
            who.id,
            texts("gender")[gender],
            texts("ethnicity")[who.ethnic],
            who.dob,
            None if unborn else age_on(who.dob, self.day),
        ]

    def known(self, day: int | None) -> int | None:
        """A day that has come by the reporting day; None otherwise."""
        return day if day is not None and day <= self.day else None

    # --- who works with a child -----------------------------------------------------------

    @cached_property
    def _at_work(self) -> list[str]:
        """The social workers who have a child that day, or invented ones where none is known."""
        found = {
            one.id
            for spans in self._workers.values()
            for one in spans
            if one.start <= self.day <= one.end
        }
        if found:
            return sorted(found)
        size = max(_FEWEST_WORKERS, int(self.looked_after / _CHILDREN_A_WORKER))
        return [f"SW8{n:05d}" for n in range(size)]

    @cached_property
    def looked_after(self) -> float:
        """About how many children the council looks after."""
        known = self.where.setting.looked_after
        return sum(known.values()) / len(known)

    def worker(self, child: str) -> str:
        """The social worker allocated to a child: of the return where it has one, else drawn."""
        spans = [one for one in self._workers.get(child, ()) if one.start <= self.day]
        if spans and spans[-1].end >= self.half:
            return spans[-1].id
        return self.draws(child, WORKER).one_of(self._at_work)

    def allocated(self, child: str) -> Row:
        """The allocated team and worker. A worker is always in the same team."""
        if child not in self._allocated:
            worker = self.worker(child)
            teams = max(_FEWEST_TEAMS, int(self.looked_after / _CHILDREN_A_TEAM))
            team = self.draws(worker, TEAM).between(1, teams)
            self._allocated[child] = (f"Locality Team {team}", worker)
        return list(self._allocated[child])

    # --- when a child was seen ------------------------------------------------------------

    def last_visit(self, child: Child) -> int:
        """The day on which an open case was last visited: the same in every list.

        How often depends on what is most pressing: a protection plan, care, or need alone.
        """
        draws = self.draws(child.who.id, VISIT, self.day)
        every = 28
        if child.plan_on(self.day):
            every = 15
        elif child.in_care(self.day):
            every = 42
        return before(draws, self.day, every)


def before(draws: Draws, day: int, every: int) -> int:
    """The latest of regular visits, on a weekday: one in twelve are late."""
    gap = draws.u() * every * (1.0 if draws.u() < 11 / 12 else 1.8)
    return last_weekday(day - int(gap))


def last_weekday(day: int) -> int:
    """This day, or the Friday before a Saturday or a Sunday."""
    return day - max(0, weekday(day) - 4)


def since(day: int, first: int) -> int | None:
    """A day, or None where it lies before what it belongs to began."""
    return day if day >= first else None


def disabled(who: Person) -> str:
    """Whether the child is disabled, as the lists write it."""
    return yes(who.disabilities != ("NONE",))


def in_order(rows: Iterable[Row], *, by: int) -> list[Row]:
    """Rows in the order of child numbers, and for each child of the days in one column."""
    return sorted(rows, key=lambda row: (str(row[0]), int(row[by] or 0)))
