"""Examples written as the tables of returns, read as files of returns are.

    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    Ada    2023-05-01  S    V2  U6     2023-07-01  E4A

Headings are the columns of the form. A dot is a blank cell; a word that is no date in a column of
dates, such as ``?``, is a cell that cannot be read. Dates are written year first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from whatworks.journeys.deriving import care_from
from whatworks.journeys.linked import linked_from
from whatworks.journeys.linking import pupil_numbers
from whatworks.journeys.need import need_from
from whatworks.journeys.stacking import ReturnTables
from whatworks.measures.examples.monthly import annex_a_of, ssd_of
from whatworks.measures.sourcing import Countable
from whatworks.returns.typing import type_tables

BLANK = "."
COUNCIL = "301"

Written = Mapping[str, Mapping[int, Mapping[str, str]]]
"""Collection -> year -> table -> what is written in it."""


def as_text(written: str) -> pl.DataFrame:
    """A written table as a table of text cells, as it would be read from a file."""
    names, *lines = [line.split() for line in written.strip().splitlines() if line.strip()]
    return pl.DataFrame(
        [[None if cell == BLANK else cell for cell in line] for line in lines],
        schema=dict.fromkeys(names, pl.String),
        orient="row",
    )


def returns_of(collection: str, written: Mapping[int, Mapping[str, str]]) -> list[ReturnTables]:
    """Written returns of one collection; that of 2024 is submission 's2024'."""
    made = []
    for year, tables in sorted(written.items()):
        text = {name: as_text(table) for name, table in tables.items()}
        typed, _, _ = type_tables(text, collection=collection, year=year)
        made.append(ReturnTables(year, f"s{year}", typed))
    return made


def countable(collection: str, written: Written) -> Countable:
    """What measures of a collection are counted from, made of written returns."""
    return _MADE_OF[collection](written)


def _linked(written: Written) -> Countable:
    both = {name: returns_of(name, written[name]) for name in ("ssda903", "cin")}
    return linked_from(
        care_from(COUNCIL, both["ssda903"]),
        need_from(COUNCIL, both["cin"]),
        care_numbers=pupil_numbers(both["ssda903"], "ssda903"),
        need_numbers=pupil_numbers(both["cin"], "cin"),
    )


_MADE_OF: dict[str, Callable[[Written], Countable]] = {
    "ssda903": lambda written: care_from(COUNCIL, returns_of("ssda903", written["ssda903"])),
    "cin": lambda written: need_from(COUNCIL, returns_of("cin", written["cin"])),
    "linked": _linked,
    "annex_a": annex_a_of,
    "ssd": ssd_of,
}
