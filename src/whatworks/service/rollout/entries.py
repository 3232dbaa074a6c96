"""What a council does about a need, as it is recorded: plain values with their own rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from whatworks.rollout import NEEDS
from whatworks.service.rollout.models import Closeness, DoneNow, What


@dataclass(frozen=True)
class Entry:
    """One line of what a council does now.

    ``practice`` is the id of a known practice where ``what`` is 'practice'; ``other`` says what it
    is where that is 'other'. ``reach`` is families or children in a year, from low to high;
    ``cost`` is pounds a year. What is not known is None or empty.
    """

    need: str
    what: str
    practice: str = ""
    other: str = ""
    since: date | None = None
    reach_low: int | None = None
    reach_high: int | None = None
    cost: int | None = None
    closeness: str = ""
    stopped: date | None = None
    why_stopped: str = ""

    @property
    def of_something(self) -> bool:
        """Whether something is or was done, as against 'nothing' and 'don't know'."""
        return self.what in {What.PRACTICE, What.OTHER}


def entry_of(row: DoneNow) -> Entry:
    """A recorded row as it was given."""
    return Entry(
        need=row.need,
        what=row.what,
        practice=row.practice.slug if row.practice else "",
        other=row.other,
        since=row.since,
        reach_low=row.reach_low,
        reach_high=row.reach_high,
        cost=row.cost,
        closeness=row.closeness,
        stopped=row.stopped,
        why_stopped=row.why_stopped,
    )


def check(entries: Iterable[Entry], known: Iterable[str], today: date) -> None:
    """Raise ValidationError, with every sentence at once, for entries that cannot be."""
    told = list(entries)
    wrong = [text for one in told for text in _wrong(one, frozenset(known), today)]
    for need in NEEDS:
        mine = [one for one in told if one.need == need]
        if len(mine) > 1 and any(not one.of_something for one in mine):
            wrong.append(f"{need.capitalize()}: 'nothing' and 'don’t know' stand alone.")
        slugs = [one.practice for one in mine if one.practice]
        if len(slugs) != len(set(slugs)):
            wrong.append(f"{need.capitalize()}: each practice is given once.")
    if not told:
        wrong.append("Answer for at least one need. 'Nothing' and 'don’t know' are answers.")
    if wrong:
        raise ValidationError(wrong)


def _wrong(one: Entry, known: frozenset[str], today: date) -> Iterable[str]:
    name = one.need.capitalize()
    if one.need not in NEEDS:
        yield f"There is no need called {one.need}."
    if one.what not in What.values:
        yield f"{name}: choose what is done."
    if (one.what == What.PRACTICE) != bool(one.practice):
        yield f"{name}: choose a practice."
    if one.practice and one.practice not in known:
        yield f"{name}: there is no practice called {one.practice}."
    if one.what == What.OTHER and not one.other.strip():
        yield f"{name}: say what it is."
    if one.closeness and one.closeness not in Closeness.values:
        yield f"{name}: choose how closely it keeps to its description."
    yield from _wrong_dates(one, name, today)
    low, high = one.reach_low, one.reach_high
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        yield f"{name}: a range begins with the smaller number."


def _wrong_dates(one: Entry, name: str, today: date) -> Iterable[str]:
    if one.since and one.since > today:
        yield f"{name}: the month it began must not be in the future."
    if one.stopped and one.stopped > today:
        yield f"{name}: the month it stopped must not be in the future."
    if one.since and one.stopped and one.stopped < one.since:
        yield f"{name}: it cannot have stopped before it began."


def as_data(entries: Iterable[Entry]) -> dict[str, Any]:
    """What the ledger keeps: which practices for which needs, without free text."""
    told = list(entries)
    return {
        "entries": len(told),
        "practices": sorted({f"{one.need}: {one.practice}" for one in told if one.practice}),
        "nothing": sorted(one.need for one in told if one.what == What.NOTHING),
        "dont_know": sorted(one.need for one in told if one.what == What.DONT_KNOW),
    }
