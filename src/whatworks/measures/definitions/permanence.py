"""Permanent homes: how many children come to one, of which kind, after how long, and whether it
lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whatworks.journeys import codes
from whatworks.measures.definition import LeftOut, Measure, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.of_care import (
    BEGINNING_NOT_SEEN,
    CEASED,
    WHO,
    holds,
    mirror,
    not_seen_to_begin,
    one,
    unpublished,
)
from whatworks.tables import col, when

_LAST_TIME = (
    "Only the last time that a child ceased to be looked after in the year counts, as published."
)
_NO_BACK = (
    "A home that is meant to last can break down: read it with who came back into care after it."
)
_COUNT: dict[str, Any] = {
    **CEASED,
    "kind": "count",
    "denominator_words": None,
    "whole": "children",
}
_BACK_AFTER = "reentered_after_special_guardianship_within_24_months"


def _left_to(exit_kind: str) -> Callable[[], Any]:
    return lambda: col("EXIT") == exit_kind


def _share(
    name: str, exit_kind: str, *, title: str, how: str, reasons: str, series: str, pair: str
) -> None:
    register(
        Measure(
            name=name,
            topic="permanence",
            title=title,
            text=f"Of the children who ceased to be looked after in the year, how many {how}.",
            numerator=_left_to(exit_kind),
            numerator_words=f"Those whose last period of care of the year ended so ({reasons}).",
            did=how,
            mirrors=(mirror(series, title, _LAST_TIME),),
            pairs_with=(pair, "ceased_to_be_looked_after"),
            caveats=(sources.SHORT_BREAKS, _LAST_TIME, _NO_BACK),
            confidence="confirmed",
            sources=(sources.LAIT, sources.CODES),
            **CEASED,
        )
    )


def _number(name: str, exit_kind: str, *, title: str, how: str, series: str, pair: str) -> None:
    register(
        Measure(
            name=name,
            topic="permanence",
            title=title,
            text=f"How many children {how} in the year.",
            numerator=_left_to(exit_kind),
            numerator_words="Children whose last period of care of the year ended so.",
            did=f"{how} in the year",
            mirrors=(mirror(series, title, _LAST_TIME),),
            pairs_with=(pair, "ceased_to_be_looked_after"),
            caveats=(sources.SHORT_BREAKS, _LAST_TIME, _NO_BACK),
            confidence="confirmed",
            sources=(sources.LAIT, sources.CODES),
            **_COUNT,
        )
    )


_number(
    "left_to_special_guardianship",
    "special_guardianship",
    title="Children who left care to a special guardian",
    how="left care through a special guardianship order",
    series="left_to_special_guardianship",
    pair=_BACK_AFTER,
)
_share(
    "ceased_special_guardianship",
    "special_guardianship",
    title="Share of children leaving care who left to a special guardian",
    how="left through a special guardianship order",
    reasons="E45 to E48; until 2018 E43 and E44",
    series="left_to_special_guardianship_share",
    pair=_BACK_AFTER,
)
_share(
    "ceased_child_arrangements",
    "child_arrangements",
    title="Share of children leaving care under a child arrangements order",
    how="left through a child arrangements or residence order",
    reasons="E41",
    series="left_to_child_arrangements_share",
    pair=_BACK_AFTER,
)
_number(
    "adopted",
    "adopted",
    title="Children adopted from care",
    how="were adopted from care",
    series="adopted",
    pair="ceased_adopted",
)
_share(
    "ceased_adopted",
    "adopted",
    title="Share of children leaving care who were adopted",
    how="were adopted",
    reasons="E11 and E12",
    series="adopted_share",
    pair="adopted",
)


def _guardian(name: str, who: str, *, title: str, to: str, series: str | None) -> None:
    register(
        Measure(
            name=name,
            topic="permanence",
            title=title,
            text="Of the children who left care through a special guardianship order in the year, "
            f"how many left to {to}.",
            numerator=holds("END_REASON", *codes.GUARDIANS[who].codes),
            numerator_words=f"Those whose order was made to {to} "
            f"({', '.join(codes.GUARDIANS[who].codes)}).",
            denominator=_guardian_known,
            did=f"left to {to}",
            left_out=(_BEFORE_2019,),
            mirrors=(
                mirror(series, title) if series else unpublished("Published with the others"),
            ),
            pairs_with=("ceased_special_guardianship", _BACK_AFTER),
            caveats=(
                sources.SHORT_BREAKS,
                "Until 2018 the return did not tell whether the guardian was family: such orders "
                "are left out.",
            ),
            confidence="confirmed",
            sources=(sources.LAIT, sources.CODES),
            **{
                **CEASED,
                "denominator_words": "Children whose last period of care of the year ended with a "
                "special guardianship order (E45 to E48).",
                "whole": "children who left care to a special guardian",
            },
        )
    )


_OLD = ("foster_carers_before_2019", "others_before_2019")


def _guardian_known() -> Any:
    return (col("EXIT") == "special_guardianship") & ~col("GUARDIANS").is_in(_OLD)


_BEFORE_2019 = LeftOut(
    "guardian_not_told",
    "Orders recorded under the codes used until 2018 (E43, E44), which do not tell whether the "
    "guardian was family.",
    lambda: col("GUARDIANS").is_in(_OLD),
)
_guardian(
    "guardians_who_fostered_as_family",
    "fostering_relatives",
    title="Special guardians who are family or friends and had fostered the child",
    to="family or friends who had fostered them",
    series="guardians_fostering_relatives_share",
)
_guardian(
    "guardians_who_fostered",
    "other_foster_carers",
    title="Special guardians who had fostered the child and are no family",
    to="other people who had fostered them",
    series="guardians_other_fostering_share",
)
_guardian(
    "guardians_who_are_family",
    "relatives",
    title="Special guardians who are family or friends and had not fostered the child",
    to="family or friends who had not fostered them",
    series="guardians_relatives_share",
)

# --- whether it lasts -------------------------------------------------------------------------

LAST_AGE = 15
"""The greatest age from which twenty-four more months of childhood remain."""


def _turns_18() -> Any:
    return (col("AGE") > LAST_AGE).fill_null(value=False)


def _guarded() -> Any:
    return (col("EXIT") == "special_guardianship") & ~_turns_18()


register(
    Measure(
        name=_BACK_AFTER,
        topic="permanence",
        title="Special guardianship followed by care again within two years",
        text="Of the times that children left care to a special guardian two years before, how "
        "many were followed by the child being looked after again by the same council within 24 "
        "months.",
        numerator=lambda: _guarded() & col("BACK_WITHIN_24_MONTHS"),
        numerator_words="Those after which a new period of care began no later than the same day "
        "two years on.",
        denominator=_guarded,
        left_out=(
            LeftOut(
                "turns_18_within_24_months",
                "Orders for young people aged 16 or over, who turn 18 before 24 months have "
                "passed and cannot be looked after again after that.",
                lambda: (col("EXIT") == "special_guardianship") & _turns_18(),
            ),
        ),
        years_before=2,
        did="were followed by care again within 24 months",
        mirrors=(unpublished("Published neither for England nor for councils"),),
        pairs_with=("ceased_special_guardianship",),
        caveats=(
            sources.SHORT_BREAKS,
            "Only care by the same council is seen; a guardian may have moved away.",
            "Few children come back so soon: one child more or less can move the figure much.",
            "Orders made for children who were never looked after are not in this return.",
        ),
        confidence="confirmed",
        unconfirmed=("No official definition exists to compare this one with.",),
        sources=(sources.CODES,),
        **{
            **CEASED,
            "view": "left_care_two_years_before",
            "denominator_words": "Periods of care that ended with a special guardianship order "
            "two years before, of children aged under 16 on that day.",
            "clock": "Orders from 1 April to 31 March two years before, each followed for 24 "
            "months, which is complete by the end of the reported year.",
            "whole": "special guardianship orders two years before",
        },
    )
)

# --- how soon ---------------------------------------------------------------------------------

_KINDS = (
    "A return home counts where the child was not looked after again within 12 months of it and "
    "was under 17 on the day; adoption, special guardianship and child arrangements orders from "
    "the day of the order; a foster placement recorded as long-term (U1, U4) from its first day."
)


def _young_enough() -> Any:
    return col("START_SEEN") & ~_turns_18()


register(
    Measure(
        name="permanence_within_2_years",
        topic="permanence",
        title="Children who came to a permanent home within two years of coming into care",
        text="Of the times that children started to be looked after three years before, how many "
        "had led to a permanent home within 24 months: a return home that lasted, adoption, "
        "special guardianship, a child arrangements order or a long-term foster placement.",
        kind="percentage",
        view="started_three_years_before",
        numerator=lambda: _young_enough() & col("PERMANENT"),
        numerator_words="Starts after which the child reached permanence no later than the same "
        "day two years on, in that period of care or in a later one.",
        denominator=_young_enough,
        denominator_words="Periods of care that began three years before, with a start that was "
        "seen, of children aged under 16 on that day. A child who started twice counts twice.",
        clock="Starts from 1 April to 31 March three years before, each followed for 24 months, "
        "and a return home for 12 months more, which is complete by the end of the reported year.",
        whole="starts three years before",
        did="had led to a permanent home within two years",
        breakdowns=WHO,
        left_out=(
            BEGINNING_NOT_SEEN,
            LeftOut(
                "turns_18_within_24_months",
                "Starts of young people aged 16 or over, who turn 18 before 24 months have passed.",
                lambda: col("START_SEEN") & _turns_18(),
            ),
        ),
        years_before=3,
        mirrors=(unpublished("Published neither for England nor for councils"),),
        pairs_with=("returned_home", "reentered_within_12_months", _BACK_AFTER),
        caveats=(
            sources.SHORT_BREAKS,
            _KINDS,
            "Whether a foster placement is recorded as long-term depends on how a council records "
            "it, which differs.",
            "The figure is of children who started three years ago; what is done now shows later.",
        ),
        confidence="confirmed",
        unconfirmed=("No official definition exists to compare this one with.",),
        pillar="practice and systems",
        sources=(sources.CODES,),
    )
)


def _days_to(
    name: str, kind: str, *, title: str, to: str, until: str, pair: str, later: bool = False
) -> None:
    def reached() -> Any:
        return (col("KIND") == kind) & col("START_SEEN")

    year = "the year before, followed to the end of the reported year" if later else "the year"
    register(
        Measure(
            name=name,
            topic="permanence",
            title=title,
            text=f"How many days after they came into care children {to}, on average.",
            kind="ratio",
            spread="members",
            ratio_unit="days",
            view="reached_permanence",
            numerator=lambda: when(reached()).then(col("DAYS")),
            numerator_words=f"The days from the start of the period of care to {until}, added up.",
            denominator=lambda: when(reached()).then(one()),
            denominator_words=f"Children for whom that was in {year}, each period of care once.",
            clock=f"From the first day of the period of care to {until}, where that is from 1 "
            f"April to 31 March of {year}.",
            whole="days in care",
            did=f"was the average time until children {to}",
            breakdowns=WHO,
            left_out=(
                LeftOut(
                    "beginning_not_seen",
                    "Children whose period of care began before the first return that is loaded, "
                    "or whose first episode is missing.",
                    lambda: (col("KIND") == kind) & not_seen_to_begin(),
                ),
            ),
            years_before=1 if later else 0,
            mirrors=(unpublished("Published neither for England nor for councils in this form"),),
            pairs_with=("permanence_within_2_years", pair),
            caveats=(
                sources.SHORT_BREAKS,
                _KINDS,
                "Long periods are left out where their beginning was not seen: with few years "
                "loaded the average is too short.",
                "Soon is not always better: a home that is to last needs finding.",
            ),
            confidence="confirmed",
            unconfirmed=("No official definition exists to compare this one with.",),
            pillar="practice and systems",
            sources=(sources.CODES,),
        )
    )


_days_to(
    "days_to_lasting_return_home",
    "lasting_return_home",
    title="Average time from coming into care to a return home that lasted",
    to="went home and stayed there for 12 months",
    until="the return home",
    pair="reentered_within_12_months",
    later=True,
)
_days_to(
    "days_to_adoption",
    "adopted",
    title="Average time from coming into care to adoption",
    to="were adopted",
    until="the adoption order",
    pair="ceased_adopted",
)
_days_to(
    "days_to_special_guardianship",
    "special_guardianship",
    title="Average time from coming into care to special guardianship",
    to="left to a special guardian",
    until="the special guardianship order",
    pair=_BACK_AFTER,
)
_days_to(
    "days_to_child_arrangements",
    "child_arrangements",
    title="Average time from coming into care to a child arrangements order",
    to="left through a child arrangements order",
    until="the order",
    pair="ceased_child_arrangements",
)
_days_to(
    "days_to_long_term_match",
    "long_term_match",
    title="Average time from coming into care to a long-term foster placement",
    to="were first in a long-term foster placement",
    until="the first day of that placement",
    pair="long_term_stability",
)
