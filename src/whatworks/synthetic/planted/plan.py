"""A plan: which practices are at work in synthetic England, where, since when, to what effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from whatworks import reference
from whatworks.synthetic.conditions import PROCESSES, USUAL, Conditions, Steps
from whatworks.synthetic.planted.adoption import Adopter, adopters
from whatworks.synthetic.planted.exposure import multiplier_steps, product, received
from whatworks.synthetic.planted.practice import Practice, chosen


@dataclass(frozen=True)
class Plan:
    """Everything planted under one seed, for all of England whatever is asked for.

    ``practices`` are those planted, in order of number.
    """

    seed: int
    practices: tuple[Practice, ...]

    @cached_property
    def adopters(self) -> Mapping[str, tuple[Adopter, ...]]:
        """Practice id -> its adopters, in order of code."""
        return {one.id: adopters(self.seed, one) for one in self.practices}

    def adopter(self, practice: str, code: str) -> Adopter | None:
        """A council's adoption of a practice, if it adopted it."""
        return next((one for one in self.adopters[practice] if one.code == code), None)

    def received(self, practice: Practice, code: str) -> Steps:
        """(first day, dose) of a practice that reaches a council from others."""
        return received(practice, self.adopters[practice.id], code)

    def effects(self, code: str) -> dict[str, dict[str, Steps]]:
        """Process -> practice id -> (first day, multiplier), of one council; only what acts."""
        found: dict[str, dict[str, Steps]] = {}
        for one in self.practices:
            reached = self.received(one, code)
            adopter = self.adopter(one.id, code)
            for effect in one.effects:
                steps = multiplier_steps(one, effect, adopter, reached, code)
                if product([steps]):
                    found.setdefault(effect.process, {})[one.id] = steps
        return found

    def conditions(self, code: str) -> Conditions:
        """The multipliers of one council's hazards; ``USUAL`` where nothing acts on it.

        Multipliers of several practices on one process are multiplied.

        Raises:
            reference.NotHeld: no council of England has or had this code.
        """
        reference.council(code)
        effects = self.effects(code)
        steps = {
            process: product(list(effects[process].values()))
            for process in PROCESSES
            if process in effects
        }
        steps = {process: one for process, one in steps.items() if one}
        return Conditions(steps) if steps else USUAL

    def as_dict(
        self,
        codes: Sequence[str],
        years: Sequence[int],
        *,
        expected: Mapping[str, Mapping[int, float]] | None = None,
    ) -> dict[str, Any]:
        """What is true of these councils and collection years, as plain values for truth.json.

        Args:
            codes: councils, by their three-digit codes.
            years: collection years (2026 ends on 31 March 2026).
            expected: council -> year -> children who would first enter care if nothing were
                planted; with it, the entries prevented are given.
        """
        from whatworks.synthetic.planted.truths import as_dict

        return as_dict(self, codes, years, expected)


def plan(seed: int, practices: str | Sequence[str] = "all") -> Plan:
    """Draw who adopts what and when.

    Args:
        seed: the seed of the synthetic England; 0 or more.
        practices: ``"all"``, ``"none"``, or a list of ids of ``planted.practices()``. A practice
            has the same adopters whichever others are asked for.

    Raises:
        ValueError: the seed is below 0, or there is no such practice.
    """
    if seed < 0:
        raise ValueError("A seed is a whole number, 0 or more.")
    which = practices if isinstance(practices, str) else list(practices)
    return Plan(seed, chosen(which))
