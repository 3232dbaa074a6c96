"""Tables filled row by row from an XML stream, kept as columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from whatworks.returns.model import Note
from whatworks.returns.recognise import spellings_of
from whatworks.returns.safe_xml import Element, local, stream
from whatworks.returns.sources import RawFile

_CHUNK_ROWS = 20_000
_MAX_NAMES = 50
_MAX_PASSES = 10


@dataclass
class FileRead:
    """What one file held. Row numbers of problems are positions in the file's own table."""

    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    problems: list[dict[str, object]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    why_not: str | None = None


class Rows:
    """A table being filled. ``late`` columns are filled for many rows at once, afterwards."""

    def __init__(self, names: Iterable[str], late: Iterable[str] = ()) -> None:
        self._cells: dict[str, list[str | None]] = {name: [] for name in names}
        self._late = [name for name in late if name in self._cells]
        self._prompt = [
            (name, cells) for name, cells in self._cells.items() if name not in self._late
        ]
        self._chunks: list[pl.DataFrame] = []
        self._height = 0
        self.total = 0

    def add(self, values: Mapping[str, str | None]) -> None:
        """One more row; columns without a value are blank."""
        for name, cells in self._prompt:
            cells.append(values.get(name))
        self._height += 1
        self.total += 1

    def is_late(self, name: str) -> bool:
        """Whether the table has such a late column."""
        return name in self._late

    def fill(self, name: str, value: str | None) -> None:
        """Give every row that has no ``name`` yet this one."""
        cells = self._cells.get(name)
        if cells is not None and len(cells) < self._height:
            cells.extend([value] * (self._height - len(cells)))

    def close(self) -> None:
        """End a record: late columns that nobody filled are blank."""
        if self._height:
            for name in self._late:
                self.fill(name, None)
            if self._height >= _CHUNK_ROWS:
                self._pack()

    def frame(self) -> pl.DataFrame:
        """All rows as text columns."""
        self.close()
        self._pack()
        return pl.concat(self._chunks)

    def _pack(self) -> None:
        self._chunks.append(
            pl.DataFrame(
                [pl.Series(name, cells, dtype=pl.String) for name, cells in self._cells.items()]
            )
        )
        for cells in self._cells.values():
            cells.clear()
        self._height = 0


class Leaves:
    """Reads the cells of a group element and counts what it did not expect."""

    def __init__(self) -> None:
        self.unknown: Counter[str] = Counter()
        self.misplaced: Counter[str] = Counter()
        self.stray_text = 0
        self.spellings: frozenset[str] = frozenset()
        self.respelt: frozenset[str] = frozenset()
        self.other_encoding: str | None = None
        self._names: dict[object, str] = {}

    def name(self, tag: object) -> str:
        """The element's name without namespace, in capitals."""
        found = self._names.get(tag)
        if found is None:
            found = self._names[tag] = local(tag)
        return found

    def read(
        self,
        group: Element,
        known: Mapping[str, str],
        inner: frozenset[str],
        told: frozenset[str] = frozenset(),
    ) -> tuple[dict[str, str | None], list[tuple[str, str]]]:
        """The group's cells by column, and (column, text) of those that came a second time.

        ``known`` maps an element's name to its column; ``inner`` are groups that are
        read by themselves, ``told`` those that were told by their content.
        """
        values: dict[str, str | None] = {}
        again: list[tuple[str, str]] = []
        for leaf, column in self.cells(group, known, inner, told):
            if column not in values:
                values[column] = leaf
            elif leaf is not None:
                if values[column] is None:
                    values[column] = leaf
                elif values[column] != leaf:
                    again.append((column, leaf))
        return values, again

    def cells(
        self,
        group: Element,
        known: Mapping[str, str],
        inner: frozenset[str],
        told: frozenset[str] = frozenset(),
    ) -> list[tuple[str | None, str]]:
        """(text or None, column) of each known element in the group, in order."""
        found: list[tuple[str | None, str]] = []
        if group.text is not None and not group.text.isspace():
            self.stray_text += 1
        for sub in group:
            name = self.name(sub.tag)
            column = known.get(name)
            if column is not None:
                text = sub.text
                if len(sub):
                    self._count(f"{name} inside itself")
                found.append(((text.strip() or None) if text else None, column))
            elif name in inner:
                if (spelling := sub.tag.rsplit("}", 1)[-1]) not in self.spellings:
                    self.respelt |= {spelling}
            elif name and name not in told:
                self._count(name)
            tail = sub.tail
            if tail is not None and not tail.isspace():
                self.stray_text += 1
        return found

    def expect(self, group: Element, name: str, parents: frozenset[str]) -> None:
        """Note a group that stands in another place than the form has it in."""
        parent = group.getparent()
        if parent is None or self.name(parent.tag) not in parents:
            self.misplaced[name] += 1

    def notes(self, file: str) -> list[Note]:
        """What was not expected, as notes."""
        notes = [
            Note(
                "unknown_element",
                f"The element {name} is not known and was not used.",
                file,
                column=name,
                count=count,
            )
            for name, count in sorted(self.unknown.items())
        ]
        notes += [
            Note("misplaced_element", f"{name} was found in an unusual place.", file, count=count)
            for name, count in sorted(self.misplaced.items())
        ]
        if self.other_encoding:
            notes.append(Note("windows_1252", self.other_encoding, file))
        if self.stray_text:
            text = "Text between elements, where none belongs, was passed over."
            notes.append(Note("stray_text", text, file, count=self.stray_text))
        return notes

    def _count(self, name: str) -> None:
        if name in self.unknown or len(self.unknown) < _MAX_NAMES:
            self.unknown[name] += 1
        else:
            self.unknown["others"] += 1


class Builder(Protocol):
    """What fills a return's tables from closed elements."""

    leaves: Leaves

    def on_end(self, element: Element) -> bool:
        """Take a closed element; true where a child is complete."""

    def finish(self, broken: str | None) -> FileRead:
        """The file as read."""


def read_stream(raw: RawFile, groups: frozenset[str], new: Callable[[], Builder]) -> FileRead:
    """Read an XML file with a builder of its own; ``groups`` are names in capitals.

    Elements are asked for by the spellings usual for their names and those at the file's start.
    Should another spelling turn up, the file is read once more with it, and once more as
    Windows-1252 should it not be in the encoding that it claims.
    """
    spellings, encoding = spellings_of(raw.head, groups), None
    for _ in range(_MAX_PASSES):
        builder = new()
        builder.leaves.spellings = spellings
        broken = stream(raw, builder.on_end, names=sorted(spellings), encoding=encoding)
        if broken is not None and broken.encoding and encoding is None:
            encoding = "cp1252"
        elif builder.leaves.respelt:
            spellings = spellings | builder.leaves.respelt
        else:
            break
    if encoding is not None:
        text = "The file is written in Windows-1252, not in the encoding it claims."
        builder.leaves.other_encoding = text
    return builder.finish(broken.sentence if broken else None)


def repeated(table: str, row: int, column: str, text: str) -> dict[str, object]:
    """The problem of an element that came twice in a record."""
    return {
        "table": table,
        "row": row,
        "column": column,
        "value": text,
        "problem": f"{column} is given twice with different content; the first was used.",
    }
