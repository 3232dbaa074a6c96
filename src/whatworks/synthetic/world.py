"""What the lives of one council have in common: its size, its chances, its providers."""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.synthetic.conditions import Conditions
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.providers import Providers, providers
from whatworks.synthetic.setting import Setting
from whatworks.synthetic.steering import Steering, steering

PROVIDERS, COHORT, ERRORS, NEED, EFFECTS = 1, 2, 3, 4, 5
"""Purposes of a council's streams of chance; a new purpose takes a new number."""

_REENTRY_SPREAD = 0.15
"""Between councils: standard deviation of the log hazard of re-entry (set by hand)."""


@dataclass(frozen=True)
class World:
    """One council as its children meet it. ``reentry`` multiplies its hazard of re-entry."""

    setting: Setting
    seed: int
    conditions: Conditions
    homes: Providers
    steering: Steering
    reentry: float = 1.0

    @property
    def code(self) -> int:
        """The council's three-digit code as a number."""
        return int(self.setting.code)


def world(setting: Setting, seed: int, conditions: Conditions) -> World:
    """Set up one council's chances."""
    code = int(setting.code)
    one = child_seeds(sequence(seed, code, PROVIDERS), 1)[0]
    size = sum(setting.looked_after.values()) / len(setting.looked_after)
    own = Draws(child_seeds(sequence(seed, code, EFFECTS), 1)[0])
    return World(
        setting=setting,
        seed=seed,
        conditions=conditions,
        homes=providers(Draws(one), size),
        steering=steering(setting.code, _unscaled(setting)),
        reentry=own.lognormal(1.0, _REENTRY_SPREAD),
    )


def _unscaled(setting: Setting) -> dict[int, float]:
    """Children looked after as published: entries are multiplied by the scale when drawn."""
    return {year: n / setting.scale for year, n in setting.looked_after.items()}
