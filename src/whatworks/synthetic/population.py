"""All lives of one council: its careers, its providers, and everybody who matters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from whatworks.synthetic import drawing
from whatworks.synthetic.calendar import birthday, first_day, last_day, year_of
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, CARE, KINDS, UASC, Careers
from whatworks.synthetic.days import birthdays
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.identity import Person, Slot, person
from whatworks.synthetic.lives import Life, leaver, life
from whatworks.synthetic.routes import rates
from whatworks.synthetic.steering import SPAN
from whatworks.synthetic.world import World

_STREAMS = {CARE: 0, UASC: 1, BREAKS_V4: 2, BREAKS_V3: 2}
_WHO = 9
LEAVER_AGES = range(17, 22)


def careers(where: World, first_year: int, last_year: int) -> Careers:
    """The careers of all who may be in a return of these years.

    Cohorts are years of first entry; the one after the last year is included, as its children
    may have been in need before.
    """
    return drawing.careers(
        where.seed,
        where.code,
        range(first_year - SPAN, last_year + 2),
        steering=where.steering,
        rates=rates(),
        conditions=where.conditions,
        reentry=where.reentry,
        scale=where.setting.scale,
        since=first_year,
    )


def _leaving_between(found: Careers, first: int, last: int) -> npt.NDArray[np.bool_]:
    """Whose care was over by the last day, with a birthday from 17 to 21 in between."""
    over = found.end[found.first[1:] - 1] < last
    due = np.zeros(len(found), dtype=bool)
    for age in LEAVER_AGES:
        on = birthdays(found.dob, age)
        due |= (on >= first) & (on <= last)
    return np.asarray(over & due)


def who(where: World, found: Careers, i: int) -> Person:
    """The i-th child's identity."""
    kind = KINDS[found.kind[i]]
    slot = Slot(where.code, int(found.cohort[i]), _STREAMS[kind], int(found.index[i]))
    draws = Draws(int(found.seed[i])).fork(_WHO)
    return person(draws, slot, int(found.dob[i]), kind, family=int(found.family[i]))


def lives(where: World, first_year: int, last_year: int, *, around: int = 500) -> list[Life]:
    """The lives that returns of these years can show, in order of child number.

    ``around``: days before and after the years in which care still matters, as children are in
    need before care and for a while after.
    """
    first, last = first_day(first_year), last_day(last_year)
    found = careers(where, first_year, last_year)
    shown = drawing.in_care_between(found, first - around, last + around)
    made = []
    for i in np.flatnonzero(shown | _leaving_between(found, first, last)).tolist():
        seed, one, child = int(found.seed[i]), found.career(i), who(where, found, i)
        made.append(life(seed, one, child, where) if shown[i] else leaver(seed, one, child))
    made.sort(key=lambda item: item.who.id)
    return made


def by_year(people: Sequence[Life], years: range) -> dict[int, list[Life]]:
    """The lives that may matter to each year: in care then or the year before, or a leaver."""
    found: dict[int, list[Life]] = {year: [] for year in years}
    for one in people:
        spells = one.career.spells
        shown = set(range(year_of(spells[0].start), year_of(spells[-1].end) + 2))
        if one.counted:
            shown.update(year_of(birthday(one.who.dob, age)) for age in LEAVER_AGES)
        for year in years:
            if year in shown:
                found[year].append(one)
    return found
