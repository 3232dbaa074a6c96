"""Reading what comes month by month: Annex A lists and the Standard Safeguarding Dataset.

A workbook with a sheet for each table, a file for each table (a workbook or CSV), a folder or a
zip of them. A table is known by its headings, wherever they stand near the top and in whatever
order; the names of sheets and files decide only between tables that fit equally. Sheets are taken
in the order of their names, so that their order in the workbook changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from whatworks.returns import cells, delimited, limits
from whatworks.returns.frames import to_text
from whatworks.returns.model import NotAReturn, Note, ReturnsError, SourceFile
from whatworks.returns.reading.grids import Grid, first_lines, opened
from whatworks.returns.reading.headings import Match, match
from whatworks.returns.schema import MONTHLY, Column, Table, all_tables
from whatworks.returns.sources import RawFile, Unread, gather
from whatworks.returns.workbooks import ERRORS, is_workbook
from whatworks.returns.xml_tables import FileRead

SHEET = "sheet"
"""Code of the note that says in which sheet a table was: ``column`` is the sheet's name, ``count``
the row of its headings."""

EXPECTED = {
    "annex_a": "Expected Annex A lists: a workbook (.xlsx) with a sheet for each list, or a "
    "workbook or CSV file for each.",
    "ssd": "Expected tables of the Standard Safeguarding Dataset: a CSV file for each, named in "
    "its first line by columns such as pers_person_id, or a workbook with a sheet for each.",
}
_DAYS_1904 = 1_462
_FORMS = {"annex_a": cells.UK_FORM, "ssd": cells.ISO_FORM}


@dataclass
class Monthly:
    """What was read: a piece for each sheet or file, in an order that theirs does not change."""

    collection: str
    reads: list[tuple[str | None, FileRead]] = field(default_factory=list)
    problems: list[dict[str, object]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    files: tuple[SourceFile, ...] = ()
    paths: dict[str, str] = field(default_factory=dict)


def read_monthly_files(paths: Sequence[str | os.PathLike[str]], collection: str | None) -> Monthly:
    """The tables in these files. Raises NotAReturn if there are none."""
    gathered = gather(paths, workbooks=True)
    unread = list(gathered.unread)
    distinct: dict[str, RawFile] = {}
    for raw in sorted(gathered.files, key=lambda raw: (raw.name, raw.place)):
        if distinct.setdefault(raw.sha256, raw) is not raw:
            text = f"The same file as {distinct[raw.sha256].name}; it was used once."
            gathered.notes.append(Note("same_file_again", text, raw.name))
    form = _FORMS.get(str(collection), cells.UK_FORM)
    held = [(raw, opened(raw, form, unread)) for raw in distinct.values()]
    chosen = collection or _collection_of([grid for _, grids in held for grid in grids])
    found = Monthly(chosen, notes=gathered.notes)
    files = []
    for raw, grids in sorted(held, key=lambda one: one[0].sha256):
        tables = [table for grid in grids for table in _take(raw, grid, found)]
        if tables:
            kind = "xlsx" if is_workbook(raw.head) else "csv"
            named = tuple(dict.fromkeys(tables))
            files.append(SourceFile(raw.name, raw.sha256, raw.size, kind, named))
            found.paths[raw.sha256] = raw.place
        elif raw.name not in {one.name for one in unread}:
            unread.append(Unread(raw.name, f"It holds no table of this kind. {EXPECTED[chosen]}"))
    if not found.reads:
        raise NotAReturn(_why_nothing(unread, chosen))
    found.problems = [{"file": one.name, "problem": one.why} for one in sorted(unread)]
    found.files = tuple(sorted(files, key=lambda file: (file.name, file.sha256)))
    return found


def read_monthly_frames(source: Mapping[str, Any], collection: str | None) -> Monthly:
    """The tables among these frames. Raises NotAReturn if there are none."""
    grids = []
    problems: list[dict[str, object]] = []
    for name, given in source.items():
        try:
            frame = to_text(given)
        except Exception:  # any library's own error; its text could hold cells, so it is not kept
            why = f"What was given as {name} is not a table."
            problems.append({"table": str(name), "problem": why})
            continue
        grids.append(Grid(str(name), frame.columns, frame, 0, framed=True))
    chosen = collection or _collection_of(grids)
    found = Monthly(chosen, problems=problems)
    for grid in grids:
        _take(None, grid, found)
    if not found.reads:
        raise NotAReturn(f"None of the tables is of this kind. {EXPECTED[chosen]}")
    return found


def _why_nothing(unread: Sequence[Unread], collection: str) -> str:
    if not unread:
        return f"Nothing was sent. {EXPECTED[collection]}"
    shown = [f"{one.name}: {one.why}" for one in sorted(unread)]
    if len(shown) == 1:
        return shown[0]
    more = f" And {len(shown) - 5} more." if len(shown) > 5 else ""
    return f"None of {len(shown)} files could be read. " + " ".join(shown[:5]) + more


def _collection_of(grids: Sequence[Grid]) -> str:
    """The collection that more of the tables are of."""
    counts = {
        name: sum(_best(name, grid) is not None for grid in grids) for name in reversed(MONTHLY)
    }
    most = max(counts, key=lambda name: counts[name])
    if not counts[most]:
        raise NotAReturn(f"No table of a monthly input was found. {' '.join(EXPECTED.values())}")
    if len({*counts.values()}) == 1:
        raise ReturnsError("The tables are of two kinds: say which collection, annex_a or ssd.")
    return most


def _best(collection: str, grid: Grid) -> tuple[int, Match] | None:
    """The row of the headings (from 0) and what they are the headings of."""
    best: tuple[int, Match] | None = None
    for place, headings in enumerate(first_lines(grid)):
        one = match(collection, headings, grid.name)
        if one is not None and (best is None or one.score > best[1].score):
            best = (place, one)
    return best


def _take(raw: RawFile | None, grid: Grid, found: Monthly) -> list[str]:
    """Read one grid as a table of the collection. Returns the table's name, if it is one."""
    file = raw.name if raw else None
    best = _best(found.collection, grid)
    if best is None:
        text = f"{grid.name} is not a table of this kind and was not used."
        if grid.framed or (grid.rows is not None and any(any(row) for row in grid.rows)):
            found.notes.append(Note("other_table", text, file))
        return []
    place, told = best
    result = FileRead()
    form = all_tables(found.collection)[told.table]
    if grid.text is not None:
        frame = _csv_cells(grid, place, told.table, found.collection, result, file=file)
    else:
        frame = _cells(grid, place, told.table, file, result)
    if frame is None:
        if file is not None:
            found.problems.append({"file": file, "problem": result.why_not})
        return []
    if grid.text is not None:
        told = match(found.collection, grid.headings, grid.name) or told
    renamed = _named(frame, grid, told, form=form, file=file, result=result)
    problems = _contained(renamed, form, grid, place)
    renamed = _without_errors(renamed, form)
    if grid.from_1904:
        renamed = _since_1900(renamed, form)
    result.problems += problems
    result.problems += _without_key(renamed, form, found.collection, grid, place)
    result.tables[told.table] = renamed
    if grid.rows is not None:
        text = f"{told.table} is in the sheet '{grid.name}', its headings in row {place + 1}."
        result.notes.append(Note(SHEET, text, file, told.table, grid.name, place + 1))
    label = f"{file}: {grid.name}" if grid.rows is not None else file
    found.reads.append((label, result))
    return [told.table]


