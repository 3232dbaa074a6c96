"""Linked returns counted a second time: slow, plain Python, sharing no code with the first.

What goes in are rows as dictionaries: periods of care and who the children are on the one side,
things of the censuses on the other, each as it stands once it is merged over the years (other
oracles recount that). What comes out is (measure, year) -> (numerator, denominator, left out).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
HOME, FAMILY, NOTHING = {"E4A", "E4B"}, {"1A", "1C"}, {"RC8", "RC9"}
MALE, FEMALE = {"1", "M"}, {"2", "F"}
PLACE = {"CHILD", "CASE", "PLAN", "YEAR", "SUBMISSION", "ROW", "PREV_REFERRED", "TABLE"}
FOUND = {"by_number", "by_number_one_differs", "by_number_and_pupil_number", "by_pupil_number"}


def year_of(day: date) -> int:
    return day.year + ((day.month, day.day) >= (4, 1))


def months_on(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age(born: date | None, on: date) -> int | None:
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def differ(one: Row, other: Row) -> int:
    """In how many of birth and sex two people are told to differ."""
    n = 0
    if one["DOB"] and other["DOB"] and one["DOB"] != other["DOB"]:
        n += 1
    sexes = [
        ("m" if p["SEX"] in MALE else "f" if p["SEX"] in FEMALE else None) for p in (one, other)
    ]
    return n + (None not in sexes and sexes[0] != sexes[1])


def link(
    in_care: list[Row],
    in_need: list[Row],
    care_numbers: set[tuple[str, str]],
    need_numbers: set[tuple[str, str]],
) -> tuple[dict[str, str], dict[str, str]]:
    """Child of a census -> child in care; and child in care -> what came of looking."""
    by_number: dict[str, str] = {}
    by_pupil: dict[str, str] = {}
    doubts: dict[str, int] = {}
    for person in in_need:
        key = person["CHILD"]
        same = [c for c in in_care if re.sub(r" \(\d+\)$", "", c["CHILD"]) == key]
        fit = sorted((differ(person, c), c["CHILD"]) for c in same if differ(person, c) < 2)
        if fit:
            by_number[key] = fit[0][1]
            doubts[fit[0][1]] = fit[0][0]
            continue
        owners: set[str] = set()
        for child, upn in need_numbers:
            if child == key:
                theirs = {c for c, u in care_numbers if u == upn}
                if len(theirs) == 1:
                    owners |= theirs
        if len(owners) == 1:
            there = [c for c in in_care if c["CHILD"] in owners]
            if there and differ(person, there[0]) < 2:
                by_pupil[key] = there[0]["CHILD"]
    known = {p["CHILD"] for p in in_need}
    outcome = {}
    for child in (c["CHILD"] for c in in_care):
        pupil, number = child in by_pupil.values(), child in by_number.values()
        if number and pupil:
            outcome[child] = "by_number_and_pupil_number"
        elif number:
            outcome[child] = "by_number_one_differs" if doubts[child] else "by_number"
        elif pupil:
            outcome[child] = "by_pupil_number"
        elif re.sub(r" \(\d+\)$", "", child) in known:
            outcome[child] = "number_of_another_child"
        else:
            outcome[child] = "not_found"
    return {**by_number, **by_pupil}, outcome


class Council:
    """One council's children, each with periods of care and things of the censuses."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.years: list[int] = given["years"]
        self.links, self.outcome = link(
            given["in_care"], given["in_need"], given["care_numbers"], given["need_numbers"]
        )
        self.periods: dict[str, list[Row]] = defaultdict(list)
        for row in given["periods"]:
            self.periods[row["CHILD"]].append(row)
        for rows in self.periods.values():
            rows.sort(key=lambda r: r["START"])
        self.alone = {(r["CHILD"], r["YEAR"]): r["DUC"] for r in given["asylum"]}
        self._runs: dict[Any, list[list[date]]] = {}
        self.things: dict[str, dict[str, list[Row]]] = {}
        for name, day in (
            ("referrals", "REFERRED"),
            ("enquiries", "STARTED"),
            ("plans", "STARTED"),
        ):
            self.things[name] = self._carried(given[name], day)

    def _carried(self, rows: list[Row], day: str) -> dict[str, list[Row]]:
        """Rows by child; of several of a child and day, that of the latest census."""
        kept: dict[tuple[str, date], tuple[Any, Row]] = {}
        for row in rows:
            child = self.links.get(row["CHILD"], ("census", row["CHILD"]))
            said = [row[c] for c in sorted(set(row) - {day, *PLACE})]
            telling = tuple((cell is not None, cell if cell is not None else 0) for cell in said)
            rank = (row["YEAR"], telling, row["CHILD"], row["SUBMISSION"], row["ROW"])
            key = (child, row[day])
            if key not in kept or kept[key][0] < rank:
                kept[key] = (rank, row)
        found: dict[str, list[Row]] = defaultdict(list)
        for (child, _), (_, row) in kept.items():
            found[child].append(row)
        return found

    def support(self, child: Any) -> list[list[date]]:
        """Unbroken times with an open case: first day, and first day without (or never)."""
        if child in self._runs:
            return self._runs[child]
        runs = self._runs[child] = []
        for case in sorted(self.things["referrals"][child], key=lambda r: r["REFERRED"]):
            if case["NFA"]:
                continue
            end = case["CLOSED"] or date.max
            if runs and case["REFERRED"] <= runs[-1][1]:
                runs[-1][1] = max(runs[-1][1], end)
            else:
                runs.append([case["REFERRED"], end])
        return runs

    def days_open(self, child: Any, first: date, until: date) -> int:
        runs, n, day = self.support(child), 0, first
        while day < until:
            n += any(start <= day < end for start, end in runs)
            day += timedelta(1)
        return n

    def has(self, name: str, child: Any, first: date, last: date) -> bool:
        day = "REFERRED" if name == "referrals" else "STARTED"
        return any(first <= row[day] <= last for row in self.things[name][child])

    def figures(self) -> dict[tuple[str, int], tuple[int, int, int]]:
        found: dict[tuple[str, int], list[int]] = {}

        def count(name: str, year: int, *, top: int, whole: int = 0, left: int = 0) -> None:
            sums = found.setdefault((name, year), [0, 0, 0])
            for i, n in enumerate((top, whole, left)):
                sums[i] += n

        for year in self.years:
            for name in ALWAYS:
                count(name, year, top=0)
            self._on_the_last_day(year, count)
            if year - 1 in self.years:
                for name in AFTER_HOME + BEFORE:
                    count(name, year, top=0)
                self._after_home(year, count)
                self._before(year, count)
            if {year - 1, year - 2} <= set(self.years):
                for name in ASKED:
                    count(name, year, top=0)
                self._asked(year, count)
        return {key: (a, b, c) for key, (a, b, c) in found.items()}

    def _after_home(self, year: int, count: Any) -> None:
        for child, periods in self.periods.items():
            for i, period in enumerate(periods):
                home = period["END"]
                if home is None or period["END_REASON"] not in HOME or year_of(home) != year - 1:
                    continue
                old = age(period["DOB"], home)
                if (old is not None and old >= 17) or self.outcome[child] not in FOUND:
                    for name in AFTER_HOME:
                        count(name, year, top=0, left=1)
                    continue
                back = periods[i + 1]["START"] if i + 1 < len(periods) else None
                self._one_return(child, home, back, year, count)

    def _one_return(self, child: str, home: date, back: date | None, year: int, count: Any) -> None:
        last, after = months_on(home, 12), home + timedelta(1)
        runs = [run for run in self.support(child) if run[1] > home]
        first = runs[0] if runs else None
        soon = first is not None and first[0] <= home + timedelta(28)
        soon = soon and (back is None or first[0] < back)
        asked = [r for r in self.things["referrals"][child] if after <= r["REFERRED"] <= last]
        tops = {
            "home_with_open_case": first is not None and first[0] <= home,
            "home_with_case_within_28_days": soon,
            "days_of_support_after_home": self.days_open(
                child, home, last if back is None else min(last, back)
            ),
            "re_referred_after_home": bool(asked),
            "asked_for_help_after_home": any(r["SOURCE"] in FAMILY for r in asked),
            "section_47_after_home": self.has("enquiries", child, after, last),
            "plan_after_home": self.has("plans", child, after, last),
        }
        for name, top in tops.items():
            count(name, year, top=int(top), whole=1)
        if soon and first[1] <= last and (back is None or first[1] < back):
            again = len(runs) > 1 and runs[1][0] <= last
            count("case_closed_then_reopened", year, top=int(again), whole=1)

    def _before(self, year: int, count: Any) -> None:
        for child, periods in self.periods.items():
            begun = [p for p in periods if year_of(p["START"]) == year and p["START_SEEN"]]
            if not begun:
                continue
            day = begun[0]["START"]
            if self.seeks_asylum(child, year, day) or self.outcome[child] not in FOUND:
                for name in BEFORE:
                    count(name, year, top=0, left=1)
                continue
            first, until = months_on(day, -12), day - timedelta(1)
            asked = [r for r in self.things["referrals"][child] if first <= r["REFERRED"] <= until]
            days = self.days_open(child, first, day)
            tops = {
                "known_before_care": bool(asked) or days > 0,
                "protection_plan_before_care": any(
                    p["STARTED"] < day and (p["ENDED"] is None or p["ENDED"] > first)
                    for p in self.things["plans"][child]
                ),
                "nothing_done_before_care": any(r["NFA"] for r in asked),
                "days_of_help_before_care": days,
            }
            for name, top in tops.items():
                count(name, year, top=int(top), whole=1)

    def seeks_asylum(self, child: str, year: int, day: date) -> bool:
        if (child, year) not in self.alone:
            return False
        until = self.alone[child, year]
        return until is None or until >= day

    def _on_the_last_day(self, year: int, count: Any) -> None:
        day = date(year, 3, 31)
        for child, periods in self.periods.items():
            if any(p["START"] <= day and (p["END"] is None or p["END"] > day) for p in periods):
                shown = any(start <= day < end for start, end in self.support(child))
                count("in_care_without_open_case", year, top=int(not shown), whole=1)

    def _asked(self, year: int, count: Any) -> None:
        for child, rows in list(self.things["referrals"].items()):
            for row in rows:
                day = row["REFERRED"]
                if row["SOURCE"] not in FAMILY or year_of(day) != year - 1:
                    continue
                first, last = months_on(day, -12), months_on(day, 12)
                homes = [
                    p["END"]
                    for p in self.periods.get(child, [])
                    if p["END"] and p["END_REASON"] in HOME
                ]
                closures = [end for _, end in self.support(child) if end < date.max]
                if not any(first <= d <= day for d in homes + closures):
                    continue
                plan = self.has("plans", child, day, last)
                investigated = plan or self.has("enquiries", child, day, last)
                closed = row["CLOSED"] is not None and row["CLOSED"] <= last
                nothing = bool(row["NFA"]) or (row["CLOSURE_REASON"] in NOTHING and closed)
                count("asked_for_help_again", year, top=1, whole=1)
                count("asked_then_investigated", year, top=int(investigated), whole=1)
                count("asked_then_plan", year, top=int(plan), whole=1)
                support = not investigated and not nothing
                count("asked_then_supported", year, top=int(support), whole=1)
                none = not investigated and nothing
                count("asked_then_nothing", year, top=int(none), whole=1)


