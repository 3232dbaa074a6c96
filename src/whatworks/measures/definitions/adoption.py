"""Adoption: by whom, how long it took, and what was given up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from whatworks.measures.definition import LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.tables import col, is_blank, when

DAYS_A_MONTH = 365.25 / 12

_LAST = "The last time in the year that a child left care decides."
_FEW = "Few children are adopted in any one council: one child moves the figure a long way."
_FASTER = (
    "Sooner is usually better for a child who is to be adopted; not if the choice of family "
    "suffers."
)
_ADOPTED_ONLY = (
    "Only children who were adopted are counted: those who still wait, and whose wait is longest, "
    "are not."
)
_BEGAN_BEFORE = (
    "Of a child who came into care before the first return loaded not every day is known, so it is "
    "left out: in the first few years those adopted sooner are counted and others are not."
)
_GROUPS = ("age_group", "sex", "ethnicity")

_adoption = partial(
    Measure,
    view="adopted",
    breakdowns=_GROUPS,
    topic="permanence",
    pillar="practice and systems",
    sources=(sources.LAIT, sources.CODES),
)


def carers_known() -> Any:
    """Whether the adopters had fostered the child is said."""
    return col("BY_CARERS").is_in(("0", "1"))


register(
    _adoption(
        name="adopted_by_foster_carers",
        title="Children adopted by their foster carers",
        text="Of the children adopted from care in the year, how many were adopted by those who "
        "had fostered them.",
        kind="percentage",
        numerator=lambda: col("BY_CARERS") == "1",
        numerator_words="Those adopted by their foster carers (FOSTER_CARE), families who fostered "
        "in order to adopt among them.",
        denominator=carers_known,
        denominator_words="Children who left care in the year by adoption, for whom it is said.",
        clock="The day of the adoption order, 1 April to 31 March.",
        whole="children adopted from care",
        did="were adopted by their foster carers",
        needs=("AD1",),
        left_out=(
            LeftOut(
                "carers_not_told",
                "Adopted children for whom the return does not say it.",
                lambda: ~carers_known().fill_null(value=False),
            ),
        ),
        mirrors=(Mirror(None, "Not published for councils", (), sources.LAIT),),
        pairs_with=("days_from_care_to_adopters",),
        caveats=(_LAST, _FEW),
        unconfirmed=(
            "That every council records families who foster in order to adopt as having fostered "
            "the child (FOSTER_CARE 1).",
        ),
        confidence="partly confirmed",
    )
)


def _in_order(column: str) -> Any:
    return col(column) >= 0


def _undated(column: str, words: str) -> tuple[LeftOut, ...]:
    return (
        LeftOut(
            "day_not_known",
            f"Adopted children for whom {words} is not known.",
            lambda: is_blank(column),
        ),
        LeftOut(
            "days_out_of_order",
            "Adopted children whose days are out of order.",
            lambda: col(column) < 0,
        ),
    )


def _span(column: str, unit: float = 1.0) -> dict[str, Callable[[], Any]]:
    """Numerator and denominator of an average time between two days."""
    return {
        "numerator": lambda: when(_in_order(column)).then(col(column) / unit),
        "denominator": lambda: when(_in_order(column)).then(1.0),
    }


_time = partial(
    _adoption,
    kind="ratio",
    spread="members",
    clock="Children adopted in the year to 31 March, however long ago the first day was.",
    direction="lower",
    direction_words=_FASTER,
    confidence="partly confirmed",
)

register(
    _time(
        name="days_from_care_to_adopters",
        title="Time from coming into care to moving in with adopters",
        text="How many days it took, on average, from the day that children who were adopted came "
        "into care to the day that they were placed with their adopters.",
        counted_in="days",
        numerator_words="All their days from the start of that period of care to the day that the "
        "last placement for adoption (A3 to A6) began.",
        denominator_words="Children who left care in the year by adoption, with both days known.",
        whole="days from coming into care to moving in with adopters",
        did="for each child adopted",
        left_out=_undated(
            "ENTRY_TO_PLACED", "the day they came into care or were placed for adoption"
        ),
        mirrors=(
            Mirror(
                None,
                "Adoption scorecards: average time between entering care and moving in with the "
                "adoptive family (A1, A10)",
                (
                    "Scorecards average over three years.",
                    "Scorecard A10 stops the clock, for a child adopted by its foster carers, on "
                    "the day it was fostered; here it stops when the placement became one for "
                    "adoption.",
                ),
                "Department for Education, adoption scorecards.",
            ),
        ),
        pairs_with=("days_from_order_to_match", "plans_for_adoption_given_up"),
        caveats=(_ADOPTED_ONLY, _LAST, _FEW, _BEGAN_BEFORE),
        unconfirmed=("How a scorecard treats a placement for adoption that broke down before.",),
        **_span("ENTRY_TO_PLACED"),
    )
)
register(
    _time(
        name="days_from_order_to_match",
        title="Time from a placement order to a match with adopters",
        text="How many days it took, on average, from the day that a court allowed a child to be "
        "placed for adoption to the day that the council decided on the match.",
        counted_in="days",
        needs=("AD1",),
        numerator_words="All their days from the first placement order (legal status E1) of that "
        "period of care to the match (DATE_MATCH).",
        denominator_words="Children who left care in the year by adoption, with both days known.",
        whole="days from placement order to match",
        did="for each child adopted",
        left_out=_undated("ORDER_TO_MATCH", "the day of the placement order or of the match"),
        mirrors=(
            Mirror(
                None,
                "Adoption scorecards: average time from the court's authority to a match (A2)",
                ("Scorecards average over three years.",),
                "Department for Education, adoption scorecards.",
            ),
        ),
        pairs_with=("months_from_decision_to_match",),
        caveats=(
            _ADOPTED_ONLY,
            _LAST,
            _FEW,
            _BEGAN_BEFORE,
            "A match made before the order counts as days out of order and is left out.",
        ),
        unconfirmed=("That a scorecard leaves out matches made before the order.",),
        **_span("ORDER_TO_MATCH"),
    )
)
register(
    _time(
        name="months_from_decision_to_match",
        title="Time from the decision for adoption to a match with adopters",
        text="How many months it took, on average, from the decision that a child should be placed "
        "for adoption to the match with adopters.",
        counted_in="months",
        needs=("AD1",),
        numerator_words="All their months from the decision (DATE_INT) to the match (DATE_MATCH), "
        "a month being 365.25 ÷ 12 days.",
        denominator_words="Children who left care in the year by adoption, with both days known.",
        whole="months from decision to match",
        did="for each child adopted",
        left_out=_undated("DECISION_TO_MATCH", "the day of the decision or of the match"),
        mirrors=(
            Mirror(
                None,
                "National Framework dashboard: average number of months between the decision that "
                "a child should be placed for adoption and the match (not held by council)",
                (sources.RETURNS, "How long a month the Department takes is not known."),
                sources.FOOTNOTES,
            ),
        ),
        pairs_with=("days_from_care_to_adopters",),
        caveats=(_ADOPTED_ONLY, _LAST, _FEW),
        unconfirmed=("How long a month the Department takes.",),
        **_span("DECISION_TO_MATCH", DAYS_A_MONTH),
    )
)

_plan = partial(
    Measure,
    kind="count",
    view="plans_for_adoption",
    denominator_words=None,
    whole="children",
    breakdowns=_GROUPS,
    topic="permanence",
    needs=("PlacedAdoption",),
    confidence="partly confirmed",
    pillar="practice and systems",
    sources=(sources.CODES,),
)
_PLANS = "A child for whom two such decisions were made in the year counts twice."
_OF_PLANS = (
    "That England’s published numbers count a child with two such decisions in a year twice, as "
    "here."
)

register(
    _plan(
        name="decided_for_adoption",
        title="Children for whom adoption was decided on",
        text="For how many children the council decided in the year that they should be placed for "
        "adoption.",
        numerator=lambda: col("MADE"),
        numerator_words="Decisions that a child should be placed for adoption, made in the year "
        "(DATE_PLACED).",
        clock="The day of the decision, 1 April to 31 March.",
        did="were decided to be placed for adoption",
        mirrors=(
            Mirror(
                None, "Children with a decision for adoption, not held by council", (), sources.LAIT
            ),
        ),
        pairs_with=("plans_for_adoption_given_up",),
        caveats=(_PLANS,),
        unconfirmed=(_OF_PLANS,),
    )
)
register(
    _plan(
        name="plans_for_adoption_given_up",
        title="Children for whom a plan for adoption was given up",
        text="For how many children the council decided in the year that they should no longer be "
        "placed for adoption.",
        numerator=lambda: col("GIVEN_UP"),
        numerator_words="Plans for adoption that ended in the year (DATE_PLACED_CEASED): the "
        "child’s needs changed (RD1), the court made no order (RD2), no adopters were found (RD3), "
        "or another reason (RD4).",
        clock="The day on which the plan ended, 1 April to 31 March.",
        did="had a plan for adoption given up",
        mirrors=(
            Mirror(
                None,
                "Children whose decision for adoption was reversed, not held by council",
                (),
                sources.LAIT,
            ),
        ),
        pairs_with=("decided_for_adoption",),
        caveats=(
            _PLANS,
            "A plan may be given up because the child can go home or live with relatives, or "
            "because nobody was found: only the reason tells, and it is coarse.",
        ),
        unconfirmed=(
            _OF_PLANS,
            "That every plan given up is recorded: one left open here may have ended unrecorded.",
        ),
    )
)
