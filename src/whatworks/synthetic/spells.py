"""Spells of care of many children at once: how long each lasts, how it ends, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from whatworks.synthetic.calendar import YEAR
from whatworks.synthetic.careers import BREAKS_V4, CARE, KINDS, NEVER, UASC, Careers
from whatworks.synthetic.clock import Clock
from whatworks.synthetic.conditions import REENTRY, Conditions
from whatworks.synthetic.days import Days, birthdays
from whatworks.synthetic.entrants import MOST_SPELLS, PER_SPELL, Entrants
from whatworks.synthetic.routes import (
    DRAWN,
    REENTRY_SHAPE,
    ROUTE,
    ROUTES,
    SGO_BREAKDOWN_A_YEAR,
    SUPPORT,
    SUPPORTED,
    Floats,
    Rates,
)

(
    _ROUTE,
    _SOON,
    _DAYS,
    _UNPLANNED,
    _EARLY,
    _WHEN,
    _DECIDED,
    _ORDERED,
    _MATCHED,
    _PLACED,
    _ADOPTED,
    _GIVEN_UP,
    _AGAIN,
    _SUPPORT,
) = range(PER_SPELL)
_SOON_ROUTES = tuple(ROUTE[name] for name in ("home", "relative", "other"))
_HOME, _ADULT, _ADOPTION = ROUTE["home"], ROUTE["adult"], ROUTE["adoption"]
_LATEST = 15
"""No spell begins in the last days before a child comes of age."""
_AFTER_LONGEST = 20 * YEAR


@dataclass
class _Round:
    """The spells of one round: the rows of the children and what is found of each spell."""

    who: Days
    start: Days
    end: Days
    route: Days
    supported: npt.NDArray[np.bool_]
    plan: Days


def _normal(u: Floats) -> Floats:
    return np.asarray(ndtri(np.clip(u, 1e-12, 1 - 1e-12)))


def _exponential(u: Floats, mean: float) -> Floats:
    return -mean * np.log1p(-u)


def _lasting(u: Floats, route: Days, rates: Rates, share: float) -> Floats:
    """Usual days of care on the way to an end other than adoption and adulthood."""
    days = np.zeros(len(route))
    wait = _normal(u[:, _DAYS])
    for at, name in enumerate(DRAWN):
        of = route == at
        if name in rates.days and of.any():
            least, median, spread = rates.days[name]
            days[of] = least + median * np.exp(spread * wait[of])
    mean = rates.soon[1]
    soon = np.isin(route, _SOON_ROUTES) & (u[:, _SOON] < share)
    days[soon] = 2 + _exponential(u[soon, _DAYS], mean)
    return days


def _adoption(
    u: Floats, start: Days, clock: Clock, rates: Rates
) -> tuple[Days, Days, npt.NDArray[np.bool_]]:
    """Plans for adoption: (plan columns, day of the order, whether given up)."""

    def wait(column: int, name: str) -> Floats:
        least, median, spread = rates.days[name]
        return np.asarray(least + median * np.exp(spread * _normal(u[:, column])))

    decided = wait(_DECIDED, "decision")
    ordered = decided + wait(_ORDERED, "placement_order")
    given_up = u[:, _GIVEN_UP] < 0.09
    matched = ordered + np.where(given_up, 200.0, 0.0) + wait(_MATCHED, "match")
    placed = matched + np.where(given_up, 0.0, 10 + u[:, _PLACED] * 30)
    adopted = placed + wait(_ADOPTED, "adoption_order")
    days = [
        np.floor(clock.after(_ADOPTION, start, usual)).astype(np.int64)
        for usual in (decided, ordered, matched, placed, adopted)
    ]
    for before, after in pairwise(days):
        np.maximum(after, before + 1, out=after)
    with_carer = (u[:, _SOON] < 0.13) & ~given_up
    ended = np.where(given_up, days[3], NEVER)
    plan = np.stack([*days[:4], with_carer.astype(np.int64), ended], axis=1)
    plan[given_up, 2] = plan[given_up, 3]
    return plan, days[4], given_up


def _one_round(
    who: Days, start: Days, people: Entrants, nth: int, *, clock: Clock, rates: Rates, alone: bool
) -> _Round:
    u = people.u[who, nth * PER_SPELL : (nth + 1) * PER_SPELL]
    dob = people.dob[who]
    adult, sixteen = birthdays(dob, 18), birthdays(dob, 16)
    route = (u[:, _ROUTE, None] >= clock.routes(start, dob)).sum(axis=1)
    usual = _lasting(u, route, rates, clock.soon)
    end = adult.copy()
    plan = np.full((len(who), 6), NEVER, dtype=np.int64)
    for at in np.unique(route):
        of = route == at
        if at == _ADOPTION:
            plan[of], end[of], given_up = _adoption(u[of], start[of], clock, rates)
            back = np.flatnonzero(of)[given_up]
            route[back], end[back] = _ADULT, adult[back]
        elif at != _ADULT:
            end[of] = np.floor(clock.after(int(at), start[of], usual[of])).astype(np.int64)
    early = (route == _ADULT) & (plan[:, 0] == NEVER) & (u[:, _EARLY] < clock.early(start))
    if alone:
        early[:] = False
    earliest = np.maximum(sixteen, start + 20)
    leaves = earliest + (u[:, _WHEN] * (adult - earliest)).astype(np.int64)
    early &= leaves < adult
    route[early], end[early] = ROUTE["independent"], leaves[early]
    home = route == _HOME
    unplanned = u[:, _UNPLANNED] < clock.unplanned(start)
    route[home & unplanned] = ROUTE["home_unplanned"]
    route[home & ~unplanned] = ROUTE["home_planned"]
    overtaken = (end >= adult) & (route != _ADULT)
    plan[overtaken & (plan[:, 5] == NEVER)] = NEVER
    route[overtaken] = _ADULT
    # A plan that was to be given up after the child came of age never was.
    plan[(plan[:, 5] != NEVER) & (plan[:, 5] >= adult - 1)] = NEVER
    end = np.maximum(np.minimum(end, adult), start + 1)
    supported = home & (u[:, _SUPPORT] < SUPPORTED) & ~overtaken
    return _Round(who, start, end, route, supported, plan)


def _again(
    found: _Round, people: Entrants, nth: int, *, rates: Rates, conditions: Conditions, own: float
) -> Days:
    """The day on which each child is looked after again, or NEVER."""
    u = people.u[found.who, nth * PER_SPELL + _AGAIN]
    hazard = np.array([rates.reentry.get(name, 0.0) for name in ROUTES])[found.route]
    home = np.isin(found.route, (ROUTE["home_planned"], ROUTE["home_unplanned"]))
    hazard = hazard * np.where(home, np.where(found.supported, *SUPPORT), 1.0)
    hazard = hazard * own * conditions.at_many(REENTRY, found.end)
    back = np.full(len(hazard), np.inf)
    some = hazard > 0
    back[some] = YEAR * (-np.log1p(-u[some]) / hazard[some]) ** (1 / REENTRY_SHAPE)
    guardian = found.route == ROUTE["sgo"]
    back[guardian] = _exponential(u[guardian], YEAR / SGO_BREAKDOWN_A_YEAR)
    latest = birthdays(people.dob[found.who], 18) - _LATEST
    day = found.end + 2 + np.minimum(back, _AFTER_LONGEST * 2).astype(np.int64)
    return np.where((back < _AFTER_LONGEST) & (day < latest), day, NEVER)


def _breaks(people: Entrants, who: Days) -> _Round:
    u = people.u[who]
    start, dob = people.day[who], people.dob[who]
    lasts = 200 + _exponential(u[:, _DAYS], 900).astype(np.int64)
    n = len(who)
    return _Round(
        who,
        start,
        np.minimum(start + lasts, birthdays(dob, 18)),
        np.full(n, ROUTE["breaks"], dtype=np.int64),
        np.zeros(n, dtype=bool),
        np.full((n, 6), NEVER, dtype=np.int64),
    )


def careers_of(
    people: Entrants,
    clocks: dict[str, Clock],
    *,
    rates: Rates,
    conditions: Conditions,
    reentry: float = 1.0,
) -> Careers:
    """All spells of care of these children, to adulthood.

    ``clocks`` are those of CARE and UASC; ``reentry`` is the council's own multiplier of the
    hazard of re-entry.
    """
    breaks = np.flatnonzero(people.kind >= KINDS.index(BREAKS_V4))
    rounds = [_breaks(people, breaks)]
    for kind in (CARE, UASC):
        who = np.flatnonzero(people.kind == KINDS.index(kind))
        latest = birthdays(people.dob[who], 18) - _LATEST
        start = np.minimum(people.day[who], latest)
        for nth in range(MOST_SPELLS):
            if not len(who):
                break
            found = _one_round(
                who, start, people, nth, clock=clocks[kind], rates=rates, alone=kind == UASC
            )
            rounds.append(found)
            again = _again(found, people, nth, rates=rates, conditions=conditions, own=reentry)
            who, start = who[again != NEVER], again[again != NEVER]
    return _table(people, rounds)


def _table(people: Entrants, rounds: list[_Round]) -> Careers:
    def column(name: str) -> Days:
        return np.concatenate([getattr(one, name) for one in rounds])

    child, start = column("who"), column("start")
    order = np.lexsort((start, child))
    return Careers(
        seed=people.seed,
        kind=people.kind,
        cohort=people.cohort,
        index=people.index,
        family=people.family,
        dob=people.dob,
        child=child[order],
        start=start[order],
        end=column("end")[order],
        route=column("route")[order].astype(np.int8),
        supported=column("supported")[order].astype(bool),
        plan=column("plan")[order],
    )
