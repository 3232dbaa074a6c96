"""How what works gets from one council to the next: practices, their effect, decisions, targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

if TYPE_CHECKING:
    from whatworks.rollout.packaged import catalogue, practice_from
    from whatworks.rollout.practice import NEEDS, Cost, Practice
    from whatworks.rollout.projecting import CannotProject, Here, Likely, baseline, here
    from whatworks.rollout.wanting import NoWantedDirection, wanted_direction

_HOMES = {
    "CannotProject": "projecting",
    "Cost": "practice",
    "Here": "projecting",
    "Likely": "projecting",
    "NEEDS": "practice",
    "NoWantedDirection": "wanting",
    "Practice": "practice",
    "baseline": "projecting",
    "catalogue": "packaged",
    "here": "projecting",
    "practice_from": "packaged",
    "wanted_direction": "wanting",
}

__all__ = [
    "NEEDS",
    "CannotProject",
    "Cost",
    "Here",
    "Likely",
    "NoWantedDirection",
    "Practice",
    "baseline",
    "catalogue",
    "here",
    "practice_from",
    "wanted_direction",
]

__getattr__ = lazily.public(__name__, _HOMES)
