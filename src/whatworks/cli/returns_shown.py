"""How returns, what was found in them and the rules are shown in a terminal."""

from __future__ import annotations

from typing import Any

import polars as pl

from whatworks.cli.output import results, table, to_people
from whatworks.returns.model import FAILED, CheckResult, Note
from whatworks.returns.schema import MONTHLY


def print_notes(notes: tuple[Note, ...]) -> None:
    """What was unusual and was taken all the same."""
    for note in notes:
        if note.code == "sheet":  # where each list was found: in --json, and in every problem
            continue
        where = " · ".join(part for part in (note.file, note.table, note.column) if part)
        to_people.print(f"Note: {where + ': ' if where else ''}{note.text}", markup=False)


def print_problems(problems: pl.DataFrame, most: int = 20) -> None:
    """What could not be read: so many, and the first of them."""
    if problems.is_empty():
        return
    rows = problems.select("file", "table", "row", "column", "value", "problem").head(most).rows()
    table(
        f"{problems.height:,} could not be read",
        ["file", "table", "row", "column", "what was there", "problem"],
        rows,
        numeric=["row"],
    )
    if problems.height > most:
        to_people.print(f"... and {problems.height - most:,} more: --json lists all of them.")


def print_check(result: CheckResult) -> None:
    """What the rules found in a return."""
    from whatworks.returns.rules import rules

    first, last = result.period
    results.print(
        f"{result.collection.upper()} {result.year} ({first:%d %B %Y} to {last:%d %B %Y}), "
        f"{len(result.files)} files"
    )
    print_notes(result.notes)
    print_problems(result.problems)
    if result.collection in MONTHLY:
        results.print("No rules judge what comes month by month: only what cannot be read is told.")
        return
    sentences = {r.number: r.sentence for r in rules(result.collection)}
    states = dict(result.rules.group_by("state").len().rows())
    failed = result.rules.filter(pl.col("state") == FAILED).sort("severity", "rule")
    if failed.height:
        table(
            "Rules that failed",
            ["rule", "severity", "rows", "what is wrong"],
            [
                (r["rule"], r["severity"], r["n_rows"], sentences.get(r["rule"], ""))
                for r in failed.to_dicts()
            ],
            numeric=["rows"],
        )
    unrun = result.rules.filter(pl.col("state") == "could_not_run")
    if unrun.height:
        table("Rules that could not run", ["rule", "why"], unrun.select("rule", "reason").rows())
    results.print(
        f"{states.get('passed', 0)} rules passed, {states.get('failed', 0)} failed, "
        f"{states.get('could_not_run', 0)} could not run, "
        f"{states.get('not_applicable', 0)} do not apply to {result.year}."
    )


def print_rule(doc: dict[str, Any]) -> None:
    """A rule, with its examples."""
    heading = f"Rule {doc['rule']} ({doc['collection']}, {doc['severity']}, years {doc['years']})"
    results.print(heading, style="bold")
    for line in (
        doc["sentence"],
        f"How to put it right: {doc['remedy']}",
        f"Reads: {', '.join(doc['reads'])}.",
        f"How sure we are: {doc['confidence']}. {doc['note']}".rstrip(),
    ):
        results.print(line, markup=False)
    for example in doc["examples"]:
        outcome = "fails" if example["fails"] else "passes"
        results.print(f"\nExample that {outcome}: {example['title']}", markup=False)
        for part in example["tables"]:
            rows = [
                (
                    row["row"],
                    "fails" if row["fails"] else "",
                    *(cell or "" for cell in row["cells"]),
                )
                for row in part["rows"]
            ]
            table(part["name"], ["row", "", *part["columns"]], rows)
