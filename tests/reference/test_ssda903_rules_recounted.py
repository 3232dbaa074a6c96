"""Every SSDA903 rule that the oracle knows, held equal to it: rule, table and row."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from whatworks import returns, synthetic
from whatworks.returns.rules import rules

from . import ssda903_rule_oracle as oracle

Cells = dict[str, "str | None"]
Tables = dict[str, list[Cells]]
YEARS = (2023, 2024, 2025, 2026)

# A column holds a day ("day"), a date of birth ("birth"), or one of these codes.
SEXES = "1 2 F M U"
FORM: dict[str, dict[str, str]] = {
    "Header": {
        "SEX": SEXES,
        "DOB": "birth",
        "ETHNIC": "WBRI BAFR NOBT REFU OOTH",
        "MOTHER": "0 1 1",
        "MC_DOB": "birth",
        "UASC": "0 1 1 1",
    },
    "Episodes": {
        "DECOM": "day",
        "RNE": "S S L P T U B",
        "LS": "C2 V2 V2 V3 V4 D1 E1 J1",
        "CIN": "N1 N8",
        "PLACE": "P1 P1 P2 P3 H5 K1 K2 K3 U1 U4 U6 A3 A6 R2 R5 T0 T3 T4 S1 Z1 Z11 Z14",
        "PLACE_PROVIDER": "PR0 PR1 PR2 PR3 PR4 PR5",
        "DEC": "day",
        "REC": "X1 X1 X1 E11 E12 E13 E15 E17 E2 E45 E48 E5 E6 E7 E8 E43",
        "REASON_PLACE_CHANGE": "CARPL CUSTOD PLACE",
    },
    "Reviews": {"DOB": "birth", "REVIEW": "day", "REVIEW_CODE": "PN0 PN0 PN1 PN7"},
    "UASC": {"SEX": SEXES, "DOB": "birth", "DUC": "day"},
    "OC2": {
        "DOB": "birth",
        "SDQ_SCORE": "0 40 41 -1 12",
        "SDQ_REASON": "SDQ1 SDQ5 SDQ6",
        "SUBSTANCE_MISUSE": "0 1 1",
        "INTERVENTION_RECEIVED": "0 1",
        "INTERVENTION_OFFERED": "0 1",
    },
    "OC3": {
        "DOB": "birth",
        "IN_TOUCH": "YES NO DIED RHOM",
        "ACTIV": "F1 F4 P3 G4 0",
        "ACCOM": "B1 X2 0",
    },
    "AD1": {
        "DOB": "birth",
        "DATE_INT": "day",
        "DATE_MATCH": "day",
        "FOSTER_CARE": "0 1",
        "NB_ADOPTR": "1 2",
        "SEX_ADOPTR": "MM FF MF M1 F1",
        "LS_ADOPTR": "L0 L11 L12 L2 L3 L4",
    },
    "PlacedAdoption": {
        "DOB": "birth",
        "DATE_PLACED": "day",
        "DATE_PLACED_CEASED": "day",
        "REASON_PLACED_CEASED": "RD1 RD4",
    },
    "PrevPerm": {"DOB": "birth", "PREV_PERM": "P1 P4 Z1", "LA_PERM": "816", "DATE_PERM": "day"},
    "Missing": {"DOB": "birth", "MISSING": "M A", "MIS_START": "day", "MIS_END": "day"},
}
AGES = (0, 4, 10, 11, 14, 16, 18, 25, 26)
OLD = (date(1991, 10, 13), date(1991, 10, 14), date(2005, 11, 30), date(2005, 12, 31))


def days(year: int) -> list[date]:
    """Few days, so that many are the same, and on both sides of every boundary."""
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    near = [first + timedelta(n) for n in (-40, -1, 0, 1, 100, 101, 102, 300)]
    return [*near, *near, last, last + timedelta(1), date(year - 1, 2, 28), *OLD, date(2006, 1, 1)]


def a_cell(rng: random.Random, kind: str, year: int) -> str | None:
    if rng.random() < 0.12:
        return None
    if rng.random() < 0.03:
        return rng.choice(["31/02/2024", "ZZ", "1.5"])
    if kind == "day":
        return f"{rng.choice(days(year)):%d/%m/%Y}"
    if kind == "birth":
        leap = date(2004, 2, 29)
        day = rng.choice([*(d for d in days(year) if d.year > 2010), leap])
        born = day if day == leap else oracle.birthday(day, -rng.choice(AGES))
        return f"{born:%d/%m/%Y}"
    return rng.choice(kind.split())


def dense(year: int, children: int = 250) -> Tables:
    """Children with a few rows each, full of ties, blanks, slips and days on a boundary."""
    rng = random.Random(f"dense {year}")
    made: Tables = {table: [] for table in FORM}
    for n in range(children):
        birth = a_cell(rng, "birth", year)
        for table, columns in FORM.items():
            most = {"Header": (1, 1, 1, 1, 2, 0), "Episodes": (0, 1, 2, 3, 4, 5)}.get(
                table, (0, 0, 1, 1, 2)
            )
            for _ in range(rng.choice(most)):
                row = {c: a_cell(rng, kind, year) for c, kind in columns.items()}
                if "DOB" in row and rng.random() < 0.8:
                    row["DOB"] = birth
                made[table].append({"CHILD": f"C{n}" if rng.random() < 0.99 else None, **row})
    for rows in made.values():
        rng.shuffle(rows)
    return made


def damaged(tables: Tables, year: int) -> Tables:
    """The tables with one cell in 25 blank, of another row, or of the dense tables' kind."""
    rng = random.Random(f"damaged {year}")
    tables = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    for table, rows in tables.items():
        for row in rows:
            for column in row:
                if column == "CHILD" or rng.random() > 0.04:
                    continue
                kind = FORM.get(table, {}).get(column)
                row[column] = (
                    a_cell(rng, kind, year)
                    if kind and rng.random() < 0.5
                    else rng.choice([None, rng.choice(rows)[column]])
                )
    return tables


