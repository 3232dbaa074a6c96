"""Referrals, cases and assessments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .reading import (
    CASE,
    NEEDS,
    NO,
    SOURCES,
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


@rule("8568", "CINdetails.ReferralNFA", validity=True)
def _8568(t: Return) -> Iterator[Record]:
    yield from (r for r in t["CINdetails"] if r["ReferralNFA"] not in YES | NO)


@rule("8600", "CINdetails.CINreferralDate", validity=True)
def _8600(t: Return) -> Iterator[Record]:
    for r in t["CINdetails"]:
        if not (isinstance(r["CINreferralDate"], date) and r["CINreferralDate"] <= t.end):
            yield r


@rule("8610", "CINdetails.ReferralNFA CINdetails.PrimaryNeedCode")
def _8610(t: Return) -> Iterator[Record]:
    for r in t["CINdetails"]:
        if r["ReferralNFA"] in NO and r["PrimaryNeedCode"] is None:
            yield r


@rule("8620", "CINdetails.CINclosureDate")
def _8620(t: Return) -> Iterator[Record]:
    for r in t["CINdetails"]:
        if r["CINclosureDate"] is not None and not t.during(r["CINclosureDate"]):
            yield r


@rule("8630", "CINdetails.CINclosureDate CINdetails.CINreferralDate")
def _8630(t: Return) -> Iterator[Record]:
    yield from (r for r in t["CINdetails"] if before(r["CINclosureDate"], r["CINreferralDate"]))


@rule("8640", "CINdetails.ReasonForClosure")
def _8640(t: Return) -> Iterator[Record]:
    valid = {f"RC{i}" for i in range(1, 10 if t.year >= 2023 else 9)}
    yield from (r for r in t["CINdetails"] if r["ReasonForClosure"] not in valid | {None})


@rule("8650", "CINdetails.PrimaryNeedCode")
def _8650(t: Return) -> Iterator[Record]:
    yield from (r for r in t["CINdetails"] if r["PrimaryNeedCode"] not in NEEDS | {None})


@rule("8805", "CINdetails.CINclosureDate CINdetails.ReasonForClosure")
def _8805(t: Return) -> Iterator[Record]:
    for r in t["CINdetails"]:
        if r["CINclosureDate"] is not None and r["ReasonForClosure"] is None:
            yield r


@rule("8810", "CINdetails.CINclosureDate CINdetails.ReasonForClosure")
def _8810(t: Return) -> Iterator[Record]:
    for r in t["CINdetails"]:
        if r["CINclosureDate"] is None and r["ReasonForClosure"] is not None:
            yield r


def is_open(r: Record) -> bool:
    return r["CINclosureDate"] is None and r["ReferralNFA"] in NO


def _open(t: Return) -> list[Record]:
    return [r for r in t["CINdetails"] if is_open(r)]


@rule("8815", "CINdetails.LAchildID CINdetails.CINclosureDate CINdetails.ReferralNFA")
def _8815(t: Return) -> Iterator[Record]:
    yield from (a for a, _ in others(_open(t), "LAchildID"))


@rule(
    "8816",
    "CINdetails.LAchildID CINdetails.CINreferralDate CINdetails.CINclosureDate "
    "CINdetails.ReferralNFA",
)
def _8816(t: Return) -> Iterator[Record]:
    dated = [r for r in t["CINdetails"] if r["CINreferralDate"] is not None]
    for case, other in pairs([r for r in dated if is_open(r)], dated, "LAchildID"):
        latest = max(r["CINreferralDate"] for r in dated if r["LAchildID"] == case["LAchildID"])
        tied = case["CINreferralDate"] == latest and case["ROW"] != other["ROW"] and is_open(other)
        if other["CINreferralDate"] == latest and (case["CINreferralDate"] < latest or tied):
            yield from (case, other)  # practice: the latest is reported as well


@rule("8820", "CINdetails.CINreferralDate CINdetails.CINclosureDate")
def _8820(t: Return) -> Iterator[Record]:
    for a, b in others(t["CINdetails"], "LAchildID"):
        if b["CINclosureDate"] is None and b["ReferralNFA"] in YES:
            continue  # led to no further action, so needs no closure
        same_day = a["CINreferralDate"] == b["CINclosureDate"]
        within = begins_within(a, b, "CINreferralDate", "CINclosureDate", t.end)
        if within and not same_day:
            yield from (a, b)


@rule("8866", "CINdetails.CINreferralDate CINdetails.ReferralSource")
def _8866(t: Return) -> Iterator[Record]:
    valid = SOURCES if t.year >= 2023 else SOURCES - {"5D"}
    for r in t["CINdetails"]:
        asked = r["CINreferralDate"] is not None and r["CINreferralDate"] >= date(2013, 4, 1)
        if asked and r["ReferralSource"] not in valid:
            yield r


@rule(
    "1103",
    "Assessments.LAchildID Assessments.CINdetailsID CINdetails.LAchildID CINdetails.CINdetailsID "
    "Assessments.AssessmentActualStartDate CINdetails.CINreferralDate",
)
def _1103(t: Return) -> Iterator[Record]:
    for a, case in pairs(t["Assessments"], t["CINdetails"], *CASE):
        if before(a["AssessmentActualStartDate"], case["CINreferralDate"]):
            yield from (a, case)


_STARTED = "AssessmentActualStartDate"
_ASSESSED = "Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate"


@rule("8608", _ASSESSED)
def _8608(t: Return) -> Iterator[Record]:
    for r in t["Assessments"]:
        if before(r["AssessmentAuthorisationDate"], r["AssessmentActualStartDate"]):
            yield r


@rule("8696", "Assessments.AssessmentAuthorisationDate")
def _8696(t: Return) -> Iterator[Record]:
    for r in t["Assessments"]:
        end = r["AssessmentAuthorisationDate"]
        if end is not None and not t.during(end):
            yield r


@rule("8736", _ASSESSED)
def _8736(t: Return) -> Iterator[Record]:
    for r in t["Assessments"]:
        if not numbered(t, r, "CINdetailsID"):
            continue  # practice: no module
        if r["AssessmentAuthorisationDate"] is None and not t.during(r[_STARTED]):
            yield r


@rule("8867", "Assessments.AssessmentAuthorisationDate CINdetails.CINclosureDate")
def _8867(t: Return) -> Iterator[Record]:
    for a, case in pairs(t["Assessments"], t["CINdetails"], *CASE):
        if case["CINclosureDate"] is not None and a["AssessmentAuthorisationDate"] is None:
            yield from (a, case)


@rule("8555Q", "CINdetails.CINreferralDate ChildIdentifiers.PersonDeathDate")
def _8555(t: Return) -> Iterator[Record]:
    for case, child in pairs(t["CINdetails"], t["ChildIdentifiers"], "LAchildID"):
        if before(child["PersonDeathDate"], case["CINreferralDate"]):
            yield from (case, child)


@rule("8585Q", "CINdetails.ReasonForClosure ChildIdentifiers.PersonDeathDate")
def _8585(t: Return) -> Iterator[Record]:
    for case, child in pairs(t["CINdetails"], t["ChildIdentifiers"], "LAchildID"):
        if case["ReasonForClosure"] == "RC2" and child["PersonDeathDate"] is None:
            yield from (case, child)


@rule(
    "8606",
    "CINdetails.CINreferralDate ChildIdentifiers.PersonBirthDate "
    "ChildIdentifiers.ExpectedPersonBirthDate",
)
def _8606(t: Return) -> Iterator[Record]:
    for case, child in pairs(t["CINdetails"], t["ChildIdentifiers"], "LAchildID"):
        for born in (child["PersonBirthDate"], child["ExpectedPersonBirthDate"]):
            earliest = None if born is None else born - timedelta(weeks=40)
            if before(case["CINreferralDate"], earliest):
                yield from (case, child)
