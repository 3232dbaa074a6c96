"""Evaluating rules: all of a view in one pass, failing rows gathered into one long table."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
import polars as pl

from whatworks import tables as t
from whatworks.returns.model import (
    COULD_NOT_RUN,
    FAILED,
    FINDING_SCHEMA,
    NOT_APPLICABLE,
    PASSED,
    ROW,
    RULE_SCHEMA,
    UNREADABLE_SUFFIX,
)
from whatworks.returns.rules.model import Rule, Setting
from whatworks.returns.rules.register import views
from whatworks.returns.schema import all_tables, tables
from whatworks.returns.views import POLARS_TYPES, Frames, View, complete

CHUNK = 80
"""How many rules of a view are evaluated in one pass."""

FAULT = "An internal fault stopped this rule; the other rules ran. Please report the rule's number."

Found = tuple[str, "str | None", "pl.Series | None"]
Outcome = tuple[str, "str | None"]


class RuleFault(RuntimeWarning):
    """A rule crashed. The warning names the rule and the kind of fault, never a record."""


def evaluate(
    typed: Mapping[str, pl.DataFrame],
    *,
    setting: Setting,
    rules: Sequence[Rule],
    present: Mapping[str, Iterable[str]] | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Run ``rules`` over the typed tables of one return.

    ``present`` names the columns that the return really held, by table; by default those of the
    typed tables. Gives the frame of rules (rule, severity, state, reason, n_rows) and that of
    findings (rule, severity, table, row). A crash in one rule is contained: that rule could not
    run, and a ``RuleFault`` warning says so.
    """
    held = {name: set(columns) for name, columns in (present or _columns(typed)).items()}
    states: dict[str, Outcome] = {}
    ready: list[Rule] = []
    for rule in rules:
        hindrance = _hindrance(rule, setting, held)
        if hindrance is None:
            ready.append(rule)
        else:
            states[rule.number] = hindrance
    found: list[Found] = []
    frames = complete(setting.collection, typed)
    for rule, outcome in _run(ready, frames, setting):
        if outcome is None:
            states[rule.number] = (COULD_NOT_RUN, FAULT)
        else:
            found.extend(outcome)
    findings = _findings(found, rules)
    return _summary(rules, states, findings), findings


def _columns(typed: Mapping[str, pl.DataFrame]) -> dict[str, list[str]]:
    return {name: frame.columns for name, frame in typed.items()}


def _hindrance(rule: Rule, setting: Setting, held: Mapping[str, set[str]]) -> Outcome | None:
    """Why a rule is not run on this return, if it is not."""
    if setting.year not in rule.years:
        return NOT_APPLICABLE, f"In force {rule.years}; this is a return of {setting.year}."
    for read in rule.reads:
        table, column = read.split(".", 1)
        if table in held and column in held[table]:
            continue
        if read in rule.optional:
            continue
        form = tables(setting.collection, setting.year)
        if table not in form:
            return NOT_APPLICABLE, f"The form of {setting.year} has no table {table}."
        if column not in form[table]:
            return NOT_APPLICABLE, f"{table} of {setting.year} has no column {column}."
        return COULD_NOT_RUN, _missing(table, column, held)
    return None


def _missing(table: str, column: str, held: Mapping[str, set[str]]) -> str:
    """What was not sent, and what to do."""
    if table not in held:
        return f"The return holds no {table}. Add that table and check again."
    if (table, column) == ("Header", "UASC"):
        return (
            "Who came alone to seek asylum is told by the table UASC, which the return does not "
            "hold. Add that table and check again."
        )
    return f"The table {table} has no column {column}. Add that column and check again."


