"""Adoption: plans for it (PlacedAdoption), adoptions (AD1), and homes that ended (PrevPerm)."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.journeys import settling
from whatworks.tables import col

COLUMNS: dict[str, Any] = {
    "DATE_INT": nw.Date,
    "DATE_MATCH": nw.Date,
    "FOSTER_CARE": nw.String,
}
PLAN_COLUMNS: dict[str, Any] = {
    "DATE_PLACED": nw.Date,
    "DATE_PLACED_CEASED": nw.Date,
    "REASON_PLACED_CEASED": nw.String,
}
EARLIER_COLUMNS: dict[str, Any] = {"PREV_PERM": nw.String, "DATE_PERM": nw.Date}


def settle(rows: Any, setting: Any, repaired: list[Any]) -> Any:
    """One row an adopted child: CHILD, DATE_INT (the decision), DATE_MATCH, FOSTER_CARE, trace.

    A child is adopted once: what the latest return says of it is believed.
    """
    name, says = "adoption", list(COLUMNS)
    rows = settling.belonging(rows, name, repaired)
    rows = settling.without_copies(rows, name, repaired, key=["CHILD"], says=says)
    rows = settling.told_once(rows, name, repaired, key=["CHILD"], says=says)
    rows = settling.latest_return(rows, name, repaired, key=["CHILD"])
    settling.looked_after_at_all(rows, name, repaired, setting.episodes)
    backwards = col("DATE_MATCH") < col("DATE_INT")
    settling.note(rows, "adoption_days_out_of_order", backwards, repaired)
    return rows.drop("YEAR_END")


def settle_plans(rows: Any, setting: Any, repaired: list[Any]) -> Any:
    """One row a decision that a child should be placed for adoption: CHILD, DATE_PLACED (the day
    of the decision), DATE_PLACED_CEASED, REASON_PLACED_CEASED, trace."""
    name, says = "adoption_plan", ["DATE_PLACED_CEASED", "REASON_PLACED_CEASED"]
    key = ["CHILD", "DATE_PLACED"]
    rows = settling.belonging(rows, name, repaired, day="DATE_PLACED", end="DATE_PLACED_CEASED")
    rows = settling.without_copies(rows, name, repaired, key=key, says=says)
    rows = settling.told_once(rows, name, repaired, key=key, says=says)
    rows = settling.latest_return(rows, name, repaired, key=key)
    settling.looked_after_at_all(rows, name, repaired, setting.episodes)
    return rows.drop("YEAR_END")


def settle_earlier(rows: Any, setting: Any, repaired: list[Any]) -> Any:
    """One row a child and year in which care began: CHILD, PREV_PERM, DATE_PERM, trace."""
    name, says = "earlier_home", list(EARLIER_COLUMNS)
    rows = settling.belonging(rows, name, repaired)
    rows = settling.without_copies(rows, name, repaired, key=["CHILD"], says=says)
    rows = settling.told_once(rows, name, repaired, key=["CHILD"], says=says)
    settling.looked_after_at_all(rows, name, repaired, setting.episodes)
    return rows.drop("YEAR_END")
