"""The files of one SSDA903 return in the format asked for, with the same bytes every time."""

from __future__ import annotations

import io
import zipfile

from whatworks.synthetic.csv_files import csv_files
from whatworks.synthetic.ssda903 import Tables
from whatworks.synthetic.xml_files import xml_file

FORMATS = ("csv", "xml", "csv-zip", "xml-zip")
ZIP_NAME = "ssda903.zip"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def ssda903_files(tables: Tables, year: int, form: str) -> dict[str, bytes]:
    """File name -> content. A zip holds no time of day, so that it is the same again tomorrow."""
    plain = csv_files(tables, year) if form.startswith("csv") else xml_file(tables)
    if not form.endswith("-zip"):
        return plain
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in plain.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return {ZIP_NAME: packed.getvalue()}
