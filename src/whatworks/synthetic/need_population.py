"""The children in need of one council: those around care and those never looked after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whatworks.synthetic.calendar import birthday, first_day, last_day, year_of
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.identity import Person, Slot, person
from whatworks.synthetic.lives import Life
from whatworks.synthetic.need import Need, needs_around_care, needs_at_home
from whatworks.synthetic.needchances import FIRST_SHARE, REFERRALS_A_CHILD_YEAR
from whatworks.synthetic.world import NEED, World

_NEED_STREAM, _NEED_YEARS = 3, 7
"""Years before the first return from which children only in need may still be in it."""


def in_need(
    where: World, people: Sequence[Life], first_year: int, last_year: int, share: float
) -> list[tuple[Person, list[Need]]]:
    """All children in need who may be in a return of these years, sorted by number.

    Args:
        people: the lives of those looked after, as ``population.lives`` gives them.
        share: how many of the children never looked after are invented, 0 to 1: the same ones,
            and more of them as it grows. Children looked after are all there in any case.
    """
    found = [(life.who, needs_around_care(life)) for life in people if life.care]
    found += at_home(where, first_year, last_year, share)
    found.sort(key=lambda pair: pair[0].id)
    return found


def at_home(
    where: World, first_year: int, last_year: int, share: float
) -> Iterator[tuple[Person, list[Need]]]:
    """Children in need but never looked after: who they are and their spells of need.

    ``share`` of all such children is invented: the same ones, and more of them as it grows.
    """
    first, last = first_day(first_year), last_day(last_year)
    people = where.setting.population
    for cohort in range(first_year - _NEED_YEARS, last_year + 1):
        living = people[min(max(cohort, min(people)), max(people))]
        n = int(living * REFERRALS_A_CHILD_YEAR * FIRST_SHARE * share)
        begins = first_day(cohort)
        days = last_day(cohort) - begins + 1
        for index, seed in enumerate(
            child_seeds(sequence(where.seed, where.code, NEED, cohort), n)
        ):
            draws = Draws(seed)
            day = begins + int(draws.u() * days)
            dob = _born_before_referral(draws, day)
            needs = needs_at_home(draws, day, birthday(dob, 18))
            if any(need.referred <= last and need.closed >= first for need in needs):
                slot = Slot(where.code, cohort, _NEED_STREAM, index)
                yield person(draws, slot, dob, "need"), needs


def _born_before_referral(draws: Draws, day: int) -> int:
    """A birthday up to seventeen years before the first referral, or some weeks after it."""
    if draws.chance(0.025):
        return day + draws.between(20, 150)
    return day - int(draws.u() * 17.2 * 365.25)


def needs_by_year(
    people: Sequence[tuple[Person, list[Need]]], years: range
) -> dict[int, list[tuple[Person, list[Need]]]]:
    """The children whose spells of need reach into each year, or may."""
    found: dict[int, list[tuple[Person, list[Need]]]] = {year: [] for year in years}
    for pair in people:
        needs = pair[1]
        first, last = year_of(needs[0].referred), year_of(needs[-1].closed)
        for year in range(max(first, years[0]), min(last, years[-1]) + 1):
            found[year].append(pair)
    return found
