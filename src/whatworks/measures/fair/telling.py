"""Notes that stand beside a comparison, in plain words: what was done, and what it cannot say."""

from __future__ import annotations

import polars as pl

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


NO_VARIATION = (
    "No limits: every council has the same figure, none at all or all there are, so chance moves "
    "nothing and none can stand out."
)
FAR_MORE = 4.0
"""From this factor on, councils lie at least twice as far apart as chance would put them."""


def without_variation(figures: pl.Series, *, whole: float | None) -> bool:
    """Whether several councils all have none, or all, of what is counted. ``whole``: the figure
    that means all; None where there is no such."""
    known = figures.drop_nulls()
    return len(known) > 1 and known.n_unique() == 1 and known[0] in (0.0, whole)


def widened(found: Overdispersion, *, alone: str, used: str) -> str:
    """That councils differ by more than chance, how far, and how their limits were widened."""
    times = float(found.factor or 1.0) ** 0.5
    far = "by far more than" if (found.factor or 1.0) >= FAR_MORE else "by somewhat more than"
    return (
        f"Councils differ in this figure {far} chance: a usual council lies {times:.1f} times as "
        "far from the average as chance alone would put it. Limits of chance alone would mark "
        "many councils that are not unusual, so they were widened by the usual difference between "
        f"councils. For a council of middling size chance alone would allow {alone}; the range "
        f"used here is {used}. To lie inside so wide a range does not mean to be like the others."
    )


def span(low: float, high: float, unit: str) -> str:
    """Two limits as written: '12.1% to 15.0%'."""
    return f"{low:,.1f}{unit} to {high:,.1f}{unit}"


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
