"""Strengths and difficulties of children looked after for a year: the questionnaire's score."""

from __future__ import annotations

from functools import partial
from typing import Any

from whatworks.measures.definition import LeftOut, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.wellbeing import (
    TWELVE,
    UNKNOWN_LENGTH,
    WHO,
    health,
    long_enough,
    mirror,
    unanswered,
)
from whatworks.tables import all_of, col, is_blank, when

CONCERN, BORDERLINE = 17, 14
"""Points of the questionnaire from which the Department speaks of a cause for concern, and of a
score on the border of it (local authority interactive tool, measure 162: 0 to 13 is normal)."""
YOUNGEST_SCORED, OLDEST_SCORED = 4, 16
"""Ages at which the return asks for a score: reason SDQ1 is for those under 4 or over 17."""


def scored() -> Any:
    """Looked after for a year, with a score from 0 to 40."""
    return all_of(long_enough(), ~is_blank("SCORE"))


def of_age() -> Any:
    """Of the ages for which the return asks for a score."""
    return all_of(long_enough(), col("AGE") >= YOUNGEST_SCORED, col("AGE") <= OLDEST_SCORED)


def of_concern() -> Any:
    """A score of 17 or more."""
    return all_of(long_enough(), col("SCORE") >= CONCERN)


def borderline() -> Any:
    """A score of 14 to 16."""
    return all_of(long_enough(), col("SCORE") >= BORDERLINE, col("SCORE") < CONCERN)


def scored_twice() -> Any:
    """A score this year and last."""
    return all_of(scored(), ~is_blank("SCORE_BEFORE"))


_QUESTIONS = (
    "The strengths and difficulties questionnaire has twenty questions that count, of 0 to 2 "
    "points each: 0 to 13 is normal, 14 to 16 on the border, 17 to 40 a cause for concern. A main "
    "carer fills it in."
)
_NO_SCORE = LeftOut(
    "no_score",
    "Children without a score from 0 to 40, those too young or too old to be asked among them.",
    lambda: unanswered(scored),
)
_AGES = "From which age to which the published figures count; here whoever has a score counts."
_score = partial(health, view="looked_after_for_a_year")

register(
    _score(
        name="sdq_completed",
        title="Children in care whose difficulties were asked about",
        text="Of the children aged 4 to 16 looked after for at least a year, how many have a score "
        "of the strengths and difficulties questionnaire.",
        numerator=lambda: all_of(scored(), of_age()),
        numerator_words="Those with a score from 0 to 40.",
        denominator=of_age,
        denominator_words=f"{WHO}, aged 4 to 16 on 31 March.",
        whole="children aged 4 to 16 looked after for a year",
        did="have a score of strengths and difficulties",
        left_out=(UNKNOWN_LENGTH,),
        mirrors=mirror(None, "Children looked after with a score of strengths and difficulties"),
        direction="higher",
        direction_words="More is better: without a score nobody can tell whether a child fares "
        "better.",
        pairs_with=("sdq_average",),
        caveats=(TWELVE, _QUESTIONS, "A child with no record at all counts as without a score."),
        unconfirmed=("That the published figure takes ages 4 to 16, and on 31 March.",),
    )
)
register(
    _score(
        name="sdq_average",
        title="Average score of strengths and difficulties",
        text="The average score of the strengths and difficulties questionnaire of children "
        "looked after for at least a year. Higher means more difficulty.",
        kind="ratio",
        spread="members",
        counted_in="points",
        numerator=lambda: when(scored()).then(col("SCORE")),
        numerator_words="All their points together.",
        denominator=lambda: when(scored()).then(1.0),
        denominator_words=f"{WHO}, with a score from 0 to 40.",
        whole="points of difficulty",
        did="were scored for each child",
        left_out=(UNKNOWN_LENGTH, _NO_SCORE),
        mirrors=(
            Mirror(
                "strengths_and_difficulties_score",
                "Mean score of strengths and difficulties of children looked after for a year",
                (sources.RETURNS, "Which ages the published average takes is not confirmed."),
                sources.LAIT,
            ),
        ),
        direction="lower",
        direction_words="Lower means less difficulty. Children who come into care with more "
        "difficulties raise it, whatever the care is like.",
        pairs_with=("sdq_completed", "sdq_fell"),
        caveats=(TWELVE, _QUESTIONS, "Who has no score is not like who has one."),
        unconfirmed=(_AGES,),
    )
)
register(
    _score(
        name="sdq_of_concern",
        title="Children in care whose difficulties are a cause for concern",
        text="Of the children looked after for at least a year with a score of strengths and "
        "difficulties, how many scored 17 or more.",
        numerator=of_concern,
        numerator_words="Those with a score from 17 to 40.",
        denominator=scored,
        denominator_words=f"{WHO}, with a score from 0 to 40.",
        whole="children in care with a score",
        did="scored 17 or more, a cause for concern",
        left_out=(UNKNOWN_LENGTH, _NO_SCORE),
        mirrors=mirror(None, "Children looked after whose score is a cause for concern"),
        direction="lower",
        direction_words="Fewer means less difficulty, be it through care or through who comes in.",
        pairs_with=("sdq_completed", "sdq_no_longer_of_concern"),
        caveats=(TWELVE, _QUESTIONS),
        unconfirmed=(_AGES,),
    )
)
register(
    _score(
        name="sdq_borderline",
        title="Children in care whose difficulties are on the border of concern",
        text="Of the children looked after for at least a year with a score of strengths and "
        "difficulties, how many scored 14 to 16.",
        numerator=borderline,
        numerator_words="Those with a score from 14 to 16.",
        denominator=scored,
        denominator_words=f"{WHO}, with a score from 0 to 40.",
        whole="children in care with a score",
        did="scored 14 to 16, on the border of concern",
        left_out=(UNKNOWN_LENGTH, _NO_SCORE),
        mirrors=mirror(None, "Children looked after whose score is on the border of concern"),
        pairs_with=("sdq_of_concern",),
        caveats=(TWELVE, _QUESTIONS),
        unconfirmed=(_AGES,),
    )
)

