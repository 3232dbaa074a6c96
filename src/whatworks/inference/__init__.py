"""Statistical inference shared by every station: here, intervals for proportions and rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

if TYPE_CHECKING:
    from whatworks.inference import intervals
    from whatworks.inference.intervals import Intervals, poisson_rate, proportion

_HOMES = {
    "Intervals": "intervals",
    "poisson_rate": "intervals",
    "proportion": "intervals",
}

__all__ = ["Intervals", "intervals", "poisson_rate", "proportion"]

__getattr__ = lazily.public(__name__, _HOMES)
