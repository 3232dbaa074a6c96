"""Rules on reviews of a child's plan."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, one_of, unknown_code
from whatworks.returns.rules.model import UNCONFIRMED, Setting
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, birthday, col, is_blank

review = partial(rule, collection="ssda903", view="review")


@review(
    "166",
    reads=["REVIEW"],
    validity=True,
    remedy="Enter the day of the review as day/month/year.",
    examples=[
        example(
            "No day, and no such day",
            Reviews="""
              CHILD REVIEW
              A     2024-06-28
            > B     -
            > C     31/06/2024
            """,
        ),
    ],
)
def review_is_not_a_date() -> Expr:
    """The day of the review is blank, or is not a date."""
    return blank("REVIEW")


@review(
    "167",
    reads=["REVIEW", "REVIEW_CODE"],
    validity=True,
    remedy="Enter how the child took part, from PN0 to PN7.",
    examples=[
        example(
            "How the child took part is missing, wrong, or given without a review",
            Reviews="""
              CHILD REVIEW     REVIEW_CODE
              A     2024-06-28 PN1
            > B     2024-06-28 -
            > C     2024-06-28 PN9
            > D     -          PN1
              E     -          -
            """,
        ),
    ],
)
def taking_part_is_not_a_code(now: Setting) -> Expr:
    """How the child took part in the review is blank or not one of the codes, or is given where
    there was no review."""
    no_review = is_blank("REVIEW", readable=False)
    unknown = unknown_code("REVIEW_CODE", now.codes("REVIEW_CODE"))
    return any_of(unknown, given("REVIEW_CODE") == no_review)


@review(
    "440",
    reads=["DOB", "REVIEW", "REVIEW_CODE"],
    confidence=UNCONFIRMED,
    note=(
        "The official wording counts the fourth birthday itself; in practice a review on that day "
        "is seen to pass, and passes here."
    ),
    remedy="Correct the date of birth, the day of the review or how the child took part.",
    examples=[
        example(
            "The day after the fourth birthday, and the birthday",
            Reviews="""
              CHILD DOB        REVIEW     REVIEW_CODE
            > A     2020-05-31 2024-06-01 PN0
              B     2020-06-01 2024-06-01 PN0
              C     2020-05-31 2024-06-01 PN1
            """,
        ),
    ],
)
def too_young_to_take_part_after_4() -> Expr:
    """The code says that the child was too young to take part, but the review was after a fourth
    birthday."""
    return one_of("REVIEW_CODE", ["PN0"]) & (col("REVIEW") > birthday("DOB", 4))


@review(
    "441",
    reads=["DOB", "REVIEW", "REVIEW_CODE"],
    remedy="Correct the date of birth or the day of the review, or use PN0.",
    examples=[
        example(
            "The day before the fourth birthday, and the birthday",
            Reviews="""
              CHILD DOB        REVIEW     REVIEW_CODE
            > A     2020-06-02 2024-06-01 PN1
              B     2020-06-01 2024-06-01 PN7
              C     2020-06-02 2024-06-01 PN0
            """,
        ),
    ],
)
def took_part_before_4(now: Setting) -> Expr:
    """The code says how a child of four or over took part, but the review was before a fourth
    birthday."""
    older = [code for code in now.codes("REVIEW_CODE") if code != "PN0"]
    return one_of("REVIEW_CODE", older) & (col("REVIEW") < birthday("DOB", 4))
