"""All lives of one council: its stream of chance, its providers, and everybody who matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whatworks.synthetic.calendar import birthday, first_day, last_day, year_of
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, CARE, UASC, Career, career
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.identity import Slot, person
from whatworks.synthetic.intake import SPAN, entry_days
from whatworks.synthetic.lives import Life, leaver, life
from whatworks.synthetic.world import COHORT, World

_STREAMS = {CARE: 0, UASC: 1, BREAKS_V4: 2}
_WHO = 9
LEAVER_AGES = range(17, 22)
_OLDEST = 22 * 366 + 500
"""Days of age at the first year's start from which nobody is in a return any more."""


def _kind(stream_kind: str, draws: Draws) -> str:
    if stream_kind == BREAKS_V4 and draws.chance(0.25):
        return BREAKS_V3
    return stream_kind


def careers(where: World, first_year: int, last_year: int) -> Iterator[tuple[int, Slot, Career]]:
    """(seed, slot, career) of all who may be in a return of these years.

    Cohorts are years of first entry; the one after the last year is included, as its children
    may have been in need before.
    """
    born_since = first_day(first_year) - _OLDEST
    for cohort in range(first_year - SPAN, last_year + 2):
        for stream_kind, stream in _STREAMS.items():
            own = sequence(where.seed, where.code, COHORT, cohort, stream)
            start = Draws(child_seeds(own, 1)[0])
            days = entry_days(start, where.intake, stream_kind, cohort, where.conditions)
            for index, (day, seed) in enumerate(
                zip(days, child_seeds(own, len(days) + 1)[1:], strict=True)
            ):
                draws = Draws(seed)
                kind = _kind(stream_kind, draws)
                one = career(draws, day, kind, where.conditions, born_since=born_since)
                if one is not None:
                    yield seed, Slot(where.code, cohort, stream, index), one


def _in_care_between(one: Career, first: int, last: int) -> bool:
    return any(spell.start <= last and spell.end >= first for spell in one.spells)


def _leaver_between(one: Career, first: int, last: int) -> bool:
    return one.spells[-1].end < last and any(
        first <= birthday(one.dob, age) <= last for age in LEAVER_AGES
    )


def lives(where: World, first_year: int, last_year: int, *, around: int = 500) -> list[Life]:
    """The lives that returns of these years can show, in order of child number.

    ``around``: days before and after the years in which care still matters, as children are in
    need before care and for a while after.
    """
    first, last = first_day(first_year), last_day(last_year)
    found = []
    for seed, slot, one in careers(where, first_year, last_year):
        shown = _in_care_between(one, first - around, last + around)
        if not shown and not _leaver_between(one, first, last):
            continue
        who = person(Draws(seed).fork(_WHO), slot, one.dob, one.kind)
        found.append(life(seed, one, who, where) if shown else leaver(seed, one, who))
    found.sort(key=lambda item: item.who.id)
    return found


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
