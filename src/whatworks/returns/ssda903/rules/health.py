"""Rules on health and offending of children looked after for at least a year: the OC2 table."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, one_of, unknown_code
from whatworks.returns.rules.model import Setting
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, col, unreadable

health = partial(rule, collection="ssda903", view="oc2")

HIGHEST_SCORE = 40
"""Twenty of the questionnaire's items count, each with 0, 1 or 2."""


@health(
    "158",
    reads=["INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"],
    remedy="Leave the offer blank when help was received.",
    examples=[
        example(
            "Help was received, so that the offer goes without saying",
            OC2="""
              CHILD INTERVENTION_RECEIVED INTERVENTION_OFFERED
            > A     1                     1
              B     1                     -
              C     0                     1
            """,
        ),
    ],
)
def offer_given_though_help_received() -> Expr:
    """The child received help with substance misuse, but the offer of help is filled in as well."""
    return one_of("INTERVENTION_RECEIVED", ["1"]) & given("INTERVENTION_OFFERED")


@health(
    "159",
    reads=["SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"],
    remedy="Enter whether help was offered.",
    examples=[
        example(
            "No help was received: was it offered?",
            OC2="""
              CHILD SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED
            > A     1                0                     -
              B     1                0                     1
              C     1                1                     -
              D     0                -                     -
            """,
        ),
    ],
)
def no_help_and_no_word_of_an_offer() -> Expr:
    """The child misuses substances and received no help, but it is not said whether help was
    offered."""
    no_help = one_of("SUBSTANCE_MISUSE", ["1"]) & one_of("INTERVENTION_RECEIVED", ["0"])
    return no_help & blank("INTERVENTION_OFFERED")


@health(
    "180",
    reads=["SDQ_SCORE"],
    validity=True,
    remedy="Enter a whole number from 0 to 40, or leave it blank and give a reason.",
    examples=[
        example(
            "Too high, negative, and not a number",
            OC2="""
              CHILD SDQ_SCORE
              A     0
              B     40
              C     -
            > D     41
            > E     -1
            > F     high
            """,
        ),
    ],
)
def score_is_not_from_0_to_40() -> Expr:
    """The strengths and difficulties score is not a whole number from 0 to 40."""
    score = col("SDQ_SCORE")
    outside = given("SDQ_SCORE") & any_of(score < 0, score > HIGHEST_SCORE)
    return any_of(unreadable("SDQ_SCORE"), outside)


@health(
    "192",
    reads=["SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED"],
    remedy="Enter whether the child received help.",
    examples=[
        example(
            "Was help received?",
            OC2="""
              CHILD SUBSTANCE_MISUSE INTERVENTION_RECEIVED
            > A     1                -
              B     1                0
              C     0                -
            """,
        ),
    ],
)
def misuse_and_no_word_of_help() -> Expr:
    """The child misuses substances, but it is not said whether help was received."""
    return one_of("SUBSTANCE_MISUSE", ["1"]) & blank("INTERVENTION_RECEIVED")


@health(
    "193",
    reads=["SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"],
    remedy="Leave both blank unless the child misuses substances.",
    examples=[
        example(
            "Help for a problem that there is not",
            OC2="""
              CHILD SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED
            > A     0                1                     -
            > B     -                -                     0
              C     1                1                     -
              D     0                -                     -
            """,
        ),
    ],
)
def help_without_misuse() -> Expr:
    """Help with substance misuse was offered or received, but the child is not said to misuse
    substances."""
    none = any_of(blank("SUBSTANCE_MISUSE"), one_of("SUBSTANCE_MISUSE", ["0"]))
    return none & any_of(given("INTERVENTION_RECEIVED"), given("INTERVENTION_OFFERED"))


@health(
    "196",
    reads=["SDQ_REASON"],
    remedy="Enter a reason from SDQ1 to SDQ5.",
    examples=[
        example(
            "A reason that is not in the list",
            OC2="""
              CHILD SDQ_REASON
              A     SDQ2
            > B     SDQ9
              C     -
            """,
        ),
    ],
)
def reason_for_no_score_is_not_a_code(now: Setting) -> Expr:
    """The reason why there is no strengths and difficulties score is not one of the codes."""
    return unknown_code("SDQ_REASON", now.codes("SDQ_REASON"))


@health(
    "197a",
    reads=["SDQ_SCORE", "SDQ_REASON"],
    remedy="Take out the reason, or the score.",
    examples=[
        example(
            "A score, and a reason why there is none",
            OC2="""
              CHILD SDQ_SCORE SDQ_REASON
            > A     12        SDQ2
              B     12        -
              C     -         SDQ2
            """,
        ),
    ],
)
def score_and_reason_for_none() -> Expr:
    """There is a strengths and difficulties score and also a reason why there is none."""
    return given("SDQ_SCORE") & given("SDQ_REASON")