def as_dicts(frames: dict[str, pl.DataFrame]) -> Tables:
    return {name: frame.to_dicts() for name, frame in frames.items()}


def checked(tables: Tables, year: int) -> set[tuple[str, str | None, int | None]]:
    source = {
        name: pl.DataFrame(rows, schema=dict.fromkeys(["CHILD", *FORM[name]], pl.String))
        if not rows
        else pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
        for name, rows in tables.items()
        if rows or name in FORM
    }
    result = returns.check(source, collection="ssda903", year=year)
    found = result.findings.filter(pl.col("rule").is_in(list(oracle.RULES)))
    return set(found.select("rule", "table", "row").iter_rows())


def equal(tables: Tables, year: int) -> set[tuple[str, str, int]]:
    """Hold the rules to the oracle; gives what was found."""
    complete = {**{name: [] for name in FORM}, **tables}
    ours = checked(complete, year)
    theirs: set[tuple[str, str, int]] = oracle.findings(complete, year)
    assert sorted(ours - theirs) == []
    assert sorted(theirs - ours) == []
    return theirs


@pytest.fixture(scope="module")
def synthetic_returns(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Tables]:
    out = tmp_path_factory.mktemp("england") / "out"
    synthetic.write(
        out, councils=["816"], scale=0.3, errors=0.05, first_year=YEARS[0], last_year=YEARS[-1]
    )
    return {
        year: as_dicts(returns.read(out / "816" / "ssda903" / str(year), year=year).tables)
        for year in YEARS
    }


@pytest.mark.parametrize("year", YEARS)
def test_a_synthetic_council_with_damaged_cells(
    year: int, synthetic_returns: dict[int, Tables]
) -> None:
    tables = synthetic_returns[year]
    assert equal(tables, year)
    assert equal(damaged(tables, year), year)


def test_dense_tables_and_every_rule_fails_somewhere() -> None:
    found: set[str] = set()
    for year in YEARS:
        found |= {rule for rule, _, _ in equal(dense(year), year)}
    assert found == set(oracle.RULES)
    assert found <= {one.number for one in rules("ssda903")}


def test_the_files_of_another_project(samples: Path) -> None:
    folder = samples / "ssda903_peer_fake"
    names = (
        "header episodes reviews uasc oc2 oc3 ad1 placed_for_adoption previous_permanence missing"
    )
    read = returns.read([folder / f"{name}.csv" for name in names.split()], year=2023)
    assert equal(as_dicts(read.tables), 2023)
