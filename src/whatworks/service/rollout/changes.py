"""What changed between two records of what a council does now, in words."""

from __future__ import annotations

from collections.abc import Mapping

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


def changed(before: Recorded | None, after: Recorded, names: Mapping[str, str]) -> tuple[str, ...]:
    """Each difference as a short sentence, in the order of needs; empty if nothing changed."""
    if before is None:
        return ("First record.",)
    told: list[str] = []
    for need in NEEDS:
        earlier = {title(one, names): one for one in before.of(need)}
        later = {title(one, names): one for one in after.of(need)}
        area = WORDS[need][0]
        told += [f"{area}: ‘{name}’ was added." for name in later if name not in earlier]
        told += [f"{area}: ‘{name}’ was taken off." for name in earlier if name not in later]
        for name, one in later.items():
            if name in earlier:
                told += _facts_changed(f"{area}: {name}", facts(earlier[name]), facts(one))
    return tuple(told)


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
