"""A council's children in need, from referral to review, from its CIN censuses of all years.

A census lists every case open at any time in its year, so a referral or a plan stands in every
census from the one of its year to the one in which it closed. Here each thing is one row: a
referral is a child and a day, and so is the beginning of an assessment, an enquiry or a plan. What
a thing belongs to is read within its own census, by the number that reading gave each case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import polars as pl

from whatworks.journeys import children as who
from whatworks.journeys import need_spells as spells
from whatworks.journeys.need_columns import (
    CASES,
    CHARACTERISTICS,
    CIN_PLANS,
    COLLECTION,
    IDENTIFIERS,
    PLANS,
    PRE_PROCEEDINGS,
    READ,
    TRACE,
    settled,
    unhurried,
)
from whatworks.journeys.need_repairs import NEED_REPAIRS
from whatworks.journeys.need_rows import Ledger
from whatworks.journeys.repairs import repairs_by_year
from whatworks.journeys.stacking import ReturnTables, in_order, on_spark, stack
from whatworks.returns.period import period_of
from whatworks.returns.schema import tables as form_of
from whatworks.tables import attach, col, lit, materialise, native

if TYPE_CHECKING:
    from whatworks.returns.store import Store

__all__ = ["CASES", "CHARACTERISTICS", "IDENTIFIERS", "PLANS", "NeedJourneys", "need_from"]

_PERSON: dict[str, Any] = {
    "LAchildID": nw.String,
    "GenderCurrent": nw.String,
    "Sex": nw.String,
    "PersonBirthDate": nw.Date,
    "ExpectedPersonBirthDate": nw.Date,
    **TRACE,
}
_GROUP: dict[str, Any] = {"LAchildID": nw.String, "Ethnicity": nw.String, **TRACE}
_WHO = ["SEX", "ETHNIC", "DOB"]
_NOT_TOLD = {
    "cin_plans": (CIN_PLANS, "child in need plans"),
    "pre_proceedings": (PRE_PROCEEDINGS, "steps before court or family group decision-making"),
}
"""What a measure may need -> the table that tells of it, and that in words."""


@dataclass(frozen=True)
class NeedJourneys:
    """Children in need of one council, as child-level frames of things that each stand once.

    ``years`` are the census years loaded, ``windows`` the first and last day of each and
    ``submissions`` the submission used for each. Every frame has CHILD, the day that makes it one
    of its kind, SEX, ETHNIC and DOB as the latest census that gives them has them (DOB of a child
    not yet born is the expected day), and the row that says so (SUBMISSION, YEAR, ROW). REFERRED
    is the day of the referral that a thing belongs to, null where its census has no such case.

    - ``referrals``: REFERRED, CLOSED (null: open), END_SET (whether CLOSED is other than written),
      PREV_REFERRED (the day of the child's referral before, null for none), CASE (the number of
      its row's case within the census), SOURCE, NFA (boolean, null unknown), PRIMARY_NEED and
      CLOSURE_REASON as coded.
    - ``assessments``: REFERRED, STARTED, AUTHORISED (null: not finished); ``factors``: CHILD,
      REFERRED, STARTED, AUTHORISED and FACTOR, a row for each code that an assessment found.
    - ``enquiries`` (section 47): REFERRED, STARTED, CONFERENCE (day of the first conference),
      NOT_REQUIRED (boolean). ``conferences``: REFERRED, HELD, ENQUIRED (the day on which the
      enquiry that led to it began, null for none) and TABLE (where it stands).
    - ``plans`` (child protection): REFERRED, STARTED, ENDED (null: runs on), END_SET, CATEGORY and
      LATEST_CATEGORY of harm, PLANS_BEFORE (how many plans the census says the child had had;
      null where it does not say), PREV_STARTED and PREV_ENDED of the child's plan before.
      ``reviews``: PLAN_STARTED, REVIEWED.
    - ``cin_plans``: REFERRED, STARTED, ENDED, END_SET. ``pre_proceedings``: REFERRED, STARTED,
      LETTER (day the letter before court was sent), OFFERED and HELD (a family group
      decision-making meeting; booleans).
    - ``disabilities``: CHILD, YEAR, DISABLED, as each year's census records it.

    ``repaired`` has REPAIR, CHILD, SUBMISSION, YEAR, ROW. ``gaps``: see ``Countable``.
    """

    collection: ClassVar[str] = COLLECTION
    council: str
    years: tuple[int, ...]
    windows: Mapping[int, tuple[date, date]]
    submissions: Mapping[int, str]
    referrals: Any
    assessments: Any
    factors: Any
    enquiries: Any
    conferences: Any
    plans: Any
    reviews: Any
    cin_plans: Any
    pre_proceedings: Any
    disabilities: Any
    repaired: Any
    gaps: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def repairs(self) -> pl.DataFrame:
        """How often each repair was made: repair, effect, year, n_rows, n_children, text.

        Every repair has a row for every year loaded, nought included. Holds counts only.
        """
        return repairs_by_year(NEED_REPAIRS, self.repaired, self.years)


def need_of(store: Store, council: str, *, session: Any = None) -> NeedJourneys:
    """Children in need of ``council``, from its current CIN censuses of all years.

    ``session`` is a Spark session: with one, the frames are Spark's; without, Polars computes
    them in memory. A council without a census has frames without rows and no years.
    """
    found = store.submissions(council=council, collection=COLLECTION, current=True)
    censuses = [ReturnTables(s.year, s.id, store.tables(s, READ)) for s in found]
    if session is not None:
        censuses = [on_spark(one, session) for one in censuses]
    return need_from(council, censuses)


def need_from(council: str, censuses: Iterable[ReturnTables]) -> NeedJourneys:
    """Children in need in these censuses, at most one a year. Reads no store.

    Raises ValueError if two are of the same year: the caller chooses the current one.
    """
    ordered = [_unhurried(one) for one in in_order(censuses)]
    years = tuple(one.year for one in ordered)
    people = settled(who.children(_headers(ordered)))
    ledger = Ledger()
    things = _things(ordered, years, ledger)

    def described(rows: Any) -> Any:
        return materialise(native(attach(rows, people, on="CHILD", columns=_WHO)))

    return NeedJourneys(
        council=council,
        years=years,
        windows={one.year: period_of(COLLECTION, one.year) for one in ordered},
        submissions={one.year: one.submission for one in ordered},
        disabilities=materialise(native(spells.disabilities(ordered))),
        **{name: described(rows) for name, rows in things.items()},
        repaired=ledger.entries(),
        gaps=_gaps(ordered),
    )


def _things(censuses: Sequence[ReturnTables], years: Sequence[int], ledger: Ledger) -> Any:
    """Each kind of thing by the name of its frame."""
    rows = spells.cases(censuses)
    cases = spells.placed(rows)
    assessed = spells.assessments(censuses, cases, ledger)
    enquired = spells.enquiries(censuses, cases, ledger)
    planned = spells.plans(censuses, cases, years, ledger)
    return {
        "referrals": spells.referrals(rows, years, ledger),
        "assessments": assessed,
        "factors": spells.factors(censuses, assessed),
        "enquiries": spells.without_conferences_to_come(enquired),
        "conferences": spells.conferences(rows, enquired, ledger),
        "plans": planned,
        "reviews": spells.reviews(censuses, planned, ledger),
        "cin_plans": spells.cin_plans(censuses, cases, years, ledger),
        "pre_proceedings": spells.pre_proceedings(censuses, cases, ledger),
    }


def _gaps(censuses: Sequence[ReturnTables]) -> Mapping[int, Mapping[str, str]]:
    """What each census does not tell, because its form did not ask or it was not sent."""
    found: dict[int, dict[str, str]] = {}
    for one in censuses:
        asked = form_of(COLLECTION, one.year)
        for need, (table, words) in _NOT_TOLD.items():
            if table not in asked:
                why = f"The children in need census for {one.year} did not ask about {words}."
            elif table not in one.tables:
                why = f"The children in need census for {one.year} says nothing of {words}."
            else:
                continue
            found.setdefault(one.year, {})[need] = why
    return found


def _unhurried(one: ReturnTables) -> ReturnTables:
    tables = {name: native(unhurried(table)) for name, table in one.tables.items()}
    return ReturnTables(one.year, one.submission, tables)


def _headers(censuses: Sequence[ReturnTables]) -> Any:
    """Who the children are, in the columns that ``children.children`` reads."""
    person = unhurried(stack(censuses, IDENTIFIERS, _PERSON, collection=COLLECTION)).select(
        *TRACE,
        CHILD=col("LAchildID"),
        SEX=nw.coalesce("Sex", "GenderCurrent"),
        ETHNIC=lit(None, dtype=nw.String),
        DOB=nw.coalesce("PersonBirthDate", "ExpectedPersonBirthDate"),
    )
    group = unhurried(stack(censuses, CHARACTERISTICS, _GROUP, collection=COLLECTION)).select(
        *TRACE,
        CHILD=col("LAchildID"),
        SEX=lit(None, dtype=nw.String),
        ETHNIC=col("Ethnicity"),
        DOB=lit(None, dtype=nw.Date),
    )
    return native(nw.concat([person, group]))
