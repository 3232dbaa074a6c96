"""Why the number of children in care changed, as the page tells it: steps from then to now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whatworks import measures, reference
from whatworks.measures import Decomposition, Part
from whatworks.measures.sourcing import in_memory
from whatworks.service.baseline.years import reopened, returns_held
from whatworks.service.common import writing

if TYPE_CHECKING:
    from whatworks.returns import Store

CARE = "ssda903"
"""The return that tells who is looked after."""
NUMBER, STARTED = "looked_after_at_31_march", "started_to_be_looked_after"
"""The measures that count the children themselves, and those who started."""

FLOWS = (
    ("at_start", "Children there at the start"),
    ("entries", "Times children came in"),
    ("unaccompanied", "of them unaccompanied"),
    ("reentries", "of them in care before"),
    ("beginning_not_seen", "Beginning not seen"),
    ("exits", "Times children left"),
    ("end_not_seen", "End not seen"),
    ("at_end", "Children there at the end"),
    ("median_days", "Median stay, days"),
)
"""Column of the flows -> its heading."""

HAPPENED = {
    "momentum": (
        "The number was already rising",
        "The number was already falling",
        "The number was already steady",
    ),
    "entries_of_others": (
        "More children came in",
        "Fewer children came in",
        "About as many children came in",
    ),
    "entries_of_unaccompanied": (
        "More unaccompanied children came in",
        "Fewer unaccompanied children came in",
        "About as many unaccompanied children came in",
    ),
    "left_in_first_year": (
        "Children who came in stayed longer",
        "Children who came in left sooner",
        "Children who came in stayed about as long",
    ),
    "left_early": (
        "Children who had come in lately stayed longer",
        "Children who had come in lately left sooner",
        "Children who had come in lately stayed about as long",
    ),
    "left_later": (
        "Children in care for a year or more stayed longer",
        "Children in care for a year or more left sooner",
        "Children in care for a year or more stayed about as long",
    ),
    "at_18": (
        "Fewer of those who turned 18 had left",
        "More of those who turned 18 had left",
        "About as many of those who turned 18 had left",
    ),
    "not_seen": (
        "More beginnings than ends are missing from the returns",
        "More ends than beginnings are missing from the returns",
        "As many beginnings as ends are missing from the returns",
    ),
}
"""Part of a change -> what happened where it pushed the number up, where down, where neither."""


@dataclass(frozen=True)
class Step:
    """One part of the change in whole children, and the number before and after it is added.

    ``by_chance``: its interval holds no change at all, so chance alone could have made it.
    """

    part: Part
    title: str
    change: int
    low: int
    high: int
    start: int
    end: int

    @property
    def by_chance(self) -> bool:
        """Whether the interval of the part, before it was rounded, holds nought."""
        return self.part.low <= 0 <= self.part.high

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to it: no change, and none in any resample."""
        return self.part.low == self.part.high == 0


