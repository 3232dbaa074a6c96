"""Excel workbooks as rows of text, with limits that nothing in a file can get around.

calamine reads the cells. It lays a sheet out whole, as far as its last cell, gives an error such
as #REF! as an empty cell, and believes the sizes that a file states; so before it is asked, every
part is unpacked here within limits, the extent of each sheet is measured, and the places of errors
and of formulas that were never worked out are noted. calamine sees only the parts checked here.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from lxml import etree

from whatworks.returns import cells, limits
from whatworks.returns.sources import RawFile

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How old Excel files begin, and new ones that are locked with a password."""
NOT_WORKED_OUT = "#FORMULA"
"""Stands for a formula whose outcome the file does not hold."""
ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
    | {"#GETTING_DATA", NOT_WORKED_OUT}
)
"""What stands in a cell instead of a value."""

_DAMAGED = "The workbook is damaged or was cut short. Save it again in Excel and send that."
_LOCKED = "The workbook is locked with a password. Send it without one."
_TOO_LARGE = "The workbook is far larger than lists of children are, so it was not opened."
_PARTS = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/styles\.xml|xl/sharedStrings\.xml|xl/(work|chart|dialog|macro)sheets?/[^/]+\.xml)$",
    re.IGNORECASE,
)
_PREFIX = rb"(?:[A-Za-z_][\w.-]*:)?"
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,9})([0-9]{1,9})["']""")
_CELL = re.compile(rb"<" + _PREFIX + rb"c(?=[\s/>])")
_ROW = re.compile(rb"<" + _PREFIX + rb"""row\s[^>]*?\br\s*=\s*["']([0-9]{1,9})["']""")
_OPEN = re.compile(rb"<" + _PREFIX + rb"c(\s[^>]*)>")
_IS_TEXT = re.compile(rb"""\st\s*=\s*["']str["']""")
_IS_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_VALUE = re.compile(rb"<" + _PREFIX + rb"v(?:\s[^>]*)?>([^<]*)<")
_FORMULA = re.compile(rb"<" + _PREFIX + rb"f[\s/>]")
_TEXT_ITEM = re.compile(rb"</" + _PREFIX + rb"si\s*>|<" + _PREFIX + rb"si\s*/>")


