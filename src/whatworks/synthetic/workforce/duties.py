"""Who does what: each worker's role in a workforce year, and who holds how many cases.

People are ranked by experience and a lasting place among colleagues. Down that order the
published shares are given out: managers, senior practitioners, then case holders and those
without cases. A role thus changes by promotion, or where a council's shares change.
Cases go to case holders and agency workers first, then to senior practitioners, then to first
line managers, until the published number of case holders is reached.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from whatworks.synthetic.calendar import YEAR
from whatworks.synthetic.workforce import chances
from whatworks.synthetic.workforce.arrays import Chance, Flags, Floats, Ints, up_to
from whatworks.synthetic.workforce.leave import Leaves
from whatworks.synthetic.workforce.posts import Column, Posts
from whatworks.synthetic.workforce.targets import Target
from whatworks.synthetic.workforce.turnover import census_day, year_begins

_ROLES, _CASES = 3, 4
CASE_HOLDER, WITHOUT, SENIOR = "5", "6", "4"
_A_YEAR = 0.11
_LEARNING = 2.0
_TURN = {CASE_HOLDER: 0.0, SENIOR: 1.0, "3": 2.0, WITHOUT: 3.0, "2": 4.0, "1": 5.0}
_NEW = 14


@dataclass(frozen=True, slots=True)
class Duties:
    """One workforce year: for each of ``rows`` of the posts its role and whether it has cases.

    ``cases`` are those held on the census day, 0 for everybody who has none.
    """

    rows: Ints
    role: Column
    holds: Flags
    cases: Ints


def _shares(target: Target) -> tuple[float, float, float]:
    """Of those in post: managers, senior practitioners, and of the rest those without cases."""
    known = target.holding + target.senior + target.without
    managers = max(1.0 - known, chances.LEAST_MANAGERS)
    shrunk = (1.0 - managers) / known if known > 0 else 0.0
    rest = target.holding + target.without
    return managers, target.senior * shrunk, target.without / rest if rest > 0 else 0.0


def _cut(chance: Chance, sizes: Floats, values: Floats, total: float) -> float:
    """The value down to which people are taken, in their order, to make up a total."""
    n = up_to(sizes, total, chance.one())
    return float(values[n - 1]) if n else np.inf


def _roles(chance: Chance, posts: Posts, rows: Ints, last: int, target: Target) -> Column:
    """Roles of employees: thresholds are found on those in post on the last day."""
    tenure = (last - posts.role_start[rows]) / YEAR
    learning = (posts.origin[rows] == chances.NEWLY_QUALIFIED) & (tenure < _LEARNING)
    place = posts.rank[rows] + _A_YEAR * (posts.prior[rows] + tenure) - 6.0 * learning
    here = posts.end[rows] > last
    size = posts.fte[rows]
    order = np.flatnonzero(here)[np.argsort(-place[here], kind="stable")]
    managers, senior, without = _shares(target)
    total = float(size[here].sum())
    role = np.full(len(rows), CASE_HOLDER)
    down_to: list[float] = []
    for share in (*(part * managers for _, part in chances.MANAGERS), senior):
        down_to.append(share + (down_to[-1] if down_to else 0.0))
    cuts = [_cut(chance, size[order], place[order], total * share) for share in down_to]
    for code, cut in reversed(
        list(zip([*(code for code, _ in chances.MANAGERS), SENIOR], cuts, strict=True))
    ):
        role[place >= cut] = code
    rest = here & (role == CASE_HOLDER)
    order = np.flatnonzero(rest)[np.argsort(posts.bench[rows][rest], kind="stable")]
    bench = posts.bench[rows]
    n = up_to(size[order], float(size[rest].sum()) * without, chance.one())
    if n:
        role[(role == CASE_HOLDER) & (bench <= bench[order[n - 1]])] = WITHOUT
    return role


def _agency_roles(posts: Posts, rows: Ints) -> Column:
    return np.array([chances.AGENCY_ROLE.at(u) for u in posts.bench[rows].tolist()], dtype="U1")


def _cases(chance: Chance, posts: Posts, rows: Ints, last: int, caseload: float) -> Ints:
    """Whole cases of these holders: with their hours, fewer for those just qualified."""
    n = len(rows)
    if not n:
        return np.zeros(0, dtype=np.int64)
    new = (posts.origin[rows] == chances.NEWLY_QUALIFIED) & (last - posts.start[rows] < YEAR)
    new &= ~posts.agency[rows]
    weights = posts.fte[rows] * (0.65 + 0.7 * chance.u(n)) * np.where(new, 0.7, 1.0)
    total = max(round(caseload * float(posts.fte[rows].sum())), n)
    shares = weights / weights.sum() * (total - n)
    found: Ints = np.floor(shares).astype(np.int64)
    most = np.argsort(found - shares, kind="stable")[: total - n - int(found.sum())]
    found[most] += 1
    found += 1
    return found


def duties(
    seed: int, code: int, posts: Posts, leaves: Leaves, *, year: int, target: Target
) -> Duties:
    """Roles and cases of everybody who was in the workforce at some time of the year."""
    first, last = year_begins(year), census_day(year)
    rows = np.flatnonzero((posts.start <= last) & (posts.end >= first))
    own = ~posts.agency[rows]
    chance = Chance(seed, code, chances.WORKFORCE, year, _ROLES)
    role = np.full(len(rows), CASE_HOLDER)
    role[own] = _roles(chance, posts, rows[own], last, target)
    role[~own] = _agency_roles(posts, rows[~own])
    turn = np.array([_TURN[code] for code in role.tolist()]) + posts.keeps[rows]
    away = np.isin(rows, np.array(list(leaves.on(last)), dtype=np.int64))
    here = (posts.end[rows] > last) & (posts.start[rows] <= last - _NEW) & ~away
    order = np.flatnonzero(here)[np.argsort(turn[here], kind="stable")]
    n = up_to(posts.fte[rows][order], target.holders, chance.one())
    if not n and len(order):
        n = 1
    holds = turn <= (turn[order[n - 1]] if n else -1.0)
    cases = np.zeros(len(rows), dtype=np.int64)
    chance = Chance(seed, code, chances.WORKFORCE, year, _CASES)
    cases[order[:n]] = _cases(chance, posts, rows[order[:n]], last, target.caseload)
    return Duties(rows, role, holds, cases)
