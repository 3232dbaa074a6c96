"""Who comes and who goes: employees and agency workers of one council, year after year.

Between two censuses everybody's hazard of leaving falls with time in post and rises again towards
retirement. Its level is set each year so that the expected full-time equivalents of leavers are
the published ones; a systematic sample then keeps the number drawn next to what is expected.
Starters make up the published number. What the published stock asks for beyond starters less
leavers is moved in or out with the post (``posts.MOVED``): neither starters nor leavers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from whatworks.synthetic.calendar import YEAR
from whatworks.synthetic.workforce import chances
from whatworks.synthetic.workforce.arrays import (
    Chance,
    Flags,
    Floats,
    Ints,
    at_most_one,
    chosen,
    up_to,
)
from whatworks.synthetic.workforce.posts import (
    LEFT,
    MOVED,
    NEVER,
    Posts,
    full_time,
    joined,
    recruits,
)
from whatworks.synthetic.workforce.targets import FIRST, LAST, Target

_EMPLOYEES, _AGENCY = 0, 1
AGENCY_SERIALS = 500_000
"""Agency workers' numbers begin here, employees' at 0."""


def census_day(year: int) -> int:
    """The ordinal of 30 September with which a workforce year ends."""
    return date(year, 9, 30).toordinal()


def year_begins(year: int) -> int:
    """The ordinal of 1 October with which a workforce year begins."""
    return census_day(year - 1) + 1


def _worked(day: Ints, after: Ints) -> Ints:
    """The Friday before a Saturday or Sunday, unless that is not after a day."""
    into = (day - 1) % 7
    friday = day - np.maximum(into - 4, 0)
    return np.where(friday > after, friday, day)


def hazard(tenure: Floats, age: Floats) -> Floats:
    """How likely people are to leave, beside one another: by years in post and years of age."""
    falling = (1.0 + np.maximum(tenure, 0.0) / 1.5) ** -0.55
    near = np.where(age >= 65, 6.0, np.where(age >= 60, 2.2, 1.0))
    return falling * np.where(age >= 68, 20.0, near)


class Employees:
    """A council's own social workers, simulated a workforce year at a time."""

    def __init__(self, seed: int, code: int, target: Target) -> None:
        self._key = (seed, code, chances.WORKFORCE)
        chance = Chance(*self._key, FIRST - 1, _EMPLOYEES)
        day = year_begins(FIRST)
        sizes = full_time(chance, int(target.stock / 0.4) + 9)
        n = max(up_to(sizes, target.stock, chance.one()), 1 if target.stock > 0 else 0)
        years = np.where(chance.u(n) < 0.6, chance.exponential(n, 3.0), chance.exponential(n, 9.0))
        since = day - 1 - (np.minimum(years, 30.0) * YEAR).astype(np.int64)
        posts = recruits(chance, np.full(n, day - 1), sizes[:n], first_serial=0, since=since)
        # Nobody begins this simulation above retirement age.
        posts.born = np.maximum(posts.born, day - int(62 * YEAR))
        self.posts = posts
        self._kept = True

    def _add(self, more: Posts) -> None:
        self.posts = joined([self.posts, more])

    def _in_post(self, day: int) -> Flags:
        return (self.posts.start <= day) & (self.posts.end > day)

    def _starters(self, chance: Chance, first: int, last: int, total: float) -> None:
        sizes = full_time(chance, int(total / 0.4) + 9)
        n = up_to(sizes, total, chance.one())
        day = first + (chance.u(n) * (last - first + 1)).astype(np.int64)
        day = np.where((day - 1) % 7 > 0, np.minimum(day + (-(day - 1)) % 7, last), day)
        self._add(recruits(chance, day, sizes[:n], first_serial=len(self.posts)))

    def _anchor(self, rows: Ints, first: int) -> Ints:
        """One person who was there on the first day and stays, so that a council has somebody."""
        return rows[self.posts.start[rows] < first][-1:] if self._kept else rows[:0]

    def _leave(self, rows: Ints, end: Ints, how: int) -> None:
        self.posts.end[rows] = end
        self.posts.gone[rows] = how

    def _leavers(self, chance: Chance, first: int, last: int, total: float) -> None:
        posts = self.posts
        rows = np.flatnonzero((posts.start < last - 1) & (posts.end == NEVER))
        rows = rows[~np.isin(rows, self._anchor(rows, first))]
        begins = np.maximum(posts.start[rows], first)
        middle = (begins + last) / 2
        weights = (
            hazard((middle - posts.role_start[rows]) / YEAR, (middle - posts.born[rows]) / YEAR)
            * (last - begins)
            / YEAR
        )
        sizes = posts.fte[rows]
        likely = at_most_one(weights, sizes, total)
        order = np.lexsort((chance.u(len(rows)), sizes))
        gone = chosen(likely, order, chance.one())
        begins, rows = begins[gone], rows[gone]
        end = begins + 1 + (chance.u(len(rows)) * (last - 1 - begins)).astype(np.int64)
        self._leave(rows, _worked(end, begins), LEFT)
        self._why(chance, rows)

    def _why(self, chance: Chance, rows: Ints) -> None:
        posts = self.posts
        age = (posts.end[rows] - posts.born[rows]) / YEAR
        retired = rows[(age >= chances.RETIRES_AT) & (chance.u(len(rows)) < chances.RETIRES)]
        posts.reason[retired] = chances.RETIRED
        posts.destination[retired] = "6"
        posts.destination[rows[posts.reason[rows] == chances.DIED]] = "7"
        posts.destination[rows[posts.reason[rows] == "7"]] = "5"

    def _balance(self, chance: Chance, first: int, last: int, stock: float) -> None:
        posts = self.posts
        missing = stock - float(posts.fte[self._in_post(last)].sum())
        if missing > 0:
            sizes = full_time(chance, int(missing / 0.4) + 9)
            n = up_to(sizes, missing, chance.one())
            day = first + (chance.u(n) * (last - first - 30)).astype(np.int64)
            since = first - 30 - chance.exponential(n, 4 * YEAR).astype(np.int64)
            self._add(recruits(chance, day, sizes[:n], first_serial=len(posts), since=since))
            return
        rows = np.flatnonzero(self._in_post(last) & (posts.start < first))
        rows = rows[~np.isin(rows, self._anchor(rows, first))]
        rows = rows[np.argsort(chance.u(len(rows)))]
        rows = rows[: up_to(posts.fte[rows], -missing, chance.one())]
        begins = np.full(len(rows), first)
        end = begins + 1 + (chance.u(len(rows)) * (last - first - 2)).astype(np.int64)
        self._leave(rows, _worked(end, begins), MOVED)

    def year(self, year: int, target: Target) -> None:
        """Live through one workforce year."""
        chance = Chance(*self._key, year, _EMPLOYEES)
        first, last = year_begins(year), census_day(year)
        self._kept = target.stock >= 1
        self._starters(chance, first, last, target.starters)
        self._leavers(chance, first, last, target.leavers)
        self._balance(chance, first, last, target.stock)