class NotReadableError(Exception):
    """A workbook cannot be read; its text is one sentence, without anything from a cell."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the first one on, each cell as text, None where empty.

    ``from_1904``: numbers for days count from 1904, as on old Macs, and not from 1900.
    """

    name: str
    rows: list[list[str | None]]
    from_1904: bool = False


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook, or was one before it was locked."""
    return head.startswith((b"PK\x03\x04", OLD_OFFICE))


def sheets(raw: RawFile, form: str = cells.ISO_FORM) -> list[Sheet]:
    """The sheets of a workbook in its order. Dates are written in ``form``.

    Raises NotReadableError for what is no workbook, is locked, damaged or over a limit.
    """
    if raw.head.startswith(OLD_OFFICE):
        locked = "EncryptedPackage".encode("utf-16-le") in raw.read()
        raise NotReadableError(
            _LOCKED if locked else "It is an old Excel file. Save it as .xlsx and send that."
        )
    parts = _parts(raw)
    places, from_1904 = _where_sheets_are(parts)
    texts = _text_lengths(parts)
    marks: dict[str, dict[tuple[int, int], str]] = {}
    room, text_room = limits.MAX_WORKBOOK_CELLS, limits.MAX_WORKBOOK_TEXT
    for name, part in places.items():
        content = parts.get(part.lower(), (part, b""))[1]
        rows, columns = _extent(content)
        room -= rows * columns
        text_room -= _shared_text(content, texts, text_room)
        if room < 0 or text_room < 0:
            raise NotReadableError(_TOO_LARGE)
        marks[name] = _marks(content)
    return [
        Sheet(name, _with_marks(rows, marks.get(name, {})), from_1904)
        for name, rows in _calamine(parts, form)
    ]


# --- parts ---------------------------------------------------------------------------------


def _parts(raw: RawFile) -> dict[str, tuple[str, bytes]]:
    """Name in small letters -> name and content of each part that holds cells or what they need."""
    parts: dict[str, tuple[str, bytes]] = {}
    room = limits.MAX_WORKBOOK_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(raw.read())) as archive:
            wanted = [entry for entry in archive.infolist() if _PARTS.match(entry.filename)]
            if len(wanted) > limits.MAX_FILES or sum(e.file_size for e in wanted) > room:
                raise NotReadableError(_TOO_LARGE)
            for entry in wanted:
                if entry.flag_bits & 0x1:
                    raise NotReadableError(_LOCKED)
                with archive.open(entry) as stream:
                    content = stream.read(room + 1)
                room -= len(content)
                if room < 0:
                    raise NotReadableError(_TOO_LARGE)
                if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:64]:
                    raise NotReadableError(_DAMAGED)
                parts[entry.filename.lower()] = (entry.filename, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        raise NotReadableError(_DAMAGED) from None
    if "xl/workbook.xml" not in parts:
        raise NotReadableError("It is not an Excel workbook (.xlsx).")
    return parts


def _where_sheets_are(parts: dict[str, tuple[str, bytes]]) -> tuple[dict[str, str], bool]:
    """Sheet name -> the part that holds it, and whether days count from 1904."""
    book = _xml(parts["xl/workbook.xml"][1])
    links = _xml(parts.get("xl/_rels/workbook.xml.rels", ("", b"<none/>"))[1])
    targets = {
        link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))[1:]
        for link in links.iter("{*}Relationship")
    }
    found = {}
    for sheet in book.iter("{*}sheet"):
        ids = [value for key, value in sheet.items() if etree.QName(key).localname == "id"]
        found[sheet.get("name", "")] = targets.get(ids[0], "") if ids else ""
    about = next(book.iter("{*}workbookPr"), None)
    return found, about is not None and about.get("date1904") in {"1", "true"}


def _xml(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise NotReadableError(_DAMAGED) from None


# --- measuring -----------------------------------------------------------------------------


def _extent(sheet: bytes) -> tuple[int, int]:
    """How many rows and columns a sheet's cells reach over, from the first of both."""
    rows, columns, placed = 0, 0, 0
    letters: set[bytes] = set()
    for match in _PLACE.finditer(sheet):
        placed += 1
        letters.add(match[1])
        rows = max(rows, int(match[2]))
    for name in letters:
        columns = max(columns, _column(name))
    loose = max(0, sum(1 for _ in _CELL.finditer(sheet)) - placed)
    if loose:  # cells without a place follow those before them, wherever those are
        rows = max(rows, *(int(match[1]) for match in _ROW.finditer(sheet)), 0) + loose
        columns += loose
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _text_lengths(parts: dict[str, tuple[str, bytes]]) -> list[int]:
    """The length of each text that cells share."""
    content = parts.get("xl/sharedstrings.xml", ("", b""))[1]
    ends = [match.end() for match in _TEXT_ITEM.finditer(content)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _shared_text(sheet: bytes, lengths: list[int], room: int) -> int:
    """About how much text a sheet's cells hold together. Exact only where it may be too much."""
    most = max(lengths, default=0) * sum(1 for _ in _CELL.finditer(sheet))
    if most <= room:
        return 0
    total = 0
    for match in _VALUE.finditer(sheet):
        if match[1].isdigit() and len(match[1]) < 9 and int(match[1]) < len(lengths):
            total += lengths[int(match[1])]
    return total


def _marks(sheet: bytes) -> dict[tuple[int, int], str]:
    """(row, column), from 0 -> what stands in place of a value."""
    found: dict[tuple[int, int], str] = {}
    if not _IS_ERROR.search(sheet) and not _FORMULA.search(sheet):
        return found
    for cell, body in _cells(sheet):
        place = _PLACE.search(b" " + cell)
        if place is None:
            continue
        value = _VALUE.search(body)
        told = value[1].strip().decode("ascii", "replace") if value else ""
        at = (int(place[2]) - 1, _column(place[1]) - 1)
        if _IS_ERROR.search(b" " + cell):
            found[at] = told if told in ERRORS else "#REF!"
        elif not told and _FORMULA.search(body) and not _IS_TEXT.search(b" " + cell):
            found[at] = NOT_WORKED_OUT
    return found


def _cells(sheet: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Attributes and inside of each cell that may hold an error or a formula."""
    before: re.Match[bytes] | None = None
    for match in _OPEN.finditer(sheet):
        if before is not None:
            yield before[1], sheet[before.end() : match.start()]
        before = None if match[1].endswith(b"/") else match
    if before is not None:
        yield before[1], sheet[before.end() :]


def _with_marks(
    rows: list[list[str | None]], marks: dict[tuple[int, int], str]
) -> list[list[str | None]]:
    for (row, column), text in marks.items():
        while len(rows) <= row:
            rows.append([])
        line = rows[row]
        line.extend([None] * (column + 1 - len(line)))
        line[column] = text
    return rows


# --- cells ---------------------------------------------------------------------------------


def _calamine(
    parts: dict[str, tuple[str, bytes]], form: str
) -> Iterator[tuple[str, list[list[str | None]]]]:
    import python_calamine

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.values():
            archive.writestr(name, content)
    packed.seek(0)
    try:
        book = python_calamine.load_workbook(packed)
        for index, about in enumerate(book.sheets_metadata):
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
                yield about.name, [[text_of(cell, form) for cell in row] for row in rows]
    except python_calamine.PasswordError:
        raise NotReadableError(_LOCKED) from None
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError):
        raise NotReadableError(_DAMAGED) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how Rust code says that it gave up
            raise
        raise NotReadableError(_DAMAGED) from None


def text_of(cell: Any, form: str = cells.ISO_FORM) -> str | None:  # noqa: PLR0911  (one return for each kind of value)
    """A cell as text: what it would be in a CSV file."""
    if isinstance(cell, str):
        return cell.strip() or None
    if cell is None:
        return None
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and cell.time() != time():
        return f"{text_of(cell.date(), form)} {cell:%H:%M:%S}"
    if isinstance(cell, date):
        year, month, day = cell.year, cell.month, cell.day
        if form == cells.UK_FORM:
            return f"{day:02d}/{month:02d}/{year:04d}"
        return f"{year:04d}-{month:02d}-{day:02d}"
    return str(cell)
