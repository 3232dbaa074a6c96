"""Invented placements: homes, agencies and carers that a council places its children with."""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.synthetic import chances
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.identity import postcode

FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
KIN = ("U1", "U2", "U3")
ADOPTIVE = ("A3", "A4", "A5", "A6")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
SUPPORTED, OTHER = "supported", "Z1"
"""Kinds whose code changed over the years; all other kinds are their own code."""

REGISTERED = ("K1", "K2", "R3", "S1", *FOSTER, *ADOPTIVE)
"""Kinds of placement with a registration number in every year."""

_NEAR = 0.62


@dataclass(frozen=True, slots=True)
class Place:
    """Where a child lives: who provides it (PR code), registration number and postcode."""

    provider: str
    urn: str
    post: str


@dataclass(frozen=True)
class Providers:
    """Those with whom one council places. Homes have a fixed address; carers have their own."""

    homes: dict[str, dict[str, tuple[Place, ...]]]
    agencies: dict[str, tuple[str, ...]]
    adoption: tuple[str, ...]

    def place(self, draws: Draws, kind: str, home_post: str) -> Place:
        """A place of this kind for a child who comes from this postcode."""
        if kind == "P1":
            return Place("PR0", "", home_post or postcode(draws, near=True))
        if kind in FOSTER:
            provider = "PR1" if kind in KIN else draws.pick(chances.FOSTER_PROVIDER)
            near = provider == "PR1" or draws.chance(_NEAR)
            return Place(
                provider, draws.one_of(self.agencies[provider]), postcode(draws, near=near)
            )
        if kind in ADOPTIVE:
            return Place(
                "PR1", draws.one_of(self.adoption), postcode(draws, near=draws.chance(0.4))
            )
        if kind in ("R2", "R5"):
            return Place("PR3", "", postcode(draws, near=draws.chance(0.5)))
        if kind == OTHER or kind in TEMPORARY:
            return Place("", "", postcode(draws, near=draws.chance(_NEAR)))
        by_provider = self.homes[kind]
        wanted = draws.pick(
            chances.SUPPORTED_PROVIDER if kind == SUPPORTED else chances.HOME_PROVIDER
        )
        return draws.one_of(by_provider.get(wanted) or by_provider["PR4"])


def _urn(draws: Draws) -> str:
    return f"9{draws.between(0, 999_999):06d}"


def _homes(draws: Draws, provider: str, n: int) -> tuple[Place, ...]:
    return tuple(
        Place(provider, _urn(draws), postcode(draws, near=provider == "PR1" or draws.chance(0.45)))
        for _ in range(n)
    )


def providers(draws: Draws, looked_after: float) -> Providers:
    """Invent the providers of a council that looks after about so many children."""
    some = max(1, int(looked_after / 12))
    return Providers(
        homes={
            "K2": {
                "PR4": _homes(draws, "PR4", 4 + some),
                "PR1": _homes(draws, "PR1", 1 + some // 12),
                "PR5": _homes(draws, "PR5", 2),
            },
            "K1": {"PR4": _homes(draws, "PR4", 2)},
            "R1": {"PR4": _homes(draws, "PR4", 2), "PR1": _homes(draws, "PR1", 1)},
            "R3": {"PR4": _homes(draws, "PR4", 2)},
            "S1": {"PR4": _homes(draws, "PR4", 3)},
            SUPPORTED: {
                "PR4": _homes(draws, "PR4", 4 + some),
                "PR5": _homes(draws, "PR5", 2),
                "PR1": _homes(draws, "PR1", 1),
            },
        },
        agencies={
            "PR1": (_urn(draws),),
            "PR4": tuple(_urn(draws) for _ in range(3 + some // 6)),
            "PR5": (_urn(draws), _urn(draws)),
        },
        adoption=(_urn(draws), _urn(draws)),
    )
