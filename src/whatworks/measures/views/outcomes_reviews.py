"""Views of reviews of looked-after children's care: each one held, and whether they kept time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys.deriving import CareJourneys
from whatworks.measures.views import care
from whatworks.measures.views.common import OF_ALL, collection_year
from whatworks.measures.views.outcomes import in_care_on_the_day
from whatworks.reference.calendar import numbered_days
from whatworks.tables import (
    add_months,
    age_at,
    all_of,
    any_of,
    attach,
    col,
    frame,
    is_blank,
    lit,
    neighbours,
    when,
    working_days,
)

FIRST_DAYS, SECOND_MONTHS, LATER_MONTHS = 20, 3, 6
"""Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959), reg. 33:
within 20 working days of coming into care, then within 3 months, then every 6 months."""


def reviews_held(journeys: CareJourneys) -> Any:
    """One row a review held in the year; REVIEW_CODE, AGE on that day."""
    people = frame(journeys.children)
    rows = frame(journeys.outcomes.of("reviews")).rename({"YEAR": "RETURN_YEAR"})
    rows = attach(rows, people, on="CHILD", columns=["SEX", "ETHNIC", "DOB"])
    rows = rows.with_columns(
        YEAR=collection_year("REVIEW"),
        ON=col("REVIEW"),
        AGE=age_at("DOB", "REVIEW"),
        TABLE=lit("Reviews"),
    )
    return rows.filter(col("YEAR").is_in(list(journeys.years))).select(*OF_ALL, "REVIEW_CODE")


def looked_after_and_reviewed(journeys: CareJourneys) -> Any:
    """One row a child looked after on 31 March: were its reviews of the year held in time.

    LATE: a review of the year was held after the last day for it, or one was overdue on 31 March.
    NOT_DUE: none has been held, and the last day for the first has not passed. UNHELD: that hangs
    on working days of years of which no bank holidays are held. The return of the
    year before must be loaded too: a child who was already in care before that has reviews that
    are not seen, but where a whole year holds none, the next is late by any clock.
    """
    rows = in_care_on_the_day(journeys)
    held = frame(journeys.outcomes.of("reviews")).select("CHILD", "REVIEW")
    there, mine = [], []
    for year, window in journeys.windows.items():
        since = journeys.windows.get(year - 1, window)[0]
        here = rows.filter(col("YEAR") == year).with_columns(SEEN=col("START") >= since)
        there.append(here)
        told = here.select("YEAR", "CHILD", "START", "SEEN", "FIRST")
        within = [col("REVIEW") >= col("START"), col("REVIEW") >= since, col("REVIEW") <= window[1]]
        mine.append(held.join(told, on="CHILD", how="inner").filter(all_of(*within)))
    judged = _judged(nw.concat(mine))
    names = ["LATE_REVIEWS", "LAST_REVIEW", "ONLY_THE_FIRST", "UNCOUNTED"]
    rows = attach(nw.concat(there), judged, on=["YEAR", "CHILD"], columns=names)
    return _overdue(rows).select(*care.OF_CARE, "LATE", "NOT_DUE", "UNHELD")


def _judged(held: Any) -> Any:
    """For each child and year: LATE_REVIEWS of the year, LAST_REVIEW, ONLY_THE_FIRST (1 or 0).

    UNCOUNTED is 1 where the working days to a first review of the year are not known.
    """
    each = ["YEAR", "CHILD"]
    rows = neighbours(held, by=each, order=["REVIEW"], previous=["REVIEW"])
    rows = rows.with_columns(OPENING=all_of(col("SEEN"), is_blank("PREV_REVIEW")))
    rows = working_days(rows, start="START", end="REVIEW", calendar=numbered_days(), name="DAYS")
    rows = neighbours(rows, by=each, order=["REVIEW"], previous=["OPENING"])
    late = (
        when(col("OPENING"))
        .then(col("DAYS") > FIRST_DAYS)
        .when(is_blank("PREV_REVIEW"))
        .then(lit(value=True))
        .when(col("PREV_OPENING"))
        .then(col("REVIEW") > add_months("PREV_REVIEW", SECOND_MONTHS))
        .otherwise(col("REVIEW") > add_months("PREV_REVIEW", LATER_MONTHS))
    )
    in_year = col("REVIEW") >= col("FIRST")
    rows = rows.with_columns(
        LATE=all_of(late, in_year).cast(nw.Int64),
        UNCOUNTED=all_of(col("OPENING"), in_year, is_blank("DAYS")).cast(nw.Int64),
        OPENING=col("OPENING").cast(nw.Int64),
    )
    return rows.group_by(*each).agg(
        LATE_REVIEWS=col("LATE").sum(),
        LAST_REVIEW=col("REVIEW").max(),
        ONLY_THE_FIRST=col("OPENING").min(),
        UNCOUNTED=col("UNCOUNTED").max(),
    )


def _overdue(rows: Any) -> Any:
    """LATE, NOT_DUE and UNHELD of children looked after on 31 March."""
    none = is_blank("LAST_REVIEW")
    rows = working_days(rows, start="START", end="LAST", calendar=numbered_days(), name="DAYS")
    waiting = all_of(none, col("SEEN"))
    uncounted = (col("UNCOUNTED") == 1).fill_null(value=False)
    rows = rows.with_columns(
        NOT_DUE=all_of(waiting, col("DAYS") <= FIRST_DAYS).fill_null(value=False),
        UNHELD=any_of(uncounted, all_of(waiting, is_blank("DAYS"))),
    )
    next_by = (
        when(col("ONLY_THE_FIRST") == 1)
        .then(add_months("LAST_REVIEW", SECOND_MONTHS))
        .otherwise(add_months("LAST_REVIEW", LATER_MONTHS))
    )
    overdue = when(none).then(~col("NOT_DUE")).otherwise(next_by < col("LAST"))
    return rows.with_columns(LATE=any_of((col("LATE_REVIEWS") > 0).fill_null(value=False), overdue))


VIEWS: Mapping[str, Callable[[CareJourneys], Any]] = {
    "reviews_held": reviews_held,
    "looked_after_and_reviewed": looked_after_and_reviewed,
}
