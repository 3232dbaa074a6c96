"""How settled children are: long-term stability, moves early in care, placements in a year."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import Measure, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.of_care import (
    BEGINNING_NOT_SEEN,
    ON_31_MARCH,
    WHO,
    mirror,
    one,
    seen_to_begin,
    unpublished,
)
from whatworks.tables import col, when

UNDER = 16
"""Age under which the published indicator of long-term stability counts a child."""

_FEWER = "Fewer is usually taken as better; but a move can be the right thing for a child."
_SAME_CARER = (
    "A placement that changed while the carer did not (RNE T or U) goes on, as when a foster "
    "placement is confirmed as long-term. Temporary stays (T0 to T4) do not interrupt it."
)
_STARTED: dict[str, Any] = {
    "view": "started_the_year_before",
    "denominator_words": "Periods of care that began in the year before the one reported, with a "
    "start (RNE S) or after a gap. A child who started twice counts twice.",
    "clock": "Starts from 1 April to 31 March of the year before, each followed for 12 months, "
    "which is complete by the end of the reported year.",
    "breakdowns": WHO,
    "pillar": "practice and systems",
    "years_before": 1,
}


def long_in_care() -> Any:
    """Under 16 and looked after without a break for two and a half years."""
    return col("LONG_TERM") & (col("AGE") < UNDER)


register(
    Measure(
        name="long_term_stability",
        topic="living_in_care",
        title="Children long in care who have lived in one placement for two years",
        text="Of the children under 16 who on 31 March had been looked after without a break for "
        "at least two and a half years, how many had lived in the same placement for at least "
        "two, or were placed for adoption and had lived there and in the placement before for at "
        "least two together.",
        numerator=lambda: long_in_care() & col("SETTLED"),
        numerator_words="Those who had lived with the same carer for at least 24 months; for a "
        "child placed for adoption the placement before is added.",
        denominator=long_in_care,
        did="had lived in the same placement for at least two years",
        years_before=2,
        mirrors=(
            mirror(
                "long_term_stability",
                "Percentage of children under 16, looked after for two and a half years or more, "
                "in the same placement for two years or more",
            ),
        ),
        pairs_with=("three_or_more_placements", "looked_after_at_31_march"),
        direction="higher",
        direction_words="More is usually taken as better, and so the Department marks it; but "
        "a child may rightly leave a placement that fails, or go home after years.",
        caveats=(
            sources.SHORT_BREAKS,
            _SAME_CARER,
            "Without the returns of the two years before it could not be told how long a child "
            "had been there, and there is no figure.",
            "A child whose date of birth is not known is in neither number.",
        ),
        confidence="partly confirmed",
        unconfirmed=(
            "That a change of placement with the same carer does not end the placement.",
            "That months are counted to the same day of the month.",
        ),
        sources=(sources.LAIT, sources.CODES),
        **{
            **ON_31_MARCH,
            "denominator_words": "Children looked after on 31 March, aged under 16, whose period "
            "of care had lasted for 30 months or more.",
            "whole": "children under 16 who had been looked after for two and a half years",
            "breakdowns": WHO,
        },
    )
)
register(
    Measure(
        name="placements_in_the_year",
        topic="living_in_care",
        title="Average number of placements in the year",
        text="In how many placements the children looked after on 31 March had lived during the "
        "year, on average.",
        numerator=lambda: col("PLACEMENTS_IN_YEAR"),
        numerator_words="All their placements of a day or longer that were open at some time in "
        "the year, in whichever period of care, added up.",
        denominator=one,
        whole="placements in the year",
        did="was the average of the children looked after on 31 March",
        mirrors=(unpublished("No average is published for councils"),),
        pairs_with=("three_or_more_placements", "long_term_stability"),
        direction="lower",
        direction_words=_FEWER,
        caveats=(
            sources.SHORT_BREAKS,
            "What counts as a placement is as in three or more placements in the year.",
            "Children who had only temporary stays in the year have none.",
        ),
        confidence="partly confirmed",
        unconfirmed=("What the published count of placements does with same-carer changes.",),
        sources=(sources.LAIT, sources.CODES),
        **{
            **{k: v for k, v in ON_31_MARCH.items() if k not in {"kind", "whole"}},
            "kind": "ratio",
            "spread": "members",
            "counted_in": "placements",
        },
    )
)
register(
    Measure(
        name="moved_within_3_months",
        topic="living_in_care",
        title="Children moved within three months of coming into care",
        text="Of the times that children started to be looked after in the year before, how many "
        "were followed by a move to another home within three months.",
        kind="percentage",
        numerator=lambda: col("MOVED_WITHIN_3_MONTHS") & col("START_SEEN"),
        numerator_words="Those after which another home began no later than three months on, in "
        "the same period of care.",
        denominator=seen_to_begin,
        whole="starts in the year before",
        did="were followed by a move within three months",
        left_out=(BEGINNING_NOT_SEEN,),
        mirrors=(unpublished("Published neither for England nor for councils"),),
        pairs_with=("first_home_days", "three_or_more_placements"),
        direction="lower",
        direction_words=_FEWER,
        caveats=(
            sources.SHORT_BREAKS,
            _SAME_CARER,
            "A child who left care before three months were over may not have had time to move, "
            "and is among all starts.",
        ),
        confidence="confirmed",
        unconfirmed=("No official definition exists to compare this one with.",),
        sources=(sources.CODES,),
        **_STARTED,
    )
)
register(
    Measure(
        name="first_home_days",
        topic="living_in_care",
        title="Days of the first year in care spent in the first home",
        text="Of children who started to be looked after in the year before and stayed in care for "
        "twelve months, how many of the days of those twelve months they lived in their first "
        "home, on average.",
        kind="ratio",
        spread="members",
        counted_in="days",
        numerator=lambda: when(_a_year_seen()).then(col("FIRST_HOME_DAYS")),
        numerator_words="The days from the start until another home began, at most to the end of "
        "the twelve months, added up.",
        denominator=lambda: when(_a_year_seen()).then(one()),
        whole="days of the first year in care",
        did="were spent in the first home on average",
        left_out=(BEGINNING_NOT_SEEN,),
        mirrors=(unpublished("Published neither for England nor for councils"),),
        pairs_with=("moved_within_3_months", "three_or_more_placements"),
        caveats=(
            sources.SHORT_BREAKS,
            _SAME_CARER,
            "Only children who stayed in care for the whole twelve months count, so that leaving "
            "care early does not look like a move.",
            "A first home may be meant for some weeks only: a long time there is not good by "
            "itself.",
        ),
        confidence="confirmed",
        unconfirmed=("No official definition exists to compare this one with.",),
        sources=(sources.CODES,),
        **{
            **_STARTED,
            "denominator_words": "Periods of care that began in the year before, with a start "
            "that was seen, and had not ended twelve months on.",
        },
    )
)


def _a_year_seen() -> Any:
    return col("A_YEAR_IN_CARE") & col("START_SEEN")
