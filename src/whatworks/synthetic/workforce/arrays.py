"""Chance drawn for many people at once, and few words for what is done with it.

Only uniform numbers are taken from NumPy's generator; every other shape is made from them here,
so that a seed means the same in all its versions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from whatworks.synthetic.draws import Pick, sequence

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Chance:
    """A stream of chance of one council, purpose and year."""

    def __init__(self, seed: int, *key: int) -> None:
        self._random = np.random.Generator(np.random.PCG64(sequence(seed, *key))).random

    def one(self) -> float:
        """One number of [0, 1)."""
        return float(self._random())

    def u(self, n: int) -> Floats:
        """Numbers of [0, 1)."""
        return self._random(n)

    def exponential(self, n: int, mean: float) -> Floats:
        """Waiting times without memory."""
        return -mean * np.log1p(-self._random(n))

    def logistic(self, n: int) -> Floats:
        """Numbers about 0, of a spread near a standard normal's."""
        u = np.clip(self._random(n), 1e-9, 1 - 1e-9)
        return np.log(u / (1 - u)) / 1.7

    def pick(self, among: Pick[Any], n: int) -> list[Any]:
        """Values of a weighted choice."""
        return [among.at(u) for u in self._random(n).tolist()]


def up_to(sizes: Floats, total: float, u: float) -> int:
    """How many of these, in their order, make up a total; the last is rounded by chance."""
    if total <= 0 or not len(sizes):
        return 0
    reached = np.cumsum(sizes)
    n = int(np.searchsorted(reached, total, side="right"))
    if n >= len(sizes):
        return len(sizes)
    before = float(reached[n - 1]) if n else 0.0
    return n + int(u < (total - before) / float(sizes[n]))


def chosen(chances: Floats, order: Ints, u: float) -> Flags:
    """A systematic sample: each is chosen with its own chance, their number has next to no noise.

    ``order``: who stands beside whom. Neighbours are rarely chosen together, so that an order by
    size keeps the total size near what is expected, too.
    """
    steps = np.floor(np.cumsum(chances[order]) + u)
    found = np.zeros(len(chances), dtype=bool)
    found[order] = np.diff(steps, prepend=0.0) > 0
    return found


def at_most_one(weights: Floats, sizes: Floats, total: float, most: float = 0.95) -> Floats:
    """Chances in proportion to weights, none above ``most``, with which a total is expected."""
    chances = np.zeros(len(weights))
    if total <= 0 or not len(weights):
        return chances
    free = weights > 0
    for _ in range(6):
        held = float((chances * sizes)[~free].sum())
        share = float((weights * sizes)[free].sum())
        if share <= 0:
            break
        factor = max(total - held, 0.0) / share
        chances[free] = weights[free] * factor
        over = free & (chances > most)
        if not over.any():
            break
        chances[over] = most
        free &= ~over
    return np.minimum(chances, most)
