"""Going home to parents, and whether it lasted."""

from __future__ import annotations

from typing import Any

from whatworks.journeys import codes
from whatworks.journeys.childhood import turns_18_within
from whatworks.measures.definition import LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.of_care import (
    CEASED,
    SAFETY,
    WHO,
    mirror,
    turns_18_in_two_years,
    unpublished,
)
from whatworks.tables import col, lit

_CAME_BACK: dict[str, Any] = {
    "kind": "percentage",
    "view": "returned_home_the_year_before",
    "denominator_words": "Periods of care that ended with a return home (E4A or E4B) in the year "
    "before the one reported, of children aged under 17 on that day. A child who returned twice "
    "counts twice.",
    "whole": "returns home in the year before",
    "breakdowns": WHO,
    "years_before": 1,
    "confidence": "confirmed",
    "unconfirmed": ("No official definition exists to compare this one with.",),
    "pillar": "practice and systems",
    "sources": (sources.GOLDACRE, sources.CODES),
}
_SEEN = (
    "Only care by the same council is seen: a child looked after next by another council counts "
    "as not having come back.",
    "Coming back can be the right and safe decision for a child.",
)


def went_home() -> Any:
    """The period ended with a return home, planned or not."""
    return col("END_REASON").is_in(codes.RETURNED_HOME)


def came_back() -> Any:
    """Looked after again by the same council no later than the same day a year on."""
    return col("BACK_WITHIN_12_MONTHS") & ~turns_18()


def turns_18() -> Any:
    """Aged 17 or over on the day of the return: 18 before twelve months have passed."""
    return turns_18_within(1, col("AGE"))


def followed() -> Any:
    """Returns with twelve months of childhood ahead of them; an unknown age is kept."""
    return lit(value=True) & ~turns_18()


TURNS_18 = LeftOut(
    "turns_18_within_12_months",
    "Returns of young people aged 17 or over, who turn 18 before 12 months have passed and cannot "
    "be looked after again after that.",
    turns_18,
)

register(
    Measure(
        name="returned_home",
        topic="going_home",
        title="Children who returned home when they ceased to be looked after",
        text="Of the children who ceased to be looked after in the year, how many went home to "
        "live with parents or others with parental responsibility.",
        kind="percentage",
        view="ceased",
        numerator=went_home,
        numerator_words="Those whose last period of care of the year ended with a return home, "
        "planned (E4A) or not (E4B).",
        denominator_words="Children who ceased to be looked after in the year.",
        clock="Periods of care ending from 1 April to 31 March; for each child the last of them.",
        whole="children who ceased to be looked after",
        did="returned home to parents or others with parental responsibility",
        breakdowns=("age_group", "sex", "ethnicity", "uasc", "legal_status", "placement"),
        mirrors=(
            Mirror(
                None,
                "Published apart, as planned and as unplanned, and not of both together",
                ("Each of the two published shares is beside our own of the same kind.",),
                sources.FOOTNOTES,
            ),
        ),
        pairs_with=SAFETY,
        caveats=(
            sources.SHORT_BREAKS,
            "Leaving care for parents, relatives or others without parental responsibility (E13) "
            "is not a return home, nor is a special guardianship or child arrangements order.",
            "A child placed with parents while still looked after (P1) has not ceased to be.",
            "A high figure is not good by itself: read it with how many came back into care.",
        ),
        confidence="confirmed",
        pillar="practice and systems",
        sources=(sources.FOOTNOTES, sources.CODES),
    )
)


def _split(name: str, code: str, *, how: str, series: str, caveat: str) -> None:
    """Returns home, planned and unplanned apart, as they are published."""
    title = f"Children who returned home {how} when they ceased to be looked after"
    register(
        Measure(
            name=name,
            topic="going_home",
            title=title,
            text="Of the children who ceased to be looked after in the year, how many went home to "
            f"parents or others with parental responsibility {how}.",
            numerator=lambda: col("END_REASON") == code,
            numerator_words=f"Those whose last period of care of the year ended so ({code}).",
            did=f"returned home {how}",
            mirrors=(
                mirror(
                    series,
                    f"Percentage of children ceasing to be looked after who returned home {how}",
                    "The published share is rounded to a whole percent.",
                    source=sources.FOOTNOTES,
                ),
            ),
            pairs_with=("returned_home", *SAFETY),
            caveats=(sources.SHORT_BREAKS, caveat),
            confidence="confirmed",
            sources=(sources.FOOTNOTES, sources.CODES),
            **CEASED,
        )
    )


_split(
    "returned_home_planned",
    codes.HOME_PLANNED.codes[0],
    how="as their care plan intended",
    series="returned_home_planned",
    caveat="A high figure is not good by itself: read it with how many came back into care.",
)
_split(
    "returned_home_unplanned",
    codes.HOME_UNPLANNED.codes[0],
    how="although their care plan had not intended it",
    series="returned_home_unplanned",
    caveat="Some of these children left a placement by themselves, or were taken home; the return "
    "does not tell which.",
)

