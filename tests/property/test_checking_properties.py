"""What must not change what is found: the order of rows, further columns, children's numbers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import whatworks as ww
from whatworks.returns.schema import all_tables, tables

START = date(2024, 4, 1)
YEAR = 2025
Return = dict[str, pl.DataFrame]

CODES = {
    "RNE": ["S", "P", "L", "Q", None],
    "LS": ["C2", "V2", "V3", "E1", None],
    "PLACE": ["U4", "P1", "T1", "Z1", "K9", None],
    "PLACE_PROVIDER": ["PR0", "PR1", None],
    "REC": ["X1", "X1", "E4A", "E2", "E17", None],
    "SEX": ["F", "M", "1", None],
    "MOTHER": ["0", "1", None],
    "MISSING": ["M", "A", "x", None],
    "ReferralNFA": ["0", "0", "1", "false", None],
    "ReasonForClosure": ["RC1", "RC9", "q", None],
    "Sex": ["M", "U", None],
    "ICPCnotRequired": ["0", "true", None],
}
IDS = {"CHILD", "LAchildID"}


def _cell(rng: random.Random, column: Any, row: int) -> str | None:
    if column.name in IDS:
        return rng.choice(["A", "B", "C", "D", "D", None] if rng.random() < 0.1 else "ABCD")
    if column.name in {"CINdetailsID", "CPPID", "AssessmentID"}:
        return str(row)
    if column.kind == "date":
        day = START + timedelta(days=rng.choice([-400, -1, 0, 1, 30, 31, 60, 364, 365]))
        return rng.choice([f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y}", None, "31/02/2024"])
    if column.kind == "integer":
        return rng.choice(["0", "1", "41", "x", None])
    return rng.choice(CODES.get(column.name, ["N1", "1", None]))


def _return(collection: str, seed: int) -> Return:
    rng = random.Random(seed)
    made: Return = {}
    for name, form in tables(collection, YEAR).items():
        height = rng.choice([0, 3, 6, 9])
        if name == "Header" and collection == "cin":
            height = 1
        made[name] = pl.DataFrame(
            {c.name: [_cell(rng, c, row) for row in range(height)] for c in form.columns},
            schema={c.name: pl.String for c in form.columns},
        )
    return made


def _check(collection: str, source: Return) -> ww.returns.CheckResult:
    return ww.returns.check(source, collection=collection, year=YEAR)


def _said(result: ww.returns.CheckResult, source: Mapping[str, pl.DataFrame]) -> Counter[Any]:
    """The findings, each with the whole record it is of in place of the record's number."""
    records = {name: frame.rows() for name, frame in source.items()}
    return Counter(
        (rule, table, records[table][row - 1] if table else None)
        for rule, table, row in result.findings.select("rule", "table", "row").iter_rows()
    )


COLLECTIONS = st.sampled_from(["ssda903", "cin"])
SEEDS = st.integers(0, 10_000)


@settings(max_examples=12)
@given(COLLECTIONS, SEEDS, SEEDS)
def test_the_order_of_rows(collection: str, seed: int, other: int) -> None:
    source = _return(collection, seed)
    shuffled = {n: f.sample(fraction=1, shuffle=True, seed=other) for n, f in source.items()}
    before, after = _check(collection, source), _check(collection, shuffled)
    assert before.rules.equals(after.rules)
    assert _said(before, source) == _said(after, shuffled)


@settings(max_examples=6)
@given(COLLECTIONS, SEEDS)
def test_further_columns_and_their_order(collection: str, seed: int) -> None:
    source = _return(collection, seed)
    widened = {
        name: frame.with_columns(pl.lit("=note").alias("NOTE")).select(
            ["NOTE", *reversed(frame.columns)]
        )
        for name, frame in source.items()
    }
    before, after = _check(collection, source), _check(collection, widened)
    assert before.rules.equals(after.rules)
    assert before.findings.equals(after.findings)


@settings(max_examples=6)
@given(COLLECTIONS, SEEDS)
def test_what_children_are_called(collection: str, seed: int) -> None:
    source = _return(collection, seed)
    names = {"A": "zz9", "B": "0001", "C": "c3", "D": "10"}
    renamed = {
        name: frame.with_columns(
            pl.col(c).replace_strict(names, default=pl.col(c)) for c in IDS & set(frame.columns)
        )
        for name, frame in source.items()
    }
    before, after = _check(collection, source), _check(collection, renamed)
    assert before.rules.equals(after.rules)
    assert before.findings.equals(after.findings)


@settings(max_examples=6)
@given(COLLECTIONS, SEEDS, SEEDS)
def test_a_rule_alone_finds_what_it_finds_among_the_others(
    collection: str, seed: int, pick: int
) -> None:
    source = _return(collection, seed)
    everything = _check(collection, source)
    numbers = everything.rules["rule"].to_list()
    chosen = random.Random(pick).sample(numbers, 5)
    some = ww.returns.check(source, collection=collection, year=YEAR, rules=chosen)
    expected = everything.findings.filter(pl.col("rule").is_in(chosen))
    assert some.findings.equals(expected)


@settings(max_examples=6)
@given(COLLECTIONS, SEEDS, st.data())
def test_whatever_is_left_out_only_stops_rules(
    collection: str, seed: int, data: st.DataObject
) -> None:
    """Without a table or a column, a rule finds what it found before, or says it could not run."""
    source = _return(collection, seed)
    before = _check(collection, source)
    table = data.draw(st.sampled_from(sorted(source)))
    column = data.draw(st.sampled_from([None, *source[table].columns]))
    less = dict(source)
    if column is None:
        del less[table]
    else:
        less[table] = source[table].drop(column)
    after = _check(collection, less)
    stopped = set(after.rules.filter(pl.col("state") == "could_not_run")["rule"])
    unaffected = ~pl.col("rule").is_in([*stopped, *_CONTENT_ORDERED, "EPI"])
    assert after.findings.filter(unaffected).equals(before.findings.filter(unaffected))


_CONTENT_ORDERED = ["142", "302", "357", "388", "431", "432", "433", "437", "501"]
"""Where two episodes begin and end together, the rest of the record says which is first."""


@settings(max_examples=6)
@given(COLLECTIONS, st.data())
def test_random_text_never_stops_a_check(collection: str, data: st.DataObject) -> None:
    text = st.none() | st.text(max_size=12)
    source: Return = {}
    for name, form in all_tables(collection).items():
        rows = data.draw(st.integers(0, 3), label=name)
        source[name] = pl.DataFrame(
            {c: [data.draw(text) for _ in range(rows)] for c in form.names},
            schema=dict.fromkeys(form.names, pl.String),
        )
    result = ww.returns.check(source, collection=collection, year=YEAR)
    assert set(result.rules["state"]) <= {"passed", "failed", "not_applicable"}
