"""Every rule against its own worked examples, its form and the plain English of its sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import polars as pl
import pytest

from whatworks import tables as t
from whatworks.returns.checking import check_typed
from whatworks.returns.model import UNREADABLE_SUFFIX
from whatworks.returns.period import period_of
from whatworks.returns.rules import Example, Rule, Setting, documentation, evaluate, rules, views
from whatworks.returns.schema import all_tables, tables
from whatworks.returns.typing import type_tables
from whatworks.returns.views import complete

ALL = rules()
YEARS = range(2017, 2028)
EXAMPLES = [(rule, example) for rule in ALL for example in rule.examples]
WORDS_FOR_DEVELOPERS = re.compile(r"\b(null|boolean|column|table|field|dataframe|regex)\b", re.I)


def _id(value: object) -> str:
    if isinstance(value, Rule):
        return f"{value.collection}-{value.number}-{value.years.first}"
    return value.title[:40] if isinstance(value, Example) else str(value)


def _year(rule: Rule, example: Example) -> int:
    """The year the example speaks of, or one in which the rule is in force."""
    if example.year is not None:
        return example.year
    return 2025 if 2025 in rule.years else rule.years.first


def _typed(rule: Rule, example: Example) -> dict[str, pl.DataFrame]:
    text = {
        name: pl.DataFrame(
            [dict(record) for record in records],
            schema=dict.fromkeys(records[0], pl.String),
        )
        for name, records in example.tables.items()
    }
    typed, _, _ = type_tables(text, collection=rule.collection, year=_year(rule, example))
    return typed


def _setting(rule: Rule, year: int) -> Setting:
    return Setting(rule.collection, year, *period_of(rule.collection, year))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=_id)
def test_the_rule_fails_just_where_its_example_says(rule: Rule, example: Example) -> None:
    year = _year(rule, example)
    assert year in rule.years
    states, findings = evaluate(_typed(rule, example), setting=_setting(rule, year), rules=[rule])
    expected = [(table, row) for table in sorted(example.fails) for row in example.fails[table]]
    found = list(findings.select("table", "row").iter_rows())
    assert sorted(found, key=str) == sorted([(None, None)] if example.whole else expected, key=str)
    assert states["state"].to_list() == ["failed" if found else "passed"], states["reason"].item()


@pytest.mark.parametrize("rule", ALL, ids=_id)
def test_every_rule_has_examples_that_fail_and_that_pass(rule: Rule) -> None:
    if rule.whole_return:
        assert {example.whole for example in rule.examples} == {True, False}
        return
    for table in rule.reports:
        fails = sum(len(e.fails.get(table, ())) for e in rule.examples)
        rows = sum(len(e.tables.get(table, ())) for e in rule.examples)
        assert 0 < fails < rows, table


@pytest.mark.parametrize("rule", ALL, ids=_id)
def test_what_it_reads_is_in_the_form_of_every_year(rule: Rule) -> None:
    """A rule must not silently stop because a form has changed: its years say so instead."""
    for year in YEARS:
        if year not in rule.years:
            continue
        form = tables(rule.collection, year)
        for read in rule.reads:
            table, column = read.split(".")
            assert column in form[table], f"{read} is not in the form of {year}"
        assert set(rule.reports) <= set(form)


@pytest.mark.parametrize("rule", [r for r in ALL if r.view is not None], ids=_id)
def test_it_reads_nothing_that_it_does_not_name(rule: Rule) -> None:
    """The expression runs on a view cut down to what the rule declares, facts included."""
    view = views(rule.collection)[str(rule.view)]
    year = rule.years.first
    setting = _setting(rule, year)
    rows = _empty(rule.collection, view.name)
    kept = {"YEAR_START", "YEAR_END"}
    for read in rule.reads:
        if view.shows(read):
            kept |= {view.column(read), view.column(read) + UNREADABLE_SUFFIX}
    sources = {name: set(needs) for name, needs in view.facts.items()}
    for name, needs in sources.items():
        if needs <= set(rule.reads):
            kept |= {name, name + UNREADABLE_SUFFIX}
    cut = rows.select(sorted(kept & set(rows.columns)))
    flags = t.native(t.frame(cut).select(rule.judge(setting).alias("FAILS")))
    assert flags.schema["FAILS"] == pl.Boolean
    for column in (c for columns in rule.reports.values() for c in columns):
        assert column == "ROW" or sources[column] <= set(rule.reads), column


@cache
def _empty(collection: str, view: str) -> pl.DataFrame:
    """A view of a return that holds nothing: all its columns and no rows."""
    start, end = period_of(collection, 2025)
    return views(collection)[view].build(complete(collection, {}), start, end)


@pytest.mark.parametrize("name", ["ssda903", "cin", "csww"])
def test_views_say_what_their_facts_depend_on(name: str) -> None:
    forms = all_tables(name)
    for view in views(name).values():
        rows = _empty(name, view.name)
        own = set(forms[view.table].names) | {"ROW", "YEAR_START", "YEAR_END"}
        derived = {c for c in rows.columns if not c.endswith(UNREADABLE_SUFFIX)} - own
        attached = tuple(view.attached.values()) or ("-",)
        undeclared = {c for c in derived - set(view.facts) if not c.startswith(attached)}
        assert not undeclared, view.name
        assert set(view.facts) <= set(rows.columns), view.name
        for needs in view.facts.values():
            for read in needs:
                table, column = read.split(".")
                assert column in forms[table], read


@pytest.mark.parametrize("rule", ALL, ids=_id)
def test_sentences_are_plain(rule: Rule) -> None:
    for text in (rule.sentence, rule.remedy):
        assert text[0].isupper(), text
        assert text.endswith("."), text
        assert len(text) < 200, text
        assert not WORDS_FOR_DEVELOPERS.search(text.replace("tables", "")), text
    assert rule.confidence in {"seen", "unconfirmed"}
    assert rule.note


@pytest.mark.parametrize("rule", [r for r in ALL if r.view is not None], ids=_id)
def test_unreadable_cells_fail_validity_rules_alone(rule: Rule) -> None:
    """Spoil every date and number that a rule reads: no other rule may fail in such a row."""
    for example in rule.examples:
        typed = _typed(rule, example)
        spoiled = {name: _spoil(rule, name, rows) for name, rows in typed.items()}
        if all(spoiled[name].equals(typed[name]) for name in typed):
            continue
        _, findings = evaluate(spoiled, setting=_setting(rule, _year(rule, example)), rules=[rule])
        if not rule.validity:
            assert findings.is_empty()


def _spoil(rule: Rule, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Make unreadable what the rule reads of a table, if that can be: dates and numbers."""
    read = [r.split(".")[1] for r in rule.reads if r.startswith(f"{table}.")]
    dated = [c for c in read if c + UNREADABLE_SUFFIX in rows.columns]
    return rows.with_columns(
        *(pl.lit(None, dtype=rows.schema[c]).alias(c) for c in dated),
        *(pl.lit(value=True).alias(c + UNREADABLE_SUFFIX) for c in dated),
    )


