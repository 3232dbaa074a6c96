"""What a return is once it has been read: text tables, problems and notes, all immutable.

A cell of a return is in one of three states. A *value* could be understood; a *blank* was
empty; an *unreadable* cell held something that is not what its column asks for. Unreadable
cells are null in typed tables, flagged in a companion column, and always listed as a problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

import polars as pl

ROW = "ROW"
"""Column of every typed table: the record's position in its file's table, from 1."""

UNREADABLE_SUFFIX = "__unreadable"
"""Companion column of each date and integer column: true where the cell could not be read."""

AS_WRITTEN_SUFFIX = "__as_written"
"""Companion column of a code column with cells in small letters: the cells as they were sent."""

PROBLEM_SCHEMA: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "file": pl.String(),
        "table": pl.String(),
        "row": pl.Int64(),
        "column": pl.String(),
        "value": pl.String(),
        "problem": pl.String(),
    }
)
RULE_SCHEMA: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "rule": pl.String(),
        "severity": pl.String(),
        "state": pl.String(),
        "reason": pl.String(),
        "n_rows": pl.Int64(),
    }
)
FINDING_SCHEMA: Mapping[str, pl.DataType] = MappingProxyType(
    {"rule": pl.String(), "severity": pl.String(), "table": pl.String(), "row": pl.Int64()}
)

PASSED, FAILED, COULD_NOT_RUN, NOT_APPLICABLE = (
    "passed",
    "failed",
    "could_not_run",
    "not_applicable",
)
STATES = (PASSED, FAILED, COULD_NOT_RUN, NOT_APPLICABLE)


YEAR_UNLIKE_DATES = "year_unlike_dates"
"""Code of the note that a return was read as another year than its dates tell: shown first."""


class ReturnsError(Exception):
    """Something about a return that its sender can put right; its text is shown as it stands.

    The text never holds a child's record: it names files, tables, columns and row numbers.
    """


class NotAReturn(ReturnsError):
    """Nothing in the source could be read as a return."""


@dataclass(frozen=True)
class SourceFile:
    """One file that was sent: its name as given, its SHA-256, its size in bytes and its format."""

    name: str
    sha256: str
    size: int
    format: str
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something tolerated while reading, said once for a file or column.

    ``code`` is a short stable name ('dates_in_iso_form'), ``text`` the sentence for people,
    ``count`` how many cells, rows or columns it concerns.
    """

    code: str
    text: str
    file: str | None = None
    table: str | None = None
    column: str | None = None
    count: int = 1


@dataclass(frozen=True)
class ReadReturn:
    """A return as read. ``tables`` hold text exactly as sent (blank = null), in file order.

    ``content`` keeps the bytes of each file by SHA-256 where the source was files.
    """

    collection: str
    year: int
    council: str | None
    files: tuple[SourceFile, ...]
    tables: Mapping[str, pl.DataFrame]
    problems: pl.DataFrame
    notes: tuple[Note, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 -> where the file's bytes can be read again (a path, or 'zip path::member')."""
    as_at: date | None = None
    """The day that a monthly input (Annex A, SSD) tells of; None for a return of a whole year."""


@dataclass(frozen=True)
class CheckResult:
    """What checking a return found. Frames have the columns of the schemas above."""

    collection: str
    year: int
    council: str | None
    period: tuple[date, date]
    files: tuple[SourceFile, ...]
    rules: pl.DataFrame
    findings: pl.DataFrame
    problems: pl.DataFrame
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Submission:
    """One immutable load of a return into the store."""

    id: str
    council: str
    collection: str
    year: int
    received_at: datetime
    received_by: str
    files: tuple[SourceFile, ...]
    reader_version: str
    n_rows: Mapping[str, int]
    n_problems: int
    supersedes: str | None = None
    superseded_by: str | None = None
    notes: tuple[Note, ...] = ()
    already_stored: bool = False
    """True when load() was given the same files again and so changed nothing."""
    as_at: date | None = None
    """The day that a monthly input tells of; None for a return of a whole year."""
    again_of: str | None = None
    """The earlier submission that this one repeats, whose return was to be current again."""

    @property
    def month(self) -> str | None:
        """The month of a monthly input, as 2025-09; a later one of that month takes its place."""
        return None if self.as_at is None else f"{self.as_at:%Y-%m}"

    @property
    def current(self) -> bool:
        """Whether no later submission has taken its place."""
        return self.superseded_by is None

    def lacks(self, other: Submission) -> tuple[str, ...]:
        """Tables that ``other`` has rows of and this one has none of: a file was left out?"""
        return tuple(name for name, n in other.n_rows.items() if n and not self.n_rows.get(name))


def empty_frame(schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """An empty frame with these columns."""
    return pl.DataFrame(schema=dict(schema))


def problems_frame(rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Problem records as a frame with the agreed columns."""
    return pl.DataFrame(list(rows), schema=dict(PROBLEM_SCHEMA), orient="row")
