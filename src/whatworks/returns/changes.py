"""What changed between two collection years: tables, columns, codes and rules."""

from __future__ import annotations

import polars as pl

from whatworks import reference
from whatworks.reference.codelists import FIRST_YEAR
from whatworks.returns.rules.register import rules
from whatworks.returns.schema import all_tables, tables

CHANGE_SCHEMA = {
    "kind": pl.String,
    "change": pl.String,
    "name": pl.String,
    "meaning": pl.String,
    "confidence": pl.String,
}
Named = dict[str, tuple[str, str]]


def between_years(collection: str, first: int, second: int) -> pl.DataFrame:
    """What the second collection year has that the first had not, and the other way round.

    Returns:
        Columns ``kind`` (table, column, code, rule), ``change`` (added, removed), ``name``
        ('Episodes.URN', 'PLACE K3', '142'), ``meaning`` in plain words, and ``confidence`` in
        that the years are right. Nothing is listed that is the same in both.

    Raises ValueError for an unknown collection.
    """
    kinds = {
        "table": (_tables(collection, first), _tables(collection, second)),
        "column": (_columns(collection, first), _columns(collection, second)),
        "code": (_codes(collection, first), _codes(collection, second)),
        "rule": (_rules(collection, first), _rules(collection, second)),
    }
    changes = [
        (kind, change, name, *has[name])
        for kind, (earlier, later) in kinds.items()
        for change, has, lacks in (("added", later, earlier), ("removed", earlier, later))
        for name in sorted(set(has) - set(lacks))
    ]
    return pl.DataFrame(changes, schema=CHANGE_SCHEMA, orient="row")


def _tables(collection: str, year: int) -> Named:
    return {name: (table.meaning, "") for name, table in tables(collection, year).items()}


def _columns(collection: str, year: int) -> Named:
    return {
        f"{table.name}.{column.name}": (column.meaning, column.confidence)
        for table in tables(collection, year).values()
        for column in table.columns
        if not column.derived
    }


def _codes(collection: str, year: int) -> Named:
    lists = {
        column.codes
        for table in all_tables(collection).values()
        for column in table.columns
        if column.codes
    }
    found: Named = {}
    for name in lists:
        in_force = reference.codes(collection, name, max(year, FIRST_YEAR))
        for row in in_force.iter_rows(named=True):
            found[f"{name} {row['code']}"] = (row["meaning"], row["confidence"])
    return found


def _rules(collection: str, year: int) -> Named:
    return {rule.number: (rule.sentence, rule.confidence) for rule in rules(collection, year=year)}