def test_enough_rules() -> None:
    assert len({r.number for r in rules("ssda903")}) >= 25
    assert len({r.number for r in rules("cin")}) >= 10
    asked = "101 102 103 141 142 143 144 145 146 147 148 149 166 167 178 301 302 351 353 354 355 "
    asked += "356 385 388 431 432 433 437 501 564 565 566 567 570 571 INT03 INT32 EPI"
    assert set(asked.split()) <= {r.number for r in rules("ssda903")}


def test_documentation_tells_all() -> None:
    documents = documentation()
    assert len(documents) == len(ALL)
    one = next(d for d in documents if d["rule"] == "142")
    assert one["first_year"] == 2017
    assert one["last_year"] is None
    assert one["reads"] == ["Episodes.CHILD", "Episodes.DECOM", "Episodes.DEC", "Episodes.REC"]
    example = one["examples"][0]
    assert example["fails"]
    assert example["tables"][0]["name"] == "Episodes"
    assert [r["fails"] for r in example["tables"][0]["rows"]] == [True, False]
    assert example["tables"][0]["rows"][0]["cells"] == ["A", "2024-05-01", None, None]
    assert [d["rule"] for d in documentation("cin", year=2024)].count("4180") == 1


def test_rules_of_an_unknown_collection() -> None:
    with pytest.raises(ValueError, match="choose ssda903 or cin"):
        rules("annex_a")


# --- Spark -----------------------------------------------------------------------------------


@pytest.mark.prove
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", ["ssda903", "cin", "csww"])
def test_rules_judge_alike_on_spark(name: str) -> None:
    """All examples of a view, put together: each rule's flags on Polars and on Spark."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is an extra: whatworks[spark]")
    session = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    members: dict[str, list[Rule]] = {}
    for rule in rules(name, year=2025):
        if rule.view is not None:
            members.setdefault(rule.view, []).append(rule)
    for view_name, chosen in members.items():
        view = views(name)[view_name]
        start, end = period_of(name, 2025)
        parts = [
            view.build(complete(name, _typed(rule, example)), start, end)
            for rule in chosen
            for example in rule.examples
        ]
        rows = (
            pl.concat(parts, how="diagonal")
            .with_row_index("__row")
            .with_columns(pl.col("__row").cast(pl.Int64))
        )
        flags = [r.judge(_setting(r, 2025)).alias(f"R{i}") for i, r in enumerate(chosen)]
        by_polars = t.collect(t.frame(rows).select("__row", *flags)).sort("__row")
        spark_rows = t.frame(session.createDataFrame(rows.rows(), _spark_schema(rows)))
        by_spark = t.collect(spark_rows.select("__row", *flags)).sort("__row")
        assert by_spark.equals(by_polars), view_name


def _spark_schema(rows: pl.DataFrame) -> str:
    kinds: dict[Any, str] = {
        pl.Date(): "date",
        pl.Int64(): "bigint",
        pl.Boolean(): "boolean",
        pl.Float64(): "double",
    }
    return ", ".join(f"`{n}` {kinds.get(kind, 'string')}" for n, kind in rows.schema.items())


def test_check_typed_runs_every_rule_at_most_once() -> None:
    result = check_typed({}, collection="cin", year=2025)
    assert result.rules["rule"].is_unique().all()
    assert result.rules.height == len({r.number for r in rules("cin")})
    assert set(result.rules["state"]) == {"could_not_run"}
    before_plans = check_typed({}, collection="cin", year=2021).rules
    states = dict(before_plans.select("rule", "state").iter_rows())
    assert states["4011"] == "not_applicable"