register(
    Measure(
        name="reentered_within_12_months",
        topic="going_home",
        title="Returns home followed by care again within 12 months",
        text="Of the returns home in the year before, how many were followed by the child being "
        "looked after again by the same council within 12 months.",
        kind="percentage",
        view="returned_home_the_year_before",
        numerator=came_back,
        numerator_words="Returns after which a new period of care began no later than the same "
        "day a year on.",
        denominator_words="Periods of care that ended with a return home (E4A or E4B) in the "
        "year before the one reported, of children aged under 17 on that day. A child who "
        "returned twice counts twice.",
        denominator=followed,
        clock="Returns from 1 April to 31 March of the year before, each followed for 12 months, "
        "which is complete by the end of the reported year. Both years' returns must be loaded; "
        "without them there is no figure.",
        whole="returns home in the year before",
        did="were followed by care again within 12 months",
        breakdowns=("age_group", "sex", "ethnicity", "uasc", "legal_status", "placement"),
        left_out=(TURNS_18,),
        years_before=1,
        mirrors=(
            Mirror(
                None,
                "Re-entry after return home is not in the Department's yearly figures; research "
                "on England found about one in five within a year",
                (
                    "The research followed children across councils and counted differently; it "
                    "gives a sense of scale, not a target.",
                ),
                sources.GOLDACRE,
            ),
        ),
        pairs_with=("returned_home",),
        caveats=(
            sources.SHORT_BREAKS,
            "Only care by the same council is seen: a child looked after next by another council "
            "counts as not having come back.",
            "A death after the child went home is not in the return: such a child stays in the "
            "count as not having come back.",
            "Age on the day of return decides who is left out, so that what happened later "
            "does not decide who is counted. A child whose age is not known is kept.",
            "Coming back can be the right and safe decision for a child.",
        ),
        confidence="confirmed",
        unconfirmed=("No official definition exists to compare this one with.",),
        pillar="practice and systems",
        sources=(sources.GOLDACRE, sources.CODES),
    )
)


def _sooner(months: int, *, title: str) -> None:
    """Care again within fewer months than twelve, of the same returns home."""
    register(
        Measure(
            name=f"reentered_within_{months}_months",
            topic="going_home",
            title=title,
            text="Of the returns home in the year before, how many were followed by the child "
            f"being looked after again by the same council within {months} months.",
            numerator=lambda: col(f"BACK_WITHIN_{months}_MONTHS") & ~turns_18(),
            numerator_words="Returns after which a new period of care began no later than the "
            f"same day {months} months on.",
            denominator=followed,
            clock="Returns from 1 April to 31 March of the year before, as for care again within "
            "12 months, so that the figures can be set beside each other.",
            did=f"were followed by care again within {months} months",
            left_out=(TURNS_18,),
            mirrors=(
                unpublished("Re-entry after return home is not in the Department's yearly figures"),
            ),
            pairs_with=("returned_home", "reentered_within_12_months"),
            caveats=(sources.SHORT_BREAKS, *_SEEN),
            **_CAME_BACK,
        )
    )


_sooner(3, title="Returns home followed by care again within three months")
_sooner(6, title="Returns home followed by care again within six months")


def _went_home_young() -> Any:
    return col("EXIT").is_in(["home_planned", "home_unplanned"]) & ~turns_18_in_two_years()


def _went_home_old() -> Any:
    return col("EXIT").is_in(["home_planned", "home_unplanned"]) & turns_18_in_two_years()


register(
    Measure(
        name="reentered_within_24_months",
        topic="going_home",
        title="Returns home followed by care again within two years",
        text="Of the returns home two years before, how many were followed by the child being "
        "looked after again by the same council within 24 months.",
        numerator=lambda: _went_home_young() & col("BACK_WITHIN_24_MONTHS"),
        numerator_words="Returns after which a new period of care began no later than the same "
        "day two years on.",
        denominator=_went_home_young,
        clock="Returns from 1 April to 31 March two years before, each followed for 24 months, "
        "which is complete by the end of the reported year. All three years' returns must be "
        "loaded.",
        did="were followed by care again within 24 months",
        left_out=(
            LeftOut(
                "turns_18_within_24_months",
                "Returns of young people aged 16 or over, who turn 18 before 24 months have passed "
                "and cannot be looked after again after that.",
                _went_home_old,
            ),
        ),
        mirrors=(
            unpublished("Re-entry after return home is not in the Department's yearly figures"),
        ),
        pairs_with=("returned_home", "reentered_within_12_months"),
        caveats=(
            sources.SHORT_BREAKS,
            *_SEEN,
            "These are other returns home, a year earlier, than those of care again within 12 "
            "months: the two figures of one year do not tell what the second year added.",
        ),
        **{
            **_CAME_BACK,
            "view": "left_care_two_years_before",
            "denominator_words": "Periods of care that ended with a return home (E4A or E4B) two "
            "years before the one reported, of children aged under 16 on that day. A child who "
            "returned twice counts twice.",
            "whole": "returns home two years before",
            "years_before": 2,
        },
    )
)
