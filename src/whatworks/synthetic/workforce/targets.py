"""What one council's workforce is steered towards, year by year: published figures, gaps filled.

The figures are of the Department for Education's children's social work workforce census, as this
package ships them (``reference.published``). A workforce year ends on 30 September.

How gaps are filled: a share takes the nearest year that is published, a stock the straight line
between its neighbours and the nearest year outside of them. Leavers that are not published are the
nearest year's share of the stock; starters are then what the change of stock asks for. Before 2016
and after the last year that is published the stock stands still while people come and go.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from whatworks.reference.published import published
from whatworks.synthetic.setting import Setting
from whatworks.synthetic.workforce.chances import DAYS_OFF

FIRST, LAST = 2011, 2027
"""Workforce years that are simulated, whatever years are asked for."""

_NATIONAL = {
    "vacancies": 17.0,
    "turnover": 15.0,
    "agency": 16.0,
    "absence": 3.3,
    "caseload": 16.0,
    "holding": 48.0,
    "senior": 16.0,
    "without": 14.0,
}
"""Percentages (cases for the caseload), about England's of 2017 to 2025: for a council without."""
_PER_CHILD = 0.41
"""Full-time equivalents for each child looked after (England 2024: 34,328 and 83,630)."""
_WHOLE = 100.0
_MOST_AGENCY = 0.8

_MEASURES = {
    "stock": "social_workers",
    "starters": "social_worker_starters",
    "leavers": "social_worker_leavers",
    "vacancies": "social_worker_vacancies",
    "agency": "social_worker_agency",
    "absence": "social_worker_absence",
    "cases": "cases_held",
    "caseload": "social_worker_caseload",
    "senior": "senior_practitioners",
    "without": "social_workers_without_cases",
    "holding": "social_workers_holding_cases",
    "three": "three_or_more_social_workers",
}
_Known = Mapping[str, dict[int, float]]


@dataclass(frozen=True, slots=True)
class Target:
    """One workforce year of one council, in full-time equivalents unless it says otherwise.

    ``starters`` and ``leavers`` are of the year to 30 September, the rest of that day;
    ``days_lost`` are working days of those in post; the last three are shares of those in post.
    """

    stock: float
    starters: float
    leavers: float
    vacancies: float
    agency: float
    days_lost: float
    holders: float
    caseload: float
    holding: float
    senior: float
    without: float


@cache
def _published() -> dict[str, dict[str, dict[int, float]]]:
    """Council -> our short name of a measure -> year -> figure."""
    found: dict[str, dict[str, dict[int, float]]] = {}
    for name, measure in _MEASURES.items():
        frame = published(measure).drop_nulls("value").select("area", "year", "value")
        for area, year, value in frame.iter_rows():
            found.setdefault(area, {}).setdefault(name, {})[year] = float(value)
    return found


def _nearest(known: Mapping[int, float], year: int, otherwise: float) -> float:
    if not known:
        return otherwise
    return known[min(known, key=lambda other: (abs(other - year), other))]


def _between(known: Mapping[int, float], year: int) -> float:
    """The straight line between the nearest years known on either side."""
    before = max((other for other in known if other <= year), default=None)
    after = min((other for other in known if other >= year), default=None)
    if before is None or after is None or before == after:
        return known[before if before is not None else min(known)]
    share = (year - before) / (after - before)
    return known[before] * (1 - share) + known[after] * share


def _stocks(known: _Known, setting: Setting) -> dict[int, float]:
    own = known.get("stock") or {
        year: n * _PER_CHILD / setting.scale for year, n in setting.looked_after.items()
    }
    return {year: _between(own, year) for year in range(FIRST - 1, LAST + 1)}


def _flows(known: _Known, stocks: Mapping[int, float], year: int) -> tuple[float, float]:
    """Starters and leavers of a year."""
    share = {
        at: left / stocks[at]
        for at, left in known.get("leavers", {}).items()
        if stocks.get(at, 0.0) > 0
    }
    usual = _nearest(share, year, _NATIONAL["turnover"] / _WHOLE) * stocks[year]
    leavers = known.get("leavers", {}).get(year, usual)
    balance = max(leavers + stocks[year] - stocks[year - 1], 0.0)
    return known.get("starters", {}).get(year, balance), leavers


def _working_days(year: int) -> int:
    return 365 + isleap(year) - DAYS_OFF


def _target(known: _Known, stocks: Mapping[int, float], year: int, scale: float) -> Target:
    def share(name: str) -> float:
        return _nearest(known.get(name, {}), year, _NATIONAL[name]) / _WHOLE

    stock = stocks[year]
    starters, leavers = _flows(known, stocks, year)
    caseload = _nearest(known.get("caseload", {}), year, _NATIONAL["caseload"])
    cases = known.get("cases", {})
    holders = _nearest(cases, year, stock * 0.6 * caseload) / caseload
    agency, vacant = share("agency"), share("vacancies")
    if stock > 0:
        hired = stock * min(agency, _MOST_AGENCY) / (1 - min(agency, _MOST_AGENCY))
        empty = stock * min(vacant, _MOST_AGENCY) / (1 - min(vacant, _MOST_AGENCY))
    else:
        hired = empty = max(holders, 1.0)
    return Target(
        stock=stock * scale,
        starters=starters * scale,
        leavers=leavers * scale,
        vacancies=empty * scale,
        agency=hired * scale,
        days_lost=share("absence") * _working_days(year) * stock * scale,
        holders=holders * scale,
        caseload=caseload,
        holding=share("holding"),
        senior=share("senior"),
        without=share("without"),
    )


def years(setting: Setting, first_year: int, last_year: int) -> range:
    """Of these workforce years, those at whose 30 September the council existed.

    A council that began or ended on 1 April has its first, or last, workforce year one before its
    first, or last, collection year of children's returns.
    """
    return range(max(first_year, setting.first_year - 1), min(last_year, setting.last_year - 1) + 1)


def targets(setting: Setting) -> dict[int, Target]:
    """Workforce year -> what is aimed at, for every year that is simulated."""
    known = _published().get(setting.code, {})
    stocks = _stocks(known, setting)
    return {year: _target(known, stocks, year, setting.scale) for year in range(FIRST, LAST + 1)}


def three_or_more(setting: Setting, otherwise: float = 0.27) -> float:
    """The published share of children with three or more social workers in the year to March 2024.

    Where none is published of a council, England's.
    """
    found = _published().get(setting.code, {}).get("three", {})
    return _nearest(found, 2024, otherwise * _WHOLE) / _WHOLE
