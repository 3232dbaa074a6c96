"""Every rule of the CIN census against a plain recount, over random and over real files."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from whatworks import returns, synthetic
from whatworks.returns.rules import rules

from . import cin_rule_oracle as oracle

YEARS = (2022, 2023, 2024, 2025, 2026)
Period = tuple[date, date] | None
Tables = dict[str, list[dict[str, "str | None"]]]
Findings = set[tuple[str, "str | None", "int | None"]]


def ours(source: Any, year: int, period: Period = None) -> tuple[Findings, set[str]]:
    """What the rules find, and the numbers of the rules that ran."""
    if isinstance(source, dict):
        source = {name: _frame(rows) for name, rows in source.items()}
    result = returns.check(source, collection="cin", year=year, period=period)
    ran = result.rules.filter(pl.col("state").is_in(["passed", "failed"]))["rule"]
    return set(result.findings.select("rule", "table", "row").iter_rows()), set(ran)


def _frame(rows: list[dict[str, str | None]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


def differences(
    source: Any, tables: Tables, year: int, period: Period = None
) -> tuple[Findings, Findings, Findings]:
    """Findings of both, ours only and the recount's only, for the rules that it covers."""
    found, ran = ours(source, year, period)
    covered = ran & set(oracle.ORACLES)
    expected = {f for f in oracle.findings(tables, year, period) if f[0] in covered}
    found = {f for f in found if f[0] in covered}
    return found & expected, found - expected, expected - found


# Random returns


class Maker:
    """Makes small returns full of ties, blanks, same-day records and days at the year's edges."""

    def __init__(self, seed: int, year: int, *, unreadable: bool) -> None:
        self.draw = random.Random(f"cin {seed} {year}")
        self.bad = 0.06 if unreadable else 0.0
        start, end = date(year - 1, 4, 1), date(year, 3, 31)
        day = timedelta(days=1)
        some = start + timedelta(days=self.draw.randrange(20, 330))
        weeks = timedelta(weeks=40)
        self.around_birth = [(some - weeks).isoformat(), (some - weeks - day).isoformat()]
        self.days = [start - day, start, start + day, some, some + day, end - day, end, end + day]

    def day(self, blank: float = 0.25) -> str | None:
        if self.draw.random() < self.bad:
            return self.draw.choice(["31/02/2024", "soon", "0001-01-01"])
        if self.draw.random() < blank:
            return None
        if self.draw.random() < 0.02:
            return self.draw.choice(["2013-03-31", "2013-04-01", *self.around_birth])
        return self.draw.choice(self.days).isoformat()

    def code(self, *codes: str | None) -> str | None:
        return self.draw.choice(codes)

    def tables(self, children: int) -> Tables:
        names = [
            f"C{i}" + self.draw.choice(["", "", "", "-", "x" * 17, "y" * 18 + str(i)])
            for i in range(children)
        ]
        tables: Tables = {
            "Header": [{"Year": None, "ReferenceDate": self.day()}],
            "ChildIdentifiers": [self.child(n) for n in names],
            "ChildCharacteristics": [
                {"LAchildID": n, "Ethnicity": self.code("WBRI", "wbri", "NOBT", "XXXX", None)}
                for n in names
            ],
            "Disabilities": [],
            "CINdetails": [],
            "Assessments": [],
            "Section47": [],
            "CINplanDates": [],
            "ChildProtectionPlans": [],
            "Reviews": [],
        }
        few = self.draw.random() < 0.5  # a return in which no child has two disabilities
        for name in names:
            for _ in range(self.some(1 if few else 2)):
                code = self.code("LD", "AUT", "NONE", "ld", None)
                tables["Disabilities"].append({"LAchildID": name, "Disability": code})
            for _ in range(self.some(3)):
                self.case(tables, name)
        for rows in tables.values():
            self.draw.shuffle(rows)
        if self.draw.random() < 0.5:
            tables["ChildIdentifiers"].append({**tables["ChildIdentifiers"][0]})
        return {name: rows for name, rows in tables.items() if rows}

    def some(self, most: int) -> int:
        return self.draw.randint(0, most)

    def child(self, name: str) -> dict[str, str | None]:
        return {
            "LAchildID": name if self.draw.random() > 0.05 else None,
            "UPN": self.code("A123456789012", "B123456789012", None, None),
            "PersonBirthDate": self.day(0.4),
            "ExpectedPersonBirthDate": self.day(0.6),
            "GenderCurrent": self.code("0", "1", "2", "9", "3", None),
            "Sex": self.code("M", "F", "U", "u", "1", None),
            "PersonDeathDate": self.day(0.5),
        }

    def case(self, tables: Tables, name: str) -> None:
        key: dict[str, str | None] = {
            "LAchildID": name,
            "CINdetailsID": str(len(tables["CINdetails"]) + 1),
        }
        tables["CINdetails"].append(
            {
                **key,
                "CINreferralDate": self.day(0.1),
                "ReferralSource": self.code("1A", "5D", "10", "1a", "5E", None),
                "PrimaryNeedCode": self.code("N1", "N0", "n2", "NX", None),
                "CINclosureDate": self.day(0.5),
                "ReasonForClosure": self.code("RC2", "RC8", "RC9", "RC0", None, None),
                "DateOfInitialCPC": self.day(0.6),
                "ReferralNFA": self.code("0", "0", "1", "false", "true", "2", None),
            }
        )
        if self.draw.random() < 0.05:  # a module whose case is not among the cases
            key = {**key, "CINdetailsID": "x"}
        for _ in range(self.some(2)):
            number = str(len(tables["Assessments"]) + 1)
            start, end = self.day(), self.day()
            tables["Assessments"].append(
                {
                    **key,
                    "AssessmentID": number,
                    "AssessmentActualStartDate": start,
                    "AssessmentAuthorisationDate": end,
                }
            )
        for _ in range(self.some(2)):
            tables["Section47"].append(
                {
                    **key,
                    "S47ActualStartDate": self.day(),
                    "InitialCPCtarget": self.day(),
                    "DateOfInitialCPC": self.day(0.5),
                    "ICPCnotRequired": self.code("0", "1", "true", "false", None),
                }
            )
        for _ in range(self.some(2)):
            start, end = self.day(0.1), self.day(0.3)
            tables["CINplanDates"].append({**key, "CINPlanStartDate": start, "CINPlanEndDate": end})
        for _ in range(self.some(2)):
            self.plan(tables, key)

    def plan(self, tables: Tables, key: dict[str, str | None]) -> None:
        key = {**key, "CPPID": str(len(tables["ChildProtectionPlans"]) + 1)}
        tables["ChildProtectionPlans"].append(
            {
                **key,
                "CPPstartDate": self.day(0.1),
                "CPPendDate": self.day(0.4),
                "InitialCategoryOfAbuse": self.code("NEG", "MUL", "neg", "XXX", None),
                "LatestCategoryOfAbuse": self.code("PHY", "SAB", "emo", "N", None),
                "NumberOfPreviousCPP": self.code("0", "1", None),
            }
        )
        for _ in range(self.some(2)):
            tables["Reviews"].append({**key, "CPPreviewDate": self.day()})


