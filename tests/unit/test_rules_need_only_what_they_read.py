"""A rule runs on the tables and columns that it reads; nothing else that is missing stops it.

Councils check what they have: one table, a few columns, a part of a year.
"""

from __future__ import annotations

import polars as pl
import pytest

from whatworks import returns
from whatworks.returns.rules import Example, Rule, rules

CASES = [(rule, example) for rule in rules() for example in rule.examples]


def _id(value: object) -> str:
    if isinstance(value, Rule):
        return f"{value.collection}-{value.number}-{value.years.first}"
    return value.title[:40] if isinstance(value, Example) else str(value)


def _year(rule: Rule, example: Example) -> int:
    if example.year is not None:
        return example.year
    return 2025 if 2025 in rule.years else rule.years.first


def _cut(example: Example, columns: set[str]) -> dict[str, pl.DataFrame]:
    """The example's tables with these 'Table.COLUMN's and no others; absent cells are blank."""
    cut = {}
    for table in {read.split(".")[0] for read in columns}:
        kept = sorted(read.split(".")[1] for read in columns if read.startswith(f"{table}."))
        records = example.tables.get(table, ())
        rows = [{column: record.get(column) for column in kept} for record in records]
        cut[table] = pl.DataFrame(rows, schema=dict.fromkeys(kept, pl.String))
    return cut


def _findings(tables: dict[str, pl.DataFrame], rule: Rule, year: int) -> set[tuple[object, ...]]:
    """What the rule finds; asserts that it ran."""
    result = returns.check(tables, collection=rule.collection, year=year, rules=[rule.number])
    state, reason = result.rules.select("state", "reason").row(0)
    assert state in {"passed", "failed"}, reason
    assert result.rules.height == 1
    return set(result.findings.select("table", "row").iter_rows())


@pytest.mark.parametrize(("rule", "example"), CASES, ids=_id)
def test_a_rule_runs_on_what_it_reads_and_finds_the_same(rule: Rule, example: Example) -> None:
    expected = {(table, row) for table, rows in example.fails.items() for row in rows}
    year = _year(rule, example)
    assert _findings(_cut(example, set(rule.reads)), rule, year) == (
        {(None, None)} if example.whole else expected
    )


@pytest.mark.parametrize(("rule", "example"), [c for c in CASES if c[0].optional], ids=_id)
def test_a_rule_runs_without_what_it_calls_optional(rule: Rule, example: Example) -> None:
    needed = set(rule.reads) - set(rule.optional)
    _findings(_cut(example, needed), rule, _year(rule, example))


NUMBERS_OF_CASES_AND_PLANS = {"CINdetailsID", "AssessmentID", "CPPID"}


@pytest.mark.parametrize("rule", rules("cin"), ids=_id)
def test_no_census_rule_needs_numbers_that_only_reading_gives(rule: Rule) -> None:
    needed = set(rule.reads) - set(rule.optional)
    assert not {read.split(".")[1] for read in needed} & NUMBERS_OF_CASES_AND_PLANS


def test_without_their_numbers_modules_are_matched_by_child() -> None:
    tables = {
        "CINdetails": pl.DataFrame(
            {"LAchildID": ["A", "B"], "CINclosureDate": ["2024-06-01", None]}
        ),
        "Assessments": pl.DataFrame(
            {
                "LAchildID": ["A", "A", "B"],
                "AssessmentAuthorisationDate": [None, "2024-05-01", None],
            },
            schema_overrides={"AssessmentAuthorisationDate": pl.String},
        ),
    }
    result = returns.check(tables, collection="cin", year=2025, rules=["8867"])
    assert set(result.findings.select("table", "row").iter_rows()) == {
        ("Assessments", 1),
        ("CINdetails", 1),
    }


def test_reviews_without_a_plans_number_are_matched_by_case() -> None:
    tables = {
        "ChildProtectionPlans": pl.DataFrame(
            {
                "LAchildID": ["A", "A"],
                "CINdetailsID": ["1", "2"],
                "CPPstartDate": ["2024-06-01", "2024-09-01"],
            }
        ),
        "Reviews": pl.DataFrame(
            {"LAchildID": ["A"], "CINdetailsID": ["1"], "CPPreviewDate": ["2024-07-01"]}
        ),
    }
    result = returns.check(tables, collection="cin", year=2025, rules=["8841"])
    assert result.rules["state"].to_list() == ["passed"]
