"""Who comes into care for the first time, when, how old, and with which brothers and sisters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.synthetic.calendar import first_day, last_day, year_of
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, CARE, KINDS, UASC
from whatworks.synthetic.conditions import ENTRY, Conditions
from whatworks.synthetic.days import Days, birthdays, not_29_february
from whatworks.synthetic.draws import sequence
from whatworks.synthetic.routes import (
    AGE_POWER,
    AGES,
    FIRST_DAY_OF_AGE,
    FIRST_YEAR,
    LEAST_DAYS,
    Floats,
    Rates,
)
from whatworks.synthetic.steering import Steering

MOST_SPELLS = 7
"""Spells of care of one child at most."""
PER_SPELL = 14
"""Random numbers put by for each spell."""
_OWN = 10
_SEED, _KEPT, _DAY, _AGE, _WITHIN, _JOINS, _TOGETHER, _ALIKE, _TWIN, _V3 = range(_OWN)
_COLUMNS = _OWN + MOST_SPELLS * PER_SPELL

_SIBLING = 0.36
"""Chance that the next child entering is a brother or sister of the one before: sibling groups
average about 1.5 children at entry (set by hand; not published)."""
_MOST_SIBLINGS = 6
_SAME_DAY, _FATE_SHARED, _TWINS = 0.82, 0.6, 0.03
_APART = 290
"""Least days between the births of siblings who are not twins."""


@dataclass(frozen=True)
class Entrants:
    """Children on the day they first come into care. Columns as in ``careers.Careers``;
    ``u`` holds each child's uniform numbers for its spells."""

    seed: npt.NDArray[np.uint64]
    kind: npt.NDArray[np.int8]
    cohort: npt.NDArray[np.int32]
    index: npt.NDArray[np.int32]
    family: npt.NDArray[np.uint64]
    day: Days
    dob: Days
    u: Floats

    def where(self, keep: npt.NDArray[np.bool_]) -> Entrants:
        """Only those to be kept."""
        return Entrants(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))


def joined(parts: list[Entrants]) -> Entrants:
    """All of these, in their order."""
    return Entrants(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in Entrants.__dataclass_fields__
        )
    )


def uniform(key: np.random.SeedSequence, n: int) -> tuple[npt.NDArray[np.uint64], Floats]:
    """n rows of raw and of uniform numbers; the first k rows are the same whatever n is."""
    raw = np.random.PCG64(key).random_raw(n * _COLUMNS).reshape(n, _COLUMNS)
    shares = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return raw[:, _SEED].copy(), shares


def entrants(
    key: np.random.SeedSequence,
    kind: str,
    cohort: int,
    *,
    steering: Steering,
    rates: Rates,
    conditions: Conditions,
    scale: float = 1.0,
) -> Entrants:
    """The first entries of one council, kind and collection year.

    The number is the expected one rounded up or down by chance: a published count already
    carries the chance of its year, and should not be given it twice. Where conditions change, a
    family is kept with the probability of the multiplier of the day, so that the same families
    come whatever is planted, only more or fewer of them.
    """
    most = conditions.most(ENTRY)
    rounding, own = key.spawn(2)
    odd = float(np.random.PCG64(rounding).random_raw(1)[0] >> np.uint64(11)) * 2.0**-53
    n = int(steering.expected(kind, cohort) * scale * most + odd)
    seed, u = uniform(own, n)
    first, last = first_day(cohort), last_day(cohort)
    leader = _families(u[:, _JOINS], kind)
    day = first + (u[:, _DAY] * (last - first + 1)).astype(np.int64)
    behind = np.where(u[:, _TOGETHER] < _SAME_DAY, 0, (u[:, _DAY] * 150).astype(np.int64))
    day = np.where(leader == np.arange(n), day, np.minimum(day[leader] + behind, last))
    dob = _born(u, day, kind, cohort, rates)
    kinds = np.full(n, KINDS.index(kind), dtype=np.int8)
    if kind == CARE:
        dob = _apart(dob, day, leader, u[:, _TWIN])
        day = np.maximum(day, dob)
        alike = u[:, _ALIKE] < _FATE_SHARED
        u[alike, _OWN:] = u[leader[alike], _OWN:]
    elif kind == BREAKS_V4:
        kinds[u[:, _V3] < 0.25] = KINDS.index(BREAKS_V3)
    found = Entrants(
        seed=seed,
        kind=kinds,
        cohort=np.full(n, cohort, dtype=np.int32),
        index=np.arange(n, dtype=np.int32),
        family=seed[leader],
        day=day,
        dob=dob,
        u=u[:, _OWN:],
    )
    if most == 1.0 and not conditions.steps.get(ENTRY):
        return found
    return found.where(u[leader, _KEPT] * most < conditions.at_many(ENTRY, day[leader]))


