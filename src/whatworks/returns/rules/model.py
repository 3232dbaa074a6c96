"""What a rule is: its number, its years, what it reads and reports, its sentence and examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from whatworks import reference

FIRST_YEAR_HELD = 2017
"""The earliest collection year whose forms and code lists are held."""

SEVERITIES = ("error", "query")
"""An error must be put right; a query must be put right or explained."""

SEEN = "seen"
UNCONFIRMED = "unconfirmed"

SEEN_YEARS = "Seen listed for the collection years 2023 to 2027; earlier years are assumed."


@dataclass(frozen=True)
class Years:
    """The collection years a rule is in force, both included; ``last`` None is still in force."""

    first: int
    last: int | None = None

    def __contains__(self, year: object) -> bool:
        return (
            isinstance(year, int)
            and self.first <= year
            and (self.last is None or year <= self.last)
        )

    def meets(self, other: Years) -> bool:
        """Whether some year is in both."""
        return other.first in self or self.first in other

    def __str__(self) -> str:
        if self.last is None:
            return f"from {self.first}"
        return f"{self.first} to {self.last}" if self.last != self.first else f"{self.first} only"


def since(first: int) -> Years:
    """In force from that collection year on."""
    return Years(first)


def between(first: int, last: int) -> Years:
    """In force in those collection years, both included."""
    return Years(first, last)


@dataclass(frozen=True)
class Setting:
    """Where and when a return is judged: its collection, year, span of days and council."""

    collection: str
    year: int
    start: date
    end: date
    council: str | None = None

    def codes(self, name: str) -> list[str]:
        """The codes of a list that hold in this year, sorted."""
        return sorted(reference.code_values(self.collection, name, self.year))


@dataclass(frozen=True)
class Example:
    """A small return as it would be sent, and the rows in which the rule must fail.

    ``tables`` holds text as in a file (blank is None); ``fails`` the row numbers by table.
    ``whole`` is true where the return as a whole fails.
    """

    title: str
    tables: Mapping[str, tuple[Mapping[str, str | None], ...]]
    fails: Mapping[str, tuple[int, ...]]
    year: int | None = None
    whole: bool = False


@dataclass(frozen=True)
class Rule:
    """One rule.

    ``judge`` gives, for a rule over a view, a boolean expression that is true where a row fails;
    for a table rule, the keys that fail (or one boolean for the return as a whole). ``reads``
    names every column it looks at as 'Table.COLUMN'; ``optional`` those whose table or column may
    be missing from a return (then it is taken as empty or blank). ``reports`` maps each table in
    which findings are given to the view's columns that hold row numbers there, or, for a table
    rule, to the key's columns there. ``validity`` marks rules that judge whether a cell can be
    read: they alone see rows with unreadable cells.
    """

    number: str
    collection: str
    severity: str
    years: Years
    sentence: str
    remedy: str
    reads: tuple[str, ...]
    reports: Mapping[str, tuple[str, ...]]
    judge: Callable[..., Any] = field(repr=False, compare=False)
    view: str | None = None
    validity: bool = False
    optional: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    confidence: str = SEEN
    note: str = SEEN_YEARS

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables it reads and cannot do without."""
        needed = (c.split(".")[0] for c in self.reads if c not in self.optional)
        return tuple(dict.fromkeys(needed))

    @property
    def whole_return(self) -> bool:
        """Whether it judges the return as a whole, and so reports no table and no row."""
        return not self.reports


def frozen(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    """A read-only copy."""
    return MappingProxyType(dict(mapping))
