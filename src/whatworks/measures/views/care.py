"""Views of children looked after: who was there, who came, who left, who went home.

Each row also has UASC (boolean), LS and PLACE of the episode that put it there, and REPAIR: what
was done to the end of that episode, if anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys.deriving import CareJourneys
from whatworks.measures.views.common import OF_ALL, collection_year
from whatworks.tables import (
    add_months,
    age_at,
    as_of,
    attach,
    col,
    frame,
    is_blank,
    latest_version,
    lit,
    neighbours,
    when,
)

EPISODES = "Episodes"
OF_CARE = [*OF_ALL, "UASC", "LS", "PLACE"]


def looked_after_at_31_march(journeys: CareJourneys) -> Any:
    """One row a child looked after on the last day of each year; also PLACEMENTS_IN_YEAR.

    A child is looked after on a day when an episode has begun by then and ends after it. Their
    placements of the year are those, of a day or more, that were open on some day of the year.
    """
    episodes, places = frame(journeys.episodes), frame(journeys.placements)
    there_needed = [c for c in OF_CARE if c not in {"AGE", "UASC", "TABLE"}] + ["DOB"]
    stock, lived = [], []
    for year, (first, last) in journeys.windows.items():
        day = {"YEAR": lit(year, dtype=nw.Int64), "ON": lit(last, dtype=nw.Date)}
        there = as_of(episodes, on=last, start="DECOM", end="DEC")
        there = there.rename({"YEAR": "RETURN_YEAR"}).with_columns(**day)
        stock.append(there.select(*there_needed))
        open_then = (col("START") <= last) & (is_blank("END") | (col("END") > first))
        a_day_or_more = is_blank("DAYS") | (col("DAYS") > 0)
        homes = places.filter(open_then & a_day_or_more).with_columns(YEAR=day["YEAR"])
        lived.append(homes.group_by("YEAR", "CHILD").agg(PLACEMENTS_IN_YEAR=nw.len()))
    rows = attach(
        nw.concat(stock), nw.concat(lived), on=["YEAR", "CHILD"], columns="PLACEMENTS_IN_YEAR"
    )
    rows = rows.with_columns(PLACEMENTS_IN_YEAR=col("PLACEMENTS_IN_YEAR").fill_null(0))
    return described(rows, journeys, extra=["PLACEMENTS_IN_YEAR"])


def started(journeys: CareJourneys) -> Any:
    """One row a child and year: the first period of care that began in the year; START_SEEN.

    Where the first has no start of its own (the returns loaded do not show where it came from)
    and a later one of the year has, the later one stands for the child.
    """
    rows = in_each_year(journeys, "START")
    rows = rows.with_columns(UNSEEN=(~col("START_SEEN")).cast(nw.Int64))
    order = ["UNSEEN", "START", "PERIOD"]
    rows = neighbours(rows, by=["YEAR", "CHILD"], order=order, previous=["PERIOD"])
    rows = rows.filter(is_blank("PREV_PERIOD"))
    rows = rows.with_columns(
        ON=col("START"),
        LS=col("START_LS"),
        PLACE=col("START_PLACE"),
        SUBMISSION=col("START_SUBMISSION"),
        RETURN_YEAR=col("START_YEAR"),
        ROW=col("START_ROW"),
    )
    return described(rows, journeys, extra=["START_SEEN"])


def ceased(journeys: CareJourneys) -> Any:
    """One row a child and year: the last period of care that ended in the year; END_REASON."""
    rows = in_each_year(journeys, "END")
    rows = latest_version(rows, by=["YEAR", "CHILD"], order=["END", "PERIOD"])
    rows = rows.with_columns(
        ON=col("END"),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        SUBMISSION=col("END_SUBMISSION"),
        RETURN_YEAR=col("END_YEAR"),
        ROW=col("END_ROW"),
    )
    return described(rows, journeys, extra=["END_REASON"])


def returned_home_the_year_before(journeys: CareJourneys) -> Any:
    """One row a return home in the year before the reported one; PLANNED, BACK_WITHIN_12_MONTHS.

    Both years must be loaded, so that twelve months after every return have been seen: the last
    day on which a return of the year before is followed is the last day of the reported year.
    """
    rows = frame(journeys.returns_home).rename({"YEAR": "RETURN_YEAR"})
    rows = rows.with_columns(YEAR=collection_year("RETURNED") + 1)
    both = [year for year in journeys.years if year - 1 in journeys.windows]
    rows = rows.filter(col("YEAR").is_in(both))
    back = ~is_blank("NEXT_START") & (col("NEXT_START") <= add_months("RETURNED", 12))
    rows = rows.with_columns(
        ON=col("RETURNED"),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        BACK_WITHIN_12_MONTHS=back.fill_null(value=False),
    )
    return described(rows, journeys, extra=["PERIOD", "PLANNED", "BACK_WITHIN_12_MONTHS"])


def in_each_year(journeys: CareJourneys, event: str) -> Any:
    """Periods whose ``event`` (START or END) fell in a loaded year, with that YEAR."""
    rows = frame(journeys.periods).with_columns(YEAR=collection_year(event))
    return rows.filter(col("YEAR").is_in(list(journeys.years)))


def described(rows: Any, journeys: CareJourneys, extra: list[str] | None = None) -> Any:
    """The columns of a view of care, and ``extra``: who the child is, on the day of the clock.

    ``rows`` has YEAR, CHILD, ON, DOB, SEX, ETHNIC, LS, PLACE, SUBMISSION, RETURN_YEAR and ROW of
    the Episodes table.
    """
    rows = rows.with_columns(AGE=age_at("DOB", "ON"))
    seekers = frame(journeys.asylum_seekers).with_columns(LISTED=lit(value=True))
    rows = attach(rows, seekers, on=["CHILD", "YEAR"], columns=["LISTED", "DUC"])
    # Still so on the day itself, as for a child who leaves care on turning 18.
    still = is_blank("DUC") | (col("DUC") >= col("ON"))
    rows = rows.with_columns(
        UASC=when(col("LISTED").fill_null(value=False)).then(still).otherwise(lit(value=False))
    )
    return rows.with_columns(TABLE=lit(EPISODES)).select(*OF_CARE, *(extra or []))


VIEWS: Mapping[str, Callable[[CareJourneys], Any]] = {
    "looked_after_at_31_march": looked_after_at_31_march,
    "started": started,
    "ceased": ceased,
    "returned_home_the_year_before": returned_home_the_year_before,
}
