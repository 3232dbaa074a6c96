"""From text tables to typed tables: dates, numbers, codes; unreadable cells are named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from whatworks.returns import cells
from whatworks.returns.model import (
    AS_WRITTEN_SUFFIX,
    PROBLEM_SCHEMA,
    ROW,
    UNREADABLE_SUFFIX,
    Note,
    empty_frame,
)
from whatworks.returns.schema import MONTHLY, Column, Table, all_tables, spellings, tables

_USUAL_FORM = {
    "ssda903": cells.UK_FORM,
    "cin": cells.ISO_FORM,
    "csww": cells.ISO_FORM,
    "annex_a": cells.UK_FORM,
    "ssd": cells.ISO_FORM,
}

_TYPES: dict[str, pl.DataType] = {
    "choice": pl.String(),
    "date": pl.Date(),
    "integer": pl.Int64(),
    "decimal": pl.Float64(),
}

_TOLERATED = {
    "dates_in_iso_form": "Dates written year first (yyyy-mm-dd) were read as well.",
    "dates_in_day_first_form": "Dates written day first (dd/mm/yyyy) were read as well.",
    "dates_with_a_time": "A time of day written after a date was left out.",
    "dates_with_other_marks": "Dates written with dashes or dots (dd-mm-yyyy) were read as well.",
    "dates_with_months_in_words": "Dates such as 3 Apr 2025 were read as well.",
    "dates_as_numbers": "A spreadsheet's numbers for days were read as the days they stand for.",
    "dates_with_one_digit": "Days or months written with one digit were read as well.",
    "whole_numbers_with_a_decimal_point": "Numbers such as 12.0 were read as 12.",
    "codes_in_small_letters": (
        "Codes in small letters were counted as capitals; rules judge them as they were written."
    ),
}


@dataclass(frozen=True)
class Part:
    """The rows of a table that came from one file: ``first`` (from 1) and how many.

    Of a workbook also the ``sheet``, and how many of its rows stand ``above`` the first record.
    """

    file: str
    first: int
    count: int
    sheet: str | None = None
    above: int = 0


Files = Mapping[str, str | Sequence[Part]]
"""Table name -> the file it came from, or the parts it was put together from."""


def type_tables(
    text_tables: Mapping[str, pl.DataFrame],
    *,
    collection: str,
    year: int,
    files: Files | None = None,
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame, tuple[Note, ...]]:
    """Typed tables, the problems found in cells, and notes on what was tolerated.

    Each typed table has ``ROW`` (from 1), then the columns of the form in its order, of every
    year that has them: dates as Date, whole numbers as Int64, decimal ones as Float64, all else as
    String, codes in capitals. Beside each date and number column X stands ``X__unreadable``
    (never null); beside a code column X that held small letters, ``X__as_written``, which rules
    judge.
    A table or column that was not sent is left out, so that a rule can say that it could not
    run; columns unknown to the form are left out of typed tables and noted.
    Raises ValueError for an unknown collection.
    """
    forms, this_year = all_tables(collection), tables(collection, year)
    typed: dict[str, pl.DataFrame] = {}
    problems: list[pl.DataFrame] = [empty_frame(PROBLEM_SCHEMA)]
    notes: list[Note] = []
    for name, form in forms.items():
        if name not in text_tables:
            continue
        parts = _parts(name, text_tables[name].height, files)
        job = _Table(form, _text(text_tables[name]), parts, collection)
        typed[name] = job.typed()
        problems += job.problems
        notes += job.notes
        notes += _notes_on_form(form, this_year.get(name), text_tables[name].columns, year, parts)
    for name in sorted(set(text_tables) - set(forms)):
        text = f"{name} is not a table of this return and was left out."
        notes.append(Note("unknown_table", text, table=name))
    return typed, pl.concat(problems), tuple(notes)


def fill_in(
    typed_tables: Mapping[str, pl.DataFrame], *, collection: str, year: int
) -> dict[str, pl.DataFrame]:
    """The same typed tables with every table and column of that year's form.

    What was not sent is added: missing tables without rows, missing columns blank; derived
    columns are not. For work that needs a fixed shape; rules want to know what was not sent and
    use the tables as they are.
    """
    filled = dict(typed_tables)
    for name, form in tables(collection, year).items():
        shape: dict[str, pl.DataType] = {ROW: pl.Int64()}
        for column in form.columns:
            if column.derived:
                continue
            shape[column.name] = _TYPES.get(column.kind, pl.String())
            if column.kind in _TYPES:
                shape[column.name + UNREADABLE_SUFFIX] = pl.Boolean()
        frame = filled.get(name, pl.DataFrame(schema=shape))
        filled[name] = frame.with_columns(
            pl.lit(value=False if kind == pl.Boolean() else None, dtype=kind).alias(missing)
            for missing, kind in shape.items()
            if missing not in frame.columns
        )
    return filled


class _Table:
    """One table being typed; gathers problems and notes on the way."""

    def __init__(
        self, form: Table, text: pl.DataFrame, parts: Sequence[Part], collection: str
    ) -> None:
        self.form, self.text, self.parts = form, text, parts
        self.collection, self.usual = collection, _USUAL_FORM[collection]
        self.problems: list[pl.DataFrame] = []
        self.notes: list[Note] = []
        self.file = parts[0].file if len(parts) == 1 else None

    def typed(self) -> pl.DataFrame:
        sent = [column for column in self.form.columns if column.name in self.text.columns]
        text = self.text.select(cells.tidied(pl.col(column.name)) for column in sent)
        usual = text.select(self._usual(column) for column in sent)
        odd = (
            usual.select(
                ~_as_usual(column, pl.lit(text[column.name])).alias(column.name).all()
                for column in sent
            ).row(0)
            if text.height
            else (False,) * len(sent)
        )
        columns = [pl.int_range(1, self.text.height + 1, dtype=pl.Int64, eager=True).alias(ROW)]
        for column, is_odd in zip(sent, odd, strict=True):
            columns += self._column(column, text[column.name], usual[column.name], bool(is_odd))
        return pl.DataFrame(columns)

    def _usual(self, column: Column) -> pl.Expr:
        """The column's cells read the quick way: what is not in the usual form is null."""
        text = pl.col(column.name)
        if column.kind == "date":
            return cells.usual_date(text, self.usual)
        if column.kind == "integer":
            return cells.usual_integer(text)
        if column.kind == "decimal":
            return cells.usual_decimal(text)
        if column.kind == "choice":
            return pl.when(text.is_null()).then(text)
        return text.str.to_uppercase() if column.upper else text

    def _column(
        self, column: Column, text: pl.Series, usual: pl.Series, odd: bool
    ) -> list[pl.Series]:
        if column.kind in _TYPES:
            if odd:
                return self._read(column.name, text, self._rest(column, text, usual))
            nowhere = pl.repeat(value=False, n=len(text), dtype=pl.Boolean, eager=True)
            return [usual, nowhere.alias(column.name + UNREADABLE_SUFFIX)]
        if odd:
            changed = int((usual != text).sum())
            self._tolerated(column.name, {"codes_in_small_letters": changed})
            return [usual, text.alias(column.name + AS_WRITTEN_SUFFIX)]
        return [usual]

    def _rest(self, column: Column, text: pl.Series, usual: pl.Series) -> cells.Read:
        """The column's cells, those read slowly that the quick way did not tell."""
        if column.kind == "date":
            by_hand = self.collection in MONTHLY
            return cells.rest_of_dates(text, usual, self.usual, spreadsheet=by_hand)
        if column.kind == "choice":
            return cells.read_choices(text, spellings(self.collection)[str(column.codes)])
        if column.kind == "decimal":
            return cells.rest_of_decimals(text, usual)
        return cells.rest_of_integers(text, usual)

    def _read(self, name: str, text: pl.Series, read: cells.Read) -> list[pl.Series]:
        self._tolerated(name, read.tolerated)
        if read.unreadable.any():
            rows = read.unreadable.arg_true().cast(pl.Int64) + 1
            found = pl.DataFrame({"row": rows, "text": text.filter(read.unreadable)})
            self.problems.append(
                found.join(read.reasons, on="text", how="left", maintain_order="left").select(
                    file=self._files(rows),
                    table=pl.lit(self.form.name),
                    row="row",
                    column=pl.lit(name),
                    value="text",
                    problem=pl.col("reason") + self._places(rows),
                )
            )
        return [read.values.alias(name), read.unreadable.alias(name + UNREADABLE_SUFFIX)]

    def _files(self, rows: pl.Series) -> pl.Series:
        if not self.parts:
            return pl.Series([None] * len(rows), dtype=pl.String)
        starts = pl.Series([part.first for part in self.parts], dtype=pl.Int64)
        names = pl.Series([part.file for part in self.parts], dtype=pl.String)
        return names.gather(starts.search_sorted(rows, side="right") - 1)

    def _places(self, rows: pl.Series) -> pl.Series:
        """Where a row stands in its sheet, as a sentence; nothing where it is no workbook's."""
        said = []
        for row in rows:
            part = next((p for p in self.parts if p.first <= row < p.first + p.count), None)
            if part is None or part.sheet is None:
                said.append("")
            else:
                at = row - part.first + 1 + part.above
                said.append(f" It is in row {at:,} of the sheet '{part.sheet}'.")
        return pl.Series(said, dtype=pl.String)

    def _tolerated(self, column: str, counts: Mapping[str, int]) -> None:
        for code, count in counts.items():
            note = Note(code, _TOLERATED[code], self.file, self.form.name, column, count)
            self.notes.append(note)


