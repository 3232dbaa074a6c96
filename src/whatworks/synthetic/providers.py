"""Invented placements: homes, agencies and carers that a council places its children with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import log

from whatworks.synthetic import chances
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.fitted import at_day
from whatworks.synthetic.identity import postcode

FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
KIN = ("U1", "U2", "U3")
ADOPTIVE = ("A3", "A4", "A5", "A6")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
SUPPORTED, OTHER = "supported", "Z1"
"""Kinds whose code changed over the years; all other kinds are their own code."""

REGISTERED = ("K1", "K2", "R3", "S1", *FOSTER, *ADOPTIVE)
"""Kinds of placement with a registration number in every year."""

HAD_TO_REGISTER = date(2023, 10, 28).toordinal()
"""From this day supported accommodation had to be registered, and its number returned."""
_LATE, _A_YEAR = 0.5, 0.96
"""Of homes, those not registered by then; and the yearly hazard with which they were later. So
that other placements come to 5% of all in 2024 and 3% in 2025, as published."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a child lives: who provides it (PR code), registration number and postcode.

    Postcodes of districts 1 to 49 of the invented area stand for the council's own, 50 to 79 for
    elsewhere within 20 miles of home, 80 to 99 for further off.
    """

    provider: str
    urn: str
    post: str


def registered_from(place: Place) -> int:
    """The day from which a home with support was registered; ``HAD_TO_REGISTER`` at the latest
    for those registered in time."""
    u = (int(place.urn) * 7919 % 100_003) / 100_003
    if u >= _LATE:
        return HAD_TO_REGISTER
    return HAD_TO_REGISTER + 1 + int(-log((u + 1e-5) / _LATE) / _A_YEAR * 365)


@dataclass(frozen=True)
class Providers:
    """Those with whom one council places. Homes have a fixed address; carers have their own."""

    homes: dict[str, dict[str, tuple[Place, ...]]]
    agencies: dict[str, tuple[str, ...]]
    adoption: tuple[str, ...]

    def place(self, draws: Draws, kind: str, home_post: str, day: int) -> Place:
        """A place of this kind for a child who comes from this postcode, from a day on."""
        if kind == "P1":
            return Place("PR0", "", home_post or postcode(draws, near=True))
        if kind in FOSTER:
            by_year = chances.KIN_PROVIDER if kind in KIN else chances.FOSTER_PROVIDER
            provider = draws.pick(by_year[at_day(day)])
            near = draws.chance(chances.NEAR_OWN if provider == "PR1" else chances.NEAR)
            return Place(
                provider, draws.one_of(self.agencies[provider]), postcode(draws, near=near)
            )
        if kind in ADOPTIVE:
            provider = draws.pick(chances.ADOPTIVE_PROVIDER[at_day(day)])
            return Place(
                provider, draws.one_of(self.adoption), postcode(draws, near=draws.chance(0.35))
            )
        if kind in ("R2", "R5"):
            return Place("PR3", "", postcode(draws, near=draws.chance(0.3)))
        if kind == OTHER or kind in TEMPORARY:
            return Place("", "", postcode(draws, near=draws.chance(chances.NEAR)))
        by_provider = self.homes[kind]
        by_year = chances.SUPPORTED_PROVIDER if kind == SUPPORTED else chances.HOME_PROVIDER
        wanted = draws.pick(by_year[at_day(day)])
        return draws.one_of(by_provider.get(wanted) or by_provider["PR4"])


def _urn(draws: Draws) -> str:
    return f"9{draws.between(0, 999_999):06d}"


def _homes(draws: Draws, provider: str, n: int, near: float) -> tuple[Place, ...]:
    return tuple(
        Place(
            provider,
            _urn(draws),
            postcode(draws, near=provider == "PR1" or draws.chance(near)),
        )
        for _ in range(n)
    )


def providers(draws: Draws, looked_after: float) -> Providers:
    """Invent the providers of a council that looks after about so many children."""
    some = max(1, int(looked_after / 12))
    away, here = 0.30, 0.55
    return Providers(
        homes={
            "K2": {
                "PR4": _homes(draws, "PR4", 6 + some, away),
                "PR1": _homes(draws, "PR1", 1 + some // 12, 1.0),
                "PR2": _homes(draws, "PR2", 2, 0.0),
                "PR5": _homes(draws, "PR5", 2, away),
            },
            "K1": {"PR4": _homes(draws, "PR4", 1, 0.0), "PR2": _homes(draws, "PR2", 2, 0.0)},
            "R1": {"PR4": _homes(draws, "PR4", 2, away), "PR1": _homes(draws, "PR1", 1, 1.0)},
            "R3": {"PR4": _homes(draws, "PR4", 2, away)},
            "S1": {"PR4": _homes(draws, "PR4", 3, away)},
            SUPPORTED: {
                "PR4": _homes(draws, "PR4", 8 + some, here),
                "PR5": _homes(draws, "PR5", 3, here),
                "PR1": _homes(draws, "PR1", 2, 1.0),
            },
        },
        agencies={
            "PR1": (_urn(draws),),
            "PR2": (_urn(draws), _urn(draws)),
            "PR4": tuple(_urn(draws) for _ in range(3 + some // 6)),
            "PR5": (_urn(draws), _urn(draws)),
        },
        adoption=(_urn(draws), _urn(draws)),
    )
