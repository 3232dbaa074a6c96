"""Unaccompanied asylum-seeking children: how many of those looked after, and of those who come."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import Measure, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.of_care import (
    BEGINNING_NOT_SEEN,
    ON_31_MARCH,
    POPULATION_WORDS,
    STARTED,
    TAKEN_AS_KNOWN,
    mirror,
    seen_to_begin,
    unpublished,
)
from whatworks.tables import col

_LISTED = (
    "Unaccompanied children are those whom the year's return lists as such and whose status had "
    "not ceased by the day. A child found to be an adult counts until then."
)
_TRANSFERS = (
    "Councils take such children in turn under the National Transfer Scheme, and some have a port "
    "or an airport: the figure says little of what a council does."
)
_CAVEATS = (sources.SHORT_BREAKS, _LISTED, _TRANSFERS)
_BREAKDOWNS = ("age_group", "sex", "ethnicity", "legal_status", "placement", "category_of_need")
_DAY: dict[str, Any] = {**ON_31_MARCH, "breakdowns": _BREAKDOWNS}
_START: dict[str, Any] = {**STARTED, "breakdowns": _BREAKDOWNS}
_RATE: dict[str, Any] = {
    "kind": "rate",
    "denominator_words": POPULATION_WORDS,
    "whole": "children in the area",
    "breakdowns": (),
}


def unaccompanied() -> Any:
    """An unaccompanied asylum-seeking child on the day."""
    return col("UASC")


def came_alone() -> Any:
    """The same, among those whose start was seen."""
    return col("UASC") & col("START_SEEN")


register(
    Measure(
        name="uasc_looked_after",
        topic="living_in_care",
        title="Unaccompanied asylum-seeking children looked after",
        text="How many of the children looked after on 31 March had come to the country alone to "
        "seek asylum.",
        numerator=unaccompanied,
        numerator_words="Unaccompanied asylum-seeking children with an episode open on 31 March.",
        did="were unaccompanied asylum-seeking children looked after on 31 March",
        mirrors=(
            mirror(
                "unaccompanied_at_31_march",
                "Number of unaccompanied asylum-seeking children looked after on 31 March",
            ),
        ),
        pairs_with=("looked_after_at_31_march", "uasc_looked_after_share"),
        caveats=_CAVEATS,
        confidence="confirmed",
        sources=(sources.LAIT,),
        **{**_DAY, "kind": "count", "denominator_words": None, "whole": "children"},
    )
)
register(
    Measure(
        name="uasc_looked_after_share",
        topic="living_in_care",
        title="Share of children looked after who are unaccompanied asylum-seeking children",
        text="Of the children looked after on 31 March, how many had come to the country alone to "
        "seek asylum.",
        numerator=unaccompanied,
        numerator_words="Unaccompanied asylum-seeking children among them.",
        did="were unaccompanied asylum-seeking children",
        mirrors=(
            mirror(
                "unaccompanied_share",
                "Percentage of children looked after who are unaccompanied asylum-seeking children",
            ),
        ),
        pairs_with=("looked_after_at_31_march", "uasc_started_share"),
        caveats=_CAVEATS,
        confidence="confirmed",
        sources=(sources.LAIT,),
        **_DAY,
    )
)
register(
    Measure(
        name="uasc_looked_after_rate",
        topic="living_in_care",
        title="Unaccompanied children looked after for every 10,000 children",
        text="How many unaccompanied asylum-seeking children were looked after on 31 March for "
        "every 10,000 children aged under 18 who live in the area.",
        numerator=unaccompanied,
        numerator_words="Unaccompanied asylum-seeking children with an episode open on 31 March.",
        did="were unaccompanied asylum-seeking children looked after on 31 March",
        mirrors=(
            unpublished(
                "Shown on the Department's outcomes and enablers dashboard",
                "The dashboard's series is not held here; it can be worked out from the published "
                "number and population.",
            ),
        ),
        pairs_with=("looked_after_rate", "uasc_started_rate"),
        caveats=(*_CAVEATS, TAKEN_AS_KNOWN),
        confidence="confirmed",
        sources=(sources.FOOTNOTES,),
        **{**_DAY, **_RATE},
    )
)
register(
    Measure(
        name="uasc_started_share",
        topic="coming_into_care",
        title="Share of children starting to be looked after who came to the country alone",
        text="Of the children who started to be looked after in the year, how many were "
        "unaccompanied asylum-seeking children.",
        numerator=came_alone,
        numerator_words="Unaccompanied asylum-seeking children among them, on the day they "
        "started.",
        denominator=seen_to_begin,
        did="were unaccompanied asylum-seeking children",
        left_out=(BEGINNING_NOT_SEEN,),
        mirrors=(
            mirror(
                "unaccompanied_share_of_starts",
                "Percentage of children starting to be looked after who are unaccompanied "
                "asylum-seeking children",
            ),
        ),
        pairs_with=("started_to_be_looked_after", "uasc_looked_after_share"),
        caveats=_CAVEATS,
        confidence="confirmed",
        sources=(sources.LAIT,),
        **_START,
    )
)
register(
    Measure(
        name="uasc_started_rate",
        topic="coming_into_care",
        title="Unaccompanied children starting to be looked after for every 10,000 children",
        text="How many unaccompanied asylum-seeking children started to be looked after in the "
        "year for every 10,000 children aged under 18 who live in the area.",
        numerator=came_alone,
        numerator_words="Unaccompanied asylum-seeking children who started to be looked after in "
        "the year, each once.",
        did="started to be looked after as unaccompanied asylum-seeking children",
        left_out=(BEGINNING_NOT_SEEN,),
        mirrors=(
            unpublished(
                "Shown on the Department's outcomes and enablers dashboard",
                "The dashboard's series is not held here.",
            ),
        ),
        pairs_with=("started_rate", "uasc_looked_after_rate"),
        caveats=(*_CAVEATS, TAKEN_AS_KNOWN),
        confidence="confirmed",
        sources=(sources.FOOTNOTES,),
        **{**_START, **_RATE},
    )
)
