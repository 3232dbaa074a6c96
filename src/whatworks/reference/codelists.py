"""Code lists of the SSDA903, CIN and CSWW returns: each code, its meaning and its years."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

import polars as pl

from whatworks.reference._data import NotHeld, frame

FIRST_YEAR = 2017
"""The earliest collection year of which code lists are held."""

_YEARS = (("valid_from", pl.Int64), ("valid_to", pl.Int64))
_COLLECTIONS = ("ssda903", "cin", "csww")


def _all(collection: str) -> pl.DataFrame:
    if collection not in _COLLECTIONS:
        held = ", ".join(_COLLECTIONS)
        raise NotHeld(f"Code lists are held of {held}, not of {collection!r}.")
    return frame(f"{collection}_codes.csv", *_YEARS)


@cache
def _names(collection: str) -> MappingProxyType[str, str]:
    lists = frame("code_lists.csv").filter(pl.col("collection") == collection)
    found = {}
    for row in lists.iter_rows(named=True):
        for name in (row["list"], *(row["covers"] or "").split("|")):
            found[name.casefold()] = row["list"]
    found.pop("", None)
    return MappingProxyType(found)


def _list_name(collection: str, name: str) -> str:
    try:
        return _names(collection)[name.casefold()]
    except KeyError:
        raise NotHeld(f"No code list called {name!r} is held of {collection}.") from None


def code_lists(collection: str | None = None) -> pl.DataFrame:
    """The code lists held: ``collection``, ``list``, ``covers`` (other names for it), ``title``."""
    lists = frame("code_lists.csv")
    return lists.clone() if collection is None else lists.filter(pl.col("collection") == collection)


def codes(collection: str, name: str, year: int | None = None) -> pl.DataFrame:
    """A code list, in the order of its codes.

    Args:
        collection: ``"ssda903"``, ``"cin"`` or ``"csww"``.
        name: the list: an SSDA903 column (``"REC"``), or a census field (``"PrimaryNeedCode"``) or
            schema type (``"primaryneedcodetype"``). Letter case does not matter.
        year: a collection year (2026 = 1 April 2025 to 31 March 2026): the codes in force then.
            Without it, all codes ever held.

    Returns:
        Columns ``code``, ``meaning`` (in plain words of our own), ``valid_from`` and
        ``valid_to`` (first and last collection year; 2017 = 2017 or earlier, null = still in
        force), ``source``, ``confidence`` (seen or unconfirmed), ``note`` (what is in doubt).

    Raises:
        NotHeld: no such list, or a year before 2017.
    """
    wanted = _list_name(collection, name) if collection in _COLLECTIONS else name
    found = _all(collection).filter(pl.col("list") == wanted).drop("list")
    if year is None:
        return found
    if year < FIRST_YEAR:
        raise NotHeld(f"Code lists are held from collection year {FIRST_YEAR}, not for {year}.")
    return found.filter(
        (pl.col("valid_from") <= year)
        & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= year))
    )


@cache
def code_values(collection: str, name: str, year: int | None = None) -> frozenset[str]:
    """The codes alone, as a set: what a cell of this list may hold in a collection year."""
    return frozenset(codes(collection, name, year)["code"])


def meaning(collection: str, name: str, code: str) -> str | None:
    """What a code means, or None for a code that no year's list holds."""
    found = codes(collection, name).filter(pl.col("code") == code)
    return None if found.is_empty() else str(found["meaning"][0])
