"""The children in need of one council: those around care and those never looked after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whatworks.synthetic import needchances as rates
from whatworks.synthetic.calendar import YEAR, first_day, last_day, year_of
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.identity import Person, Slot, person
from whatworks.synthetic.lives import Life
from whatworks.synthetic.need import Need
from whatworks.synthetic.need_care import add_needs_after_care, needs_around_care
from whatworks.synthetic.need_clock import Days
from whatworks.synthetic.need_details import needs_of
from whatworks.synthetic.need_process import (
    COLUMNS,
    GRAVITY,
    REFERRALS,
    SOURCE,
    Children,
    Process,
    Spells,
    chance,
)
from whatworks.synthetic.needchances import rates_of
from whatworks.synthetic.world import NEED, World

_STREAM = 3
_LONGEST = 18
"""Years from a first referral after which nobody is a child any more."""
_CHANCE, _IDENTITY = 0, 1
_OWN = 4
"""Numbers of a child's own beside those of its referrals: family, age, distance in age, plans."""
_EVEN = (0.7548776662466927, 0.5698402909980532)
"""Steps that spread points evenly over a square, however many there are (Roberts 2018)."""


def in_need(
    where: World, people: Sequence[Life], first_year: int, last_year: int, share: float
) -> list[tuple[Person, list[Need]]]:
    """All children in need who may be in a return of these years, sorted by number.

    Args:
        people: the lives of those looked after, as ``population.lives`` gives them.
        share: how many of the children never looked after are invented, 0 to 1: the same ones,
            and more of them as it grows. Children looked after are all there in any case.
    """
    process = process_of(where)
    cared = [life for life in people if life.care]
    around = [needs_around_care(life, process.own) for life in cared]
    add_needs_after_care(process, cared, around, last_day(last_year))
    found = [(life.who, needs) for life, needs in zip(cared, around, strict=True)]
    found += at_home(where, process, range(first_year, last_year + 1), share)
    found.sort(key=lambda pair: pair[0].id)
    return found


def process_of(where: World) -> Process:
    """The process of need in a council, with what is planted there."""
    return Process(rates_of(where.setting.code), where.conditions)


@dataclass(frozen=True)
class Cohort:
    """Children first referred in one year, with their birthdays."""

    children: Children
    dob: Days
    family: npt.NDArray[np.intp]
    """The row of each family's first child."""


def expected(where: World, process: Process, cohort: int) -> float:
    """First referrals expected in a year of children never looked after."""
    people = where.setting.population
    living = people[min(max(cohort, min(people)), max(people))]
    return float(living * process.own.first[process.own.row(cohort)])


def cohort_of(seed: int, code: int, cohort: int, wanted: float) -> Cohort:
    """Children first referred in one collection year.

    Their number is the expected one rounded up or down by chance: a published count already
    carries the chance of its year. For the same reason days and gravity of first referrals are
    spread evenly over families.

    Raises:
        ValueError: more children than there are numbers for.
    """
    stream = sequence(seed, code, NEED, cohort, _CHANCE)
    start = chance(sequence(seed, code, NEED, cohort, _CHANCE, 1), 1, 3)[0]
    n = int(wanted + start[0])
    if n >= 1 << 17:
        raise ValueError(f"A council cannot have {n} children first referred in one year.")
    every = chance(stream, n, _OWN + REFERRALS * COLUMNS)
    own, u = every[:, :_OWN], every[:, _OWN:].reshape(n, REFERRALS, COLUMNS)
    family, place = _families(own[:, 0])
    heads = np.flatnonzero(place == 0)
    spread = (start[1:] + np.outer(np.arange(len(heads)), _EVEN)) % 1.0
    u[heads, 0, GRAVITY] = spread[:, 1]
    u[:, 0, SOURCE] = u[family, 0, SOURCE]
    first = first_day(cohort)
    days = last_day(cohort) - first + 1
    of = np.searchsorted(heads, family)
    day = first + (spread[of, 0] * days).astype(np.int64)
    dob = _births(own, day, family, place)
    adult = dob + int(18 * YEAR) - 1
    children = Children(
        day=day,
        adult=adult,
        until=adult - rates.LATEST,
        u=u,
        lead=family,
        prior=own[:, 3],
        plans=np.zeros(n, dtype=np.int64),
    )
    return Cohort(children, dob, family)


