"""Which table a row of headings belongs to, and which of its columns each heading names.

Headings are compared by their letters and digits alone, whatever their order. What is not found so
may be worded as ``Column.headings`` allows. A heading that names no column is kept as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from whatworks.returns.schema import Table, all_tables, plain

_LONGEST = 300
_LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Match:
    """A table, and the place of each column found: column -> position among the headings."""

    table: str
    columns: Mapping[str, int]
    telling: int

    @property
    def score(self) -> tuple[int, int]:
        """More of what only this table has, then more of all it has, is better."""
        return self.telling, len(self.columns)


def match(collection: str, headings: Sequence[str | None], hint: str | None = None) -> Match | None:
    """The table whose headings these are, or None.

    It must have a column that no other table has, and either its first column or half of them.
    ``hint`` (the name of a sheet or file) decides only between tables that fit equally.
    """
    found: list[tuple[tuple[int, int], bool, int, Match]] = []
    shown = [(heading or "")[:_LONGEST] for heading in headings]
    words = _by_words(shown)
    if not words:
        return None
    for place, form in enumerate(all_tables(collection).values()):
        if not any(name in words for name in _known(collection)[form.name]) and not _worded(form):
            continue
        columns = _columns(collection, form, shown, words)
        telling = len(set(columns) & _telling(collection)[form.name])
        first = form.columns[0].name in columns
        if telling and (first or len(columns) >= _LEAST_SHARE * len(form.columns)):
            hinted = hint is not None and plain(hint) == plain(form.name)
            one = Match(form.name, columns, telling)
            found.append((one.score, hinted, -place, one))
    return max(found, key=lambda item: item[:3])[3] if found else None


def _by_words(shown: Sequence[str]) -> dict[str, int]:
    """Heading as compared -> its place; of several alike, that which comes first by its text."""
    words: dict[str, int] = {}
    for place in sorted(range(len(shown)), key=lambda i: (len(shown[i]), shown[i], i)):
        if plain(shown[place]):
            words.setdefault(plain(shown[place]), place)
    return words


def _columns(
    collection: str, form: Table, shown: Sequence[str], words: Mapping[str, int]
) -> dict[str, int]:
    known = _known(collection)[form.name]
    columns = {column: words[name] for name, column in known.items() if name in words}
    for column in form.columns:
        if column.name in columns or not column.headings:
            continue
        pattern = _pattern(column.headings)
        taken = set(columns.values())
        fits = [i for i in words.values() if i not in taken and pattern.search(shown[i])]
        if fits:
            columns[column.name] = min(fits, key=lambda i: (len(shown[i]), shown[i]))
    return columns


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


@cache
def _known(collection: str) -> Mapping[str, Mapping[str, str]]:
    """Table -> (heading as compared -> column)."""
    return {
        form.name: {plain(column.name): column.name for column in form.columns}
        for form in all_tables(collection).values()
    }


def _worded(form: Table) -> bool:
    return any(column.headings for column in form.columns)


@cache
def _telling(collection: str) -> Mapping[str, frozenset[str]]:
    """Table -> its columns that no other table has."""
    forms = all_tables(collection)
    count = Counter(name for form in forms.values() for name in form.names)
    return {
        form.name: frozenset(name for name in form.names if count[name] == 1)
        for form in forms.values()
    }
