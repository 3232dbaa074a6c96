"""Intervals that a comparison adds: of ratios to what is expected, and of ranks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import ndtri

from whatworks.inference.funnel import Funnel
from whatworks.inference.intervals import Intervals, poisson_rate, proportion
from whatworks.inference.ranking import joint_level, rank_intervals
from whatworks.inference.standardising import share_ratio, standardised_ratio
from whatworks.measures.definition import Measure

Floats = npt.NDArray[np.float64]
_FIGURE = ("value", "low", "high")


def errors(rows: pl.DataFrame) -> Floats:
    """Standard errors that the 95% intervals of rows of ``run`` imply, taken as normal."""
    width = (rows["high"] - rows["low"]).to_numpy()
    found: Floats = width / (2 * float(ndtri(0.975)))
    return found


def ratios(
    rows: pl.DataFrame, measure: Measure, found: Funnel, expected: Floats | None
) -> Intervals:
    """Value over expected value with its 95% interval: Wilson's for percentages, exact for rates.

    What is expected is taken as known: it is the experience of all councils compared.
    """
    top, size = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    if measure.kind == "percentage":
        return share_ratio(top, size, found.overall * size if expected is None else expected)
    if measure.kind == "rate":
        return standardised_ratio(top, found.expected * size)
    value, low, high = (rows[name].to_numpy() / found.expected for name in _FIGURE)
    none = np.full(value.shape, None, dtype=object)
    return Intervals(value, low, high, none, "interval of the figure over what is expected", 0.95)


def ranks(rows: pl.DataFrame, measure: Measure, expected: Floats | None) -> tuple[Floats, Floats]:
    """First and last rank of each council; with ``expected``, of its ratio to that."""
    level = joint_level(rows.height)
    top, size = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    if measure.kind == "percentage":
        found = (
            proportion(top, size, level)
            if expected is None
            else share_ratio(top, size, expected, level=level)
        )
        return rank_intervals(found.low, found.high)
    if measure.kind == "rate":
        rate = poisson_rate(top, size, level)
        return rank_intervals(rate.low, rate.high)
    half = float(ndtri((1 + level) / 2)) * errors(rows)
    value = rows["value"].to_numpy()
    return rank_intervals(value - half, value + half)
