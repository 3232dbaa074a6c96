"""One council's figure over its years: has it moved by more than chance?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from whatworks.inference import control
from whatworks.inference.control import Chart, ControlLimits, control_limits
from whatworks.measures.counting import PER
from whatworks.measures.definition import Kind, Measure, MeasureError, get

FRAME: dict[str, Any] = {
    "year": pl.Int64,
    "value": pl.Float64,
    "centre": pl.Float64,
    "low_limit": pl.Float64,
    "high_limit": pl.Float64,
    "signal": pl.String,
}
CHARTS: Mapping[Kind, Chart] = {"percentage": "p", "rate": "u", "count": "u"}
"""Kind of measure -> its chart; others have a chart of individual values."""


@dataclass(frozen=True)
class ControlChart:
    """``frame``: year, value, centre, low_limit, high_limit (null where there are none), signal.

    ``signal`` is null or one of the four of ``inference.control``, such as 'above the limits'.
    ``chart`` is 'p', 'u' or 'xmr'. ``notes`` say what was done and what it cannot tell.
    """

    measure: str
    frame: pl.DataFrame
    chart: Chart
    notes: tuple[str, ...]


def control_chart(rows: pl.DataFrame) -> ControlChart:
    """The control chart of one measure of one council, from its rows of ``run`` without groups.

    Years without a figure stay in the frame without limits. The rules for signals and their
    sources are in ``inference.control``. Raises MeasureError where the rows are of more than one
    measure or council, or of none, or hold a year twice.
    """
    if rows.is_empty() or rows["measure"].n_unique() > 1 or rows["council"].n_unique() > 1:
        raise MeasureError("A control chart is of one measure of one council over its years.")
    if rows["year"].is_duplicated().any():
        raise MeasureError("A control chart takes one figure a year, not groups of a breakdown.")
    rows = rows.sort("year")
    measure = get(rows["measure"][0])
    chart = CHARTS.get(measure.kind, "xmr")
    found, scale = _limits(rows, measure, chart)
    frame = pl.DataFrame(
        {
            "year": rows["year"],
            "value": rows["value"],
            "centre": found.centre * scale,
            "low_limit": found.low * scale,
            "high_limit": found.high * scale,
            "signal": pl.Series(list(found.signal), dtype=pl.String),
        }
    ).with_columns(pl.col("centre", "low_limit", "high_limit").fill_nan(None))
    return ControlChart(
        measure.name,
        frame.select(pl.col(c).cast(kind) for c, kind in FRAME.items()),
        chart,
        _notes(found, rows["value"].null_count()),
    )


def _limits(rows: pl.DataFrame, measure: Measure, chart: Chart) -> tuple[ControlLimits, float]:
    if chart == "xmr":
        return control_limits("xmr", rows["value"].to_numpy().astype(float)), 1.0
    scale = {"percentage": 100.0, "rate": float(PER)}.get(measure.kind, 1.0)
    value = rows["value"].to_numpy().astype(float) / scale
    size = rows["denominator"].to_numpy().astype(float)
    return control_limits(chart, value, np.ones_like(value) if measure.kind == "count" else size), (
        scale
    )


def _notes(found: ControlLimits, absent: int) -> tuple[str, ...]:
    notes = []
    if np.isnan(found.centre).all():
        needed = control.FEWEST_TO_JUMP if found.chart == "xmr" else control.FEWEST
        notes.append(
            f"With {found.points} years it cannot be told what is usual here: limits need {needed}."
        )
    else:
        notes += _of_limits(found)
    if absent:
        years = "1 year has" if absent == 1 else f"{absent} years have"
        notes.append(f"{years} no figure; the years on either side are taken as neighbours.")
    return tuple(notes)


def _of_limits(found: ControlLimits) -> list[str]:
    notes = [
        "A year is marked where it lies outside limits three standard errors from the usual level, "
        f"or is one of {control.RUN} years one after another on the same side of it."
    ]
    if found.points < control.RUN:
        notes.append(f"With {found.points} years no run of {control.RUN} can be seen.")
    if found.widened is None and found.chart != "xmr":
        notes.append(
            f"With fewer than {control.FEWEST_TO_JUMP} years it cannot be told whether they "
            "usually differ by more than chance, as years of care do: a mark says only that this "
            "year differs by more than chance."
        )
    elif found.widened is not None and found.widened > 1:
        notes.append(
            f"Years usually differ by {found.widened:.1f} times what chance gives; the limits "
            "are widened by as much."
        )
    if found.points < control.FIRM:
        notes.append(f"The limits are provisional: they rest on {found.points} years.")
    return notes
