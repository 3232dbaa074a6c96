"""Children missing from care, and away from it without agreement."""

from __future__ import annotations

from functools import partial
from typing import Any

from whatworks.measures.definition import Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.tables import col, when

OFTEN = 5
"""Times missing in the year from which a child counts as often missing: our own threshold."""

_WHOLE = "children looked after in the year"
_DENOMINATOR = "Children looked after on any day of the year, each once."
_MEANS = (
    "Missing: the child is not where they should be and nobody knows where they are. Away: it is "
    "known where they are, but they should not be there, and their carer is worried or has told "
    "the council or the police."
)
_CARRIED = "A time that was still going on when the year began counts in this year too."
_APART = (
    "Many councils record every time as missing, as the police do. The Department thinks that the "
    "published times missing are about a tenth too many for that reason, and those away too few."
)
_TOLD = "More recorded can mean more missing or better recording."
_GROUPS = ("age_group", "sex", "ethnicity", "uasc")

_missing = partial(
    Measure,
    kind="percentage",
    view="looked_after_in_the_year",
    clock="1 April to 31 March. A time that ends on the day another begins is not the same time.",
    denominator_words=_DENOMINATOR,
    whole=_WHOLE,
    breakdowns=_GROUPS,
    topic="living_in_care",
    needs=("Missing",),
    confidence="partly confirmed",
    pillar="practice and systems",
    sources=(sources.LAIT, sources.CODES),
    direction="lower",
    direction_words="Fewer is better where recording stays the same; so long as that is not sure, "
    "look at the pair.",
)


def went_missing() -> Any:
    """Missing at least once in the year."""
    return col("TIMES_MISSING") > 0


def _mirrored(series: str, title: str) -> tuple[Mirror, ...]:
    rounded = "The published percentage is rounded to a whole number."
    return (Mirror(series, title, (sources.RETURNS, rounded), sources.LAIT),)


register(
    _missing(
        name="went_missing",
        title="Children who went missing from care",
        text="Of the children looked after at any time in the year, how many were missing from "
        "their placement at least once.",
        numerator=went_missing,
        numerator_words="Those missing (MISSING is M) at least once.",
        did="were missing at least once",
        mirrors=_mirrored("went_missing", "Children looked after who went missing"),
        pairs_with=("away_without_agreement", "missing_times"),
        caveats=(sources.SHORT_BREAKS, _MEANS, _CARRIED, _APART, _TOLD),
        unconfirmed=("That times are counted which began while the child was not looked after.",),
    )
)
register(
    _missing(
        name="away_without_agreement",
        title="Children who were away from care without agreement",
        text="Of the children looked after at any time in the year, how many were away from their "
        "placement without agreement at least once, though it was known where they were.",
        numerator=lambda: col("TIMES_AWAY") > 0,
        numerator_words="Those away without agreement (MISSING is A) at least once.",
        did="were away without agreement at least once",
        mirrors=_mirrored(
            "away_without_agreement", "Children looked after who were away without agreement"
        ),
        pairs_with=("went_missing",),
        caveats=(sources.SHORT_BREAKS, _MEANS, _CARRIED, _APART, _TOLD),
        unconfirmed=("That times are counted which began while the child was not looked after.",),
    )
)
register(
    _missing(
        name="often_missing",
        title="Children who went missing from care five times or more",
        text="Of the children looked after at any time in the year, how many were missing five "
        "times or more.",
        numerator=lambda: col("TIMES_MISSING") >= OFTEN,
        numerator_words="Those missing (MISSING is M) five times or more.",
        did="were missing five times or more",
        mirrors=(
            Mirror(None, "Children missing five times or more are not published", (), sources.LAIT),
        ),
        pairs_with=("went_missing", "missing_times"),
        caveats=(
            sources.SHORT_BREAKS,
            _MEANS,
            _CARRIED,
            "Five is our own threshold; no published figure has one.",
            "A child looked after for a few weeks of the year had less time to go missing.",
        ),
        unconfirmed=(
            "That times are counted which began while the child was not looked after.",
            "That five times is a threshold worth having: no guidance was read that names one.",
        ),
    )
)
register(
    _missing(
        name="missing_times",
        title="How often children who go missing are missing",
        text="How many times children who were missing at all were missing in the year, on "
        "average.",
        kind="ratio",
        spread="members",
        counted_in="times",
        numerator=lambda: when(went_missing()).then(col("TIMES_MISSING")),
        numerator_words="All times missing (MISSING is M) in the year.",
        denominator=lambda: when(went_missing()).then(1.0),
        denominator_words="Children looked after in the year who were missing at least once.",
        whole="times missing in the year",
        did="for each child who was missing at all",
        mirrors=(
            Mirror(
                None,
                "Missing incidents for each child who went missing, published for England alone",
                (sources.RETURNS,),
                sources.LAIT,
            ),
        ),
        pairs_with=("went_missing", "often_missing"),
        caveats=(sources.SHORT_BREAKS, _MEANS, _CARRIED, _TOLD),
        unconfirmed=("That England’s published average counts times as here.",),
    )
)
