"""Permanence: when a child came to a home that is meant to last, and what kind of home.

Five kinds: a return home that lasts, adoption, a special guardianship order, a child arrangements
order, and a foster placement recorded as long-term. A return home lasts where the child was not
looked after again by the same council within twelve months. It can be told only where the returns
of the year it happened in and of the year after are both loaded; and of young people aged 17 or
over it is not said, who turn 18 before twelve months have passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from whatworks.journeys import codes
from whatworks.journeys.childhood import turns_18_within
from whatworks.journeys.clock import collection_year
from whatworks.tables import (
    AnyFrame,
    add_months,
    age_at,
    col,
    days_between,
    frame,
    is_blank,
    lit,
    native,
    neighbours,
)

LASTING_RETURN = "lasting_return_home"
LONG_TERM_MATCH = "long_term_match"
BY_ORDER = ("adopted", "special_guardianship", "child_arrangements")
KINDS = (LASTING_RETURN, *BY_ORDER, LONG_TERM_MATCH)

LASTS_MONTHS = 12
"""Months without being looked after again after which a return home is said to have lasted."""

_WHO = ["CHILD", "PERIOD", "SEX", "ETHNIC", "DOB", "PERIOD_START", "START_SEEN"]
_WHERE = ["LS", "PLACE", "SUBMISSION", "YEAR", "ROW"]


def permanence(
    episodes: AnyFrame, periods_of_care: AnyFrame, exits: AnyFrame, *, years: Sequence[int]
) -> Any:
    """One row for each kind of permanence that a child reached in a period of care.

    CHILD, PERIOD, SEX, ETHNIC, DOB, PERIOD_START, START_SEEN, KIND (of ``KINDS``), ON (the day it
    was reached: the end of care, or the first day of the long-term placement), DAYS from
    PERIOD_START until then, FIRST (boolean: no kind was reached earlier in the period), LS and
    PLACE then, and the row that says so (SUBMISSION, YEAR, ROW). ``years`` are those loaded.
    """
    left = frame(exits).rename({"START": "PERIOD_START"})
    left = left.with_columns(
        ON=col("END"),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        SUBMISSION=col("END_SUBMISSION"),
        YEAR=col("END_YEAR"),
        ROW=col("END_ROW"),
    )
    columns = [*_WHO, "KIND", "ON", *_WHERE]
    by_order = left.filter(col("EXIT").is_in(BY_ORDER)).with_columns(KIND=col("EXIT"))
    went_home = left.filter(lasted(years)).with_columns(KIND=lit(LASTING_RETURN))
    matched = _matched(episodes, periods_of_care)
    rows = nw.concat([one.select(*columns) for one in (by_order, went_home, matched)])
    rows = rows.with_columns(DAYS=days_between("PERIOD_START", "ON"))
    rows = neighbours(rows, by=["CHILD", "PERIOD"], order=["ON", "KIND"], previous=["ON"])
    return native(rows.with_columns(FIRST=is_blank("PREV_ON")).drop("PREV_ON"))


def lasted(years: Sequence[int]) -> nw.Expr:
    """Whether a way out (of ``exits.exits``) was a return home known to have lasted."""
    followed = [year for year in years if year + 1 in years]
    again = (col("NEXT_START") <= add_months("END", LASTS_MONTHS)).fill_null(value=False)
    young = ~turns_18_within(1, age_at("DOB", "END"))
    home = col("EXIT").is_in(["home_planned", "home_unplanned"])
    return home & young & ~again & collection_year("END").is_in(followed)


def _matched(episodes: AnyFrame, periods_of_care: AnyFrame) -> Any:
    """The first episode of each period that is a long-term foster placement."""
    rows = frame(episodes).filter(
        col("PLACE").is_in(codes.LONG_TERM_FOSTERING.codes).fill_null(value=False)
    )
    order = ["DECOM", "DEC", "LS", "PLACE", "YEAR", "SUBMISSION", "ROW"]
    rows = neighbours(rows, by=["CHILD", "PERIOD"], order=order, previous=["DECOM"])
    rows = rows.filter(is_blank("PREV_DECOM"))
    begun = frame(periods_of_care).select(
        "CHILD", "PERIOD", "START_SEEN", PERIOD_START=col("START")
    )
    rows = rows.join(begun, on=["CHILD", "PERIOD"], how="left")
    return rows.with_columns(ON=col("DECOM"), KIND=lit(LONG_TERM_MATCH))
