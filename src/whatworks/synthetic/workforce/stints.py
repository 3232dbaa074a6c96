"""When each social worker can be a looked-after child's: spans of holding cases, not on leave."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from whatworks.synthetic.draws import Draws
from whatworks.synthetic.workforce.chances import DIED
from whatworks.synthetic.workforce.duties import Duties
from whatworks.synthetic.workforce.leave import Leaves
from whatworks.synthetic.workforce.posts import MOVED, Posts
from whatworks.synthetic.workforce.targets import FIRST, LAST
from whatworks.synthetic.workforce.turnover import census_day, year_begins

ORIGIN, HORIZON = year_begins(FIRST), census_day(LAST) + 1
"""The first day that is simulated, and the day after the last."""
_BIN = 28
_DUTY = 0.12
"""Share of case holders who are the duty team."""
_TRIES, _AHEAD = 8, 10


@dataclass(slots=True)
class Stint:
    """One span in which a worker may have children's cases: [start, end).

    ``why``: the SW_REASON with which the next worker begins if this one stays to the end of it.
    ``back``: the worker's next stint, where this one ends with leave.
    """

    row: int
    start: int
    end: int
    why: str
    weight: float
    duty: bool
    back: Stint | None = None


def _end_reason(posts: Posts, row: int) -> str:
    if posts.gone[row] == MOVED:
        return "ORGRST"
    return "SWDIED" if posts.reason[row] == DIED and not posts.agency[row] else "LEFTRL"


class _Spans:
    """Spans of holding cases, found by going through the years in order."""

    def __init__(self, posts: Posts) -> None:
        self.posts = posts
        self.starts, self.ends = posts.start.tolist(), posts.end.tolist()
        self.switch, self.fte = posts.switch.tolist(), posts.fte.tolist()
        self.open: dict[int, tuple[int, str, list[int]]] = {}
        self.seen: set[int] = set()
        self.found: dict[int, list[tuple[int, int, str, float]]] = {}

    def close(self, row: int, day: int, why: str) -> None:
        start, _, cases = self.open.pop(row)
        counted = [n for n in cases if n]
        weight = sum(counted) / len(counted) if counted else 12.0 * self.fte[row]
        if day > start:
            self.found.setdefault(row, []).append((start, day, why, weight))

    def year(self, year: int, duty: Duties) -> None:
        first = year_begins(year)
        for row, role, holds, cases in zip(
            duty.rows.tolist(),
            duty.role.tolist(),
            duty.holds.tolist(),
            duty.cases.tolist(),
            strict=True,
        ):
            new = row not in self.seen
            self.seen.add(row)
            day = max(self.starts[row], ORIGIN) if new else first + self.switch[row]
            if day >= self.ends[row]:
                continue
            had = self.open.get(row)
            if holds and had is None:
                self.open[row] = (day, role, [cases])
            elif holds and had is not None:
                had[2].append(cases)
                self.open[row] = (had[0], role, had[2])
            elif had is not None:
                self.close(row, day, "MANAGE" if had[1] == role else "LEFTRL")

    def finish(self) -> None:
        for row in list(self.open):
            self.close(row, self.ends[row], _end_reason(self.posts, row))


def _around_leave(
    row: int, span: tuple[int, int, str, float], leaves: list[tuple[int, int]], duty: bool
) -> list[Stint]:
    """The parts of a span in which the worker is not on leave."""
    start, end, why, weight = span
    found: list[Stint] = []
    for away, back in leaves:
        if away >= end or back <= start:
            continue
        if away > start:
            found.append(Stint(row, start, away, "ABSENC", weight, duty))
        start = back
    if start < end:
        found.append(Stint(row, start, end, why, weight, duty))
    for one, following in pairwise(found):
        one.back = following
    return found


def stints(posts: Posts, leaves: Leaves, duties: Callable[[int], Duties]) -> list[Stint]:
    """All stints of one council's social workers."""
    spans = _Spans(posts)
    for year in range(FIRST, LAST + 1):
        spans.year(year, duties(year))
    spans.finish()
    away: dict[int, list[tuple[int, int]]] = {}
    for row, start, end in sorted(
        zip(leaves.post.tolist(), leaves.start.tolist(), leaves.end.tolist(), strict=True)
    ):
        away.setdefault(row, []).append((start, end))
    keeps = posts.keeps.tolist()
    return [
        one
        for row, found in spans.found.items()
        for span in found
        for one in _around_leave(row, span, away.get(row, []), keeps[row] < _DUTY)
    ]


def anybody(posts: Posts) -> list[Stint]:
    """Everybody's whole time in post, whatever they do: for councils with too few case holders."""
    return [
        Stint(row, max(start, ORIGIN), end, _end_reason(posts, row), fte, False)
        for row, (start, end, fte) in enumerate(
            zip(posts.start.tolist(), posts.end.tolist(), posts.fte.tolist(), strict=True)
        )
    ]


class Rota:
    """Who is there on a day: draws a stint with chances by its weight."""

    def __init__(self, among: list[Stint]) -> None:
        n = (HORIZON - ORIGIN) // _BIN + 1
        self.bins: list[list[Stint]] = [[] for _ in range(n)]
        for one in among:
            for i in range(
                (one.start - ORIGIN) // _BIN, min((one.end - 1 - ORIGIN) // _BIN + 1, n)
            ):
                self.bins[i].append(one)
        self.reached = [list(accumulate(one.weight for one in found)) for found in self.bins]

    def draw(self, draws: Draws, day: int, but: int, choices: int = 1) -> Stint | None:
        """A stint under way on a day, of another worker than ``but``; None where there is none.

        ``choices``: of so many drawn, the one that goes on for longest.
        """
        i = (day - ORIGIN) // _BIN
        found, reached = self.bins[i], self.reached[i]
        if not found:
            return None
        best: Stint | None = None
        for _ in range(_TRIES):
            one = found[bisect_right(reached, draws.u() * reached[-1])]
            if one.start <= day and one.end > day + _AHEAD and one.row != but:
                if best is None or one.end > best.end:
                    best = one
                choices -= 1
                if choices <= 0:
                    return best
        if best is not None:
            return best
        there = [one for one in found if one.start <= day < one.end and one.row != but]
        return max(there, key=lambda one: min(one.end, day + _AHEAD)) if there else None


def ends_a_year(found: list[Stint], first: int, last: int) -> float:
    """How often in a year, between two days, a child's worker stops having cases."""
    time = ends = 0.0
    for one in found:
        begins, stops = max(one.start, first), min(one.end, last)
        if stops > begins:
            time += one.weight * (stops - begins)
            ends += one.weight * (first <= one.end < last)
    return 365.25 * ends / time if time else 0.0
