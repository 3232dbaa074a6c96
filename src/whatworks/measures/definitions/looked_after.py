"""How many children are looked after: the number on 31 March, and as a rate."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.of_care import SAFETY
from whatworks.tables import lit


def everyone() -> Any:
    """Every row of the view."""
    return lit(value=True)


_CLOCK = "The last day of the collection year, 31 March: begun by then, and ending on a later day."
_EIGHTEEN = (
    "An episode left open after the child's eighteenth birthday still counts, as it is reported; "
    "the rules of the return point such episodes out."
)

register(
    Measure(
        name="looked_after_at_31_march",
        topic="living_in_care",
        title="Children looked after on 31 March",
        text="How many children the council was looking after on the last day of the year.",
        kind="count",
        view="looked_after_at_31_march",
        numerator=everyone,
        numerator_words="Children with an episode of care open on 31 March.",
        denominator_words=None,
        clock=_CLOCK,
        whole="children",
        did="were looked after on 31 March",
        breakdowns=("age_group", "sex", "ethnicity", "uasc", "legal_status", "placement"),
        mirrors=(
            Mirror(
                "looked_after_at_31_march",
                "Number of children looked after on 31 March",
                (sources.RETURNS,),
                sources.FOOTNOTES,
            ),
        ),
        pairs_with=("started_to_be_looked_after", "ceased_to_be_looked_after", *SAFETY),
        caveats=(
            sources.SHORT_BREAKS,
            _EIGHTEEN,
            "The interval says how far a number of this size would move by chance alone; the "
            "count itself is of every child, not of a sample.",
        ),
        confidence="confirmed",
        pillar="practice and systems",
        sources=(sources.FOOTNOTES,),
    )
)

register(
    Measure(
        name="looked_after_rate",
        topic="living_in_care",
        title="Children looked after on 31 March for every 10,000 children",
        text="How many children were looked after on 31 March for every 10,000 children aged "
        "under 18 who live in the area.",
        kind="rate",
        view="looked_after_at_31_march",
        numerator=everyone,
        numerator_words="Children with an episode of care open on 31 March.",
        denominator_words="Children aged 0 to 17 living in the area, by the official estimate for "
        "the middle of the calendar year before (the rate for 31 March 2025 uses mid-2024).",
        clock=_CLOCK,
        whole="children in the area",
        did="were looked after on 31 March",
        mirrors=(
            Mirror(
                "looked_after_rate",
                "Rate of children looked after on 31 March per 10,000 children aged under 18",
                (
                    sources.RETURNS,
                    "The published rate is rounded to a whole number, and rates of earlier years "
                    "may rest on population estimates that have since been revised.",
                ),
                sources.FOOTNOTES,
            ),
        ),
        pairs_with=("started_to_be_looked_after", "ceased_to_be_looked_after", *SAFETY),
        caveats=(
            sources.SHORT_BREAKS,
            _EIGHTEEN,
            "Children may be looked after who did not live in the area before, such as "
            "unaccompanied asylum-seeking children.",
            "No breakdown is offered: the population by the same groups is not held.",
        ),
        confidence="confirmed",
        pillar="practice and systems",
        sources=(sources.FOOTNOTES,),
    )
)
