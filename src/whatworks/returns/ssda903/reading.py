"""The SSDA903 return from its CSV files and from its XML form (EXPSSDA903)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

import polars as pl

from whatworks.returns import delimited, limits, recognise
from whatworks.returns.model import Note
from whatworks.returns.recognise import key
from whatworks.returns.safe_xml import Element
from whatworks.returns.schema import all_tables
from whatworks.returns.sources import RawFile
from whatworks.returns.xml_tables import FileRead, Leaves, Rows, read_stream, repeated

# --- CSV -----------------------------------------------------------------------------------


def read_csv(raw: RawFile, encoding: str) -> FileRead:
    """One CSV file as the table that its columns say it is. Never raises for its content."""
    text, notes = delimited.decode(raw.read(), encoding)
    sheet = delimited.split(text, _known)
    if not sheet.header:
        return FileRead(why_not="The file is empty: it holds nothing but blank space.")
    if len(sheet.header) > limits.MAX_COLUMNS:
        return FileRead(
            why_not=f"The file names {len(sheet.header):,} columns; the limit is "
            f"{limits.MAX_COLUMNS:,}. The widest table of the return has fewer than twenty."
        )
    table = recognise.table_of(sheet.header)
    if table is None:
        return FileRead(why_not=_why_no_table(sheet.header))
    result = FileRead()
    result.notes = [
        Note(odd.code, odd.text, raw.name, table, count=odd.count) for odd in notes + sheet.notes
    ]
    result.problems = [
        {"table": table, "row": odd.row, "value": odd.value, "problem": odd.text}
        for odd in sheet.problems
    ]
    result.tables[table] = _named(sheet, table, raw.name, result)
    _note_formulas(result.tables[table], table, raw.name, result)
    return result


def _known(header: Sequence[str]) -> int:
    """How many names of a header are columns of one SSDA903 table."""
    names = {key(name) for name in header}
    return max(len(names & set(known)) for known in recognise.column_names().values())


def _why_no_table(header: Sequence[str]) -> str:
    if recognise.looks_like_cin(header):
        return "It is a table of the CIN census. Send the census as the XML file itself."
    return (
        "Its first line does not name the columns of an SSDA903 table, such as CHILD and DECOM. "
        + recognise.EXPECTED
    )


def _named(sheet: delimited.Delimited, table: str, file: str, result: FileRead) -> pl.DataFrame:
    """The cells under their columns' names; columns that are not of the form keep their own."""
    known = recognise.column_names()[table]
    columns: dict[str, pl.Series] = {}
    respelt = 0
    for given, cells in zip(sheet.header, sheet.cells.iter_columns(), strict=True):
        name = known.get(key(given)) or given or "(no name)"
        if not given and cells.null_count() == len(cells):
            why = "A column without a name and without content was left out."
            result.notes.append(Note("empty_column", why, file, table))
            continue
        respelt += name != given and bool(given)
        if name in columns and name in all_tables("ssda903")[table]:
            why = f"The column {name} comes twice; the first was used."
            result.problems.append({"table": table, "column": name, "problem": why})
            continue
        while name in columns:
            name += " (again)"
        columns[name] = cells.alias(name)
    if respelt:
        why = "Names of columns were written in another way than on the form."
        result.notes.append(Note("column_names_respelt", why, file, table, count=respelt))
    return pl.DataFrame(list(columns.values()))


def _note_formulas(frame: pl.DataFrame, table: str, file: str, result: FileRead) -> None:
    found = frame.select(pl.all().str.contains(r"^[=@]|^[+-][^0-9]").sum())
    count = int(found.sum_horizontal()[0] or 0) if frame.width else 0
    if count:
        why = "Cells that a spreadsheet would take for a formula were kept as text."
        result.notes.append(Note("formulas_kept_as_text", why, file, table, count=count))


# --- XML -----------------------------------------------------------------------------------

_HEADER, _CHILD, _ROOT = "HEADER", "CHILD", "EXPSSDA903"
_FROM_HEADER = ("UASC", "OC3", "AD1")
"""Tables whose columns stand in HEADER itself; a child has a row where any of them is filled."""


@cache
def _groups() -> Mapping[str, str]:
    """Group element -> table, for the groups that hold one row each ('AREVIEW' -> 'Reviews')."""
    groups = {}
    for table in all_tables("ssda903").values():
        for column in table.columns:
            if column.path and column.name not in {"CHILD", "DOB", "SEX"}:
                groups[column.path.split("/")[-2]] = table.name
    groups.pop(_HEADER)
    return MappingProxyType(groups)


