"""A return given as data frames by table name, of any data frame library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from whatworks.returns import recognise
from whatworks.returns.frames import to_text
from whatworks.returns.model import NotAReturn, Note, ReturnsError
from whatworks.returns.recognise import key
from whatworks.returns.schema import COLLECTIONS, Table, all_tables
from whatworks.returns.xml_tables import FileRead


def read_frames(source: Mapping[str, Any], collection: str | None) -> tuple[str, FileRead]:
    """The collection and the frames as text under the form's names of tables and columns."""
    frames: dict[str, pl.DataFrame] = {}
    result = FileRead()
    for name, frame in source.items():
        try:
            frames[str(name)] = to_text(frame)
        except Exception:  # any library's own error; its text could hold cells, so it is not kept
            why = f"What was given as {name} is not a table."
            result.problems.append({"table": str(name), "problem": why})
    if not frames:
        raise NotAReturn(f"No tables were given. {recognise.EXPECTED}")
    chosen = collection or _collection_of(frames)
    forms = {_plain(name): table for name, table in all_tables(chosen).items()}
    for name, frame in frames.items():
        form = forms.get(_plain(name))
        if form is None and chosen == "ssda903":
            told = recognise.table_of(frame.columns)
            form = all_tables(chosen)[told] if told else None
        if form is None:
            text = f"{name} is not a table of this return and was not used."
            result.notes.append(Note("unknown_table", text, table=name))
            continue
        if form.name in result.tables:
            why = f"{form.name} was given twice; the first was used."
            result.problems.append({"table": form.name, "problem": why})
            continue
        other_names = recognise.column_names() if chosen == "ssda903" else {}
        result.tables[form.name] = _named(frame, form, other_names.get(form.name, {}), result)
    if not result.tables:
        raise NotAReturn(f"None of the tables is of a return. {recognise.EXPECTED}")
    return chosen, result


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _collection_of(frames: Mapping[str, pl.DataFrame]) -> str:
    """The collection whose tables and columns these are most of."""
    scores = {}
    for collection in COLLECTIONS:
        forms = {_plain(name): table for name, table in all_tables(collection).items()}
        scores[collection] = sum(
            len({key(column) for column in frame.columns} & {key(n) for n in form.names})
            for name, frame in frames.items()
            if (form := forms.get(_plain(name))) is not None
        )
        if collection == "ssda903":
            scores[collection] += sum(
                recognise.table_of(frame.columns) is not None for frame in frames.values()
            )
    most = max(scores.values())
    if not most:
        raise NotAReturn(f"None of the tables is of a return. {recognise.EXPECTED}")
    best = [collection for collection, score in scores.items() if score == most]
    if len(best) > 1:
        either = " or ".join(collection.upper() for collection in best)
        raise ReturnsError(f"The tables could be of {either}. Say which collection they are.")
    return best[0]


def _named(
    frame: pl.DataFrame, form: Table, other_names: Mapping[str, str], result: FileRead
) -> pl.DataFrame:
    """The frame under the form's names; columns that are not of the form keep their own."""
    known = {**other_names, **{key(name): name for name in form.names}}
    columns: dict[str, pl.Series] = {}
    for cells in frame.iter_columns():
        name = known.get(key(cells.name), cells.name)
        if name in columns:
            why = f"The column {name} comes twice; the first was used."
            result.problems.append({"table": form.name, "column": name, "problem": why})
            continue
        if name != cells.name:
            text = "Names of columns were written in another way than on the form."
            result.notes.append(Note("column_names_respelt", text, None, form.name, name))
        columns[name] = cells.alias(name)
    return pl.DataFrame(list(columns.values()))
