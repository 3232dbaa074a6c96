"""How many children enter care in each council and year, and how fast care ends there.

data/steering.csv.gz holds, for every council and collection year, the first entries to care that
lead to the published starts, and the speed at which care ends that leads to the published
numbers looked after and ceasing; and for every council how likely children are to stay to 18.
``tools/calibrate.py`` solves for them from the Department for Education's published figures
(Open Government Licence v3.0); it says how.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from importlib import resources

from whatworks.synthetic.careers import BREAKS_V4, CARE, UASC

SPAN = 22
"""Years before the first return from which children matter: care leavers of 21 included."""
BURN_IN = 2015
"""The row of this year stands for all years before the first published one."""
BREAKS = 0.0145
"""First entries to a series of short breaks, for each child looked after (set by hand)."""


@dataclass(frozen=True)
class Steering:
    """One council: expected first entries by kind of career and year, and speeds of leaving.

    Years before the first are like it, years after the last like the last.
    """

    entries: dict[str, dict[int, float]]
    speed: dict[int, float]
    stay: float = 1.0
    """Odds of staying to 18, of those who enter care, against the national ones; where few stay,
    more of the others stay only for weeks."""

    def expected(self, kind: str, year: int) -> float:
        """Expected first entries in a collection year."""
        return _held(self.entries[kind], year)

    def speed_in(self, year: int) -> float:
        """How many times faster than usual care ends in a collection year."""
        return _held(self.speed, year)


def _held(values: dict[int, float], year: int) -> float:
    return values[min(max(year, min(values)), max(values))]


@cache
def _table() -> dict[str, Steering]:
    found: dict[str, Steering] = {}
    with (
        resources.files("whatworks.synthetic").joinpath("data/steering.csv.gz").open("rb") as raw,
        gzip.open(raw, "rt", encoding="ascii", newline="") as text,
    ):
        for row in csv.DictReader(text):
            stay = float(row["stay"])
            one = found.setdefault(row["council"], Steering({CARE: {}, UASC: {}}, {}, stay))
            year = int(row["year"])
            one.entries[CARE][year] = float(row["care"])
            one.entries[UASC][year] = float(row["uasc"])
            one.speed[year] = float(row["speed"])
    return found


def steering(code: str, looked_after: dict[int, float]) -> Steering:
    """The steering of a council; ``looked_after`` gives the size of what is not steered.

    Raises:
        KeyError: the council was not calibrated.
    """
    one = _table()[code]
    breaks = {year: n * BREAKS for year, n in looked_after.items()}
    return Steering({**one.entries, BREAKS_V4: breaks}, one.speed, one.stay)


def calibrated() -> frozenset[str]:
    """The codes of all councils that can be invented."""
    return frozenset(_table())
