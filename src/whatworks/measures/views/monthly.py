"""Views of what comes month by month: Annex A lists and the Standard Safeguarding Dataset.

What each row says was worked out with the journeys, snapshot by snapshot. Age is on the day of the
row's clock (the day of the snapshot where it has none of its own), from the day of birth or, where
that is not given, the age that the list itself gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import narwhals as nw

from whatworks.journeys import monthly_annex_a, monthly_ssd
from whatworks.journeys.monthly import MonthlyJourneys
from whatworks.measures.views.common import OF_ALL
from whatworks.tables import age_at, col, frame


def of_things(journeys: MonthlyJourneys, *, name: str, extra: tuple[str, ...]) -> Any:
    """One kind of thing, with the columns that every view of children has."""
    rows = frame(journeys.things[name])
    rows = rows.with_columns(AGE=nw.coalesce(age_at("DOB", "ON"), col("AGE_SAID")))
    return rows.select(*OF_ALL, *extra)


VIEWS: Mapping[str, Callable[[MonthlyJourneys], Any]] = {
    name: partial(of_things, name=name, extra=tuple(extra))
    for shapes in (monthly_annex_a.SHAPES, monthly_ssd.SHAPES)
    for name, extra in shapes.items()
}
