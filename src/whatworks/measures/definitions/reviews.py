"""Reviews of looked-after children's care, who worked with the child, and loss of liberty."""

from __future__ import annotations

from functools import partial
from typing import Any

from whatworks.measures.definition import LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.tables import all_of, col

REGULATIONS = (
    "Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959), "
    "regulation 33."
)
VIEWS_KNOWN = ("PN1", "PN2", "PN3", "PN5", "PN6")
"""Codes of a review to which the child's views came, from the child or through somebody else."""
ATTENDED = ("PN1", "PN2", "PN3", "PN4")
PARTICIPATION = (*VIEWS_KNOWN, "PN4", "PN7")
"""Codes of a review of a child of 4 or older: present without a word, and neither, added."""
TOO_YOUNG = "PN0"
MANY_WORKERS = 3
"""The published indicator's own threshold."""

_GROUPS = ("age_group", "sex", "ethnicity", "uasc", "legal_status", "placement")
_SINCE_2024 = (
    "The return tells of social workers only from 2024 on; councils were still learning to "
    "fill it in at first."
)


def judged() -> Any:
    """How the child took part is known, and it was old enough to."""
    return col("REVIEW_CODE").is_in(PARTICIPATION)


_participation = partial(
    Measure,
    kind="percentage",
    view="reviews_held",
    denominator=judged,
    denominator_words="Reviews held in the year of children aged 4 or over, as the review’s code "
    "has it (any but PN0).",
    clock="The day of the review, 1 April to 31 March.",
    whole="reviews of children aged 4 or over",
    breakdowns=("age_group", "sex", "ethnicity"),
    topic="living_in_care",
    needs=("Reviews",),
    left_out=(
        LeftOut(
            "participation_not_known",
            "Reviews whose code (REVIEW_CODE) is blank or not one of the list.",
            lambda: ~col("REVIEW_CODE").is_in((*PARTICIPATION, TOO_YOUNG)).fill_null(value=False),
        ),
    ),
    direction="higher",
    direction_words="More is better: children are to be heard on what is decided about them.",
    confidence="partly confirmed",
    pillar="practice and systems",
    sources=(sources.CODES,),
)
_EACH = "Each review counts once: a child who had three counts three times."

