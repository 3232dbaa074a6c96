"""The workbook for LibreOffice and others: OpenDocument, the same bytes for the same figures."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document, Element

from whatworks.service.baseline.export.gathering import Taken
from whatworks.service.baseline.export.sheets import Cell, Sheet, sheets, title

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a zip file can name: its members carry no time of their own."""


def write(taken: Taken) -> bytes:
    """The figures as an .ods file. Nothing in it is a formula or a link."""
    document = Document("spreadsheet")
    document.body.clear()
    for sheet in sheets(taken):
        document.body.append(Element.from_tag(_table(sheet)))
    meta = document.meta
    at = taken.at.replace(tzinfo=None, microsecond=0)
    meta.title = title(taken)
    meta.creator = "whatworks"
    meta.language = "en-GB"
    meta.creation_date = at
    meta.date = at
    meta.generator = "whatworks"
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _table(sheet: Sheet) -> str:
    """One sheet as XML. Written in one piece: a workbook has more cells than objects are worth."""
    columns = f'<table:table-column table:number-columns-repeated="{len(sheet.headings)}"/>'
    heading = "".join(_cell(text) for text, _ in sheet.headings)
    rows = "".join(
        f"<table:table-row>{''.join(_cell(cell) for cell in row)}</table:table-row>"
        for row in sheet.rows
    )
    return (
        f"<table:table table:name={quoteattr(sheet.name)}>{columns}<table:table-header-rows>"
        f"<table:table-row>{heading}</table:table-row></table:table-header-rows>{rows}</table:table>"
    )


def _cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        text = escape(cell)
        return (
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell!r}">'
        f"<text:p>{cell!r}</text:p></table:table-cell>"
    )


def _timeless(content: bytes) -> bytes:
    """The same archive with its members' times taken out; the type stays first, uncompressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.infolist():
            kept = zipfile.ZipInfo(one.filename, _LONG_AGO)
            kept.compress_type = one.compress_type
            after.writestr(kept, before.read(one.filename))
    return out.getvalue()