class Agency:
    """Agency workers of one council, simulated a workforce year at a time.

    ``keep``: there is always somebody, as the council has next to no social workers of its own.
    """

    def __init__(self, seed: int, code: int, target: Target, *, keep: bool) -> None:
        self._key = (seed, code, chances.WORKFORCE)
        self._keep = keep
        chance = Chance(*self._key, FIRST - 1, _AGENCY)
        day = year_begins(FIRST) - 1
        self.posts = self._hired(
            chance, target.agency, (day - 300, day), AGENCY_SERIALS, least=int(keep)
        )

    @staticmethod
    def _hired(
        chance: Chance, total: float, span: tuple[int, int], serial: int, least: int = 0
    ) -> Posts:
        """So many full-time equivalents whose contracts begin between two days."""
        sizes = full_time(chance, int(max(total, 0.0) / 0.5) + 9, agency=True)
        n = max(up_to(sizes, total, chance.one()), least)
        first, last = span
        day = first + (chance.u(n) * (last - first + 1)).astype(np.int64)
        return recruits(chance, day, sizes[:n], first_serial=serial, agency=True)

    def year(self, year: int, target: Target) -> None:
        """Live through one workforce year."""
        chance = Chance(*self._key, year, _AGENCY)
        first, last = year_begins(year), census_day(year)
        posts = self.posts
        rows = np.flatnonzero(posts.end == NEVER)
        stays = chances.AGENCY_STAYS
        now = float(posts.fte[rows].sum())
        if now * stays > target.agency * 0.9:
            stays = target.agency * 0.9 / now
        order = np.lexsort((chance.u(len(rows)), posts.fte[rows]))
        staying = chosen(np.full(len(rows), stays), order, chance.one())
        if self._keep and len(rows):
            staying[-1] = True
        leaving = rows[~staying]
        posts.end[leaving] = (
            first + 1 + (chance.u(len(leaving)) * (last - first - 2)).astype(np.int64)
        )
        posts.gone[leaving] = LEFT
        here = float(posts.fte[rows[staying]].sum())
        serial = AGENCY_SERIALS + len(posts)
        more = self._hired(chance, target.agency - here, (first, last), serial)
        brief = self._hired(
            chance,
            target.agency * chances.AGENCY_BETWEEN,
            (first, last - 40),
            serial + len(more),
        )
        n = len(brief)
        brief.end = np.minimum(
            brief.start + 14 + chance.exponential(n, chances.AGENCY_DAYS).astype(np.int64),
            last - 1,
        )
        brief.gone[:] = LEFT
        self.posts = joined([posts, more, brief])


def live_through(seed: int, code: int, targets: Mapping[int, Target]) -> Posts:
    """All posts of one council, employees' before agency workers'."""
    thin = min(target.stock for target in targets.values()) < 2
    employees = Employees(seed, code, targets[FIRST])
    agency = Agency(seed, code, targets[FIRST], keep=thin)
    for year in range(FIRST, LAST + 1):
        employees.year(year, targets[year])
        agency.year(year, targets[year])
    return joined([employees.posts, agency.posts])