register(
    _participation(
        name="views_heard_at_reviews",
        title="Reviews of care to which the child’s views came",
        text="Of the reviews of children aged 4 or over, at how many the child’s views were known: "
        "they spoke, somebody spoke for them, or they let them be known in another way.",
        numerator=lambda: col("REVIEW_CODE").is_in(VIEWS_KNOWN),
        numerator_words="Reviews to which the child’s views came (PN1, PN2, PN3, PN5, PN6).",
        did="had the child’s views before them",
        mirrors=(
            Mirror(None, "Participation in reviews is no longer published", (), sources.LAIT),
        ),
        pairs_with=("attended_reviews", "reviewed_on_time"),
        caveats=(
            _EACH,
            "A child who came but neither spoke nor let views be known (PN4) is not counted.",
            "What came of the child’s views is not in the return.",
        ),
        unconfirmed=("That earlier published figures took the same codes.",),
    )
)
register(
    _participation(
        name="attended_reviews",
        title="Reviews of care that the child came to",
        text="Of the reviews of children aged 4 or over, how many the child came to.",
        numerator=lambda: col("REVIEW_CODE").is_in(ATTENDED),
        numerator_words="Reviews that the child came to (PN1 to PN4).",
        did="were attended by the child",
        mirrors=(Mirror(None, "Attendance at reviews is not published", (), sources.LAIT),),
        direction="higher",
        direction_words="More is usually better; some children would rather not come.",
        pairs_with=("views_heard_at_reviews",),
        caveats=(_EACH,),
        unconfirmed=(
            "That a child who joined from elsewhere, by telephone or video say, is recorded as "
            "having come.",
            "That codes PN1 to PN4 are all of those who came: read in a list of codes, not in the "
            "guide to the return.",
        ),
    )
)
register(
    Measure(
        name="reviewed_on_time",
        title="Children in care whose reviews were all held in time",
        text="Of the children looked after on 31 March, how many had every review of the year "
        "within its legal time, and none overdue on that day.",
        kind="percentage",
        view="looked_after_and_reviewed",
        numerator=lambda: all_of(~col("LATE"), ~col("NOT_DUE"), ~col("UNHELD")),
        numerator_words="Those with no late review in the year and none overdue on 31 March.",
        denominator=lambda: all_of(~col("NOT_DUE"), ~col("UNHELD")),
        denominator_words="Children looked after on 31 March who had had a review in that period "
        "of care, or for whom one was due by then.",
        clock="The first review within 20 working days of coming into care, the second within "
        "three months of the first, each later one within six months of the one before.",
        whole="children looked after on 31 March",
        did="had all their reviews in time",
        breakdowns=_GROUPS,
        topic="living_in_care",
        years_before=1,
        needs=("Reviews", "Reviews before"),
        left_out=(
            LeftOut(
                "first_review_not_due",
                "Children who had no review yet and whose twenty working days had not passed on "
                "31 March.",
                lambda: col("NOT_DUE"),
            ),
            LeftOut(
                "calendar_not_held",
                "Children whose first review hangs on working days of years of which bank holidays "
                "are not held.",
                lambda: col("UNHELD"),
            ),
        ),
        mirrors=(Mirror(None, "Reviews held in time are no longer published", (), sources.LAIT),),
        direction="higher",
        direction_words="More is better: the law sets these times.",
        pairs_with=("views_heard_at_reviews",),
        caveats=(
            sources.SHORT_BREAKS,
            "Reviews of an earlier period of care do not count for this one.",
            "Where a review is held early, the next is due six months from it.",
            "What was decided, and whether it was done, is not in the return.",
        ),
        unconfirmed=(
            "The three and six months: read in summaries, not in the regulations themselves.",
            "That the day of coming into care is day nought of the twenty.",
        ),
        confidence="partly confirmed",
        pillar="practice and systems",
        sources=(REGULATIONS, sources.CODES),
    )
)
register(
    Measure(
        name="three_or_more_social_workers",
        title="Children in care who had three or more social workers in the year",
        text="Of the children looked after on 31 March, how many had three or more different "
        "social workers during the year.",
        kind="percentage",
        view="looked_after_and_their_workers",
        numerator=lambda: col("WORKERS") >= MANY_WORKERS,
        numerator_words="Those with three or more different social workers between 1 April and "
        "31 March.",
        denominator=lambda: col("WORKERS") > 0,
        denominator_words="Children looked after on 31 March with at least one social worker in "
        "the year’s return.",
        clock="1 April to 31 March. A worker who comes back is counted once.",
        whole="children looked after on 31 March",
        did="had three or more social workers in the year",
        breakdowns=_GROUPS,
        topic="living_in_care",
        needs=("SWEpisodes",),
        left_out=(
            LeftOut(
                "no_social_worker_told_of",
                "Children for whom the return names no social worker in the year.",
                lambda: col("WORKERS") == 0,
            ),
        ),
        mirrors=(
            Mirror(
                "three_or_more_social_workers",
                "Share of children looked after on 31 March with three or more social workers in "
                "the year",
                (
                    sources.RETURNS,
                    "Whether the published share counts children without any social worker in the "
                    "return is not confirmed.",
                ),
                sources.LAIT,
            ),
        ),
        direction="lower",
        direction_words="Fewer is better: children say that they want one person they can trust.",
        pairs_with=("social_worker_turnover", "three_or_more_placements"),
        caveats=(
            sources.SHORT_BREAKS,
            "Social workers of the time before the child came into care count too.",
            "A worker whose number changed counts as two, and one recorded without a number as "
            "none.",
            "Moves between teams that a council means to make, such as from assessment to care, "
            "count as any other.",
            _SINCE_2024,
        ),
        unconfirmed=("That children for whom no social worker is named are left out.",),
        confidence="partly confirmed",
        pillar="people and leadership",
        sources=(sources.LAIT,),
    )
)
register(
    Measure(
        name="deprived_of_liberty",
        title="Children in care deprived of their liberty by an order",
        text="How many children had a deprivation of liberty order in force at some time in the "
        "year.",
        kind="count",
        view="deprived_of_liberty",
        numerator=lambda: ~col("YEAR").is_null(),
        numerator_words="Children with an order in force on any day of the year, each once.",
        denominator_words=None,
        clock="1 April to 31 March.",
        whole="children",
        did="were deprived of their liberty by an order",
        breakdowns=("age_group", "sex", "ethnicity"),
        topic="living_in_care",
        needs=("DoLo",),
        mirrors=(Mirror(None, "Not published for councils", (), sources.CODES),),
        pairs_with=("looked_after_at_31_march",),
        caveats=(
            "Numbers are small, and follow the size of a council.",
            "A child in a secure home under a secure accommodation order is not in this table.",
        ),
        unconfirmed=(
            "The table: no official form of it was seen, only what a public checking tool reads.",
        ),
        confidence="unconfirmed",
        pillar="practice and systems",
        sources=(sources.CODES,),
    )
)
