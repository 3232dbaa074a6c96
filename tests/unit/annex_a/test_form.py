"""The form of Ofsted's Annex A: its lists, the spans they look back over, the workbook."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import polars as pl
import pytest
from lxml import etree

from whatworks.synthetic.annex_a.forms import Form, forms, months_before, texts, yes
from whatworks.synthetic.annex_a.workbook import workbook

DAY = date(2024, 3, 31).toordinal()
WIDTHS = (7, 8, 11, 12, 14, 14, 17, 34, 17, 16, 19)
XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def example() -> list[tuple[Form, list[list[str | int | None]]]]:
    born = date(2010, 2, 28).toordinal()
    rows = [
        ["SYN0123456", "a) Male", "a) WBRI", born, 14, DAY - 5, "q) 6: Police"],
        ["007", "c) Not stated/recorded (or unborn)", None, DAY + 9, None, DAY, "=1+1"],
    ]
    return [(forms()[1], rows), (forms()[2], [])]


def made() -> bytes:
    return workbook(example(), day=DAY, notice="Invented.")


def test_there_are_eleven_lists_with_the_columns_of_the_request():
    assert list(forms()) == list(range(1, 12))
    assert tuple(len(form.columns) for form in forms().values()) == WIDTHS
    assert [form.months for form in forms().values()] == [6] * 8 + [0, 12, 12]
    for form in forms().values():
        names = [column.name for column in form.columns]
        assert len(set(names)) == len(names)
        assert {column.type for column in form.columns} <= {"text", "number", "date"}


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2024, 3, 31), 6, date(2023, 10, 1)),
        (date(2024, 3, 31), 12, date(2023, 4, 1)),
        (date(2024, 6, 15), 6, date(2023, 12, 16)),
        (date(2024, 6, 30), 6, date(2024, 1, 1)),
        (date(2024, 8, 30), 6, date(2024, 3, 1)),
        (date(2024, 12, 31), 6, date(2024, 7, 1)),
        (date(2024, 12, 31), 1, date(2024, 12, 1)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2023, 1, 1), 12, date(2022, 1, 2)),
    ],
)
def test_a_span_of_months_ends_with_the_day(day, months, first):
    assert date.fromordinal(months_before(day.toordinal(), months)) == first


def test_codes_are_written_as_the_lists_write_them():
    assert yes(True) == "a) Yes"
    assert yes(False) == "b) No"
    assert texts("placement")["K3"] == texts("placement")["H5"]
    with pytest.raises(KeyError):
        texts("weather")


def test_the_same_rows_give_the_same_bytes_and_every_part_the_same_time():
    assert made() == made()
    with zipfile.ZipFile(BytesIO(made())) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert "2024-03-31T00:00:00Z" in core
    assert "Invented." in core


def test_openpyxl_reads_real_dates_and_numbers_as_text_where_they_are_names():
    book = openpyxl.load_workbook(BytesIO(made()))
    assert book.sheetnames == ["List 1", "List 2"]
    sheet = book["List 1"]
    assert [cell.value for cell in sheet[1]] == [column.name for column in forms()[1].columns]
    told = [cell.value for cell in sheet[2]]
    assert [one.date() if isinstance(one, datetime) else one for one in told] == [
        "SYN0123456",
        "a) Male",
        "a) WBRI",
        date(2010, 2, 28),
        14,
        date(2024, 3, 26),
        "q) 6: Police",
    ]
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    assert sheet["A3"].value == "007"
    assert sheet["G3"].data_type == "s", "text that looks like a formula stays text"
    assert sheet["C3"].value is None
    assert sheet.freeze_panes == "A2"


def test_polars_reads_dates_as_dates():
    found = pl.read_excel(BytesIO(made()), sheet_name="List 1", engine="openpyxl")
    assert found["Date of Contact"].dtype in (pl.Date, pl.Datetime("us"), pl.Datetime("ms"))
    assert found["Child Unique ID"].to_list() == ["SYN0123456", "007"]


def test_the_file_itself_counts_days_from_the_last_of_1899():
    with zipfile.ZipFile(BytesIO(made())) as parts:
        sheet = etree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{XLSX}c")}
    assert cells["F3"].findtext(f"{XLSX}v") == str((date(2024, 3, 31) - date(1899, 12, 30)).days)
    assert cells["F3"].get("t") is None
    assert cells["A3"].get("t") == "s"
    assert "C3" not in cells


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match=r"shorter|longer"):
        workbook([(forms()[1], [["SYN0123456"]])], day=DAY, notice="")
