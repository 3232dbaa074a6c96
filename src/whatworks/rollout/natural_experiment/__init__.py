"""The effect of a practice, from councils that adopted it at different dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

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

__getattr__ = lazily.public(__name__, _HOMES)
