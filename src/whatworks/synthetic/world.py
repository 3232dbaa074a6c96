"""What the lives of one council have in common: its size, its chances, its providers."""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.synthetic.conditions import Conditions
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.intake import Intake, intake
from whatworks.synthetic.providers import Providers, providers
from whatworks.synthetic.setting import Setting

PROVIDERS, COHORT, ERRORS, NEED = 1, 2, 3, 4
"""Purposes of a council's streams of chance; a new purpose takes a new number."""


@dataclass(frozen=True)
class World:
    """One council as its children meet it."""

    setting: Setting
    seed: int
    conditions: Conditions
    homes: Providers
    intake: Intake

    @property
    def code(self) -> int:
        """The council's three-digit code as a number."""
        return int(self.setting.code)


def world(setting: Setting, seed: int, conditions: Conditions) -> World:
    """Set up one council's chances."""
    one = child_seeds(sequence(seed, int(setting.code), PROVIDERS), 1)[0]
    size = sum(setting.looked_after.values()) / len(setting.looked_after)
    return World(setting, seed, conditions, providers(Draws(one), size), intake(setting))