def _as_usual(column: Column, text: pl.Expr) -> pl.Expr:
    """Whether the quick way told a cell right, beside the cell's own text."""
    quick = pl.col(column.name)
    if column.kind == "date":
        return text.is_null() | cells.believed(quick).fill_null(value=False)
    if column.kind == "choice":
        return text.is_null()
    if column.kind in {"integer", "decimal"}:
        return text.is_null() | quick.is_not_null()
    return text.is_null() | (quick == text)


def _parts(name: str, height: int, files: Files | None) -> Sequence[Part]:
    given = (files or {}).get(name, ())
    return (Part(given, 1, height),) if isinstance(given, str) else given


def _text(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column as text, whatever it was given as."""
    if all(kind == pl.String for kind in frame.dtypes):
        return frame
    from whatworks.returns.frames import to_text

    return to_text(frame)


def _notes_on_form(
    form: Table, this_year: Table | None, sent: Sequence[str], year: int, parts: Sequence[Part]
) -> list[Note]:
    file = parts[0].file if len(parts) == 1 else None
    notes = []
    if this_year is None:
        text = f"{form.name} is not part of the {year} return; it was read all the same."
        return [Note("table_of_another_year", text, file, form.name)]
    for name in sent:
        if name not in form and name != ROW:
            text = f"The column {name} is not part of {form.name} and was not used."
            notes.append(Note("extra_column", text, file, form.name, name))
        elif name in form and name not in this_year:
            text = f"The column {name} is not part of {form.name} in {year}; it was read as well."
            notes.append(Note("column_of_another_year", text, file, form.name, name))
    for column in this_year.columns:
        if column.name not in sent and not column.derived:
            text = f"The column {column.name} of {form.name} was not sent."
            notes.append(Note("missing_column", text, file, form.name, column.name))
    return notes
