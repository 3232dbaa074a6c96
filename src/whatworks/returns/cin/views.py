"""The views of a CIN census: each module with its case and its child beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import polars as pl

from whatworks.returns.limits import EARLIEST_YEAR, LATEST_YEAR
from whatworks.returns.model import ROW, UNREADABLE_SUFFIX
from whatworks.returns.views import Build, Frames, View, paired, with_times, with_year

CASE_PREFIX, CHILD_PREFIX, PLAN_PREFIX, OTHER_PREFIX = "CASE_", "CHILD_", "PLAN_", "OTHER_"

CHILD_KEY = ("LAchildID",)
CASE_KEY = ("LAchildID", "CINdetailsID")
PLAN_KEY = ("LAchildID", "CINdetailsID", "CPPID")

_FROM_CASE = ("CINreferralDate", "CINclosureDate", "ReferralNFA", "ReasonForClosure")
_FROM_CHILD = ("PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate")
_FROM_PLAN = ("CPPstartDate", "CPPendDate")

YES, NO = ("1", "true"), ("0", "false")


def _yes(column: str) -> pl.Expr:
    """A yes-or-no cell as true or false, however it was written; null for anything else."""
    written = pl.col(column).str.to_lowercase()
    return pl.when(written.is_in(YES)).then(True).when(written.is_in(NO)).then(False)


def _open(column: str) -> pl.Expr:
    return pl.col(column).is_null() & ~pl.col(column + UNREADABLE_SUFFIX)


def _with_case(rows: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    cases = _chosen(frames["CINdetails"], CASE_KEY, _FROM_CASE)
    return paired(rows, cases, on=_used(CASE_KEY, rows, cases), prefix=CASE_PREFIX)


def _used(key: Sequence[str], *tables: pl.DataFrame) -> Sequence[str]:
    """The key without the numbers of cases or plans that a table does not hold at all.

    Reading gives every module those numbers; tables made by hand may have the child's alone,
    which then must do.
    """
    return [c for c in key if c in CHILD_KEY or all(t[c].null_count() < t.height for t in tables)]


def _with_child(rows: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    children = _chosen(frames["ChildIdentifiers"], CHILD_KEY, _FROM_CHILD)
    return paired(rows, children, on=CHILD_KEY, prefix=CHILD_PREFIX)


def _chosen(rows: pl.DataFrame, key: Sequence[str], taken: Sequence[str]) -> pl.DataFrame:
    flags = [c + UNREADABLE_SUFFIX for c in taken if c + UNREADABLE_SUFFIX in rows.columns]
    return rows.select(ROW, *key, *taken, *flags)


def _facts_beside(
    table: str, other: str, key: Sequence[str], columns: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """What attached columns depend on; ``columns`` maps their names here to those there."""
    base = (*(f"{table}.{k}" for k in key), *(f"{other}.{k}" for k in key))
    return {
        name: base if there == ROW else (*base, f"{other}.{there}")
        for name, there in columns.items()
    }


def _case_facts(table: str) -> dict[str, tuple[str, ...]]:
    columns = {f"{CASE_PREFIX}{c}": c for c in (ROW, *_FROM_CASE)}
    return _facts_beside(table, "CINdetails", CASE_KEY, columns)


def _child_facts(table: str) -> dict[str, tuple[str, ...]]:
    columns = {f"{CHILD_PREFIX}{c}": c for c in (ROW, *_FROM_CHILD)}
    return _facts_beside(table, "ChildIdentifiers", CHILD_KEY, columns)


def _census(frames: Frames, start: date, end: date) -> pl.DataFrame:
    """Headers, each with the last day of the year that it names itself."""
    year = pl.when(pl.col("Year").is_between(EARLIEST_YEAR, LATEST_YEAR)).then(pl.col("Year"))
    rows = frames["Header"].with_columns(NAMED_YEAR_END=pl.date(year, 3, 31))
    return with_year(rows, start, end)


def _child(frames: Frames, start: date, end: date) -> pl.DataFrame:
    rows = with_times(frames["ChildIdentifiers"], "LAchildID")
    upns = pl.when(pl.col("UPN").is_not_null()).then(pl.len().over("UPN").cast(pl.Int64))
    return with_year(rows.with_columns(UPN_TIMES=upns), start, end)


def _alone(table: str) -> Build:
    def build(frames: Frames, start: date, end: date) -> pl.DataFrame:
        return with_year(with_times(frames[table], "LAchildID"), start, end)

    return build


def _disability(frames: Frames, start: date, end: date) -> pl.DataFrame:
    known = pl.col("LAchildID").is_not_null() & pl.col("Disability").is_not_null()
    times = pl.when(known).then(pl.len().over("LAchildID", "Disability").cast(pl.Int64))
    return with_year(frames["Disabilities"].with_columns(TIMES=times), start, end)


def _cases(frames: Frames) -> pl.DataFrame:
    """Cases with NFA (no further action) as true or false, and open cases counted by child."""
    rows = frames["CINdetails"].with_columns(NFA=_yes("ReferralNFA"))
    is_open = _open("CINclosureDate") & pl.col("NFA").eq_missing(pl.lit(False))
    child = pl.col("LAchildID").is_not_null()
    return rows.with_columns(
        OPEN_CASES=pl.when(child).then(is_open.sum().over("LAchildID").cast(pl.Int64)),
    )


def _case(frames: Frames, start: date, end: date) -> pl.DataFrame:
    return with_year(_with_child(_cases(frames), frames), start, end)


_OPEN_PLANS_OF = {
    "CINplanDates": ("CINPlanEndDate", CASE_KEY),
    "ChildProtectionPlans": ("CPPendDate", CHILD_KEY),
}
"""Within what open plans are counted: a child in need plan belongs to its case."""

_NUMBER_OF = {"Assessments": "CINdetailsID", "ChildProtectionPlans": "CPPID"}
"""A record without that number, in a table that has them, stands for no module (NUMBERED)."""


def _part_of_case(table: str) -> Build:
    """A module within a case, beside its case and its child."""

    def build(frames: Frames, start: date, end: date) -> pl.DataFrame:
        rows = frames[table]
        if "ICPCnotRequired" in rows.columns:
            rows = rows.with_columns(NOT_REQUIRED=_yes("ICPCnotRequired"))
        if table in _OPEN_PLANS_OF:
            ended, of = _OPEN_PLANS_OF[table]
            child = pl.col("LAchildID").is_not_null()
            plans = _open(ended).sum().over(of).cast(pl.Int64)
            rows = rows.with_columns(OPEN_PLANS=pl.when(child).then(plans))
        if table in _NUMBER_OF:
            number = pl.col(_NUMBER_OF[table])
            rows = rows.with_columns(NUMBERED=number.is_not_null() | number.is_null().all())
        rows = _with_case(rows, frames)
        rows = _with_child(rows, frames)
        return with_year(rows, start, end)

    return build


def _review(frames: Frames, start: date, end: date) -> pl.DataFrame:
    plans = _chosen(frames["ChildProtectionPlans"], PLAN_KEY, _FROM_PLAN)
    key = _used(PLAN_KEY, frames["Reviews"], plans)
    rows = paired(frames["Reviews"], plans, on=key, prefix=PLAN_PREFIX)
    return with_year(rows, start, end)


def _pairs(rows: pl.DataFrame, began: str, ended: str, carried: Sequence[str] = ()) -> pl.DataFrame:
    """Each row beside every other row of the same child that began no later.

    Only rows whose two dates can be read take part: a row is excluded from what it might be
    compared with when one of its dates cannot be read.
    """
    readable = ~pl.col(began + UNREADABLE_SUFFIX) & ~pl.col(ended + UNREADABLE_SUFFIX)
    rows = rows.filter(readable)
    others = rows.select(
        "LAchildID",
        *(pl.col(c).alias(f"{OTHER_PREFIX}{c}") for c in (ROW, began, ended, *carried)),
    )
    pairs = rows.join(others, on="LAchildID", how="inner")
    other = pl.col(f"{OTHER_PREFIX}{ROW}") != pl.col(ROW)
    return pairs.filter(other & (pl.col(f"{OTHER_PREFIX}{began}") <= pl.col(began)))


def _case_pair(frames: Frames, start: date, end: date) -> pl.DataFrame:
    pairs = _pairs(_cases(frames), "CINreferralDate", "CINclosureDate", ("NFA",))
    latest = pl.col("CINreferralDate").max().over("LAchildID")
    return with_year(pairs.with_columns(LATEST_REFERRAL=latest), start, end)


def _pair(table: str, began: str, ended: str) -> Build:
    def build(frames: Frames, start: date, end: date) -> pl.DataFrame:
        return with_year(_pairs(frames[table], began, ended), start, end)

    return build


def _pair_facts(table: str, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    key = (f"{table}.LAchildID",)
    return {
        f"{OTHER_PREFIX}{ROW}": key,
        **{f"{OTHER_PREFIX}{c}": (*key, f"{table}.{c}") for c in columns},
    }


_CASE_FACTS = {
    "NFA": ("CINdetails.ReferralNFA",),
    "OPEN_CASES": (
        "CINdetails.LAchildID",
        "CINdetails.CINclosureDate",
        "CINdetails.ReferralNFA",
    ),
}
_BOTH = MappingProxyType({"CINdetails": CASE_PREFIX, "ChildIdentifiers": CHILD_PREFIX})


def _module(name: str, table: str, **facts: tuple[str, ...]) -> View:
    return View(
        name=name,
        table=table,
        build=_part_of_case(table),
        facts=MappingProxyType(
            {
                **facts,
                **_case_facts(table),
                **_child_facts(table),
            }
        ),
        attached=_BOTH,
    )


def _pair_view(name: str, table: str, began: str, ended: str) -> View:
    facts = MappingProxyType(_pair_facts(table, (began, ended)))
    return View(name=name, table=table, build=_pair(table, began, ended), facts=facts)


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        view.name: view
        for view in (
            View(
                "census",
                "Header",
                _census,
                MappingProxyType({"NAMED_YEAR_END": ("Header.Year",)}),
            ),
            View(
                "child",
                "ChildIdentifiers",
                _child,
                MappingProxyType(
                    {
                        "TIMES": ("ChildIdentifiers.LAchildID",),
                        "UPN_TIMES": ("ChildIdentifiers.UPN",),
                    }
                ),
            ),
            View(
                "characteristics",
                "ChildCharacteristics",
                _alone("ChildCharacteristics"),
                MappingProxyType({"TIMES": ("ChildCharacteristics.LAchildID",)}),
            ),
            View(
                "disability",
                "Disabilities",
                _disability,
                MappingProxyType({"TIMES": ("Disabilities.LAchildID", "Disabilities.Disability")}),
            ),
            View(
                "case",
                "CINdetails",
                _case,
                MappingProxyType(
                    {
                        **_CASE_FACTS,
                        **_child_facts("CINdetails"),
                    }
                ),
                MappingProxyType({"ChildIdentifiers": CHILD_PREFIX}),
            ),
            View(
                "case_pair",
                "CINdetails",
                _case_pair,
                MappingProxyType(
                    {
                        **_CASE_FACTS,
                        **_pair_facts("CINdetails", ("CINreferralDate", "CINclosureDate")),
                        "OTHER_NFA": ("CINdetails.LAchildID", "CINdetails.ReferralNFA"),
                        "LATEST_REFERRAL": ("CINdetails.LAchildID", "CINdetails.CINreferralDate"),
                    }
                ),
            ),
            _module("assessment", "Assessments", NUMBERED=("Assessments.CINdetailsID",)),
            _module("section47", "Section47", NOT_REQUIRED=("Section47.ICPCnotRequired",)),
            _module(
                "cin_plan",
                "CINplanDates",
                OPEN_PLANS=(
                    "CINplanDates.LAchildID",
                    "CINplanDates.CINdetailsID",
                    "CINplanDates.CINPlanEndDate",
                ),
            ),
            _pair_view("cin_plan_pair", "CINplanDates", "CINPlanStartDate", "CINPlanEndDate"),
            _module(
                "protection_plan",
                "ChildProtectionPlans",
                OPEN_PLANS=("ChildProtectionPlans.LAchildID", "ChildProtectionPlans.CPPendDate"),
                NUMBERED=("ChildProtectionPlans.CPPID",),
            ),
            _pair_view(
                "protection_plan_pair", "ChildProtectionPlans", "CPPstartDate", "CPPendDate"
            ),
            View(
                "review",
                "Reviews",
                _review,
                MappingProxyType(
                    _facts_beside(
                        "Reviews",
                        "ChildProtectionPlans",
                        PLAN_KEY,
                        {f"{PLAN_PREFIX}{c}": c for c in (ROW, *_FROM_PLAN)},
                    )
                ),
                MappingProxyType({"ChildProtectionPlans": PLAN_PREFIX}),
            ),
        )
    }
)
