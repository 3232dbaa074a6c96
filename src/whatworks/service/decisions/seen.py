"""What is known of a practice on the day of a decision: written down once, and kept as it stood."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Any

from whatworks import measures
from whatworks.rollout import Practice
from whatworks.rollout.natural_experiment.effect import Effect
from whatworks.service.decisions.figures import known_measure


def as_known(practice: Practice, today: date) -> dict[str, Any]:
    """The rating of a practice and its effect in councils' returns, as plain values for keeping."""
    from whatworks.service.rollout.queries import effects
    from whatworks.service.rollout.rated import rated

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
        for name in ("multiplier", "low", "high", "difference", "difference_low",
                     "difference_high", "observed", "predicted", "p", "level")
    }  # fmt: skip
    measure = known_measure(effect.measure)
    return {
        **numbers,
        "measure": effect.measure,
        "title": measure.title if measure else effect.measure,
        "share": effect.share,
        "safety": effect.measure in practice.safety and effect.measure not in practice.outcomes,
        "words": effect_words(effect),
        "n_adopters": effect.n_adopters,
        "n_councils": effect.n_councils,
        "years": list(effect.years),
        "warnings": [one.text for one in effect.warnings if one.grave],
    }


def effect_words(effect: Effect) -> str:
    """'Where it is used: 19.6 of every 10,000 children. To be expected without it: 25.1 ...'."""
    per, scale = (100, 0.1) if effect.share else (10_000, 10.0)
    observed, predicted = effect.observed * scale, effect.predicted * scale
    if effect.share:
        ends = [predicted + one * per for one in (effect.difference_low, effect.difference_high)]
    else:
        ends = [predicted * one for one in (effect.low, effect.high)]
    whole = measures.get(effect.measure).whole if known_measure(effect.measure) else "children"
    return (
        f"Where it is used: {observed:.1f} of every {per:,} {whole}. To be expected without it: "
        f"{predicted:.1f}. {_between(*ends, per)}"
    )


def _between(low: float, high: float, per: int) -> str:
    """What the interval says, its ends never beyond what there can be."""
    if not (isfinite(low) and isfinite(high)):
        return "Too few councils use it for any bounds: it could be far less or far more."
    low, high = max(0.0, low), min(float(per), high)
    return f"Anything from {low:.1f} to {high:.1f} would fit what was seen."


def _number(value: float) -> float | None:
    """None for what JSON has no word for: no bound, or not known."""
    return float(value) if isfinite(value) else None
