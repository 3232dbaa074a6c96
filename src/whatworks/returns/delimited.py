"""CSV as councils' systems really write it: any delimiter, encoding and line ending.

Lines without quotation marks, and files with every cell quoted, are split a column at a time;
other lines one by one. A stray quotation mark spoils its own line at most, never those below.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from whatworks.returns import limits
from whatworks.returns.cells import tidied

DELIMITERS = (",", ";", "\t", "|")
_END = "\x00end"


@dataclass(frozen=True)
class Oddity:
    """Something about a row (from 1) or the whole file: a code for notes, or a problem."""

    code: str
    text: str
    row: int | None = None
    value: str | None = None
    count: int = 1


@dataclass
class Delimited:
    """A file's cells: a frame of text columns '0', '1', ... and what was odd."""

    header: list[str]
    cells: pl.DataFrame
    problems: list[Oddity] = field(default_factory=list)
    notes: list[Oddity] = field(default_factory=list)


def decode(content: bytes, encoding: str) -> tuple[str, list[Oddity]]:
    """The text, and a note where it was not plain UTF-8. Never fails."""
    if encoding == "utf-8-sig":
        notes = [Oddity("byte_order_mark", "The file begins with a byte order mark.")]
    elif encoding != "utf-8":
        name = encoding[:6].upper()
        notes = [Oddity("utf_16", f"The file is written in {name}, which was read as well.")]
    else:
        notes = []
    try:
        return content.decode(encoding), notes
    except UnicodeDecodeError:
        if encoding != "utf-8":
            text = content.decode(encoding, errors="replace")
            why = "Some letters could not be made out and are shown as �."
            return text, [*notes, Oddity("letters_not_made_out", why, count=text.count("�"))]
    text = content.decode("cp1252", errors="replace")
    notes.append(Oddity("windows_1252", "The file is written in Windows-1252, not UTF-8."))
    return text, notes


def split(text: str, score: Callable[[Sequence[str]], int]) -> Delimited:
    """The header and cells of a text. ``score`` says how well a header is known; it chooses
    among the delimiters. A text without any line gives an empty header."""
    notes: list[Oddity] = []
    if "\r" in text:
        crlf = "\r\n" in text
        why = "Lines end as on Windows." if crlf else "Lines end as on old Macs."
        notes.append(Oddity("windows_line_ends" if crlf else "mac_line_ends", why))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.lstrip("\ufeff").rstrip("\n\x1a").split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if start < len(lines) and lines[start].strip().lower().startswith("sep="):
        start += 1
    if start >= len(lines):
        return Delimited([], pl.DataFrame(), [], notes)
    delimiter, header = _header(lines[start], score)
    if delimiter != ",":
        names = {";": "semicolons", "\t": "tabs", "|": "upright bars"}
        why = f"Cells are separated by {names[delimiter]}, not commas."
        notes.append(Oddity("other_delimiter", why))
    if len(header) > limits.MAX_COLUMNS:
        return Delimited(header, pl.DataFrame(), [], notes)
    body = lines[start + 1 :]
    result = _cells(body, delimiter, len(header))
    result.header = header
    result.notes = notes + result.notes
    return result


def _header(line: str, score: Callable[[Sequence[str]], int]) -> tuple[str, list[str]]:
    found = []
    for delimiter in DELIMITERS:
        names = next(csv.reader([line], delimiter=delimiter), [])
        found.append((score(names), delimiter, names))
    _, delimiter, names = max(found, key=lambda item: item[0])
    return delimiter, [name.strip().strip("\ufeff").strip('"').strip() for name in names]


def _cells(body: list[str], delimiter: str, width: int) -> Delimited:
    if not any('"' in line for line in body):
        filled = [line for line in body if line and not line.isspace()]
        frame = _split(pl.Series("line", filled, dtype=pl.String), delimiter, width)
        return _tidy(frame, delimiter, width, [], len(body) - len(filled))
    filled = [line for line in body if line and not line.isspace()]
    if width > 1 and all(len(x) > 1 and x[0] == x[-1] == '"' for x in filled):
        inner = pl.Series("line", [line[1:-1] for line in filled], dtype=pl.String)
        if _every_cell_quoted(inner, delimiter, width):
            frame = _split(inner, f'"{delimiter}"', width)
            return _tidy(frame, delimiter, width, [], len(body) - len(filled))
    frame, problems, blank = _one_by_one(body, delimiter, width)
    return _tidy(frame, delimiter, width, problems, blank)


def _every_cell_quoted(inner: pl.Series, delimiter: str, width: int) -> bool:
    """Whether lines are '"a","b","c"' with the right number of cells and no other mark.

    ``inner`` has the first and last mark cut off. A cell keeps its own two marks, so that equal
    counts of marks and of '","' leave none for the inside of a cell.
    """
    between = f'"{delimiter}"'
    return bool(
        (
            (inner.str.count_matches('"', literal=True) == 2 * (width - 1))
            & (inner.str.count_matches(between, literal=True) == width - 1)
        ).all()
    )


