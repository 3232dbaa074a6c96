"""One council's journeys, kept in memory while its returns stay the same: who is who in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from whatworks.journeys import CareJourneys, NeedJourneys
from whatworks.journeys.linked import LinkedJourneys
from whatworks.journeys.linking import OUTCOMES
from whatworks.measures.sourcing import in_memory
from whatworks.returns import Store, Submission, report
from whatworks.service.common import workspace

COLLECTIONS = ("ssda903", "cin")


@dataclass(frozen=True)
class Lives:
    """What a council's returns of all years say of its children."""

    care: CareJourneys
    need: NeedJourneys
    linked: LinkedJourneys


@dataclass(frozen=True)
class Child:
    """One child: the number that journeys through care know them by (None: never looked after as
    far as the returns tell), those that censuses do, and how the one was found in the other."""

    number: str
    care: str | None
    need: tuple[str, ...]
    found: str


def lives(council: str) -> Lives:
    """The journeys of a council's children through care and need."""
    known = in_memory(workspace.store(), council)
    return Lives(*(known.of(name) for name in (*COLLECTIONS, "linked")))


def current(council: str) -> list[Submission]:
    """The returns that a council's journeys are derived from, the latest year first."""
    store = workspace.store()
    found = [one for name in COLLECTIONS for one in store.submissions(council, name)]
    return sorted(found, key=lambda one: (-one.year, one.collection))


def numbers_in(found: Submission) -> frozenset[str]:
    """Every child's number in one return, as it was sent."""
    return _numbers_in(workspace.path(), found.id, found.collection)


@lru_cache(maxsize=64)
def _numbers_in(folder: Path, submission: str, collection: str) -> frozenset[str]:
    column = report.CHILD_COLUMN[collection]
    sent: set[str] = set()
    for table in Store.open(folder).text_tables(submission).values():
        if column in table.columns:
            sent.update(table[column].drop_nulls())
    return frozenset(sent)


def child(of: Lives, number: str, found: Submission) -> Child:
    """The child whom one return means by a number.

    A number that a council gave to two children means the one of that return's year; a census
    and a return of care that give one number to two children are told apart by
    ``journeys.linking``.
    """
    links = of.linked.links
    if found.collection == "ssda903":
        care: str | None = _own_number(of, number, found.year)
    else:
        linked = links.filter(pl.col("NEED_CHILD") == number)["CHILD"]
        care = linked[0] if len(linked) else None
    if care is None:
        return Child(number, None, (number,), "")
    need = tuple(sorted(set(links.filter(pl.col("CHILD") == care)["NEED_CHILD"])))
    how = of.linked.children.filter(pl.col("CHILD") == care)["OUTCOME"]
    return Child(number, care, need, OUTCOMES[how[0]] if len(how) else "")


def _own_number(of: Lives, number: str, year: int) -> str:
    """The number of a child in one year's return of care, as journeys know the child."""
    others = of.care.outcomes.setting.others
    if others is None:
        return number
    found = others.filter((pl.col("CHILD") == number) & (pl.col("YEAR") == year))["NEW"]
    return str(found[0]) if len(found) else number
