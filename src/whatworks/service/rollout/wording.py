"""Effects in plain words: numbers of children first, intervals always, nothing overstated."""

from __future__ import annotations

from math import isfinite

from whatworks import measures
from whatworks.rollout.natural_experiment.effect import Effect, SinceAdoption

OFTEN = 0.2
"""A p above which chance alone would give as much often."""

TITLES = {
    "started_rate": "Children who start to be looked after",
    "started_to_be_looked_after": "Children who start to be looked after",
    "reentered_within_12_months": "Children who come back into care within 12 months of going home",
    "re_referrals_within_12_months": "Children referred again within 12 months",
    "repeat_protection_plans": "Second or later child protection plans",
    "three_or_more_placements": "Children who live in three or more placements in a year",
    "returned_home": "Children who return home from care",
}


def title(measure: str) -> str:
    """What a measure is called here."""
    if measure in TITLES:
        return TITLES[measure]
    known = measures.names()
    return measures.get(measure).title if measure in known else measure.replace("_", " ")


def per(effect: Effect) -> tuple[int, str]:
    """How many are spoken of: of every 10,000 children, or of every 100 of those at risk."""
    return (100, _whole(effect.measure)) if effect.share else (10_000, "children")


def _whole(measure: str) -> str:
    return measures.get(measure).whole if measure in measures.names() else "children"


def _did(measure: str) -> str:
    return measures.get(measure).did if measure in measures.names() else title(measure).lower()


def natural(effect: Effect) -> str:
    """Both numbers: with the practice, and what was expected without."""
    base, whole = per(effect)
    with_, without = (_count(rate * base / 1000) for rate in (effect.observed, effect.predicted))
    if with_ == without and effect.observed != effect.predicted:
        with_, without = (
            f"{rate * base / 1000:.1f}" for rate in (effect.observed, effect.predicted)
        )
    return (
        f"Of every {base:,} {whole} in councils that use it, {with_} {_did(effect.measure)}. "
        f"Without it {without} would have been expected."
    )


def change(effect: Effect) -> str:
    """The change in per cent with its interval: '32% fewer, likely between 45% and 15% fewer'."""
    return f"{more_or_fewer(effect.multiplier)}, {interval(effect)}"


def interval(effect: Effect) -> str:
    """The interval in words."""
    low, high = effect.low, effect.high
    if not isfinite(high) and low <= 0:
        return "and it cannot be said within what bounds: too few councils adopted it"
    if not isfinite(high):
        return f"likely no better than {more_or_fewer(low)}; how much worse cannot be said"
    if low <= 0:
        return f"likely no worse than {more_or_fewer(high)}; how much better cannot be said"
    return f"likely between {more_or_fewer(low)} and {more_or_fewer(high)}"


def more_or_fewer(multiplier: float) -> str:
    """A ratio in words: 0.68 is '32% fewer'."""
    if not isfinite(multiplier):
        return "not known"
    change = round((multiplier - 1) * 100)
    if change == 0:
        return "no change"
    return f"{abs(change)}% {'more' if change > 0 else 'fewer'}"


def chance(effect: Effect) -> str:
    """What the p-value says, without the name."""
    among = 1000 if effect.p < 0.01 else 100
    of = max(1, round(effect.p * among)) if effect.p > 0 else 0
    told = "fewer than 1" if effect.p * among < 1 else f"about {of}"
    said = (
        f"If it did nothing, and the dates on which councils began had been drawn by lot, a "
        f"difference as large as this would come up by chance in {told} of {among:,} draws."
    )
    if effect.p > OFTEN:
        return f"{said} That is often: chance alone could be all there is."
    if effect.p > 1 - effect.level:
        return f"{said} So chance alone cannot be ruled out."
    return said


def conclusion(effect: Effect) -> str:
    """One careful sentence: whether the interval leaves open that nothing changed."""
    if effect.high < 1:
        return "So there were fewer of them than would have been expected without it."
    if effect.low > 1:
        return "So there were more of them than would have been expected without it."
    return "It cannot be told from these councils whether it made more or fewer of them."


def since(one: SinceAdoption) -> str:
    """Which year since adoption: 'first full year'."""
    if one.year <= 0:
        return "As it began, before the first full year"
    names = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")
    return f"{names[one.year - 1] if one.year <= len(names) else f'{one.year}th'} full year"


def safety(effect: Effect) -> str:
    """What became of a safety measure, without praise and without comfort that is not earned."""
    said = change(effect)
    if effect.low > 1:
        return f"{said}. It got worse."
    if effect.high < 1:
        return f"{said}. It did not get worse."
    return f"{said}. It cannot be ruled out that it got worse."


def _count(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 or value == 0 else f"{value:.1f}"
