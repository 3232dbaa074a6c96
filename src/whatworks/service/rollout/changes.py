"""What changed between two records of what a council does now, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from whatworks.rollout import NEEDS
from whatworks.service.rollout import reading
from whatworks.service.rollout.entries import Entry
from whatworks.service.rollout.forms import WORDS
from whatworks.service.rollout.models import Closeness, What
from whatworks.service.rollout.queries import Recorded


def title(one: Entry, names: Mapping[str, str]) -> str:
    """What is done, in a few words."""
    if one.practice:
        return names.get(one.practice, one.practice)
    return one.other if one.what == What.OTHER else What(one.what).label


def facts(one: Entry) -> dict[str, str]:
    """What is known of an entry, by what it is called; empty words for what is not known."""
    return {
        "since": reading.month_words(one.since),
        "reach": reading.amounts_words(one.reach_low, one.reach_high),
        "cost": "" if one.cost is None else f"£{one.cost:,}",
        "how closely": Closeness(one.closeness).label if one.closeness else "",
        "stopped": reading.month_words(one.stopped),
        "why it stopped": one.why_stopped,
    }


def answered(one: Entry) -> frozenset[str]:
    """The questions that an entry answers, as ``asks`` names them."""
    told = {
        "choice": one.practice or one.what == What.OTHER,
        "since": one.since,
        "reach": one.reach_low is not None or one.reach_high is not None,
        "cost": one.cost is not None,
        "closeness": one.closeness,
        "stopped": one.stopped,
        "why_stopped": one.why_stopped,
    }
    return frozenset(name for name, said in told.items() if said)


def changed(before: Recorded | None, after: Recorded, names: Mapping[str, str]) -> tuple[str, ...]:
    """Each difference as a short sentence, in the order of needs; empty if nothing changed."""
    if before is None:
        return ("First record.",)
    told: list[str] = []
    for need in NEEDS:
        area, gone = WORDS[need][0], list(before.of(need))
        added: list[Entry] = []
        kept: list[tuple[Entry, Entry]] = []
        for one in _those_kept_first(after.of(need), gone):
            earlier = _same(one, gone, names)
            if earlier is None:
                added.append(one)
            else:
                gone.remove(earlier)
                kept.append((earlier, one))
        told += [f"{area}: ‘{title(one, names)}’ was added." for one in added]
        told += [f"{area}: ‘{title(one, names)}’ was taken off." for one in gone]
        for earlier, one in kept:
            told += _facts_changed(f"{area}: {title(one, names)}", facts(earlier), facts(one))
    return tuple(told)


def _those_kept_first(entries: Iterable[Entry], before: Collection[Entry]) -> list[Entry]:
    """Entries that stand as they stood first, so that none other is taken for what one was."""
    return sorted(entries, key=lambda one: one not in before)


def _same(one: Entry, before: Sequence[Entry], names: Mapping[str, str]) -> Entry | None:
    """Which earlier entry this one is now: itself, else the first of the same title."""
    if one in before:
        return one
    name = title(one, names)
    return next((earlier for earlier in before if title(earlier, names) == name), None)


def _facts_changed(name: str, earlier: Mapping[str, str], later: Mapping[str, str]) -> list[str]:
    return [
        f"{name}: {fact} {_told(earlier[fact], value)}."
        for fact, value in later.items()
        if value != earlier[fact]
    ]


def _told(earlier: str, later: str) -> str:
    if not earlier:
        return f"now given: {later}"
    return f"changed from {earlier} to {later}" if later else f"({earlier}) no longer given"
