"""Children of one council in both of its returns: looked after (SSDA903) and in need (CIN).

How a child of one is found in the other is in ``linking``. From here on a child has one number in
both, so that what was done for a family before care, and after a return home, can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import polars as pl

from whatworks.journeys import linking
from whatworks.journeys.deriving import CareJourneys, care
from whatworks.journeys.linking import OUTCOMES, pupil_numbers
from whatworks.journeys.need import NeedJourneys, need_of
from whatworks.journeys.stacking import ReturnTables, on_spark
from whatworks.tables import (
    attach,
    col,
    collect,
    frame,
    is_blank,
    islands,
    latest_version,
    lit,
    materialise,
    native,
    neighbours,
    when,
)

if TYPE_CHECKING:
    from whatworks.returns.store import Store

COLLECTION = "linked"
NEVER = date(9999, 12, 31)
"""Stands for the end of what has not ended, where days are compared."""

_THINGS: Mapping[str, str] = {
    "referrals": "REFERRED",
    "enquiries": "STARTED",
    "plans": "STARTED",
    "cin_plans": "STARTED",
}
"""Frames of ``NeedJourneys`` that are carried over -> the day that makes each thing one."""
_WHO = ["CHILD", "SEX", "DOB"]
_PLACE = {"NEED_CHILD", "CASE", "PLAN", "YEAR", "SUBMISSION", "ROW", "PREV_REFERRED"}
"""Columns that say where a thing stands, not what it is."""


@dataclass(frozen=True)
class LinkedJourneys:
    """Journeys through need and care of one council's children, each child under one number.

    ``years`` are those of which both returns are loaded, ``submissions`` the two used for each.
    ``care`` and ``need`` are the journeys of each return, as they stand, and ``care_numbers`` and
    ``need_numbers`` the pupil numbers of each (CHILD, UPN). ``links`` (NEED_CHILD,
    CHILD, LINK, N_DIFFER) and ``children`` (CHILD, OUTCOME) say who was found (``linking``).

    ``referrals``, ``enquiries``, ``plans`` and ``cin_plans`` are the frames of ``need`` with CHILD
    the number in care and IN_CARE (boolean) whether the child was ever looked after here; who was
    not keeps a number of their own. ``support`` has the unbroken times in which a child's case was
    open: CHILD, FROM, TO (null: still open), NEXT_FROM. A referral after which nothing further was
    done opens no case; one made on the very day a case was closed carries it on.
    """

    collection: ClassVar[str] = COLLECTION
    council: str
    years: tuple[int, ...]
    windows: Mapping[int, tuple[date, date]]
    submissions: Mapping[int, tuple[str, str]]
    care: CareJourneys
    need: NeedJourneys
    care_numbers: Any
    need_numbers: Any
    links: Any
    children: Any
    referrals: Any
    enquiries: Any
    plans: Any
    cin_plans: Any
    support: Any
    gaps: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def linking(self) -> pl.DataFrame:
        """How the children looked after in each year were found in the censuses, if they were.

        outcome, year, n_children, text; every outcome has a row for every year, nought included.
        A child counts in each year in which they were looked after for any time. Counts only.
        """
        there = frame(
            attach(frame(self.care.periods), frame(self.children), on="CHILD", columns="OUTCOME")
        )
        schema = pl.Schema({"outcome": pl.String, "year": pl.Int64, "n_children": pl.Int64})
        parts = [pl.DataFrame(schema=schema)]
        for year, (first, last) in self.windows.items():
            held = (col("START") <= last) & (is_blank("END") | (col("END") > first))
            here = there.filter(held).select("CHILD", "OUTCOME").unique()
            n = collect(here.group_by("OUTCOME").agg(n_children=nw.len()))
            counted = n.select(
                outcome="OUTCOME", year=pl.lit(year, pl.Int64), n_children=pl.col("n_children")
            )
            parts.append(counted.cast(schema))
        grid = pl.DataFrame(
            [(name, year, text) for name, text in OUTCOMES.items() for year in self.windows],
            schema={"outcome": pl.String, "year": pl.Int64, "text": pl.String},
            orient="row",
        )
        joined = grid.join(
            pl.concat(parts), on=["outcome", "year"], how="left", maintain_order="left"
        )
        filled = joined.with_columns(pl.col("n_children").fill_null(0))
        return filled.select("outcome", "year", "n_children", "text")


def linked_of(store: Store, council: str, *, session: Any = None) -> LinkedJourneys:
    """The linked journeys of ``council`` from its current returns of all years.

    ``session`` is a Spark session, as in ``care``. A council that lacks either return has no
    years.
    """
    return linked_from(
        care(store, council, session=session),
        need_of(store, council, session=session),
        **numbers_of(store, council, session=session),
    )


def numbers_of(store: Store, council: str, *, session: Any = None) -> dict[str, Any]:
    """The pupil numbers that a council's current returns give: arguments of ``linked_from``."""
    found = {}
    for name, collection in (("care_numbers", "ssda903"), ("need_numbers", "cin")):
        table = linking.WHERE[collection]
        returns = [
            ReturnTables(s.year, s.id, store.tables(s, [table]))
            for s in store.submissions(council=council, collection=collection, current=True)
        ]
        if session is not None:
            returns = [on_spark(one, session) for one in returns]
        found[name] = pupil_numbers(returns, collection)
    return found


