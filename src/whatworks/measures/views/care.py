"""Views of children looked after: who was there, who came, who left.

Each row also has UASC (boolean), LS and PLACE of the episode that put it there. What happened
afterwards is in ``following``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys import codes
from whatworks.journeys.deriving import CareJourneys
from whatworks.journeys.episodes import TOTAL_ORDER
from whatworks.measures.views.common import OF_ALL, collection_year, last_days
from whatworks.tables import (
    add_months,
    age_at,
    attach,
    col,
    frame,
    in_each,
    is_blank,
    latest_version,
    lit,
    neighbours,
    when,
)

EPISODES = "Episodes"
OF_CARE = [*OF_ALL, "UASC", "LS", "PLACE"]

LONG_TERM_MONTHS, SETTLED_MONTHS = 30, 24
"""Months without a break in care, and in one placement, of the published stability indicator."""
AGAIN_MONTHS = 24
"""Months back within which an earlier period of care makes a start a start again."""

_WHERE = ["PLACE", "PLACE_PROVIDER", "PL_DISTANCE", "PL_LOCATION"]
_ON_THE_DAY = [
    "PLACEMENTS_IN_YEAR",
    "NEED",
    "LIVES_IN",
    "PROVIDER",
    "DISTANCE",
    "LOCATION",
    "LONG_TERM",
    "SETTLED",
]


def looked_after_at_31_march(journeys: CareJourneys) -> Any:
    """One row a child looked after on the last day of each year, and how they lived then.

    A child is looked after on a day when an episode has begun by then and ends after it. Besides:
    PLACEMENTS_IN_YEAR (of a day or more that were open on some day of the year), NEED (CIN code),
    LIVES_IN, PROVIDER, DISTANCE (miles) and LOCATION of the placement (of a child on a temporary
    stay those of the placement that it interrupts), LONG_TERM (in care without a break for 30
    months) and SETTLED (for 24 months in the same home, or in that and the one before where the
    child is placed for adoption). Other views stand on this one: it is made once.
    """
    return journeys.once("looked_after_at_31_march", lambda: _on_31_march(journeys))


def _on_31_march(journeys: CareJourneys) -> Any:
    episodes, places = frame(journeys.episodes), frame(journeys.placements)
    needed = [c for c in OF_CARE if c not in {"AGE", "UASC", "TABLE"}]
    needed = [*needed, "DOB", "PERIOD", "CIN", *(c for c in _WHERE if c not in needed)]
    days = last_days(journeys.windows)
    stock = in_each(episodes.rename({"YEAR": "RETURN_YEAR"}), days, start="DECOM", end="DEC")
    stock = stock.rename({"LAST": "ON"}).select(*needed)
    places = places.drop("YEAR")
    a_day_or_more = places.filter(is_blank("DAYS") | (col("DAYS") > 0))
    several = in_each(a_day_or_more, journeys.windows, start="START", end="END")
    lived = several.group_by("YEAR", "CHILD").agg(PLACEMENTS_IN_YEAR=nw.len())
    homes = in_each(places, days, start="START", end="UNTIL")
    rows = attach(stock, lived, on=["YEAR", "CHILD"], columns="PLACEMENTS_IN_YEAR")
    rows = rows.with_columns(
        PLACEMENTS_IN_YEAR=col("PLACEMENTS_IN_YEAR").fill_null(0), NEED=col("CIN")
    )
    rows = _where_they_live(rows, episodes)
    rows = _how_long(rows, homes, frame(journeys.periods))
    return described(rows, journeys, extra=_ON_THE_DAY)


def _where_they_live(rows: Any, episodes: Any) -> Any:
    """LIVES_IN, PROVIDER, DISTANCE, LOCATION: those of the placement that a stay interrupts."""
    away = col("PLACE").is_in(codes.TEMPORARY.codes).fill_null(value=False)
    stays = rows.filter(away).select("CHILD", "PERIOD", "ON", AT=col("YEAR"))
    before = episodes.filter(~away).join(stays, on=["CHILD", "PERIOD"], how="inner")
    before = before.filter(col("DECOM") <= col("ON"))
    before = latest_version(before, by=["AT", "CHILD"], order=TOTAL_ORDER)
    before = before.drop("YEAR").rename({"AT": "YEAR"})
    rows = attach(rows, before, on=["YEAR", "CHILD"], columns=_WHERE, prefix="FROM_")
    found = ("LIVES_IN", "PROVIDER", "DISTANCE", "LOCATION")
    return rows.with_columns(
        **{
            name: when(away).then(col(f"FROM_{column}")).otherwise(col(column))
            for name, column in zip(found, _WHERE, strict=True)
        }
    )


def _how_long(rows: Any, homes: Any, periods: Any) -> Any:
    """LONG_TERM and SETTLED: how long in care, and in the present home, on the day."""
    key = ["YEAR", "CHILD", "PERIOD"]
    since = ["HOME_SINCE", "HOME_PLACE", "BEFORE_SINCE"]
    rows = attach(rows, homes, on=key, columns=since)
    rows = attach(rows, periods, on=["CHILD", "PERIOD"], columns="START")
    adopting = col("HOME_PLACE").is_in(codes.PLACED_FOR_ADOPTION.codes).fill_null(value=False)
    with_before = adopting & ~is_blank("BEFORE_SINCE")
    settled = when(with_before).then(col("BEFORE_SINCE")).otherwise(col("HOME_SINCE"))
    rows = rows.with_columns(SINCE=settled)
    return rows.with_columns(
        LONG_TERM=(add_months("START", LONG_TERM_MONTHS) <= col("ON")).fill_null(value=False),
        SETTLED=(add_months("SINCE", SETTLED_MONTHS) <= col("ON")).fill_null(value=False),
    )


def started(journeys: CareJourneys) -> Any:
    """One row a child and year: the first period of care that began in the year.

    Where the first has no start of its own (the returns loaded do not show where it came from)
    and a later one of the year has, the later one stands for the child. Besides: START_SEEN,
    NEED (CIN code), AGAIN_WITHIN_24_MONTHS (an earlier period ended no longer ago than that).
    """
    rows = in_each_year(journeys, "START")
    rows = rows.with_columns(UNSEEN=(~col("START_SEEN")).cast(nw.Int64))
    order = ["UNSEEN", "START", "PERIOD"]
    rows = neighbours(rows, by=["YEAR", "CHILD"], order=order, previous=["PERIOD"])
    rows = rows.filter(is_blank("PREV_PERIOD"))
    again = col("START") <= add_months("PREV_END", AGAIN_MONTHS)
    rows = from_start(rows).with_columns(AGAIN_WITHIN_24_MONTHS=again.fill_null(value=False))
    return described(rows, journeys, extra=["START_SEEN", "NEED", "AGAIN_WITHIN_24_MONTHS"])


def ceased(journeys: CareJourneys) -> Any:
    """One row a child and year: the last period of care that ended in the year.

    Besides: END_REASON, EXIT and GUARDIANS (exits.exits), DAYS it lasted, START_SEEN.
    """
    rows = in_each_year(journeys, "END", journeys.exits)
    rows = latest_version(rows, by=["YEAR", "CHILD"], order=["END", "PERIOD"])
    extra = ["END_REASON", "EXIT", "GUARDIANS", "DAYS", "START_SEEN"]
    return described(from_end(rows), journeys, extra=extra)


def in_each_year(journeys: CareJourneys, event: str, periods: Any = None) -> Any:
    """Periods whose ``event`` (START or END) fell in a loaded year, with that YEAR."""
    found = journeys.periods if periods is None else periods
    rows = frame(found).with_columns(YEAR=collection_year(event))
    return rows.filter(col("YEAR").is_in(list(journeys.years)))


def from_start(rows: Any) -> Any:
    """Periods as they stood on the day they began."""
    return rows.with_columns(
        ON=col("START"),
        LS=col("START_LS"),
        PLACE=col("START_PLACE"),
        NEED=col("START_CIN"),
        SUBMISSION=col("START_SUBMISSION"),
        RETURN_YEAR=col("START_YEAR"),
        ROW=col("START_ROW"),
    )


def from_end(rows: Any) -> Any:
    """Periods as they stood on the day they ended."""
    return rows.with_columns(
        ON=col("END"),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        SUBMISSION=col("END_SUBMISSION"),
        RETURN_YEAR=col("END_YEAR"),
        ROW=col("END_ROW"),
    )


def described(rows: Any, journeys: CareJourneys, extra: list[str] | None = None) -> Any:
    """The columns of a view of care, and ``extra``: who the child is, on the day of the clock.

    ``rows`` has YEAR, CHILD, ON, DOB, SEX, ETHNIC, LS, PLACE, SUBMISSION, RETURN_YEAR and ROW of
    the Episodes table.
    """
    rows = rows.with_columns(AGE=age_at("DOB", "ON"))
    seekers = frame(journeys.asylum_seekers).with_columns(LISTED=lit(value=True), OF=col("YEAR"))
    # Listed in the return of the year that the clock's day is in, whichever year is reported.
    rows = rows.with_columns(OF=collection_year("ON"))
    rows = attach(rows, seekers, on=["CHILD", "OF"], columns=["LISTED", "DUC"])
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
}