def _run(
    rules: Sequence[Rule], frames: Frames, setting: Setting
) -> Iterator[tuple[Rule, list[Found] | None]]:
    by_view: dict[str | None, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_view[rule.view].append(rule)
    for rule in by_view.pop(None, []):
        yield rule, _contained(rule, lambda r: _over_tables(r, frames, setting))
    known = views(setting.collection)
    for name, members in by_view.items():
        yield from _over_view(known[str(name)], members, frames, setting)


def _contained(rule: Rule, work: Any) -> list[Found] | None:
    try:
        result: list[Found] = work(rule)
    except Exception as fault:
        warnings.warn(
            f"rule {rule.collection} {rule.number} crashed: {type(fault).__name__}",
            RuleFault,
            stacklevel=2,
        )
        return None
    return result


def _over_view(
    view: View, rules: Sequence[Rule], frames: Frames, setting: Setting
) -> Iterator[tuple[Rule, list[Found] | None]]:
    try:
        rows = view.build(frames, setting.start, setting.end)
    except Exception:
        for rule in rules:
            yield rule, _contained(rule, lambda _: view.build(frames, setting.start, setting.end))
        return
    for first in range(0, len(rules), CHUNK):
        chunk = rules[first : first + CHUNK]
        try:
            results = _failing(view, rows, chunk, setting)
        except Exception:
            for rule in chunk:
                yield (
                    rule,
                    _contained(rule, lambda r: _failing(view, rows, [r], setting)[0]),
                )
            continue
        yield from zip(chunk, results, strict=True)


def _failing(
    view: View, rows: pl.DataFrame, rules: Sequence[Rule], setting: Setting
) -> list[list[Found]]:
    """For each rule, the row numbers in which it fails, by table."""
    flags = [_flag(view, rule, setting).alias(f"__{i}") for i, rule in enumerate(rules)]
    flagged: pl.DataFrame = t.native(t.frame(rows).select(*flags))
    counts = flagged.select(pl.all().sum()).row(0)
    results: list[list[Found]] = []
    for i, (rule, count) in enumerate(zip(rules, counts, strict=True)):
        here: list[Found] = []
        if count:
            failing = rows.filter(flagged[f"__{i}"])
            for table, columns in rule.reports.items():
                numbers = pl.concat([failing[column] for column in columns])
                here.append((rule.number, table, numbers.drop_nulls().unique()))
        results.append(here)
    return results


def _flag(view: View, rule: Rule, setting: Setting) -> nw.Expr:
    """The rule's expression, false in rows that it must skip because a cell is unreadable."""
    expression: nw.Expr = rule.judge(setting)
    if rule.validity:
        return expression
    skipped = [
        t.unreadable(view.column(read))
        for read in rule.reads
        if view.shows(read) and _may_be_unreadable(rule.collection, read)
    ]
    return expression & ~reduce(or_, skipped) if skipped else expression


def _may_be_unreadable(collection: str, read: str) -> bool:
    table, column = read.split(".", 1)
    return all_tables(collection)[table].column(column).kind in POLARS_TYPES


def _over_tables(rule: Rule, frames: Frames, setting: Setting) -> list[Found]:
    readable = {table: _readable(rule, table, frames[table]) for table in _tables_read(rule)}
    answer = rule.judge({name: t.frame(rows) for name, rows in readable.items()}, setting)
    if rule.whole_return:
        return [(rule.number, None, None)] if bool(answer) else []
    keys = t.collect(answer)
    found: list[Found] = []
    for table, columns in rule.reports.items():
        rows = readable.get(table, frames[table])
        failing = rows.join(
            keys.unique(), left_on=columns, right_on=keys.columns, how="semi", nulls_equal=True
        )
        found.append((rule.number, table, failing[ROW].unique()))
    return found


def _tables_read(rule: Rule) -> list[str]:
    return list(dict.fromkeys(read.split(".", 1)[0] for read in rule.reads))


def _readable(rule: Rule, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    if rule.validity:
        return rows
    flags = [
        read.split(".", 1)[1] + UNREADABLE_SUFFIX
        for read in rule.reads
        if read.startswith(f"{table}.") and _may_be_unreadable(rule.collection, read)
    ]
    return rows.filter(~pl.any_horizontal(flags)) if flags else rows


def _findings(found: Sequence[Found], rules: Sequence[Rule]) -> pl.DataFrame:
    """One row a finding, sorted by rule (in the order given), table and row."""
    place = {rule.number: i for i, rule in enumerate(rules)}
    severity = {rule.number: rule.severity for rule in rules}
    parts = [
        pl.DataFrame({ROW: rows if rows is not None else [None]}, schema={ROW: pl.Int64}).select(
            pl.lit(place[number]).alias("__place"),
            pl.lit(number).alias("rule"),
            pl.lit(severity[number]).alias("severity"),
            pl.lit(table, dtype=pl.String).alias("table"),
            pl.col(ROW).alias("row"),
        )
        for number, table, rows in found
    ]
    if not parts:
        return pl.DataFrame(schema=dict(FINDING_SCHEMA))
    everything = pl.concat(parts).sort("__place", "table", "row")
    return everything.select(list(FINDING_SCHEMA))


def _summary(
    rules: Sequence[Rule], states: Mapping[str, Outcome], findings: pl.DataFrame
) -> pl.DataFrame:
    counted = dict(findings.group_by("rule").len().iter_rows())
    rows = []
    for rule in rules:
        n_rows = int(counted.get(rule.number, 0))
        state, reason = states.get(rule.number, (FAILED if n_rows else PASSED, None))
        rows.append((rule.number, rule.severity, state, reason, n_rows))
    return pl.DataFrame(rows, schema=dict(RULE_SCHEMA), orient="row")
