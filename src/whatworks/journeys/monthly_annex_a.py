"""What Annex A lists say of children on a day, list by list, as measures count it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from whatworks.journeys import monthly
from whatworks.journeys.monthly import (
    MonthlyJourneys,
    Rows,
    Snapshot,
    days,
    months_back,
    one_each,
    thing,
    told,
)
from whatworks.returns.period import month_of, period_of
from whatworks.tables import add_months, birthday, collect, frame, to_spark

if TYPE_CHECKING:
    from whatworks.returns.store import Store

COLLECTION = "annex_a"
CHILD = "Child Unique ID"
ADOPTER, FAMILY = "Individual adopter identifier", "Family identifier"
IN_NEED = "Child in need plan"
LEAVERS = ("Relevant", "Former relevant")
SEXES = {"Male": "M", "Female": "F"}

REFERRED_DAYS = 7
"""Days after a contact in which a referral is taken to have come of it."""
SEEN_DAYS, CARE_VISIT_DAYS, CONTACT_DAYS, WAITING_DAYS = 28, 42, 56, 121
"""Days within which a child is to be seen, visited, contacted; and that a match may take."""
FIRST_VISIT_DAYS = 7

_SEEN = {"TOLD": pl.Boolean, "NEW": pl.Boolean, "IN_TIME": pl.Boolean}
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "contacts": {"DATED": pl.Boolean, "RECENT": pl.Boolean, "REFERRED": pl.Boolean},
    "in_need_on_the_day": _SEEN,
    "protected_on_the_day": {**_SEEN, "ALONE": pl.Boolean},
    "in_care_on_the_day": {
        **_SEEN,
        "A_YEAR": pl.Boolean,
        "HEALTH_TOLD": pl.Boolean,
        "HEALTH": pl.Boolean,
        "TEETH_TOLD": pl.Boolean,
        "TEETH": pl.Boolean,
        "MISSING": pl.Boolean,
        "OFFERED": pl.Boolean,
    },
    "open_cases": {"ALLOCATED": pl.Boolean},
    "care_leavers_on_the_day": {
        "EXPECTED": pl.Boolean,
        "CONTACT_TOLD": pl.Boolean,
        "CONTACTED": pl.Boolean,
        "PLAN_TOLD": pl.Boolean,
        "PLAN_IN_TIME": pl.Boolean,
    },
    "waiting_to_be_matched": {"DATED": pl.Boolean, "LONG": pl.Boolean},
    "adopters_approving": {"DATED": pl.Boolean, "IN_TIME": pl.Boolean},
}
"""The frames of ``MonthlyJourneys.things``, with the columns of each beside ``OF_ALL``."""


def annex_a(
    store: Store, council: str, *, month: str | None = None, session: Any = None
) -> MonthlyJourneys:
    """What ``council``'s Annex A lists say: of the last day loaded of each collection year, or
    with a ``month`` ('2025-09') of that month alone.

    ``session`` is a Spark session: with one, the frames are Spark's.
    """
    found = monthly.current(store, council, COLLECTION)
    chosen = (
        monthly.last_of_each_year(found)
        if month is None
        else [s for s in found if s.as_at is not None and month_of(s.as_at) == month]
    )
    made = annex_a_from(council, monthly.opened(store, chosen))
    if session is None:
        return made
    return replace(made, things={n: to_spark(t, session) for n, t in made.things.items()})


def annex_a_from(council: str, snapshots: Iterable[Snapshot]) -> MonthlyJourneys:
    """What these lists say, at most one snapshot a collection year. Reads no store.

    Raises ValueError if two are of the same year.
    """
    ordered = monthly.in_order(snapshots)
    made, repaired = [], [monthly.nothing_repaired()]
    for one in ordered:
        rows = Rows(COLLECTION, one)
        made.append(_things(rows, one))
        repaired += rows.repaired
    return MonthlyJourneys(
        collection=COLLECTION,
        council=council,
        years=tuple(one.year for one in ordered),
        windows={one.year: (period_of(COLLECTION, one.year)[0], one.as_at) for one in ordered},
        days={one.year: one.as_at for one in ordered},
        submissions={one.year: one.submission for one in ordered},
        gaps={one.year: monthly.gaps_of(COLLECTION, one) for one in ordered},
        things=dict(monthly.put_together(SHAPES, made)),
        repaired=pl.concat(repaired),
    )


def _things(rows: Rows, one: Snapshot) -> dict[str, pl.DataFrame]:
    lists = {n: _person(rows.table(f"List_{n}", CHILD)) for n in range(1, 11)}
    adopters = rows.table("List_11", ADOPTER)
    in_need, protected = _in_need(lists[6], one), _protected(lists[7], one)
    in_care = _in_care(lists[8], one)
    found = {
        "contacts": ("List_1", _contacts(lists[1], lists[3], one)),
        "in_need_on_the_day": ("List_6", in_need),
        "protected_on_the_day": ("List_7", protected),
        "in_care_on_the_day": ("List_8", in_care),
        "open_cases": ("", _open_cases(_any_open(lists[6], one), protected, in_care)),
        "care_leavers_on_the_day": ("List_9", _care_leavers(lists[9], one)),
        "waiting_to_be_matched": ("List_10", _waiting(lists[10], one)),
        "adopters_approving": ("List_11", _approving(adopters, one)),
    }
    return {name: thing(one, made, table, SHAPES[name]) for name, (table, made) in found.items()}


def _person(rows: pl.DataFrame) -> pl.DataFrame:
    """Who a row is about, as far as its list says."""
    return rows.with_columns(
        DOB=pl.col("Date of Birth"),
        AGE_SAID=pl.col("Age of Child (Years)"),
        SEX=pl.col("Gender").replace_strict(SEXES, default=None, return_dtype=pl.String),
        ETHNIC=pl.col("Ethnicity"),
    )


def _contacts(rows: pl.DataFrame, referrals: pl.DataFrame, one: Snapshot) -> pl.DataFrame:
    day = pl.col("Date of Contact")
    dated = (day <= one.as_at).fill_null(value=False)
    made = referrals.select("CHILD", REFERRAL="Date of referral").drop_nulls()
    pairs = rows.select("ROW", "CHILD", "Date of Contact").join(made, on="CHILD")
    led = pairs.filter(days(day, pl.col("REFERRAL")).is_between(0, REFERRED_DAYS))["ROW"].unique()
    return rows.with_columns(
        ON=pl.when(dated).then(day),
        DATED=dated,
        RECENT=dated & (days(day, pl.lit(one.as_at)) < REFERRED_DAYS),
        REFERRED=pl.col("ROW").is_in(led.implode()),
    )


def _within(column: str, span: int, one: Snapshot) -> dict[str, pl.Expr]:
    """TOLD: the cell could be read, and is not after the day. IN_TIME: it is so recent."""
    since = days(pl.col(column), pl.lit(one.as_at))
    return {
        "TOLD": told(column) & (since >= 0).fill_null(value=True),
        "IN_TIME": since.is_between(0, span).fill_null(value=False),
    }


def _open(start: str, end: str, one: Snapshot) -> pl.Expr:
    """Begun by the day and not ended by then. A blank or unreadable start is taken to be past; an
    unreadable end is taken to be over."""
    begun = (pl.col(start) <= one.as_at).fill_null(value=True)
    over = (pl.col(end) <= one.as_at).fill_null(value=False) | ~told(end)
    return begun & ~over


def _newer_than(start: str, span: int, one: Snapshot) -> pl.Expr:
    return (days(pl.col(start), pl.lit(one.as_at)) < span).fill_null(value=False)


def _any_open(rows: pl.DataFrame, one: Snapshot) -> pl.DataFrame:
    going_on = _open("CIN Start Date", "CIN Closure Date", one)
    not_closed = ~pl.col("Case Status").eq_missing(pl.lit("Closed episode"))
    return one_each(rows.filter(going_on & not_closed), "CIN Start Date")


def _in_need(rows: pl.DataFrame, one: Snapshot) -> pl.DataFrame:
    """Children with a child in need plan on the day, and whether they were seen lately."""
    planned = rows.filter(
        _open("CIN Start Date", "CIN Closure Date", one) & (pl.col("Case Status") == IN_NEED)
    )
    latest = one_each(planned, "CIN Start Date")
    return latest.with_columns(**_within("Date Child Was Last Seen", SEEN_DAYS, one)).with_columns(
        NEW=_newer_than("CIN Start Date", SEEN_DAYS, one) & ~pl.col("IN_TIME")
    )


def _protected(rows: pl.DataFrame, one: Snapshot) -> pl.DataFrame:
    """Children with a child protection plan on the day."""
    start, end = "Child Protection Plan Start Date", "Child Protection Plan End Date"
    latest = one_each(rows.filter(_open(start, end, one)), start)
    return latest.with_columns(
        **_within("Date of the Last Statutory Visit", SEEN_DAYS, one),
        ALONE=_answer("Was the Child Seen Alone?"),
    ).with_columns(NEW=_newer_than(start, SEEN_DAYS, one) & ~pl.col("IN_TIME"))


def _answer(column: str) -> pl.Expr:
    """Yes or no; null where neither is said."""
    return pl.col(column).replace_strict(
        {"Yes": True, "No": False}, default=None, return_dtype=pl.Boolean
    )


def _in_care(rows: pl.DataFrame, one: Snapshot) -> pl.DataFrame:
    """Children looked after on the day."""
    start = "Date Started to be Looked After"
    there = one_each(rows.filter(_open(start, "Date Ceased to be Looked After", one)), start)
    health, teeth = "Date of Last Health Assessment", "Date of Last Dental Check"
    there = _with_birthdays(there, start)
    missing = (
        "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months"
    )
    offered = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
    year, half = months_back(one.as_at, 12), months_back(one.as_at, 6)
    under_five = (pl.col("FIVE") > one.as_at).fill_null(value=False)
    since = pl.when(under_five).then(pl.lit(half)).otherwise(pl.lit(year))
    return there.with_columns(
        **_within("Date of Last Social Work Visit", CARE_VISIT_DAYS, one),
        A_YEAR=(pl.col("A_YEAR_ON") <= one.as_at).fill_null(value=False),
        HEALTH_TOLD=_not_after(health, one),
        HEALTH=(pl.col(health) >= since).fill_null(value=False),
        TEETH_TOLD=_not_after(teeth, one),
        TEETH=(pl.col(teeth) >= year).fill_null(value=False),
        MISSING=(pl.col(missing) > 0).fill_null(value=False),
        OFFERED=_answer(offered),
    ).with_columns(NEW=_newer_than(start, FIRST_VISIT_DAYS, one) & ~pl.col("IN_TIME"))


def _not_after(column: str, one: Snapshot) -> pl.Expr:
    """The cell could be read, and is not after the day."""
    return told(column) & (pl.col(column) <= one.as_at).fill_null(value=True)


def _with_birthdays(rows: pl.DataFrame, start: str) -> pl.DataFrame:
    """A_YEAR_ON: the first day after a year in care. FIVE: the fifth birthday."""
    made = frame(rows).with_columns(A_YEAR_ON=birthday(start, 1), FIVE=birthday("DOB", 5))
    return collect(made)


def _open_cases(
    in_need: pl.DataFrame, protected: pl.DataFrame, in_care: pl.DataFrame
) -> pl.DataFrame:
    """One row a child in any of the three lists; ALLOCATED where any of them names a worker."""
    columns = ["CHILD", "DOB", "AGE_SAID", "SEX", "ETHNIC", "ROW", "TABLE", "WORKER", "PLACE"]
    tables = (("List_6", in_need), ("List_7", protected), ("List_8", in_care))
    parts = [
        rows.with_columns(
            TABLE=pl.lit(table),
            PLACE=pl.lit(place),
            WORKER=pl.col("Allocated Worker").is_not_null(),
        ).select(columns)
        for place, (table, rows) in enumerate(tables)
    ]
    everyone = pl.concat(parts).sort("PLACE", descending=True)
    named = everyone.filter("WORKER")["CHILD"].unique()
    first = everyone.unique("CHILD", keep="first", maintain_order=True)
    return first.with_columns(ALLOCATED=pl.col("CHILD").is_in(named.implode()))


def _care_leavers(rows: pl.DataFrame, one: Snapshot) -> pl.DataFrame:
    """Young people to whom a personal adviser is owed; not EXPECTED where contact is not."""
    owed = rows.filter(pl.col("Eligibility Category").is_in(LEAVERS))
    latest = one_each(owed, "Latest Date of Contact")
    contact, plan = "Latest Date of Contact", "Latest Pathway Plan Review Date"
    reached = _within(contact, CONTACT_DAYS, one)
    return latest.with_columns(
        EXPECTED=~pl.col("LA in Touch").eq_missing(pl.lit("Exclude")),
        CONTACT_TOLD=reached["TOLD"],
        CONTACTED=reached["IN_TIME"],
        PLAN_TOLD=_not_after(plan, one),
        PLAN_IN_TIME=(pl.col(plan) >= months_back(one.as_at, 6)).fill_null(value=False),
    )


def _waiting(rows: pl.DataFrame, one: Snapshot) -> pl.DataFrame:
    """Children with a placement order whom the lists show as not yet matched."""
    order = "Date of Placement Order"
    done = [
        "Date of Matching Child and Prospective Adopters",
        "Date Placed for Adoption",
        "Date of Adoption Order",
        "Date of Decision that Child Should No Longer be Placed for Adoption",
    ]
    reached = [(pl.col(c) <= one.as_at).fill_null(value=False) | ~told(c) for c in done]
    ordered = told(order) & pl.col(order).is_not_null() & (pl.col(order) <= one.as_at)
    asked = ordered | ~told(order)
    waiting = one_each(rows.filter(asked & ~pl.any_horizontal(reached)), order)
    since = days(pl.col(order), pl.lit(one.as_at))
    return waiting.with_columns(
        DATED=told(order), LONG=(since > WAITING_DAYS).fill_null(value=False)
    )


def _approving(rows: pl.DataFrame, one: Snapshot) -> pl.DataFrame:
    """Households that came to the end of stage 2 by the day; CHILD is their family's number."""
    first, last = "Date Stage 2 started", "Date Stage 2 ended"
    households = rows.with_columns(CHILD=pl.coalesce(FAMILY, ADOPTER), ETHNIC=pl.lit(None))
    ended = households.filter((pl.col(last) <= one.as_at).fill_null(value=False))
    each = collect(frame(one_each(ended, last)).with_columns(DUE=add_months(first, 4)))
    right = told(first) & (pl.col(first) <= pl.col(last)).fill_null(value=False)
    return each.with_columns(
        DATED=right, IN_TIME=(pl.col(last) <= pl.col("DUE")).fill_null(value=False)
    )
