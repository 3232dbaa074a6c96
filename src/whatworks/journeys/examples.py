"""Worked examples written as small tables, read into the frames that journeys take.

Specifications are written with these, and so can be read by people who do not program::

    child  from        rne  ls  place  to          rec
    Ada    2022-05-01  S    V2  U6     2022-07-01  X1
    Ada    2022-07-01  P    V2  U6     .           .

A dot is a blank cell; ``?`` is a date that could not be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from whatworks.journeys.deriving import CareJourneys, ReturnTables, care_from

_COLUMNS = {
    "child": "CHILD",
    "from": "DECOM",
    "to": "DEC",
    "rne": "RNE",
    "ls": "LS",
    "place": "PLACE",
    "rec": "REC",
    "post": "PL_POST",
    "urn": "URN",
    "born": "DOB",
    "sex": "SEX",
    "ethnic": "ETHNIC",
    "until": "DUC",
}
_DATES = ("DECOM", "DEC", "DOB", "DUC")
BLANK, UNREADABLE = ".", "?"


def table(text: str) -> pl.DataFrame:
    """A written table as a typed table: ROW first, dates with their ``__unreadable`` companions."""
    lines = [line.split() for line in text.strip().splitlines() if line.strip()]
    names = [_COLUMNS[word] for word in lines[0]]
    cells = {name: [line[i] for line in lines[1:]] for i, name in enumerate(names)}
    typed: dict[str, pl.Series] = {
        "ROW": pl.Series(range(1, len(lines)), dtype=pl.Int64),
    }
    for name, words in cells.items():
        if name in _DATES:
            readable = [None if w in {BLANK, UNREADABLE} else date.fromisoformat(w) for w in words]
            typed[name] = pl.Series(readable, dtype=pl.Date)
            typed[f"{name}__unreadable"] = pl.Series([w == UNREADABLE for w in words])
        else:
            typed[name] = pl.Series([None if w == BLANK else w for w in words], dtype=pl.String)
    return pl.DataFrame(typed)


def journeys(
    episodes: Mapping[int, str],
    *,
    children: str | None = None,
    uasc: str | None = None,
    council: str = "301",
) -> CareJourneys:
    """Journeys from a written Episodes table for each year; the same children in every return.

    The submission of year 2024 is called 's2024'.
    """
    returns = []
    for year, text in episodes.items():
        tables = {"Episodes": table(text)}
        if children is not None:
            tables["Header"] = table(children)
        if uasc is not None:
            tables["UASC"] = table(uasc)
        returns.append(ReturnTables(year, f"s{year}", tables))
    return care_from(council, returns)
