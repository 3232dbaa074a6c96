"""Reports: nothing lost, sentences beside numbers, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest

import whatworks as ww
from whatworks.returns import report

TABLES = {
    "Header": pl.DataFrame({"CHILD": ["A", "=1+1", None], "DOB": ["01/05/2012", "x", None]}),
    "Episodes": pl.DataFrame(
        {
            "CHILD": ["A", "A", "B"],
            "DECOM": ["01/05/2024", "01/06/2024", "01/06/2024"],
            "DEC": [None, None, "01/05/2024"],
            "REC": [None, None, "X1"],
            "RNE": ["S", "P", "S"],
        }
    ),
}


@pytest.fixture(scope="module")
def result() -> ww.returns.CheckResult:
    return ww.returns.check(TABLES, collection="ssda903", year=2025)


def test_every_finding_has_a_sentence_and_a_remedy(result: ww.returns.CheckResult) -> None:
    frame = report.described(result)
    assert frame.select(result.findings.columns).equals(result.findings)
    assert frame["sentence"].null_count() == frame["remedy"].null_count() == 0


def test_by_rule_puts_what_failed_first(result: ww.returns.CheckResult) -> None:
    frame = report.by_rule(result)
    assert frame.height == result.rules.height
    failed = frame.filter(pl.col("state") == "failed")
    assert frame.head(failed.height).equals(failed)
    assert failed["n_rows"].is_sorted(descending=True)


def test_by_child(result: ww.returns.CheckResult) -> None:
    frame = report.by_child(result, TABLES)
    assert frame.height == result.findings.height
    one = frame.filter((pl.col("rule") == "142") & (pl.col("table") == "Episodes"))
    assert one["child"].to_list() == ["A"]
    nameless = frame.filter((pl.col("table") == "Header") & (pl.col("row") == 3))
    assert nameless["child"].null_count() == nameless.height > 0


def test_children_with_most_to_put_right_come_first(result: ww.returns.CheckResult) -> None:
    frame = report.children(result, TABLES)
    assert set(frame["child"]) == {"A", "B", "=1+1"}
    assert frame["n_errors"].is_sorted(descending=True)
    known = report.by_child(result, TABLES).filter(pl.col("child").is_not_null())
    assert frame["n_errors"].sum() + frame["n_queries"].sum() == known.height


def test_summary_counts_everything(result: ww.returns.CheckResult) -> None:
    counts = report.summary(result)
    assert counts["errors"] + counts["queries"] == result.findings.height
    assert counts["problems"] == result.problems.height == 1
    names = ("passed", "failed", "could_not_run", "not_applicable")
    assert sum(counts[name] for name in names) == result.rules.height


def test_exports_can_be_read_back(result: ww.returns.CheckResult) -> None:
    rows = list(csv.reader(io.StringIO(report.findings_csv(result))))
    assert rows[0] == ["rule", "severity", "table", "row", "sentence", "remedy"]
    assert len(rows) == result.findings.height + 1
    assert len(list(csv.reader(io.StringIO(report.rules_csv(result))))) == result.rules.height + 1
    assert "\r\n" in report.problems_csv(result)


def test_formulas_are_inert(result: ww.returns.CheckResult) -> None:
    cells = {row[0] for row in csv.reader(io.StringIO(report.findings_csv(result, TABLES)))}
    assert "'=1+1" in cells
    assert "=1+1" not in cells


@pytest.mark.parametrize(
    "start",
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "\n=",
        " =",
        " \t +",
        "\u00a0=",
        "\ufeff=",
        "\u200b @",
        "\uff1d",
        "\uff0b",
        "\uff0d",
        "\uff20",
        " \uff1d",
    ],
)
def test_whatever_a_formula_can_start_with(start: str) -> None:
    frame = pl.DataFrame({"a": [f"{start}cmd", "safe", None], f"{start}b": [-1, 2, None]})
    rows = list(csv.reader(io.StringIO(report.to_csv(frame), newline="")))
    assert rows[0] == ["a", f"'{start}b"]
    assert rows[1] == [f"'{start}cmd", "-1"]
    assert rows[2] == ["safe", "2"]
    assert rows[3] == ["", ""]


def test_a_result_without_tables_of_children(result: ww.returns.CheckResult) -> None:
    assert report.by_child(result, {})["child"].null_count() == result.findings.height
