"""Reports of a check: by rule, by child, and as CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping

import polars as pl

from whatworks.returns.model import FAILED, CheckResult
from whatworks.returns.rules.register import rules

CHILD_COLUMN = {
    "ssda903": "CHILD",
    "cin": "LAchildID",
    "csww": "SWENo",
    "annex_a": "Child Unique ID",
    "ssd": "pers_person_id",
}
"""The column that holds the number of whom a record is about: a child, in the workforce census a
social worker."""

PERSON = {
    "ssda903": ("child", "children"),
    "cin": ("child", "children"),
    "csww": ("social worker", "social workers"),
    "annex_a": ("child", "children"),
    "ssd": ("child", "children"),
}
"""Whom a record is about, one and several, as pages and messages call them."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula."""

_UNSEEN = "\x00\u200b\u200c\u200d\u2060\ufeff"
"""What some spreadsheets drop from the start of a cell, beside white space."""


def described(result: CheckResult, frame: pl.DataFrame | None = None) -> pl.DataFrame:
    """A frame that has a column rule (the findings by default) with each rule's sentence and
    remedy: the columns as they were, then sentence, remedy."""
    frame = result.findings if frame is None else frame
    words = _words(result)
    return frame.join(words, on="rule", how="left", maintain_order="left")


def by_rule(result: CheckResult) -> pl.DataFrame:
    """Every rule with its outcome in words: rule, severity, state, reason, n_rows, sentence,
    remedy; failed rules first, those with most rows first."""
    place = pl.col("state").replace_strict(
        {"failed": 0, "could_not_run": 1, "passed": 2, "not_applicable": 3}, default=4
    )
    return described(result, result.rules).sort(
        place, pl.col("n_rows"), descending=[False, True], maintain_order=True
    )


def by_child(result: CheckResult, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Findings by child: child, rule, severity, table, row, sentence, remedy.

    ``tables`` are the return's tables, text or typed. ``child`` is the council's own number, null
    where a finding is of no child; hiding it is for whoever shows it. Sorted by child, then in
    the order of the findings.
    """
    column = CHILD_COLUMN[result.collection]
    known = [
        frame.select(
            pl.lit(name).alias("table"),
            pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("row"),
            pl.col(column).cast(pl.String).alias("child"),
        )
        for name, frame in tables.items()
        if column in frame.columns
    ]
    found = described(result)
    if known:
        found = found.join(pl.concat(known), on=["table", "row"], how="left", maintain_order="left")
    else:
        found = found.with_columns(child=pl.lit(None, dtype=pl.String))
    wanted = ["child", "rule", "severity", "table", "row", "sentence", "remedy"]
    return found.select(wanted).sort("child", nulls_last=True, maintain_order=True)


def children(result: CheckResult, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """How much there is to put right for each child: child, n_errors, n_queries, n_rules; those
    with most errors first."""
    found = by_child(result, tables).filter(pl.col("child").is_not_null())
    counted = found.group_by("child").agg(
        n_errors=(pl.col("severity") == "error").sum().cast(pl.Int64),
        n_queries=(pl.col("severity") == "query").sum().cast(pl.Int64),
        n_rules=pl.col("rule").n_unique().cast(pl.Int64),
    )
    return counted.sort("n_errors", "n_queries", "child", descending=[True, True, False])


def summary(result: CheckResult) -> dict[str, int]:
    """How many rules are in each state, how many findings of each severity, and how many
    problems: passed, failed, could_not_run, not_applicable, errors, queries, problems."""
    states = dict(result.rules.group_by("state").len().iter_rows())
    severities = dict(result.findings.group_by("severity").len().iter_rows())
    names = ("passed", FAILED, "could_not_run", "not_applicable")
    return {
        **{name: int(states.get(name, 0)) for name in names},
        "errors": int(severities.get("error", 0)),
        "queries": int(severities.get("query", 0)),
        "problems": result.problems.height,
    }


def findings_csv(result: CheckResult, tables: Mapping[str, pl.DataFrame] | None = None) -> str:
    """All findings as CSV text, with sentence and remedy, formulas made inert.

    With ``tables``, each finding begins with the child it is of.
    """
    frame = described(result) if tables is None else by_child(result, tables)
    return to_csv(frame)


def rules_csv(result: CheckResult) -> str:
    """The outcome of every rule as CSV text."""
    return to_csv(by_rule(result))


def problems_csv(result: CheckResult) -> str:
    """Everything that could not be read as CSV text."""
    return to_csv(result.problems)


def to_csv(frame: pl.DataFrame) -> str:
    """A frame as CSV text (comma, CRLF) in which no cell can start a formula.

    Text that begins with one of ``FORMULA_STARTS`` gets an apostrophe before it, also where the
    sign is full-width or stands behind spaces; numbers, which cannot hold a formula, stay as they
    are.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([inert(name) for name in frame.columns])
    writer.writerows([inert(cell) for cell in row] for row in frame.iter_rows())
    return out.getvalue()


def inert(cell: object) -> object:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, str) and (cell.startswith(FORMULA_STARTS) or _hides_a_sign(cell)):
        return f"'{cell}"
    return cell


def _hides_a_sign(text: str) -> bool:
    """Whether a formula's sign comes first once what cannot be seen is off; '＝' is '=' too."""
    while (plain := text.strip().lstrip(_UNSEEN)) != text:
        text = plain
    return unicodedata.normalize("NFKC", text[:1]).startswith(FORMULA_STARTS)


def _words(result: CheckResult) -> pl.DataFrame:
    """Sentence and remedy by rule, as they stood in the return's year."""
    words: dict[str, tuple[str, str]] = {}
    for rule in rules(result.collection):
        if rule.number not in words or result.year in rule.years:
            words[rule.number] = (rule.sentence, rule.remedy)
    return pl.DataFrame(
        [(number, *pair) for number, pair in words.items()],
        schema={"rule": pl.String, "sentence": pl.String, "remedy": pl.String},
        orient="row",
    )
