"""How settled children are: placements in the year."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.tables import col

MANY = 3
"""Placements in the year from which a child counts; the published indicator's own threshold."""


def many_placements() -> Any:
    """Three or more placements in the year."""
    return col("PLACEMENTS_IN_YEAR") >= MANY


register(
    Measure(
        name="three_or_more_placements",
        topic="living_in_care",
        title="Children with three or more placements in the year",
        text="Of the children looked after on 31 March, how many had lived in three or more "
        "placements during the year.",
        kind="percentage",
        view="looked_after_at_31_march",
        numerator=many_placements,
        numerator_words="Those with three or more placements of a day or longer that were open "
        "at some time in the year, in whichever period of care.",
        denominator_words="Children looked after on 31 March.",
        clock="Placements open at any time from 1 April to 31 March, including those already open "
        "on 1 April; the children are those looked after on 31 March.",
        whole="children looked after on 31 March",
        did="had lived in three or more placements in the year",
        breakdowns=("age_group", "sex", "ethnicity", "uasc", "legal_status", "placement"),
        mirrors=(
            Mirror(
                "three_or_more_placements",
                "Percentage of children looked after on 31 March with three or more placements "
                "in the year",
                (
                    sources.RETURNS,
                    "The published percentage is rounded to a whole number.",
                    "How the published count treats temporary stays, moves with the same carer "
                    "and placements before a break in care is not confirmed.",
                ),
                sources.LAIT,
            ),
        ),
        direction="lower",
        direction_words="Fewer is usually taken as better, and so the Department marks it; but a "
        "move can be the right thing for a child.",
        pairs_with=("looked_after_at_31_march",),
        caveats=(
            sources.SHORT_BREAKS,
            "Temporary stays (T0 to T4: hospital, holiday, a carer's holiday, other stays of up to "
            "a week) are not placements, and going back to the same kind of placement at the same "
            "postcode is not a new one.",
            "Being placed for adoption with one's own foster carer is not a new placement.",
            "A change of legal status alone is not a new placement; a change of placement with "
            "the same carer (RNE T or U) is.",
            "Going missing is not a placement: the placement the child is missing from goes on.",
            "A placement that ended on the day it began lasted less than a day and is not counted.",
        ),
        confidence="partly confirmed",
        unconfirmed=(
            "That temporary stays T0 to T4 are left out.",
            "That a change of placement with the same carer (T, U) is counted.",
            "That placements in an earlier period of care of the same year are counted.",
        ),
        pillar="practice and systems",
        sources=(sources.LAIT, sources.CODES),
    )
)
