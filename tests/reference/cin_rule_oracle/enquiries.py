"""Section 47 enquiries and initial conferences."""

from __future__ import annotations

from collections.abc import Iterator

from .reading import (
    CASE,
    YES,
    Record,
    Return,
    before,
    pairs,
    rule,
)


@rule("1104", "Section47.DateOfInitialCPC CINdetails.CINreferralDate")
def _1104(t: Return) -> Iterator[Record]:
    for s, case in pairs(t["Section47"], t["CINdetails"], *CASE):
        if before(s["DateOfInitialCPC"], case["CINreferralDate"]):
            yield from (s, case)


@rule("2889", "Section47.S47ActualStartDate CINdetails.CINreferralDate")
def _2889(t: Return) -> Iterator[Record]:
    for s, case in pairs(t["Section47"], t["CINdetails"], *CASE):
        if before(s["S47ActualStartDate"], case["CINreferralDate"]):
            yield from (s, case)


@rule("8615", "Section47.S47ActualStartDate Section47.DateOfInitialCPC")
def _8615(t: Return) -> Iterator[Record]:
    for r in t["Section47"]:
        missing = r["DateOfInitialCPC"] is not None and r["S47ActualStartDate"] is None
        if missing or before(r["DateOfInitialCPC"], r["S47ActualStartDate"]):
            yield r


@rule("8715", "Section47.DateOfInitialCPC")
def _8715(t: Return) -> Iterator[Record]:
    for r in t["Section47"]:
        if r["DateOfInitialCPC"] is not None and not t.during(r["DateOfInitialCPC"]):
            yield r


@rule("8868", "Section47.DateOfInitialCPC Section47.ICPCnotRequired CINdetails.CINclosureDate")
def _8868(t: Return) -> Iterator[Record]:
    for s, case in pairs(t["Section47"], t["CINdetails"], *CASE):
        held, marked = s["DateOfInitialCPC"] is not None, s["ICPCnotRequired"] in YES
        if case["CINclosureDate"] is not None and held == marked:  # practice: both is wrong too
            yield from (s, case)


@rule("8740", "Section47.S47ActualStartDate Section47.DateOfInitialCPC Section47.ICPCnotRequired")
def _8740(t: Return) -> Iterator[Record]:
    for r in t["Section47"]:
        start, ended = r["S47ActualStartDate"], r["ICPCnotRequired"] in YES
        if r["DateOfInitialCPC"] is None and not ended and start and not t.during(start):
            yield r


@rule("8870Q", "Section47.InitialCPCtarget")
def _8870(t: Return) -> Iterator[Record]:
    for r in t["Section47"]:
        if r["InitialCPCtarget"] is not None and r["InitialCPCtarget"].isoweekday() > 5:
            yield r


@rule("8875", "Section47.DateOfInitialCPC")
def _8875(t: Return) -> Iterator[Record]:
    for r in t["Section47"]:
        if r["DateOfInitialCPC"] is not None and r["DateOfInitialCPC"].isoweekday() > 5:
            yield r
