"""Rules on how the council's own number for a child is written."""

from __future__ import annotations

from functools import partial

from narwhals import Expr

from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import given
from whatworks.returns.rules.model import since
from whatworks.returns.rules.register import rule
from whatworks.tables import col

number = partial(
    rule,
    collection="cin",
    view="child",
    years=since(2025),
    reads=["LAchildID"],
    note="Seen listed for the collection years 2025 to 2027.",
)

LONGEST = 20


@number(
    "1570",
    remedy="Shorten the number to 20 letters and figures.",
    examples=[
        example(
            "Twenty, and one more",
            ChildIdentifiers="""
              LAchildID
              A2345678901234567890
            > A23456789012345678901
              -
            """,
        ),
    ],
)
def number_is_too_long() -> Expr:
    """The council's own number for the child is longer than 20 characters."""
    return col("LAchildID").str.len_chars() > LONGEST


@number(
    "1580",
    remedy="Write the number with letters and figures only.",
    examples=[
        example(
            "A dash, a stroke, and no number",
            ChildIdentifiers="""
              LAchildID
              A123
            > A-123
            > A/123
              -
            """,
        ),
    ],
)
def number_has_other_characters() -> Expr:
    """The council's own number for the child holds something other than letters and figures."""
    return given("LAchildID") & ~col("LAchildID").str.contains("^[A-Za-z0-9]*$")
