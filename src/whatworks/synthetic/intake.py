"""How many children enter care in each council and year, so that numbers looked after come out.

If N(y) children are looked after at the end of year y, and a share S(k) of those who first
enter in a year is looked after at its k-th 31 March after, then entries E(y) solve
N(y) = E(y) S(0) + E(y-1) S(1) + ..., one year after another. S is estimated once from invented
careers. Before the first published year the council is taken to have been as it was then.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from whatworks.synthetic.calendar import first_day, last_day, year_of
from whatworks.synthetic.careers import BREAKS_V4, CARE, UASC, career
from whatworks.synthetic.conditions import ENTRY, USUAL, Conditions
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.setting import Setting

SPAN = 22
"""Years before the first return from which children matter: care leavers of 21 included."""

_SAMPLE = {CARE: 6000, UASC: 1500, BREAKS_V4: 1500}
_LOWEST, _HIGHEST = 0.35, 2.2
"""Bounds on a year's entries, as multiples of the steady number."""


@cache
def persistence(kind: str) -> tuple[float, ...]:
    """The share looked after at the 0th, 1st, ... 31 March after the year of first entry."""
    n = _SAMPLE[kind]
    counts = [0] * SPAN
    year, first = 2001, first_day(2001)
    days = last_day(year) - first + 1
    ends = [last_day(year + k) for k in range(SPAN)]
    seeds = child_seeds(sequence(0, 0, sorted(_SAMPLE).index(kind)), n)
    for i, seed in enumerate(seeds):
        life = career(Draws(seed), first + int((i + 0.5) / n * days), kind, USUAL)
        for spell in life.spells if life else ():
            for k in range(max(0, year_of(spell.start) - year), SPAN):
                if ends[k] >= spell.end:
                    break
                if spell.start <= ends[k]:
                    counts[k] += 1
    return tuple(count / n for count in counts)


@dataclass(frozen=True)
class Intake:
    """First entries into care expected in a collection year, by kind of career."""

    by_year: dict[str, dict[int, float]]

    def expected(self, kind: str, year: int) -> float:
        """Expected entries; years after the last published one are like it."""
        years = self.by_year[kind]
        return years[min(max(year, min(years)), max(years))]


def _solve(numbers: dict[int, float], share: tuple[float, ...]) -> dict[int, float]:
    first = min(numbers)
    steady = numbers[first] / sum(share)
    entries: dict[int, float] = {}
    for year in sorted(numbers):
        earlier = sum(entries.get(year - k, steady) * share[k] for k in range(1, len(share)))
        wanted = (numbers[year] - earlier) / share[0]
        usual = numbers[year] / sum(share)
        entries[year] = min(max(wanted, _LOWEST * usual), _HIGHEST * usual)
    entries[first - 1] = steady
    return entries


def intake(setting: Setting) -> Intake:
    """The entries that give a council its published numbers looked after."""
    uasc = setting.uasc
    care = {year: max(n - uasc[year], 0.0) for year, n in setting.looked_after.items()}
    breaks = {year: n * setting.short_breaks for year, n in setting.looked_after.items()}
    return Intake(
        {
            CARE: _solve(care, persistence(CARE)),
            UASC: _solve(uasc, persistence(UASC)),
            BREAKS_V4: _solve(breaks, persistence(BREAKS_V4)),
        }
    )


def entry_days(
    draws: Draws, setting_intake: Intake, kind: str, year: int, conditions: Conditions
) -> list[int]:
    """The days of one year's first entries, in order of drawing.

    The number is the expected one rounded up or down by chance: a published count already
    carries the chance of its year, and should not be given it twice.
    """
    first = first_day(year)
    days = last_day(year) - first + 1
    expected = setting_intake.expected(kind, year)
    middle = conditions.at(ENTRY, first + days // 2)
    n = int(expected * middle + draws.u())
    return [first + int(draws.u() * days) for _ in range(n)]
