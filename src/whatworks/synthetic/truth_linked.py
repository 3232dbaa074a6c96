"""What is true of children across care and need, counted from their lives and spells of need.

Every measure of linked returns has its truth here; nothing is read back and nothing is linked, as
a life and its spells of need are one child's from the beginning.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from whatworks.synthetic.calendar import age_on, first_day, last_day
from whatworks.synthetic.identity import Person
from whatworks.synthetic.lives import Life
from whatworks.synthetic.need import Need
from whatworks.synthetic.truth import Part

_HOME = ("E4A", "E4B")
_FAMILY = ("1A", "1C")
_NOTHING = ("RC8", "RC9")
_SOON = 28


@dataclass(frozen=True)
class History:
    """One child: starts and ends of care, which of them ended at home, and spells of need."""

    dob: int
    uasc: bool
    care: tuple[tuple[int, int, bool], ...]
    needs: tuple[Need, ...]
    support: tuple[tuple[int, int], ...]
    """Unbroken times with an open case."""


def histories(
    lives: Iterable[Life], needs: Iterable[tuple[Person, Sequence[Need]]]
) -> list[History]:
    """Every child in care or in need, once. Children with short breaks alone have no care here."""
    found: dict[str, tuple[Person, list[tuple[int, int, bool]]]] = {}
    for life in lives:
        if life.counted and life.care:
            care = [
                (one.spell.start, one.spell.end, one.episodes[-1].rec in _HOME) for one in life.care
            ]
            found[life.who.id] = (life.who, care)
    spells = {who.id: tuple(own) for who, own in needs}
    people = {who.id: who for who, _ in needs}
    made = []
    for key in sorted({*found, *spells}):
        who, care = found.get(key, (people.get(key), []))
        own = spells.get(key, ())
        if who is not None:
            made.append(History(who.dob, who.uasc, tuple(care), own, _support(own)))
    return made


def _support(needs: Sequence[Need]) -> tuple[tuple[int, int], ...]:
    runs: list[list[int]] = []
    for need in sorted(needs, key=lambda one: one.referred):
        if need.nfa:
            continue
        if runs and need.referred <= runs[-1][1]:
            runs[-1][1] = max(runs[-1][1], need.closed)
        else:
            runs.append([need.referred, need.closed])
    return tuple((start, end) for start, end in runs)


def months_on(day: int, months: int) -> int:
    """The same day of the month so many months later or earlier, or that month's last day."""
    on = date.fromordinal(day)
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(on.day, last)).toordinal()


def truth_of_linked(children: Sequence[History], year: int) -> dict[str, Part]:
    """What each measure of linked returns must come to: numerator and denominator.

    Args:
        children: as ``histories`` gives them, of one council.
        year: the collection year reported.
    """
    found = _Sums()
    for child in children:
        _after_home(found, child, year)
        _before_care(found, child, year)
        _on_the_last_day(found, child, year)
        _asked(found, child, year)
    return {name: (found.n.get(name, 0), found.n.get(f"{name}/of", 0)) for name in _SHARES} | {
        "asked_for_help_again": (found.n.get("asked_then_nothing/of", 0), None)
    }


_AFTER_HOME = (
    "home_with_open_case",
    "home_with_case_within_28_days",
    "days_of_support_after_home",
    "re_referred_after_home",
    "section_47_after_home",
    "plan_after_home",
    "asked_for_help_after_home",
)
_BEFORE_CARE = (
    "known_before_care",
    "protection_plan_before_care",
    "nothing_done_before_care",
    "days_of_help_before_care",
)
_OF_ASKING = (
    "asked_then_investigated",
    "asked_then_plan",
    "asked_then_supported",
    "asked_then_nothing",
)
_SHARES = (
    *_AFTER_HOME,
    "case_closed_then_reopened",
    *_BEFORE_CARE,
    "in_care_without_open_case",
    *_OF_ASKING,
)


