"""Views of what followed: after care began, after it ended, and permanence.

What is followed happened some years before the reported one, so that all of the time that it is
followed for has been seen by the end of the reported year. Every year in between must be loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys.deriving import CareJourneys
from whatworks.journeys.permanence import LASTING_RETURN
from whatworks.measures.views.care import described, from_end, from_start
from whatworks.measures.views.common import collection_year
from whatworks.tables import add_months, attach, col, days_between, frame, is_blank, lit, when

PERMANENT_MONTHS = 24
"""Months from the start of care within which a child is asked to have come to a lasting home."""
_A_YEAR = 12


def returned_home_the_year_before(journeys: CareJourneys) -> Any:
    """One row a return home in the year before the reported one.

    PLANNED, BACK_WITHIN_3_MONTHS, BACK_WITHIN_6_MONTHS, BACK_WITHIN_12_MONTHS: the last day on
    which a return of the year before is followed is the last day of the reported year.
    """
    rows = frame(journeys.returns_home).rename({"YEAR": "RETURN_YEAR"})
    rows = _years_on(rows, journeys, "RETURNED", 1)
    rows = rows.with_columns(
        ON=col("RETURNED"),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        **{f"BACK_WITHIN_{months}_MONTHS": _back("RETURNED", months) for months in (3, 6, 12)},
    )
    back = [f"BACK_WITHIN_{months}_MONTHS" for months in (3, 6, 12)]
    return described(rows, journeys, extra=["PERIOD", "PLANNED", *back])


def left_care_two_years_before(journeys: CareJourneys) -> Any:
    """One row a period of care that ended two years before; EXIT, BACK_WITHIN_24_MONTHS."""
    rows = _years_on(frame(journeys.exits), journeys, "END", 2)
    rows = from_end(rows).with_columns(BACK_WITHIN_24_MONTHS=_back("END", 24))
    return described(rows, journeys, extra=["EXIT", "BACK_WITHIN_24_MONTHS"])


def started_the_year_before(journeys: CareJourneys) -> Any:
    """One row a period of care that began in the year before; START_SEEN, and of its first home:

    MOVED_WITHIN_3_MONTHS (another home began by then), A_YEAR_IN_CARE (without a break, from the
    start), FIRST_HOME_DAYS (of the first twelve months, those before another home began).
    """
    rows = _years_on(frame(journeys.periods), journeys, "START", 1)
    later = frame(journeys.placements).filter(col("HOME") > 1)
    second = later.group_by("CHILD", "PERIOD").agg(MOVED=col("START").min())
    rows = attach(rows, second, on=["CHILD", "PERIOD"], columns="MOVED")
    rows = rows.with_columns(YEAR_ON=add_months("START", _A_YEAR))
    stayed = is_blank("MOVED") | (col("MOVED") > col("YEAR_ON"))
    until = when(stayed).then(col("YEAR_ON")).otherwise(col("MOVED"))
    rows = from_start(rows).with_columns(UNTIL=until)
    rows = rows.with_columns(
        MOVED_WITHIN_3_MONTHS=(col("MOVED") <= add_months("START", 3)).fill_null(value=False),
        A_YEAR_IN_CARE=is_blank("END") | (col("END") >= col("YEAR_ON")),
        FIRST_HOME_DAYS=days_between("START", "UNTIL"),
    )
    extra = ["START_SEEN", "MOVED_WITHIN_3_MONTHS", "A_YEAR_IN_CARE", "FIRST_HOME_DAYS"]
    return described(rows, journeys, extra=extra)


def started_three_years_before(journeys: CareJourneys) -> Any:
    """One row a period of care that began three years before; START_SEEN, PERMANENT.

    That is whether the child reached permanence (journeys.permanence) within 24 months of the
    start, in this period of care or in a later one. A return home in that time is followed for
    twelve months more.
    """
    rows = _years_on(frame(journeys.periods), journeys, "START", 3)
    reached = frame(journeys.permanence).select("CHILD", "ON")
    reached = rows.select("CHILD", "PERIOD", "START").join(reached, on="CHILD", how="inner")
    reached = reached.filter(
        (col("ON") >= col("START")) & (col("ON") <= add_months("START", PERMANENT_MONTHS))
    )
    reached = reached.select("CHILD", "PERIOD").with_columns(REACHED=lit(value=True))
    rows = attach(rows, reached, on=["CHILD", "PERIOD"], columns="REACHED")
    rows = from_start(rows).with_columns(PERMANENT=col("REACHED").fill_null(value=False))
    return described(rows, journeys, extra=["START_SEEN", "PERMANENT"])


def reached_permanence(journeys: CareJourneys) -> Any:
    """One row a child, period of care and kind of permanence; KIND, DAYS, START_SEEN.

    YEAR is the year in which it was reached; for a return home that lasted it is the year after,
    by whose end it has. DAYS run from the start of the period.
    """
    later = when(col("KIND") == LASTING_RETURN).then(lit(1)).otherwise(lit(0))
    rows = frame(journeys.permanence).rename({"YEAR": "RETURN_YEAR"})
    rows = rows.with_columns(YEAR=collection_year("ON") + later.cast(nw.Int64))
    rows = rows.filter(col("YEAR").is_in(list(journeys.years)))
    return described(rows, journeys, extra=["KIND", "DAYS", "START_SEEN"])


def _years_on(rows: Any, journeys: CareJourneys, event: str, years: int) -> Any:
    """The rows whose ``event`` fell so many years before a YEAR, all years since being loaded."""
    loaded = [
        year
        for year in journeys.years
        if all(before in journeys.windows for before in range(year - years, year))
    ]
    rows = rows.with_columns(YEAR=collection_year(event) + years)
    return rows.filter(col("YEAR").is_in(loaded))


def _back(left: str, months: int) -> nw.Expr:
    """Whether another period of care began no later than so many months after."""
    return (col("NEXT_START") <= add_months(left, months)).fill_null(value=False)


VIEWS: Mapping[str, Callable[[CareJourneys], Any]] = {
    "returned_home_the_year_before": returned_home_the_year_before,
    "left_care_two_years_before": left_care_two_years_before,
    "started_the_year_before": started_the_year_before,
    "started_three_years_before": started_three_years_before,
    "reached_permanence": reached_permanence,
}
