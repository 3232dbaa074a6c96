"""How soon children come to a permanent home: within two years, and after how many days."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import LeftOut, Measure, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.of_care import (
    BEGINNING_NOT_SEEN,
    WHO,
    not_seen_to_begin,
    one,
    turns_18_in_two_years,
    unpublished,
)
from whatworks.measures.definitions.permanence import BACK_AFTER
from whatworks.tables import col, when

_KINDS = (
    "A return home counts where the child was not looked after again within 12 months of it and "
    "was under 17 on the day; adoption, special guardianship and child arrangements orders from "
    "the day of the order; a foster placement recorded as long-term (U1, U4) from its first day."
)


def _young_enough() -> Any:
    return col("START_SEEN") & ~turns_18_in_two_years()


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
                lambda: col("START_SEEN") & turns_18_in_two_years(),
            ),
        ),
        years_before=3,
        mirrors=(unpublished("Published neither for England nor for councils"),),
        pairs_with=("returned_home", "reentered_within_12_months", BACK_AFTER),
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
            counted_in="days",
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
    pair=BACK_AFTER,
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
