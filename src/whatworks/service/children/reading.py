"""One council's journeys, kept in memory while its returns stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from whatworks.journeys import CareJourneys, NeedJourneys
from whatworks.measures.sourcing import in_memory
from whatworks.returns import Submission, report
from whatworks.service.common import workspace

COLLECTIONS = ("ssda903", "cin")


@dataclass(frozen=True)
class Lives:
    """What a council's returns of all years say of its children."""

    care: CareJourneys
    need: NeedJourneys


def lives(council: str) -> Lives:
    """The journeys of a council's children through care and need."""
    known = in_memory(workspace.store(), council)
    of_care, of_need = (known.of(name) for name in COLLECTIONS)
    return Lives(of_care, of_need)


def current(council: str) -> list[Submission]:
    """The returns that a council's journeys are derived from, the latest year first."""
    store = workspace.store()
    found = [one for name in COLLECTIONS for one in store.submissions(council, name)]
    return sorted(found, key=lambda one: (-one.year, one.collection))


def numbers_in(of: Lives, found: Submission) -> Mapping[str, str]:
    """Every child's number in one return -> the number that journeys know the child by.

    The two differ only where the council gave one number to two children
    (``journeys.identities``).
    """
    column = report.CHILD_COLUMN[found.collection]
    sent: set[str] = set()
    for table in workspace.store().text_tables(found).values():
        if column in table.columns:
            sent.update(table[column].drop_nulls())
    known = {number: number for number in sorted(sent)}
    if found.collection == "ssda903":
        episodes = of.care.episodes
        here = episodes.filter(pl.col("YEAR") == found.year)["CHILD"].unique()
        known |= {one.split(" (")[0]: one for one in here if one not in sent}
    return known
