"""Sharing a change out among the things that changed, without favouring the order they come in.

Source: Shapley, L. S. (1953). A value for n-person games. In Contributions to the Theory of Games
II, 307-317. Princeton University Press. Used so for changes by Shorrocks, A. F. (2013).
Decomposition procedures for distributional analysis. Journal of Economic Inequality 11, 99-126.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial
from typing import Any, TypeVar

Value = TypeVar("Value")
MOST = 12
"""More things than this would need more than 4,096 values."""


def shares_of_change(
    names: Sequence[str], value: Callable[[frozenset[str]], Value]
) -> dict[str, Value]:
    """Each name's part of ``value(all) - value(none)``; the parts add up to it.

    ``value(changed)`` is what comes out where only the things in ``changed`` have changed: a
    number or an array (then element by element). A part is the mean, over all orders in which
    things may change one after another, of what changing that thing adds. Raises ValueError for a
    name given twice or more than ``MOST`` names.
    """
    if len(set(names)) != len(names) or len(names) > MOST:
        raise ValueError(f"A change is shared among at most {MOST} things, each named once.")
    n = len(names)
    known: dict[frozenset[str], Any] = {
        chosen: value(chosen)
        for size in range(n + 1)
        for chosen in map(frozenset, combinations(names, size))
    }
    parts: dict[str, Any] = {}
    for name in names:
        part: Any = 0.0
        others = [other for other in names if other != name]
        for size in range(n):
            weight = factorial(size) * factorial(n - 1 - size) / factorial(n)
            for chosen in map(frozenset, combinations(others, size)):
                part = part + weight * (known[chosen | {name}] - known[chosen])
        parts[name] = part
    return parts