ALWAYS = ["in_care_without_open_case"]
AFTER_HOME = [
    "home_with_open_case",
    "home_with_case_within_28_days",
    "days_of_support_after_home",
    "re_referred_after_home",
    "asked_for_help_after_home",
    "section_47_after_home",
    "plan_after_home",
    "case_closed_then_reopened",
]
BEFORE = [
    "known_before_care",
    "protection_plan_before_care",
    "nothing_done_before_care",
    "days_of_help_before_care",
]
ASKED = [
    "asked_for_help_again",
    "asked_then_investigated",
    "asked_then_plan",
    "asked_then_supported",
    "asked_then_nothing",
]


# --- courses ----------------------------------------------------------------------------------


def reached_by(
    begun: list[tuple[date, list[date | None], date]], cause: int, months: int
) -> Fraction | None:
    """Share whom a cause (its place in the list) has reached by so many months, in fractions.

    ``begun``: the first day, the day of each cause (None: not seen) and the last day watched. The
    days of different children are set beside one another by how far into a month they lie.
    """
    followed = []
    for start, days, last in begun:
        seen = [(day, i) for i, day in enumerate(days) if day is not None and day <= last]
        end, what = min(seen) if seen else (last, None)
        followed.append((_month(start, end), what))
    free, share = Fraction(1), Fraction(0)
    longest = max((t for t, _ in followed), default=Fraction(-1))
    for time in sorted({t for t, what in followed if what is not None and t <= months}):
        risk = sum(t >= time for t, _ in followed)
        met = [what for t, what in followed if t == time and what is not None]
        share += free * Fraction(met.count(cause), risk)
        free *= 1 - Fraction(len(met), risk)
    return None if longest < months and free > 0 else share


def _month(start: date, end: date) -> Fraction:
    m = 0
    while months_on(start, m + 1) <= end:
        m += 1
    before, after = months_on(start, m), months_on(start, m + 1)
    return m + Fraction((end - before).days, (after - before).days)
