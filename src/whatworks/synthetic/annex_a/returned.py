"""What the SSDA903 return of the same day says of children, so that the lists agree with it.

The return is drawn from the same lives, but holds facts that lives do not: health checks, care
leavers' homes and activities, adopters. They are asked of ``ssda903.cut`` itself. Recording errors
planted in a return later are not in the lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from whatworks.synthetic.annex_a.reporting import Report
from whatworks.synthetic.calendar import last_day, year_of
from whatworks.synthetic.lives import Life
from whatworks.synthetic.ssda903 import COLUMNS, Tables, cut


@dataclass(frozen=True)
class Returned:
    """Facts of a return by child number.

    ``health``: whether health was assessed and teeth were checked in the year. ``leavers``: in
    touch, activity and accommodation codes. ``adopters``: how many adopted. ``not_placed``: why
    a child is no longer to be adopted. The first two are empty unless the reporting day ends a
    collection year, as only then is there a return of that day.
    """

    health: dict[str, tuple[bool | None, bool | None]] = field(default_factory=dict)
    leavers: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    adopters: dict[str, int] = field(default_factory=dict)
    not_placed: dict[str, str] = field(default_factory=dict)


def _said(cell: str) -> bool | None:
    return None if cell == "" else cell == "1"


def _column(table: str, name: str) -> int:
    return COLUMNS[table].index(name)


def _cut(report: Report, lives: Iterable[Life], year: int) -> Tables:
    return cut(lives, {}, report.where.setting.code, year)


def returned(report: Report) -> Returned:
    """Ask the return of the reporting day, and those of the year before it where adoption ended."""
    found = Returned()
    years = {year_of(report.year), year_of(report.day)}
    adopting = [
        life
        for life in report.lives.values()
        if any(care.spell.plan and care.spell.plan.decided <= report.day for care in life.care)
    ]
    for year in sorted(years):
        tables = _cut(report, adopting, year)
        n, why = _column("AD1", "NB_ADOPTR"), _column("PlacedAdoption", "REASON_PLACED_CEASED")
        found.adopters.update((row[0], int(row[n])) for row in tables["AD1"])
        found.not_placed.update((row[0], row[why]) for row in tables["PlacedAdoption"] if row[why])
    if report.day == last_day(year_of(report.day)):
        tables = _cut(report, report.lives.values(), year_of(report.day))
        health, teeth = _column("OC2", "HEALTH_ASSESSMENT"), _column("OC2", "TEETH_CHECK")
        found.health.update(
            (row[0], (_said(row[health]), _said(row[teeth]))) for row in tables["OC2"]
        )
        facts = [_column("OC3", name) for name in ("IN_TOUCH", "ACTIV", "ACCOM")]
        found.leavers.update(
            (row[0], (row[facts[0]], row[facts[1]], row[facts[2]])) for row in tables["OC3"]
        )
    return found
