"""Rows written as an Excel workbook whose bytes depend on the rows alone.

XlsxWriter is the library: it only writes, quickly, and puts nothing into a file that changes from
one day or machine to the next once the date of creation is given. Held in memory, it stamps every
part of the archive with the same day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from whatworks.synthetic.annex_a.forms import Form, Row

_EPOCH = date(1899, 12, 30).toordinal()
"""The day that Excel counts from, for every day after February 1900."""
_DATES = "dd/mm/yyyy"
_WIDTHS = {"text": 20, "number": 12, "date": 14}


def workbook(sheets: Iterable[tuple[Form, Sequence[Row]]], *, day: int, notice: str) -> bytes:
    """A workbook with one sheet for each list: a row of headings, then the rows.

    Args:
        sheets: each list's form and its rows, with as many cells as the form has columns.
        day: the ordinal day that the file says it was made on.
        notice: what is said of the file in its properties.

    Raises:
        ValueError: a row has more or fewer cells than its list has columns.
    """
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties(
        {
            "title": "Annex A child-level lists (synthetic)",
            "comments": notice,
            "created": datetime.combine(date.fromordinal(day), datetime.min.time(), UTC),
        }
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    dates = book.add_format({"num_format": _DATES})
    for form, rows in sheets:
        _sheet(book.add_worksheet(form.sheet), form, rows, bold=bold, dates=dates)
    book.close()
    return out.getvalue()


def _sheet(
    sheet: Worksheet, form: Form, rows: Sequence[Row], *, bold: Format, dates: Format
) -> None:
    for at, column in enumerate(form.columns):
        sheet.set_column(at, at, _WIDTHS[column.type])
        sheet.write_string(0, at, column.name, bold)
    sheet.freeze_panes(1, 0)
    are_dates = [column.type == "date" for column in form.columns]
    for n, row in enumerate(rows, start=1):
        for at, (cell, is_date) in enumerate(zip(row, are_dates, strict=True)):
            if cell is None:
                continue
            if isinstance(cell, str):
                sheet.write_string(n, at, cell)
            elif is_date:
                sheet.write_number(n, at, cell - _EPOCH, dates)
            else:
                sheet.write_number(n, at, cell)
