"""What measures of care have in common: the words for whom they count and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whatworks.journeys.childhood import turns_18_within
from whatworks.measures.definition import LeftOut, Mirror
from whatworks.measures.definitions import sources
from whatworks.tables import col, lit


def turns_18_in_two_years() -> Any:
    """Aged 16 or over on the day: 18 before twenty-four months have passed."""
    return turns_18_within(2, col("AGE"))


WHO = ("age_group", "sex", "ethnicity", "uasc", "legal_status", "placement")
"""The breakdowns that every view of care can give."""

SAFETY = (
    "reentered_within_12_months",
    "re_referrals_within_12_months",
    "repeat_protection_plans",
    "section_47_rate",
)
"""What tells whether fewer children in care, and more at home, are as safe as before."""

TAKEN_AS_KNOWN = "No breakdown is offered: the population by the same groups is not held."
POPULATION_WORDS = (
    "Children aged 0 to 17 living in the area, by the official estimate for the middle of the "
    "calendar year before (the rate for 2025 uses mid-2024)."
)
RATE_DIFFERENCES = (
    sources.RETURNS,
    "The published rate is rounded to a whole number, and rates of earlier years may rest on "
    "population estimates that have since been revised.",
)

ON_31_MARCH: dict[str, Any] = {
    "kind": "percentage",
    "view": "looked_after_at_31_march",
    "denominator_words": "Children looked after on 31 March.",
    "clock": "The last day of the collection year, 31 March: begun by then, and ending on a later "
    "day.",
    "whole": "children looked after on 31 March",
    "breakdowns": (*WHO, "category_of_need"),
    "pillar": "practice and systems",
}
STARTED: dict[str, Any] = {
    "kind": "percentage",
    "view": "started",
    "denominator_words": "Children with a period of care that began in the year, with a start "
    "(RNE S) or after a gap.",
    "clock": "Periods of care beginning from 1 April to 31 March; each child once, as on the day "
    "the first of them began.",
    "whole": "children who started to be looked after",
    "breakdowns": (*WHO, "category_of_need"),
    "pillar": "practice and systems",
}
CEASED: dict[str, Any] = {
    "kind": "percentage",
    "view": "ceased",
    "denominator_words": "Children who ceased to be looked after in the year.",
    "clock": "Periods of care ending from 1 April to 31 March; for each child the last of them.",
    "whole": "children who ceased to be looked after",
    "breakdowns": WHO,
    "pillar": "practice and systems",
}


def seen_to_begin() -> Any:
    """The returns loaded show how the period began."""
    return col("START_SEEN")


def not_seen_to_begin() -> Any:
    """The first episode in the returns loaded is no start: what came before is not known."""
    return ~col("START_SEEN")


BEGINNING_NOT_SEEN = LeftOut(
    "beginning_not_seen",
    "Children whose first episode in the returns loaded is not a start: they were in care before, "
    "or their return lacks an episode.",
    not_seen_to_begin,
)


def one() -> Any:
    """One for each row that counts."""
    return lit(1.0)


def holds(column: str, *codes: str) -> Callable[[], Any]:
    """Whether the column holds one of these codes."""
    return lambda: col(column).is_in(codes)


def mirror(series: str, title: str, *differences: str, source: str = sources.LAIT) -> Mirror:
    """A published series, which rests on returns as amended up to its own date."""
    return Mirror(series, title, (sources.RETURNS, *differences), source)


def unpublished(title: str, *differences: str) -> Mirror:
    """That no figure for councils is published."""
    said = differences or ("There is nothing to set this figure beside.",)
    return Mirror(None, title, said, sources.CODES)
