"""Young people who have left care: one record a person and year (OC3)."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.journeys import settling

COLUMNS: dict[str, Any] = {
    "DOB": nw.Date,
    "IN_TOUCH": nw.String,
    "ACTIV": nw.String,
    "ACCOM": nw.String,
}
_NAME = "leaver"


def settle(rows: Any, _setting: Any, repaired: list[Any]) -> Any:
    """One row a young person and year: CHILD, the columns of ``COLUMNS``, SUBMISSION, YEAR, ROW.

    DOB is that of this table; the header's, where there is one, is to be believed first.
    """
    says = list(COLUMNS)
    rows = settling.belonging(rows, _NAME, repaired)
    rows = settling.without_copies(rows, _NAME, repaired, key=["CHILD"], says=says)
    rows = settling.told_once(rows, _NAME, repaired, key=["CHILD"], says=says)
    return rows.drop("YEAR_END")
