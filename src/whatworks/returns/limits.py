"""How much is accepted from a sender, and why. Every limit has a message that names it."""

from __future__ import annotations

MEGABYTE = 1_000_000

MAX_FILE_BYTES = 500 * MEGABYTE
"""One file, unpacked. The largest council's census of a year is well under 100 MB."""

MAX_COLUMNS = 1_000
"""Columns of one CSV file. The widest table of any return has fewer than twenty."""

MAX_FILES = 1_000
"""Files in one source: a folder, a list or a zip."""

MAX_ZIP_BYTES = 1_000 * MEGABYTE
"""All members of one zip together, unpacked."""

MAX_ZIP_RATIO = 200
"""Unpacked bytes for each packed byte; returns pack 10 to 40 times, a zip bomb 1,000 times."""

ZIP_RATIO_FROM = 20 * MEGABYTE
"""The ratio is looked at from this unpacked size on: small files pack well by chance."""

HEAD_BYTES = 65_536
"""How much of a file is looked at to recognise it. An XML file's root must begin within it."""

CHUNK_BYTES = 1_048_576
"""How much of a file is read at a time while it is counted and hashed."""

MAX_QUOTED_LINES = 200
"""Lines that one quoted cell may run over before the quotation mark is taken for a stray one."""

EARLIEST_YEAR, LATEST_YEAR = 1800, 2100
"""Years of dates that are believed; dates outside are unreadable. A slip such as 1890 for 1990 is
a date, and left to the rules."""

MAX_WORKBOOK_BYTES = 300 * MEGABYTE
"""All parts of one workbook together, unpacked. A large council's eleven lists are about 40 MB."""

MAX_WORKBOOK_CELLS = 8_000_000
"""Cells of one workbook, counting the empty ones between its first and last, as they are laid out
in memory. The lists of a large council hold under a million."""

MAX_WORKBOOK_TEXT = 500 * MEGABYTE
"""Text of all cells of one workbook, a text that many cells share counted each time."""

MAX_HEADING_ROWS = 30
"""Rows of a sheet or lines of a CSV file in which its headings are looked for."""
