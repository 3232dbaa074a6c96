"""What is known of a practice on the day of a decision: written down once, and kept as it stood."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Any

from whatworks.rollout import Practice
from whatworks.rollout.natural_experiment.effect import Effect
from whatworks.service.decisions.figures import known_measure
from whatworks.service.rollout import wording
from whatworks.service.rollout.queries import effects
from whatworks.service.rollout.rated import rated


def as_known(practice: Practice, today: date) -> dict[str, Any]:
    """The rating of a practice and its effect in councils' returns, as plain values for keeping."""
    rating = rated(practice).rating
    return {
        "as_of": today.isoformat(),
        "verdict": str(rating.verdict),
        "sentence": rating.sentence,
        "sure": str(rating.sure),
        "sure_why": list(rating.sure_why),
        "harms": [one.sentence for one in rating.harms],
        "rule_version": str(rating.rule_version),
        "invented": practice.invented,
        "effects": [_effect(one, practice) for one in effects(practice.id)],
    }


def _effect(effect: Effect, practice: Practice) -> dict[str, Any]:
    numbers = {
        name: _number(getattr(effect, name))
        for name in (
            "multiplier",
            "low",
            "high",
            "difference",
            "difference_low",
            "difference_high",
            "observed",
            "predicted",
            "p",
            "level",
        )
    }
    measure = known_measure(effect.measure)
    return {
        **numbers,
        "measure": effect.measure,
        "title": measure.title if measure else effect.measure,
        "share": effect.share,
        "safety": effect.measure in practice.safety and effect.measure not in practice.outcomes,
        "words": f"{wording.natural(effect)} {wording.change(effect).capitalize()}.",
        "n_adopters": effect.n_adopters,
        "n_councils": effect.n_councils,
        "years": list(effect.years),
        "warnings": [one.text for one in effect.warnings if one.grave],
    }


def _number(value: float) -> float | None:
    """None for what JSON has no word for: no bound, or not known."""
    return float(value) if isfinite(value) else None
