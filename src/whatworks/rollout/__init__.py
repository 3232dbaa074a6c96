"""How what works gets from one council to the next: practices, their effect, decisions, targets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.rollout.practice import NEEDS, Cost, Practice

_HOMES = {
    "Cost": "practice",
    "NEEDS": "practice",
    "Practice": "practice",
}

__all__ = ["NEEDS", "Cost", "Practice"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(f"whatworks.rollout.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"whatworks.rollout has no public name {name!r}")
