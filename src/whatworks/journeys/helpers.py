"""Who worked with the child, and orders that took its liberty: each with a beginning and an end."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.journeys import settling
from whatworks.tables import col, is_blank

WORKER_COLUMNS: dict[str, Any] = {
    "SW_ID": nw.String,
    "SW_DECOM": nw.Date,
    "SW_DEC": nw.Date,
    "SW_DEC__unreadable": nw.Boolean,
}
DEPRIVATION_COLUMNS: dict[str, Any] = {
    "DOLO_START": nw.Date,
    "DOLO_END": nw.Date,
    "DOLO_END__unreadable": nw.Boolean,
}


def settle_workers(rows: Any, setting: Any, repaired: list[Any]) -> Any:
    """One row a social worker's time with a child: CHILD, SW_ID, STARTED, ENDED, trace.

    ENDED is null where they still work with the child. Two workers may overlap.
    """
    return _spans(
        rows, "social_worker", setting, repaired, start="SW_DECOM", end="SW_DEC", key=["SW_ID"]
    )


def settle_deprivations(rows: Any, setting: Any, repaired: list[Any]) -> Any:
    """One row a deprivation of liberty order: CHILD, STARTED, ENDED (null: it runs), trace."""
    found = _spans(
        rows, "deprivation", setting, repaired, start="DOLO_START", end="DOLO_END", key=[]
    )
    settling.looked_after_at_all(found, "deprivation", repaired, setting.episodes)
    return found


def _spans(
    rows: Any,
    name: str,
    setting: Any,
    repaired: list[Any],
    *,
    start: str,
    end: str,
    key: list[str],
) -> Any:
    rows = settling.belonging(rows, name, repaired, day=start, end=end)
    if key:
        rows = settling.leave_out(rows, f"{name}_not_named", is_blank(key[0]), repaired)
    keys = ["CHILD", *key, start]
    says = [end, f"{end}__unreadable"]
    rows = settling.without_copies(rows, name, repaired, key=keys, says=says)
    rows = settling.latest_return(rows, name, repaired, key=keys)
    rows = settling.ended(rows, name, repaired, day=start, end=end, last_year=setting.last_year)
    return rows.select(
        "CHILD",
        *key,
        STARTED=col(start),
        ENDED=col(end),
        SUBMISSION=col("SUBMISSION"),
        YEAR=col("YEAR"),
        ROW=col("ROW"),
    )
