"""Rules described for people: the pages of the service and of the documentation are made of it."""

from __future__ import annotations

from typing import Any

from whatworks.returns.rules.model import Example, Rule
from whatworks.returns.rules.register import rules


def documentation(
    collection: str | None = None, *, year: int | None = None
) -> list[dict[str, Any]]:
    """Every rule (of a collection, of a year) with its examples, in the order of numbers.

    Each is a dict of plain values, ready for JSON: collection, rule (its number), severity,
    first_year, last_year (None: still in force), years (in words), sentence, remedy, reads
    ('Table.COLUMN's), reports (tables; none for the return as a whole), validity (judges whether
    cells can be read), confidence and note (what is in doubt), and examples.

    An example is a dict: title, year, fails (whether anything in it fails) and tables; a table:
    name, columns, and rows, each with row (its number), fails and cells (blank is None).
    """
    return [document(rule) for rule in rules(collection, year=year)]


def document(rule: Rule) -> dict[str, Any]:
    """One rule as ``documentation`` gives it."""
    return {
        "collection": rule.collection,
        "rule": rule.number,
        "severity": rule.severity,
        "first_year": rule.years.first,
        "last_year": rule.years.last,
        "years": str(rule.years),
        "sentence": rule.sentence,
        "remedy": rule.remedy,
        "reads": list(rule.reads),
        "reports": list(rule.reports),
        "validity": rule.validity,
        "confidence": rule.confidence,
        "note": rule.note,
        "examples": [_example(example) for example in rule.examples],
    }


def _example(example: Example) -> dict[str, Any]:
    return {
        "title": example.title,
        "year": example.year,
        "fails": example.whole or any(example.fails.values()),
        "tables": [_table(example, name) for name in example.tables],
    }


def _table(example: Example, name: str) -> dict[str, Any]:
    records = example.tables[name]
    columns = list(records[0]) if records else []
    fails = set(example.fails.get(name, ()))
    return {
        "name": name,
        "columns": columns,
        "rows": [
            {"row": row, "fails": row in fails, "cells": [record[c] for c in columns]}
            for row, record in enumerate(records, start=1)
        ],
    }
