"""Published figures of children in need, for every council and year: what calibrating aims at."""

from __future__ import annotations

import numpy as np

from whatworks import reference
from whatworks.reference.published import population, published
from whatworks.synthetic.needchances import FIRST_YEAR, LAST_YEAR

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
ENGLAND = "E92000001"
SHRUNK = 150.0
"""Referrals (or conferences, plans) of England's kind that are mixed into a council's share."""

Figures = dict[str, np.ndarray]
COUNTS = {
    "referrals": "referrals",
    "in_need": "in_need_at_31_march",
    "plans": "plans_started",
    "plans_open": "plans_at_31_march",
    "looked_after": "looked_after_at_31_march",
    "started": "started_to_be_looked_after",
}
RATES_PER_10000 = {"enquiries": "section_47_rate", "conferences": "conference_rate"}
SHARES = {
    "again": "rereferred",
    "nfa": "referrals_no_further_action",
    "refused": "referrals_assessed_not_in_need",
    "second": "second_or_later_plans",
    "assessed": "assessments_in_45_days",
    "held": "conferences_in_15_days",
    "police": "referrals_from_police",
    "schools": "referrals_from_schools",
    "health": "referrals_from_health",
}


def _series(measure: str) -> dict[str, np.ndarray]:
    """Area -> figures by year, those not published left open."""
    found: dict[str, np.ndarray] = {}
    rows = published(measure).drop_nulls("value").select("area", "year", "value")
    for area, year, value in rows.iter_rows():
        if year in YEARS:
            found.setdefault(area, np.full(len(YEARS), np.nan))[year - FIRST_YEAR] = value
    return found


def _filled(values: np.ndarray | None) -> np.ndarray | None:
    """Open years taken from the line between their neighbours, or from the nearest."""
    if values is None or np.isnan(values).all():
        return None
    there = ~np.isnan(values)
    years = np.arange(len(values))
    return np.interp(years, years[there], values[there])


def _people() -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for area, year, value in population().select("area", "year", "population").iter_rows():
        if year in YEARS:
            found.setdefault(area, np.full(len(YEARS), np.nan))[year - FIRST_YEAR] = value
    return {
        area: filled for area, values in found.items() if (filled := _filled(values)) is not None
    }


def figures() -> dict[str, Figures]:
    """Council -> figure -> by year: counts, and shares drawn a little towards England's."""
    people = _people()
    held = {name: _series(measure) for name, measure in (COUNTS | RATES_PER_10000 | SHARES).items()}
    england = {name: _filled(series[ENGLAND]) for name, series in held.items()}
    found: dict[str, Figures] = {}
    for code in (str(code) for code in reference.councils()["code"]):
        living = people.get(code)
        if living is None:
            continue
        one: Figures = {"people": living}
        for name, series in held.items():
            own, usual = _filled(series.get(code)), england[name]
            if name in COUNTS:
                one[name] = own if own is not None else usual * living / people[ENGLAND]
            elif name in RATES_PER_10000:
                one[name] = (own if own is not None else usual) * living / 10_000
            else:
                n = one["plans"] if name == "second" else one["referrals"]
                share = own if own is not None else usual
                one[name] = (share * n + usual * SHRUNK) / (n + SHRUNK) / 100
        one["conferences"] = np.maximum(one["conferences"], one["plans"] / 0.97)
        one["enquiries"] = np.maximum(one["enquiries"], one["conferences"] / 0.97)
        found[code] = one
    return found
