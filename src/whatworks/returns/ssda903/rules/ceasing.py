"""Rules on how old children are when they cease to be looked after for a given reason."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import one_of
from whatworks.returns.rules.model import UNCONFIRMED, Setting
from whatworks.returns.rules.register import rule
from whatworks.tables import birthday, col

episode = partial(rule, collection="ssda903", view="episode")

SPECIAL_GUARDIANSHIP = ("E43", "E44", "E45", "E46", "E47", "E48")
"""E43 and E44 were split into the other four in 2019."""

_READS = ["CHILD", "DEC", "REC", "Header.CHILD", "Header.DOB"]
_REMEDY = "Check the reason for the end, the day it ended and the date of birth."


@episode(
    "386",
    reads=_READS,
    remedy=_REMEDY,
    examples=[
        example(
            "Adopted on the 18th birthday, and the day before",
            Header="""
              CHILD DOB
              A     2006-06-01
              B     2006-06-02
            """,
            Episodes="""
              CHILD DEC        REC
            > A     2024-06-01 E11
              B     2024-06-01 E12
              A     2024-06-01 E8
            """,
        ),
    ],
)
def adopted_at_18_or_over() -> Expr:
    """The child was adopted at 18 or over."""
    return one_of("REC", ["E11", "E12"]) & (col("AGE_AT_END") >= 18)


@episode(
    "387",
    reads=_READS,
    remedy=_REMEDY,
    examples=[
        example(
            "Moved out to live independently at 13, and on the 14th birthday",
            Header="""
              CHILD DOB
              A     2010-06-02
              B     2010-06-01
            """,
            Episodes="""
              CHILD DEC        REC
            > A     2024-06-01 E5
              B     2024-06-01 E6
              A     -          E5
            """,
        ),
    ],
)
def independent_before_14() -> Expr:
    """The child left care to live independently before the age of 14."""
    return one_of("REC", ["E5", "E6"]) & (col("AGE_AT_END") < 14)


@episode(
    "389",
    reads=_READS,
    remedy=_REMEDY,
    examples=[
        example(
            "Passed to adult services at 15, and on the 16th birthday",
            Header="""
              CHILD DOB
              A     2008-06-02
              B     2008-06-01
            """,
            Episodes="""
              CHILD DEC        REC
            > A     2024-06-01 E7
              B     2024-06-01 E7
              A     2024-06-01 E8
            """,
        ),
    ],
)
def adult_services_before_16() -> Expr:
    """The child left care for residential care paid for by adult services before the age of 16."""
    return one_of("REC", ["E7"]) & (col("AGE_AT_END") < 16)


@episode(
    "407",
    reads=_READS,
    confidence=UNCONFIRMED,
    note=(
        "The official wording counts the 18th birthday itself; in practice an order on that day is "
        "seen to pass, and passes here."
    ),
    reports={"Episodes": "ROW", "Header": "HEADER_ROW"},
    remedy=_REMEDY,
    examples=[
        example(
            "Special guardianship the day after the 18th birthday, and on it",
            year=2024,
            Header="""
              CHILD DOB
            > A     2005-05-31
              B     2005-06-01
            """,
            Episodes="""
              CHILD DEC        REC
            > A     2023-06-01 E45
              B     2023-06-01 E48
            """,
        ),
        example(
            "Two codes that were in use until 2018",
            year=2018,
            Header="""
              CHILD DOB
            > A     1999-05-31
            """,
            Episodes="""
              CHILD DEC        REC
            > A     2017-06-01 E43
            """,
        ),
        example(
            "The same codes say nothing in later years",
            year=2024,
            Header="""
              CHILD DOB
              A     2005-05-31
            """,
            Episodes="""
              CHILD DEC        REC
              A     2023-06-01 E43
            """,
        ),
    ],
)
def special_guardianship_after_18(now: Setting) -> Expr:
    """The child left care for special guardianship after an 18th birthday."""
    orders = [code for code in SPECIAL_GUARDIANSHIP if code in now.codes("REC")]
    return one_of("REC", orders) & (col("DEC") > birthday("HEADER_DOB", 18))


@episode(
    "460",
    reads=_READS,
    remedy=_REMEDY,
    examples=[
        example(
            "Stayed with carers as an adult the day before the 18th birthday, and on it",
            Header="""
              CHILD DOB
              A     2006-06-02
              B     2006-06-01
            """,
            Episodes="""
              CHILD DEC        REC
            > A     2024-06-01 E17
              B     2024-06-01 E17
            """,
        ),
    ],
)
def staying_put_before_18() -> Expr:
    """The child ceased to be looked after to stay on with carers as an adult, but was not 18."""
    return one_of("REC", ["E17"]) & (col("AGE_AT_END") < 18)