def _cells(grid: Grid, place: int, table: str, file: str | None, result: FileRead) -> pl.DataFrame:
    """The cells below the headings, in columns '0', '1', ...; fills ``grid.headings``."""
    if grid.framed:
        return grid.frame.rename({name: str(i) for i, name in enumerate(grid.frame.columns)})
    return _sheet_cells(grid, place, table, file, result)


def _csv_cells(
    grid: Grid, place: int, table: str, collection: str, result: FileRead, *, file: str | None
) -> pl.DataFrame | None:
    """The same of a CSV file; None where it has too many columns."""
    text = "\n".join((grid.text or "").split("\n")[place:])

    def known(header: Sequence[str]) -> int:
        told = match(collection, header)
        return len(told.columns) if told else 0

    split = delimited.split(text, known)
    if len(split.header) > limits.MAX_COLUMNS:
        result.why_not = (
            f"The file names {len(split.header):,} columns; the limit is {limits.MAX_COLUMNS:,}."
        )
        return None
    grid.headings = split.header
    result.notes += [
        Note(odd.code, odd.text, file, table, count=odd.count) for odd in grid.notes + split.notes
    ]
    result.problems += [
        {"table": table, "row": odd.row, "value": odd.value, "problem": odd.text}
        for odd in split.problems
    ]
    return split.cells


