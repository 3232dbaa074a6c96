"""What the comparison with published figures is made of: figures, targets, and all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

State = Literal["hit", "miss", "information", "left out"]
HIT, MISS, INFORMATION, LEFT_OUT = "hit", "miss", "information", "left out"

ENGLAND, TOGETHER = "England", "together"
"""Areas that are no council: all England, or the councils written taken together."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one area: produced beside published.

    ``area`` is a council's three-digit code, ``England`` or ``together``; ``year`` a collection
    year (for the workforce, the year of 30 September), or None for all years together. ``unit``
    is children, percent, or what the published figure counts. ``allowed`` is how far apart the
    two may be, in that unit; None where nothing is judged. ``state``: hit, miss, information
    (shown and not judged) or left out. ``why`` says why nothing was judged or compared, or what
    else one should know.
    """

    key: str
    section: str
    title: str
    area: str
    year: int | None
    unit: str
    produced: float | None
    published: float | None
    allowed: float | None = None
    state: State = "information"
    why: str | None = None

    @property
    def difference(self) -> float | None:
        """Produced less published, in the figure's unit."""
        if self.produced is None or self.published is None:
            return None
        return self.produced - self.published

    @property
    def relative(self) -> float | None:
        """The difference as a share of the published figure; None where that is nought."""
        if not self.published or self.difference is None:
            return None
        return self.difference / self.published

    def judged(self, allowed: float, why: str | None = None) -> Figure:
        """The same figure, held to what is allowed; untouched where there is no difference."""
        if self.difference is None or self.state == LEFT_OUT:
            return self
        # Sums of decimals may differ in their last place without meaning it.
        state: State = "hit" if abs(self.difference) <= allowed + 1e-9 else "miss"
        return replace(self, allowed=allowed, state=state, why=why or self.why)

    def without(self, why: str) -> Figure:
        """The same figure, shown but not compared, and why."""
        return replace(self, allowed=None, state="left out", why=why)


@dataclass(frozen=True, slots=True)
class Target:
    """One target set for synthetic England. ``met`` is None where it cannot be judged."""

    name: str
    text: str
    asked: str
    found: str
    met: bool | None
    why: str | None = None


@dataclass(frozen=True)
class Calibration:
    """Produced figures beside published ones: targets first, then every figure.

    ``world`` says what was written: seed, version, councils, years, scale, need_share.
    ``names`` are the names of councils by code. ``planted`` says of each council with planted
    practices which those are; it is compared with nothing. ``notes`` are sentences that a
    reader must know.
    """

    world: Mapping[str, Any]
    names: Mapping[str, str]
    targets: Sequence[Target]
    figures: Sequence[Figure]
    planted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: Sequence[str] = ()

    @property
    def missed(self) -> list[Target]:
        """Targets that were judged and missed."""
        return [target for target in self.targets if target.met is False]

    @property
    def misses(self) -> list[Figure]:
        """Figures that lie further from the published one than allowed."""
        return [figure for figure in self.figures if figure.state == MISS]

    def of(self, area: str) -> list[Figure]:
        """The figures of one area."""
        return [figure for figure in self.figures if figure.area == area]

    def name(self, area: str) -> str:
        """What people call an area."""
        if area == TOGETHER:
            return "The councils written, together"
        return self.names.get(area, area)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: targets, then misses, then every figure."""
        return {
            "world": dict(self.world),
            "notes": list(self.notes),
            "planted": {code: list(names) for code, names in self.planted.items()},
            "names": dict(self.names),
            "targets": [asdict(target) for target in self.targets],
            "misses": [_plain(figure) for figure in self.misses],
            "figures": [_plain(figure) for figure in self.figures],
        }

    @classmethod
    def from_dict(cls, held: Mapping[str, Any]) -> Calibration:
        """The calibration that ``as_dict`` gave."""
        return cls(
            held["world"],
            held["names"],
            tuple(Target(**one) for one in held["targets"]),
            tuple(Figure(*(one[name] for name in _FIELDS)) for one in held["figures"]),
            held["planted"],
            tuple(held["notes"]),
        )


def _plain(figure: Figure) -> dict[str, Any]:
    held = {name: getattr(figure, name) for name in _FIELDS}
    return held | {"difference": figure.difference, "relative": figure.relative}


_FIELDS = tuple(one.name for one in fields(Figure))
