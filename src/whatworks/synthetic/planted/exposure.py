"""How much of a practice is in force in a council, day by day, and what that multiplies.

Closeness to the model, or *dose*, is 0 before adoption and grows in equal steps at the starts of
quarters to what the council reaches in the end. A multiplier acts to the power of the dose:
at half the dose, twice over is once in full. Doses that reach others count by a fraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import exp, log

from whatworks import reference
from whatworks.synthetic.conditions import Steps
from whatworks.synthetic.planted.adoption import Adopter, months_after
from whatworks.synthetic.planted.practice import (
    NEIGHBOURS,
    SAME_REGION,
    Effect,
    Practice,
)

DIGITS = 6
"""Decimals of a multiplier: the same bytes on every machine."""


@cache
def kind_of(code: str) -> str:
    """The kind of a council, in the words of ``whatworks.reference``."""
    return reference.council(code).kind


@cache
def region_of(code: str) -> str:
    """The region of a council, of the ten that the Department for Education publishes by."""
    return reference.council(code).region


@cache
def _neighbours(code: str) -> frozenset[str]:
    near = reference.neighbours(code)["neighbour"]
    return frozenset(str(other) for other in near if region_of(str(other)) == region_of(code))


def own_dose(one: Practice, adopter: Adopter) -> Steps:
    """(first day, dose) of an adopting council's own practice; days are ordinals."""
    ramp = one.fidelity.ramp_quarters
    return tuple(
        (
            months_after(adopter.day, 3 * k).toordinal(),
            round(adopter.fidelity * (k + 1) / (ramp + 1), DIGITS),
        )
        for k in range(ramp + 1)
    )


def dose_on(steps: Steps, day: int) -> float:
    """The value in force on a day; 0 before the first step."""
    found = 0.0
    for first, value in steps:
        if first > day:
            break
        found = value
    return found


def _reaches(one: Practice, giver: str, receiver: str) -> bool:
    if giver == receiver:
        return False
    if one.spills_to == SAME_REGION:
        return region_of(giver) == region_of(receiver)
    return one.spills_to == NEIGHBOURS and giver in _neighbours(receiver)


def received(one: Practice, adopters: Sequence[Adopter], code: str) -> Steps:
    """(first day, dose) that reaches a council from others: a fraction of their highest dose."""
    givers = [own_dose(one, a) for a in adopters if _reaches(one, a.code, code)]
    found: list[tuple[int, float]] = []
    for day in sorted({day for steps in givers for day, _ in steps}):
        dose = round(one.spillover * max(dose_on(steps, day) for steps in givers), DIGITS)
        if dose != (found[-1][1] if found else 0.0):
            found.append((day, dose))
    return tuple(found)


def _multiplier(effect: Effect, dose: float, months: int, kind: str) -> float:
    return exp(dose * log(effect.multiplier(months, kind)))


def multiplier_steps(
    one: Practice, effect: Effect, adopter: Adopter | None, reached: Steps, code: str
) -> Steps:
    """(first day, multiplier) of one practice's effect on one process of one council.

    A council that runs the practice itself takes the higher of its own dose and what reaches it.
    """
    own = own_dose(one, adopter) if adopter else ()
    days = {day for day, _ in (*own, *reached)}
    turns: list[tuple[int, int]] = []
    if adopter:
        turns = [
            (months_after(adopter.day, months).toordinal(), months) for months, _ in effect.phases
        ]
    days.update(day for day, _ in turns)
    found = []
    for day in sorted(days):
        months = max((since for first, since in turns if first <= day), default=0)
        dose = max(dose_on(own, day), dose_on(reached, day))
        found.append((day, _multiplier(effect, dose, months, kind_of(code))))
    return tuple(found)


def product(many: Sequence[Steps]) -> Steps:
    """The product of several multipliers as steps, rounded; empty where it is always 1."""
    found: list[tuple[int, float]] = []
    for day in sorted({day for steps in many for day, _ in steps}):
        value = 1.0
        for steps in many:
            value *= multiplier_on(steps, day)
        value = round(value, DIGITS)
        if value != (found[-1][1] if found else 1.0):
            found.append((day, value))
    return tuple(found)


def multiplier_on(steps: Steps, day: int) -> float:
    """The multiplier in force on a day; 1 before the first step."""
    return next((value for first, value in reversed(steps) if first <= day), 1.0)


def average(steps: Steps, first: int, last: int, before: float) -> float:
    """The mean over the days of a span, both ends included; ``before`` holds until a step."""
    edges = [first, *(day for day, _ in steps if first < day <= last), last + 1]
    total = 0.0
    for start, end in pairwise(edges):
        value = next((value for day, value in reversed(steps) if day <= start), before)
        total += value * (end - start)
    return total / (last + 1 - first)
