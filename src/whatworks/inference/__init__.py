"""Statistical inference shared by every station: here, intervals for proportions and rates."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.inference import intervals
    from whatworks.inference.intervals import Intervals, poisson_rate, proportion

_HOMES = {
    "Intervals": "intervals",
    "poisson_rate": "intervals",
    "proportion": "intervals",
}

__all__ = ["Intervals", "intervals", "poisson_rate", "proportion"]


def __getattr__(name: str) -> Any:
    if name == "intervals":
        return import_module("whatworks.inference.intervals")
    if name in _HOMES:
        value = getattr(import_module(f"whatworks.inference.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"whatworks.inference has no public name {name!r}")