def _families(u: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.intp], Days]:
    """(row of the family's first child, place in the family) of each child."""
    rows = np.arange(len(u))
    begins = (u >= rates.ANOTHER_CHILD) | (rows == 0)
    head = np.maximum.accumulate(np.where(begins, rows, 0))
    place = (rows - head) % rates.MOST_CHILDREN
    return rows - place, place


def _births(
    own: npt.NDArray[np.float64], day: Days, family: npt.NDArray[np.intp], place: Days
) -> Days:
    """Birthdays up to seventeen years before the first referral, or some weeks after it.

    Siblings lie at least 16 months apart: each is a step further round the span of ages.
    """
    step = np.where(place > 0, 0.08 + 0.075 * own[:, 2], 0.0)
    walked = np.cumsum(step)
    around = (own[family, 1] + walked - walked[family]) % 1.0
    unborn = own[:, 2] < rates.UNBORN
    expecting = unborn[family]
    around = np.where(expecting, (walked - walked[family]) % 1.0, around)
    dob = day - (around * rates.OLDEST * YEAR).astype(np.int64)
    later = day + 20 + (own[:, 1] * 130).astype(np.int64)
    return np.where(expecting & (place == 0), later, dob)


def at_home(
    where: World, process: Process, years: range, share: float
) -> Iterator[tuple[Person, list[Need]]]:
    """Children in need but never looked after: who they are and their spells of need."""
    first, last = first_day(years[0]), last_day(years[-1])
    for year in range(years[0] - _LONGEST, years[-1] + 1):
        wanted = expected(where, process, year) * share
        cohort = cohort_of(where.seed, where.code, year, wanted)
        spells = process.run(cohort.children, last)
        shown = np.zeros(len(cohort.dob), dtype=bool)
        shown[spells.child[spells.closed >= first]] = True
        if shown.any():
            yield from _people(where, process, year, cohort, _only(spells, shown))


def _only(spells: Spells, shown: npt.NDArray[np.bool_]) -> Spells:
    kept = shown[spells.child]
    return Spells(**{name: getattr(spells, name)[kept] for name in Spells.__dataclass_fields__})


def _people(
    where: World, process: Process, year: int, cohort: Cohort, spells: Spells
) -> Iterator[tuple[Person, list[Need]]]:
    owners = spells.child.tolist()
    adult = cohort.children.adult[spells.child].tolist()
    needs: dict[int, list[Need]] = {}
    for i, need in zip(owners, needs_of(process.own, spells, adult), strict=True):
        needs.setdefault(i, []).append(need)
    family, dob = cohort.family.tolist(), cohort.dob.tolist()
    seeds = child_seeds(sequence(where.seed, where.code, NEED, year, _IDENTITY), len(dob))
    for i, own in needs.items():
        slot = Slot(where.code, year, _STREAM, i)
        yield person(Draws(seeds[i]), slot, dob[i], "need", family=seeds[family[i]]), own


def needs_by_year(
    people: Sequence[tuple[Person, list[Need]]], years: range
) -> dict[int, list[tuple[Person, list[Need]]]]:
    """The children with a spell of need in each year."""
    found: dict[int, list[tuple[Person, list[Need]]]] = {year: [] for year in years}
    for pair in people:
        shown = {
            year
            for need in pair[1]
            for year in range(year_of(need.referred), year_of(need.closed) + 1)
        }
        for year in shown:
            if year in found:
                found[year].append(pair)
    return found
