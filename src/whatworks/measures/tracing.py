"""From a figure back to the rows it was counted from, and what was left out on the way.

``rows`` is for a council's own people: it points to records (by submission and row number), and
still gives out no child's number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from whatworks.journeys.deriving import CareJourneys, care
from whatworks.measures.breakdowns import breakdown
from whatworks.measures.counting import _why_not
from whatworks.measures.definition import MeasureError, get
from whatworks.measures.views import VIEWS
from whatworks.tables import collect, frame

if TYPE_CHECKING:
    from whatworks.returns.store import Store

TABLE = "Episodes"


def rows(store: Store, name: str, *, council: str, year: int) -> pl.DataFrame:
    """The rows behind one figure, one row a child (or return home) of the measure's view.

    Returns a frame: submission, return_year, table and row (the record in that submission's
    table that put the child there), numerator, denominator (booleans: whether it was counted in
    each; for a rate, whose denominator is the population, denominator is false), left_out (name
    of the reason, null where it was judged), one column for each breakdown that the measure
    offers, and ``repair``: what was done to the end of that row, if anything. Sorted by submission
    and row. Raises MeasureError where the figure does not exist, with the reason.
    """
    return rows_of(care(store, council), name, year=year)


def rows_of(journeys: CareJourneys, name: str, *, year: int) -> pl.DataFrame:
    """The same from journeys already derived."""
    measure = get(name)
    absent = _why_not(measure, year, journeys.years)
    if absent:
        raise MeasureError(absent)
    view = frame(VIEWS[measure.view](journeys)).filter(nw.col("YEAR") == year)
    judged = nw.lit(value=measure.kind != "rate")
    if measure.denominator:
        judged = measure.denominator()
    flags = {
        "numerator": measure.numerator().fill_null(value=False),
        "denominator": judged.fill_null(value=False),
        **{f"left_out_{i}": o.where() for i, o in enumerate(measure.left_out)},
        **{b: breakdown(b).expression() for b in measure.breakdowns},
    }
    repaired = frame(journeys.episodes).select("SUBMISSION", "ROW", "REPAIR")
    found = collect(view.with_columns(**flags)).join(
        collect(repaired), on=["SUBMISSION", "ROW"], how="left"
    )
    named = pl.coalesce(
        *(
            pl.when(pl.col(f"left_out_{i}").fill_null(value=False)).then(pl.lit(o.name))
            for i, o in enumerate(measure.left_out)
        ),
        pl.lit(None, pl.String),
    )
    return found.select(
        submission="SUBMISSION",
        return_year="RETURN_YEAR",
        table=pl.lit(TABLE),
        row="ROW",
        numerator="numerator",
        denominator="denominator",
        left_out=named,
        repair="REPAIR",
        **{b: pl.col(b) for b in measure.breakdowns},
    ).sort("submission", "row")


def left_out(store: Store, *, council: str) -> pl.DataFrame:
    """How the council's rows were dealt with on the way to journeys, by year: counts only.

    Returns a frame: repair, effect (left out, replaced, end set, noted), year, n_rows,
    n_children, text. Short breaks are under ``short_break``. Every repair is listed for every
    year loaded, nought included.
    """
    return care(store, council).repairs()
