"""The CIN census from its XML file, of every year from 2017, with or without a namespace."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from whatworks.returns import recognise
from whatworks.returns.safe_xml import Element
from whatworks.returns.schema import all_tables
from whatworks.returns.sources import RawFile
from whatworks.returns.xml_tables import FileRead, Leaves, Rows, read_stream, repeated

_CHILD, _DETAILS, _HEADER = "CHILD", "CINDETAILS", "HEADER"
_ONE_ROW_EACH = {
    "CHILDIDENTIFIERS": ("ChildIdentifiers", frozenset({_CHILD})),
    "CHILDCHARACTERISTICS": ("ChildCharacteristics", frozenset({_CHILD})),
    "CINDETAILS": ("CINdetails", frozenset({_CHILD})),
    "ASSESSMENTS": ("Assessments", frozenset({_DETAILS})),
    "CINPLANDATES": ("CINplanDates", frozenset({_DETAILS})),
    "SECTION47": ("Section47", frozenset({_DETAILS})),
    "CHILDPROTECTIONPLANS": ("ChildProtectionPlans", frozenset({_DETAILS})),
    "PREPROCEEDINGSANDFGDM": ("PreProceedings", frozenset({_DETAILS, _CHILD})),
    "PREPROCEEDINGS": ("PreProceedings", frozenset({_DETAILS, _CHILD})),
}
_ROW_FOR_EACH_CELL = {
    "DISABILITIES": ("Disabilities", frozenset({"CHILDCHARACTERISTICS"})),
    "FACTORSIDENTIFIEDATASSESSMENT": ("AssessmentFactorsList", frozenset({"ASSESSMENTS"})),
    "REVIEWS": ("Reviews", frozenset({"CHILDPROTECTIONPLANS"})),
}
_NUMBERED = {
    "CINdetails": "CINdetailsID",
    "Assessments": "AssessmentID",
    "ChildProtectionPlans": "CPPID",
}
_OUTER = frozenset({"MESSAGE", "CHILDREN", _CHILD, _HEADER, "COLLECTIONDETAILS", "SOURCE"})
_GROUPS = frozenset(_ONE_ROW_EACH) | frozenset(_ROW_FOR_EACH_CELL) | _OUTER


@cache
def _spelt_on_the_form() -> frozenset[str]:
    """The names of groups as the form spells them."""
    paths = [c.path for table in all_tables("cin").values() for c in table.columns if c.path]
    return frozenset(name for path in paths for name in path.split("/")[1:-1]) | _GROUPS


@cache
def _leaves(table: str) -> Mapping[str, str]:
    """Element name in capitals -> column, for one table."""
    columns = all_tables("cin")[table].columns
    return MappingProxyType(
        {column.path.rsplit("/", 1)[-1].upper(): column.name for column in columns if column.path}
    )


def read_xml(raw: RawFile) -> FileRead:
    """One census file. Where it breaks off, what came before is kept and the break is told."""
    return read_stream(raw, _spelt_on_the_form(), lambda: _Builder(raw.name))


class _Builder:
    """Fills the tables of the census from closed elements.

    CINdetailsID, AssessmentID and CPPID count over the whole file, from 1. The rows of a group
    get the number of the group around them when that is closed; without one it stays blank.
    """

    def __init__(self, file: str) -> None:
        self.file, self.result, self.leaves = file, FileRead(), Leaves()
        self.rows = {
            table.name: Rows(
                table.names,
                late=()
                if table.name in {"Header", "ChildIdentifiers"}
                else ("LAchildID", *(set(_NUMBERED.values()) - {_NUMBERED.get(table.name)})),
            )
            for table in all_tables("cin").values()
        }
        self.inside = {
            table: [rows for rows in self.rows.values() if rows.is_late(number)]
            for table, number in _NUMBERED.items()
        }
        self.child: str | None = None
        self.header: dict[str, str | None] = {}
        self.factors: list[str] = []

    def on_end(self, element: Element) -> bool:
        """Take a closed element; true where a child is complete."""
        name = self.leaves.name(element.tag)
        if name in _ONE_ROW_EACH:
            table, parents = _ONE_ROW_EACH[name]
            self.leaves.expect(element, name, parents)
            self._row(element, table)
        elif name in _ROW_FOR_EACH_CELL:
            table, parents = _ROW_FOR_EACH_CELL[name]
            if len(element):
                self.leaves.expect(element, name, parents)
                self._rows(element, table)
        elif name == _CHILD:
            self.leaves.cells(element, {}, _GROUPS)
            self._end_of_child()
            return True
        elif name in {"COLLECTIONDETAILS", "SOURCE"}:
            self._header_part(element)
        elif name == _HEADER:
            self.leaves.cells(element, {}, _GROUPS)
            self._header()
        elif name in {"CHILDREN", "MESSAGE"}:
            self.leaves.cells(element, {}, _GROUPS)
        return False

    def _row(self, element: Element, table: str) -> None:
        values, again = self.leaves.read(element, _leaves(table), _GROUPS)
        rows = self.rows[table]
        number = str(rows.total + 1)
        if table == "ChildIdentifiers":
            self.child = self.child or values.get("LAchildID")
        if table == "Assessments":
            values["AssessmentFactors"] = " ".join(self.factors) or None
            self.factors = []
        if table in _NUMBERED:
            values[_NUMBERED[table]] = number
        rows.add(values)
        for column, text in again:
            self.result.problems.append(repeated(table, rows.total, column, text))
        for inner in self.inside.get(table, ()):
            inner.fill(_NUMBERED[table], number)

    def _rows(self, element: Element, table: str) -> None:
        for text, column in self.leaves.cells(element, _leaves(table), _GROUPS):
            self.rows[table].add({column: text})
            if table == "AssessmentFactorsList" and text:
                self.factors.append(text)

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

    def _end_of_child(self) -> None:
        for rows in self.rows.values():
            rows.fill("LAchildID", self.child)
            rows.close()
        self.child, self.factors = None, []

    def finish(self, broken: str | None) -> FileRead:
        """The file as read."""
        self._header()
        self._end_of_child()
        result = self.result
        if not any(rows.total for rows in self.rows.values()):
            result.why_not = broken or f"The file holds no children. {recognise.EXPECTED}"
            return result
        if broken:
            result.problems.append({"problem": broken})
        result.notes += self.leaves.notes(self.file)
        result.tables = {name: rows.frame() for name, rows in self.rows.items()}
        return result