def _split(lines: pl.Series, delimiter: str, width: int) -> pl.DataFrame:
    """Columns '0' to 'width - 1', and 'more' with what is left of lines that are too long."""
    names = [str(i) for i in range(width)] + ["more"]
    parts = lines.str.splitn(delimiter, width + 1).struct.rename_fields(names)
    return parts.struct.unnest()


def _one_by_one(
    body: list[str], delimiter: str, width: int
) -> tuple[pl.DataFrame, list[Oddity], int]:
    """The cells of lines with quotation marks here and there, and how many lines were blank."""
    rows: list[list[str | None]] = []
    problems: list[Oddity] = []
    at = blank = 0
    while at < len(body):
        line, used = body[at], 1
        if not line or line.isspace():
            at, blank = at + 1, blank + 1
            continue
        cells = line.split(delimiter)
        if '"' in line:
            record = _record(body, at, delimiter, width)
            if record is None:
                why = "A quotation mark is opened and not closed; it was taken as a letter."
                problems.append(Oddity("open_quotation_mark", why, row=len(rows) + 1))
            else:
                cells, used = record
        row: list[str | None] = [*cells[:width], *([None] * (width - len(cells)))]
        row.append(delimiter.join(cells[width:]) if len(cells) > width else None)
        rows.append(row)
        at += used
    names = [str(i) for i in range(width)] + ["more"]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return (
        pl.DataFrame(
            [
                pl.Series(name, list(column), dtype=pl.String)
                for name, column in zip(names, columns, strict=True)
            ]
        ),
        problems,
        blank,
    )


def _record(body: list[str], at: int, delimiter: str, width: int) -> tuple[list[str], int] | None:
    """The record that begins at a line with quotation marks, and how many lines it takes.

    None where a mark is never closed, or only by running into lines that do not belong to it.
    """
    lines: list[str] = []
    for line in body[at : at + limits.MAX_QUOTED_LINES]:
        lines.append(line + "\n")
        if len(lines) > 1 and '"' not in line:
            continue
        try:
            records = list(csv.reader([*lines, _END], delimiter=delimiter))
        except csv.Error:
            return None
        if records[-1] == [_END]:
            one = len(records) == 2 and (len(lines) == 1 or len(records[0]) == width)
            return (records[0], len(lines)) if one else None
    return None


def _tidy(
    frame: pl.DataFrame, delimiter: str, width: int, problems: list[Oddity], blank: int
) -> Delimited:
    notes: list[Oddity] = []
    if blank:
        notes.append(Oddity("blank_lines", "Blank lines were passed over.", count=blank))
    raw = frame.drop("more")
    cells = raw.select(tidied(pl.all()))
    spaced = int(raw.select(_spaces()).item())
    if spaced:
        notes.append(Oddity("space_around_cells", "Space around cells was left out.", count=spaced))
    filled = cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    rows = filled.arg_true()
    keep = int(rows[-1]) + 1 if len(rows) else 0
    if keep < cells.height:
        why = "Rows at the end without anything in them were left out."
        notes.append(Oddity("blank_rows_at_end", why, count=cells.height - keep))
    frame = frame.head(keep).with_row_index("row", 1)
    problems += _short_rows(frame, width)
    problems += _long_rows(frame, delimiter, width, notes)
    for row in (~filled.head(keep)).arg_true().to_list():
        problems.append(Oddity("blank_row", "The row has nothing in it.", row=row + 1))
    problems = [problem for problem in problems if (problem.row or 0) <= keep]
    problems.sort(key=lambda problem: (problem.row or 0, problem.code))
    return Delimited([], cells.head(keep), problems, notes)


def _spaces() -> pl.Expr:
    """How many cells have space around them."""
    changed = pl.all().str.len_bytes() != pl.all().str.strip_chars().str.len_bytes()
    return pl.sum_horizontal(changed.sum())


def _short_rows(frame: pl.DataFrame, width: int) -> list[Oddity]:
    sent = pl.sum_horizontal(pl.col(str(i)).is_not_null() for i in range(width))
    short = frame.filter(pl.col(str(width - 1)).is_null()).select("row", sent=sent)
    why = "The row has {} cells where the file names {} columns; the rest were taken as blank."
    return [
        Oddity("short_row", why.format(cells, width), row=row) for row, cells in short.iter_rows()
    ]


def _long_rows(
    frame: pl.DataFrame, delimiter: str, width: int, notes: list[Oddity]
) -> list[Oddity]:
    found, empty = [], 0
    why = f"The row has more than the {width} cells that the file names; the rest was left out."
    for row, rest in frame.filter(pl.col("more").is_not_null()).select("row", "more").iter_rows():
        value = rest.strip(delimiter + '" \t')
        if value:
            found.append(Oddity("long_row", why, row=row, value=value))
        else:
            empty += 1
    if empty:
        text = "Rows end in empty cells beyond the last named column."
        notes.append(Oddity("empty_cells_at_end", text, count=empty))
    return found
