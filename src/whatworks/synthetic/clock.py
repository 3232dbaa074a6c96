"""How care ends in one council: by which routes, and at what speed.

Usual days are turned into days of the calendar: a wait is drawn in usual days and spent at the
speed in force, so that twice the speed means half the wait. For a wait without memory this is
exactly a hazard multiplied. Speeds are those of the council and year, of the route nationally,
and of what was planted.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from whatworks.synthetic.calendar import YEAR
from whatworks.synthetic.conditions import LEAVE, Conditions
from whatworks.synthetic.days import Days, first_days
from whatworks.synthetic.routes import (
    BANDS,
    DRAWN,
    FIRST_YEAR,
    LAST_YEAR,
    ROUTE,
    Floats,
    Rates,
    cumulative,
)
from whatworks.synthetic.steering import Steering

_YEARS = range(1960, 2080)
_BANDS_FROM = np.array([1, 5, 10, 16]) * YEAR


class Clock:
    """One council's routes and speeds, for children with parents here or for unaccompanied ones."""

    def __init__(
        self, steering: Steering, rates: Rates, conditions: Conditions, *, alone: bool
    ) -> None:
        knots = first_days(_YEARS)
        steps = np.array([day for day, _ in conditions.steps.get(LEAVE, ())], dtype=np.int64)
        self._knots = np.union1d(knots, steps)
        years = np.searchsorted(knots, self._knots, side="right") - 1 + _YEARS.start
        row = np.clip(years, FIRST_YEAR, LAST_YEAR) - FIRST_YEAR
        self._early, self._unplanned, self._alone = rates.early, rates.unplanned, alone
        stay = 1.0 if alone else steering.stay
        self.soon = _sooner(rates.soon[0], stay)
        """Of care that ends at home, with relatives or otherwise, the share that lasts weeks."""
        self._routes = _by_year(rates, int(alone), stay)
        own = np.array([1.0 if alone else steering.speed_in(int(year)) for year in years])
        home = conditions.at_many(LEAVE, self._knots)
        self._spent: list[Floats] = []
        for route in range(len(DRAWN)):
            speed = own * rates.speeds[int(alone), row, route]
            speed = np.where(years < FIRST_YEAR, own, speed)
            if route == ROUTE["home"]:
                speed = speed * home
            widths = np.diff(self._knots, append=self._knots[-1] + 365)
            self._spent.append(np.concatenate([[0.0], np.cumsum(speed * widths)[:-1]]))

    def after(self, route: int, day: Days, usual: Floats) -> Floats:
        """The day on which so many usual days from a day on are spent."""
        spent = self._spent[route]
        begun = np.interp(day, self._knots, spent)
        return np.asarray(np.interp(begun + usual, spent, self._knots))

    def routes(self, start: Days, dob: Days) -> Floats:
        """Cumulative shares of DRAWN, a row for each child starting on a day."""
        band = np.searchsorted(_BANDS_FROM, (start - dob).astype(np.float64), side="right")
        if self._alone:
            band = np.full(len(start), BANDS.index("uasc"))
        return np.asarray(self._routes[_row(start), band])

    def unplanned(self, start: Days) -> Floats:
        """The share of returns home that are no part of the plan, by day of starting."""
        return self._unplanned[_row(start)]

    def early(self, day: Days) -> Floats:
        """The share of those who would stay to 18 who leave from 16 on, by day of starting."""
        return self._early[_row(day)]


def _row(day: Days) -> Days:
    """Where the year of a day stands among the years with fitted rates."""
    first = date(FIRST_YEAR - 1, 4, 1).toordinal()
    row = ((day - first) / YEAR).astype(np.int64)
    return np.clip(row, 0, LAST_YEAR - FIRST_YEAR)


def _by_year(rates: Rates, kind: int, stay: float) -> Floats:
    """Cumulative shares of routes, (years, bands, routes), of a council whose children are so
    many times likelier in odds to stay to 18."""
    weights = rates.routes[None, :, :] * rates.odds[kind][:, None, :]
    weights[:, :, ROUTE["adult"]] *= stay
    return cumulative(weights)


def _sooner(share: float, stay: float) -> float:
    """The share of care that lasts weeks: higher where few stay to 18."""
    odds = share / (1 - share) / float(np.sqrt(stay))
    return odds / (1 + odds)
