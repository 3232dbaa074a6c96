"""Reading a return: whatever was sent becomes text tables, problems and notes.

Files are recognised by what is in them. All that is unusual and harmless is tolerated and noted
(``Note.code`` is stable); what could not be read is a problem; nothing is dropped without either.

**Rows and files.** The row of a problem or a finding is the position in the *table*, from 1: the
first record after the header of a CSV file, or the first such record of an XML file. Where a table
came in several files, their rows follow one another in the order of the files' SHA-256, so that
neither the order nor the names of files change anything; a note ``rows_of_file`` for each says
which rows are whose, and ``place_of`` gives the file and the row in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from whatworks.returns.model import (
    PROBLEM_SCHEMA,
    NotAReturn,
    Note,
    ReadReturn,
    ReturnsError,
    SourceFile,
    problems_frame,
)
from whatworks.returns.period import year_of
from whatworks.returns.reading.council import check_council, settle_council
from whatworks.returns.reading.day import settle_day
from whatworks.returns.reading.given import read_frames
from whatworks.returns.reading.join import Joined, join
from whatworks.returns.reading.monthly import (
    SHEET,
    read_monthly_files,
    read_monthly_frames,
)
from whatworks.returns.reading.year import check_year, settle_year
from whatworks.returns.recognise import EXPECTED, Recognised, recognise
from whatworks.returns.schema import READABLE, all_tables, tables
from whatworks.returns.sources import Gathered, RawFile, Unread, gather
from whatworks.returns.typing import Part
from whatworks.returns.xml_tables import FileRead

__all__ = ["parts_of", "place_of", "read"]

Source = str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | Mapping[str, Any]


def read(
    source: Source,
    *,
    collection: str | None = None,
    year: int | None = None,
    council: str | None = None,
    month: str | None = None,
    as_at: date | str | None = None,
) -> ReadReturn:
    """Read a return, or what comes month by month.

    ``source`` is a path or several: of files, folders or zips; or a mapping of table name to data
    frame (Polars, pandas or alike) with the columns of the file. ``collection`` is 'ssda903',
    'cin' or 'csww', found out where it is not given. ``year`` is the collection year (2026 = 1
    April 2025 to 31 March 2026; of the workforce census, the year to 30 September 2026); else a
    census's own reference date tells, or the dates in an SSDA903 return (see ``reading.year``).
    ``council`` is the Department's three-digit code, or the census's own.

    Annex A lists ('annex_a') and the Standard Safeguarding Dataset ('ssd') tell how things stood
    on a day: give ``as_at``, that day, or a ``month`` ('2025-09'), which means its last day. The
    collection year is the one that the day is in.

    ``problems`` holds what could not be read of files and rows; cells are judged when the tables
    are typed (``type_tables``), which adds problems of its own.

    Raises NotAReturn if nothing could be read, and ReturnsError if it is not clear of what year,
    collection or council the return is. Messages never hold anything from a cell.
    """
    if collection is not None and collection not in READABLE:
        raise ReturnsError(
            f"There is no collection called {collection}: choose {' or '.join(READABLE)}."
        )
    check_year(year)
    given = check_council(council)
    day = settle_day(collection, year=year, month=month, as_at=as_at)
    if day is not None:
        return _read_monthly(source, collection, day, given)
    if isinstance(source, Mapping):
        chosen, frames = read_frames(source, collection)
        found = Found(chosen, [(None, frames)])
    else:
        found = _read_files(_as_paths(source), collection)
    settled = settle_year(found.collection, found.reads, year)
    joined = join(found.collection, settled.reads)
    code, about_council, council_notes = settle_council(
        found.collection, joined.tables, given, settled.year
    )
    problems = found.problems + settled.problems + joined.problems + about_council
    kept = {name for name, _ in settled.reads}
    files = tuple(file for file in found.files if file.name in kept)
    result = ReadReturn(
        collection=found.collection,
        year=settled.year,
        council=code,
        files=files,
        tables=MappingProxyType(_shaped(found.collection, joined, settled.year, files)),
        problems=problems_frame([]),
        notes=(*found.notes, *settled.notes, *joined.notes, *council_notes),
        paths=MappingProxyType({file.sha256: found.paths[file.sha256] for file in files}),
    )
    return replace(result, problems=_problems(problems, parts_of(result)))


def _read_monthly(
    source: Source, collection: str | None, day: date, council: str | None
) -> ReadReturn:
    if isinstance(source, Mapping):
        found = read_monthly_frames(source, collection)
    else:
        found = read_monthly_files(_as_paths(source), collection)
    joined = join(found.collection, found.reads)
    year = year_of(day, found.collection)
    code, about_council, council_notes = settle_council(
        found.collection, joined.tables, council, year
    )
    problems = [*found.problems, *joined.problems, *about_council]
    if found.collection == "ssd":
        from whatworks.returns.ssd.keys import broken_keys

        problems += broken_keys(joined.tables)
    forms = all_tables(found.collection)
    absent = [name for name in forms if name not in joined.tables]
    notes = [*found.notes, *joined.notes, *council_notes]
    if absent:
        text = f"Not sent, so nothing can be counted from it: {', '.join(absent)}."
        notes.append(Note("missing_tables", text, count=len(absent)))
    result = ReadReturn(
        collection=found.collection,
        year=year,
        council=code,
        files=found.files,
        tables=MappingProxyType({n: joined.tables[n] for n in forms if n in joined.tables}),
        problems=problems_frame([]),
        notes=tuple(notes),
        paths=MappingProxyType(found.paths),
        as_at=day,
    )
    return replace(result, problems=_problems(problems, parts_of(result)))


def parts_of(read: ReadReturn) -> dict[str, tuple[Part, ...]]:
    """Table -> the files its rows came from, in order; what ``type_tables(files=...)`` takes."""
    parts: dict[str, list[Part]] = {}
    in_sheets = {
        (f"{n.file}: {n.column}", n.table): n for n in read.notes if n.code == SHEET and n.table
    }
    for note in read.notes:
        if note.code == "rows_of_file" and note.table and note.file:
            before = parts.setdefault(note.table, [])
            first = before[-1].first + before[-1].count if before else 1
            sheet = in_sheets.get((note.file, note.table))
            where = (sheet.column, sheet.count) if sheet else ()
            before.append(Part(note.file, first, note.count, *where))
    for (label, table), sheet in in_sheets.items():
        if table and table not in parts and table in read.tables:
            height = read.tables[table].height
            parts[table] = [Part(label, 1, height, sheet.column, sheet.count)]
    for file in read.files:
        for table in file.tables:
            if table not in parts and table in read.tables:
                parts[table] = [Part(file.name, 1, read.tables[table].height)]
    return {table: tuple(found) for table, found in parts.items()}


def place_of(read: ReadReturn, table: str, row: int) -> tuple[str | None, int]:
    """The file that a row of a table came from, and its position among that file's rows."""
    for part in parts_of(read).get(table, ()):
        if part.first <= row < part.first + part.count:
            return part.file, row - part.first + 1
    return None, row


