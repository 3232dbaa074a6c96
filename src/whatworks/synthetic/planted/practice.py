"""The invented practices: what each is, whom it is for, and what it truly does.

They are data (``data/practices.json``). A new one takes a new entry there and no code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from whatworks.rollout import NEEDS
from whatworks.synthetic.conditions import PROCESSES

KINDS = ("county council", "unitary authority", "metropolitan district", "London borough")
"""Kinds of council, in the words of ``whatworks.reference``."""
NOBODY, NEIGHBOURS, SAME_REGION = "nobody", "neighbours", "region"


@dataclass(frozen=True)
class Effect:
    """What a practice does to one process where it is run exactly as meant.

    ``phases`` are (months since adoption, multiplier), in order, each in force until the next;
    before the first nothing changes. ``by_kind`` is given for practices of a single phase whose
    multiplier depends on the kind of council.
    """

    process: str
    phases: tuple[tuple[int, float], ...]
    by_kind: Mapping[str, float]

    def multiplier(self, months: int, kind: str) -> float:
        """The multiplier so many whole months after adoption in a council of a kind."""
        found = 1.0
        for since, multiplier in self.phases:
            if months >= since:
                found = self.by_kind.get(kind, multiplier)
        return found


@dataclass(frozen=True)
class Fidelity:
    """How close to its model a practice is run, from 0 to 1 (exactly as meant).

    A council's own closeness lies between ``least`` and ``most``; it is reached in equal steps
    over so many quarters from adoption, 0 for at once.
    """

    least: float
    most: float
    ramp_quarters: int


@dataclass(frozen=True)
class Adoption:
    """How many adopt and when, for the synthetic region and for the rest of England.

    Days are first days of quarters. Practices of one ``group`` never share a council.
    """

    region: int
    share: float
    region_days: tuple[date, date]
    days: tuple[date, date]
    group: str | None


@dataclass(frozen=True)
class Practice:
    """One invented practice. ``truth`` says in words what it does; ``words`` is its description.

    ``words`` holds ``what``, ``for_whom``, ``need``, ``also_serves``, ``core``, ``adaptable``,
    ``takes``, ``cost`` (pounds, invented, per child or family) and ``invented``.
    """

    id: str
    number: int
    name: str
    truth: str
    words: Mapping[str, Any]
    effects: tuple[Effect, ...]
    fidelity: Fidelity
    spillover: float
    spills_to: str
    adoption: Adoption

    @property
    def processes(self) -> tuple[str, ...]:
        """The processes that it changes anywhere; none for a practice that does nothing."""
        return tuple(effect.process for effect in self.effects)


_WORDS = ("what", "for_whom", "need", "also_serves", "core", "adaptable", "takes", "cost")


def _effect(row: Mapping[str, Any]) -> Effect:
    phases = tuple((int(one["months"]), float(one["multiplier"])) for one in row["phases"])
    return Effect(row["process"], phases, dict(row.get("by_kind", {})))


def _adoption(row: Mapping[str, Any]) -> Adoption:
    day = date.fromisoformat
    return Adoption(
        int(row["region"]),
        float(row["share"]),
        (day(row["region_from"]), day(row["region_to"])),
        (day(row["from"]), day(row["to"])),
        row["group"],
    )


def practice(row: Mapping[str, Any]) -> Practice:
    """A practice from its entry in the data.

    Raises:
        ValueError: the entry contradicts itself or names what is not known.
    """
    made = Practice(
        id=row["id"],
        number=int(row["number"]),
        name=row["name"],
        truth=row["truth"],
        words={name: row[name] for name in (*_WORDS, "invented")},
        effects=tuple(_effect(one) for one in row["effects"]),
        fidelity=Fidelity(**row["fidelity"]),
        spillover=float(row["spillover"]["fraction"]),
        spills_to=row["spillover"]["to"],
        adoption=_adoption(row["adoption"]),
    )
    _check(made)
    return made


def _check(one: Practice) -> None:
    def refuse(why: str) -> None:
        raise ValueError(f"The practice {one.id}: {why}.")

    if one.words["need"] not in NEEDS or not set(one.words["also_serves"]) <= set(NEEDS):
        refuse("it serves a need that is not in the list")
    if len(set(one.processes)) != len(one.processes) or not set(one.processes) <= set(PROCESSES):
        refuse("its effects name a process twice, or one that does not exist")
    for effect in one.effects:
        values = [multiplier for _, multiplier in effect.phases] + list(effect.by_kind.values())
        if not values or min(values) <= 0:
            refuse("a multiplier is not above 0")
        if list(effect.phases) != sorted(effect.phases):
            refuse("the phases of an effect are not in order")
        if effect.by_kind and (len(effect.phases) != 1 or set(effect.by_kind) != set(KINDS)):
            refuse("an effect by kind of council has one phase and names every kind")
        if one.spillover and effect.phases != ((0, effect.phases[0][1]),):
            refuse("what spills over has one phase, from adoption")
    if not 0 < one.fidelity.least <= one.fidelity.most <= 1 or one.fidelity.ramp_quarters < 0:
        refuse("fidelity lies above 0 and up to 1, reached over 0 quarters or more")
    if not 0 <= one.spillover <= 1 or (one.spillover > 0) != (one.spills_to != NOBODY):
        refuse("spillover is a fraction, above 0 exactly where it reaches somebody")
    if one.spills_to not in (NOBODY, NEIGHBOURS, SAME_REGION):
        refuse("spillover reaches nobody, neighbours or the region")
    for first, last in (one.adoption.region_days, one.adoption.days):
        if first > last or any(day.day != 1 or day.month % 3 != 1 for day in (first, last)):
            refuse("adoption runs from one first day of a quarter to another")


@cache
def practices() -> tuple[Practice, ...]:
    """Every invented practice, in the order of their numbers."""
    text = files("whatworks.synthetic.planted").joinpath("data/practices.json").read_text("utf-8")
    found = sorted((practice(row) for row in json.loads(text)["practices"]), key=lambda p: p.number)
    for name in ("id", "number", "name"):
        if len({getattr(one, name) for one in found}) != len(found):
            raise ValueError(f"Two practices have the same {name}.")
    return tuple(found)


def chosen(which: str | list[str] | tuple[str, ...]) -> tuple[Practice, ...]:
    """The practices meant by ``"all"``, ``"none"`` or a list of ids.

    Raises:
        ValueError: no practice has that id.
    """
    known = {one.id: one for one in practices()}
    if isinstance(which, str):
        if which not in ("all", "none"):
            raise ValueError(f"Ask for 'all' practices, 'none', or a list of ids; not {which!r}.")
        return practices() if which == "all" else ()
    unknown = sorted(set(which) - set(known))
    if unknown:
        raise ValueError(
            f"No practice is called {unknown[0]!r}. There are {', '.join(sorted(known))}."
        )
    return tuple(one for one in practices() if one.id in which)
