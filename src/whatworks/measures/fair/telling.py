"""Notes that stand beside a comparison, in plain words: what was done, and what it cannot say."""

from __future__ import annotations

from whatworks.inference.funnel import Funnel
from whatworks.inference.overdispersion import Overdispersion

RULE = (
    "A council is marked only where it lies outside limits that hold 998 of every 1,000 councils "
    "by chance, and still stands out once it is taken into account how many were looked at."
)
NO_RANK = (
    "Ranks are given only as a range: with 95% confidence, the ranges of all councils together "
    "hold their true ranks."
)


def by_chance(found: Funnel) -> str:
    """How many would lie outside their limits by chance alone."""
    return (
        f"Of {found.judged} councils judged, {_about(found.outside_95)} would lie outside the 95% "
        f"limits by chance alone, and {_about(found.outside_998)} outside the 99.8% limits."
    )


def _about(number: float) -> str:
    return f"about {number:.1f}" if number >= 0.05 else "fewer than 0.1"


def spread(found: Overdispersion) -> str:
    """Whether councils differ by more than chance, and what was done about it."""
    if found.reason is not None:
        return f"{found.reason} The limits are those of chance alone."
    if not found.present:
        return "Councils do not differ by more than chance would make them."
    return (
        f"Councils differ by more than chance alone (their spread is {found.factor:.1f} times what "
        "chance gives). The limits are widened by the usual difference between councils, so a mark "
        "means unusual among councils, not merely different from the average."
    )