@cache
def _header_leaves() -> Mapping[str, str]:
    """Element of HEADER -> column, for all tables that are told from it."""
    leaves: dict[str, str] = {}
    for table in ("Header", *_FROM_HEADER):
        leaves |= recognise.column_names()[table]
    return MappingProxyType(leaves)


def read_xml(raw: RawFile) -> FileRead:
    """One EXPSSDA903 file. Where it breaks off, what came before is kept and the break is told."""
    names = frozenset(_groups()) | {_HEADER, _CHILD, _ROOT}
    return read_stream(raw, names, lambda: _Builder(raw.name))


class _Builder:
    """Fills the tables of the return from closed elements."""

    def __init__(self, file: str) -> None:
        self.file, self.result, self.leaves = file, FileRead(), Leaves()
        self.rows = {
            table.name: Rows(
                [column.name for column in table.columns if not column.derived or column.path],
                late=() if table.name in ("Header", *_FROM_HEADER) else ("CHILD", "DOB"),
            )
            for table in all_tables("ssda903").values()
        }
        self.child: dict[str, str | None] | None = None
        self.last: Element | None = None
        self.empty = 0
        self._groups = _groups()
        self._inner = frozenset(self._groups) | {_HEADER, _CHILD}
        self._told: frozenset[str] = frozenset()

    def on_end(self, element: Element) -> bool:
        """Take a closed element; true where the child is complete."""
        self.last = element
        name = self.leaves.name(element.tag)
        if name in self._groups:
            self.leaves.expect(element, name, frozenset({_HEADER, _CHILD}))
            self._group(element, self._groups[name])
        elif name == _HEADER:
            self._unknown_groups(element)
            self._header(element)
        elif name == _CHILD and len(element):
            self._unknown_groups(element)
            self.leaves.cells(element, {}, self._inner, self._told)
            self._fill()
            return True
        elif name == _ROOT:
            self.leaves.cells(element, {}, self._inner, self._told)
        return False

    def _group(self, element: Element, table: str) -> None:
        known = recognise.column_names()[table]
        values, again = self.leaves.read(element, known, frozenset())
        if not any(values.values()):
            self.empty += 1
            return
        self.rows[table].add(values)
        self._tell_again(table, again)

    def _header(self, element: Element) -> None:
        values, again = self.leaves.read(element, _header_leaves(), self._inner, self._told)
        self.child = self.child or values
        self.rows["Header"].add(values)
        self._tell_again("Header", again)
        if values.get("UASC") not in (None, "0") or values.get("DUC"):
            self.rows["UASC"].add(values)
        for table in ("OC3", "AD1"):
            if any(values.get(name) for name in recognise.telling_columns()[table]):
                self.rows[table].add(values)

    def _unknown_groups(self, element: Element) -> None:
        """A group of a name that is not known is told by the elements in it."""
        for group in element:
            name = self.leaves.name(group.tag)
            if len(group) == 0 or name in self._groups or name == _HEADER:
                continue
            table = recognise.table_of(["CHILD", *(self.leaves.name(sub.tag) for sub in group)])
            if table is not None and table not in ("Header", *_FROM_HEADER):
                self._told |= {name}
                self._group(group, table)

    def _fill(self) -> None:
        child = self.child or {}
        for rows in self.rows.values():
            rows.fill("CHILD", child.get("CHILD"))
            rows.fill("DOB", child.get("DOB"))
            rows.close()
        self.child = None

    def _open_child(self, last: Element) -> dict[str, str | None] | None:
        """What is known of a child whose header was cut short."""
        for above in last.iterancestors():
            if self.leaves.name(above.tag) == _HEADER:
                return self.leaves.read(above, _header_leaves(), self._inner, self._told)[0]
        return None

    def _tell_again(self, table: str, again: list[tuple[str, str]]) -> None:
        for column, text in again:
            self.result.problems.append(repeated(table, self.rows[table].total, column, text))

    def finish(self, broken: str | None) -> FileRead:
        """The file as read."""
        if broken and self.child is None and self.last is not None:
            self.child = self._open_child(self.last)
        self._fill()
        result = self.result
        if not any(rows.total for rows in self.rows.values()):
            result.why_not = broken or f"The file holds no children. {recognise.EXPECTED}"
            return result
        if broken:
            result.problems.append({"problem": broken})
        if self.empty:
            text = "Groups without anything in them were passed over."
            result.notes.append(Note("empty_groups", text, self.file, count=self.empty))
        result.notes += self.leaves.notes(self.file)
        xml_tables = {"Header", "Episodes", *_FROM_HEADER, *_groups().values()}
        for name, rows in self.rows.items():
            if rows.total or name in xml_tables:
                result.tables[name] = rows.frame()
        return result
