"""Sums of amounts, such as full-time equivalents, and the values and intervals they give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from whatworks.inference.intervals import Intervals
from whatworks.inference.weighted import ratio_of_sums, weighted_rate, weighted_share
from whatworks.measures.definition import Measure
from whatworks.tables import lit

PLACES = 6
"""Decimal places to which sums are kept: those of a full-time equivalent in a census."""

SPREAD: Mapping[str, Any] = {
    "aa": pl.Float64,
    "ab": pl.Float64,
    "bb": pl.Float64,
    "members": pl.Int64,
}
"""What intervals need beside the two sums: squares, products, and how many rows add anything."""


def flags(measure: Measure) -> dict[str, nw.Expr]:
    """What each row adds: k (numerator), n (denominator), and to the sums in ``SPREAD``."""
    top = _amount(measure.numerator())
    bottom = _amount(measure.denominator()) if measure.denominator else lit(0.0)
    adds = (top != 0) | (bottom != 0)
    return {
        "k": top,
        "n": bottom,
        "aa": top * top,
        "ab": top * bottom,
        "bb": bottom * bottom,
        "members": adds.cast(nw.Int64),
    }


def _amount(expression: nw.Expr) -> nw.Expr:
    return expression.fill_null(0.0).cast(nw.Float64)


def valued(rows: pl.DataFrame, measure: Measure) -> tuple[Intervals, float]:
    """Estimates with intervals for rows of one measure, and what to multiply them by.

    ``rows`` has numerator, counted (the denominator's sum) and the columns of ``SPREAD``.
    """
    top, bottom, aa, ab, bb, members = (
        rows[name] for name in ("numerator", "counted", "aa", "ab", "bb", "members")
    )
    scale = 100.0 if measure.unit == "percent" else 1.0
    if measure.kind == "total":
        return weighted_rate(top, aa), scale
    if measure.spread == "share":
        return weighted_share(top, bottom, bb), scale
    if measure.spread == "members":
        found = ratio_of_sums(
            top, bottom, top_squares=aa, products=ab, bottom_squares=bb, members=members
        )
        return found, scale
    return weighted_rate(top, aa, bottom), scale
