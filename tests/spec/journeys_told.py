"""What the examples of journeys compare: periods of care, and repairs by name."""

from __future__ import annotations

from typing import Any

import polars as pl

from whatworks.journeys.deriving import CareJourneys


def periods(found: CareJourneys) -> list[tuple[Any, ...]]:
    rows = found.periods.sort("CHILD", "PERIOD")
    return [
        (child, str(start), str(end) if end else "still looked after", reason)
        for child, start, end, reason in rows.select(
            "CHILD", "START", "END", "END_REASON"
        ).iter_rows()
    ]


def repairs(found: CareJourneys) -> dict[str, int]:
    made = found.repairs().filter(pl.col("n_rows") > 0)
    return dict(made.group_by("repair").agg(pl.col("n_rows").sum()).iter_rows())
