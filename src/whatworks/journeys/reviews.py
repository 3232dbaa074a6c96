"""Reviews of looked-after children's care, over all years."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.journeys import settling

COLUMNS: dict[str, Any] = {"REVIEW": nw.Date, "REVIEW_CODE": nw.String}
_NAME = "review"


def settle(rows: Any, setting: Any, repaired: list[Any]) -> Any:
    """One row a child and day of a review: CHILD, REVIEW, REVIEW_CODE, SUBMISSION, YEAR, ROW."""
    key, says = ["CHILD", "REVIEW"], ["REVIEW_CODE"]
    rows = settling.belonging(rows, _NAME, repaired, day="REVIEW")
    rows = settling.without_copies(rows, _NAME, repaired, key=key, says=says)
    rows = settling.told_once(rows, _NAME, repaired, key=key, says=says)
    rows = settling.latest_return(rows, _NAME, repaired, key=key)
    settling.looked_after_at_all(rows, _NAME, repaired, setting.episodes)
    return rows.drop("YEAR_END")
