"""The rules of the CIN census once more, in plain Python, from their official messages alone.

``findings(tables, year)`` takes tables as lists of dicts of text (None is blank), and gives the
set of (rule, table, row) that the rules find. It shares no code with the project: loops over
dicts, one function a rule, written to be read beside the message. Each function yields the
records at fault, of any table; a rule over the return as a whole yields ``WHOLE``.

A record whose cell cannot be read takes no part in a rule that reads the cell, except in rules
that judge whether a cell is right, where it fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

Tables = dict[str, list[dict[str, "str | None"]]]
Finding = tuple[str, "str | None", "int | None"]

UNREADABLE = object()


class Record(dict[str, Any]):
    """One record's cells by column; a column that was not sent is blank."""

    def __missing__(self, column: str) -> None:
        return None


WHOLE = Record(TABLE=None, ROW=None)

ETHNICITIES = {
    *("ABAN", "AIND", "AOTH", "APKN", "BAFR", "BCRB", "BOTH", "CHNE", "MOTH", "MWAS", "MWBA"),
    *("MWBC", "NOBT", "OOTH", "REFU", "WBRI", "WIRI", "WIRT", "WOTH", "WROM"),
}
NEEDS = {f"N{i}" for i in range(10)}
SOURCES = {*(f"1{c}" for c in "ABCD"), "2A", "2B", *(f"3{c}" for c in "ABCDEF"), "4"} | {
    *(f"5{c}" for c in "ABCD"),
    "6",
    "7",
    "8",
    "9",
    "10",
}
ABUSE = {"EMO", "MUL", "NEG", "PHY", "SAB"}
YES, NO = {"1", "TRUE"}, {"0", "FALSE"}

Oracle = Callable[["Return"], Iterator[Record]]
ORACLES: dict[str, tuple[tuple[str, ...], bool, Oracle]] = {}


class Return:
    """A return's records by table, and its year; ``start`` and ``end`` are its days."""

    def __init__(self, tables: Tables, year: int, period: tuple[date, date] | None) -> None:
        self.year = year
        self.start, self.end = period or (date(year - 1, 4, 1), date(year, 3, 31))
        self.tables = {
            name: [
                Record({c: _cell(c, v) for c, v in record.items()} | {"TABLE": name, "ROW": row})
                for row, record in enumerate(records, start=1)
            ]
            for name, records in tables.items()
        }
        self.unseen: set[tuple[str, str]] = set()

    def __getitem__(self, table: str) -> list[Record]:
        return [r for r in self.tables.get(table, []) if not self._skipped(r)]

    def _skipped(self, record: Record) -> bool:
        return any(t == record["TABLE"] and record[c] is UNREADABLE for t, c in self.unseen)

    def during(self, day: Any) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def findings(tables: Tables, year: int, period: tuple[date, date] | None = None) -> set[Finding]:
    """What the rules find in a return of that collection year, or of a part of it."""
    sent, found = Return(tables, year, period), set()
    for rule, (reads, validity, oracle) in ORACLES.items():
        sent.unseen = set() if validity else {(r.split(".")[0], r.split(".")[1]) for r in reads}
        found |= {(rule, r["TABLE"], r["ROW"]) for r in oracle(sent)}
    return found


def rule(number: str, reads: str, *, validity: bool = False) -> Callable[[Oracle], Oracle]:
    def register(oracle: Oracle) -> Oracle:
        ORACLES[number] = (tuple(reads.split()), validity, oracle)
        return oracle

    return register


def _cell(column: str, text: str | None) -> Any:
    if text is None or not text.strip():
        return None
    if column.endswith(("Date", "date")) or column in DATES:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return UNREADABLE
        return day if 1800 <= day.year <= 2100 else UNREADABLE
    if column == "NumberOfPreviousCPP":
        return int(text) if text.isdigit() else UNREADABLE
    return text.upper() if column in MARKS else text


DATES = {"DateOfInitialCPC", "InitialCPCtarget"}
MARKS = {"ReferralNFA", "ICPCnotRequired"}


def pairs(left: list[Record], right: list[Record], *keys: str) -> Iterator[tuple[Record, Record]]:
    """A record of each side that have the same keys, none of them blank."""
    by_key = defaultdict(list)
    for b in right:
        by_key[tuple(b[k] for k in keys)].append(b)
    for a in left:
        key = tuple(a[k] for k in keys)
        for b in by_key[key] if None not in key else ():
            yield a, b


def others(records: list[Record], *keys: str) -> Iterator[tuple[Record, Record]]:
    """Two different records with the same keys, both ways round."""
    yield from ((a, b) for a, b in pairs(records, records, *keys) if a is not b)


def begins_within(a: Record, b: Record, start: str, end: str, last: date) -> bool:
    """Whether a begins while b runs: from b's first to b's last day, or to the year's if open."""
    if a[start] is None or b[start] is None:
        return False
    return bool(b[start] <= a[start] <= (b[end] or last))


def before(a: Any, b: Any) -> bool:
    return a is not None and b is not None and a < b


CASE = ("LAchildID", "CINdetailsID")


