"""Effects as plain values that a database keeps, and back again without loss."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from math import inf, isfinite, isnan, nan
from typing import Any

from whatworks.rollout.natural_experiment.effect import Effect, SinceAdoption, Warned
from whatworks.rollout.natural_experiment.lagging import lag_of

WORDS = {"infinity": inf, "-infinity": -inf, "not a number": nan}
"""Numbers that JSON has no way to write."""


def as_values(effect: Effect) -> dict[str, Any]:
    """The effect as values that JSON can hold: dates and endless numbers as text."""
    told = {name: _plain(value) for name, value in asdict(effect).items()}
    told["adopted"] = {code: day.isoformat() for code, day in sorted(effect.adopted.items())}
    return told


def from_values(told: Mapping[str, Any]) -> Effect:
    """The effect that ``as_values`` wrote down."""
    given = {field.name: told[field.name] for field in fields(Effect) if field.name in told}
    given = {name: _number(value) for name, value in given.items()}
    given["since"] = tuple(_since(one) for one in told["since"])
    if told.get("starting") is not None:
        given["starting"] = _since(told["starting"])
    given["warnings"] = tuple(Warned(**one) for one in told["warnings"])
    given["adopted"] = {code: date.fromisoformat(day) for code, day in told["adopted"].items()}
    for name in ("left_out", "submissions", "years"):
        given[name] = tuple(told[name])
    # What was kept before lags were was of its measure's own.
    given.setdefault("lag", lag_of(str(told["measure"])))
    return Effect(**given)


def _since(told: Mapping[str, Any]) -> SinceAdoption:
    return SinceAdoption(**{name: _number(value) for name, value in told.items()})


def digest_of(told: Mapping[str, Any]) -> str:
    """A digest that is the same for the same effect."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, float):
        return _inside(value)
    if isnan(value):
        return "not a number"
    return value if isfinite(value) else ("infinity" if value > 0 else "-infinity")


def _inside(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def _number(value: Any) -> Any:
    return WORDS.get(value, value) if isinstance(value, str) else value