def _sheet_cells(
    grid: Grid, place: int, table: str, file: str | None, result: FileRead
) -> pl.DataFrame:
    rows = grid.rows or []
    grid.headings, body = rows[place], rows[place + 1 :]
    while body and not any(body[-1]):
        body.pop()
    blank = sum(not any(row) for row in body)
    if blank:
        why = "Rows without anything in them were passed over."
        result.notes.append(Note("blank_rows", why, file, table, count=blank))
    width = max([len(grid.headings), *(len(row) for row in body)])
    grid.headings = [*grid.headings, *[None] * (width - len(grid.headings))]
    return pl.DataFrame(
        [
            pl.Series(str(i), [row[i] if i < len(row) else None for row in body], dtype=pl.String)
            for i in range(width)
        ]
    )


def _named(
    frame: pl.DataFrame,
    grid: Grid,
    told: Match,
    *,
    form: Table,
    file: str | None,
    result: FileRead,
) -> pl.DataFrame:
    """The cells under the names of their columns; what is no column of the form keeps its own."""
    by_place = {place: column for column, place in told.columns.items()}
    named: dict[str, pl.Series] = {}
    respelt = 0
    for place, series in enumerate(frame.iter_columns()):
        given = (grid.headings[place] if place < len(grid.headings) else None) or ""
        name = by_place.get(place, given.strip())
        if not name:
            if series.null_count() == len(series):
                continue
            name = "(no name)"
        respelt += place in by_place and name != given
        if place not in by_place and name in form:
            name = f"{name} (again)"
        base, n = name, 1
        while name in named:
            n += 1
            name = f"{base} ({n})"
        named[name] = series.alias(name)
    if respelt:
        why = "Names of columns were written in another way than on the form."
        result.notes.append(Note("column_names_respelt", why, file, form.name, count=respelt))
    order = [c for c in form.names if c in named] + sorted(set(named) - set(form.names))
    return pl.DataFrame([named[name] for name in order])


def _is_text(column: Column) -> bool:
    return column.kind in {"text", "postcode"}


def _where(grid: Grid, place: int, row: int) -> str:
    if grid.rows is None:
        return ""
    return f" It is in row {row + place + 1:,} of the sheet '{grid.name}'."


def _contained(frame: pl.DataFrame, form: Table, grid: Grid, place: int) -> list[dict[str, object]]:
    """A problem for each cell of text that holds an error in place of a value. Those in columns of
    dates, numbers and answers are found when cells are typed."""
    found: list[dict[str, object]] = []
    for column in form.columns:
        if not _is_text(column) or column.name not in frame.columns:
            continue
        cell = frame[column.name]
        for row in cell.is_in(sorted(ERRORS)).fill_null(value=False).arg_true():
            why = (
                "The cell holds an error in place of a value. Mend its formula, or type the value."
            )
            found.append(
                {
                    "table": form.name,
                    "row": row + 1,
                    "column": column.name,
                    "value": cell[row],
                    "problem": why + _where(grid, place, row + 1),
                }
            )
    return found


def _without_errors(frame: pl.DataFrame, form: Table) -> pl.DataFrame:
    return frame.with_columns(
        pl.when(~pl.col(column.name).is_in(sorted(ERRORS))).then(pl.col(column.name))
        for column in form.columns
        if _is_text(column) and column.name in frame.columns
    )


def _since_1900(frame: pl.DataFrame, form: Table) -> pl.DataFrame:
    """Days that count from 1904, as numbers that count from 1900."""
    columns = [c.name for c in form.columns if c.kind == "date" and c.name in frame.columns]
    number = r"^[0-9]{5}$"
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(number))
        .then((pl.col(name).cast(pl.Int64, strict=False) + _DAYS_1904).cast(pl.String))
        .otherwise(pl.col(name))
        .alias(name)
        for name in columns
    )


def _without_key(
    frame: pl.DataFrame, form: Table, collection: str, grid: Grid, place: int
) -> list[dict[str, object]]:
    """A problem for each row of a list that does not say whom it is about."""
    key = form.columns[0].name
    if collection != "annex_a" or frame.width == 0:
        return []
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    nameless = filled & frame[key].is_null() if key in frame.columns else filled
    why = f"The row has no {key}, so it cannot be counted."
    return [
        {
            "table": form.name,
            "row": row + 1,
            "column": key,
            "problem": why + _where(grid, place, row + 1),
        }
        for row in nameless.arg_true()
    ]
