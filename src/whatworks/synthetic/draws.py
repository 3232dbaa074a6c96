"""Seeded chance: who gets which random numbers, and the few shapes that are drawn from.

Everything hangs on one whole number. ``numpy.random.SeedSequence`` turns the seed, a council's
code and a purpose into a stream of that council's own, and that stream into one number for each
child. A child's whole life is drawn from its number, so that a council comes out the same
whichever councils and years are asked for, in whatever order and in however many processes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import exp, log
from random import Random
from statistics import NormalDist
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")
_normal = NormalDist().inv_cdf
_MASK = (1 << 64) - 1


def sequence(seed: int, *key: int) -> np.random.SeedSequence:
    """The stream that belongs to a seed and a key such as (council code, purpose, year)."""
    return np.random.SeedSequence(entropy=seed, spawn_key=key)


def child_seeds(stream: np.random.SeedSequence, n: int) -> list[int]:
    """One 64-bit number for each of n children; the first k are the same whatever n is."""
    return [int(x) for x in stream.generate_state(n, np.uint64)] if n else []


def normal(u: float) -> float:
    """The standard normal number below which a share u of [0, 1) lies."""
    return _normal(u or 0.5)


class Pick(Generic[T]):
    """A choice among values with weights."""

    __slots__ = ("cumulative", "values")

    def __init__(self, *choices: tuple[T, float]) -> None:
        total = sum(weight for _, weight in choices)
        self.values = tuple(value for value, _ in choices)
        self.cumulative = [c / total for c in accumulate(weight for _, weight in choices)]
        self.cumulative[-1] = 1.0

    def at(self, u: float) -> T:
        """The value at a point u of [0, 1)."""
        return self.values[bisect_right(self.cumulative, u)]


class _Numbers(Random):
    """``Random`` for whole-number seeds, without the detour that any other seed needs.

    It is made for every child and purpose; this halves the time that takes.
    """

    def __init__(self, seed: int) -> None:
        super(Random, self).__init__(seed)


class Draws:
    """One child's (or one purpose's) own random numbers.

    Only ``random.Random.random`` is used, whose numbers Python promises not to change for a
    seed; other shapes are made from it here.
    """

    __slots__ = ("_seed", "u")

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.u = _Numbers(seed).random

    @property
    def seed(self) -> int:
        """The number from which these were made."""
        return self._seed

    def fork(self, tag: int) -> Draws:
        """Numbers of their own for one part of a life, whether or not other parts are drawn."""
        return forked(self._seed, tag)

    def chance(self, p: float) -> bool:
        """True with probability p."""
        return self.u() < p

    def pick(self, among: Pick[T]) -> T:
        """One value of a weighted choice."""
        return among.values[bisect_right(among.cumulative, self.u())]

    def one_of(self, values: Sequence[T]) -> T:
        """One of these, each as likely."""
        return values[int(self.u() * len(values))]

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.u() * (high - low + 1))

    def exponential(self, mean: float) -> float:
        """A waiting time without memory."""
        return -mean * log(1.0 - self.u())

    def lognormal(self, median: float, spread: float) -> float:
        """A skewed waiting time; ``spread`` is the standard deviation of its logarithm."""
        return median * exp(spread * self.normal())

    def normal(self) -> float:
        """A standard normal number."""
        return normal(self.u())

    def weibull(self, scale: float, shape: float) -> float:
        """A waiting time whose hazard falls (shape < 1) or rises (shape > 1)."""
        return float(scale * (-log(1.0 - self.u())) ** (1.0 / shape))


def _mixed(seed: int, tag: int) -> int:
    return ((seed * 0x9E3779B97F4A7C15) ^ (tag * 0xBF58476D1CE4E5B9)) & _MASK


def forked(seed: int, tag: int) -> Draws:
    """The same as ``Draws(seed).fork(tag)``, without making the first."""
    return Draws(_mixed(seed, tag))


def single(seed: int, tag: int) -> float:
    """One number of [0, 1) for a purpose that needs no more: many times quicker than ``Draws``.

    The finaliser of SplitMix64 (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195).
    """
    z = (_mixed(seed, tag) + 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((z ^ (z >> 31)) >> 11) * 2.0**-53
