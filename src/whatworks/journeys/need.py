"""A council's referrals and child protection plans, from its current CIN censuses of all years.

A census lists every case open at any time in its year, so a referral or a plan stands in every
census from the one of its year to the one in which it closed. Here each is one row: a referral is
a child and a day, and so is the beginning of a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import polars as pl

from whatworks.journeys import children as who
from whatworks.journeys.repairs import NEED_REPAIRS, repairs_by_year
from whatworks.journeys.stacking import ReturnTables, in_order, on_spark, stack
from whatworks.returns.period import period_of
from whatworks.tables import (
    attach,
    col,
    frame,
    is_blank,
    lit,
    materialise,
    native,
    neighbours,
    when,
)

if TYPE_CHECKING:
    from whatworks.returns.store import Store

COLLECTION = "cin"
CASES, PLANS = "CINdetails", "ChildProtectionPlans"
IDENTIFIERS, CHARACTERISTICS = "ChildIdentifiers", "ChildCharacteristics"
READ = (CASES, PLANS, IDENTIFIERS, CHARACTERISTICS)
"""The tables of a census that referrals and plans are derived from."""

_TRACE: dict[str, Any] = {"YEAR": nw.Int64, "SUBMISSION": nw.String, "ROW": nw.Int64}
_PLACED = {"YEAR_END": nw.Date, **_TRACE}
_CASE: dict[str, Any] = {
    "LAchildID": nw.String,
    "CINreferralDate": nw.Date,
    "CINclosureDate": nw.Date,
    **_PLACED,
}
_PLAN: dict[str, Any] = {
    "LAchildID": nw.String,
    "CPPstartDate": nw.Date,
    "CPPendDate": nw.Date,
    "NumberOfPreviousCPP": nw.Int64,
    **_PLACED,
}
_PERSON: dict[str, Any] = {
    "LAchildID": nw.String,
    "GenderCurrent": nw.String,
    "Sex": nw.String,
    "PersonBirthDate": nw.Date,
    "ExpectedPersonBirthDate": nw.Date,
    **_TRACE,
}
_GROUP: dict[str, Any] = {"LAchildID": nw.String, "Ethnicity": nw.String, **_TRACE}
_WHO = ["SEX", "ETHNIC", "DOB"]
_NOT_GIVEN = -1


@dataclass(frozen=True)
class NeedJourneys:
    """The referrals and child protection plans of one council, as child-level frames.

    ``years`` are the census years loaded, ``windows`` the first and last day of each and
    ``submissions`` the submission used for each. ``referrals`` has CHILD, REFERRED (the day),
    CLOSED (null: open), PREV_REFERRED (the day of the child's referral before, null for none) and
    ``plans`` CHILD, STARTED, ENDED (null: runs on), PLANS_BEFORE (how many plans the census says
    the child had had; null where it does not say); both have SEX, ETHNIC and DOB as the latest
    census that gives them has them, and the row that says so (SUBMISSION, YEAR, ROW). DOB of a
    child not yet born is the expected day. ``repaired`` has REPAIR, CHILD, SUBMISSION, YEAR, ROW.
    """

    collection: ClassVar[str] = COLLECTION
    council: str
    years: tuple[int, ...]
    windows: Mapping[int, tuple[date, date]]
    submissions: Mapping[int, str]
    referrals: Any
    plans: Any
    repaired: Any
    gaps: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def repairs(self) -> pl.DataFrame:
        """How often each repair was made: repair, effect, year, n_rows, n_children, text.

        Every repair has a row for every year loaded, nought included. Holds counts only.
        """
        return repairs_by_year(NEED_REPAIRS, self.repaired, self.years)


def need_of(store: Store, council: str, *, session: Any = None) -> NeedJourneys:
    """The referrals and plans of ``council`` from its current CIN censuses of all years.

    ``session`` is a Spark session: with one, the frames are Spark's; without, Polars computes
    them in memory. A council without a census has frames without rows and no years.
    """
    found = store.submissions(council=council, collection=COLLECTION, current=True)
    censuses = [ReturnTables(s.year, s.id, store.tables(s, READ)) for s in found]
    if session is not None:
        censuses = [on_spark(one, session) for one in censuses]
    return need_from(council, censuses)


def need_from(council: str, censuses: Iterable[ReturnTables]) -> NeedJourneys:
    """The referrals and plans in these censuses, at most one a year. Reads no store.

    Raises ValueError if two are of the same year: the caller chooses the current one.
    """
    ordered = in_order(censuses)
    cases = frame(stack(ordered, CASES, _CASE, collection=COLLECTION)).rename(
        {"LAchildID": "CHILD", "CINreferralDate": "REFERRED", "CINclosureDate": "CLOSED"}
    )
    begun = frame(stack(ordered, PLANS, _PLAN, collection=COLLECTION)).rename(
        {"LAchildID": "CHILD", "CPPstartDate": "STARTED", "CPPendDate": "ENDED"}
    )
    given = col("NumberOfPreviousCPP") >= 0
    begun = begun.with_columns(
        PLANS_BEFORE=when(given).then(col("NumberOfPreviousCPP")).otherwise(lit(_NOT_GIVEN))
    ).drop("NumberOfPreviousCPP")

    repaired: list[Any] = []
    people = frame(materialise(who.children(_headers(ordered))))
    referrals = _each_once(cases, "referral", "REFERRED", ["CLOSED"], repaired)
    # Of plans alike the one with most plans before it is kept, and any number before none.
    plans = _each_once(begun, "plan", "STARTED", ["PLANS_BEFORE", "ENDED"], repaired)
    plans = plans.with_columns(
        PLANS_BEFORE=when(col("PLANS_BEFORE") != _NOT_GIVEN).then(col("PLANS_BEFORE"))
    )
    referrals = neighbours(referrals, by="CHILD", order="REFERRED", previous="REFERRED")
    return NeedJourneys(
        council=council,
        years=tuple(one.year for one in ordered),
        windows={one.year: period_of(COLLECTION, one.year) for one in ordered},
        submissions={one.year: one.submission for one in ordered},
        referrals=materialise(native(attach(referrals, people, on="CHILD", columns=_WHO))),
        plans=materialise(native(attach(plans, people, on="CHILD", columns=_WHO))),
        repaired=materialise(native(nw.concat(repaired))),
    )


def _headers(censuses: list[ReturnTables]) -> Any:
    """Who the children are, in the columns that ``children.children`` reads."""
    person = frame(stack(censuses, IDENTIFIERS, _PERSON, collection=COLLECTION)).select(
        *_TRACE,
        CHILD=col("LAchildID"),
        SEX=nw.coalesce("Sex", "GenderCurrent"),
        ETHNIC=lit(None, dtype=nw.String),
        DOB=nw.coalesce("PersonBirthDate", "ExpectedPersonBirthDate"),
    )
    group = frame(stack(censuses, CHARACTERISTICS, _GROUP, collection=COLLECTION)).select(
        *_TRACE,
        CHILD=col("LAchildID"),
        SEX=lit(None, dtype=nw.String),
        ETHNIC=col("Ethnicity"),
        DOB=lit(None, dtype=nw.Date),
    )
    return native(nw.concat([person, group]))


def _each_once(rows: Any, what: str, day: str, says: list[str], repaired: list[Any]) -> Any:
    """One row for each child and day, from the latest census that has it.

    Of several in that census, one is kept: the last in the order of what they say (``says``), so
    that the order of rows in a file does not choose.
    """
    why = (
        when(is_blank("CHILD"))
        .then(lit(f"{what}_without_child_number"))
        .when(is_blank(day))
        .then(lit(f"{what}_day_not_known"))
        .when((col(day) > col("YEAR_END")).fill_null(value=False))
        .then(lit(f"{what}_after_the_census"))
        .otherwise(lit(None, dtype=nw.String))
    )
    rows = rows.with_columns(WHY=why)
    repaired.append(_marked(rows.filter(~is_blank("WHY"))))
    rows = rows.filter(is_blank("WHY"))
    order = ["YEAR", *says, "SUBMISSION", "ROW"]
    rows = neighbours(rows, by=["CHILD", day], order=order, next="YEAR")
    again = (
        when(col("NEXT_YEAR") == col("YEAR"))
        .then(lit(f"{what}_same_day_again"))
        .when(~is_blank("NEXT_YEAR"))
        .then(lit(f"{what}_reported_again"))
        .otherwise(lit(None, dtype=nw.String))
    )
    rows = rows.with_columns(WHY=again)
    repaired.append(_marked(rows.filter(~is_blank("WHY"))))
    return rows.filter(is_blank("WHY")).drop("WHY", "NEXT_YEAR", "YEAR_END")


def _marked(rows: Any) -> Any:
    return rows.select("CHILD", "SUBMISSION", "YEAR", "ROW", REPAIR=col("WHY").cast(nw.String))
