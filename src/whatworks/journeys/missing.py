"""Times missing from care, or away without agreement, over all years."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.journeys import settling
from whatworks.tables import attach, col, is_blank, islands, neighbours, when

COLUMNS: dict[str, Any] = {
    "MISSING": nw.String,
    "MIS_START": nw.Date,
    "MIS_END": nw.Date,
    "MIS_END__unreadable": nw.Boolean,
}
MISSING, AWAY = "M", "A"
"""Codes: whereabouts not known; whereabouts known, but not where the child should be."""
_NAME = "missing"


def settle(rows: Any, setting: Any, repaired: list[Any]) -> Any:
    """One row a time missing or away: CHILD, MISSING, STARTED, ENDED, SUBMISSION, YEAR, ROW.

    ENDED is the day the child was back, null where that has not come. Times of one kind that
    overlap are one; one that ends on the day another begins is not.
    """
    rows = settling.belonging(rows, _NAME, repaired, day="MIS_START", end="MIS_END")
    says = ["MISSING", "MIS_END", "MIS_END__unreadable"]
    rows = settling.without_copies(rows, _NAME, repaired, key=["CHILD", "MIS_START"], says=says)
    rows = settling.latest_return(rows, _NAME, repaired, key=["CHILD", "MIS_START"])
    rows = _open_ends(rows, repaired)
    rows = settling.ended(
        rows, _NAME, repaired, day="MIS_START", end="MIS_END", last_year=setting.last_year
    )
    settling.looked_after_at_all(rows, _NAME, repaired, setting.episodes)
    unknown = ~col("MISSING").is_in([MISSING, AWAY]) | is_blank("MISSING")
    rows = settling.leave_out(rows, "missing_kind_not_known", unknown, repaired)
    return _joined(rows, repaired)


def _open_ends(rows: Any, repaired: list[Any]) -> Any:
    """A child who goes missing again has been back: a time left open ends where the next begins.

    Only within the year of its own return: one that a later return does not mention had ended by
    then, whenever the next began (``settling.ended``).
    """
    order = ["MIS_START", "MIS_END", "MIS_END__unreadable", "YEAR", "SUBMISSION", "ROW"]
    rows = neighbours(rows, by=["CHILD", "MISSING"], order=order, next=["MIS_START"])
    unread = col("MIS_END__unreadable").fill_null(value=False)
    same_year = (col("NEXT_MIS_START") <= col("YEAR_END")).fill_null(value=False)
    again = is_blank("MIS_END") & ~unread & same_year
    settling.note(rows, "missing_open_though_another_began", again, repaired)
    ends = when(again).then(col("NEXT_MIS_START")).otherwise(col("MIS_END"))
    return rows.with_columns(MIS_END=ends).drop("NEXT_MIS_START")


def _joined(rows: Any, repaired: list[Any]) -> Any:
    who = ["CHILD", "MISSING"]
    rows = islands(rows, by=who, start="MIS_START", end="MIS_END", gap_days=-1, name="RUN")
    order = ["MIS_START", "MIS_END", "YEAR", "SUBMISSION", "ROW"]
    rows = neighbours(rows, by=[*who, "RUN"], order=order, previous=["ROW"])
    within = ~is_blank("PREV_ROW")
    repaired.append(settling.marked(rows.filter(within), "missing_overlaps"))
    runs = rows.group_by(*who, "RUN").agg(
        OPEN=is_blank("MIS_END").cast(nw.Int64).max(), LAST=col("MIS_END").max()
    )
    rows = rows.filter(is_blank("PREV_ROW"))
    rows = attach(rows, runs, on=[*who, "RUN"], columns=["OPEN", "LAST"])
    return rows.select(
        *who,
        STARTED=col("MIS_START"),
        ENDED=when(col("OPEN") == 0).then(col("LAST")),
        SUBMISSION=col("SUBMISSION"),
        YEAR=col("YEAR"),
        ROW=col("ROW"),
    )
