"""Checking a return: read it, type it, judge it by the rules of its year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from whatworks.returns.model import (
    FINDING_SCHEMA,
    PROBLEM_SCHEMA,
    RULE_SCHEMA,
    CheckResult,
    Note,
    ReadReturn,
    ReturnsError,
    SourceFile,
    empty_frame,
)
from whatworks.returns.period import period_of, year_of
from whatworks.returns.rules.evaluate import evaluate
from whatworks.returns.rules.model import Rule, Setting
from whatworks.returns.rules.register import rules as all_rules
from whatworks.returns.schema import MONTHLY

Period = tuple[date, date]
Tables = Mapping[str, pl.DataFrame]


def check(
    source: Any,
    *,
    collection: str | None = None,
    year: int | None = None,
    period: Period | None = None,
    previous: Any = None,
    council: str | None = None,
    rules: Collection[str] | None = None,
    providers: Any = None,
    postcodes: Any = None,
    month: str | None = None,
    as_at: date | str | None = None,
) -> CheckResult:
    """Check a return without keeping it.

    source: a path or paths, a zip or a folder; {table name: data frame of text columns exactly as
    in the file}; or a return already read. year: the collection year (2026 = 1 April 2025 to 31
    March 2026). period: (first, last) day if the data covers another span, such as part of a
    year. previous: last year's return, in any form that source may have. rules: only these
    numbers. providers, postcodes: frames to look up; used by rules that need them. month, as_at:
    see ``read``; what comes month by month has no rules, and only what cannot be read is told.

    Missing tables and columns are never fatal: rules that need them could not run, and say why.
    Raises NotAReturn when nothing could be read, ReturnsError for a number that no rule has or a
    period whose days are the wrong way round.
    """
    from whatworks.returns.reading import parts_of
    from whatworks.returns.typing import type_tables

    if year is None and period is not None:
        year = year_of(period[1], collection or "ssda903")
    found = _read(source, collection, year, council, month=month, as_at=as_at)
    typed, problems, notes = type_tables(
        found.tables, collection=found.collection, year=found.year, files=parts_of(found)
    )
    last_year: Tables | None = None
    if previous is not None:
        before = _read(previous, found.collection, found.year - 1, council)
        last_year, _, _ = type_tables(before.tables, collection=before.collection, year=before.year)
    return check_typed(
        typed,
        collection=found.collection,
        year=found.year,
        council=found.council,
        period=period,
        files=found.files,
        problems=pl.concat([found.problems, problems]),
        notes=(*found.notes, *notes),
        previous=last_year,
        rules=rules,
        providers=providers,
        postcodes=postcodes,
    )


def check_typed(
    typed: Tables,
    *,
    collection: str,
    year: int,
    council: str | None = None,
    period: Period | None = None,
    files: Sequence[SourceFile] = (),
    problems: pl.DataFrame | None = None,
    notes: Sequence[Note] = (),
    previous: Tables | None = None,
    rules: Collection[str] | None = None,
    providers: Any = None,
    postcodes: Any = None,
) -> CheckResult:
    """Check tables that are typed already, as the store keeps them; see ``check``."""
    start, end = period if period is not None else period_of(collection, year)
    if start > end:
        raise ReturnsError(f"The period ends ({end}) before it begins ({start}).")
    chosen = chosen_rules(collection, year, rules)
    if chosen:
        setting = Setting(collection, year, start, end, council)
        states, findings = evaluate(with_derived(collection, typed), setting=setting, rules=chosen)
    else:
        states, findings = empty_frame(RULE_SCHEMA), empty_frame(FINDING_SCHEMA)
    given = {"previous": previous, "providers": providers, "postcodes": postcodes}
    return CheckResult(
        collection=collection,
        year=year,
        council=council,
        period=(start, end),
        files=tuple(files),
        rules=states,
        findings=findings,
        problems=empty_frame(PROBLEM_SCHEMA) if problems is None else problems,
        notes=(*notes, *_unused(given)),
    )


def _read(
    source: Any,
    collection: str | None,
    year: int | None,
    council: str | None,
    *,
    month: str | None = None,
    as_at: date | str | None = None,
) -> ReadReturn:
    if isinstance(source, ReadReturn):
        return source if year is None else replace(source, year=year)
    from whatworks.returns.reading import read

    return read(source, collection=collection, year=year, council=council, month=month, as_at=as_at)


def chosen_rules(collection: str, year: int, numbers: Collection[str] | None = None) -> list[Rule]:
    """One rule for each number: that in force in the year, else the one in force last.

    Raises ReturnsError for a number that no rule of the collection has.
    """
    by_number: dict[str, Rule] = {}
    for rule in () if collection in MONTHLY else all_rules(collection):
        if rule.number not in by_number or year in rule.years:
            by_number[rule.number] = rule
    if numbers is None:
        return list(by_number.values())
    wanted = {str(n) for n in ([numbers] if isinstance(numbers, str) else numbers)}
    unknown = sorted(wanted - set(by_number))
    if unknown:
        raise ReturnsError(
            f"No rule of {collection} has the number {_listed(unknown)}. "
            "List the rules to see those there are."
        )
    return [rule for number, rule in by_number.items() if number in wanted]


def with_derived(collection: str, typed: Tables) -> Tables:
    """The tables with Header.UASC worked out where it was not sent (1: the child is in UASC)."""
    if collection != "ssda903" or not {"Header", "UASC"} <= set(typed):
        return typed
    header, uasc = typed["Header"], typed["UASC"]
    if "UASC" in header.columns or "CHILD" not in header.columns or "CHILD" not in uasc.columns:
        return typed
    listed = pl.col("CHILD").is_in(uasc["CHILD"].drop_nulls().unique().implode())
    status = pl.when(listed.fill_null(value=False)).then(pl.lit("1")).otherwise(pl.lit("0"))
    return {**typed, "Header": header.with_columns(UASC=status)}


_UNUSED = {
    "previous": "Last year's return was given, but no rule that is here yet compares the two.",
    "providers": "A list of providers was given, but no rule that is here yet looks at it.",
    "postcodes": "A list of postcodes was given, but no rule that is here yet looks at it.",
}


def _unused(given: Mapping[str, Any]) -> Iterable[Note]:
    """Say what was given and not looked at, rather than pass over it."""
    return [
        Note(f"{name}_not_used", text) for name, text in _UNUSED.items() if given[name] is not None
    ]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
