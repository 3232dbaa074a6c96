"""A council's social workers over time: the one object that others ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from whatworks.synthetic.lives import Life
from whatworks.synthetic.setting import Setting
from whatworks.synthetic.socialworkers import SocialWorker
from whatworks.synthetic.workforce.allocation import Team, of_child, team
from whatworks.synthetic.workforce.arrays import Floats
from whatworks.synthetic.workforce.census import WorkforceCensus, census, worker_number
from whatworks.synthetic.workforce.duties import Duties, duties
from whatworks.synthetic.workforce.leave import Leaves, leave
from whatworks.synthetic.workforce.posts import LEFT, NEVER, Posts
from whatworks.synthetic.workforce.stints import stints
from whatworks.synthetic.workforce.targets import FIRST, LAST, Target, targets, three_or_more
from whatworks.synthetic.workforce.turnover import census_day, live_through
from whatworks.synthetic.world import World

_TAG, _BEFORE = 5, 400


@dataclass(frozen=True, slots=True)
class Worker:
    """One social worker in one post. Days are ordinals.

    ``start``: first day in the workforce; ``role_start``: as recorded, earlier where the worker
    came with the post. ``end``: last day, None while it goes on. ``left``: whether an end is one
    of a leaver; otherwise the post went to another employer. ``role`` is that of the census at
    the end of the last year asked for in which the worker was there.
    """

    id: str
    agency: bool
    fte: float
    born: int
    woman: bool
    ethnic: str
    qualification: str
    role: str
    start: int
    role_start: int
    origin: str
    end: int | None
    left: bool
    destination: str
    reason: str


@dataclass(frozen=True)
class Pool:
    """The social workers of one council; the same whatever years are asked for."""

    council: str
    setting: Setting
    seed: int
    first_year: int
    last_year: int
    posts: Posts = field(repr=False)
    leaves: Leaves = field(repr=False)
    lost: dict[int, Floats] = field(repr=False)
    targets: dict[int, Target] = field(repr=False)
    _duties: dict[int, Duties] = field(default_factory=dict, repr=False)

    def duties(self, year: int) -> Duties:
        """Roles and cases of a workforce year (kept once worked out)."""
        if year not in self._duties:
            self._duties[year] = duties(
                self.seed,
                int(self.council),
                self.posts,
                self.leaves,
                year=year,
                target=self.targets[year],
            )
        return self._duties[year]

    def census(self, year: int) -> WorkforceCensus:
        """The workforce census with the reference date 30 September of a year.

        Raises:
            ValueError: a year that is not simulated.
        """
        if not FIRST <= year <= LAST:
            raise ValueError(f"Workforce years run from {FIRST} to {LAST}; {year} does not.")
        return census(
            self.posts,
            self.duties(year),
            self.lost[year],
            self.leaves.on(census_day(year)),
            council=self.council,
            year=year,
            vacancies=self.targets[year].vacancies,
        )

    @cached_property
    def _team(self) -> Team:
        return team(
            self.seed,
            self.council,
            self.posts,
            stints(self.posts, self.leaves, self.duties),
            three=three_or_more(self.setting),
        )

    def social_workers(self, people: Iterable[Life], since: int) -> dict[str, list[SocialWorker]]:
        """Child number -> the child's social workers, in order, on or after the day ``since``.

        Of children whose care ended no more than about a year before ``since``; those who only
        have short breaks are left out. A child's workers are the same whatever ``since`` is.
        """
        return {
            life.who.id: of_child(self._team, life.draws(_TAG), life.career, since)
            for life in people
            if life.counted and life.career.spells[-1].end >= since - _BEFORE
        }

    @cached_property
    def workers(self) -> tuple[Worker, ...]:
        """Everybody in the workforce at some time of the years asked for, in order of number."""
        roles: dict[int, str] = {}
        for year in range(self.first_year, self.last_year + 1):
            duty = self.duties(year)
            roles.update(zip(duty.rows.tolist(), duty.role.tolist(), strict=True))
        return tuple(self._worker(row, roles[row]) for row in sorted(roles))

    def _worker(self, row: int, role: str) -> Worker:
        posts = self.posts
        end = int(posts.end[row])
        return Worker(
            id=worker_number(self.council, int(posts.serial[row])),
            agency=bool(posts.agency[row]),
            fte=float(posts.fte[row]),
            born=int(posts.born[row]),
            woman=bool(posts.woman[row]),
            ethnic=str(posts.ethnic[row]),
            qualification=str(posts.qualification[row]),
            role=role,
            start=int(posts.start[row]),
            role_start=int(posts.role_start[row]),
            origin=str(posts.origin[row]),
            end=None if end == NEVER else end,
            left=int(posts.gone[row]) == LEFT,
            destination=str(posts.destination[row]),
            reason=str(posts.reason[row]),
        )


def pool(where: World, first_year: int, last_year: int) -> Pool:
    """The social workers of one council.

    Args:
        where: the council; its seed, code, setting and scale are used.
        first_year, last_year: workforce years that will be asked for; each ends on 30 September.

    Raises:
        ValueError: years that are not simulated, or the first after the last.
    """
    if not FIRST <= first_year <= last_year <= LAST:
        raise ValueError(f"Workforce years run from {FIRST} to {LAST}, the first not last.")
    aims = targets(where.setting)
    posts = live_through(where.seed, where.code, aims)
    leaves, lost = leave(where.seed, where.code, posts, aims)
    return Pool(
        where.setting.code,
        where.setting,
        where.seed,
        first_year,
        last_year,
        posts,
        leaves,
        lost,
        aims,
    )
