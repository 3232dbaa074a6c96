"""Placements: the homes a child lived in, as runs of episodes in the same placement.

A change of legal status alone (RNE L) does not begin a placement. A temporary stay (PLACE T0 to
T4: hospital, holiday, a carer's holiday, up to a week otherwise) is not a placement, and going
back afterwards to the same kind of placement at the same postcode continues the one before, also
where that kind got a new code in between (H5, then K3).
Being placed for adoption with one's own foster carer (A3, A5 without a change of carer) is not a
new placement.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.journeys import codes
from whatworks.journeys.episodes import TOTAL_ORDER, same
from whatworks.tables import (
    AnyFrame,
    attach,
    col,
    days_between,
    frame,
    is_blank,
    islands,
    lit,
    native,
    neighbours,
    when,
)

_PERIOD = ["CHILD", "PERIOD"]


def _in(column: str, which: codes.CodeSet) -> nw.Expr:
    """Whether the column holds one of these codes; false, not null, where it is blank."""
    return col(column).is_in(which.codes).fill_null(value=False)


def number_placements(episodes: AnyFrame) -> Any:
    """Episodes that are not temporary stays, with PLACEMENT: 1, 2, ... in each period of care."""
    rows = neighbours(frame(episodes), by=_PERIOD, order=TOTAL_ORDER, previous=["PLACE"])
    rows = rows.with_columns(AFTER_A_STAY=_in("PREV_PLACE", codes.TEMPORARY)).drop("PREV_PLACE")
    rows = rows.filter(~_in("PLACE", codes.TEMPORARY))
    # The code of one kind of placement changed between years: both are the same kind here.
    renamed = codes.SUPPORTED.codes[0]
    kind = when(_in("PLACE", codes.SUPPORTED)).then(lit(renamed)).otherwise(col("PLACE"))
    rows = rows.with_columns(KIND=kind)
    before = ["DECOM", "KIND", "PL_POST"]
    rows = neighbours(rows, by=_PERIOD, order=TOTAL_ORDER, previous=before)
    elsewhere = ~same("KIND", "PREV_KIND") | ~same("PL_POST", "PREV_PL_POST")
    adopted_in_place = _in("PLACE", codes.ADOPTION_BY_CARER) & _in("RNE", codes.SAME_CARER)
    moved = _in("RNE", codes.NEW_PLACEMENT) & ~adopted_in_place
    began = when(col("AFTER_A_STAY")).then(elsewhere).otherwise(moved)
    rows = rows.with_columns(BEGINS=is_blank("PREV_DECOM") | began)
    rows = neighbours(rows, by=_PERIOD, order=TOTAL_ORDER, next=["BEGINS", "DECOM"])
    # The run reaches to the next episode of the same placement, over any temporary stay.
    until = (
        when(col("NEXT_BEGINS").fill_null(value=True))
        .then(col("DECOM"))
        .otherwise(col("NEXT_DECOM"))
    )
    rows = rows.with_columns(UNTIL=until)
    rows = islands(rows, by=_PERIOD, start="DECOM", end="UNTIL", name="PLACEMENT")
    helpers = ["AFTER_A_STAY", "BEGINS", "KIND", "NEXT_BEGINS", "NEXT_DECOM", "UNTIL"]
    return native(rows.drop(*helpers, *(f"PREV_{c}" for c in before)))


def placements(numbered: AnyFrame) -> Any:
    """One row a placement, from episodes that have PLACEMENT.

    CHILD, PERIOD, PLACEMENT, START, END (null: goes on), DAYS (0: it lasted less than a day),
    PLACE, PLACE_PROVIDER and URN at its start, END_PLACE, and where its first row came from.
    HOME numbers the homes of a period: a placement that changed while the carer did not (RNE T or
    U) is in the home of the one before. HOME_SINCE is when that home began, HOME_PLACE its kind
    then, and BEFORE_SINCE when the home before it began (null: it is the first). UNTIL is when the
    next placement of the period began (null: it is the last), temporary stays before it included.
    """
    key = [*_PERIOD, "PLACEMENT"]
    rows = neighbours(
        frame(numbered), by=key, order=TOTAL_ORDER, next=["DECOM"], previous=["DECOM"]
    )
    first = rows.filter(is_blank("PREV_DECOM")).select(
        *key,
        "PLACE",
        "PLACE_PROVIDER",
        "URN",
        "SUBMISSION",
        "YEAR",
        "ROW",
        START=col("DECOM"),
        SAME_CARER=_in("RNE", codes.SAME_CARER),
    )
    last = rows.filter(is_blank("NEXT_DECOM")).select(*key, END=col("DEC"), END_PLACE=col("PLACE"))
    whole = attach(first, last, on=key, columns=["END", "END_PLACE"])
    return native(_homes(whole.with_columns(DAYS=days_between("START", "END"))))


def _homes(rows: Any) -> Any:
    """Placements with HOME, HOME_SINCE, HOME_PLACE and BEFORE_SINCE."""
    order = ["START", "PLACEMENT"]
    rows = neighbours(rows, by=_PERIOD, order=order, next=["START", "SAME_CARER"])
    goes_on = col("NEXT_SAME_CARER").fill_null(value=False)
    rows = rows.with_columns(REACH=when(goes_on).then(col("NEXT_START")).otherwise(col("START")))
    rows = islands(rows, by=_PERIOD, start="START", end="REACH", name="HOME")
    rows = rows.rename({"NEXT_START": "UNTIL"}).drop("NEXT_SAME_CARER", "REACH", "SAME_CARER")
    key = [*_PERIOD, "HOME"]
    first = neighbours(rows, by=key, order=order, previous=["START"])
    first = first.filter(is_blank("PREV_START")).select(
        *key, HOME_SINCE=col("START"), HOME_PLACE=col("PLACE")
    )
    first = neighbours(first, by=_PERIOD, order=["HOME"], previous=["HOME_SINCE"])
    first = first.rename({"PREV_HOME_SINCE": "BEFORE_SINCE"})
    return attach(rows, first, on=key, columns=["HOME_SINCE", "HOME_PLACE", "BEFORE_SINCE"])
