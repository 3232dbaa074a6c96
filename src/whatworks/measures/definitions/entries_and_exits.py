"""Who started and who ceased to be looked after in the year."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.looked_after import everyone
from whatworks.measures.definitions.of_care import SAFETY
from whatworks.tables import col

_DAY = ("age_group", "sex", "ethnicity", "uasc", "legal_status", "placement")


def began_here() -> Any:
    """The period shows its own beginning: a start (RNE S), or a gap after an earlier period."""
    return col("START_SEEN")


def beginning_not_seen() -> Any:
    """The child's first episode in the returns loaded is not a start."""
    return ~col("START_SEEN")


_CLOCK = (
    "Periods of care beginning from 1 April to 31 March; age and placement as on the day the first "
    "of them began."
)
_BEGAN = (
    "Children with a period of care that began in the year, with a start (RNE S) or after a gap."
)
_PASSED_ON = "A child whose care passes from one council to another starts once in each."
_BEGINNING_NOT_SEEN = LeftOut(
    "beginning_not_seen",
    "Children whose first episode in the returns loaded lies in the year but is not a start: they "
    "were in care before, or their return lacks an episode.",
    beginning_not_seen,
)

register(
    Measure(
        name="started_to_be_looked_after",
        topic="coming_into_care",
        title="Children who started to be looked after",
        text="How many children started to be looked after by the council in the year. A child "
        "who started more than once in the year counts once, by the first time.",
        kind="count",
        view="started",
        numerator=began_here,
        numerator_words=_BEGAN,
        left_out=(_BEGINNING_NOT_SEEN,),
        denominator_words=None,
        clock=_CLOCK,
        whole="children",
        did="started to be looked after in the year",
        breakdowns=_DAY,
        mirrors=(
            Mirror(
                "started_to_be_looked_after",
                "Number of children who started to be looked after in the year",
                (sources.RETURNS,),
                sources.FOOTNOTES,
            ),
        ),
        pairs_with=("looked_after_at_31_march", *SAFETY),
        caveats=(sources.SHORT_BREAKS, _PASSED_ON),
        confidence="confirmed",
        pillar="practice and systems",
        sources=(sources.FOOTNOTES,),
    )
)

register(
    Measure(
        name="started_rate",
        topic="coming_into_care",
        title="Children who started to be looked after for every 10,000 children",
        text="How many children started to be looked after in the year for every 10,000 children "
        "aged under 18 who live in the area. A child who started more than once in the year "
        "counts once.",
        kind="rate",
        view="started",
        numerator=began_here,
        numerator_words=_BEGAN,
        left_out=(_BEGINNING_NOT_SEEN,),
        denominator_words="Children aged 0 to 17 living in the area, by the official estimate for "
        "the middle of the calendar year before (the rate for the year to 31 March 2025 uses "
        "mid-2024).",
        clock="Periods of care beginning from 1 April to 31 March.",
        whole="children in the area",
        did="started to be looked after in the year",
        mirrors=(
            Mirror(
                "started_rate",
                "Rate of children who started to be looked after in the year per 10,000 children "
                "aged under 18",
                (
                    sources.RETURNS,
                    "The published rate is rounded to a whole number, and rates of earlier years "
                    "may rest on population estimates that have since been revised.",
                ),
                sources.FOOTNOTES,
            ),
        ),
        pairs_with=("started_to_be_looked_after", *SAFETY),
        caveats=(
            sources.SHORT_BREAKS,
            _PASSED_ON,
            "Fewer starts are good only if fewer children need care: a council that turns families "
            "away has fewer too. Read the rate with how many referrals came again.",
            "Children may start who did not live in the area before, such as unaccompanied "
            "asylum-seeking children.",
            "No breakdown is offered: the population by the same groups is not held.",
        ),
        confidence="confirmed",
        pillar="practice and systems",
        sources=(sources.FOOTNOTES, sources.LAIT),
    )
)

register(
    Measure(
        name="ceased_to_be_looked_after",
        topic="living_in_care",
        title="Children who ceased to be looked after",
        text="How many children ceased to be looked after by the council in the year. A child "
        "who ceased more than once in the year counts once, by the last time.",
        kind="count",
        view="ceased",
        numerator=everyone,
        numerator_words="Children with a period of care that ended in the year, whatever came "
        "afterwards.",
        denominator_words=None,
        clock="Periods of care ending from 1 April to 31 March; age and placement as on the day "
        "the last of them ended.",
        whole="children",
        did="ceased to be looked after in the year",
        breakdowns=_DAY,
        mirrors=(
            Mirror(
                "ceased_to_be_looked_after",
                "Number of children who ceased to be looked after in the year",
                (sources.RETURNS,),
                sources.FOOTNOTES,
            ),
        ),
        pairs_with=("looked_after_at_31_march", *SAFETY),
        caveats=(
            sources.SHORT_BREAKS,
            "A child whose care passes to another council ceases in the first.",
            "An episode open in one return and missing from the next is taken to have ended on "
            "the 1 April between, for a reason not recorded; how often is shown.",
        ),
        confidence="confirmed",
        pillar="practice and systems",
        sources=(sources.FOOTNOTES, sources.LAIT),
    )
)
