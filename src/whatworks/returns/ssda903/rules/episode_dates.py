"""Rules on the days of a single episode."""

from __future__ import annotations

from datetime import date
from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import one_of
from whatworks.returns.rules.model import between
from whatworks.returns.rules.register import rule
from whatworks.tables import col, lit

episode = partial(rule, collection="ssda903", view="episode")

CHILDREN_ACT_IN_FORCE = date(1991, 10, 14)
"""The Children Act 1989 came into force; the record of episodes begins with it."""

LAST_FREEING_ORDERS, FIRST_PLACEMENT_ORDERS = date(2005, 12, 31), date(2005, 12, 1)
"""Placement orders took the place of freeing orders in December 2005 (Adoption and Children Act
2002); episodes that begin in that month may have either."""


@episode(
    "302",
    reads=["CHILD", "DECOM", "Header.CHILD", "Header.DOB"],
    reports={"Episodes": "ROW", "Header": "HEADER_ROW"},
    remedy="Correct the date of birth or the day the first episode began.",
    examples=[
        example(
            "Looked after before birth",
            Header="""
              CHILD DOB
            > A     2024-06-02
              B     2024-06-01
            """,
            Episodes="""
              CHILD DECOM
            > A     2024-06-01
              A     2024-07-01
              B     2024-06-01
            """,
        ),
    ],
)
def first_episode_begins_before_birth() -> Expr:
    """The child's first episode in the return begins before the child was born."""
    return col("PREV_ROW").is_null() & (col("HEADER_DOB") > col("DECOM"))


@episode(
    "353",
    reads=["DECOM"],
    remedy="Correct the day the episode began.",
    examples=[
        example(
            "The first day there can be",
            Episodes="""
              CHILD DECOM
            > A     1991-10-13
              B     1991-10-14
            > C     1890-06-06
            """,
        ),
    ],
)
def begins_before_the_children_act() -> Expr:
    """The episode begins before 14 October 1991, when the Children Act 1989 came into force."""
    return col("DECOM") < lit(CHILDREN_ACT_IN_FORCE)


@episode(
    "354",
    reads=["DECOM"],
    remedy="Correct the day, or leave the episode for next year's return.",
    examples=[
        example(
            "The year's last day and the day after",
            year=2025,
            Episodes="""
              CHILD DECOM
              A     2025-03-31
            > B     2025-04-01
            """,
        ),
    ],
)
def begins_after_the_year() -> Expr:
    """The episode begins after the last day that the return covers."""
    return col("DECOM") > col("YEAR_END")


@episode(
    "355",
    reads=["DECOM", "DEC"],
    remedy="Correct the days, or leave the episode out if it lasted less than a day.",
    examples=[
        example(
            "Begun and ended on one day",
            Episodes="""
              CHILD DECOM      DEC
            > A     2024-06-01 2024-06-01
              B     2024-06-01 2024-06-02
              C     2024-06-01 -
            """,
        ),
    ],
)
def lasts_less_than_a_day() -> Expr:
    """The episode begins and ends on the same day."""
    return col("DECOM") == col("DEC")


@episode(
    "356",
    reads=["DECOM", "DEC"],
    remedy="Correct the day the episode began or the day it ended.",
    examples=[
        example(
            "Ended the day before it began",
            Episodes="""
              CHILD DECOM      DEC
            > A     2024-06-02 2024-06-01
              B     2024-06-01 2024-06-01
              C     2024-06-01 -
            """,
        ),
    ],
)
def ends_before_it_begins() -> Expr:
    """The episode ends before the day it begins."""
    return col("DEC") < col("DECOM")


@episode(
    "385",
    reads=["DEC"],
    remedy="Correct the day, or leave the end for next year's return.",
    examples=[
        example(
            "The year's last day and the day after",
            year=2025,
            Episodes="""
              CHILD DEC
              A     2025-03-31
            > B     2025-04-01
              C     -
            """,
        ),
    ],
)
def ends_after_the_year() -> Expr:
    """The episode ends after the last day that the return covers."""
    return col("DEC") > col("YEAR_END")


@episode(
    "352",
    reads=["CHILD", "DECOM", "RNE", "Header.CHILD", "Header.DOB"],
    remedy="Check the date of birth; nobody starts to be looked after at 18 or over.",
    examples=[
        example(
            "Started on the 18th birthday, and the day before; born on 29 February",
            Header="""
              CHILD DOB
              A     2006-06-01
              B     2006-06-02
              C     2004-02-29
            """,
            Episodes="""
              CHILD DECOM      RNE
            > A     2024-06-01 S
              B     2024-06-01 S
              C     2022-02-28 S
            > C     2022-03-01 S
              A     2024-06-01 P
            """,
        ),
    ],
)
def starts_at_18_or_over() -> Expr:
    """The child was 18 or over on the day of starting to be looked after."""
    return one_of("RNE", ["S"]) & (col("AGE_AT_START") >= 18)


@episode(
    "445",
    reads=["DECOM", "LS"],
    years=between(2017, 2024),
    note="Seen listed for the collection years 2023 and 2024; earlier years are assumed.",
    remedy="Enter the legal status that the child had; freeing orders had ended by then.",
    examples=[
        example(
            "After the last day of 2005",
            year=2024,
            Episodes="""
              CHILD DECOM      LS
            > A     2006-01-01 D1
              B     2005-12-31 D1
              C     2006-01-01 C2
            """,
        ),
    ],
)
def freed_after_freeing_orders_ended() -> Expr:
    """The legal status is a freeing order, but the episode begins after 2005, when they ended."""
    return one_of("LS", ["D1"]) & (col("DECOM") > lit(LAST_FREEING_ORDERS))


@episode(
    "446",
    reads=["DECOM", "LS"],
    remedy="Enter the legal status that the child had; there were no placement orders yet.",
    examples=[
        example(
            "Before the first of December 2005",
            Episodes="""
              CHILD DECOM      LS
            > A     2005-11-30 E1
              B     2005-12-01 E1
              C     2005-11-30 C2
            """,
        ),
    ],
)
def placement_order_before_there_were_any() -> Expr:
    """The legal status is a placement order, but the episode begins before December 2005."""
    return one_of("LS", ["E1"]) & (col("DECOM") < lit(FIRST_PLACEMENT_ORDERS))
