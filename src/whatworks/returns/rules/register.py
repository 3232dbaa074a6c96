"""Where rules are written down: two decorators, and the book of all rules that there are."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from whatworks.returns.rules.model import (
    FIRST_YEAR_HELD,
    SEEN,
    SEEN_YEARS,
    SEVERITIES,
    Example,
    Rule,
    Setting,
    Years,
    frozen,
    since,
)
from whatworks.returns.schema import COLLECTIONS
from whatworks.returns.views import View

Judge = TypeVar("Judge", bound=Callable[..., Any])

ALWAYS = since(FIRST_YEAR_HELD)
_BOOK: dict[str, list[Rule]] = {collection: [] for collection in COLLECTIONS}


def views(collection: str) -> Mapping[str, View]:
    """The views of a collection, by name."""
    module = import_module(f"whatworks.returns.{collection}.views")
    found: Mapping[str, View] = module.VIEWS
    return found


def rule(
    number: str,
    *,
    collection: str,
    view: str,
    reads: Sequence[str],
    examples: Iterable[Example],
    remedy: str,
    severity: str = "error",
    years: Years = ALWAYS,
    reports: Mapping[str, str | Sequence[str]] | None = None,
    validity: bool = False,
    optional: Sequence[str] = (),
    confidence: str = SEEN,
    note: str = SEEN_YEARS,
) -> Callable[[Judge], Judge]:
    """Register a rule over a view: a function giving an expression, true where a row fails.

    Columns in ``reads`` and ``optional`` belong to the view's table unless they name another
    ('Header.DOB').
    ``reports`` maps tables to the view's columns (one or several) of row numbers there; the
    default is the view's own table. The function may take the ``Setting`` (year, span of days,
    code lists) or nothing. Its docstring is the rule's sentence.
    """
    table = views(collection)[view].table

    def register(judge: Judge) -> Judge:
        where = {table: "ROW"} if reports is None else dict(reports)
        _write(
            Rule(
                number=number,
                collection=collection,
                severity=severity,
                years=years,
                sentence=_sentence(judge),
                remedy=remedy,
                reads=tuple(c if "." in c else f"{table}.{c}" for c in reads),
                reports=frozen({name: _columns(columns) for name, columns in where.items()}),
                judge=_with_setting(judge),
                view=view,
                validity=validity,
                optional=tuple(c if "." in c else f"{table}.{c}" for c in optional),
                examples=tuple(examples),
                confidence=confidence,
                note=note,
            )
        )
        return judge

    return register


def table_rule(
    number: str,
    *,
    collection: str,
    reads: Sequence[str],
    reports: Mapping[str, Sequence[str]],
    examples: Iterable[Example],
    remedy: str,
    severity: str = "error",
    years: Years = ALWAYS,
    validity: bool = False,
    optional: Sequence[str] = (),
    confidence: str = SEEN,
    note: str = SEEN_YEARS,
) -> Callable[[Judge], Judge]:
    """Register a rule over whole tables: a function from tables to the keys that fail.

    It is given ``tables`` (Narwhals frames by name, without rows in which a column it reads is
    unreadable, unless ``validity``) and the ``Setting``, and gives a frame of keys. ``reports``
    maps each table to its columns that hold the key, in the key's order; with none, the function
    gives one boolean for the return as a whole.
    """

    def register(judge: Judge) -> Judge:
        _write(
            Rule(
                number=number,
                collection=collection,
                severity=severity,
                years=years,
                sentence=_sentence(judge),
                remedy=remedy,
                reads=tuple(reads),
                reports=frozen({name: tuple(columns) for name, columns in reports.items()}),
                judge=judge,
                view=None,
                validity=validity,
                optional=tuple(optional),
                examples=tuple(examples),
                confidence=confidence,
                note=note,
            )
        )
        return judge

    return register


def _columns(columns: str | Sequence[str]) -> tuple[str, ...]:
    return (columns,) if isinstance(columns, str) else tuple(columns)


def _sentence(judge: Callable[..., Any]) -> str:
    sentence = " ".join((judge.__doc__ or "").split())
    if not sentence:
        raise ValueError("a rule's docstring is its sentence, and this one has none")
    return sentence


def _with_setting(judge: Callable[..., Any]) -> Callable[[Setting], Any]:
    if inspect.signature(judge).parameters:
        return judge
    return lambda setting: judge()


def _write(new: Rule) -> None:
    book = _BOOK[new.collection]
    if any(old.number == new.number and old.years.meets(new.years) for old in book):
        raise ValueError(f"{new.collection} has two rules {new.number} in force in the same year")
    if new.severity not in SEVERITIES:
        raise ValueError(f"rule {new.number}: severity is one of {', '.join(SEVERITIES)}")
    book.append(new)


@cache
def _load(collection: str) -> None:
    """Import every module of the collection's rules, which registers what they hold."""
    import_module(f"whatworks.returns.{collection}.rules")


def rules(collection: str | None = None, *, year: int | None = None) -> tuple[Rule, ...]:
    """All rules, or those of a collection, or those in force in a collection year.

    In the order of their numbers. A number whose rule reads other columns from some year on
    stands twice, with years that do not meet. Raises ValueError for an unknown collection.
    """
    if collection is not None and collection not in COLLECTIONS:
        known = " or ".join(COLLECTIONS)
        raise ValueError(f"There is no collection called {collection}: choose {known}.")
    found: list[Rule] = []
    for name in COLLECTIONS if collection is None else (collection,):
        _load(name)
        found.extend(sorted(_BOOK[name], key=lambda r: (_in_order(r.number), r.years.first)))
    return tuple(r for r in found if year is None or year in r.years)


def _in_order(number: str) -> tuple[int, int, str]:
    digits = "".join(c for c in number if c.isdigit())
    return (0 if number[0].isdigit() else 1, int(digits or 0), number)