_BOTH = (
    "Only children looked after for a year on both occasions, and scored on both, can be compared."
)
_REGRESSION = (
    "High scores tend to be lower the next time by chance alone, so some of this would be seen "
    "whatever was done: set it beside other councils, not beside nought."
)
_twice = partial(_score, years_before=1, needs=("OC2", "OC2 before"))
_NOT_TWICE = LeftOut(
    "not_scored_twice",
    "Children without a score from 0 to 40 in both years.",
    lambda: unanswered(scored_twice),
)

register(
    _twice(
        name="sdq_fell",
        title="Children in care whose difficulties lessened",
        text="Of the children looked after for at least a year with a score of strengths and "
        "difficulties this year and last, how many scored fewer points this year.",
        numerator=lambda: all_of(scored_twice(), col("SCORE") < col("SCORE_BEFORE")),
        numerator_words="Those with a lower score than the year before.",
        denominator=scored_twice,
        denominator_words=f"{WHO}, with a score from 0 to 40 this year and the year before.",
        whole="children in care scored twice",
        did="scored fewer points of difficulty than the year before",
        left_out=(UNKNOWN_LENGTH, _NOT_TWICE),
        mirrors=mirror(None, "Change of score is not published"),
        direction="higher",
        direction_words="More is better.",
        pairs_with=("sdq_average", "sdq_completed"),
        caveats=(
            TWELVE,
            _QUESTIONS,
            _BOTH,
            "A fall of one point counts as one of ten does; a score that stayed the same does not.",
            "Often another person fills the questionnaire in the second time.",
        ),
        unconfirmed=(
            "That a fall of any size is worth counting: how many points are more than chance in "
            "the answers was not read.",
        ),
    )
)
register(
    _twice(
        name="sdq_no_longer_of_concern",
        title="Children in care whose difficulties are no longer a cause for concern",
        text="Of the children looked after for at least a year who scored 17 or more the year "
        "before, how many scored less than 17 this year.",
        numerator=lambda: all_of(
            scored_twice(), col("SCORE_BEFORE") >= CONCERN, col("SCORE") < CONCERN
        ),
        numerator_words="Those with a score of 16 or less this year.",
        denominator=lambda: all_of(scored_twice(), col("SCORE_BEFORE") >= CONCERN),
        denominator_words=f"{WHO}, with a score of 17 or more the year before and one this year.",
        whole="children in care whose score had been a cause for concern",
        did="scored below 17",
        left_out=(UNKNOWN_LENGTH, _NOT_TWICE),
        mirrors=mirror(None, "Change of score is not published"),
        direction="higher",
        direction_words="More is better.",
        pairs_with=("sdq_of_concern", "sdq_completed"),
        caveats=(TWELVE, _QUESTIONS, _BOTH, _REGRESSION),
        unconfirmed=(
            "That 17 points is where concern begins at every age: read in the local authority "
            "interactive tool alone.",
        ),
    )
)
