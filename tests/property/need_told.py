"""What CIN censuses tell, each thing once, in plain Python: slow, obvious, and sharing nothing.

Censuses are given as year -> table -> rows, each a mapping of the form's own columns. A day is a
date, None where it is blank, or ``UNREAD`` where something was written that is no day.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from whatworks.reference import is_working_day

UNREAD = "?"
Row = dict[str, Any]
Censuses = Mapping[int, Mapping[str, Sequence[Row]]]
Figure = tuple[float, float | None, int]
"""Numerator, denominator (None for a rate) and how many were left out."""


# --- days -------------------------------------------------------------------------------------


def last_day(year: int) -> date:
    return date(year, 3, 31)


def year_of(day: date) -> int:
    return day.year + ((day.month, day.day) >= (4, 1))


def years_on(day: date, years: int) -> date:
    """The same day years later; 1 March for 29 February in a year without one."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_on(day: date, months: int) -> date:
    """The same day months later, or the last of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


MIDDLE = ("3_to_6_months", "6_to_12_months", "1_to_2_years")


def band(start: date, end: date) -> str:
    """How long something had lasted."""
    if end < months_on(start, 3):
        return "short"
    if end < months_on(start, 6):
        return "3_to_6_months"
    if end < years_on(start, 1):
        return "6_to_12_months"
    return "1_to_2_years" if end < years_on(start, 2) else "long"


def working_days(start: date, end: date) -> int | None:
    if min(start, end).year < 2010:
        return None
    step = 1 if end >= start else -1
    early, late = min(start, end), max(start, end)
    days = (early + timedelta(days=i) for i in range(1, (late - early).days + 1))
    return step * sum(is_working_day(day) for day in days)


def read(day: Any) -> date | None:
    return day if isinstance(day, date) else None


# --- things, each once ------------------------------------------------------------------------


def _low(value: Any) -> tuple[bool, Any]:
    """A value as it sorts, blanks last."""
    return (value is None, value if value is not None else "")


def once(
    written: Censuses,
    table: str,
    day: str,
    *,
    says: Sequence[str],
    known: Sequence[str] = (),
    clean: Any = None,
) -> dict[tuple[str, date], Row]:
    """The row that stands for each child and day: of the latest census, the one that says most."""
    best: dict[tuple[str, date], tuple[Any, Row]] = {}
    for year in sorted(written):
        for number, given in enumerate(written[year].get(table, ()), 1):
            row = {**given, "CASE_DAY": case_day(written, year, given)}
            row = clean(row) if clean else row
            on = read(row[day])
            if not row["LAchildID"] or on is None or on > last_day(year):
                continue
            order = [year]
            for column in known:
                value = read(row[column]) if row[column] == UNREAD else row[column]
                order += [value is not None, _low(value)]
            order += [_low(None if row[c] == UNREAD else row[c]) for c in says]
            order.append(number)
            key = (row["LAchildID"], on)
            if key not in best or best[key][0] < order:
                best[key] = (order, {**row, "YEAR": year, "ON": on, "CHILD": row["LAchildID"]})
    return {key: row for key, (_, row) in best.items()}


def case_day(written: Censuses, year: int, row: Row) -> date | None:
    """The day of referral of the case that a row belongs to: the first, if several."""
    child, case = row["LAchildID"], row.get("CINdetailsID")
    days = [
        read(one["CINreferralDate"])
        for one in written[year].get("CINdetails", ())
        if child and case and (one["LAchildID"], one["CINdetailsID"]) == (child, case)
    ]
    return min((d for d in days if d is not None and d <= last_day(year)), default=None)


def ended(row: Row, column: str, years: Sequence[int], *, lasting: bool = True) -> None:
    """END and SET: the end as it is believed, and whether it is other than written."""
    written, on, end_of_year = row[column], row["ON"], last_day(row["YEAR"])
    row["SET"] = True
    if written == UNREAD:
        row["END"] = end_of_year
    elif written is not None and written < on:
        row["END"] = on
    elif written is None or written > end_of_year:
        if lasting and row["YEAR"] < max(years):
            row["END"] = end_of_year + timedelta(days=1)
        else:
            row["END"], row["SET"] = None, written is not None
    else:
        row["END"], row["SET"] = written, False


def yes(word: Any) -> bool | None:
    return {"1": True, "true": True, "0": False, "false": False}.get(word)


class Need:
    """Everything that the censuses tell of, each thing once."""

    def __init__(self, written: Censuses) -> None:
        self.written, self.years = written, sorted(written)
        self.referrals = self._referrals()
        self.assessments = self._assessments()
        self.enquiries = once(
            written,
            "Section47",
            "S47ActualStartDate",
            says=["ICPCnotRequired", "CASE_DAY"],
            known=["DateOfInitialCPC"],
        )
        self.conferences = self._conferences()
        self.plans = self._plans()
        self.reviews = self._reviews()

    def _referrals(self) -> dict[tuple[str, date], Row]:
        def clean(row: Row) -> Row:
            return {**row, "ReferralNFA": yes(row["ReferralNFA"])}

        says = [
            "CINclosureDate",
            "ReasonForClosure",
            "ReferralNFA",
            "PrimaryNeedCode",
            "ReferralSource",
        ]
        found = once(self.written, "CINdetails", "CINreferralDate", says=says, clean=clean)
        for row in found.values():
            ended(row, "CINclosureDate", self.years, lasting=row["ReferralNFA"] is not True)
        return found

    def _assessments(self) -> dict[tuple[str, date], Row]:
        done = "AssessmentAuthorisationDate"
        found = once(
            self.written,
            "Assessments",
            "AssessmentActualStartDate",
            says=["AssessmentFactors", "CASE_DAY"],
            known=[done],
        )
        for row in found.values():
            row["DONE"] = read(row[done])
            if row["DONE"] and row["DONE"] > last_day(row["YEAR"]):
                row["DONE"] = None
        return found

    def _conferences(self) -> dict[tuple[str, date], date | None]:
        """Child and day -> the day the enquiry began, None for none."""
        best: dict[tuple[str, date], tuple[Any, date | None]] = {}
        told: list[tuple[int, str, Any, date | None]] = []
        for (child, on), row in self.enquiries.items():
            told.append((row["YEAR"], child, row["DateOfInitialCPC"], on))
        for year in self.years:
            for row in self.written[year].get("CINdetails", ()):
                if row["LAchildID"]:
                    told.append((year, row["LAchildID"], row["DateOfInitialCPC"], None))
        for year, child, held, began in told:
            day = read(held)
            if day is None or day > last_day(year):
                continue
            order = (year, began is not None, began or date.min)
            if (child, day) not in best or best[child, day][0] < order:
                best[child, day] = (order, began)
        return {key: began for key, (_, began) in best.items()}

    def _plans(self) -> dict[tuple[str, date], Row]:
        def clean(row: Row) -> Row:
            n = row["NumberOfPreviousCPP"]
            return {**row, "NumberOfPreviousCPP": n if n is not None and n >= 0 else None}

        found = once(
            self.written,
            "ChildProtectionPlans",
            "CPPstartDate",
            says=["InitialCategoryOfAbuse", "CPPendDate", "LatestCategoryOfAbuse", "CASE_DAY"],
            known=["NumberOfPreviousCPP"],
            clean=clean,
        )
        for row in found.values():
            ended(row, "CPPendDate", self.years)
            earlier = [d for c, d in found if c == row["CHILD"] and d < row["ON"]]
            row["BEFORE"] = found[row["CHILD"], max(earlier)] if earlier else None
        return found

    def _reviews(self) -> dict[tuple[str, date], set[date]]:
        """Child and first day of the plan -> the days on which it was reviewed."""
        best: dict[tuple[str, date], tuple[Any, date | None]] = {}
        for year in self.years:
            begun: dict[Any, list[date]] = defaultdict(list)
            for plan in self.written[year].get("ChildProtectionPlans", ()):
                day = read(plan["CPPstartDate"])
                if plan["LAchildID"] and plan["CPPID"] and day:
                    begun[plan["LAchildID"], plan["CPPID"]].append(day)
            for number, row in enumerate(self.written[year].get("Reviews", ()), 1):
                child, held = row["LAchildID"], read(row["CPPreviewDate"])
                if not child or held is None or held > last_day(year):
                    continue
                began = min(begun.get((child, row["CPPID"]), ()), default=None)
                order = (year, began is not None, began or date.min, number)
                if (child, held) not in best or best[child, held][0] < order:
                    best[child, held] = (order, began)
        found: dict[tuple[str, date], set[date]] = defaultdict(set)
        for (child, held), (_, began) in best.items():
            plan = self.plans.get((child, began)) if began else None
            if plan and held > plan["ON"] and (plan["END"] is None or held <= plan["END"]):
                found[child, plan["ON"]].add(held)
        return found
