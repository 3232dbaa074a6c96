"""Who England's children looked after are: official statistics of 2021 to 2025, taken unchanged."""

from __future__ import annotations

from functools import cache

import polars as pl

from whatworks.reference._data import NotHeld, frame
from whatworks.reference.published import PUBLISHED, STATES

POPULATIONS = ("looked_after_at_31_march", "started", "ceased")
TOTAL = "total"
_SOURCE, _ROUNDING = "dfe_cla", "nearest 10"


@cache
def _characteristics() -> pl.DataFrame:
    wide = frame("characteristics.csv")
    keys = ["population", "topic", "group", "title"]
    cell = pl.col("cell")
    figure = cell.cast(pl.Float64, strict=False)
    long = wide.unpivot(index=keys, variable_name="year", value_name="cell").with_columns(
        pl.col("year").cast(pl.Int64),
        value=figure,
        state=pl.when(figure.is_not_null())
        .then(pl.lit(PUBLISHED))
        .otherwise(cell.replace_strict(STATES, default="not_shown")),
    )
    totals = long.filter(pl.col("group") == TOTAL).select("population", "topic", "year", n="value")
    return (
        long.join(totals, on=["population", "topic", "year"], how="left", maintain_order="left")
        .with_columns(share=pl.col("value") / pl.col("n"))
        .select(
            *keys,
            "year",
            "value",
            "state",
            "share",
            rounding=pl.when(pl.col("state") == PUBLISHED).then(pl.lit(_ROUNDING)),
            source=pl.lit(_SOURCE),
            confidence=pl.lit("seen"),
        )
    )


def characteristics(
    population: str | None = None, topic: str | None = None, *, year: int | None = None
) -> pl.DataFrame:
    """How England's children looked after divide, collection years 2021 to 2025.

    Args:
        population: ``looked_after_at_31_march``, ``started`` (in the year; each child once, as at
            the first start) or ``ceased`` (in the year; each child once, as at the last end).
        topic: age, sex, ethnicity, unaccompanied, need, legal_status, placement, provider,
            distance, locality, taken_into_care, reason; not every population has every one.
        year: one collection year.

    Returns:
        Columns ``population``, ``topic``, ``group`` (``total`` for all), ``title`` (our own plain
        words), ``year``, ``value`` (children; null unless published), ``state`` (published, or
        why there is no figure, as in ``published``), ``share`` of the topic's total (0 to 1,
        worked out here from the rounded numbers), ``rounding``, ``source``, ``confidence``.

    Raises:
        NotHeld: no such population or topic.
    """
    found = _characteristics()
    for column, asked in (("population", population), ("topic", topic)):
        if asked is not None:
            if asked not in found[column]:
                raise NotHeld(f"No characteristics by {column} {asked[:40]!r} are held.")
            found = found.filter(pl.col(column) == asked)
    if year is not None:
        found = found.filter(pl.col("year") == year)
    return found.clone()