def linked_from(
    care: CareJourneys,
    need: NeedJourneys,
    *,
    care_numbers: Any = None,
    need_numbers: Any = None,
) -> LinkedJourneys:
    """The journeys of both returns, linked. Without pupil numbers, by the council's number alone.

    ``care_numbers`` and ``need_numbers`` are ``linking.pupil_numbers`` of each return's years.
    """
    in_care = _in_care(care)
    in_need = _in_need(need)
    ours = _no_numbers(in_care) if care_numbers is None else care_numbers
    theirs = _no_numbers(in_need) if need_numbers is None else need_numbers
    links = linking.linked(in_care, in_need, ours, theirs)
    years = tuple(sorted({*care.years} & {*need.years}))
    things = {
        name: _carried(getattr(need, name), links, day, name) for name, day in _THINGS.items()
    }
    return LinkedJourneys(
        council=care.council,
        years=years,
        windows={year: care.windows[year] for year in years},
        submissions={year: (care.submissions[year], need.submissions[year]) for year in years},
        care=care,
        need=need,
        care_numbers=ours,
        need_numbers=theirs,
        links=links,
        children=linking.outcomes(in_care, in_need, links),
        **things,
        support=_support(things["referrals"]),
        gaps={y: {**care.gaps.get(y, {}), **need.gaps.get(y, {})} for y in years},
    )


def _no_numbers(people: Any) -> Any:
    """CHILD, UPN without rows, on the engine of ``people``."""
    rows = frame(people).select("CHILD", UPN=lit(None, dtype=nw.String))
    return native(rows.filter(~is_blank("UPN")))


def _in_care(care: CareJourneys) -> Any:
    """CHILD, SEX, DOB of every child with a period of care."""
    rows = frame(care.periods).select("CHILD").unique()
    rows = attach(rows, frame(care.children), on="CHILD", columns=["SEX", "DOB"])
    return materialise(native(rows))


def _in_need(need: NeedJourneys) -> Any:
    """CHILD, SEX, DOB of every child of whom a census tells anything."""
    each = [frame(getattr(need, name)).select(*_WHO) for name in _THINGS]
    return materialise(native(nw.concat(each).unique(_WHO)))


def _carried(rows: Any, links: Any, day: str, name: str) -> Any:
    """Things under the number in care; of several of one child and day, the latest told of.

    Of several in one census the last in the order of what they say is kept, nulls first, so that
    no number chooses.
    """
    theirs = frame(rows).rename({"CHILD": "NEED_CHILD"})
    both = attach(theirs, frame(links), on="NEED_CHILD", columns="CHILD")
    own = nw.concat_str(lit("in need: "), col("NEED_CHILD"))
    both = both.with_columns(
        IN_CARE=~is_blank("CHILD"),
        CHILD=when(is_blank("CHILD")).then(own).otherwise(col("CHILD")),
    )
    names = theirs.collect_schema().names()
    said = sorted(c for c in names if c not in {day, *_PLACE})
    order = ["YEAR", *said, "NEED_CHILD", "SUBMISSION", "ROW"]
    kept = latest_version(both, by=["CHILD", day], order=order)
    if name == "referrals":
        kept = kept.drop("PREV_REFERRED")
        kept = neighbours(kept, by="CHILD", order="REFERRED", previous="REFERRED")
    return materialise(native(kept))


def _support(referrals: Any) -> Any:
    """The unbroken times in which a child's case was open."""
    cases = frame(referrals).filter(~col("NFA").fill_null(value=False))
    cases = cases.select("CHILD", "REFERRED", "CLOSED")
    cases = islands(cases, by="CHILD", start="REFERRED", end="CLOSED", name="RUN")
    ended = when(is_blank("CLOSED")).then(lit(NEVER, dtype=nw.Date)).otherwise(col("CLOSED"))
    cases = cases.with_columns(ENDED=ended)
    runs = cases.group_by("CHILD", "RUN").agg(FROM=col("REFERRED").min(), TO=col("ENDED").max())
    runs = runs.with_columns(TO=when(col("TO") < NEVER).then(col("TO")))
    runs = neighbours(runs, by="CHILD", order=["FROM", "RUN"], next="FROM")
    return materialise(native(runs.select("CHILD", "FROM", "TO", "NEXT_FROM")))
