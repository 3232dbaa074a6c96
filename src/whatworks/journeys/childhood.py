"""How much of childhood is left: nobody is looked after as a child from 18 on."""

from __future__ import annotations

import narwhals as nw

ADULT = 18


def turns_18_within(years: int, age: nw.Expr) -> nw.Expr:
    """Whether somebody of that age is 18 before so many years have passed; False where unknown."""
    return (age > ADULT - 1 - years).fill_null(value=False)
