"""Which social worker each looked-after child of a council had, and why that changed.

A child keeps a worker until the worker leaves, is promoted out of case work, goes on long leave or
is moved with the service; until the council reorganises its teams; or until the case is passed on
for a reason of the child's own (to balance load, to another team, at somebody's wish). The first
three come from the workforce itself, so that councils with more turnover have more changes. How
often cases are passed on is set for each council so that its share of children with three or more
social workers in a year comes near the published one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp

from whatworks.synthetic.calendar import YEAR
from whatworks.synthetic.careers import Career
from whatworks.synthetic.draws import Draws, Pick, child_seeds, sequence
from whatworks.synthetic.socialworkers import SocialWorker, with_a_worker
from whatworks.synthetic.workforce import chances
from whatworks.synthetic.workforce.census import worker_number
from whatworks.synthetic.workforce.posts import Posts
from whatworks.synthetic.workforce.stints import (
    HORIZON,
    ORIGIN,
    Rota,
    Stint,
    anybody,
    ends_a_year,
)
from whatworks.synthetic.workforce.targets import FIRST, LAST

_REORGANISED = 5
_FIRST_CONTACT, _TO_TEAM, _COVER, _REORGANISATION = "FCONTA", "TSPROC", "ABSENC", "ORGRST"
_DUTY_FIRST, _DUTY_LEAST, _DUTY_DAYS = 0.4, 2, 15.0
_REORGANISES, _REORGANISES_SHARE = 0.2, 0.3
"""Yearly chance that a council reorganises its teams, and the share of children it moves."""
_COMES_BACK = 0.35
"""Chance that a child returns to the worker who comes back from leave."""
_PASSED_ON = Pick(
    ("MANAGE", 0.46), ("TSPROC", 0.34), ("OTHERS", 0.14), ("CHCHAN", 0.03), ("PCCHAN", 0.03)
)
_LEAST = 0.05
_PART_YEARS = 1.06
"""Changes must be so many times likelier, as not all children were looked after all year."""
_PUBLISHED = (date(2023, 4, 1).toordinal(), date(2024, 3, 31).toordinal())
"""The year of which the share of children with three or more workers is published."""
_STEADIER = ((0.75, 1), (0.4, 2), (0.0, 4))
"""Where fewer changes are published than turnover alone makes: how many are chosen among."""


def changes_a_year(three_or_more: float) -> float:
    """The rate of changes at which so large a share has two or more of them in a year."""
    low, high = 0.02, 6.0
    for _ in range(40):
        middle = (low + high) / 2
        if 1 - exp(-middle) * (1 + middle) < three_or_more:
            low = middle
        else:
            high = middle
    return low


@dataclass(frozen=True)
class Team:
    """All that giving a council's children to its social workers needs."""

    council: str
    posts: Posts
    field: Rota
    duty: Rota
    rest: Rota
    passed_on: float
    choices: int
    reorganised: tuple[int, ...]


def _reorganisations(seed: int, code: int) -> tuple[int, ...]:
    stream = sequence(seed, code, chances.WORKFORCE, 0, _REORGANISED)
    draws = Draws(child_seeds(stream, 1)[0])
    days = []
    for year in range(FIRST, LAST + 1):
        if draws.chance(_REORGANISES):
            days.append(date(year, 1, 1).toordinal() + draws.between(0, 360))
    return tuple(days)


def team(seed: int, council: str, posts: Posts, found: list[Stint], *, three: float) -> Team:
    """Set up one council's teams; ``three``: share of children with three or more workers."""
    field = [one for one in found if not one.duty]
    reorganised = _reorganisations(seed, int(council))
    first, last = _PUBLISHED
    moved = sum(first <= day <= last for day in reorganised) * _REORGANISES_SHARE
    usual = ends_a_year(field, first, last) + moved
    aim = changes_a_year(three) * _PART_YEARS
    choices = next(n for least, n in _STEADIER if aim >= least * usual)
    return Team(
        council,
        posts,
        Rota(field),
        Rota([one for one in found if one.duty]),
        Rota(anybody(posts)),
        max(aim - usual, _LEAST),
        choices,
        reorganised,
    )


class _Walk:
    """One child's way from worker to worker."""

    def __init__(self, team: Team, draws: Draws, since: int) -> None:
        self.team, self.draws, self.since = team, draws, since
        self.found: list[SocialWorker] = []

    def _next(self, day: int, but: int, duty: bool) -> Stint | None:
        team = self.team
        one = team.duty.draw(self.draws, day, but) if duty else None
        return (
            one
            or team.field.draw(self.draws, day, but, team.choices)
            or team.duty.draw(self.draws, day, but)
            or team.rest.draw(self.draws, day, but)
            or team.rest.draw(self.draws, day, -1)
        )

    def _until(self, day: int, one: Stint, duty: bool) -> tuple[int, str]:
        """Until when a worker keeps the child, and why another then takes over."""
        draws = self.draws
        if duty:
            until = day + _DUTY_LEAST + int(draws.exponential(_DUTY_DAYS))
            why = _TO_TEAM
        else:
            until = day + 7 + int(draws.exponential(YEAR / self.team.passed_on))
            why = draws.pick(_PASSED_ON)
        for moved in self.team.reorganised:
            if day < moved < until and draws.chance(_REORGANISES_SHARE):
                until, why = moved, _REORGANISATION
                break
        return (one.end, one.why) if one.end <= until else (until, why)

    def _keep(self, one: Stint, start: int, until: int, reason: str) -> None:
        if until < self.since:
            return
        number = worker_number(self.team.council, int(self.team.posts.serial[one.row]))
        last = self.found[-1] if self.found else None
        if last is not None and last.id == number and last.end == start:
            self.found[-1] = SocialWorker(number, last.start, until, last.reason)
        else:
            self.found.append(SocialWorker(number, start, until, reason))

    def span(self, start: int, end: int) -> None:
        """Give the child workers from one day to another."""
        day, reason, but = max(start, ORIGIN), _FIRST_CONTACT, -1
        duty = self.draws.chance(_DUTY_FIRST)
        returns: Stint | None = None
        while day < min(end, HORIZON):
            back = reason == _COVER and returns is not None and returns.start == day
            one = returns if back else self._next(day, but, duty)
            if one is None:
                break
            until, why = self._until(day, one, duty)
            if not back and returns is not None and day < returns.start <= until:
                until, why = returns.start, _COVER
            elif why == _COVER and one.back is not None and self.draws.chance(_COMES_BACK):
                returns = one.back
            else:
                returns = None
            until = min(until, end)
            self._keep(one, day, until, reason)
            day, reason, but, duty = until, why, one.row, False


def of_child(team: Team, draws: Draws, career: Career, since: int) -> list[SocialWorker]:
    """A child's social workers that were still there on or after the day ``since``."""
    walk = _Walk(team, draws, since)
    for start, end in with_a_worker(career, draws):
        walk.span(start, end)
    return walk.found