def _random_returns(sizes: Iterable[int], *, unreadable: bool) -> Iterable[tuple[Tables, int]]:
    for seed, children in enumerate(sizes):
        for year in YEARS:
            yield Maker(seed, year, unreadable=unreadable).tables(children), year


SIZES = (1, 2, 3, 20)


@pytest.mark.parametrize("unreadable", [False, True], ids=["readable", "some-unreadable"])
def test_random_returns_give_the_findings_of_a_plain_recount(unreadable: bool) -> None:
    agreed: Counter[str] = Counter()
    sizes = SIZES[-1:] if unreadable else SIZES
    for tables, year in _random_returns(sizes, unreadable=unreadable):
        both, only_ours, only_recount = differences(tables, tables, year)
        assert (only_ours, only_recount) == (set(), set()), (year, tables)
        agreed.update(rule for rule, _, _ in both)
    of_the_whole = {"2883", "2888Q"}  # hardly ever fail in returns of many children
    expected = set(oracle.ORACLES) - (of_the_whole if unreadable else set())
    assert set(agreed) >= expected, "each rule must fail somewhere"


def test_part_of_a_year_gives_the_findings_of_a_plain_recount() -> None:
    for seed in range(2):
        tables = Maker(seed, 2025, unreadable=False).tables(12)
        period = (date(2024, 4, 2), date(2025, 3, 30))  # days that the maker likes
        both, only_ours, only_recount = differences(tables, tables, 2025, period)
        assert (only_ours, only_recount) == (set(), set())
        assert both != differences(tables, tables, 2025)[0]


def test_every_rule_is_recounted_and_every_recount_is_of_a_rule() -> None:
    assert {rule.number for rule in rules("cin")} == set(oracle.ORACLES)


@pytest.mark.parametrize("year", YEARS)
def test_every_rule_runs_on_a_whole_return_of_the_year(year: int) -> None:
    _, ran = ours(Maker(0, year, unreadable=False).tables(30), year)
    assert ran == set(oracle.ORACLES) - (set() if year >= 2025 else {"1570", "1580"})


# Real files and a council that does not exist


def _as_read(path: Path) -> tuple[returns.ReadReturn, Tables]:
    found = returns.read(path, collection="cin")
    return found, {name: frame.to_dicts() for name, frame in found.tables.items()}


SAMPLES = (
    "cin_peer_fake/CIN2rows.xml",
    "cin_peer_fake/CIN_Census_2021.xml",
    "cin_peer_fake/CIN_Census_2021_copy.xml",
    "cin_peer_fake/CIN_Census_2021_no_assessment_factors.xml",
    "cin_peer_fake/CIN_Census_2024.xml",
    "cin_peer_fake/CIN_header_issues_100.xml",
    "cin_peer_fake/CIN_la_issues_2887Q.xml",
    "cin_peer_fake/fake_CIN_data.xml",
    "liia/cin-2022.xml",
)


def test_an_invented_council_gives_the_findings_of_a_plain_recount(tmp_path: Path) -> None:
    synthetic.write(
        tmp_path, councils=["857"], first_year=2025, last_year=2025, errors=0.05, need_share=0.2
    )
    for year in (2025,):
        found, tables = _as_read(tmp_path / "857" / "cin" / str(year) / "cin.xml")
        both, only_ours, only_recount = differences(found, tables, year)
        assert (only_ours, only_recount) == (set(), set()), year
        assert both


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_files_give_the_findings_of_a_plain_recount(samples: Path, name: str) -> None:
    found, tables = _as_read(samples / name)
    for year in {found.year, 2026}:
        source = found if year == found.year else {n: rows for n, rows in tables.items() if rows}
        both, only_ours, only_recount = differences(source, tables, year)
        assert (only_ours, only_recount) == (set(), set()), year
        assert both
