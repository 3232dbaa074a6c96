"""A submission opened for reading: what was kept, what checking found, and its rows as sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest

from whatworks.returns import CheckResult, Store, Submission, report
from whatworks.returns.checked import checked
from whatworks.returns.checking import chosen_rules
from whatworks.returns.rules.documents import document
from whatworks.service.common import formats, workspace
from whatworks.service.common.models import Person

COLLECTIONS = {
    "ssda903": "SSDA903",
    "cin": "CIN census",
    "csww": "Workforce census",
    "annex_a": "Annex A lists",
    "ssd": "Standard Safeguarding Dataset",
}
ABOUT = {
    "ssda903": "children looked after",
    "cin": "children in need",
    "csww": "social workers on 30 September",
    "annex_a": "children on a day, as inspectors ask for them",
    "ssd": "children on a day, record by record",
}


@dataclass(frozen=True)
class Opened:
    """One submission, with everything that its pages show."""

    submission: Submission
    store: Store

    @property
    def title(self) -> str:
        """As pages call it."""
        return title_of(self.submission)

    @property
    def person(self) -> str:
        """Whom its records are about: 'child' or 'social worker'."""
        return report.PERSON[self.submission.collection][0]

    @property
    def people(self) -> str:
        """The same, of several."""
        return report.PERSON[self.submission.collection][1]

    @cached_property
    def result(self) -> CheckResult:
        """What checking found."""
        return checked(self.store, self.submission)

    @cached_property
    def text(self) -> dict[str, pl.DataFrame]:
        """The tables, every cell as it was sent."""
        return self.store.text_tables(self.submission)

    @cached_property
    def received_by(self) -> str:
        """Who sent it, by name where it was a person who signs in."""
        return sender(self.submission.received_by)

    @cached_property
    def children(self) -> list[str]:
        """The numbers of all children (or social workers) in the return, sorted."""
        column = report.CHILD_COLUMN[self.submission.collection]
        found: set[str] = set()
        for frame in self.text.values():
            if column in frame.columns:
                found.update(frame[column].drop_nulls().unique())
        return sorted(found)

    def child_at(self, table: str | None, row: int | None) -> str | None:
        """The number of the child that a row is about."""
        column = report.CHILD_COLUMN[self.submission.collection]
        frame = self.text.get(table or "")
        if frame is None or row is None or column not in frame.columns or row > frame.height:
            return None
        return frame[column][row - 1]

    def cells_at(self, table: str | None, row: int | None, columns: list[str]) -> dict[str, Any]:
        """These cells of a row as they were sent; only those whose column is there."""
        frame = self.text.get(table or "")
        if frame is None or row is None or row > frame.height:
            return {}
        return {name: frame[name][row - 1] for name in columns if name in frame.columns}

    def rule(self, number: str) -> dict[str, Any]:
        """One rule as it is documented, with what came of it. Raises Http404."""
        found = report.by_rule(self.result).filter(pl.col("rule") == number)
        if found.is_empty():
            raise Http404
        (rule,) = chosen_rules(self.submission.collection, self.submission.year, [number])
        return {**document(rule), **found.row(0, named=True)}


def title_of(submission: Submission) -> str:
    """A submission as pages call it: 'SSDA903, 2025', 'Annex A lists, 30 September 2025'."""
    when = formats.date(submission.as_at) if submission.as_at else submission.year
    return f"{COLLECTIONS[submission.collection]}, {when}"


def opened(request: HttpRequest, submission: str) -> Opened:
    """The submission of this name, if it is the council's whose page this is. Raises Http404."""
    store = workspace.store()
    for found in store.submissions(request.access.council, current=False):
        if found.id == submission:
            return Opened(found, store)
    raise Http404


def sender(by: str) -> str:
    """Whoever the store says a return came from, in words."""
    if not by.startswith("person:"):
        return by
    person = Person.objects.filter(public_id=by.removeprefix("person:")).first()
    return person.name if person else "somebody who has left"
