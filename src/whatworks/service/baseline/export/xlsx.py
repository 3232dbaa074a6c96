"""The workbook for Excel: typed cells, frozen headings, and the same bytes for the same figures."""

from __future__ import annotations

import io
from collections.abc import Mapping

import xlsxwriter
from xlsxwriter.format import Format

from whatworks.service.baseline.export.cells import EXCEL, Number
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
        large = book.add_format({"bold": True, "font_size": 14})
        styles = {form: book.add_format({"num_format": code}) for form, code in EXCEL.items()}
        styles |= {"bold": bold, "words": wrapped, "title": large}
        for sheet in sheets(taken):
            _sheet(book.add_worksheet(sheet.name), sheet, styles)
    return out.getvalue()


def _sheet(
    page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, styles: Mapping[str, Format]
) -> None:
    for down, line in enumerate(sheet.lead):
        page.write_string(down, 0, line, styles["title"] if down == 0 else None)
    top = len(sheet.lead)
    for at, (heading, width) in enumerate(sheet.headings):
        page.set_column(at, at, width)
        page.write_string(top, at, heading, styles["bold"])
    page.freeze_panes(top + 1, sheet.held)
    if not sheet.of_words:
        page.autofilter(top, 0, top + len(sheet.rows), len(sheet.headings) - 1)
    style = styles["words"] if sheet.of_words else None
    for down, row in enumerate(sheet.rows, top + 1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(down, at, cell, style)
            elif isinstance(cell, Number):
                page.write_number(down, at, cell.value, styles[cell.form])
            elif cell is not None:
                page.write_number(down, at, cell)
