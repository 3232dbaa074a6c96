"""CIN censuses as muddled as any could be, drawn from a seed, for the properties of need."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from whatworks.journeys.need import NeedJourneys, need_from
from whatworks.journeys.stacking import ReturnTables
from whatworks.returns.schema import all_tables

UNREAD = "?"
"""Written where something was written that is no day, as the recount has it."""
Row = dict[str, Any]
Censuses = Mapping[int, Mapping[str, Sequence[Row]]]
FOUND = (
    *("3A", "3B", "3C", "4B", "16A", "17A", "18A", "18B", "18C", "19A", "19B", "19C"),
    *("23A", "24A", "10A", "11A", "12A", "13A"),
)
"""Factors that assessments find."""

YEARS = (2022, 2023, 2024, 2026)
CHILDREN = ("a", "b", "c", None)
EDGES = tuple(
    date.fromisoformat(day)
    for day in (
        "2020-02-29",
        "2021-03-31",
        "2021-06-30",
        "2022-03-31",
        "2022-04-01",
        "2022-12-31",
        "2023-02-28",
        "2023-03-31",
        "2023-04-01",
        "2023-06-30",
        "2023-12-22",
        "2023-12-31",
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-01",
        "2025-06-01",
        "2009-06-01",
    )
)


class Muddle:
    """Draws the tables of censuses. ``children`` are the numbers that rows have."""

    def __init__(self, seed: int, children: Sequence[str | None] = CHILDREN) -> None:
        self.rng = random.Random(seed)
        self.children = children

    def child(self) -> str | None:
        return self.rng.choice(self.children)

    def day(self, year: int, *, near: date | None = None) -> Any:
        """Mostly a day of the year, now and then an edge, a blank or a word that is no day."""
        chance = self.rng.random()
        if chance < 0.07:
            return None
        if chance < 0.1:
            return UNREAD
        if chance < 0.3:
            return self.rng.choice(EDGES)
        if near is not None and chance < 0.8:
            return near + timedelta(days=self.rng.choice((-2, 0, 1, 20, 21, 22, 63, 64, 91, 92)))
        return date(year, 3, 31) - timedelta(days=self.rng.randrange(1200))

    def some(self, words: Sequence[Any]) -> Any:
        return self.rng.choice(words)

    def after(self, year: int, begun: Any) -> Any:
        """A later day that belongs to one, or none."""
        if self.rng.random() < 0.35:
            return None
        return self.day(year, near=begun if isinstance(begun, date) else None)

    def census(self, year: int, n: int) -> dict[str, list[Row]]:
        cases = [self.case(year, str(i + 1)) for i in range(self.rng.randrange(n + 1))]
        found: dict[str, list[Row]] = {"CINdetails": cases}
        assessed = [self.assessment(year, cases, str(i)) for i in range(self.rng.randrange(n + 1))]
        found["AssessmentFactorsList"] = [
            {
                "LAchildID": row["LAchildID"],
                "CINdetailsID": row["CINdetailsID"],
                "AssessmentID": row["AssessmentID"],
                "AssessmentFactor": factor,
            }
            for row in assessed
            for factor in (row["AssessmentFactors"] or "").split()
        ]
        found["Assessments"] = assessed
        found["Section47"] = [self.enquiry(year, cases) for _ in range(self.rng.randrange(n + 1))]
        plans = [self.plan(year, cases, str(i)) for i in range(self.rng.randrange(n + 1))]
        found["ChildProtectionPlans"] = plans
        found["Reviews"] = [self.review(year, plans) for _ in range(self.rng.randrange(2 * n + 1))]
        found["CINplanDates"] = [
            self.cin_plan(year, cases) for _ in range(self.rng.randrange(n + 1))
        ]
        if year >= 2026:
            found["PreProceedings"] = [
                self.steps(year, cases) for _ in range(self.rng.randrange(n + 1))
            ]
        people = [c for c in dict.fromkeys(self.children) if c and self.rng.random() < 0.8]
        found["ChildIdentifiers"] = [self.person(year, child) for child in people]
        found["Disabilities"] = [
            {"LAchildID": self.child(), "Disability": self.some(("NONE", "AUT", "LD", None))}
            for _ in range(self.rng.randrange(4))
        ]
        found["ChildCharacteristics"] = [
            {"LAchildID": child, "Ethnicity": self.some(("WBRI", "AIND", "NOBT", None))}
            for child in people
        ]
        return found

    def person(self, year: int, child: str) -> Row:
        return {
            "LAchildID": child,
            "PersonBirthDate": self.some((None, UNREAD, date(year - 6, 5, 1), date(year, 4, 2))),
            "ExpectedPersonBirthDate": self.some((None, date(year, 6, 1))),
            "Sex": self.some(("M", "F", "U", None)),
        }

    def case(self, year: int, number: str) -> Row:
        referred = self.day(year)
        return {
            "LAchildID": self.child(),
            "CINdetailsID": number,
            "CINreferralDate": referred,
            "ReferralSource": self.some(("1A", "1C", "2A", "3F", "6", "10", None)),
            "PrimaryNeedCode": self.some(("N1", "N2", None)),
            "CINclosureDate": self.after(year, referred),
            "ReasonForClosure": self.some(("RC7", "RC8", "RC9", None)),
            "DateOfInitialCPC": self.day(year, near=None) if self.rng.random() < 0.2 else None,
            "ReferralNFA": self.some(("0", "0", "false", "1", "true", "?", None)),
        }

    def _of(self, cases: Sequence[Row]) -> Row:
        """Of a case of the census, mostly, and of its child."""
        if cases and self.rng.random() < 0.8:
            case = self.rng.choice(cases)
            return {"LAchildID": case["LAchildID"], "CINdetailsID": case["CINdetailsID"]}
        return {"LAchildID": self.child(), "CINdetailsID": self.some((None, "1", "99"))}

    def assessment(self, year: int, cases: Sequence[Row], number: str) -> Row:
        begun = self.day(year)
        found = self.rng.sample(FOUND, self.rng.randrange(5))
        return {
            **self._of(cases),
            "AssessmentID": number,
            "AssessmentActualStartDate": begun,
            "AssessmentAuthorisationDate": self.after(year, begun),
            "AssessmentFactors": " ".join(sorted(found)) or None,
        }

    def enquiry(self, year: int, cases: Sequence[Row]) -> Row:
        begun = self.day(year)
        return {
            **self._of(cases),
            "S47ActualStartDate": begun,
            "DateOfInitialCPC": self.after(year, begun),
            "ICPCnotRequired": self.some(("0", "1", "false", None)),
        }

    def plan(self, year: int, cases: Sequence[Row], number: str) -> Row:
        begun = self.day(year)
        return {
            **self._of(cases),
            "CPPID": number,
            "CPPstartDate": begun,
            "CPPendDate": self.after(year, begun),
            "InitialCategoryOfAbuse": self.some(("NEG", "EMO", "PHY", "SAB", "MUL", None)),
            "LatestCategoryOfAbuse": self.some(("NEG", "EMO", None)),
            "NumberOfPreviousCPP": self.some((None, -1, 0, 0, 1, 2)),
        }

    def review(self, year: int, plans: Sequence[Row]) -> Row:
        if plans and self.rng.random() < 0.9:
            plan = self.rng.choice(plans)
            begun = plan["CPPstartDate"]
            near = begun if isinstance(begun, date) else None
            return {
                "LAchildID": plan["LAchildID"],
                "CPPID": plan["CPPID"],
                "CPPreviewDate": self.day(year, near=near),
            }
        return {
            "LAchildID": self.child(),
            "CPPID": self.some((None, "1", "99")),
            "CPPreviewDate": self.day(year),
        }

    def cin_plan(self, year: int, cases: Sequence[Row]) -> Row:
        begun = self.day(year)
        return {
            **self._of(cases),
            "CINPlanStartDate": begun,
            "CINPlanEndDate": self.after(year, begun),
        }

    def steps(self, year: int, cases: Sequence[Row]) -> Row:
        return {
            **self._of(cases),
            "PPStartDate": self.day(year),
            "LBPSentDate": self.day(year),
            "FGDMMeetingOffer": self.some(("1", "0", "true", None)),
            "FGDMMeetingFac": self.some(("1", "0", None)),
        }


def muddled(seed: int, *, n: int = 6, children: Sequence[str | None] = CHILDREN) -> Censuses:
    """Censuses of some of the years, of which some things stand in the next census again."""
    draw = Muddle(seed, children)
    years = [year for year in YEARS if draw.rng.random() < 0.75] or [2024]
    found: dict[int, dict[str, list[Row]]] = {}
    for year in years:
        found[year] = draw.census(year, n)
        earlier = found.get(year - 1, {})
        for table, keys in (
            ("CINdetails", ("CINreferralDate", "CINclosureDate")),
            ("ChildProtectionPlans", ("CPPstartDate", "CPPendDate")),
        ):
            for row in earlier.get(table, ()):
                if draw.rng.random() < 0.6:
                    again = dict(row)
                    again[keys[1]] = draw.after(year, again[keys[0]])
                    number = "CINdetailsID" if table == "CINdetails" else "CPPID"
                    again[number] = f"{row[number]}x{year}"
                    found[year][table].append(again)
    return found


_KINDS: dict[str, Any] = {"date": pl.Date, "integer": pl.Int64}


def typed(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    """Rows as a typed table, with a companion for every day that could not be read."""
    columns = {"ROW": pl.Series(range(1, len(rows) + 1), dtype=pl.Int64)}
    for column in all_tables("cin")[table].columns:
        name, kind = column.name, _KINDS.get(column.kind, pl.String)
        cells = [row.get(name) for row in rows]
        if kind == pl.Date:
            unread = [cell == UNREAD for cell in cells]
            columns[name + "__unreadable"] = pl.Series(unread, dtype=pl.Boolean)
            cells = [None if bad else cell for cell, bad in zip(cells, unread, strict=True)]
        columns[name] = pl.Series(cells, dtype=kind)
    return pl.DataFrame(columns)


def derived(written: Censuses) -> NeedJourneys:
    """Journeys from such censuses."""
    return need_from(
        "301",
        [
            ReturnTables(year, f"s{year}", {n: typed(n, rows) for n, rows in tables.items()})
            for year, tables in written.items()
        ],
    )
