"""Worked examples written as small tables beside the rule they explain.

A table is written as text: column names on the first line, a record on each other line, ``-``
for a blank cell and ``>`` before a record in which the rule must fail::

    CHILD DECOM      DEC        REC
  > A     2024-05-01 -          -
    A     2024-07-01 -          -

Where a cell holds a space, put ``|`` between the cells of every line of that table.
"""

from __future__ import annotations

from collections.abc import Mapping

from whatworks.returns.rules.model import Example, frozen

FAILS = ">"
BLANK = "-"


def example(
    title: str,
    by_name: Mapping[str, str] | None = None,
    *,
    year: int | None = None,
    whole: bool = False,
    **tables: str,
) -> Example:
    """An example from tables written as text, named by keyword or in ``by_name``.

    ``whole=True`` if the return as a whole fails; ``year`` if not any year of the rule will do.
    """
    read = {name: _table(text) for name, text in {**(by_name or {}), **tables}.items()}
    fails = {name: rows for name, (_, rows) in read.items() if rows}
    return Example(
        title=title,
        tables=frozen({name: records for name, (records, _) in read.items()}),
        fails=frozen(fails),
        year=year,
        whole=whole,
    )


def _cells(line: str) -> list[str]:
    if "|" in line:
        return [cell.strip() for cell in line.split("|")]
    return line.split()


def _table(text: str) -> tuple[tuple[Mapping[str, str | None], ...], tuple[int, ...]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    names = _cells(lines[0])
    records: list[Mapping[str, str | None]] = []
    fails: list[int] = []
    for number, line in enumerate(lines[1:], start=1):
        if line.startswith(FAILS):
            fails.append(number)
        cells = _cells(line.removeprefix(FAILS))
        if len(cells) != len(names):
            raise ValueError(f"an example has {len(cells)} cells for {len(names)} columns: {line}")
        pairs = zip(names, cells, strict=True)
        records.append(frozen({name: None if cell == BLANK else cell for name, cell in pairs}))
    return tuple(records), tuple(fails)