@dataclass(frozen=True)
class Published:
    """The same two days as they were published; None where no figure is, and ``words`` say so."""

    before: int | None
    after: int | None
    words: str
    rounding: str

    @property
    def change(self) -> int | None:
        """By how many the published number changed."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True)
class Told:
    """The account with its steps: they lead from the number before to the number after."""

    account: Decomposition
    steps: tuple[Step, ...]
    highest: int
    published: Published

    @property
    def lede(self) -> str:
        """How many children there were then and are now."""
        of = self.account
        before, after = of.before or 0, of.after or 0
        were = "child was" if before == 1 else "children were"
        return (
            f"On 31 March {of.since}, {before:,} {were} looked after; on 31 March {of.year}, "
            f"{after:,}. {_compared(before, after)}"
        )

    @property
    def sentence(self) -> str:
        """Which parts pushed the number up, and which down, beyond what chance would."""
        clear = [one for one in self.steps if not one.by_chance]
        up = _named(one for one in clear if one.part.change > 0)
        down = _named(one for one in clear if one.part.change < 0)
        if not clear:
            return "No single part stands out from what chance would bring."
        told = [f"pushed it {way}: {names}" for way, names in (("up", up), ("down", down)) if names]
        return f"Beyond what chance would bring, this {'; this '.join(told)}."

    @property
    def flows(self) -> list[dict[str, Any]]:
        """Who was there, came and left, a row a year, the latest first."""
        return list(self.account.flows.sort("year", descending=True).iter_rows(named=True))


def _compared(before: int, after: int) -> str:
    if before == after:
        return "The number is the same; what led to it need not be."
    return f"That is {abs(after - before):,} {'more' if after > before else 'fewer'}."


def _named(steps: Iterable[Step]) -> str:
    """Steps by what happened with their number of children, the largest first."""
    ordered = sorted(steps, key=lambda one: -abs(one.part.change))
    return ", ".join(f"‘{one.title}’ (about {abs(one.change):,})" for one in ordered)


def whole(parts: Sequence[float], total: int) -> list[int]:
    """Parts in whole children that still add up to ``total``, by the largest remainders.

    Each is rounded down; the children still missing go to those that were cut the most, the first
    of equals first (Hamilton's way of sharing seats).
    """
    down = [floor(part) for part in parts]
    by_cut = sorted(range(len(parts)), key=lambda at: (down[at] - round(parts[at], 9), at))
    for at in by_cut[: total - sum(down)]:
        down[at] += 1
    return down


def steps(account: Decomposition) -> tuple[Step, ...]:
    """The parts of an account in whole children, each with where it leads to."""
    at, found = account.before or 0, []
    shared = whole([part.change for part in account.parts], (account.after or 0) - at)
    for part, change in zip(account.parts, shared, strict=True):
        title = HAPPENED[part.name][0 if change > 0 else 1 if change < 0 else 2]
        low, high = round(part.low), round(part.high)
        found.append(
            Step(part, title, change, min(low, change), max(high, change), at, at + change)
        )
        at += change
    return tuple(found)


def told(store: Store, council: str, year: int, since: int) -> Told:
    """The change from 31 March ``since`` to 31 March ``year``."""
    return _told(store.path, council, returns_held(store, council), year, since)


def of_year(store: Store, council: str, year: int, care: Sequence[int]) -> Told | None:
    """The change since the year before, where both years are held and it can be told."""
    if year not in care or year - 1 not in care:
        return None
    found = told(store, council, year, year - 1)
    return None if found.account.reason else found


@lru_cache(maxsize=64)
def _told(workspace: Path, council: str, held: tuple[str, ...], year: int, since: int) -> Told:
    """Kept in memory: ``held`` says all that decides it."""
    del held
    care = in_memory(reopened(workspace), council).of(CARE)
    account = measures.number_in_care(care, year, since)
    made = steps(account) if account.reason is None else ()
    ends = [account.before or 0, account.after or 0, *(step.end for step in made)]
    return Told(account, made, max(ends), published(council, year, since))


def published(council: str, year: int, since: int) -> Published:
    """The number of children in care on both days as published of the council."""
    series = next(m.series for m in measures.get(NUMBER).mirrors if m.series is not None)
    rows = {
        row["year"]: row
        for row in reference.published(series, area=council).iter_rows(named=True)
        if row["year"] in (since, year)
    }
    values = [rows[at]["value"] if at in rows else None for at in (since, year)]
    missing = [
        f"{at}: {writing.STATES[rows[at]['state'] if at in rows else 'no_figure']}"
        for at, value in zip((since, year), values, strict=True)
        if value is None
    ]
    before, after = (None if value is None else int(value) for value in values)
    words = "; ".join(missing) or _compared(before or 0, after or 0)
    rounding = next((row["rounding"] for row in rows.values() if row["rounding"]), "")
    return Published(before, after, words, rounding)
