"""One council's CIN census of one year, cut out of spells of need.

The census holds every spell open at any time in the year. Of what happened in a spell it holds
what was finished in the year or still open at its end; ends after 31 March are not yet known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from whatworks.synthetic import needchances as rates
from whatworks.synthetic.calendar import ISO, first_day, last_day
from whatworks.synthetic.identity import SEX_LETTERS_FROM, Person
from whatworks.synthetic.need import Assessment, Enquiry, Need, Plan

Row = list[str]

COLUMNS: dict[str, tuple[str, ...]] = {
    "ChildIdentifiers": (
        "LAchildID",
        "UPN",
        "UPNunknown",
        "PersonBirthDate",
        "ExpectedPersonBirthDate",
        "GenderCurrent",
        "PersonDeathDate",
    ),
    "ChildCharacteristics": ("Ethnicity",),
    "CINdetails": (
        "CINreferralDate",
        "ReferralSource",
        "PrimaryNeedCode",
        "CINclosureDate",
        "ReasonForClosure",
        "ReferralNFA",
    ),
    "Assessments": (
        "AssessmentActualStartDate",
        "AssessmentInternalReviewDate",
        "AssessmentAuthorisationDate",
    ),
    "CINplanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "Section47": (
        "S47ActualStartDate",
        "InitialCPCtarget",
        "DateOfInitialCPC",
        "ICPCnotRequired",
    ),
    "ChildProtectionPlans": (
        "CPPstartDate",
        "CPPendDate",
        "InitialCategoryOfAbuse",
        "LatestCategoryOfAbuse",
        "NumberOfPreviousCPP",
    ),
}
"""Tables of the census that a row is written of, and their elements; blank ones are left out.

From 2025 ``GenderCurrent`` is written as ``Sex``.
"""


@dataclass(slots=True)
class Details:
    """One spell of need in a census: rows in the order of ``COLUMNS``, lists in document order."""

    row: Row
    assessments: list[tuple[Row, Sequence[str]]] = field(default_factory=list)
    cin_plans: list[Row] = field(default_factory=list)
    enquiries: list[Row] = field(default_factory=list)
    plans: list[tuple[Row, list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class Child:
    """One child in a census."""

    identifiers: Row
    characteristics: Row
    disabilities: Sequence[str]
    details: list[Details]


@dataclass(frozen=True)
class Census:
    """A census ready to be written."""

    council: str
    year: int
    children: list[Child]

    def tables(self) -> dict[str, list[Row]]:
        """The rows of each table in document order; the very lists that will be written."""
        found: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        for child in self.children:
            found["ChildIdentifiers"].append(child.identifiers)
            found["ChildCharacteristics"].append(child.characteristics)
            for details in child.details:
                found["CINdetails"].append(details.row)
                found["Assessments"] += [row for row, _ in details.assessments]
                found["CINplanDates"] += details.cin_plans
                found["Section47"] += details.enquiries
                found["ChildProtectionPlans"] += [row for row, _ in details.plans]
        return found


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    first: int
    last: int

    def known(self, day: int) -> str:
        """A day that has come by the end of the year, or blank."""
        return ISO[day] if day <= self.last else ""


@lru_cache(maxsize=1 << 16)
def found_codes(year: int, found: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that a census has for the factors an assessment found."""
    if not found:
        return (rates.NOTHING_FOUND,)
    codes = []
    for i, code in enumerate(found):
        if code in ("18A", "19A") and year >= rates.HARM_SPLIT_FROM:
            codes.append(code[:2] + ("C" if i % 3 else "B"))
        elif code != "24A" or year >= rates.EXPLOITATION_FROM:
            codes.append(code)
    return tuple(codes) or (rates.OTHER_FACTOR,)


def _assessment(at: _Year, one: Assessment) -> tuple[Row, Sequence[str]] | None:
    if one.end < at.first or one.start > at.last:
        return None
    done = one.end <= at.last
    found = found_codes(at.year, one.factors) if done else ()
    return [ISO[one.start], "", ISO[one.end] if done else ""], found


def _enquiry(at: _Year, one: Enquiry) -> Row | None:
    if one.conference is None:
        if at.first <= one.start <= at.last:
            return [ISO[one.start], "", "", "1"]
        return None
    if one.start > at.last or one.conference < at.first:
        return None
    return [ISO[one.start], ISO[one.target], at.known(one.conference), "0"]


def _plan(at: _Year, one: Plan) -> tuple[Row, list[str]] | None:
    if one.start > at.last or one.end < at.first:
        return None
    row = [ISO[one.start], at.known(one.end), one.first_abuse, one.latest_abuse, str(one.before)]
    return row, [ISO[day] for day in one.reviews if at.first <= day <= at.last]


def _reason(at: _Year, need: Need) -> str:
    if need.reason == "RC9" and at.year < rates.EARLY_HELP_CLOSURE_FROM:
        return "RC8"
    return need.reason


def _details(at: _Year, need: Need) -> Details:
    if need.nfa:
        return Details([ISO[need.referred], need.source, "", "", "", "1"])
    closed = need.closed <= at.last
    found = Details(
        [
            ISO[need.referred],
            need.source,
            need.need,
            ISO[need.closed] if closed else "",
            _reason(at, need) if closed else "",
            "0",
        ]
    )
    found.assessments = [row for one in need.assessments if (row := _assessment(at, one))]
    if at.year >= rates.CIN_PLANS_FROM:
        found.cin_plans = [
            [ISO[start], at.known(end)]
            for start, end in need.cin_plans
            if start <= at.last and end >= at.first
        ]
    found.enquiries = [made for one in need.enquiries if (made := _enquiry(at, one))]
    found.plans = [both for one in need.plans if (both := _plan(at, one))]
    return found


def _child(at: _Year, who: Person, needs: Sequence[Need]) -> Child | None:
    details = [
        _details(at, need) for need in needs if need.referred <= at.last and need.closed >= at.first
    ]
    if not details:
        return None
    born = who.dob <= at.last
    letters = at.year >= SEX_LETTERS_FROM
    sex = who.sex_in(at.year) if born else ("U" if letters else "0")
    number = who.upn_at(at.last)
    died = next((need.died for need in needs if need.died is not None), None)
    return Child(
        [
            who.id,
            "" if number.startswith("UN") else number,
            number if number.startswith("UN") else "",
            ISO[who.dob] if born else "",
            "" if born else ISO[who.dob],
            sex,
            ISO[died] if died is not None and at.first <= died <= at.last else "",
        ],
        [who.ethnic],
        who.disabilities,
        details,
    )


def census(people: Iterable[tuple[Person, Sequence[Need]]], council: str, year: int) -> Census:
    """The census of one council and year, in the order in which people are given."""
    at = _Year(year, first_day(year), last_day(year))
    return Census(
        council,
        year,
        [child for who, needs in people if (child := _child(at, who, needs))],
    )
