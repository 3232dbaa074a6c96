"""A measure month by month: what each snapshot of Annex A or the SSD says by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from whatworks.journeys import monthly
from whatworks.journeys.monthly_annex_a import annex_a
from whatworks.journeys.monthly_ssd import ssd
from whatworks.measures.counting import count
from whatworks.measures.definition import MeasureError, everything, get

if TYPE_CHECKING:
    from whatworks.returns.store import Store

MAKERS: Mapping[str, Callable[..., Any]] = {"annex_a": annex_a, "ssd": ssd}


def by_month(store: Store, council: str, names: str | Sequence[str] | None = None) -> pl.DataFrame:
    """Count measures of a monthly input for each month that is loaded, each by itself.

    names: one or several measures; all that come month by month where left out.

    Returns the frame of ``run`` for one council, with ``month`` ('2025-09') and ``as_at`` (the day
    of the snapshot) after ``year``, sorted by measure and month. A month whose lists lack what a
    measure needs has a row with the reason. Raises MeasureError for an unknown measure, and for
    one that is counted from a return of a whole year.
    """
    chosen = _chosen(names)
    frames = []
    for collection, made_of in MAKERS.items():
        mine = [m for m in chosen if m.collection == collection]
        for submission in monthly.current(store, council, collection) if mine else ():
            made = made_of(store, council, month=submission.month)
            counted = count(made, mine, year=submission.year)
            frames.append(
                counted.with_columns(
                    month=pl.lit(submission.month), as_at=pl.lit(submission.as_at, pl.Date)
                )
            )
    if not frames:
        nothing = annex_a(store, council, month="")
        empty = count(nothing, [m for m in chosen if m.collection == "annex_a"])
        frames = [empty.with_columns(month=pl.lit(None, pl.String), as_at=pl.lit(None, pl.Date))]
    order = {measure.name: place for place, measure in enumerate(chosen)}
    found = pl.concat(frames)
    names_first = ["measure", "council", "year", "month", "as_at"]
    return (
        found.select(*names_first, pl.exclude(names_first))
        .with_columns(PLACE=pl.col("measure").replace_strict(order, default=None))
        .sort("PLACE", "month", maintain_order=True)
        .drop("PLACE")
    )


def _chosen(names: str | Sequence[str] | None) -> list[Any]:
    if names is None:
        return [m for m in everything().values() if m.collection in MAKERS]
    asked = [names] if isinstance(names, str) else list(names)
    chosen = [get(name) for name in dict.fromkeys(asked)]
    for measure in chosen:
        if measure.collection not in MAKERS:
            raise MeasureError(
                f"{measure.name} is counted from a return of a whole year, so it has no months."
            )
    return chosen
