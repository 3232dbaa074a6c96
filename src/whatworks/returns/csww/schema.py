"""The form of the workforce census, by year; the facts are in tables.csv, columns.csv."""

from __future__ import annotations

from collections.abc import Mapping

from whatworks.returns import schema as _schema
from whatworks.returns.schema import Column, Table

__all__ = ["COLLECTION", "Column", "Table", "all_tables", "tables"]

COLLECTION = "csww"


def tables(year: int) -> dict[str, Table]:
    """The tables of that collection year's form, by name."""
    return _schema.tables(COLLECTION, year)


def all_tables() -> Mapping[str, Table]:
    """Every table with every column it has had in any year, by name."""
    return _schema.all_tables(COLLECTION)
