"""When a child was looked after: the spells of care of one life, from entry to adulthood.

A career is drawn to its end, whatever years are asked for; the returns cut their years out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whatworks.synthetic import chances
from whatworks.synthetic.calendar import YEAR, age_on, birthday
from whatworks.synthetic.conditions import LEAVE, REENTRY, Conditions
from whatworks.synthetic.draws import Draws

CARE, UASC, BREAKS_V3, BREAKS_V4 = "care", "uasc", "v3", "v4"
"""Kinds of career. Children who only have short breaks are counted apart in every statistic."""

_MOST_SPELLS = 7
_AGE_IN_DAYS = {
    "birth": (0, 8, 1.0),
    "0": (8, 356, 1.0),
    "1-4": (366, 1459, 1.0),
    "5-9": (1828, 1823, 1.0),
    "10-15": (3654, 2188, 0.75),
    "16-17": (5845, 690, 1.3),
}
"""Least age at first entry, spread, and the power of a uniform number that shapes it."""


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
    """One period of being looked after: [start, end), how it ends, and any plan for adoption."""

    start: int
    end: int
    route: str
    plan: AdoptionPlan | None = None

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


def band(age: int) -> str:
    """The age band of the rates: 0, 1-4, 5-9, 10-15 or 16-17."""
    if age < 5:
        return "0" if age < 1 else "1-4"
    if age < 10:
        return "5-9"
    return "10-15" if age < 16 else "16-17"


def _born(draws: Draws, entry: int, kind: str) -> int:
    if kind == UASC:
        age = draws.pick(chances.UASC_AGE_AT_ENTRY)
        return _not_29_february(birthday(entry, -age) - 1 - int(draws.u() * 360))
    if kind in (BREAKS_V3, BREAKS_V4):
        return entry - int((5 + draws.u() * 9) * YEAR)
    return _born_before_care(draws, entry)


def _born_before_care(draws: Draws, entry: int) -> int:
    group = draws.pick(chances.AGE_AT_ENTRY)
    least, spread, power = _AGE_IN_DAYS[group]
    return entry - least - int(draws.u() ** power * spread)


def _not_29_february(day: int) -> int:
    """The day after for a 29 February: software disagrees on when such a child turns 18.

    An asylum-seeking child's status ends on that day by name, so the two must not be in doubt.
    """
    on = date.fromordinal(day)
    return day + ((on.month, on.day) == (2, 29))


def _adoption(draws: Draws, start: int) -> tuple[AdoptionPlan, int]:
    decided = start + 90 + int(draws.lognormal(120, 0.45))
    ordered = decided + 20 + int(draws.lognormal(45, 0.5))
    with_carer = draws.chance(0.13)
    if draws.chance(0.09):
        ended = ordered + 200 + int(draws.lognormal(240, 0.4))
        return AdoptionPlan(decided, ordered, ended, ended, False, ended), ended
    matched = ordered + 15 + int(draws.lognormal(120, 0.8))
    placed = matched + 10 + int(draws.u() * 30)
    return (
        AdoptionPlan(decided, ordered, matched, placed, with_carer),
        placed + 100 + int(draws.lognormal(150, 0.5)),
    )


def _lasting(draws: Draws, route: str) -> float:
    """Days of care on the way to an end other than adoption and adulthood."""
    if route in ("home", "relative", "other"):
        if draws.chance(chances.SOON_OVER):
            return 2 + draws.exponential(chances.SOON_OVER_DAYS)
        return 25 + draws.lognormal(320, 1.0)
    if route in chances.TO_ORDER:
        least, median, spread = chances.TO_ORDER[route]
        return least + draws.lognormal(median, spread)
    least, mean = chances.TO_OTHER_END.get(route, (20, 500))
    return least + draws.exponential(mean)


def _spell(draws: Draws, start: int, dob: int, kind: str, conditions: Conditions) -> Spell:
    adult = birthday(dob, 18)
    plan = None
    if kind == UASC:
        route = draws.pick(chances.UASC_ROUTES)
        days = 2 + (draws.exponential(60) if route != "other" else draws.exponential(200))
    else:
        route = draws.pick(chances.ROUTES[band(age_on(dob, start))])
        days = _lasting(draws, route)
    if route == "adoption":
        plan, end = _adoption(draws, start)
        if plan.ended is not None:
            route, end = "adult", adult
    elif route == "adult":
        end = adult
        if draws.chance(chances.LEAVES_EARLY):
            sixteen = birthday(dob, 16)
            route, earliest = "independent", max(sixteen, start + 20)
            end = earliest + int(draws.u() * (adult - earliest))
    else:
        if route == "home":
            route = "home_unplanned" if draws.chance(chances.UNPLANNED) else "home_planned"
        if route.startswith("home"):
            days = conditions.wait(LEAVE, start, days)
        end = start + max(1, int(days))
    if end >= adult:
        route, end = "adult", adult
        if plan and plan.ended is None:
            plan = None
    return Spell(start, max(end, start + 1), route, plan)


def _back_after(draws: Draws, spell: Spell, conditions: Conditions) -> float | None:
    """Days until a child is looked after again, drawn from how care ended; None for never."""
    u = draws.weibull(1.0, chances.REENTRY_SHAPE)
    if spell.route == "sgo":
        return draws.exponential(YEAR / chances.SGO_BREAKDOWN_A_YEAR)
    usual = chances.REENTRY_A.get(spell.route)
    if not usual:
        return None
    hazard = usual * conditions.at(REENTRY, spell.end)
    return float(u * hazard ** (-1.0 / chances.REENTRY_SHAPE) * YEAR)


def career(
    draws: Draws, entry: int, kind: str, conditions: Conditions, *, born_since: int = 0
) -> Career | None:
    """Draw one child's spells of care from first entry on a day.

    None for a child born before the day ``born_since``, of whom nothing more is wanted.
    """
    dob = _born(draws, entry, kind)
    if dob < born_since:
        return None
    if kind in (BREAKS_V3, BREAKS_V4):
        end = min(entry + 200 + int(draws.exponential(900)), birthday(dob, 18))
        return Career(kind, dob, (Spell(entry, end, "breaks"),))
    latest = birthday(dob, 18) - 15
    spells: list[Spell] = []
    start: int | None = min(entry, latest)
    while start is not None and len(spells) < _MOST_SPELLS:
        spell = _spell(draws, start, dob, kind, conditions)
        spells.append(spell)
        back = _back_after(draws, spell, conditions)
        start = None
        if back is not None and back < 20 * YEAR:
            again = spell.end + 2 + int(back)
            start = again if again < latest else None
    return Career(kind, dob, tuple(spells))
