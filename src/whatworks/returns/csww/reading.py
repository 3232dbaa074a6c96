"""The workforce census from its XML file, with or without a namespace, a worker at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import zip_longest
from types import MappingProxyType

from whatworks.returns import recognise
from whatworks.returns.safe_xml import Element
from whatworks.returns.schema import all_tables
from whatworks.returns.sources import RawFile
from whatworks.returns.xml_tables import FileRead, Leaves, Rows, read_stream, repeated

WORKER = "CSWWWorker"
_HEADER_PARTS = frozenset({"COLLECTIONDETAILS", "SOURCE"})
_PLACES = {
    "CSWWWORKER": frozenset({"MESSAGE"}),
    "LALEVELVACANCIES": frozenset({"MESSAGE"}),
}
_GROUPS = frozenset(_PLACES) | _HEADER_PARTS | {"MESSAGE", "HEADER"}
_KEYS = ("SWENo", "WorkerID")


@cache
def _spelt_on_the_form() -> frozenset[str]:
    """The names of groups as the form spells them."""
    paths = [c.path for table in all_tables("csww").values() for c in table.columns if c.path]
    return frozenset(name for path in paths for name in path.split("/")[1:-1]) | _GROUPS


@cache
def _repeating() -> Mapping[str, tuple[str, ...]]:
    """Table -> its columns, for what a worker's record may hold several times."""
    return MappingProxyType(
        {
            table.name: tuple(column.name for column in table.columns if column.name not in _KEYS)
            for table in all_tables("csww").values()
            if table.name != WORKER and "WorkerID" in table
        }
    )


@cache
def _leaves(*tables: str) -> Mapping[str, str]:
    """Element name in capitals -> column, for the tables that one group fills."""
    columns = [column for table in tables for column in all_tables("csww")[table].columns]
    return MappingProxyType(
        {column.path.rsplit("/", 1)[-1].upper(): column.name for column in columns if column.path}
    )


def read_xml(raw: RawFile) -> FileRead:
    """One census file. Where it breaks off, what came before is kept and the break is told.

    What a worker's record holds several times goes to tables of its own, a row each; elements of
    two kinds that belong to one table are paired in the order in which they stand.
    """
    return read_stream(raw, _spelt_on_the_form(), lambda: _Builder(raw.name))


class _Builder:
    """Fills the tables of the census from closed elements. WorkerID counts over the whole file."""

    def __init__(self, file: str) -> None:
        self.file, self.result, self.leaves = file, FileRead(), Leaves()
        self.rows = {table.name: Rows(table.names) for table in all_tables("csww").values()}
        self.header: dict[str, str | None] = {}

    def on_end(self, element: Element) -> bool:
        """Take a closed element; true where a worker's record is complete."""
        name = self.leaves.name(element.tag)
        if name in _PLACES:
            self.leaves.expect(element, name, _PLACES[name])
        if name == "CSWWWORKER":
            self._worker(element)
            return True
        if name == "LALEVELVACANCIES":
            values, again = self.leaves.read(element, _leaves("LALevelVacancies"), _GROUPS)
            self._add("LALevelVacancies", values, again)
        elif name in _HEADER_PARTS:
            self._header_part(element)
        elif name in _GROUPS:
            self.leaves.cells(element, {}, _GROUPS)
            if name == "HEADER":
                self._header()
        return False

    def _worker(self, element: Element) -> None:
        repeating = {column for columns in _repeating().values() for column in columns}
        values: dict[str, str | None] = {}
        several: dict[str, list[str | None]] = {column: [] for column in repeating}
        again: list[tuple[str, str]] = []
        known = _leaves(WORKER, *_repeating())
        for text, column in self.leaves.cells(element, known, _GROUPS):
            if column in repeating:
                several[column].append(text)
            elif values.get(column) is None:
                values[column] = text
            elif text is not None and text != values[column]:
                again.append((column, text))
        values["WorkerID"] = str(self.rows[WORKER].total + 1)
        self._add(WORKER, values, again)
        keys = {key: values.get(key) for key in _KEYS}
        for table, columns in _repeating().items():
            for cells in zip_longest(*(several[column] for column in columns)):
                self.rows[table].add({**keys, **dict(zip(columns, cells, strict=True))})

    def _add(
        self, table: str, values: Mapping[str, str | None], again: list[tuple[str, str]]
    ) -> None:
        rows = self.rows[table]
        rows.add(values)
        rows.close()
        for column, text in again:
            self.result.problems.append(repeated(table, rows.total, column, text))

    def _header_part(self, element: Element) -> None:
        values, again = self.leaves.read(element, _leaves("Header"), _GROUPS)
        row = self.rows["Header"].total + 1
        for column, text in values.items():
            if self.header.setdefault(column, text) != text and text:
                again.append((column, text))
        for column, text in again:
            self.result.problems.append(repeated("Header", row, column, text))

    def _header(self) -> None:
        if self.header:
            self.rows["Header"].add(self.header)
            self.header = {}

    def finish(self, broken: str | None) -> FileRead:
        """The file as read."""
        self._header()
        result = self.result
        if not any(rows.total for rows in self.rows.values()):
            result.why_not = broken or f"The file holds no social workers. {recognise.EXPECTED}"
            return result
        if broken:
            result.problems.append({"problem": broken})
        result.notes += self.leaves.notes(self.file)
        result.tables = {name: rows.frame() for name, rows in self.rows.items()}
        return result
