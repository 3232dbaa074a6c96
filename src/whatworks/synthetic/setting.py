"""Which councils are invented, and the published facts that their size is taken from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whatworks import reference
from whatworks.reference.published import population, published
from whatworks.synthetic.steering import calibrated

REGION = ("816", "316", "382", "879", "857", "340", "851", "841", "336", "873", "314", "937")
"""The twelve of the synthetic region, in the order in which fewer are taken.

One or two of each of the ten regions and all four kinds of council, from the smallest county
(Rutland, about 30 children looked after) to two large ones (about 700). All have existed
unchanged in code throughout the years for which returns are written.
"""

NATIONAL_RATE = 70.0
"""Children looked after per 10,000, where nothing is published of a council."""
_FIRST, _LAST = 2016, 2025


@dataclass(frozen=True)
class Setting:
    """One council as the simulation sees it: its code, and children by collection year.

    ``scale``: how many times the published size it is made, its workforce too.
    """

    code: str
    name: str
    looked_after: dict[int, float]
    uasc: dict[int, float]
    population: dict[int, float]
    first_year: int
    last_year: int
    short_breaks: float = 0.018
    scale: float = 1.0

    def scaled(self, by: float) -> Setting:
        """The same council with so many times the children."""
        return Setting(
            self.code,
            self.name,
            {year: n * by for year, n in self.looked_after.items()},
            {year: n * by for year, n in self.uasc.items()},
            {year: n * by for year, n in self.population.items()},
            self.first_year,
            self.last_year,
            self.short_breaks,
            self.scale * by,
        )


def choose(councils: int | str | Sequence[str]) -> list[str]:
    """The codes meant by a number, ``"all"``, or a list of codes.

    ``all`` holds councils that ended since 2016 too: they send returns for the years in which
    they existed, so that England is whole in every year.

    Raises:
        ValueError: a number below 1 or above all, or a code that no council has.
    """
    known = [str(code) for code in reference.councils()["code"]]
    every = [str(code) for code in reference.councils(former=True)["code"] if code in calibrated()]
    if isinstance(councils, str):
        if councils != "all":
            raise ValueError(
                f"Ask for a number of councils, their codes, or 'all'; not {councils!r}."
            )
        return every
    if isinstance(councils, int):
        if not 1 <= councils <= len(known):
            raise ValueError(
                f"There are {len(known)} councils in England: ask for 1 to {len(known)}."
            )
        return [*REGION, *(code for code in known if code not in REGION)][:councils]
    chosen = [str(code) for code in councils]
    unknown = sorted(set(chosen) - set(every))
    if unknown:
        raise ValueError(f"No council of England has the code {unknown[0]!r}.")
    if not chosen:
        raise ValueError("No council was asked for.")
    return list(dict.fromkeys(chosen))


def _filled(known: dict[int, float]) -> dict[int, float]:
    """Every year, those not published taken from the nearest that is."""
    return {
        year: known[min(known, key=lambda other: (abs(other - year), other))]
        for year in range(_FIRST, _LAST + 1)
    }


def settings(codes: Sequence[str]) -> list[Setting]:
    """The settings of these councils, in this order."""
    published = _published()
    return [_setting(code, published.get(code, {})) for code in codes]


def _setting(code: str, found: dict[int, dict[str, float]]) -> Setting:
    one = reference.council(code)
    people = _filled(
        {year: row["population"] for year, row in found.items() if "population" in row}
        or {_LAST: 60_000.0}
    )
    looked_after = {
        year: row["looked_after"] for year, row in found.items() if "looked_after" in row
    }
    uasc = {year: row["uasc"] for year, row in found.items() if "uasc" in row} or {_LAST: 0.0}
    filled = (
        _filled(looked_after)
        if looked_after
        else {year: n * NATIONAL_RATE / 10_000 for year, n in people.items()}
    )
    alone = {year: min(n, filled[year]) for year, n in _filled(uasc).items()}
    starts, ends = one.valid_from, one.valid_to
    return Setting(
        code=code,
        name=one.name,
        looked_after=filled,
        uasc=alone,
        population=people,
        first_year=starts.year + (starts.month >= 4) if starts else 0,
        last_year=ends.year + (ends.month >= 4) if ends else 9999,
    )


_MEASURES = {"looked_after": "looked_after_at_31_march", "uasc": "unaccompanied_at_31_march"}


def _published() -> dict[str, dict[int, dict[str, float]]]:
    """Council -> year -> facts that are published of it."""
    found: dict[str, dict[int, dict[str, float]]] = {}
    for name, measure in _MEASURES.items():
        known = published(measure).drop_nulls("value")
        for area, year, value in known.select("area", "year", "value").iter_rows():
            found.setdefault(area, {}).setdefault(year, {})[name] = float(value)
    people = population().drop_nulls("population")
    for area, year, value in people.select("area", "year", "population").iter_rows():
        found.setdefault(area, {}).setdefault(year, {})["population"] = float(value)
    return found
