"""Child in need plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .reading import (
    CASE,
    YES,
    Record,
    Return,
    before,
    begins_within,
    others,
    pairs,
    rule,
)


@rule("4008", "CINplanDates.CINPlanStartDate ChildIdentifiers.PersonDeathDate")
def _4008(t: Return) -> Iterator[Record]:
    for plan, child in pairs(t["CINplanDates"], t["ChildIdentifiers"], "LAchildID"):
        if before(child["PersonDeathDate"], plan["CINPlanStartDate"]):
            yield from (plan, child)


@rule("4010", "CINplanDates.CINPlanStartDate", validity=True)
def _4010(t: Return) -> Iterator[Record]:
    for r in t["CINplanDates"]:
        if not (isinstance(r["CINPlanStartDate"], date) and r["CINPlanStartDate"] <= t.end):
            yield r


_CIN_PLAN = "CINplanDates.CINPlanStartDate CINplanDates.CINPlanEndDate"


@rule("4011", _CIN_PLAN)
def _4011(t: Return) -> Iterator[Record]:
    yield from (r for r in t["CINplanDates"] if before(r["CINPlanEndDate"], r["CINPlanStartDate"]))


@rule("4012Q", _CIN_PLAN)
def _4012(t: Return) -> Iterator[Record]:
    for r in t["CINplanDates"]:
        if r["CINPlanEndDate"] is not None and r["CINPlanEndDate"] == r["CINPlanStartDate"]:
            yield r


@rule("4013", "CINplanDates.CINPlanEndDate")
def _4013(t: Return) -> Iterator[Record]:
    for r in t["CINplanDates"]:
        if r["CINPlanEndDate"] is not None and not t.during(r["CINPlanEndDate"]):
            yield r


@rule("4014", _CIN_PLAN)
def _4014(t: Return) -> Iterator[Record]:
    for a, b in others(t["CINplanDates"], "LAchildID"):
        if begins_within(a, b, "CINPlanStartDate", "CINPlanEndDate", t.end):
            yield from (a, b)


@rule("4015", "CINplanDates.CINPlanStartDate CINdetails.CINreferralDate")
def _4015(t: Return) -> Iterator[Record]:
    for plan, case in pairs(t["CINplanDates"], t["CINdetails"], *CASE):
        if before(plan["CINPlanStartDate"], case["CINreferralDate"]):
            yield from (plan, case)


@rule("4000", "CINdetails.ReferralNFA")
def _4000(t: Return) -> Iterator[Record]:
    for plan, case in pairs(t["CINplanDates"], t["CINdetails"], *CASE):
        if case["ReferralNFA"] in YES:
            yield from (plan, case)


@rule("4004", "CINplanDates.CINPlanEndDate")
def _4004(t: Return) -> Iterator[Record]:
    still_open = [r for r in t["CINplanDates"] if r["CINPlanEndDate"] is None]
    for a, b in others(still_open, "LAchildID"):
        if a["CINdetailsID"] == b["CINdetailsID"]:  # practice: within a case
            yield a


@rule("4009Q", "CINplanDates.CINPlanEndDate ChildIdentifiers.PersonDeathDate")
def _4009(t: Return) -> Iterator[Record]:
    for plan, child in pairs(t["CINplanDates"], t["ChildIdentifiers"], "LAchildID"):
        if before(child["PersonDeathDate"], plan["CINPlanEndDate"]):
            yield from (plan, child)
