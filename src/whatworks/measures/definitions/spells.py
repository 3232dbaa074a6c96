"""Starting again, starting young, and how long care had lasted when it ended."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import LeftOut, Measure, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.looked_after import everyone
from whatworks.measures.definitions.of_care import (
    BEGINNING_NOT_SEEN,
    CEASED,
    POPULATION_WORDS,
    RATE_DIFFERENCES,
    SAFETY,
    STARTED,
    TAKEN_AS_KNOWN,
    mirror,
    not_seen_to_begin,
    one,
    seen_to_begin,
    unpublished,
)
from whatworks.measures.views.care import AGAIN_MONTHS
from whatworks.tables import col, when


def age_known() -> Any:
    """The start was seen and the age on that day is known."""
    return col("START_SEEN") & (col("AGE") >= 0)


def age_not_known() -> Any:
    """The age is not known, or the date of birth is later than the start."""
    return col("START_SEEN") & ~(col("AGE") >= 0).fill_null(value=False)


register(
    Measure(
        name="started_aged_under_1",
        topic="coming_into_care",
        title="Children who were under one year old when they started to be looked after",
        text="Of the children who started to be looked after in the year, how many were under one "
        "year old, newborn children included.",
        numerator=lambda: age_known() & (col("AGE") < 1),
        numerator_words="Those who started before their first birthday.",
        denominator=age_known,
        did="were under one year old",
        left_out=(
            BEGINNING_NOT_SEEN,
            LeftOut(
                "age_not_known",
                "Children whose date of birth is blank or later than the day they started.",
                age_not_known,
            ),
        ),
        mirrors=(unpublished("Published for England by age, not held here for councils"),),
        pairs_with=("started_to_be_looked_after", *SAFETY),
        caveats=(
            sources.SHORT_BREAKS,
            "Brothers and sisters, and whether the mother was in care herself, are not in this "
            "return.",
        ),
        confidence="confirmed",
        sources=(sources.CODES,),
        **{
            **STARTED,
            "breakdowns": ("sex", "ethnicity", "legal_status", "placement", "category_of_need"),
        },
    )
)
register(
    Measure(
        name="started_again_within_24_months",
        topic="coming_into_care",
        title="Children who started to be looked after again within two years",
        text="Of the children who started to be looked after in the year, how many had been looked "
        "after by the same council in the two years before.",
        numerator=lambda: col("AGAIN_WITHIN_24_MONTHS") & col("START_SEEN"),
        numerator_words="Those whose period of care before had ended no more than 24 months "
        "earlier.",
        denominator=seen_to_begin,
        did="had been looked after in the two years before",
        left_out=(BEGINNING_NOT_SEEN,),
        years_before=2,
        mirrors=(unpublished("Published neither for England nor for councils"),),
        pairs_with=("started_to_be_looked_after", *SAFETY),
        caveats=(
            sources.SHORT_BREAKS,
            f"Looking back {AGAIN_MONTHS} months, no more, makes years comparable: further back, "
            "the years loaded would decide the figure.",
            "Care by another council is not seen.",
        ),
        confidence="confirmed",
        unconfirmed=("No official definition exists to compare this one with.",),
        sources=(sources.CODES,),
        **STARTED,
    )
)
register(
    Measure(
        name="ceased_rate",
        topic="living_in_care",
        title="Children who ceased to be looked after for every 10,000 children",
        text="How many children ceased to be looked after in the year for every 10,000 children "
        "aged under 18 who live in the area. A child who ceased more than once in the year counts "
        "once.",
        numerator=everyone,
        numerator_words="Children with a period of care that ended in the year, whatever came "
        "afterwards.",
        did="ceased to be looked after in the year",
        mirrors=(
            mirror(
                "ceased_rate",
                "Rate of children who ceased to be looked after in the year per 10,000 children "
                "aged under 18",
                *RATE_DIFFERENCES[1:],
            ),
        ),
        pairs_with=("started_rate", "looked_after_rate", *SAFETY),
        caveats=(
            sources.SHORT_BREAKS,
            "A child whose care passes to another council ceases in the first.",
            "Young people who turn 18 cease to be looked after: a council with many teenagers in "
            "care has a high figure whatever it does.",
            TAKEN_AS_KNOWN,
        ),
        confidence="confirmed",
        sources=(sources.FOOTNOTES, sources.LAIT),
        **{
            **CEASED,
            "kind": "rate",
            "denominator_words": POPULATION_WORDS,
            "whole": "children in the area",
            "breakdowns": (),
        },
    )
)
register(
    Measure(
        name="time_in_care",
        topic="living_in_care",
        title="Average time in care of children who ceased to be looked after",
        text="How many days the period of care had lasted, on average, of the children who ceased "
        "to be looked after in the year.",
        numerator=lambda: when(col("START_SEEN")).then(col("DAYS")),
        numerator_words="The days from the beginning to the end of their last period of care, "
        "added up.",
        denominator=lambda: when(col("START_SEEN")).then(one()),
        whole="days in care",
        did="was the average of those who ceased to be looked after",
        left_out=(
            LeftOut(
                "beginning_not_seen",
                "Children whose period of care began before the first return that is loaded, or "
                "whose first episode is missing.",
                not_seen_to_begin,
            ),
        ),
        mirrors=(unpublished("Published for England by band of time, not held for councils"),),
        pairs_with=("ceased_to_be_looked_after", *SAFETY),
        caveats=(
            sources.SHORT_BREAKS,
            "Long periods are left out where their beginning was not seen: with few years loaded "
            "the average is too short, and it grows with every earlier year that is loaded.",
            "A short time in care is good for a child who goes home safely, and not for one who "
            "was moved out too soon.",
        ),
        confidence="confirmed",
        sources=(sources.CODES,),
        **{
            **{k: v for k, v in CEASED.items() if k not in {"kind", "whole"}},
            "kind": "ratio",
            "spread": "members",
            "counted_in": "days",
        },
    )
)
