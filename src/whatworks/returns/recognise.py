"""What a file is, by what is in it: never by its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from whatworks.returns.schema import all_tables

EXPECTED = (
    "Expected the SSDA903 return as CSV files or XML, or the CIN census or the workforce census "
    "(CSWW) as XML, alone or together in a zip."
)
Form = Literal["ssda903_csv", "ssda903_xml", "cin_xml", "csww_xml"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    (b"PK\x03\x04", "a zip inside a zip"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
)
_CONTROL = frozenset(range(32)) - {9, 10, 11, 12, 13, 26, 28, 29, 30, 31}
_MAX_CONTROL_SHARE = 0.02


@dataclass(frozen=True)
class Recognised:
    """What a file was recognised as, or why it was not (one sentence, nothing from its cells)."""

    form: Form | None
    why_not: str | None = None
    encoding: str | None = None


def recognise(head: bytes) -> Recognised:
    """What the file is that begins with these bytes. CSV is confirmed later by its columns."""
    for magic, what in _OTHERS:
        if head.startswith(magic):
            return Recognised(None, f"It is {what}, not a return. {EXPECTED}")
    encoding = encoding_of(head)
    if encoding is None:
        return Recognised(None, f"It holds something other than text. {EXPECTED}")
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n\x00")
    if not text:
        return Recognised(None, "The file is empty: it holds nothing but blank space.")
    if text.startswith("<"):
        return _recognise_xml(text)
    return Recognised("ssda903_csv", encoding=encoding)


def encoding_of(head: bytes) -> str | None:
    """The encoding that a text begins with, as far as its first bytes tell; None for no text."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[0::2], head[1::2]
    if len(odd) > 1:
        if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
            return "utf-16-le"
        if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
            return "utf-16-be"
    strange = sum(head.count(bytes([code])) for code in _CONTROL)
    return None if strange > 1 + _MAX_CONTROL_SHARE * len(head) else "utf-8"


_DECLARES = (
    "The XML declares a document type. A return needs none, and one can be made to do harm, so "
    "the file was not opened. Send it as your case system exports it."
)
_NOT_RETURNS = {
    "HTML": "a web page, not a return",
    "MESSAGE": "XML of a collection other than the CIN and workforce censuses, "
    "which cannot be read yet",
}
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_COLLECTION = re.compile(r"<(?:[\w.-]+:)?Collection\s*>\s*(\w+)", re.IGNORECASE)
_CIN_SIGNS = re.compile(r"<(?:[\w.-]+:)?(?:Children|ChildIdentifiers|CINdetails)\b", re.IGNORECASE)
_CSWW_SIGNS = re.compile(r"<(?:[\w.-]+:)?(?:CSWWWorker|LALevelVacancies)\b", re.IGNORECASE)


def _recognise_xml(text: str) -> Recognised:
    position = 0
    while match := _PROLOG.match(text, position):
        position = match.end()
    if text.startswith("<!DOCTYPE", position):
        return Recognised(None, _DECLARES)
    match = _ROOT.match(text, position)
    if match is None:
        return Recognised(None, f"It is not XML that can be read from its start. {EXPECTED}")
    root = match.group(1).upper()
    if root.endswith("SSDA903"):
        return Recognised("ssda903_xml")
    census = _census_of(text) if root == "MESSAGE" else None
    if census is not None:
        return Recognised(census)
    other = _NOT_RETURNS.get(root, "XML of none of the returns read here")
    return Recognised(None, f"It is {other}. {EXPECTED}")


def _census_of(text: str) -> Form | None:
    """Which census a message is, by its own word, else by the records in it."""
    said = _COLLECTION.search(text)
    named = said.group(1).upper() if said else None
    if named == "CSWW":
        return "csww_xml"
    if named == "CIN" or _CIN_SIGNS.search(text):
        return "cin_xml"
    if _CSWW_SIGNS.search(text):
        return "csww_xml"
    return "cin_xml" if named is None else None


_TAG = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")


def spellings_of(head: bytes, groups: Collection[str]) -> frozenset[str]:
    """How the names of group elements (given as on the form) are spelt at a file's start, and
    the spellings that are usual."""
    text = head.decode(encoding_of(head) or "utf-8", errors="replace")
    known = {name.upper() for name in groups}
    found = {name for name in set(_TAG.findall(text)) if name.upper() in known}
    usual = {spelt for name in groups for spelt in (name, name.upper(), name.lower())}
    return frozenset(found | usual)


# --- tables of CSV files -------------------------------------------------------------------


def key(name: str) -> str:
    """A column's name for comparing: capitals, underscores for spaces and hyphens."""
    return re.sub(r"[\s\-]+", "_", name.strip().strip("\ufeff\"'").strip()).upper()


IN_FULL = {"DATE_EPISODE_COMMENCED": "DECOM", "DATE_EPISODE_CEASED": "DEC"}
"""Columns of episodes that some write out in full."""


@cache
def column_names() -> Mapping[str, Mapping[str, str]]:
    """SSDA903 table -> (name for comparing -> column), with the names of the XML form as well."""
    known = {}
    for table in all_tables("ssda903").values():
        names = {}
        for column in table.columns:
            if column.path:
                names[key(column.path.rsplit("/", 1)[-1])] = column.name
        known[table.name] = names | {key(column.name): column.name for column in table.columns}
        if "CHILD" in known[table.name]:
            known[table.name] |= {"CHILDID": "CHILD", "CHILD_ID": "CHILD"}
    known["Episodes"] |= IN_FULL
    return MappingProxyType(known)


@cache
def telling_columns() -> Mapping[str, frozenset[str]]:
    """SSDA903 table -> its columns that no other table has."""
    tables = all_tables("ssda903")
    derived = {c.name for table in tables.values() for c in table.columns if c.derived}
    telling = {}
    for table in tables.values():
        others = {name for other in tables.values() if other is not table for name in other.names}
        telling[table.name] = frozenset(set(table.names) - others - derived)
    return MappingProxyType(telling)


def table_of(header: Sequence[str]) -> str | None:
    """The SSDA903 table whose columns these are, or None.

    It must have one column that no other table has, and either CHILD or half of the table's
    columns. Among several, the one with most such columns, then with most of its columns.
    """
    best: tuple[tuple[int, float], str] | None = None
    for table, names in column_names().items():
        present = {names[key(name)] for name in header if key(name) in names}
        telling = len(present & telling_columns()[table])
        asked = [c.name for c in all_tables("ssda903")[table].columns if not c.derived]
        share = len(present & set(asked)) / len(asked)
        if telling and ("CHILD" in present or share >= 0.5):
            score = (telling, share)
            if best is None or score > best[0]:
                best = (score, table)
    return best[1] if best else None


def looks_like_cin(header: Sequence[str]) -> bool:
    """Whether these are the columns of one of the census's tables, which come as XML instead."""
    names = {key(name) for name in header}
    return "LACHILDID" in names
