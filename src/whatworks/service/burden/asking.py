"""What is asked of people: every form, its questions, why each is asked and where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

ROOMS = ("rollout", "decisions", "returns_desk", "england", "common", "accounts")
"""The apps that ask people something: each has a module ``asks`` with ``ASKS``."""


@dataclass(frozen=True)
class Question:
    """One question. ``used_in``: place -> what becomes of the answer there, each counted whenever
    it happens. ``at_once``: what the very step that asks does with it, where nothing else does.
    """

    name: str
    text: str
    why: str
    used_in: Mapping[str, str] = field(default_factory=dict)
    at_once: str = ""


@dataclass(frozen=True)
class Ask:
    """One form. ``minutes`` it takes, and how we know (``minutes_from``); ``events``: the kinds of
    event in the ledger that say it was filled in; ``forms``: the form classes that ask it.
    """

    name: str
    title: str
    asked_of: str
    minutes: float
    minutes_from: str
    events: tuple[str, ...]
    forms: tuple[str, ...]
    questions: tuple[Question, ...]

    def question(self, name: str) -> Question:
        """The question of that name. Raises LookupError."""
        found = next((one for one in self.questions if one.name == name), None)
        if found is None:
            raise LookupError(f"{self.name} asks nothing called {name!r}.")
        return found


@cache
def asks() -> Mapping[str, Ask]:
    """Every form of the service by its name, in the order in which they are shown."""
    found: dict[str, Ask] = {}
    for room in ROOMS:
        for one in import_module(f"whatworks.service.{room}.asks").ASKS:
            if one.name in found:
                raise ValueError(f"Two forms are called {one.name}.")
            found[one.name] = one
    return found
