"""Views of children linked across returns: after a return home, before care, asked for help.

Every view looks twelve months on or back, so that each is reported in the year by whose end what
it looks for has been seen. FOUND is how the child was found in the census (``linking.OUTCOMES``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw

from whatworks.journeys.linked import NEVER, LinkedJourneys
from whatworks.journeys.need import CASES
from whatworks.measures.views.care import described, started
from whatworks.measures.views.common import OF_ALL, collection_year, last_days
from whatworks.tables import (
    add_months,
    age_at,
    attach,
    col,
    days_between,
    frame,
    in_each,
    is_blank,
    lit,
    when,
)

SOON_DAYS = 28
"""Days after a return home within which help may begin and still go with it."""
MONTHS = 12
FROM_FAMILY = ("1A", "1C")
"""Sources of a referral: a family member, relative or carer; the child themselves."""
NOTHING_DONE = ("RC8", "RC9")
"""Reasons for closure: after the assessment, without help, or passed on to early help."""

INVESTIGATED, NOTHING, SUPPORT = "investigated", "nothing", "support"

_KEY = ["CHILD", "PERIOD"]
_AFTER = (
    "PLANNED",
    "FOUND",
    "OPEN_ON_DAY",
    "OPEN_SOON",
    "CLOSED_AGAIN",
    "REOPENED",
    "DAYS_OPEN",
    "REFERRED_AGAIN",
    "ASKED",
    "ENQUIRY",
    "PLAN",
)


def home_the_year_before(journeys: LinkedJourneys) -> Any:
    """One row a return home in the year before the reported one, and what followed in 12 months.

    OPEN_ON_DAY and OPEN_SOON: whether the child's case was open after the day of the return, or on
    some day up to 28 days later. CLOSED_AGAIN: that case was closed within the 12 months, before
    any new care; REOPENED: and another was opened within them. DAYS_OPEN: days with an open case
    within the 12 months, up to any new care. REFERRED_AGAIN, ASKED (a referral by the family or the
    child), ENQUIRY (section 47), PLAN (child protection): one after the day of the return and
    within the 12 months.
    """
    rows = frame(journeys.care.returns_home).rename({"YEAR": "RETURN_YEAR"})
    rows = rows.with_columns(YEAR=collection_year("RETURNED") + 1)
    both = [year for year in journeys.years if year - 1 in journeys.windows]
    rows = rows.filter(col("YEAR").is_in(both))
    last = add_months("RETURNED", MONTHS)
    back = ~is_blank("NEXT_START") & (col("NEXT_START") < last)
    rows = rows.with_columns(
        ON=col("RETURNED"),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        LAST=last,
        UNTIL=when(back).then(col("NEXT_START")).otherwise(last),
    )
    rows = _helped(rows, journeys)
    within = (col("DAY") > col("ON")) & (col("DAY") <= col("LAST"))
    by_family = col("SOURCE").is_in(FROM_FAMILY).fill_null(value=False)
    for name, things, day in (
        ("REFERRED_AGAIN", frame(journeys.referrals), "REFERRED"),
        ("ASKED", frame(journeys.referrals).filter(by_family), "REFERRED"),
        ("ENQUIRY", frame(journeys.enquiries), "STARTED"),
        ("PLAN", frame(journeys.plans), "STARTED"),
    ):
        rows = _flagged(rows, things, name, within, key=[*_KEY, "ON", "LAST"], day=day)
    return described(_found(rows, journeys), journeys.care, extra=list(_AFTER))


def _helped(rows: Any, journeys: LinkedJourneys) -> Any:
    """The case that was open after each return, and the days on which any was."""
    spells = _with_ends(frame(journeys.support), "TO")
    spells = spells.select("CHILD", "FROM", "NEXT_FROM", TO=col("UP_TO"))
    pairs = rows.select(*_KEY, "ON", "UNTIL").join(spells, on="CHILD", how="inner")
    pairs = pairs.filter(col("TO") > col("ON"))
    pairs = pairs.with_columns(BEGINS=_later("FROM", "ON"), ENDS=_earlier("TO", "UNTIL"))
    days = when(col("ENDS") > col("BEGINS")).then(days_between("BEGINS", "ENDS")).otherwise(lit(0))
    pairs = pairs.with_columns(DAYS=days)
    # The spells of a child lie one after another: the first to end is the first to begin.
    first = pairs.group_by(*_KEY).agg(
        CASE_FROM=col("FROM").min(),
        CASE_TO=col("TO").min(),
        CASE_NEXT=col("NEXT_FROM").min(),
        DAYS_OPEN=col("DAYS").sum().cast(nw.Int64),
    )
    rows = rows.join(first, on=_KEY, how="left")
    soon = (days_between("ON", "CASE_FROM") <= SOON_DAYS).fill_null(value=False)
    # A case found only after a new period of care is help in care, not at home.
    soon = soon & (is_blank("NEXT_START") | (col("CASE_FROM") < col("NEXT_START")))
    closed = (col("CASE_TO") <= col("LAST")) & (
        is_blank("NEXT_START") | (col("CASE_TO") < col("NEXT_START"))
    )
    again = (col("CASE_NEXT") <= col("LAST")).fill_null(value=False)
    rows = rows.with_columns(
        DAYS_OPEN=col("DAYS_OPEN").fill_null(0),
        OPEN_ON_DAY=(col("CASE_FROM") <= col("ON")).fill_null(value=False),
        OPEN_SOON=soon,
        CLOSED_AGAIN=soon & closed.fill_null(value=False),
    )
    return rows.with_columns(REOPENED=col("CLOSED_AGAIN") & again)


def came_into_care(journeys: LinkedJourneys) -> Any:
    """One row a child and year in which they came into care, and what came in the 12 months before.

    KNOWN: a referral was made or a case was open. NOTHING_DONE: a referral after which nothing
    further was done. PLAN: a child protection plan was running. DAYS_OPEN: days with an open case.
    All are of days before that of coming into care. Rows with START_SEEN alone.
    """
    followed = [year for year in journeys.years if year - 1 in journeys.windows]
    rows = frame(started(journeys.care))
    rows = rows.filter(col("START_SEEN") & col("YEAR").is_in(followed))
    rows = rows.with_columns(FIRST=add_months("ON", -MONTHS))
    rows = rows.join(_days_before(rows, journeys), on=["CHILD", "YEAR"], how="left")
    rows = rows.with_columns(DAYS_OPEN=col("DAYS_OPEN").fill_null(0))
    asked = frame(journeys.referrals)
    refused = asked.filter(col("NFA").fill_null(value=False))
    plans = _with_ends(frame(journeys.plans), "ENDED")
    before = (col("DAY") >= col("FIRST")) & (col("DAY") < col("ON"))
    running = (col("DAY") < col("ON")) & (col("UP_TO") > col("FIRST"))
    key = ["CHILD", "YEAR", "ON", "FIRST"]
    rows = _flagged(rows, asked, "REFERRED_BEFORE", before, key=key, day="REFERRED")
    rows = _flagged(rows, refused, "NOTHING_DONE", before, key=key, day="REFERRED")
    rows = _flagged(rows, plans, "PLAN", running, key=key, day="STARTED", also=["UP_TO"])
    rows = rows.with_columns(KNOWN=col("REFERRED_BEFORE") | (col("DAYS_OPEN") > 0))
    extra = ["UASC", "FOUND", "KNOWN", "NOTHING_DONE", "PLAN", "DAYS_OPEN"]
    return _found(rows, journeys).select(*OF_ALL, *extra)


def _days_before(rows: Any, journeys: LinkedJourneys) -> Any:
    """Days with an open case from FIRST to the day before ON, by CHILD and YEAR."""
    spells = _with_ends(frame(journeys.support), "TO").select("CHILD", "FROM", "UP_TO")
    pairs = rows.select("CHILD", "YEAR", "ON", "FIRST").join(spells, on="CHILD", how="inner")
    pairs = pairs.with_columns(BEGINS=_later("FROM", "FIRST"), ENDS=_earlier("UP_TO", "ON")).filter(
        col("ENDS") > col("BEGINS")
    )
    pairs = pairs.with_columns(DAYS=days_between("BEGINS", "ENDS"))
    return pairs.group_by("CHILD", "YEAR").agg(DAYS_OPEN=col("DAYS").sum().cast(nw.Int64))


def in_care_at_31_march(journeys: LinkedJourneys) -> Any:
    """One row a child looked after on 31 March, with FOUND and OPEN_THEN: a case open that day."""
    episodes = frame(journeys.care.episodes).rename({"YEAR": "RETURN_YEAR"})
    rows = in_each(episodes, last_days(journeys.windows), start="DECOM", end="DEC")
    rows = rows.rename({"LAST": "ON"})
    spells = _with_ends(frame(journeys.support), "TO")
    there = (col("DAY") <= col("ON")) & (col("UP_TO") > col("ON"))
    key = ["CHILD", "YEAR", "ON"]
    rows = _flagged(rows, spells, "OPEN_THEN", there, key=key, day="FROM", also=["UP_TO"])
    return described(_found(rows, journeys), journeys.care, extra=["FOUND", "OPEN_THEN"])


def asked_for_help_the_year_before(journeys: LinkedJourneys) -> Any:
    """One row a referral by the family or the child in the year before the reported one, no more
    than 12 months after a return home or the closure of the child's case; and what came of it.

    AFTER_HOME: it followed a return home. OUTCOME, of the 12 months from the referral on, the
    first that holds: ``INVESTIGATED`` (a section 47 enquiry or child protection plan began),
    ``NOTHING`` (nothing further was done, or the case was closed after the assessment), ``SUPPORT``
    (all others). PLAN: a child protection plan began.
    """
    rows = frame(journeys.referrals).filter(col("SOURCE").is_in(FROM_FAMILY).fill_null(value=False))
    rows = rows.rename({"YEAR": "RETURN_YEAR"})
    rows = rows.with_columns(YEAR=collection_year("REFERRED") + 1, ON=col("REFERRED"))
    whole = [y for y in journeys.years if {y - 1, y - 2} <= {*journeys.windows}]
    rows = rows.filter(col("YEAR").is_in(whole))
    rows = rows.with_columns(FIRST=add_months("ON", -MONTHS), LAST=add_months("ON", MONTHS))
    key = ["CHILD", "ON", "FIRST", "LAST"]
    since = (col("DAY") >= col("FIRST")) & (col("DAY") <= col("ON"))
    then = (col("DAY") >= col("ON")) & (col("DAY") <= col("LAST"))
    home = frame(journeys.care.returns_home)
    ended = frame(journeys.support).filter(~is_blank("TO"))
    rows = _flagged(rows, home, "AFTER_HOME", since, key=key, day="RETURNED")
    rows = _flagged(rows, ended, "AFTER_CLOSURE", since, key=key, day="TO")
    rows = rows.filter(col("AFTER_HOME") | col("AFTER_CLOSURE"))
    rows = _flagged(rows, frame(journeys.enquiries), "ENQUIRY", then, key=key, day="STARTED")
    rows = _flagged(rows, frame(journeys.plans), "PLAN", then, key=key, day="STARTED")
    closed = col("CLOSURE_REASON").is_in(NOTHING_DONE) & (col("CLOSED") <= col("LAST"))
    nothing = col("NFA").fill_null(value=False) | closed.fill_null(value=False)
    outcome = (
        when(col("ENQUIRY") | col("PLAN"))
        .then(lit(INVESTIGATED))
        .when(nothing)
        .then(lit(NOTHING))
        .otherwise(lit(SUPPORT))
    )
    rows = rows.with_columns(OUTCOME=outcome, AGE=age_at("DOB", "ON"), TABLE=lit(CASES))
    return rows.select(*OF_ALL, "AFTER_HOME", "OUTCOME", "PLAN")


def _with_ends(rows: Any, end: str) -> Any:
    """UP_TO: the end, or a day that never comes."""
    never = lit(NEVER, dtype=nw.Date)
    return rows.with_columns(UP_TO=when(is_blank(end)).then(never).otherwise(col(end)))


def _later(one: str, other: str) -> nw.Expr:
    return when(col(one) > col(other)).then(col(one)).otherwise(col(other))


def _earlier(one: str, other: str) -> nw.Expr:
    return when(col(one) < col(other)).then(col(one)).otherwise(col(other))


def _found(rows: Any, journeys: LinkedJourneys) -> Any:
    """How each child was found in the census, as FOUND."""
    known = frame(journeys.children).rename({"OUTCOME": "FOUND"})
    return attach(rows, known, on="CHILD", columns="FOUND")


def _flagged(
    rows: Any,
    things: Any,
    name: str,
    holds: nw.Expr,
    *,
    key: list[str],
    day: str,
    also: Sequence[str] = (),
) -> Any:
    """``name``: whether the child has a thing of which ``holds`` is so.

    ``holds`` is said of the row's ``key`` and of the thing's DAY (its ``day``) and ``also``.
    """
    theirs = things.select("CHILD", *also, DAY=col(day))
    pairs = rows.select(*key).join(theirs, on="CHILD", how="inner")
    there = pairs.filter(holds.fill_null(value=False)).select(*key).unique()
    there = there.with_columns(**{name: lit(value=True)})
    # One row a key already, so a plain join adds none.
    rows = rows.join(there, on=key, how="left")
    return rows.with_columns(**{name: col(name).fill_null(value=False)})


VIEWS: Mapping[str, Callable[[LinkedJourneys], Any]] = {
    "home_the_year_before": home_the_year_before,
    "came_into_care": came_into_care,
    "in_care_at_31_march": in_care_at_31_march,
    "asked_for_help_the_year_before": asked_for_help_the_year_before,
}
