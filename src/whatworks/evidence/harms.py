"""What is known of harm: the outcomes that must not get worse while another gets better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whatworks.evidence import wording
from whatworks.evidence.pointing import pointing
from whatworks.evidence.study import Outcome, Study

SAFETY: dict[Outcome, tuple[Outcome, ...]] = {
    "entry to care": ("re-referral", "repeat plan", "re-entry to care"),
    "re-entry to care": ("re-referral", "repeat plan"),
    "return home": ("re-entry to care", "re-referral", "repeat plan"),
    "re-referral": ("repeat plan", "entry to care"),
    "repeat plan": ("re-referral", "entry to care"),
}
"""Outcome -> what must be watched beside it."""

State = Literal["worse", "points worse", "no clear difference", "better", "not measured"]
ORDER: tuple[State, ...] = ("worse", "points worse", "no clear difference", "better")


@dataclass(frozen=True)
class Harm:
    """What is known of one safety outcome, the worst first. ``studies`` are those that say it."""

    outcome: Outcome
    name: str
    state: State
    sentence: str
    studies: tuple[str, ...]


def harms_of(group: Sequence[Study], outcome: Outcome) -> tuple[Harm, ...]:
    """Every safety outcome of an outcome; where nobody measured one, that is said."""
    return tuple(_harm(group, safety) for safety in SAFETY.get(outcome, ()))


def _harm(group: Sequence[Study], safety: Outcome) -> Harm:
    states: dict[State, list[Study]] = {}
    for one in group:
        state = _state(one, safety)
        if state != "not measured":
            states.setdefault(state, []).append(one)
    name = wording.OUTCOMES[safety].name
    if not states:
        text = f"{name}: not measured, or not in what we saw. That is not the same as no harm."
        return Harm(safety, name, "not measured", text, ())
    worst = next(state for state in ORDER if state in states)
    parts = [
        f"{wording.studies(len(states[state]))} {_told(state, safety)}"
        for state in ORDER
        if state in states
    ]
    told = tuple(one.id for state in ORDER for one in states.get(state, ()))
    return Harm(safety, name, worst, f"{name}: {'; '.join(parts)}.", told)


def _state(study: Study, safety: Outcome) -> State:
    numbers = study.of(safety)
    found = None if numbers is None else pointing(numbers)
    if found is None or not found.direction:
        return "not measured"
    if found.direction == "worse":
        return "worse" if found.clear else "points worse"
    return "better" if found.direction == "better" else "no clear difference"


def _told(state: State, safety: Outcome) -> str:
    words = wording.OUTCOMES[safety]
    return {
        "worse": f"found that {words.worse}",
        "points worse": f"pointed to {words.towards_worse}, without being clear",
        "no clear difference": "found no clear difference, which is not the same as no difference",
        "better": f"pointed to {words.towards_better}",
    }[state]
