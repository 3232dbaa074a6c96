"""The gap between a published figure and ours, and what explains it. Plain numbers in, words out.

An interval says how far chance might have moved a figure. It explains no gap: both figures are of
the same children of the same year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SAME = "same"
POPULATION = "population"
MENDED = "mended"
OTHER = "other"
UNEXPLAINED = "unexplained"
NO_OWN = "no_own"
NO_PUBLISHED = "no_published"

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        UNEXPLAINED: "not explained",
        MENDED: "no more than rows left out or mended could make",
        POPULATION: "same number, other population",
        OTHER: "counts something else",
        SAME: "same, to the rounding",
        NO_OWN: "no figure from returns",
        NO_PUBLISHED: "no published figure",
    }
)
"""What is said of a gap, in the order in which the page counts them."""

STEPS: Mapping[str, float] = MappingProxyType(
    {"whole number": 1.0, "one decimal": 0.1, "nearest 5": 5.0, "nearest 10": 10.0}
)
"""Rounding of a published figure -> the step between two such figures. Others: none is taken."""

_CLOSE = 1e-9


@dataclass(frozen=True)
class Known:
    """What is known of one figure and its published counterpart.

    ``touched``: how many children's rows were left out or mended on the way, which could at most
    move the figure by ``touched`` times ``each`` (what one child adds to it; None where that is
    not so simple). ``number`` and ``published_number``: the counts behind a rate, where both are
    held. ``other``: why the two do not count the same thing, or nothing. ``tables``: whose
    rows ``touched`` counts.
    """

    own: float | None
    published: float | None
    rounding: str
    touched: int = 0
    each: float | None = None
    number: float | None = None
    published_number: float | None = None
    other: str = ""
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Ours less the published figure, how much rounding and mending allow, and the verdict."""

    gap: float | None
    by_rounding: float
    by_mending: float
    verdict: str

    @property
    def words(self) -> str:
        """The verdict as the page says it."""
        return VERDICTS[self.verdict]


def judged(known: Known) -> Gap:
    """What to say of the gap; one larger than what is known to explain it is unexplained."""
    half = STEPS.get(known.rounding, 0.0) / 2
    mending = known.touched * known.each if known.each is not None else 0.0
    if known.own is None:
        return Gap(None, half, mending, NO_OWN)
    if known.published is None:
        return Gap(None, half, mending, NO_PUBLISHED)
    gap = known.own - known.published
    return Gap(gap, half, mending, _verdict(known, abs(gap), half, mending))


def _verdict(known: Known, size: float, half: float, mending: float) -> str:
    if known.other:
        return OTHER
    if size <= half + _CLOSE:
        return SAME
    if known.number is not None and known.number == known.published_number:
        return POPULATION
    if known.touched and size <= half + mending + _CLOSE:
        return MENDED
    return UNEXPLAINED
