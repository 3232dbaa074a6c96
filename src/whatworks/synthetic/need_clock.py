"""Time spent at a speed: usual days turned into days of the calendar, for many children at once.

A wait is drawn in usual days and spent at the speed in force, which changes with the collection
year and with what was planted. For a wait without memory twice the speed is twice the hazard.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from whatworks.synthetic.calendar import first_day
from whatworks.synthetic.needchances import FIRST_YEAR, Floats, NeedRates

Days = npt.NDArray[np.int64]

_YEARS = range(1990, 2050)
_KNOTS = np.array([first_day(year) for year in _YEARS], dtype=np.int64)


def rows_of(days: Days) -> npt.NDArray[np.intp]:
    """The entry of the collection year of each day in a council's rates."""
    year = np.searchsorted(_KNOTS, days, side="right") - 1 + _YEARS.start
    last = NeedRates.row(_YEARS.stop)
    return np.asarray(np.clip(year - FIRST_YEAR, 0, last), dtype=np.intp)


def last_days_of(days: Days) -> Days:
    """The last day of the collection year of each day."""
    return np.asarray(_KNOTS[np.searchsorted(_KNOTS, days, side="right")] - 1, dtype=np.int64)


class Clock:
    """The time of one process in one council."""

    def __init__(self, speeds: Floats, steps: tuple[tuple[int, float], ...] = ()) -> None:
        """``speeds``: one for each year of rates; ``steps``: (first day, multiplier) planted."""
        changes = np.array([day for day, _ in steps], dtype=np.int64)
        factors = np.array([1.0, *(factor for _, factor in steps)])
        inside = changes[(changes > _KNOTS[0]) & (changes < _KNOTS[-1])]
        self._knots = np.union1d(_KNOTS, inside)
        planted = factors[np.searchsorted(changes, self._knots, side="right")]
        speed = speeds[rows_of(self._knots)] * planted
        spent = np.cumsum(speed[:-1] * np.diff(self._knots))
        self._spent = np.concatenate([[0.0], spent])

    def spent(self, days: Floats | Days) -> Floats:
        """The time spent by each day."""
        return np.asarray(np.interp(days, self._knots, self._spent))

    def day(self, spent: Floats) -> Floats:
        """The day by which so much time is spent."""
        return np.asarray(np.interp(spent, self._spent, self._knots))

    def after(self, days: Days, usual: Floats) -> Floats:
        """The day on which so many usual days from a day on are over."""
        return self.day(self.spent(days) + usual)