# --- files ---------------------------------------------------------------------------------


@dataclass
class Found:
    """What was read, file by file (None for frames), in the order of their SHA-256."""

    collection: str
    reads: list[tuple[str | None, FileRead]]
    problems: list[dict[str, object]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    files: tuple[SourceFile, ...] = ()
    paths: dict[str, str] = field(default_factory=dict)


def _as_paths(source: object) -> list[str | os.PathLike[str]]:
    if isinstance(source, str | os.PathLike):
        return [source]
    if isinstance(source, bytes | bytearray) or not isinstance(source, Iterable):
        raise ReturnsError("A return is given as a path, several paths, or tables by name.")
    paths = list(source)
    if not all(isinstance(path, str | os.PathLike) for path in paths):
        raise ReturnsError("A return is given as a path, several paths, or tables by name.")
    return paths


def _read_files(paths: list[str | os.PathLike[str]], collection: str | None) -> Found:
    gathered = gather(paths)
    known, unread = _recognise_all(gathered)
    chosen = _choose_collection({form for _, form in known}, collection)
    found = Found(chosen, [], notes=gathered.notes)
    files: list[SourceFile] = []
    for raw, form in known:
        collection_of_file, kind = str(form.form).split("_")
        if collection_of_file != chosen:
            unread.append(Unread(raw.name, f"It is not a file of {_TITLES[chosen]}."))
            continue
        result = _read_one(raw, form)
        if result.why_not is not None:
            unread.append(Unread(raw.name, result.why_not))
            continue
        held = tuple(name for name, frame in result.tables.items() if frame.height or kind == "csv")
        files.append(SourceFile(raw.name, raw.sha256, raw.size, kind, held))
        found.reads.append((raw.name, result))
        found.paths[raw.sha256] = raw.place
    if not found.reads:
        raise NotAReturn(_why_nothing(unread))
    found.problems = [{"file": one.name, "problem": one.why} for one in sorted(unread)]
    found.files = tuple(sorted(files, key=lambda file: (file.name, file.sha256)))
    return found


_TITLES = {
    "ssda903": "SSDA903",
    "cin": "the CIN census",
    "csww": "the workforce census (CSWW)",
}


def _recognise_all(
    gathered: Gathered,
) -> tuple[list[tuple[RawFile, Recognised]], list[Unread]]:
    """Files with what they are, in the order of their SHA-256, and why others are not."""
    unread = list(gathered.unread)
    first: dict[str, RawFile] = {}
    for raw in sorted(gathered.files, key=lambda raw: (raw.name, raw.place)):
        if raw.sha256 in first:
            text = f"The same file as {first[raw.sha256].name}; it was used once."
            gathered.notes.append(Note("same_file_again", text, raw.name))
        first.setdefault(raw.sha256, raw)
    known = []
    for raw in sorted(first.values(), key=lambda raw: raw.sha256):
        what = recognise(raw.head)
        if what.form is None:
            unread.append(Unread(raw.name, str(what.why_not)))
        else:
            known.append((raw, what))
    return known, unread


def _choose_collection(forms: set[Recognised], collection: str | None) -> str:
    if collection is not None:
        return collection
    xml = {str(form.form).split("_")[0] for form in forms if form.form != "ssda903_csv"}
    if len(xml) > 1:
        each = ", ".join(title for name, title in _TITLES.items() if name in xml)
        how_many = "two" if len(xml) == 2 else "several"
        raise ReturnsError(
            f"The files are of {how_many} returns, {' and '.join(each.rsplit(', ', 1))}. "
            "Send one at a time."
        )
    return xml.pop() if xml else "ssda903"


def _read_one(raw: RawFile, form: Recognised) -> FileRead:
    from whatworks.returns.cin.reading import read_xml as read_cin_xml
    from whatworks.returns.csww.reading import read_xml as read_csww_xml
    from whatworks.returns.ssda903.reading import read_csv, read_xml

    try:
        if form.form == "cin_xml":
            return read_cin_xml(raw)
        if form.form == "csww_xml":
            return read_csww_xml(raw)
        if form.form == "ssda903_xml":
            return read_xml(raw)
        return read_csv(raw, form.encoding or "utf-8")
    except (OSError, EOFError):
        return FileRead(why_not="The file cannot be opened again to be read. Send it again.")


def _why_nothing(unread: Sequence[Unread]) -> str:
    if not unread:
        return f"Nothing was sent. {EXPECTED}"
    shown = [f"{one.name}: {one.why}" for one in sorted(unread)]
    if len(shown) == 1:
        return shown[0]
    more = f" And {len(shown) - 5} more." if len(shown) > 5 else ""
    return f"None of {len(shown)} files could be read. " + " ".join(shown[:5]) + more


# --- shape ---------------------------------------------------------------------------------


def _shaped(
    collection: str, joined: Joined, year: int, files: tuple[SourceFile, ...]
) -> dict[str, pl.DataFrame]:
    """Tables in the order of the form. XML holds a whole form: its tables lose columns that are
    neither of that year nor filled; tables of CSV files and frames stay as they were sent."""
    forms, this_year = all_tables(collection), tables(collection, year)
    from_csv = {name for file in files if file.format == "csv" for name in file.tables}
    whole_form = bool(files)
    shaped = {}
    for name in [*(name for name in forms if name in joined.tables), *joined.others]:
        frame = joined.tables[name]
        if whole_form and name not in from_csv:
            form = this_year.get(name)
            if form is None and frame.height == 0:
                continue
            asked = set() if form is None else set(form.names)
            frame = frame.select(
                column.name
                for column in frame.iter_columns()
                if column.name in asked or column.null_count() < len(column)
            )
        shaped[name] = frame
    return shaped


def _problems(
    problems: Iterable[Mapping[str, object]], parts: Mapping[str, Sequence[Part]]
) -> pl.DataFrame:
    """Problems as a frame. One about a table names its file, where that is one file."""
    rows = []
    for problem in problems:
        row = {name: problem.get(name) for name in PROBLEM_SCHEMA}
        of_table = parts.get(str(row["table"]), ())
        if row["file"] is None and len(of_table) == 1:
            row["file"] = of_table[0].file
        rows.append(row)
    return problems_frame(rows)
