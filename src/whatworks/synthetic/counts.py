"""Counting many careers at once: what calibration and studies of power need, year by year.

The figures are those of published statistics: children who only have short breaks are left out;
a child who starts or ceases more than once in a year counts once, by the first start and the
last end.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from whatworks.synthetic.calendar import YEAR
from whatworks.synthetic.careers import KINDS, UASC, Careers
from whatworks.synthetic.days import Days, birthdays, first_days
from whatworks.synthetic.routes import ROUTE, ROUTES, Floats

AGE_BANDS = ("under 1", "1-4", "5-9", "10-15", "16", "17", "18 or over")
_BOUNDS = np.array([1, 5, 10, 16, 17, 18])
REENTRY_YEARS = 6


@dataclass
class Counts:
    """Counts by collection year (first axis), of children, weighted where councils are added up.

    ``routes`` by ROUTES, ages by AGE_BANDS; ``home`` returns home of children under 17 and
    ``back`` those looked after again within 1 to 6 years, both by the year of the return home.
    """

    looked_after: Floats
    started: Floats
    ceased: Floats
    uasc: Floats
    uasc_started: Floats
    uasc_ceased: Floats
    first_entries: Floats
    routes: Floats
    uasc_routes: Floats
    age: Floats
    age_started: Floats
    age_ceased: Floats
    home: Floats
    back: Floats

    def plus(self, other: Counts, weight: float = 1.0) -> Counts:
        """These counts with others added, each of those worth so much."""
        return Counts(
            *(getattr(self, f.name) + weight * getattr(other, f.name) for f in fields(self))
        )


def _ages(found: Careers, rows: Days, day: Days) -> Days:
    """The band of age on a day of the children of these spells."""
    dob = found.dob[found.child[rows]]
    of = np.zeros(len(rows), dtype=np.int64)
    for bound in _BOUNDS:
        of += birthdays(dob, int(bound)) <= day
    return of


def _once(child: Days, *, last: bool) -> npt.NDArray[np.bool_]:
    """Of rows sorted by child, the first or last of each."""
    edge = np.ones(len(child), dtype=bool)
    if last:
        edge[:-1] = child[1:] != child[:-1]
    else:
        edge[1:] = child[1:] != child[:-1]
    return edge


def counts(found: Careers, years: range) -> Counts:
    """Count the careers of one council in these collection years."""
    n, k = len(years), len(AGE_BANDS)
    first = first_days(range(years.start, years.stop + 1))
    counted = found.counted[found.child]
    alone = (found.kind == KINDS.index(UASC))[found.child]
    shape = {"routes": len(ROUTES), "uasc_routes": len(ROUTES), "back": REENTRY_YEARS}
    made = Counts(
        *(
            np.zeros(
                (n, shape.get(f.name, k)) if f.name in shape or f.name.startswith("age") else n
            )
            for f in fields(Counts)
        )
    )
    newly = _once(found.child, last=False)
    for i in range(n):
        low, high = first[i], first[i + 1] - 1
        on = np.flatnonzero(counted & (found.start <= high) & (found.end > high))
        made.looked_after[i] = len(on)
        made.uasc[i] = alone[on].sum()
        made.age[i] = np.bincount(_ages(found, on, np.full(len(on), high)), minlength=k)
        began = np.flatnonzero(counted & (found.start >= low) & (found.start <= high))
        made.first_entries[i] = newly[began].sum()
        began = began[_once(found.child[began], last=False)]
        made.started[i], made.uasc_started[i] = len(began), alone[began].sum()
        made.age_started[i] = np.bincount(_ages(found, began, found.start[began]), minlength=k)
        ended = np.flatnonzero(counted & (found.end >= low) & (found.end <= high))
        ended = ended[_once(found.child[ended], last=True)]
        made.ceased[i], made.uasc_ceased[i] = len(ended), alone[ended].sum()
        made.age_ceased[i] = np.bincount(_ages(found, ended, found.end[ended]), minlength=k)
        route = found.route[ended]
        made.routes[i] = np.bincount(route, minlength=len(ROUTES))
        made.uasc_routes[i] = np.bincount(route[alone[ended]], minlength=len(ROUTES))
    _reentry(found, made, first)
    return made


def _reentry(found: Careers, made: Counts, first: Days) -> None:
    home = np.isin(found.route, (ROUTE["home_planned"], ROUTE["home_unplanned"]))
    home &= found.end < birthdays(found.dob[found.child], 17)
    rows = np.flatnonzero(home)
    year = np.searchsorted(first, found.end[rows], side="right") - 1
    inside = (year >= 0) & (year < len(first) - 1)
    rows, year = rows[inside], year[inside]
    np.add.at(made.home, year, 1)
    after = np.minimum(rows + 1, len(found.child) - 1)
    again = (rows + 1 < len(found.child)) & (found.child[after] == found.child[rows])
    wait = np.where(again, found.start[after] - found.end[rows], 10**6)
    for within in range(1, REENTRY_YEARS + 1):
        np.add.at(made.back[:, within - 1], year, wait <= within * YEAR)
