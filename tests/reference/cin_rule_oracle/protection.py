"""Child protection plans and their reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .reading import (
    ABUSE,
    CASE,
    UNREADABLE,
    WHOLE,
    YES,
    Record,
    Return,
    before,
    begins_within,
    numbered,
    others,
    pairs,
    rule,
)


@rule("1105", "ChildProtectionPlans.CPPstartDate CINdetails.CINreferralDate")
def _1105(t: Return) -> Iterator[Record]:
    for plan, case in pairs(t["ChildProtectionPlans"], t["CINdetails"], *CASE):
        if before(plan["CPPstartDate"], case["CINreferralDate"]):
            yield from (plan, case)


@rule(
    "2883",
    "ChildProtectionPlans.CPPstartDate CINdetails.DateOfInitialCPC Section47.DateOfInitialCPC",
)
def _2883(t: Return) -> Iterator[Record]:
    starting = [r for r in t["ChildProtectionPlans"] if t.during(r["CPPstartDate"])]
    held = [r for r in t["CINdetails"] + t["Section47"] if t.during(r["DateOfInitialCPC"])]
    if len(starting) > len(held):
        yield WHOLE


@rule("8720", "ChildProtectionPlans.CPPstartDate", validity=True)
def _8720(t: Return) -> Iterator[Record]:
    for r in t["ChildProtectionPlans"]:
        if not numbered(t, r, "CPPID"):
            continue  # practice: no module
        if not (isinstance(r["CPPstartDate"], date) and r["CPPstartDate"] <= t.end):
            yield r


@rule("8730", "ChildProtectionPlans.NumberOfPreviousCPP", validity=True)
def _8730(t: Return) -> Iterator[Record]:
    for r in t["ChildProtectionPlans"]:
        if r["NumberOfPreviousCPP"] is None or r["NumberOfPreviousCPP"] is UNREADABLE:
            yield r


_PLAN = "ChildProtectionPlans.CPPstartDate ChildProtectionPlans.CPPendDate"


@rule("8840", _PLAN)
def _8840(t: Return) -> Iterator[Record]:
    for r in t["ChildProtectionPlans"]:
        if r["CPPendDate"] is not None and r["CPPstartDate"] == r["CPPendDate"]:
            yield r


@rule("8841", "Reviews.CPPreviewDate ChildProtectionPlans.CPPstartDate")
def _8841(t: Return) -> Iterator[Record]:
    for review, plan in pairs(t["Reviews"], t["ChildProtectionPlans"], *CASE, "CPPID"):
        held, start = review["CPPreviewDate"], plan["CPPstartDate"]
        if held is not None and start is not None and held <= start:
            yield from (review, plan)


@rule("8842Q", "Reviews.CPPreviewDate", validity=True)
def _8842(t: Return) -> Iterator[Record]:
    yield from (r for r in t["Reviews"] if r["CPPreviewDate"] in (None, UNREADABLE))


@rule("8905", "ChildProtectionPlans.InitialCategoryOfAbuse", validity=True)
def _8905(t: Return) -> Iterator[Record]:
    yield from (r for r in t["ChildProtectionPlans"] if r["InitialCategoryOfAbuse"] not in ABUSE)


@rule("8910", "ChildProtectionPlans.LatestCategoryOfAbuse", validity=True)
def _8910(t: Return) -> Iterator[Record]:
    yield from (r for r in t["ChildProtectionPlans"] if r["LatestCategoryOfAbuse"] not in ABUSE)


@rule("8915", "ChildProtectionPlans.CPPstartDate ChildIdentifiers.PersonDeathDate")
def _8915(t: Return) -> Iterator[Record]:
    for plan, child in pairs(t["ChildProtectionPlans"], t["ChildIdentifiers"], "LAchildID"):
        if before(child["PersonDeathDate"], plan["CPPstartDate"]):
            yield from (plan, child)


@rule("8920", "ChildProtectionPlans.CPPendDate ChildIdentifiers.PersonDeathDate")
def _8920(t: Return) -> Iterator[Record]:
    for plan, child in pairs(t["ChildProtectionPlans"], t["ChildIdentifiers"], "LAchildID"):
        if before(child["PersonDeathDate"], plan["CPPendDate"]):
            yield from (plan, child)


@rule("8925", _PLAN)
def _8925(t: Return) -> Iterator[Record]:
    yield from (r for r in t["ChildProtectionPlans"] if before(r["CPPendDate"], r["CPPstartDate"]))


@rule("8930", "ChildProtectionPlans.CPPendDate")
def _8930(t: Return) -> Iterator[Record]:
    for r in t["ChildProtectionPlans"]:
        if r["CPPendDate"] is not None and not t.during(r["CPPendDate"]):
            yield r


@rule("8935", "ChildProtectionPlans.LAchildID ChildProtectionPlans.CPPendDate")
def _8935(t: Return) -> Iterator[Record]:
    still_open = [r for r in t["ChildProtectionPlans"] if r["CPPendDate"] is None]
    yield from (a for a, _ in others(still_open, "LAchildID"))


@rule("8940", _PLAN)
def _8940(t: Return) -> Iterator[Record]:
    for a, b in others(t["ChildProtectionPlans"], "LAchildID"):
        if begins_within(a, b, "CPPstartDate", "CPPendDate", t.end):
            yield from (a, b)


@rule("8832", "CINdetails.ReferralNFA")
def _8832(t: Return) -> Iterator[Record]:
    for plan, case in pairs(t["ChildProtectionPlans"], t["CINdetails"], *CASE):
        if case["ReferralNFA"] in YES:
            yield from (plan, case)
