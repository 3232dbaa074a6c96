"""A practice: what it is, for whom, what belongs to it and what may be adapted, what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Need = Literal[
    "edge of care", "pre-proceedings", "return home", "kinship", "exploitation", "leaving care"
]
NEEDS: tuple[Need, ...] = (
    "edge of care",
    "pre-proceedings",
    "return home",
    "kinship",
    "exploitation",
    "leaving care",
)
Per = Literal["family", "child"]


@dataclass(frozen=True)
class Cost:
    """What it costs for each family or child, in pounds; None where not known."""

    pounds: float | None
    per: Per
    note: str


@dataclass(frozen=True)
class Practice:
    """One practice. ``id`` is a slug; ``kind`` is the sort of practice that studies are filed by.

    ``outcomes`` are measures that it is meant to move, ``safety`` those that must not get worse;
    both are names of measures. ``source`` says where the description comes from.
    """

    id: str
    name: str
    kind: str
    what: str
    for_whom: str
    need: Need
    also_serves: tuple[Need, ...]
    core: tuple[str, ...]
    adaptable: tuple[str, ...]
    takes: str
    cost: Cost
    outcomes: tuple[str, ...]
    safety: tuple[str, ...]
    source: str
    invented: bool = False
