"""Long leave, and working days lost to sickness, of a council's own social workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from whatworks.synthetic.calendar import YEAR
from whatworks.synthetic.workforce import chances
from whatworks.synthetic.workforce.arrays import Chance, Flags, Floats, Ints
from whatworks.synthetic.workforce.posts import LEFT, Column, Posts
from whatworks.synthetic.workforce.targets import FIRST, LAST, Target
from whatworks.synthetic.workforce.turnover import census_day, year_begins

_LEAVE = 2
MATERNITY, SICK, OTHER, UNPAID = "MAT", "SIC", "OTH", "UNP"
"""Codes of why somebody is absent, as the census has them."""
_WORKDAYS = 5 / 7
_APART = 40


@dataclass(frozen=True, slots=True)
class Leaves:
    """Long leave: whose (rows of the posts), first day, day of coming back, why."""

    post: Ints
    start: Ints
    end: Ints
    why: Column

    def on(self, day: int) -> dict[int, str]:
        """Who is away on a day, and why."""
        away = (self.start <= day) & (self.end > day)
        return dict(zip(self.post[away].tolist(), self.why[away].tolist(), strict=True))


class _Away:
    """Leave as it is drawn, year after year."""

    def __init__(self, posts: Posts) -> None:
        self.posts = posts
        self.back = np.zeros(len(posts), dtype=np.int64)
        self.found: list[tuple[Ints, Ints, Ints, str]] = []

    def begin(self, rows: Ints, start: Ints, days: Ints, why: str) -> None:
        """Leave of these people, but for those who were away shortly before."""
        free = start > self.back[rows] + _APART * (self.back[rows] > 0)
        rows, start = rows[free], start[free]
        end = np.minimum(start + days[free], self.posts.end[rows] + 1)
        self.back[rows] = end
        self.found.append((rows, start, end, why))

    def sick_days(self, first: int, last: int) -> Floats:
        """Working days lost to long sickness in a year, for each post."""
        lost = np.zeros(len(self.posts))
        for rows, start, end, why in self.found:
            if why == SICK:
                days = np.minimum(end, last + 1) - np.maximum(start, first)
                np.add.at(lost, rows, np.maximum(days, 0) * _WORKDAYS * self.posts.fte[rows])
        return lost

    def leaves(self) -> Leaves:
        """All of it."""
        columns = list(zip(*self.found, strict=True))
        why = [np.full(len(rows), code) for rows, _, _, code in self.found]
        return Leaves(
            np.concatenate(columns[0]),
            np.concatenate(columns[1]),
            np.concatenate(columns[2]),
            np.concatenate(why),
        )


def _sickness(
    away: _Away, chance: Chance, rows: Ints, start: Ints, *, last: int, budget: float
) -> None:
    """Long sickness of these people, as far as the days lost that are left for it reach."""
    n = len(rows)
    days = chances.LONG_SICK_LEAST + chance.exponential(n, chances.LONG_SICK_MEAN).astype(np.int64)
    lost = np.minimum(days, last + 1 - start) * _WORKDAYS * away.posts.fte[rows]
    within = np.cumsum(lost) <= budget
    away.begin(rows[within], start[within], days[within], SICK)


def _year(away: _Away, chance: Chance, rows: Ints, span: tuple[int, int], budget: float) -> None:
    posts, (first, last) = away.posts, span
    begins = np.maximum(posts.start[rows], first)
    days = np.minimum(posts.end[rows], last) - begins
    share = days / YEAR
    age = (begins - posts.born[rows]) / YEAR
    young, old = chances.MATERNITY_AGES
    mothers = posts.woman[rows] & (age >= young) & (age < old)
    n = len(rows)

    def drawn(likely: Floats | float) -> tuple[Ints, Ints]:
        hit: Flags = chance.u(n) < likely * share
        start = begins + 1 + (chance.u(n) * np.maximum(days - 1, 0)).astype(np.int64)
        return rows[hit], start[hit]

    some, start = drawn(chances.MATERNITY * mothers.astype(np.float64))
    length = 240 + (chance.u(len(some)) * 126).astype(np.int64)
    away.begin(some, start, length, MATERNITY)
    some, start = drawn(chances.LONG_SICK)
    _sickness(away, chance, some, start, last=last, budget=budget)
    some, start = drawn(chances.OTHER_LEAVE)
    least, most = chances.OTHER_LEAVE_DAYS
    length = least + (chance.u(len(some)) * (most - least)).astype(np.int64)
    half = len(some) // 2
    away.begin(some[:half], start[:half], length[:half], OTHER)
    away.begin(some[half:], start[half:], length[half:], UNPAID)


def _short(chance: Chance, posts: Posts, rows: Ints, span: tuple[int, int], total: float) -> Floats:
    """Days lost to short illness, in half days; those in post at the end make up the total."""
    n = len(rows)
    ill = np.where(chance.u(n) < chances.NEVER_ILL, 0.0, chance.exponential(n, 1.0))
    days = np.minimum(posts.end[rows], span[1]) - np.maximum(posts.start[rows], span[0])
    weights = ill * posts.fte[rows] * days
    whole = float(weights[posts.end[rows] > span[1]].sum())
    if total <= 0 or whole <= 0:
        return np.zeros(n)
    found: Floats = np.floor(weights * (2 * total / whole) + chance.u(n)) / 2
    return found


def leave(
    seed: int, code: int, posts: Posts, targets: Mapping[int, Target]
) -> tuple[Leaves, dict[int, Floats]]:
    """Everybody's long leave, and by year the working days each lost to sickness.

    Days lost are of those whom the year's census holds (in post at its end, or left in the year),
    in half days, long sickness included. Of those in post they make up the published absence rate.
    """
    away = _Away(posts)
    lost: dict[int, Floats] = {}
    for year in range(FIRST, LAST + 1):
        chance = Chance(seed, code, chances.WORKFORCE, year, _LEAVE)
        span = year_begins(year), census_day(year)
        first, last = span
        here = ~posts.agency & (posts.start < last) & (posts.end > first)
        held = here & ((posts.end > last) | (posts.gone == LEFT))
        at_end = held & (posts.end > last)
        total = targets[year].days_lost
        carried = float(away.sick_days(first, last)[at_end].sum())
        rows = np.flatnonzero(here)
        _year(away, chance, rows, span, total * chances.LONG_SICK_MOST - carried)
        days = np.round(away.sick_days(first, last) * 2) / 2 * held
        rows = np.flatnonzero(held)
        short = total - float(days[at_end].sum())
        days[rows] += _short(chance, posts, rows, span, short)
        lost[year] = days
    return away.leaves(), lost
