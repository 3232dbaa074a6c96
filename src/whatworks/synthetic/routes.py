"""How children come into care and how care ends: the national rates that careers are drawn with.

The numbers are in data/care.json, made by ``tools/calibrate.py`` so that what comes out agrees
with the Department for Education's statistics of children looked after in England, 2016 to 2025
(Open Government Licence v3.0): age on starting, reasons for ceasing, age on ceasing, age at
31 March. Re-entry follows Goldacre and others 2022 (doi 10.1093/bjsw/bcac079): about one in five
within a year of going home, over a third within six years. How long care lasts by route is not
published; the shapes are set by hand and their scale is fitted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

ROUTES = (
    "adult",
    "home",
    "relative",
    "sgo",
    "cao",
    "adoption",
    "other",
    "transfer",
    "remand",
    "custody",
    "abroad",
    "died",
    "age_assessed",
    "independent",
    "home_planned",
    "home_unplanned",
    "breaks",
)
"""How a period of care ends. The first thirteen are drawn; the rest follow from them."""
DRAWN = ROUTES[:13]
ROUTE = {name: i for i, name in enumerate(ROUTES)}

AGES = ("birth", "0", "1-4", "5-9", "10-15", "16-17")
"""Ages on first entry; ``birth`` is the first week of life."""
BANDS = ("0", "1-4", "5-9", "10-15", "16-17", "uasc")
"""Rows of the table of routes: age on starting, and unaccompanied children apart."""

LEAST_DAYS = np.array([8, 356, 1459, 1823, 2188, 690], dtype=float)
FIRST_DAY_OF_AGE = np.array([0, 8, 366, 1828, 3654, 5845], dtype=float)
AGE_POWER = np.array([1.0, 1.0, 1.0, 1.0, 0.75, 1.3])
"""Least age in days, spread in days (``LEAST_DAYS``), and the power that shapes a uniform one."""

FIRST_YEAR, LAST_YEAR = 2016, 2025
"""Years for which speeds are fitted; before and after they are 1 and as in the last."""

REENTRY_SHAPE = 0.37
"""Of the Weibull wait for re-entry: most come soon."""
SGO_BREAKDOWN_A_YEAR = 0.012
SUPPORTED = 0.6
"""Of returns home, those after which the family is supported for some months (not published)."""
SUPPORT = (0.82, 1.27)
"""Hazard of re-entry with and without support, against the mean of both (not published)."""


@dataclass(frozen=True)
class Rates:
    """The fitted numbers. Arrays are indexed as ``AGES``, ``BANDS`` and ``DRAWN``."""

    entry_ages: Floats
    """Cumulative shares of ``AGES`` on first entry, (years, ages); row 0 is FIRST_YEAR."""
    uasc_ages: dict[int, float]
    """Share of unaccompanied children by age on entry."""
    routes: Floats
    """Shares of ``DRAWN`` by age on starting, (bands, routes)."""
    odds: Floats
    """How the odds of each route differ by year of starting: (2, years, routes); the first for
    children with parents here, the second for unaccompanied children."""
    days: dict[str, tuple[float, float, float]]
    """Route -> least days, median of the rest, spread of its logarithm."""
    soon: tuple[float, float]
    """Of care that ends at home, with relatives or otherwise: the share that lasts weeks, and
    mean days of that."""
    speeds: Floats
    """How fast children leave by a route in a year, against usual, likewise."""
    reentry: dict[str, float]
    """Route -> cumulative hazard of re-entry at one year."""
    unplanned: Floats
    """Of returns home, not part of the care plan, by year of starting."""
    early: Floats
    """Of those who would stay to 18, who live independently from 16 or 17, by year."""


def cumulative(weights: Floats) -> Floats:
    """Cumulative shares along the last axis."""
    found = np.cumsum(weights, axis=-1)
    found /= found[..., -1:]
    found[..., -1] = 1.0
    return found


def rates_of(given: dict[str, Any]) -> Rates:
    """The rates as arrays, from the plain values of data/care.json."""
    years = [str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    ages = [[given["entry_ages"][year][age] for age in AGES] for year in years]
    routes = [[given["routes"][band].get(route, 0.0) for route in DRAWN] for band in BANDS]

    def by_year(*keys: str) -> Floats:
        """Numbers by year and route that are 1 where none is given."""
        found = [
            [[given[key].get(route, {}).get(year, 1.0) for route in DRAWN] for year in years]
            for key in keys
        ]
        return np.array(found, dtype=np.float64)

    share, mean = given["soon"]
    return Rates(
        entry_ages=cumulative(np.array(ages, dtype=np.float64)),
        uasc_ages={int(age): float(p) for age, p in given["uasc_ages"].items()},
        routes=np.array(routes, dtype=np.float64),
        odds=by_year("odds", "odds_uasc"),
        days={
            route: (least, median, spread)
            for route, (least, median, spread) in given["days"].items()
        },
        soon=(float(share), float(mean)),
        speeds=by_year("speeds", "speeds_uasc"),
        reentry={route: float(hazard) for route, hazard in given["reentry"].items()},
        unplanned=np.array([given["unplanned"][year] for year in years], dtype=np.float64),
        early=np.array([given["early"][year] for year in years], dtype=np.float64),
    )


@cache
def rates() -> Rates:
    """The rates that ship with the package."""
    text = resources.files("whatworks.synthetic").joinpath("data/care.json").read_text("utf-8")
    return rates_of(json.loads(text)["rates"])
