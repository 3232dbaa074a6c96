"""Health and offending of children looked after for a year: one record a child and year (OC2)."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.journeys import settling

ANSWERS = (
    "SDQ_REASON",
    "CONVICTED",
    "HEALTH_CHECK",
    "IMMUNISATIONS",
    "TEETH_CHECK",
    "HEALTH_ASSESSMENT",
    "SUBSTANCE_MISUSE",
    "INTERVENTION_RECEIVED",
    "INTERVENTION_OFFERED",
)
COLUMNS: dict[str, Any] = {"SDQ_SCORE": nw.Int64, **dict.fromkeys(ANSWERS, nw.String)}
_NAME = "health"


def settle(rows: Any, setting: Any, repaired: list[Any]) -> Any:
    """One row a child and year: CHILD, the columns of ``COLUMNS``, SUBMISSION, YEAR, ROW."""
    says = list(COLUMNS)
    rows = settling.belonging(rows, _NAME, repaired)
    rows = settling.without_copies(rows, _NAME, repaired, key=["CHILD"], says=says)
    rows = settling.told_once(rows, _NAME, repaired, key=["CHILD"], says=says)
    settling.looked_after_at_all(rows, _NAME, repaired, setting.episodes)
    return rows.drop("YEAR_END")
