"""Rules on adoption: the AD1, PlacedAdoption and PrevPerm tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import blank, given, not_one_of, one_of, unknown_code
from whatworks.returns.rules.model import Setting
from whatworks.returns.rules.register import rule
from whatworks.tables import any_of, col, unreadable

adoption = partial(rule, collection="ssda903", view="adoption")
placed = partial(rule, collection="ssda903", view="placed_for_adoption")
permanence = partial(rule, collection="ssda903", view="previous_permanence")

Maker = Callable[..., Callable[[Any], Any]]

ALONE, TOGETHER = ("M1", "F1"), ("MM", "FF", "MF")
_DATE = "Enter the day as day/month/year, or leave it blank."


def _date(make: Maker, number: str, table: str, column: str, *, sentence: str) -> None:
    """Register a rule that what a column holds, if anything, is a date."""

    def judge() -> Expr:
        return unreadable(column)

    judge.__doc__ = sentence
    text = f"""
      CHILD {column}
      A     2024-06-30
      B     -
    > C     31/06/2024
    """
    make(
        number,
        reads=[column],
        validity=True,
        remedy=_DATE,
        examples=[example("A day that does not exist", {table: text})],
    )(judge)


def _code(make: Maker, number: str, table: str, column: str, *, good: str, sentence: str) -> None:
    """Register a rule that what a column holds, if anything, is a code of its list."""

    def judge(now: Setting) -> Expr:
        return unknown_code(column, now.codes(column))

    judge.__doc__ = sentence
    text = f"""
      CHILD {column}
      A     {good}
      B     -
    > C     Q9
    """
    make(
        number,
        reads=[column],
        remedy="Enter a code of the list, or leave it blank.",
        examples=[example("A code that is not in the list", {table: text})],
    )(judge)


_date(
    adoption,
    "112",
    "AD1",
    "DATE_INT",
    sentence=(
        "What was entered as the day it was decided that the child should be placed for adoption "
        "is not a date."
    ),
)
_date(
    adoption,
    "113",
    "AD1",
    "DATE_MATCH",
    sentence="What was entered as the day the child was matched with adopters is not a date.",
)
_date(
    placed,
    "115",
    "PlacedAdoption",
    "DATE_PLACED",
    sentence=(
        "What was entered as the day of the decision to place the child for adoption is not a date."
    ),
)
_date(
    placed,
    "116",
    "PlacedAdoption",
    "DATE_PLACED_CEASED",
    sentence="What was entered as the day the plan for adoption was given up is not a date.",
)
_code(
    adoption,
    "114",
    "AD1",
    "FOSTER_CARE",
    good="1",
    sentence="Whether the child was adopted by the foster carer is not one of the codes.",
)
_code(
    adoption,
    "176",
    "AD1",
    "SEX_ADOPTR",
    good="MF",
    sentence="The sex of the adopters is not one of the codes.",
)
_code(
    adoption,
    "177",
    "AD1",
    "LS_ADOPTR",
    good="L11",
    sentence="The legal status of the adopters is not one of the codes.",
)
_code(
    placed,
    "120",
    "PlacedAdoption",
    "REASON_PLACED_CEASED",
    good="RD1",
    sentence="The reason why the plan for adoption was given up is not one of the codes.",
)
_code(
    permanence,
    "631",
    "PrevPerm",
    "PREV_PERM",
    good="P1",
    sentence="The permanent home that the child had before is not one of the codes.",
)


@placed(
    "119",
    reads=["DATE_PLACED_CEASED", "REASON_PLACED_CEASED"],
    remedy="Enter both the day and the reason, or neither.",
    examples=[
        example(
            "One without the other",
            PlacedAdoption="""
              CHILD DATE_PLACED_CEASED REASON_PLACED_CEASED
              A     2024-06-01         RD1
              B     -                  -
            > C     2024-06-01         -
            > D     -                  RD2
            """,
        ),
    ],
)
def given_up_without_day_or_reason() -> Expr:
    """The plan for adoption was given up on some day without a reason, or for a reason without a
    day."""
    return given("DATE_PLACED_CEASED") != given("REASON_PLACED_CEASED")


@placed(
    "522",
    reads=["DATE_PLACED", "DATE_PLACED_CEASED"],
    remedy="Correct whichever of the two days is wrong.",
    examples=[
        example(
            "Given up before it was decided",
            PlacedAdoption="""
              CHILD DATE_PLACED DATE_PLACED_CEASED
            > A     2024-06-02  2024-06-01
              B     2024-06-01  2024-06-01
              C     2024-06-01  -
            """,
        ),
    ],
)
def given_up_before_decided() -> Expr:
    """The plan for adoption was given up before it was made."""
    return col("DATE_PLACED_CEASED") < col("DATE_PLACED")


@placed(
    "563",
    reads=["DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"],
    remedy="Enter the day of the decision to place the child for adoption.",
    examples=[
        example(
            "Given up, but never decided",
            PlacedAdoption="""
              CHILD DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED
            > A     -           2024-06-01         RD1
              B     2024-05-01  2024-06-01         RD1
              C     -           -                  -
            """,
        ),
    ],
)
def given_up_but_never_decided() -> Expr:
    """The plan for adoption was given up, but the day it was made is blank."""
    return given("REASON_PLACED_CEASED") & given("DATE_PLACED_CEASED") & blank("DATE_PLACED")


@adoption(
    "175",
    reads=["NB_ADOPTR"],
    validity=True,
    remedy="Enter 1 or 2, or leave it blank.",
    examples=[
        example(
            "Three adopters, and a word",
            AD1="""
              CHILD NB_ADOPTR
              A     1
              B     2
              C     -
            > D     3
            > E     two
            """,
        ),
    ],
)
def number_of_adopters_is_not_one_or_two() -> Expr:
    """The number of adopters is neither 1 nor 2."""
    number = given("NB_ADOPTR") & ~col("NB_ADOPTR").is_in([1, 2])
    return any_of(unreadable("NB_ADOPTR"), number)


@adoption(
    "333",
    reads=["DATE_INT", "DATE_MATCH"],
    remedy="Enter a day of decision that is no later than the day of the match.",
    examples=[
        example(
            "Matched before, or without, a decision",
            AD1="""
              CHILD DATE_INT   DATE_MATCH
            > A     2024-06-02 2024-06-01
            > B     -          2024-06-01
              C     2024-06-01 2024-06-01
              D     2024-06-01 -
            """,
        ),
    ],
)
def matched_before_decided() -> Expr:
    """The child was matched with adopters before, or without, a decision on adoption."""
    late = given("DATE_INT") & (col("DATE_INT") > col("DATE_MATCH"))
    return given("DATE_MATCH") & any_of(blank("DATE_INT"), late)


@adoption(
    "511",
    reads=["NB_ADOPTR", "SEX_ADOPTR"],
    remedy="Correct the number of adopters or their sex.",
    examples=[
        example(
            "Two adopters, of whom one is described",
            AD1="""
              CHILD NB_ADOPTR SEX_ADOPTR
            > A     2         M1
              B     2         MF
              C     1         F1
            """,
        ),
    ],
)
def two_adopters_described_as_one() -> Expr:
    """There are two adopters, but their sex is given as that of one person."""
    return (col("NB_ADOPTR") == 2) & one_of("SEX_ADOPTR", ALONE)


def _couple(number: str, status: str, allowed: tuple[str, ...], wrong: str, sentence: str) -> None:
    """Register a rule that adopters of some legal status are of one of these sexes."""

    def judge() -> Expr:
        return one_of("LS_ADOPTR", [status]) & not_one_of("SEX_ADOPTR", allowed)

    judge.__doc__ = sentence
    adoption(
        number,
        reads=["LS_ADOPTR", "SEX_ADOPTR"],
        remedy="Correct the legal status of the adopters or their sex.",
        examples=[
            example(
                "The two do not go together",
                AD1=f"""
                  CHILD LS_ADOPTR SEX_ADOPTR
                  A     {status}  {allowed[0]}
                > B     {status}  {wrong}
                > C     {status}  -
                  D     -         {wrong}
                """,
            ),
        ],
    )(judge)


_couple(
    "514", "L0", ALONE, "MF", "The adopter adopts alone, but the sex is not that of one person."
)
_couple(
    "517",
    "L3",
    ("MF",),
    "FF",
    "The adopters are an unmarried couple of different sexes, but their sexes are not given so.",
)
_couple(
    "518",
    "L4",
    ("MM", "FF"),
    "MF",
    "The adopters are an unmarried couple of the same sex, but their sexes are not given so.",
)
_couple(
    "519",
    "L2",
    TOGETHER,
    "M1",
    "The adopters are civil partners, but their sex is not that of a couple.",
)
_couple(
    "520",
    "L11",
    ("MF",),
    "MM",
    "The adopters are a married couple of different sexes, but their sexes are not given so.",
)
_couple(
    "524",
    "L12",
    ("MM", "FF"),
    "MF",
    "The adopters are a married couple of the same sex, but their sexes are not given so.",
)