class _Sums:
    def __init__(self) -> None:
        self.n: dict[str, int] = {}

    def add(self, name: str, n: int = 1) -> None:
        self.n[name] = self.n.get(name, 0) + n

    def of(self, parts: Mapping[str, int]) -> None:
        """One more thing of which each part is so many."""
        for name, n in parts.items():
            self.add(name, n)
            self.add(f"{name}/of")


def _overlap(runs: Iterable[tuple[int, int]], first: int, until: int) -> int:
    return sum(max(0, min(end, until) - max(start, first)) for start, end in runs)


def _after_home(found: _Sums, child: History, year: int) -> None:
    for i, (_, home, at_home) in enumerate(child.care):
        in_year = first_day(year - 1) <= home <= last_day(year - 1)
        if not (at_home and in_year) or age_on(child.dob, home) >= 17:
            continue
        last = months_on(home, 12)
        back = child.care[i + 1][0] if i + 1 < len(child.care) else None
        runs = [run for run in child.support if run[1] > home]
        soon = bool(runs) and runs[0][0] <= home + _SOON
        soon = soon and (back is None or runs[0][0] < back)
        until = last if back is None else min(back, last)
        asked = [need for need in child.needs if home < need.referred <= last]
        worked = [need for need in child.needs if not need.nfa]
        found.of(
            {
                "home_with_open_case": int(bool(runs) and runs[0][0] <= home),
                "home_with_case_within_28_days": int(soon),
                "days_of_support_after_home": _overlap(child.support, home, until),
                "re_referred_after_home": int(bool(asked)),
                "asked_for_help_after_home": int(any(n.source in _FAMILY for n in asked)),
                "section_47_after_home": int(_enquired(worked, home + 1, last)),
                "plan_after_home": int(_planned(worked, home + 1, last)),
            }
        )
        if soon and runs[0][1] <= last and (back is None or runs[0][1] < back):
            again = len(runs) > 1 and runs[1][0] <= last
            found.of({"case_closed_then_reopened": int(again)})


def _enquired(needs: Iterable[Need], first: int, last: int) -> bool:
    return any(first <= one.start <= last for need in needs for one in need.enquiries)


def _planned(needs: Iterable[Need], first: int, last: int) -> bool:
    return any(first <= one.start <= last for need in needs for one in need.plans)


def _before_care(found: _Sums, child: History, year: int) -> None:
    starts = [start for start, _, _ in child.care if first_day(year) <= start <= last_day(year)]
    if not starts or child.uasc:
        return
    day = min(starts)
    first = months_on(day, -12)
    asked = [need for need in child.needs if first <= need.referred < day]
    days = _overlap(child.support, first, day)
    running = any(
        plan.start < day and plan.end > first
        for need in child.needs
        if not need.nfa
        for plan in need.plans
    )
    found.of(
        {
            "known_before_care": int(bool(asked) or days > 0),
            "protection_plan_before_care": int(running),
            "nothing_done_before_care": int(any(need.nfa for need in asked)),
            "days_of_help_before_care": days,
        }
    )


def _on_the_last_day(found: _Sums, child: History, year: int) -> None:
    day = last_day(year)
    if any(start <= day < end for start, end, _ in child.care):
        shown = any(start <= day < end for start, end in child.support)
        found.of({"in_care_without_open_case": int(not shown)})


def _asked(found: _Sums, child: History, year: int) -> None:
    worked = [need for need in child.needs if not need.nfa]
    for need in child.needs:
        day = need.referred
        if need.source not in _FAMILY or not first_day(year - 1) <= day <= last_day(year - 1):
            continue
        first, last = months_on(day, -12), months_on(day, 12)
        after_home = any(home and first <= end <= day for _, end, home in child.care)
        if not after_home and not any(first <= end <= day for _, end in child.support):
            continue
        planned = _planned(worked, day, last)
        investigated = planned or _enquired(worked, day, last)
        nothing = need.nfa or (need.reason in _NOTHING and need.closed <= last)
        found.of(
            {
                "asked_then_investigated": int(investigated),
                "asked_then_plan": int(planned),
                "asked_then_supported": int(not investigated and not nothing),
                "asked_then_nothing": int(not investigated and nothing),
            }
        )
