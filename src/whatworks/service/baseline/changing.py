"""How a figure has moved over the years, in words that claim no more than its intervals allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whatworks.service.common.writing import Own

HIGHER, LOWER, NEITHER = "higher", "lower", ""
_TALL = 20.0
"""Height of the tallest bar, in the units of the small drawing."""


@dataclass(frozen=True)
class Bar:
    """One year of the small drawing; ``height`` None where there is no figure."""

    year: int
    height: float | None
    here: bool


@dataclass(frozen=True)
class Change:
    """In words, and whether the figure is clearly higher or lower than before and than at first."""

    words: str
    since_before: str
    since_first: str
    bars: tuple[Bar, ...]

    @property
    def clear(self) -> bool:
        """Whether there is a change that chance alone would hardly make."""
        return bool(self.since_before or self.since_first)


def change(rows: Sequence[Own], year: int) -> Change:
    """The figures of one measure, of any years, read from the first with a figure to ``year``.

    Two years differ clearly when their intervals do not overlap. That is stricter than a test at
    5 in 100, which suits a page of many measures; children who are counted in both years make the
    two more alike than independent ones, so it errs on the side of saying nothing.
    """
    known = sorted(
        (r for r in rows if r.value is not None and r.year <= year), key=lambda r: r.year
    )
    bars = _bars(rows, year)
    if not known or known[-1].year != year:
        return Change("", NEITHER, NEITHER, bars)
    now, earlier = known[-1], known[:-1]
    if not earlier:
        return Change("No earlier year to set it beside.", NEITHER, NEITHER, bars)
    if now.low is None:
        return Change("Without an interval no change can be judged.", NEITHER, NEITHER, bars)
    before, first = earlier[-1], earlier[0]
    since_before, since_first = _clear(before, now), _clear(first, now)
    return Change(_words(before, first, since_before, since_first), since_before, since_first, bars)


def _clear(then: Own, now: Own) -> str:
    if then.low is None or then.high is None or now.low is None or now.high is None:
        return NEITHER
    if now.low > then.high:
        return HIGHER
    return LOWER if now.high < then.low else NEITHER


def _words(before: Own, first: Own, since_before: str, since_first: str) -> str:
    at_first = f"{first.year} ({first.text})"
    if since_before and since_before == since_first and before.year != first.year:
        return f"Clearly {since_before} than in {before.year} ({before.text}) and {at_first}."
    if since_before:
        return f"Clearly {since_before} than in {before.year} ({before.text})."
    if since_first:
        return f"Clearly {since_first} than in {at_first}."
    return f"No clear change since {at_first}."


def _bars(rows: Sequence[Own], year: int) -> tuple[Bar, ...]:
    top = max((row.value for row in rows if row.value is not None), default=0.0)
    return tuple(
        Bar(
            row.year,
            None if row.value is None else (row.value / top * _TALL if top else 0.0),
            row.year == year,
        )
        for row in sorted(rows, key=lambda r: r.year)
    )
