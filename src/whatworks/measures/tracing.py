"""From a figure back to the rows it was counted from, and what was left out on the way.

``rows`` is for a council's own people: it points to records (by submission and row number), and
still gives out no child's number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from whatworks.journeys.deriving import CareJourneys, care
from whatworks.journeys.monthly import TITLES, MonthlyJourneys
from whatworks.journeys.monthly_annex_a import annex_a
from whatworks.journeys.monthly_ssd import ssd
from whatworks.journeys.need import need_of
from whatworks.measures.breakdowns import breakdown
from whatworks.measures.counting import why_not
from whatworks.measures.definition import Measure, MeasureError, get
from whatworks.measures.sourcing import Countable, in_memory
from whatworks.measures.views import VIEWS
from whatworks.measures.views.care import EPISODES
from whatworks.tables import collect, frame

if TYPE_CHECKING:
    from whatworks.returns.store import Store


def rows(store: Store, name: str, *, council: str, year: int) -> pl.DataFrame:
    """The rows behind one figure: a child, return home, referral, plan or worker of its view each.

    Returns a frame: submission, return_year, table and row (the record in that submission's
    table that put the child there), on (the day on which it counts, by the measure's clock; null
    of workers, who are counted on the census's own day), numerator, denominator (booleans: whether
    it was counted in each; for a rate, whose denominator is the population, denominator is false;
    where amounts are added up, whether the row added any), left_out (name of the reason, null
    where it was judged), one column for each breakdown that the measure offers, and ``repair``:
    what was done to the end of that row, if anything. Sorted by submission, table and row.
    Raises MeasureError where the figure does not exist, with the reason.
    """
    found = in_memory(store, council).of(get(name).collection)
    return rows_of(found, name, year=year)


def rows_of(journeys: Countable, name: str, *, year: int) -> pl.DataFrame:
    """The same from journeys already derived."""
    measure = get(name)
    absent = why_not(measure, year, journeys)
    if absent:
        raise MeasureError(absent)
    view = frame(VIEWS[measure.view](journeys)).filter(nw.col("YEAR") == year)
    flags = {
        **_counted_in(measure),
        **{f"left_out_{i}": o.where() for i, o in enumerate(measure.left_out)},
        **{b: breakdown(b).expression() for b in measure.breakdowns},
    }
    found = _with_repairs(collect(view.with_columns(**flags)), journeys)
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
        table="TABLE",
        row="ROW",
        on="ON" if "ON" in found.columns else pl.lit(None, pl.Date),
        numerator="numerator",
        denominator="denominator",
        left_out=named,
        repair="REPAIR",
        **{b: pl.col(b) for b in measure.breakdowns},
    ).sort("submission", "table", "row")


def _counted_in(measure: Measure) -> dict[str, nw.Expr]:
    """Whether a row was counted in numerator and denominator: where amounts are added up, whether
    it added any."""
    if measure.of_amounts:
        bottom = measure.denominator() if measure.denominator else nw.lit(0.0)
        return {
            "numerator": measure.numerator().fill_null(0.0) != 0,
            "denominator": bottom.fill_null(0.0) != 0,
        }
    judged = measure.denominator() if measure.denominator else None
    everyone = nw.lit(value=measure.kind != "rate")
    return {
        "numerator": measure.numerator().fill_null(value=False),
        "denominator": everyone if judged is None else judged.fill_null(value=False),
    }


def _with_repairs(found: pl.DataFrame, journeys: Countable) -> pl.DataFrame:
    """What was done to the end of each row; only episodes of care are ever mended.

    The vacant posts of one row of a census are one row here.
    """
    if "RETURN_YEAR" not in found.columns:
        found = found.unique(["SUBMISSION", "TABLE", "ROW"], maintain_order=True)
        found = found.with_columns(RETURN_YEAR=pl.col("YEAR"))
    if not isinstance(journeys, CareJourneys):
        return found.with_columns(REPAIR=pl.lit(None, pl.String))
    repaired = collect(frame(journeys.episodes).select("SUBMISSION", "ROW", "REPAIR"))
    repaired = repaired.with_columns(TABLE=pl.lit(EPISODES))
    return found.join(repaired, on=["SUBMISSION", "TABLE", "ROW"], how="left")


def left_out(store: Store, *, council: str) -> pl.DataFrame:
    """How the council's rows were dealt with on the way to journeys, by year: counts only.

    Returns a frame: repair, effect (left out, replaced, end set, noted), year, n_rows,
    n_children, text. Short breaks are under ``short_break``; the repairs of CIN censuses follow
    those of SSDA903 returns, then those of Annex A lists and of the Standard Safeguarding Dataset
    (of the last of each year, from which its figures are counted; named ``annex_a_...`` and
    ``ssd_...``). Every repair is listed for every year of its own return that is loaded, nought
    included.
    """
    monthly = [_named_by_input(made) for made in (annex_a(store, council), ssd(store, council))]
    return pl.concat([care(store, council).repairs(), need_of(store, council).repairs(), *monthly])


def _named_by_input(made: MonthlyJourneys) -> pl.DataFrame:
    """The repairs of a monthly input under names and sentences that say whose they are."""
    return made.repairs().with_columns(
        repair=pl.lit(f"{made.collection}_") + pl.col("repair"),
        text=pl.lit(f"{TITLES[made.collection]}: ") + pl.col("text"),
    )