def entrant(seed: int, day: int, kind: str, *, rates: Rates) -> Entrants:
    """One child first entering on a day, alone: any number gives a possible child."""
    raw, u = uniform(sequence(seed), 1)
    days = np.array([day], dtype=np.int64)
    stream_kind = BREAKS_V4 if kind == BREAKS_V3 else kind
    return Entrants(
        seed=raw,
        kind=np.array([KINDS.index(kind)], dtype=np.int8),
        cohort=np.array([year_of(day)], dtype=np.int32),
        index=np.zeros(1, dtype=np.int32),
        family=raw,
        day=days,
        dob=_born(u, days, stream_kind, year_of(day), rates),
        u=u[:, _OWN:],
    )


def _families(joins: Floats, kind: str) -> Days:
    """The index of each child's family's first child."""
    n = len(joins)
    index = np.arange(n, dtype=np.int64)
    if kind != CARE:
        return index
    alone = joins >= _SIBLING
    if n:
        alone[0] = True
    leader: Days = np.maximum.accumulate(np.where(alone, index, 0)) if n else index
    too_many = (index - leader) % _MOST_SIBLINGS == 0
    again: Days = np.maximum.accumulate(np.where(too_many, index, 0)) if n else index
    return again


def _born(u: Floats, day: Days, kind: str, cohort: int, rates: Rates) -> Days:
    if kind == UASC:
        ages = np.array(sorted(rates.uasc_ages))
        shares = np.cumsum([rates.uasc_ages[age] for age in sorted(rates.uasc_ages)])
        at = np.searchsorted(shares / shares[-1], u[:, _AGE], side="right")
        age = ages[np.minimum(at, len(ages) - 1)]
        born = np.empty_like(day)
        for years in np.unique(age):
            of = age == years
            born[of] = birthdays(day[of], -int(years))
        return not_29_february(born - 1 - (u[:, _WITHIN] * 360).astype(np.int64))
    if kind == BREAKS_V4:
        return day - ((5 + u[:, _WITHIN] * 9) * 365.25).astype(np.int64)
    row = min(max(cohort - FIRST_YEAR, 0), len(rates.entry_ages) - 1)
    group = np.searchsorted(rates.entry_ages[row], u[:, _AGE], side="right")
    group = np.minimum(group, len(AGES) - 1)
    within = u[:, _WITHIN] ** AGE_POWER[group] * LEAST_DAYS[group]
    born = day - FIRST_DAY_OF_AGE[group].astype(np.int64) - within.astype(np.int64)
    return np.asarray(born, dtype=np.int64)


def _apart(dob: Days, day: Days, leader: Days, twin: Floats) -> Days:
    """Birthdays of which no two in a family are closer than nature allows, twins excepted."""
    place = np.arange(len(dob)) - leader
    for at in range(1, int(place.max(initial=0)) + 1):
        of = np.flatnonzero(place == at)
        others = np.stack([dob[of - back] for back in range(1, at + 1)])
        close = (np.abs(others - dob[of]) < _APART).any(axis=0)
        gap = 310 + (twin[of] * 600).astype(np.int64)
        older = others.min(axis=0) - gap
        younger = np.minimum(others.max(axis=0) + gap, day[of])
        fits = younger - others.max(axis=0) >= _APART
        moved = np.where(day[of] - older < 16 * 365, older, np.where(fits, younger, others[0]))
        moved = np.where(twin[of] < _TWINS, others[0], moved)
        dob[of] = np.where(close, moved, dob[of])
    return dob


def stream(seed: int, council: int, cohort: int, kind: str) -> np.random.SeedSequence:
    """The stream of one council, year and kind of first entries."""
    return sequence(seed, council, _PURPOSE, cohort, KINDS.index(kind))


_PURPOSE = 2