def numbered(t: Return, record: Record, number: str) -> bool:
    """Whether a record has its number, or no record of the table has."""
    rows = t.tables[record["TABLE"]]
    return record[number] is not None or all(r[number] is None for r in rows)


# Header, children


@rule("100", "Header.ReferenceDate", validity=True)
def _100(t: Return) -> Iterator[Record]:
    for r in t["Header"]:
        year = int(r["Year"]) if (r["Year"] or "").isdigit() else t.year
        if r["ReferenceDate"] != date(year, 3, 31):
            yield r


@rule("1520", "ChildIdentifiers.UPN")
def _1520(t: Return) -> Iterator[Record]:
    yield from (a for a, _ in others(t["ChildIdentifiers"], "UPN"))


@rule("8500", "ChildIdentifiers.LAchildID", validity=True)
def _8500(t: Return) -> Iterator[Record]:
    yield from (r for r in t["ChildIdentifiers"] if r["LAchildID"] is None)


@rule("8510", "ChildIdentifiers.LAchildID")
def _8510(t: Return) -> Iterator[Record]:
    yield from (a for a, _ in others(t["ChildIdentifiers"], "LAchildID"))


@rule("8520", "ChildIdentifiers.PersonBirthDate")
def _8520(t: Return) -> Iterator[Record]:
    yield from (r for r in t["ChildIdentifiers"] if before(t.end, r["PersonBirthDate"]))


@rule("8525Q", "ChildIdentifiers.PersonBirthDate ChildIdentifiers.ExpectedPersonBirthDate")
def _8525(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if (r["PersonBirthDate"] is None) == (r["ExpectedPersonBirthDate"] is None):
            yield r


@rule("8590", "ChildIdentifiers.LAchildID CINdetails.LAchildID")
def _8590(t: Return) -> Iterator[Record]:
    with_case = {r["LAchildID"] for r in t["CINdetails"]}
    yield from (r for r in t["ChildIdentifiers"] if r["LAchildID"] not in with_case)


@rule("4180", "ChildIdentifiers.Sex ChildIdentifiers.GenderCurrent", validity=True)
def _4180(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if t.year >= 2025:
            bad = r["Sex"] not in {"M", "F", "U"}
        else:
            bad = r["GenderCurrent"] not in {"0", "1", "2", "9"}
        if bad:
            yield r


@rule(
    "8750",
    "ChildIdentifiers.PersonBirthDate ChildIdentifiers.ExpectedPersonBirthDate "
    "ChildIdentifiers.Sex ChildIdentifiers.GenderCurrent",
)
def _8750(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        unborn = r["PersonBirthDate"] is None and r["ExpectedPersonBirthDate"] is not None
        unknown = r["Sex"] == "U" if t.year >= 2025 else r["GenderCurrent"] == "0"
        if unborn and not unknown:
            yield r


@rule("4220", "ChildCharacteristics.Ethnicity", validity=True)
def _4220(t: Return) -> Iterator[Record]:
    yield from (r for r in t["ChildCharacteristics"] if r["Ethnicity"] not in ETHNICITIES)


@rule("8794", "Disabilities.LAchildID Disabilities.Disability")
def _8794(t: Return) -> Iterator[Record]:
    yield from (a for a, _ in others(t["Disabilities"], "LAchildID", "Disability"))


@rule("2888Q", "Disabilities.LAchildID Disabilities.Disability")
def _2888(t: Return) -> Iterator[Record]:
    coded = [r for r in t["Disabilities"] if r["Disability"] and r["LAchildID"]]
    several = any(a["Disability"] != b["Disability"] for a, b in others(coded, "LAchildID"))
    if coded and not several:
        yield WHOLE


# Cases


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


# Assessments


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


# Section 47 enquiries


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


# CIN plans


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


# Child protection plans


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


# Rules on numbers, deaths, births and referrals with no further action


@rule("1570", "ChildIdentifiers.LAchildID")
def _1570(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if t.year >= 2025 and len(r["LAchildID"] or "") > 20:
            yield r


@rule("1580", "ChildIdentifiers.LAchildID")
def _1580(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if t.year >= 2025 and r["LAchildID"] is not None and not r["LAchildID"].isalnum():
            yield r


@rule("4000", "CINdetails.ReferralNFA")
def _4000(t: Return) -> Iterator[Record]:
    for plan, case in pairs(t["CINplanDates"], t["CINdetails"], *CASE):
        if case["ReferralNFA"] in YES:
            yield from (plan, case)


@rule("8832", "CINdetails.ReferralNFA")
def _8832(t: Return) -> Iterator[Record]:
    for plan, case in pairs(t["ChildProtectionPlans"], t["CINdetails"], *CASE):
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


@rule("8535Q", "ChildIdentifiers.PersonBirthDate ChildIdentifiers.PersonDeathDate")
def _8535(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        died, born = r["PersonDeathDate"], r["PersonBirthDate"]
        if died is not None and (born is None or died < born):  # practice: a birth is asked for
            yield r


@rule("8545Q", "ChildIdentifiers.PersonDeathDate")
def _8545(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if r["PersonDeathDate"] is not None and not t.during(r["PersonDeathDate"]):
            yield r


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
