"""How children were found across returns: counts only, to be shown beside every linked figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from whatworks.journeys.linked import LinkedJourneys
from whatworks.measures.definition import MeasureError
from whatworks.measures.sourcing import Sources

if TYPE_CHECKING:
    from whatworks.returns.store import Store


def linking(store: Store, council: str) -> pl.DataFrame:
    """How the council's children in care of each year were found among its children in need.

    Returns a frame: outcome (a key of ``journeys.linking.OUTCOMES``), year, n_children, text. Every
    outcome is listed for every year of which both returns are loaded, nought included. Raises
    MeasureError where there is no such year.
    """
    found = Sources(store, council).of("linked")
    if not isinstance(found, LinkedJourneys) or not found.years:
        raise MeasureError(
            "Children can be linked only where the SSDA903 return and the children in need census "
            "of a year are both loaded."
        )
    return found.linking()
