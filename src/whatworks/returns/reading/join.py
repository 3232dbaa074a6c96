"""Files of the same return put together into one set of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from whatworks.returns.model import Note
from whatworks.returns.schema import all_tables
from whatworks.returns.xml_tables import FileRead

_NUMBERED = {
    "CINdetails": "CINdetailsID",
    "Assessments": "AssessmentID",
    "ChildProtectionPlans": "CPPID",
    "CSWWWorker": "WorkerID",
}


@dataclass
class Joined:
    """One set of tables, with what was found on the way; ``others`` are not of the form."""

    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    problems: list[dict[str, object]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def join(collection: str, reads: Sequence[tuple[str | None, FileRead]]) -> Joined:
    """The files' tables, one below the other, in the order they are given."""
    joined = Joined()
    gathered: dict[str, list[tuple[str | None, pl.DataFrame]]] = {}
    before: Counter[str] = Counter()
    for file, result in reads:
        joined.notes += result.notes
        for problem in result.problems:
            row = problem.get("row")
            if isinstance(row, int):
                row += before[str(problem.get("table"))]
            joined.problems.append({**problem, "file": file, "row": row})
        for name, frame in result.tables.items():
            own = frame if file is None else _renumbered(frame, name, before)
            gathered.setdefault(name, []).append((file, own))
        before.update({name: frame.height for name, frame in result.tables.items()})
    for name, parts in gathered.items():
        if len(parts) > 1:
            joined.notes += _notes_of_rows(name, parts)
        frames = [frame for _, frame in parts if frame.height] or [parts[0][1]]
        joined.tables[name] = pl.concat(frames, how="diagonal") if len(frames) > 1 else frames[0]
    joined.others = [name for name in joined.tables if name not in all_tables(collection)]
    return joined


def _renumbered(frame: pl.DataFrame, table: str, before: Counter[str]) -> pl.DataFrame:
    """Numbers given while reading go on from file to file, so that they stay unlike."""
    return frame.with_columns(
        (pl.col(number).cast(pl.Int64) + before[owner]).cast(pl.String)
        for owner, number in _NUMBERED.items()
        if number in frame.columns and before[owner]
    )


def _notes_of_rows(table: str, parts: list[tuple[str | None, pl.DataFrame]]) -> list[Note]:
    notes, first = [], 1
    for file, frame in parts:
        if frame.height:
            last = first + frame.height - 1
            text = f"Rows {first:,} to {last:,} of {table} are those of {file}."
            notes.append(Note("rows_of_file", text, file, table, count=frame.height))
            first = last + 1
    return notes
