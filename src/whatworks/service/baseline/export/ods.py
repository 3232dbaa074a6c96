"""The workbook for LibreOffice and others: OpenDocument, the same bytes for the same figures."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document

from whatworks.service.baseline.export.cells import PERCENT, PLACES, Cell, Number
from whatworks.service.baseline.export.gathering import Taken
from whatworks.service.baseline.export.sheets import Sheet, sheets, title

CONTENT = "content.xml"
_STYLES_END = "</office:automatic-styles>"
_BODY, _BODY_END = "<office:spreadsheet>", "</office:spreadsheet>"
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a zip file can name: its members carry no time of their own."""


def write(taken: Taken) -> bytes:
    """The figures as an .ods file. Nothing in it is a formula or a link."""
    document = Document("spreadsheet")
    empty = bytes(document.container.get_part(CONTENT)).decode()
    before, style_end, after = empty.partition(_STYLES_END)
    _, body, rest = after.partition(_BODY)
    _, body_end, end = rest.partition(_BODY_END)
    if not (style_end and body and body_end):
        raise ValueError("The empty workbook does not look as it should.")
    pages = sheets(taken)
    parts = (before, _styles(pages), _STYLES_END, "<office:body>", _BODY)
    filled = "".join((*parts, *map(_table, pages), _BODY_END, end))
    meta = document.meta
    at = taken.at.replace(tzinfo=None, microsecond=0)
    meta.title = _written(title(taken))
    meta.creator = "whatworks"
    meta.language = "en-GB"
    meta.creation_date = at
    meta.date = at
    meta.generator = "whatworks"
    out = io.BytesIO()
    document.save(out)
    # The content goes into the saved archive: saved with it, the library would take it apart again.
    return _timeless(out.getvalue(), filled.encode())


def _styles(pages: Sequence[Sheet]) -> str:
    """A style for each width of a column, and those of headings and of long text."""
    widths = sorted({width for sheet in pages for _, width in sheet.headings})
    columns = "".join(
        f'<style:style style:name="w{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 0.2:.1f}cm"/></style:style>'
        for width in widths
    )
    wrap = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
    return (
        f'{columns}<style:style style:name="long" style:family="table-cell">{wrap}</style:style>'
        f'<style:style style:name="head" style:family="table-cell">{wrap}'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="title" style:family="table-cell">'
        '<style:text-properties fo:font-weight="bold" fo:font-size="14pt"/></style:style>'
        f"{''.join(map(_form, PLACES))}"
    )


def _form(form: str) -> str:
    """How numbers of a form are shown, and the style of the cells that hold them."""
    mark = "<number:text>%</number:text>" if form == PERCENT else ""
    return (
        f'<number:number-style style:name="n-{form}"><number:number number:min-integer-digits="1" '
        f'number:decimal-places="{PLACES[form]}" number:grouping="true"/>{mark}'
        f'</number:number-style><style:style style:name="{form}" style:family="table-cell" '
        f'style:data-style-name="n-{form}"/>'
    )


def _table(sheet: Sheet) -> str:
    """One sheet as XML, written as text: an object for each cell takes a hundred times longer."""
    columns = "".join(
        f'<table:table-column table:style-name="w{width}"/>' for _, width in sheet.headings
    )
    heading = "".join(_cell(text, "head") for text, _ in sheet.headings)
    style = "long" if sheet.of_words else ""
    rows = "".join(
        f"<table:table-row>{''.join(_cell(cell, style) for cell in row)}</table:table-row>"
        for row in sheet.rows
    )
    lead = "".join(
        f"<table:table-row>{_cell(line, '' if at else 'title')}</table:table-row>"
        for at, line in enumerate(sheet.lead)
    )
    return (
        f"<table:table table:name={quoteattr(sheet.name)}>{columns}{lead}"
        f"<table:table-header-rows><table:table-row>{heading}</table:table-row>"
        f"</table:table-header-rows>{rows}</table:table>"
    )


def _cell(cell: Cell, style: str) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, Number):
        style, number, said = cell.form, cell.value, cell.text
    else:
        number, said = cell, repr(cell)
    named = f' table:style-name="{style}"' if style else ""
    if isinstance(cell, str):
        kind, said = 'office:value-type="string"', escape(_written(cell))
    else:
        kind = f'office:value-type="float" office:value="{number!r}"'
    return f"<table:table-cell{named} {kind}><text:p>{said}</text:p></table:table-cell>"


def _written(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def _timeless(archive: bytes, content: bytes) -> bytes:
    """The archive with ``content``, and without times; the type stays first, uncompressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.infolist():
            kept = zipfile.ZipInfo(one.filename, _LONG_AGO)
            kept.compress_type = one.compress_type
            after.writestr(kept, content if one.filename == CONTENT else before.read(one.filename))
    return out.getvalue()
