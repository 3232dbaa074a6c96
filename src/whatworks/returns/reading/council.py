"""Which council a return is from: the one given, else the one that the census names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from whatworks.reference import councils, find_council
from whatworks.returns.model import Note, ReturnsError
from whatworks.returns.period import period_of
from whatworks.returns.schema import CENSUSES

_REMEDY = "Give the Department's three-digit code, such as 301."


def check_council(council: str | None) -> str | None:
    """The code of the council given, as three digits. Raises ReturnsError for one unheard of."""
    if council is None:
        return None
    found = find_council(str(council))
    if found is None:
        raise ReturnsError(f"No council of England is known as {str(council)[:40]!r}. {_REMEDY}")
    return found.code


def settle_council(
    collection: str, tables: Mapping[str, pl.DataFrame], given: str | None, year: int
) -> tuple[str | None, list[dict[str, object]], list[Note]]:
    """The council's code (None if nothing says it), problems and notes about it.

    Raises ReturnsError where two censuses name two councils and none was given.
    """
    problems: list[dict[str, object]] = []
    named = _named_in_header(tables) if collection in CENSUSES else []
    known: dict[str, int] = {}
    for row, text in named:
        found = find_council(text)
        if found is None:
            why = "No council of England has this code."
            problems.append(_about(row, text, f"{why} {_REMEDY}"))
        else:
            known.setdefault(found.code, row)
            if given is not None and found.code != given:
                why = f"The census names council {found.code}; it was read as {given}'s, as given."
                problems.append(_about(row, text, why))
    if given is None and len(known) > 1:
        raise ReturnsError(
            f"The files are of different councils: {', '.join(sorted(known))}. "
            "Send one council's at a time."
        )
    code = given or next(iter(known), None)
    return code, problems, _notes(code, period_of(collection, year)[1])


def _named_in_header(tables: Mapping[str, pl.DataFrame]) -> list[tuple[int, str]]:
    header = tables.get("Header")
    if header is None or "LEA" not in header.columns:
        return []
    return [(row, text) for row, text in enumerate(header["LEA"], 1) if text is not None]


def _about(row: int, value: str, why: str) -> dict[str, object]:
    return {"table": "Header", "row": row, "column": "LEA", "value": value, "problem": why}


def _notes(code: str | None, day: date) -> list[Note]:
    if code is None or code in set(councils(on=day)["code"]):
        return []
    text = f"Council {code} did not exist on {day.day} {day:%B %Y}."
    return [Note("council_of_another_time", text)]
