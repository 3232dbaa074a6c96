"""Rules against what others say of them: gathered facts, and another validator's findings.

``data/ssda903_other_validator.json`` holds four returns invented at random for this test, and the
rows in which another public validator (named in the file; MIT licence) found its rules to fail.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import whatworks as ww
from whatworks.returns.rules import rules

DATA = Path(__file__).parent / "data" / "ssda903_other_validator.json"
RETURNS = json.loads(DATA.read_text(encoding="utf-8"))["returns"]
OUR_OWN = {"WW01"}


def _frames(tables: dict[str, Any]) -> dict[str, pl.DataFrame]:
    return {
        name: pl.DataFrame(
            table["rows"], schema=dict.fromkeys(table["columns"], pl.String), orient="row"
        )
        for name, table in tables.items()
    }


@pytest.mark.parametrize("number", range(len(RETURNS)))
def test_another_validator_finds_the_same_rows(number: int) -> None:
    one = RETURNS[number]
    result = ww.returns.check(_frames(one["tables"]), collection="ssda903", year=one["year"])
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for rule, table, row in result.findings.select("rule", "table", "row").iter_rows():
        found[rule][table].append(row)
    compared = set(one["findings"]) | set(one["silent"])
    ran = set(result.rules.filter(pl.col("state").is_in(["passed", "failed"]))["rule"])
    assert compared <= ran
    assert len(one["findings"]) > 40
    for rule in sorted(compared):
        assert {t: sorted(rows) for t, rows in found[rule].items()} == one["findings"].get(
            rule, {}
        ), rule


@pytest.mark.parametrize("collection", ["ssda903", "cin"])
def test_numbers_years_and_tables_are_those_gathered(
    collection: str, shared_reference: Path
) -> None:
    folder = shared_reference / collection
    with (folder / f"{collection}_rules.csv").open(encoding="utf-8", newline="") as file:
        years = {
            r["code"]: [int(y) for y in r["collection_years"].split()] for r in csv.DictReader(file)
        }
    with (folder / f"rows_reported_{collection}.csv").open(encoding="utf-8", newline="") as file:
        reported = {r["code"]: r["rows_reported_in"] for r in csv.DictReader(file)}
    ours: dict[str, set[int]] = defaultdict(set)
    for rule in rules(collection):
        if rule.number in OUR_OWN:
            continue
        expected = reported[rule.number]
        tables = set() if expected == "(whole return)" else set(expected.split("|"))
        assert set(rule.reports) == tables, rule.number
        ours[rule.number] |= {year for year in range(2023, 2028) if year in rule.years}
    for number, in_force in ours.items():
        assert in_force == set(years[number]), number


def test_our_own_sentences_are_not_others(shared_reference: Path) -> None:
    """Facts may be taken over; wording may not."""
    theirs = set()
    for collection, column in (("ssda903", "message_latest"), ("cin", "message")):
        path = shared_reference / collection / f"{collection}_rules.csv"
        with path.open(encoding="utf-8", newline="") as file:
            theirs |= {_words(row[column]) for row in csv.DictReader(file)}
    for rule in rules():
        assert _words(rule.sentence) not in theirs, rule.number


def _words(sentence: str) -> str:
    return " ".join("".join(c for c in sentence.casefold() if c.isalnum() or c == " ").split())
