"""Worked examples written as small tables, read into the frames that journeys take.

Specifications are written with these, and so can be read by people who do not program::

    child  from        rne  ls  place  to          rec
    Ada    2022-05-01  S    V2  U6     2022-07-01  X1
    Ada    2022-07-01  P    V2  U6     .           .

A dot is a blank cell; ``?`` is a date that could not be read. Tables of a CIN census have other
headings (``referred``, ``closed``, ``began``, ``ended``, ``plans_before``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from whatworks.journeys import need
from whatworks.journeys.deriving import CareJourneys, care_from
from whatworks.journeys.need import NeedJourneys, need_from
from whatworks.journeys.stacking import ReturnTables

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
_OF_CENSUS = {
    "child": "LAchildID",
    "referred": "CINreferralDate",
    "closed": "CINclosureDate",
    "nfa": "ReferralNFA",
    "began": "CPPstartDate",
    "ended": "CPPendDate",
    "plans_before": "NumberOfPreviousCPP",
    "born": "PersonBirthDate",
    "expected": "ExpectedPersonBirthDate",
    "sex": "GenderCurrent",
    "ethnic": "Ethnicity",
}
_DATES = ("from", "to", "born", "until", "expected", "referred", "closed", "began", "ended")
_NUMBERS = ("plans_before",)
BLANK, UNREADABLE = ".", "?"


def table(text: str, columns: Mapping[str, str] = _COLUMNS) -> pl.DataFrame:
    """A written table as a typed table: ROW first, dates with their ``__unreadable`` companions.

    Raises KeyError for a heading that is not among ``columns``.
    """
    headings, *lines = [line.split() for line in text.strip().splitlines() if line.strip()]
    cells = {h: [line[i] for line in lines] for i, h in enumerate(headings)}
    typed: dict[str, pl.Series] = {
        "ROW": pl.Series(range(1, len(lines) + 1), dtype=pl.Int64),
    }
    for heading, words in cells.items():
        name = columns[heading]
        readable = [None if w in {BLANK, UNREADABLE} else w for w in words]
        if heading in _DATES:
            days = [None if w is None else date.fromisoformat(w) for w in readable]
            typed[name] = pl.Series(days, dtype=pl.Date)
        elif heading in _NUMBERS:
            typed[name] = pl.Series(
                [None if w is None else int(w) for w in readable], dtype=pl.Int64
            )
        else:
            typed[name] = pl.Series([None if w == BLANK else w for w in words], dtype=pl.String)
            continue
        typed[f"{name}__unreadable"] = pl.Series([w == UNREADABLE for w in words])
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


def need_journeys(
    referrals: Mapping[int, str],
    plans: Mapping[int, str] | None = None,
    *,
    children: str | None = None,
    council: str = "301",
) -> NeedJourneys:
    """Referrals and plans from a written table of each for each census year.

    The same children stand in every census; that of 2024 is submission 's2024'.
    """
    plans = plans or {}
    return need_from(
        council,
        [
            census(year, referrals.get(year), plans.get(year), children=children)
            for year in sorted({*referrals, *plans})
        ],
    )


def census(
    year: int, referrals: str | None, plans: str | None = None, *, children: str | None = None
) -> ReturnTables:
    """One written CIN census."""
    written = {
        need.CASES: referrals,
        need.PLANS: plans,
        need.IDENTIFIERS: children,
        need.CHARACTERISTICS: children,
    }
    tables = {n: table(text, _OF_CENSUS) for n, text in written.items() if text is not None}
    return ReturnTables(year, f"s{year}", tables)
