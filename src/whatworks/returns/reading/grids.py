"""Sheets and CSV files as grids of cells, before it is known which table each of them is."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import polars as pl

from whatworks.returns import delimited, limits
from whatworks.returns.recognise import recognise
from whatworks.returns.sources import RawFile, Unread
from whatworks.returns.workbooks import NotReadableError, Sheet, is_workbook, sheets


@dataclass
class Grid:
    """One sheet or CSV file: before its headings are known ``rows``, or already ``frame``."""

    name: str
    headings: Sequence[str | None]
    frame: pl.DataFrame
    above: int
    rows: list[list[str | None]] | None = None
    from_1904: bool = False
    framed: bool = False
    notes: list[delimited.Oddity] = field(default_factory=list)
    problems: list[delimited.Oddity] = field(default_factory=list)
    text: str | None = None


def opened(raw: RawFile, form: str, unread: list[Unread]) -> list[Grid]:
    """The grids of a file; why it has none is put into ``unread``."""
    try:
        if is_workbook(raw.head):
            found = sorted(sheets(raw, form), key=lambda sheet: sheet.name)
            return [_of_sheet(sheet) for sheet in found]
        what = recognise(raw.head)
        if what.form != "ssda903_csv":
            unread.append(Unread(raw.name, "It is neither a workbook nor a CSV file."))
            return []
        text, notes = delimited.decode(raw.read(), what.encoding or "utf-8")
        text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        stem = PurePosixPath(raw.name).stem
        return [Grid(stem, [], pl.DataFrame(), 0, notes=notes, text=text)]
    except NotReadableError as error:
        unread.append(Unread(raw.name, str(error)))
    except (OSError, EOFError):
        why = "The file cannot be opened again to be read. Send it again."
        unread.append(Unread(raw.name, why))
    return []


def _of_sheet(sheet: Sheet) -> Grid:
    rows = sheet.rows
    return Grid(sheet.name, [], pl.DataFrame(), 0, rows=rows, from_1904=sheet.from_1904)


def first_lines(grid: Grid) -> Iterator[Sequence[str | None]]:
    """The lines near the top in which the headings may stand."""
    if grid.framed:
        yield grid.headings
    elif grid.rows is not None:
        yield from grid.rows[: limits.MAX_HEADING_ROWS]
    else:
        for line in (grid.text or "").split("\n", limits.MAX_HEADING_ROWS)[:-1] or [
            grid.text or ""
        ]:
            yield max(_split(line), key=len)


def _split(line: str) -> Iterator[list[str]]:
    for delimiter in delimited.DELIMITERS:
        try:
            yield next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            yield []
