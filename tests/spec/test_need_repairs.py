"""Every repair of CIN censuses in a worked example: what stands written, and what is made of it.

Each example says which rows are dealt with under which names, and what stands afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from whatworks.journeys.need import NeedJourneys, need_from
from whatworks.journeys.need_repairs import NEED_REPAIRS
from whatworks.measures.examples.from_returns import returns_of

_CASE = "LAchildID CINdetailsID CINreferralDate ReferralNFA CINclosureDate\n"
_ADA = _CASE + "Ada 1 2023-05-01 0 ."


@dataclass(frozen=True)
class Example:
    """``returns``: year -> table -> rows; ``repairs``: how often each was made, none other;
    ``then``: frame -> its rows afterwards, of the columns that ``shown`` names."""

    name: str
    returns: dict[int, dict[str, str]]
    repairs: dict[str, int]
    then: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)


_SHOWN = {
    "referrals": ("CHILD", "REFERRED", "CLOSED"),
    "assessments": ("CHILD", "STARTED", "AUTHORISED", "REFERRED"),
    "enquiries": ("CHILD", "STARTED", "CONFERENCE", "REFERRED"),
    "conferences": ("CHILD", "HELD", "ENQUIRED"),
    "plans": ("CHILD", "STARTED", "ENDED", "REFERRED"),
    "reviews": ("CHILD", "PLAN_STARTED", "REVIEWED"),
    "cin_plans": ("CHILD", "STARTED", "ENDED", "REFERRED"),
    "pre_proceedings": ("CHILD", "STARTED", "LETTER", "REFERRED"),
}

_TABLES = {
    "assessment": (
        "Assessments",
        "assessments",
        "LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate",
    ),
    "enquiry": (
        "Section47",
        "enquiries",
        "LAchildID CINdetailsID S47ActualStartDate DateOfInitialCPC",
    ),
    "plan": (
        "ChildProtectionPlans",
        "plans",
        "LAchildID CINdetailsID CPPstartDate CPPendDate",
    ),
    "cin_plan": (
        "CINplanDates",
        "cin_plans",
        "LAchildID CINdetailsID CINPlanStartDate CINPlanEndDate",
    ),
    "pre_proceedings": (
        "PreProceedings",
        "pre_proceedings",
        "LAchildID CINdetailsID PPStartDate LBPSentDate",
    ),
}
"""What it is called -> its table, its frame, and the headings of its rows."""


def _once(what: str) -> tuple[Example, ...]:
    """What has no place, and what stands more than once, of anything that belongs to a case."""
    table, frame, headings = _TABLES[what]
    first = 2026 if what == "pre_proceedings" else 2024
    begun, later = f"{first - 1}-06-01", f"{first}-05-01"
    case = f"Ada 1 {first - 1}-05-01 0 ."

    def written(*rows: str, year: int = first) -> dict[int, dict[str, str]]:
        lines = "\n".join((headings, *rows))
        return {year: {"CINdetails": _CASE + case, table: lines}}

    kept = [("Ada", begun, None, f"{first - 1}-05-01")]
    twice = written(f"Ada 1 {begun} .") | written(f"Ada 1 {begun} .", year=first + 1)
    return (
        Example(
            f"{what}_without_child_number",
            written(f". 1 {begun} .", f"Ada 1 {begun} ."),
            {f"{what}_without_child_number": 1},
            {frame: kept},
        ),
        Example(
            f"{what}_day_not_known",
            written("Ada 1 ? .", f"Ada 1 {begun} ."),
            {f"{what}_day_not_known": 1},
            {frame: kept},
        ),
        Example(
            f"{what}_after_the_census",
            written(f"Ada 1 {later} .", f"Ada 1 {begun} ."),
            {f"{what}_after_the_census": 1},
            {frame: kept},
        ),
        Example(
            f"{what}_same_day_again",
            written(f"Ada 1 {begun} .", f"Ada 1 {begun} ."),
            {f"{what}_same_day_again": 1},
            {frame: kept},
        ),
        Example(
            f"{what}_reported_again",
            twice,
            {f"{what}_reported_again": 1, "referral_reported_again": 1},
            {frame: kept},
        ),
        Example(
            f"{what}_without_its_case",
            written(f"Ada 9 {begun} ."),
            {f"{what}_without_its_case": 1},
            {frame: [("Ada", begun, None, None)]},
        ),
        Example(
            f"{what}_before_its_referral",
            written(f"Ada 1 {first - 1}-04-20 ."),
            {f"{what}_before_its_referral": 1},
            {frame: [("Ada", f"{first - 1}-04-20", None, f"{first - 1}-05-01")]},
        ),
    )


def _ends(what: str) -> tuple[Example, ...]:
    """What is made of an end that cannot stand."""
    if what == "referral":
        table, frame, headings = "CINdetails", "referrals", _CASE.strip()
        row, tail = "Ada 1 2023-06-01 0", ()
    else:
        table, frame, headings = _TABLES[what]
        row, tail = "Ada 1 2023-06-01", ("2023-05-01",)

    def written(end: str) -> dict[int, dict[str, str]]:
        tables = {table: f"{headings}\n{row} {end}"}
        return {2024: {"CINdetails": _ADA, **tables}}

    def then(end: str | None) -> dict[str, list[tuple[Any, ...]]]:
        return {frame: [("Ada", "2023-06-01", end, *tail)]}

    gone = written(".") | {
        2025: {"CINdetails": _ADA.replace("Ada 1 2023-05-01", "Bo 1 2024-05-01")}
    }
    also = {} if what == "referral" else {"referral_open_and_not_mentioned_again": 1}
    return (
        Example(
            f"{what}_end_not_readable",
            written("?"),
            {f"{what}_end_not_readable": 1},
            then("2024-03-31"),
        ),
        Example(
            f"{what}_ended_before_it_began",
            written("2023-05-20"),
            {f"{what}_ended_before_it_began": 1},
            then("2023-06-01"),
        ),
        Example(
            f"{what}_ended_after_the_census",
            written("2024-05-20"),
            {f"{what}_ended_after_the_census": 1},
            then(None),
        ),
        Example(
            f"{what}_open_and_not_mentioned_again",
            gone,
            {f"{what}_open_and_not_mentioned_again": 1} | also,
            {} if what == "referral" else then("2024-04-01"),
        ),
    )


def _referral(name: str, rows: str, then: list[tuple[Any, ...]], *, year: int = 2024) -> Example:
    return Example(name, {year: {"CINdetails": _CASE + rows}}, {name: 1}, {"referrals": then})


_KEPT = [("Ada", "2023-05-01", None)]
_ASSESSED = "LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate\n"
_ENQUIRED = "LAchildID CINdetailsID S47ActualStartDate DateOfInitialCPC\n"
_HELD = _CASE.strip() + " DateOfInitialCPC\n"
_PLANNED = "LAchildID CINdetailsID CPPID CPPstartDate CPPendDate\n"
_REVIEWED = "LAchildID CINdetailsID CPPID CPPreviewDate\n"
_A_PLAN = _PLANNED + "Ada 1 7 2023-06-01 2024-01-31"


def _of_ada(**tables: str) -> dict[int, dict[str, str]]:
    return {2024: {"CINdetails": _ADA, **tables}}


def _review(name: str, *rows: str, then: list[tuple[Any, ...]]) -> Example:
    returns = _of_ada(ChildProtectionPlans=_A_PLAN, Reviews=_REVIEWED + "\n".join(rows))
    return Example(name, returns, {name: 1}, {"reviews": then})


_ON_TIME = [("Ada", "2023-06-01", "2023-08-20")]
_GOOD = "Ada 1 7 2023-08-20"

EXAMPLES: tuple[Example, ...] = (
    _referral("referral_without_child_number", ". 1 2023-05-01 0 .\nAda 2 2023-05-01 0 .", _KEPT),
    _referral("referral_day_not_known", "Ada 1 ? 0 .\nAda 2 2023-05-01 0 .", _KEPT),
    _referral("referral_after_the_census", "Ada 1 2024-04-01 0 .\nAda 2 2023-05-01 0 .", _KEPT),
    # Of two alike the one that is open is kept.
    _referral(
        "referral_same_day_again", "Ada 1 2023-05-01 0 .\nAda 2 2023-05-01 0 2023-06-01", _KEPT
    ),
    Example(
        "referral_reported_again",
        {2024: {"CINdetails": _ADA}, 2025: {"CINdetails": _CASE + "Ada 5 2023-05-01 0 2024-06-01"}},
        {"referral_reported_again": 1},
        {"referrals": [("Ada", "2023-05-01", "2024-06-01")]},
    ),
    Example(
        "a referral after which nothing was done is not open",
        {2024: {"CINdetails": _CASE + "Ada 1 2023-05-01 1 ."}, 2025: {"CINdetails": _CASE.strip()}},
        {},
        {"referrals": _KEPT},
    ),
    *(
        example
        for what in ("assessment", "enquiry", "plan", "cin_plan", "pre_proceedings")
        for example in _once(what)
    ),
    *(example for what in ("referral", "plan", "cin_plan") for example in _ends(what)),
    Example(
        "assessment_end_not_readable",
        _of_ada(Assessments=_ASSESSED + "Ada 1 2023-05-02 ?"),
        {"assessment_end_not_readable": 1},
        {"assessments": [("Ada", "2023-05-02", None, "2023-05-01")]},
    ),
    Example(
        "assessment_signed_off_before_it_began",
        _of_ada(Assessments=_ASSESSED + "Ada 1 2023-05-09 2023-05-02"),
        {"assessment_signed_off_before_it_began": 1},
        {"assessments": [("Ada", "2023-05-09", "2023-05-02", "2023-05-01")]},
    ),
    Example(
        "assessment_signed_off_after_the_census",
        _of_ada(Assessments=_ASSESSED + "Ada 1 2024-03-02 2024-04-02"),
        {"assessment_signed_off_after_the_census": 1},
        {"assessments": [("Ada", "2024-03-02", None, "2023-05-01")]},
    ),
    Example(
        "enquiry_conference_not_readable",
        _of_ada(Section47=_ENQUIRED + "Ada 1 2023-05-09 ?"),
        {"enquiry_conference_not_readable": 1},
        {"enquiries": [("Ada", "2023-05-09", None, "2023-05-01")], "conferences": []},
    ),
    Example(
        "enquiry_conference_before_it_began",
        _of_ada(Section47=_ENQUIRED + "Ada 1 2023-05-09 2023-05-08"),
        {"enquiry_conference_before_it_began": 1},
        {"conferences": [("Ada", "2023-05-08", "2023-05-09")]},
    ),
    Example(
        "conference_after_the_census",
        _of_ada(Section47=_ENQUIRED + "Ada 1 2024-03-20 2024-04-02"),
        {"conference_after_the_census": 1},
        {"enquiries": [("Ada", "2024-03-20", None, "2023-05-01")], "conferences": []},
    ),
    Example(
        "conference_same_day_again",
        {
            2024: {
                "CINdetails": _HELD + "Ada 1 2023-05-01 0 . 2023-05-22",
                "Section47": _ENQUIRED + "Ada 1 2023-05-09 2023-05-22",
            }
        },
        {"conference_same_day_again": 1},
        {"conferences": [("Ada", "2023-05-22", "2023-05-09")]},
    ),
    Example(
        "conference_reported_again",
        {
            2024: {"CINdetails": _HELD + "Ada 1 2023-05-01 0 . 2023-05-22"},
            2025: {"CINdetails": _HELD + "Ada 4 2023-05-01 0 . 2023-05-22"},
        },
        {"conference_reported_again": 1, "referral_reported_again": 1},
        {"conferences": [("Ada", "2023-05-22", None)]},
    ),
    Example(
        "a conference stays when the next census says nothing of it",
        {
            2024: {"CINdetails": _HELD + "Ada 1 2023-05-01 0 . 2023-05-22"},
            2025: {"CINdetails": _HELD + "Ada 4 2023-05-01 0 . ."},
        },
        {"referral_reported_again": 1},
        {"conferences": [("Ada", "2023-05-22", None)]},
    ),
    _review("review_without_child_number", ". 1 7 2023-08-20", _GOOD, then=_ON_TIME),
    _review("review_day_not_known", "Ada 1 7 .", _GOOD, then=_ON_TIME),
    _review("review_after_the_census", "Ada 1 7 2024-04-01", _GOOD, then=_ON_TIME),
    _review("review_same_day_again", _GOOD, _GOOD, then=_ON_TIME),
    Example(
        "review_reported_again",
        {
            year: {
                "CINdetails": _ADA,
                "ChildProtectionPlans": _A_PLAN,
                "Reviews": _REVIEWED + _GOOD,
            }
            for year in (2024, 2025)
        },
        {"review_reported_again": 1, "plan_reported_again": 1, "referral_reported_again": 1},
        {"reviews": _ON_TIME},
    ),
    _review("review_without_its_plan", "Ada 1 8 2023-09-01", _GOOD, then=_ON_TIME),
    _review("review_outside_its_plan", "Ada 1 7 2024-02-01", _GOOD, then=_ON_TIME),
)


def _derived(example: Example) -> NeedJourneys:
    return need_from("301", returns_of("cin", example.returns))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_what_is_done_is_what_the_example_says(example: Example) -> None:
    found = _derived(example)
    made = {r["repair"]: 0 for r in found.repairs().iter_rows(named=True)}
    for row in found.repairs().iter_rows(named=True):
        made[row["repair"]] += row["n_rows"]
    assert {name: n for name, n in made.items() if n} == example.repairs
    for frame, rows in example.then.items():
        columns = _SHOWN[frame]
        told = [
            tuple(None if cell is None else str(cell) for cell in row)
            for row in getattr(found, frame).select(columns).sort(columns).iter_rows()
        ]
        assert told == rows, frame


def test_every_repair_has_an_example_of_its_own() -> None:
    named = {example.name for example in EXAMPLES}
    assert {repair.name for repair in NEED_REPAIRS} <= named


def test_every_name_stands_once_and_says_what_is_done() -> None:
    assert len({repair.name for repair in NEED_REPAIRS}) == len(NEED_REPAIRS)
    assert all(repair.text.endswith(".") for repair in NEED_REPAIRS)
