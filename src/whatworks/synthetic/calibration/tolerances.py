"""How far a produced figure may lie from the published one.

A count that comes about by chance scatters by about its square root, so no generator can be held
to less: 2.5 times that (about 1 figure in 80 lies further out by chance alone) is allowed even
where it is more than the target's own share.
"""

from __future__ import annotations

from math import sqrt

COUNCIL = 0.10
"""Of a council's published number."""
ENGLAND = 0.02
"""Of England's published number."""
SHARE = 0.05
"""Of a published share of the whole."""
SPREAD = 2.5
"""Standard deviations of chance that are allowed in any case."""
WITHIN = 0.95
"""Share of council-years that must lie within what is allowed."""
MEAN_ERROR = 0.01
"""Greatest mean error, with its sign, over council-years."""


def chance(n: float) -> float:
    """Allowed share of a number that comes about by chance: 2.5 / sqrt(n). 1 or more below 7."""
    return SPREAD / sqrt(n) if n > 0 else float("inf")


def of_council(n: float) -> float:
    """Allowed difference from a council's published number: the larger of a tenth and chance."""
    return max(COUNCIL, chance(n)) * n if n > 0 else 0.0


def of_england(n: float) -> float:
    """Allowed difference from England's published number."""
    return ENGLAND * n


def of_share(share: float, n: float | None, rounding: float = 0.0) -> float:
    """Allowed difference from a published share, in its own unit.

    The largest of 5% of the share, of what chance does to the ``n`` children that it is of (None
    where that number is not published), and of half the step to which the share was rounded.
    """
    by_chance = chance(n) * share if n else 0.0
    return max(SHARE * share, by_chance, rounding / 2)
