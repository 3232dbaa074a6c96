"""Figures made up to be compared."""

from __future__ import annotations

import polars as pl

SHARE, RATE, NUMBER = "three_or_more_placements", "looked_after_rate", "looked_after_at_31_march"
AGAIN, STARTED = "re_referrals_within_12_months", "started_rate"


def row_of(council, k, n, name=SHARE, year=2025, **more):
    value = (10_000 if name == RATE else 100) * k / n if n else None
    return {
        "measure": name,
        "council": council,
        "year": year,
        "numerator": float(k),
        "denominator": float(n),
        "value": value,
        "low": None if value is None else value * 0.9,
        "high": None if value is None else value * 1.1,
        "unit": "percent",
        "left_out": 0,
        "reason": None,
        **more,
    }


def years_of(values, sizes=None, name=SHARE):
    sizes = sizes or [500] * len(values)
    return pl.DataFrame(
        [
            row_of("316", round(v * n), n, name, 2026 - len(values) + at)
            for at, (v, n) in enumerate(zip(values, sizes, strict=True))
        ],
        infer_schema_length=None,
    )
