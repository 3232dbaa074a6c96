"""Several councils' journeys derived at once, for counting: one pass pays for all of them.

Deriving and counting cost much the same for a hundred children as for a thousand, so England's
153 councils are taken some dozens at a time. Each CHILD begins with its council's code there, and
no child of one council can meet a child of another. Only councils whose returns tell the same
(the same years, with the same gaps) go together: what is said of one is true of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from whatworks.journeys.deriving import READ, CareJourneys, care_from, gaps_of, sent_by
from whatworks.journeys.on_demand import OnDemand
from whatworks.journeys.stacking import ReturnTables, in_order, on_spark
from whatworks.tables import col

if TYPE_CHECKING:
    from whatworks.returns.store import Store

ROWS = 300_000
"""Rows of episodes beyond which no further council joins: about half a gigabyte of memory."""
_CODE = 3
"""Characters of a council's code."""


@dataclass(frozen=True)
class Together:
    """The journeys of ``councils`` as one: ``journeys.council`` is empty, and so is the id of
    each submission there; rows keep their own in SUBMISSION."""

    councils: tuple[str, ...]
    journeys: CareJourneys


def council_of_child() -> nw.Expr:
    """The council that a child of journeys taken together is of."""
    return col("CHILD").str.slice(0, _CODE)


def care_together(
    store: Store, councils: Iterable[str], *, session: Any = None
) -> Iterator[Together]:
    """The journeys through care of all these councils, some at a time; each council once.

    ``session`` is a Spark session: with one, the frames are Spark's. Councils without an SSDA903
    return come together as journeys without years.
    """
    sent = ((council, sent_by(store, council)) for council in dict.fromkeys(councils))
    return care_together_from(sent, session=session)


def care_together_from(
    sent: Iterable[tuple[str, Sequence[ReturnTables]]], *, session: Any = None, rows: int = ROWS
) -> Iterator[Together]:
    """The same of these returns, by council (a code of three characters). Reads no store."""
    waiting: dict[Any, dict[str, Sequence[ReturnTables]]] = {}
    for council, returns in sent:
        ordered = in_order(returns)
        # Councils go together whose returns tell the same: of the same years, with the same gaps.
        tells = tuple(
            (year, tuple(sorted(gaps.items()))) for year, gaps in gaps_of(ordered).items()
        )
        alike = waiting.setdefault(tells, {})
        alike[council] = ordered
        if sum(_height(one) for each in alike.values() for one in each) >= rows:
            yield _derived(waiting.pop(tells), session)
    for alike in waiting.values():
        yield _derived(alike, session)


def _height(one: ReturnTables) -> int:
    return one.tables["Episodes"].height if "Episodes" in one.tables else 0


def _derived(alike: Mapping[str, Sequence[ReturnTables]], session: Any) -> Together:
    by_year: dict[int, list[tuple[str, ReturnTables]]] = {}
    for council, each in alike.items():
        for one in each:
            by_year.setdefault(one.year, []).append((council, one))
    returns = [ReturnTables(year, "", _joined(here)) for year, here in by_year.items()]
    if session is not None:
        returns = [on_spark(one, session) for one in returns]
    return Together(tuple(alike), care_from("", returns))


def _joined(sent: Sequence[tuple[str, ReturnTables]]) -> Mapping[str, Any]:
    """The tables of one year of several councils, each read when first asked for."""

    def fetch(name: str) -> pl.DataFrame:
        having = [(council, one) for council, one in sent if name in one.tables]
        tables = [one.tables[name] for _, one in having]
        place = np.repeat(range(len(having)), [table.height for table in tables])
        codes = pl.Series([council for council, _ in having], dtype=pl.String).gather(place)
        ids = pl.Series([one.submission for _, one in having], dtype=pl.String).gather(place)
        joined: pl.DataFrame = pl.concat(tables, how="diagonal_relaxed")
        return joined.with_columns(CHILD=codes + joined["CHILD"], SUBMISSION=ids)

    names = {name for _, one in sent for name in one.tables}
    return OnDemand((name for name in READ if name in names), fetch)
