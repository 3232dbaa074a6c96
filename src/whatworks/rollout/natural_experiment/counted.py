"""Counts of one measure by council and year, from the returns of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from whatworks import measures
from whatworks.measures.population import NOT_HELD, population
from whatworks.rollout.natural_experiment.effect import NotReleased, Panel
from whatworks.rollout.natural_experiment.lagging import lag_of

if TYPE_CHECKING:
    from whatworks.measures.definition import Measure
    from whatworks.returns.store import Store

_CELL = tuple[float, float]


def panel(
    store: Store,
    measure: str,
    *,
    councils: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> Panel:
    """Count a measure for several councils and years.

    The exposure of a rate or a count is how many children live in the area, that of a percentage
    its denominator. Without ``councils``, all that have sent returns; without ``years``, all for
    which any of them has a figure.

    Raises:
        NotReleased: the store holds real councils' returns, and more than one is asked for.
        MeasureError: there is no such measure, or it does not count children.
    """
    what = measures.get(measure)
    if what.kind not in {"count", "rate", "percentage"}:
        raise measures.MeasureError(f"{measure} adds up amounts: only counts of children will do.")
    codes = tuple(sorted(store.councils() if councils is None else set(councils)))
    if len(codes) > 1 and not store.synthetic:
        raise NotReleased(
            "These are real children. Figures of several councils may be set side by side only "
            "after disclosure control, which is not built yet."
        )
    rows = _rows(store, what, codes)
    chosen = tuple(sorted(set(years))) if years is not None else _years(rows)
    cells = np.full((2, len(codes), len(chosen)), np.nan)
    missing: dict[tuple[str, int], str] = {}
    sent: dict[tuple[str, int], tuple[str, ...]] = {}
    for i, code in enumerate(codes):
        by_year = _submissions(store, what, code)
        for j, year in enumerate(chosen):
            found = _cell(what, code, year, rows[code].get(year))
            if isinstance(found, str):
                missing[code, year] = found
                continue
            cells[:, i, j] = found
            needed = range(year - what.years_before, year + 1)
            sent[code, year] = tuple(one for y in needed for one in by_year.get(y, ()))
    return Panel(
        measure=measure,
        councils=codes,
        years=chosen,
        counts=cells[0],
        exposure=cells[1],
        share=what.kind == "percentage",
        submissions=sent,
        missing=missing,
        lag=lag_of(measure),
    )


def _rows(
    store: Store, what: Measure, codes: Sequence[str]
) -> dict[str, dict[int, dict[str, object]]]:
    """The row of each year's figure, by council."""
    rows: dict[str, dict[int, dict[str, object]]] = {code: {} for code in codes}
    found = measures.cached_each(store, codes).filter(pl.col("measure") == what.name)
    for row in found.iter_rows(named=True):
        rows[row["council"]][int(row["year"])] = row
    return rows


def _years(rows: Mapping[str, Mapping[int, Mapping[str, object]]]) -> tuple[int, ...]:
    """The years in which any council has a figure."""
    held = {
        year for mine in rows.values() for year, row in mine.items() if row["numerator"] is not None
    }
    return tuple(sorted(held))


def _cell(what: Measure, code: str, year: int, row: Mapping[str, object] | None) -> _CELL | str:
    """Count and exposure, or why there are none."""
    if row is None:
        return f"No {what.return_words(year)} has been loaded."
    if row["numerator"] is None:
        return str(row["reason"] or "There is no figure.")
    held = row["denominator"] if what.kind == "percentage" else population(code, year)
    return NOT_HELD if held is None else (float(str(row["numerator"])), float(str(held)))


def _submissions(store: Store, what: Measure, code: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in store.submissions(code, what.collection):
        found.setdefault(one.year, []).append(one.id)
    return found
