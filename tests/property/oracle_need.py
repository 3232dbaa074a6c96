"""Measures of need counted again in plain Python: slow, obvious, and sharing nothing.

Censuses are given as ``need_told`` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from .need_told import (
    MIDDLE,
    Censuses,
    Figure,
    Need,
    Row,
    band,
    last_day,
    months_on,
    once,
    read,
    working_days,
    year_of,
    years_on,
    yes,
)

REFUSED = {"RC8", "RC9"}
HEALTH = {"3A", "3B", "3C", "3D", "3E", "3F"}
FACTORS = {
    "domestic_abuse_of_the_child": "3A",
    "domestic_abuse_of_a_parent": "3B",
    "domestic_abuse_of_another_person": "3C",
    "emotional_abuse": "17A",
    "abuse_linked_to_faith_or_belief": "23A",
    "neglect": "16A",
    "physical_abuse_by_an_adult": "18C",
    "physical_abuse_by_a_child": "18B",
    "physical_abuse_by_whom_not_recorded": "18A",
    "sexual_abuse_by_an_adult": "19C",
    "sexual_abuse_by_a_child": "19B",
    "sexual_abuse_by_whom_not_recorded": "19A",
    "child_criminal_exploitation": "24A",
    "child_sexual_exploitation": "11A",
    "gangs": "13A",
    "going_missing": "10A",
    "trafficking": "12A",
}
HARM = {
    "neglect": "NEG",
    "emotional_abuse": "EMO",
    "physical_abuse": "PHY",
    "sexual_abuse": "SAB",
    "several_kinds_of_abuse": "MUL",
}


def figures(written: Censuses) -> dict[tuple[str, int], Figure]:
    """(measure, year) -> figure, for every year and measure that there can be one of."""
    need = Need(written)
    found: dict[tuple[str, int], Figure] = {}
    for year in need.years:
        for part in (
            _referred(need, year),
            _assessed(need, year),
            _factors(need, year),
            _in_need(need, year),
            _closed(need, year),
            _enquired(need, year),
            _planned(need, year),
            _running(need, year),
            _plans_ended(need, year),
        ):
            found |= {(name, year): figure for name, figure in part.items()}
    return found


def _rate(n: int) -> Figure:
    return (n, None, 0)


def _of(rows: Sequence[Any], where: Any, left_out: int = 0) -> Figure:
    return (sum(bool(where(row)) for row in rows), len(rows), left_out)


def _referred(need: Need, year: int) -> dict[str, Figure]:
    rows = [row for row in need.referrals.values() if year_of(row["ON"]) == year]
    said = [row for row in rows if row["ReferralNFA"] is not None]

    def not_in_need(row: Row) -> bool:
        refused = row["ReasonForClosure"] in REFUSED and row["ReferralNFA"] is not True
        return refused and row["END"] is not None and year_of(row["END"]) == year

    def again(row: Row) -> bool:
        mine = (day for child, day in need.referrals if child == row["CHILD"])
        return any(day < row["ON"] <= years_on(day, 1) for day in mine)

    found = {
        "referrals_rate": _rate(len(rows)),
        "referrals_no_further_action": _of(
            said, lambda row: row["ReferralNFA"], len(rows) - len(said)
        ),
        "referrals_assessed_not_in_need": _of(rows, not_in_need),
    }
    for name, codes in (
        ("schools", {"2A"}),
        ("health", HEALTH),
        ("police", {"6"}),
        ("family_or_self", {"1A", "1C"}),
    ):
        found[f"referrals_from_{name}"] = _of(
            rows, lambda row, codes=codes: row["ReferralSource"] in codes
        )
    if year - 1 in need.written:
        found["re_referrals_within_12_months"] = _of(rows, again)
    return found


def _assessed(need: Need, year: int) -> dict[str, Figure]:
    done = [row for row in need.assessments.values() if row["DONE"]]
    rows = [row for row in done if year_of(row["DONE"]) == year]
    took = [working_days(row["ON"], row["DONE"]) for row in rows if row["DONE"] >= row["ON"]]
    days = [n for n in took if n is not None]
    backwards = sum(row["DONE"] < row["ON"] for row in rows)
    unheld = sum(working_days(row["ON"], row["DONE"]) is None for row in rows)
    return {
        "assessments_rate": _rate(len(rows)),
        "assessments_within_45_working_days": _of(days, lambda n: n <= 45, backwards + unheld),
        "assessment_working_days": (sum(days), len(days), backwards + unheld),
    }


def _factors(need: Need, year: int) -> dict[str, Figure]:
    cases: dict[str, set[Any]] = defaultdict(set)
    for row in need.assessments.values():
        if not row["DONE"] or year_of(row["DONE"]) != year or row["AssessmentID"] is None:
            continue
        for factor in need.written[row["YEAR"]].get("AssessmentFactorsList", ()):
            if (factor["LAchildID"], factor["AssessmentID"]) == (row["CHILD"], row["AssessmentID"]):
                cases[factor["AssessmentFactor"]].add((row["CHILD"], row["CASE_DAY"] or row["ON"]))
    return {f"assessed_{name}_rate": _rate(len(cases[code])) for name, code in FACTORS.items()}


def _births(need: Need) -> dict[str, date]:
    found = {}
    for year in need.years:
        for row in need.written[year].get("ChildIdentifiers", ()):
            day = read(row["PersonBirthDate"]) or read(row["ExpectedPersonBirthDate"])
            if row["LAchildID"] and day:
                found[row["LAchildID"]] = day
    return found


def _disabled(need: Need, year: int) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for row in need.written[year].get("Disabilities", ()):
        if row["LAchildID"] and row["Disability"]:
            one = row["Disability"] != "NONE"
            found[row["LAchildID"]] = found.get(row["LAchildID"], False) or one
    return found


def _in_need(need: Need, year: int) -> dict[str, Figure]:
    last, first = last_day(year), date(year - 1, 4, 1)
    cases = [row for row in need.referrals.values() if row["ReferralNFA"] is not True]
    there = [r for r in cases if r["ON"] <= last and (r["END"] is None or r["END"] > last)]
    in_year = [r for r in cases if r["ON"] <= last and (r["END"] is None or r["END"] >= first)]
    counted = [
        r
        for r in in_year
        if not (r["END"] and r["END"] <= last and r["ReasonForClosure"] in REFUSED)
    ]
    births, disabled = _births(need), _disabled(need, year)
    recorded = [r for r in there if r["CHILD"] in disabled]
    born = [r for r in there if r["CHILD"] in births]
    return {
        "children_in_need_rate": _rate(len(there)),
        "children_in_need_in_year_rate": _rate(len(counted)),
        "in_need_under_3_months": _of(there, lambda r: last < months_on(r["ON"], 3)),
        **{f"in_need_{k}": _of(there, lambda r, k=k: band(r["ON"], last) == k) for k in MIDDLE},
        "in_need_2_years_or_longer": _of(there, lambda r: years_on(r["ON"], 2) <= last),
        "in_need_with_a_disability": _of(
            recorded, lambda r: disabled[r["CHILD"]], len(there) - len(recorded)
        ),
        "in_need_unborn": _of(born, lambda r: births[r["CHILD"]] > last, len(there) - len(born)),
    }


def _closed(need: Need, year: int) -> dict[str, Figure]:
    cases = [row for row in need.referrals.values() if row["ReferralNFA"] is not True]
    rows = [row for row in cases if row["END"] and year_of(row["END"]) == year]
    needed = [row for row in rows if row["ReasonForClosure"] not in REFUSED]
    known = [row for row in needed if not row["SET"]]
    said = [row for row in rows if row["ReasonForClosure"] is not None]
    out = len(needed) - len(known)
    return {
        "need_ended_under_3_months": _of(known, lambda r: r["END"] < months_on(r["ON"], 3), out),
        **{
            f"need_ended_after_{k}": _of(known, lambda r, k=k: band(r["ON"], r["END"]) == k, out)
            for k in MIDDLE
        },
        "need_ended_after_2_years": _of(known, lambda r: years_on(r["ON"], 2) <= r["END"], out),
        "cases_closed_after_assessment": _of(
            said, lambda r: r["ReasonForClosure"] in REFUSED, len(rows) - len(said)
        ),
    }


def _enquired(need: Need, year: int) -> dict[str, Figure]:
    rows = [row for row in need.enquiries.values() if year_of(row["ON"]) == year]

    def led(row: Row) -> bool:
        held = read(row["DateOfInitialCPC"])
        return held is not None and held <= min(last_day(row["YEAR"]), last_day(year))

    decided = [row for row in rows if led(row) or yes(row["ICPCnotRequired"])]
    held = [(child, day, began) for (child, day), began in need.conferences.items()]
    held = [one for one in held if year_of(one[1]) == year]
    forwards = [(day, began) for _, day, began in held if began and began <= day]
    took = [working_days(began, day) for day, began in forwards]
    days = [n for n in took if n is not None]
    out = 0
    for _, day, began in held:
        if began is None or working_days(began, day) is None:
            out += 1
        if began is not None and day < began:
            out += 1
    return {
        "section_47_rate": _rate(len(rows)),
        "section_47_leading_to_conference": _of(decided, led, len(rows) - len(decided)),
        "initial_conference_rate": _rate(len(held)),
        "conferences_within_15_working_days": _of(days, lambda n: n <= 15, out),
        "conferences_0_to_10_working_days": (sum(n < 11 for n in days), None, out),
        "conferences_11_to_15_working_days": (sum(10 < n < 16 for n in days), None, out),
        "conferences_16_to_20_working_days": (sum(15 < n < 21 for n in days), None, out),
        "conferences_over_20_working_days": (sum(n > 20 for n in days), None, out),
        "conference_working_days": (sum(days), len(days), out),
        "conferences_leading_to_a_plan": _of(held, lambda one: (one[0], one[1]) in need.plans),
    }


def _planned(need: Need, year: int) -> dict[str, Figure]:
    rows = [row for row in need.plans.values() if year_of(row["ON"]) == year]
    said = [row for row in rows if row["NumberOfPreviousCPP"] is not None]
    named = [row for row in rows if row["InitialCategoryOfAbuse"] is not None]

    def soon(row: Row) -> bool:
        before = row["BEFORE"]
        if before is None:
            return False
        return before["END"] is None or row["ON"] <= years_on(before["END"], 2)

    found = {
        "protection_plans_started_rate": _rate(len(rows)),
        "repeat_protection_plans": _of(
            said, lambda row: row["NumberOfPreviousCPP"] > 0, len(rows) - len(said)
        ),
    }
    if {year - 1, year - 2} <= set(need.written):
        found["repeat_protection_plans_within_24_months"] = _of(rows, soon)
    for name, code in HARM.items():
        found[f"protection_plans_for_{name}"] = _of(
            named,
            lambda row, code=code: row["InitialCategoryOfAbuse"] == code,
            len(rows) - len(named),
        )
    return found


def _running(need: Need, year: int) -> dict[str, Figure]:
    last = last_day(year)
    rows = [
        row
        for row in need.plans.values()
        if row["ON"] <= last and (row["END"] is None or row["END"] > last)
    ]
    due = [row for row in rows if months_on(row["ON"], 3) <= last]
    found = {
        "protection_plans_rate": _rate(len(rows)),
        "protection_plans_running_2_years": _of(rows, lambda r: years_on(r["ON"], 2) <= last),
    }
    if year - 1 in need.written:
        found["protection_plans_reviewed_on_time"] = _of(
            due, lambda row: _on_time(row["ON"], need.reviews[row["CHILD"], row["ON"]], year)
        )
    return found


def _on_time(began: date, reviews: set[date], year: int) -> bool:
    """Whether no review of the year was late."""
    since, months = began, 3
    for day in sorted(day for day in reviews if day <= last_day(year)):
        if year_of(day) == year and day > months_on(since, months):
            return False
        since, months = day, 6
    return last_day(year) < months_on(since, months)


def _plans_ended(need: Need, year: int) -> dict[str, Figure]:
    rows = [row for row in need.plans.values() if row["END"] and year_of(row["END"]) == year]
    known = [row for row in rows if not row["SET"]]
    out = len(rows) - len(known)
    return {
        "protection_plans_ended_rate": _rate(len(rows)),
        "protection_plans_ended_after_2_years": _of(
            known, lambda r: years_on(r["ON"], 2) <= r["END"], out
        ),
        "protection_plans_ended_under_3_months": _of(
            known, lambda r: r["END"] < months_on(r["ON"], 3), out
        ),
        "protection_plan_days": (sum((r["END"] - r["ON"]).days for r in known), len(known), out),
    }


def meetings(written: Censuses) -> dict[tuple[str, int], Figure]:
    """Family group decision-making meetings, of the censuses that tell of them."""

    def clean(row: Row) -> Row:
        began = read(row["PPStartDate"]) or read(row["LBPSentDate"])
        offered, held = yes(row["FGDMMeetingOffer"]), yes(row["FGDMMeetingFac"])
        return {**row, "BEGAN": began, "OFFERED": offered, "HELD": held}

    steps = once(
        written,
        "PreProceedings",
        "BEGAN",
        says=["PPStartDate", "HELD", "CASE_DAY"],
        known=["LBPSentDate", "OFFERED"],
        clean=clean,
    )
    found: dict[tuple[str, int], Figure] = {}
    for year in written:
        if year < 2026:
            continue
        rows = [row for row in steps.values() if year_of(row["ON"]) == year]
        said = [row for row in rows if row["OFFERED"] is not None]
        offered = [row for row in said if row["OFFERED"]]
        told = [row for row in offered if row["HELD"] is not None]
        found["family_group_meetings_offered", year] = _of(
            said, lambda row: row["OFFERED"], len(rows) - len(said)
        )
        found["family_group_meetings_held", year] = _of(
            told, lambda row: row["HELD"], len(offered) - len(told)
        )
    return found
