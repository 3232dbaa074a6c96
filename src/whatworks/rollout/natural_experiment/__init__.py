"""The effect of a practice, from councils that adopted it at different dates."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.rollout.natural_experiment.cautions import with_safety
    from whatworks.rollout.natural_experiment.counted import panel
    from whatworks.rollout.natural_experiment.effect import (
        CannotTell,
        Effect,
        NotReleased,
        Panel,
        SinceAdoption,
        Warned,
    )
    from whatworks.rollout.natural_experiment.estimating import estimate
    from whatworks.rollout.natural_experiment.filing import as_study

_HOMES = {
    "CannotTell": "effect",
    "Effect": "effect",
    "NotReleased": "effect",
    "Panel": "effect",
    "SinceAdoption": "effect",
    "Warned": "effect",
    "as_study": "filing",
    "estimate": "estimating",
    "panel": "counted",
    "with_safety": "cautions",
}

__all__ = [
    "CannotTell",
    "Effect",
    "NotReleased",
    "Panel",
    "SinceAdoption",
    "Warned",
    "as_study",
    "estimate",
    "panel",
    "with_safety",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        home = import_module(f"whatworks.rollout.natural_experiment.{_HOMES[name]}")
        value = getattr(home, name)
        globals()[name] = value
        return value
    raise AttributeError(f"whatworks.rollout.natural_experiment has no public name {name!r}")
