"""What one call of ``write`` asks for, checked before anything is begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from whatworks.synthetic.packing import FORMATS
from whatworks.synthetic.planted import Plan, plan
from whatworks.synthetic.setting import Setting, choose

FIRST_YEAR, LAST_YEAR = 2017, 2026
SSDA903, CIN, CSWW, ANNEX_A = "ssda903", "cin", "csww", "annex-a"
COLLECTIONS = (SSDA903, CIN, CSWW, ANNEX_A)


@dataclass(frozen=True)
class Asked:
    """What is to be written, in plain values that a worker can be told as JSON."""

    codes: tuple[str, ...]
    first_year: int
    last_year: int
    seed: int
    formats: tuple[str, ...]
    errors: float
    scale: float
    need_share: float
    collections: tuple[str, ...]
    practices: str | tuple[str, ...]

    def years_of(self, setting: Setting) -> range:
        """The years asked for in which the council existed at the end of the year."""
        return range(
            max(self.first_year, setting.first_year), min(self.last_year, setting.last_year) + 1
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Asked:
        """The same again after a journey through JSON, which knows lists only."""
        plain: dict[str, Any] = {k: _tuple(v) for k, v in given.items()}
        return cls(**plain)

    def plan(self) -> Plan:
        """What is planted, for all of England."""
        return plan(self.seed, self.practices)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def asked(
    councils: int | str | Sequence[str],
    years: tuple[int, int],
    seed: int,
    *,
    formats: Sequence[str],
    collections: Sequence[str],
    practices: str | Sequence[str],
    errors: float,
    scale: float,
    need_share: float,
) -> Asked:
    """What is asked for, each thing once.

    Raises:
        ValueError: something asked for cannot be; the text says what can.
    """
    first_year, last_year = years
    if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
        raise ValueError(
            f"Collection years run from {FIRST_YEAR} to {LAST_YEAR}, the first not after the last."
        )
    if seed < 0:
        raise ValueError("A seed is a whole number, 0 or more.")
    if not 0 <= errors <= 0.5 or not 0 < scale <= 100 or not 0 <= need_share <= 1:
        raise ValueError(
            "errors runs from 0 to 0.5, scale is above 0 and at most 100, need_share from 0 to 1."
        )
    plan(seed, practices)  # refuses what is not there
    return Asked(
        tuple(choose(councils)),
        first_year,
        last_year,
        seed,
        _some_of(FORMATS, formats, "A format"),
        errors,
        scale,
        need_share,
        _some_of(COLLECTIONS, collections, "A collection"),
        practices if isinstance(practices, str) else tuple(dict.fromkeys(practices)),
    )


def _some_of(known: Sequence[str], given: Sequence[str], what: str) -> tuple[str, ...]:
    if isinstance(given, str) or not given or set(given) - set(known):
        raise ValueError(f"{what} is one of {', '.join(known)}; ask for at least one, in a list.")
    return tuple(dict.fromkeys(given))
