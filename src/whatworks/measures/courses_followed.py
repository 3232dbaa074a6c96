"""Who is followed for each course, from when, and what may end it: one row a beginning.

Each function gives YEAR (the collection year of the beginning), START, a day for each cause by
the cause's name (null: not seen), and AGE, SEX and ETHNIC at the start. No child's number leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from whatworks.journeys.clock import collection_year
from whatworks.journeys.deriving import CareJourneys
from whatworks.journeys.linked import LinkedJourneys
from whatworks.journeys.permanence import LONG_TERM_MATCH
from whatworks.tables import age_at, attach, birthday, col, frame, is_blank, lit, neighbours, when

ADULT_AT = 18
WHO = ("AGE", "SEX", "ETHNIC")
_HOME = ("home_planned", "home_unplanned")


def returns_home(journeys: CareJourneys) -> Any:
    """Returns home; causes: back (looked after again), adult."""
    rows = frame(journeys.returns_home).with_columns(START=col("RETURNED"), back=col("NEXT_START"))
    return _begun(rows, journeys.years, ["back", "adult"])


def special_guardianships(journeys: CareJourneys) -> Any:
    """Periods of care that ended with a special guardianship order; causes: back, adult."""
    rows = frame(journeys.exits).filter(col("EXIT") == "special_guardianship")
    rows = rows.with_columns(START=col("END"), back=col("NEXT_START"))
    return _begun(rows, journeys.years, ["back", "adult"])


def periods_of_care(journeys: CareJourneys) -> Any:
    """Periods of care whose beginning was seen; causes: the ways to a permanent home, and others.

    long_term_match is the first day of a foster placement recorded as long-term; the others are
    the day on which care ended.
    """
    rows = frame(journeys.periods).filter(col("START_SEEN"))
    ways = frame(journeys.exits).select("CHILD", "PERIOD", "EXIT")
    rows = attach(rows, ways, on=["CHILD", "PERIOD"], columns="EXIT")
    matched = frame(journeys.permanence).filter(col("KIND") == LONG_TERM_MATCH)
    matched = matched.select("CHILD", "PERIOD", long_term_match=col("ON"))
    rows = attach(rows, matched, on=["CHILD", "PERIOD"], columns="long_term_match")
    home = col("EXIT").is_in(_HOME)
    named = {name: col("EXIT") == name for name in PERMANENT}
    other = ~is_blank("EXIT") & ~home
    for one in named.values():
        other = other & ~one
    rows = rows.with_columns(
        home=when(home).then(col("END")),
        left_otherwise=when(other).then(col("END")),
        **{name: when(one).then(col("END")) for name, one in named.items()},
    )
    return _begun(rows, journeys.years, ["long_term_match", "home", *PERMANENT, "left_otherwise"])


PERMANENT = ("adopted", "special_guardianship", "child_arrangements")


def supported_returns(journeys: LinkedJourneys) -> Any:
    """Returns home of children with an open case on that day; causes: closed, back, adult."""
    rows = frame(journeys.care.returns_home).with_columns(
        START=col("RETURNED"), back=col("NEXT_START")
    )
    spells = frame(journeys.support).select("CHILD", "FROM", "TO")
    pairs = rows.select("CHILD", "PERIOD", "START").join(spells, on="CHILD", how="inner")
    there = (col("FROM") <= col("START")) & (is_blank("TO") | (col("TO") > col("START")))
    held = pairs.filter(there).select("CHILD", "PERIOD", closed=col("TO"), HELD=lit(value=True))
    rows = attach(rows, held, on=["CHILD", "PERIOD"], columns=["closed", "HELD"])
    rows = rows.filter(~is_blank("HELD"))
    return _begun(rows, journeys.years, ["closed", "back", "adult"])


def referred(journeys: LinkedJourneys) -> Any:
    """Each child's first referral in a year, unless looked after then; causes: plan, care, adult.

    plan and care are the first child protection plan and period of care from that day on.
    """
    rows = frame(journeys.referrals).with_columns(START=col("REFERRED"))
    rows = rows.with_columns(YEAR=collection_year("START"))
    rows = neighbours(rows, by=["CHILD", "YEAR"], order=["START"], previous=["START"])
    rows = rows.filter(is_blank("PREV_START")).drop("PREV_START")
    periods = frame(journeys.care.periods).select("CHILD", FROM=col("START"), TO=col("END"))
    pairs = rows.select("CHILD", "START").join(periods, on="CHILD", how="inner")
    before = col("FROM") < col("START")
    inside = pairs.filter(before & (is_blank("TO") | (col("TO") > col("START"))))
    inside = inside.select("CHILD", "START").unique().with_columns(INSIDE=lit(value=True))
    rows = attach(rows, inside, on=["CHILD", "START"], columns="INSIDE")
    rows = rows.filter(is_blank("INSIDE"))
    rows = _first_after(rows, frame(journeys.plans), "STARTED", "plan")
    rows = _first_after(rows, frame(journeys.care.periods), "START", "care")
    return _begun(rows, journeys.years, ["plan", "care", "adult"])


def _first_after(rows: Any, things: Any, day: str, name: str) -> Any:
    """``name``: the first day of a thing on or after START."""
    theirs = things.select("CHILD", THEN=col(day))
    pairs = rows.select("CHILD", "START").join(theirs, on="CHILD", how="inner")
    pairs = pairs.filter(col("THEN") >= col("START"))
    first = pairs.group_by("CHILD", "START").agg(col("THEN").min().alias(name))
    return attach(rows, first, on=["CHILD", "START"], columns=name)


def _begun(rows: Any, years: Sequence[int], causes: list[str]) -> Any:
    """The columns of a course, of beginnings in ``years`` by children not yet 18."""
    rows = rows.with_columns(
        YEAR=collection_year("START"), AGE=age_at("DOB", "START"), adult=birthday("DOB", ADULT_AT)
    )
    young = is_blank("adult") | (col("adult") > col("START"))
    rows = rows.filter(col("YEAR").is_in(list(years)) & young)
    return rows.select("YEAR", "START", *WHO, *(col(c).cast(nw.Date) for c in causes))
