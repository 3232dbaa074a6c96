"""Which way a measure is wanted to go where it is an outcome or a safety measure of a practice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from whatworks import measures

Wanted = Literal["lower", "higher"]

_FEWER_IN_CARE: tuple[Wanted, str] = (
    "lower",
    "The practices here are to keep children safe at home who would else have come into care. It "
    "is praised only where nothing that must not get worse did.",
)
WANTED: Mapping[str, tuple[Wanted, str]] = {
    "started_rate": _FEWER_IN_CARE,
    "started_to_be_looked_after": _FEWER_IN_CARE,
    "looked_after_rate": _FEWER_IN_CARE,
    "looked_after_at_31_march": _FEWER_IN_CARE,
    "returned_home": (
        "higher",
        "Practices that work for return want more children safely home; whether they come back is "
        "looked at beside it.",
    ),
    "reentered_within_12_months": (
        "lower",
        "A child who comes back into care went home to what was not yet safe, or was left alone.",
    ),
}
"""Measures without a direction of their own -> which way is wanted of a practice, and why.

Of a figure on its own neither way is good. A practice that is meant to move it, or must not, says
which way is meant.
"""


class NoWantedDirection(ValueError):
    """Nobody has said which way a measure is wanted to go; the text names it."""


def wanted_direction(measure: str) -> Wanted:
    """The measure's own direction; where it has none, the way that practices want it to go.

    Raises:
        NoWantedDirection: it has neither.
    """
    try:
        own = measures.get(measure).direction
    except measures.MeasureError:
        own = None
    if own is not None:
        return own
    if measure in WANTED:
        return WANTED[measure][0]
    raise NoWantedDirection(f"Nobody has said whether more or less is wanted of {measure}.")
