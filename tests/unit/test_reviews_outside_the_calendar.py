"""First reviews that fall where no bank holidays are held are left out by name, not guessed."""

from __future__ import annotations

import polars as pl

from whatworks.journeys.deriving import care_from
from whatworks.measures.definition import get
from whatworks.measures.examples.from_returns import returns_of
from whatworks.measures.views.outcomes_reviews import looked_after_and_reviewed
from whatworks.tables import native

EPISODES = """
CHILD  DECOM       RNE  LS  PLACE  DEC  REC
Ada    2030-05-01  S    C2  U6     .    .
Bo     2031-01-06  S    C2  U6     .    .
Cy     2031-03-20  S    C2  U6     .    .
Di     2029-05-01  S    C2  U6     .    .
"""
REVIEWS = """
CHILD  REVIEW      REVIEW_CODE
Ada    2030-05-20  PN1
Ada    2030-08-20  PN1
Ada    2031-02-20  PN1
Bo     2031-01-20  PN1
Di     2030-08-01  PN1
Di     2031-01-20  PN1
"""


def test_first_reviews_outside_the_held_years_are_left_out_by_name() -> None:
    """Bank holidays are held to the end of 2030: Bo's and Cy's twenty days lie in 2031."""
    tables = {"Episodes": EPISODES, "Reviews": REVIEWS}
    care = care_from("301", returns_of("ssda903", {2030: tables, 2031: tables}))
    rows = looked_after_and_reviewed(care)
    measure = get("reviewed_on_time")
    assert measure.denominator is not None
    told = rows.with_columns(
        TOP=measure.numerator().fill_null(value=False),
        UNDER=measure.denominator().fill_null(value=False),
        **{left.name: left.where().fill_null(value=False) for left in measure.left_out},
    )
    found = native(told)
    found = found.collect() if isinstance(found, pl.LazyFrame) else found
    said = {row["CHILD"]: row for row in found.filter(pl.col("YEAR") == 2031).to_dicts()}
    assert {child for child, row in said.items() if row["calendar_not_held"]} == {"Bo", "Cy"}
    assert {child for child, row in said.items() if row["UNDER"]} == {"Ada", "Di"}
    assert {child for child, row in said.items() if row["TOP"]} == {"Ada"}
    assert not any(row["first_review_not_due"] for row in said.values())
