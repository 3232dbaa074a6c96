"""The workbook for Excel: typed cells, frozen headings, and the same bytes for the same figures."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from whatworks.service.baseline.export.gathering import Taken
from whatworks.service.baseline.export.sheets import Sheet, sheets, title


def write(taken: Taken) -> bytes:
    """The figures as an .xlsx file. Nothing in it is a formula or a link."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        # A workbook names when it was made; the last return's day keeps its bytes the same.
        book.set_properties(
            {
                "title": title(taken),
                "author": "whatworks",
                "created": taken.at.replace(tzinfo=None, microsecond=0),
            }
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets(taken):
            _sheet(book.add_worksheet(sheet.name), sheet, bold, wrapped)
    return out.getvalue()


def _sheet(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, bold: Any, wrapped: Any) -> None:
    for at, (heading, width) in enumerate(sheet.headings):
        page.set_column(at, at, width)
        page.write_string(0, at, heading, bold)
    page.freeze_panes(1, 0)
    if not sheet.of_words:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    style = wrapped if sheet.of_words else None
    for down, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(down, at, cell, style)
            elif cell is not None:
                page.write_number(down, at, cell)
