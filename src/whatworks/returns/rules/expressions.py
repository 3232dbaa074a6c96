"""Small expressions that many rules share."""

from __future__ import annotations

from collections.abc import Iterable

import narwhals as nw

from whatworks.tables import col


def given(column: str) -> nw.Expr:
    """True where the cell holds a value."""
    return ~col(column).is_null()


def blank(column: str) -> nw.Expr:
    """True where the cell holds no value (unreadable rows are skipped before a rule sees them)."""
    return col(column).is_null()


def one_of(column: str, codes: Iterable[str]) -> nw.Expr:
    """True where the cell holds one of these codes; false where it is blank."""
    return given(column) & col(column).is_in(list(codes))


def not_one_of(column: str, codes: Iterable[str]) -> nw.Expr:
    """True where the cell holds anything but these codes, or nothing."""
    return blank(column) | ~col(column).is_in(list(codes))


def unknown_code(column: str, codes: Iterable[str]) -> nw.Expr:
    """True where the cell holds a code that is not in the list; false where it is blank."""
    return given(column) & ~col(column).is_in(list(codes))
