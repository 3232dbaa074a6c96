"""A frame as an Excel workbook: what it is first, then the figures. No cell can be a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import polars as pl
import xlsxwriter

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MADE = datetime(2020, 1, 1)  # noqa: DTZ001  (the same rows make the same file, whenever)


def write(frame: pl.DataFrame, about: Sequence[str]) -> bytes:
    """The workbook's bytes: a sheet 'About' with ``about``, a line each, and a sheet 'Figures'."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _MADE, "title": about[0]})
        bold = book.add_format({"bold": True})
        first = book.add_worksheet("About")
        first.set_column(0, 0, 100)
        for row, line in enumerate(about):
            first.write_string(row, 0, line, bold if row == 0 else None)
        figures = book.add_worksheet("Figures")
        figures.freeze_panes(1, 0)
        for column, name in enumerate(frame.columns):
            figures.write_string(0, column, name, bold)
            figures.set_column(column, column, 16)
        for row, cells in enumerate(frame.iter_rows(), start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    figures.write_string(row, column, cell)
                elif cell is not None:
                    figures.write_number(row, column, cell)
    return out.getvalue()
