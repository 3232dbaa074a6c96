"""Workbooks and the report, read back: what they say, what they never hold, the same every time."""

from __future__ import annotations

import io
import re
import time
import zipfile
from typing import Any

import openpyxl
import pytest
from django.test import Client
from lxml import etree
from odfdo import Document

from whatworks import measures
from whatworks.returns import Store
from whatworks.service.baseline import number, report, starting
from whatworks.service.baseline.export import gathering
from whatworks.service.baseline.report.content import content
from whatworks.service.common.models import Organisation

pytestmark = pytest.mark.django_db
PAGE = "/councils/301/baseline/"
SHEETS = ["This year", "Notes", "All years", "Published figures", "Definitions"]
Rows = dict[str, list[list[object]]]


def xlsx(content: bytes) -> Rows:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in book.worksheets}


def ods(content: bytes) -> Rows:
    body = Document(io.BytesIO(content)).body
    return {t.name: [[c.value for c in row.cells] for row in t.rows] for t in body.get_tables()}


READERS = {"xlsx": xlsx, "ods": ods}


def taken(reader: Client, form: str, measure: str = "") -> Rows:
    answer = reader.get(f"{PAGE}{f'measures/{measure}/' if measure else ''}figures.{form}")
    assert answer.status_code == 200
    assert f"301-invented-children.{form}" in answer.headers["Content-Disposition"]
    return READERS[form](answer.content)


@pytest.mark.parametrize("form", READERS)
def test_the_notes_say_what_it_is_and_the_last_sheet_what_it_counts(
    store: Store, reader: Client, form: str
) -> None:
    found = taken(reader, form)
    assert list(found) == SHEETS
    about = " ".join(str(cell) for row in found["Notes"] for cell in row)
    name = Organisation.objects.get(council_code="301").name
    for said in ("invented", name, "whatworks", "interval", "SSDA903 return for"):
        assert said in about
    titles = {row[1] for row in found["Definitions"][1:]}
    assert titles == {measures.get(name).title for name in measures.names()}


@pytest.mark.parametrize("form", READERS)
def test_the_figures_are_those_that_were_counted(store: Store, reader: Client, form: str) -> None:
    rows = taken(reader, form)["All years"]
    place = {heading: at for at, heading in enumerate(rows[0])}
    told = {(row[place["Name in files"]], row[place["Year"]]): row for row in rows[1:]}
    for row in measures.run(store, council="301").iter_rows(named=True):
        line = told[row["measure"], row["year"]]
        value = line[place["Figure"]]
        assert str(line[place["Counted from"]]).startswith("invented")
        if row["value"] is None:
            assert value is None
            assert line[place["Why there is no figure"]] == row["reason"]
        else:
            assert float(value) == pytest.approx(row["value"], rel=1e-12)


@pytest.mark.parametrize("form", READERS)
def test_the_first_sheet_has_one_line_for_each_measure(
    store: Store, reader: Client, form: str
) -> None:
    found = taken(reader, form)["This year"]
    assert str(found[0][0]).startswith("Baseline of ")
    assert "invented" in str(found[1][0])
    head = next(at for at, row in enumerate(found) if row[0] == "Topic")
    place = {heading: at for at, heading in enumerate(found[head])}
    told = {row[place["Measure"]]: row for row in found[head + 1 :]}
    lines = starting.lines(store, "301", 2025)
    assert list(told) == [line.measure.title for line in lines]
    for line in lines:
        row = told[line.measure.title]
        assert (row[place["Figure"]] is None) == bool(line.own.reason)
        assert (row[place["Why there is no figure"]] or "") == line.own.reason
        assert (row[place["How it moved"]] or "") == line.change.words
        if line.own.value is not None:
            assert float(row[place["Figure"]]) == pytest.approx(line.own.value)


def test_numbers_are_shown_in_the_form_of_their_unit(store: Store, reader: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(reader.get(f"{PAGE}figures.xlsx").content))
    forms: dict[str, set[str]] = {}
    for row in book["This year"].iter_rows(min_row=5):
        forms.setdefault(row[5].value, set()).update(c.number_format for c in row[2:5] if c.value)
    assert forms["percent"] == {'0.0"%"'}
    assert forms["children"] == {"#,##0"}
    assert forms["per 10,000 children"] == {"#,##0.0"}
    years = {row[4].number_format for row in book["All years"].iter_rows(min_row=2)}
    assert years == {"General"}


def test_the_open_workbook_shows_the_same_digits_as_the_page(store: Store, reader: Client) -> None:
    [table] = [
        t
        for t in Document(io.BytesIO(reader.get(f"{PAGE}figures.ods").content)).body.get_tables()
        if t.name == "This year"
    ]
    shown = {
        row.cells[1].value: row.cells[2].text_recursive.strip()
        for row in table.rows
        if len(row.cells) > 2
    }
    checked = 0
    for line in starting.lines(store, "301", 2025):
        few = " of " in line.own.text
        if line.own.value is not None and not few:
            assert shown[line.measure.title] == line.own.text
            checked += 1
    assert checked > 20


@pytest.mark.parametrize("form", READERS)
def test_one_measure_has_its_groups(store: Store, reader: Client, form: str) -> None:
    groups = taken(reader, form, "returned_home")["By group"]
    assert {row[3] for row in groups[1:]} == set(measures.get("returned_home").breakdowns)


@pytest.mark.parametrize("form", READERS)
def test_no_cell_is_or_becomes_a_formula(store: Store, reader: Client, form: str) -> None:
    Organisation.objects.filter(council_code="301").update(name="=HYPERLINK(1)\x07<&")
    content = reader.get(f"{PAGE}figures.{form}").content
    found = READERS[form](content)
    cells = [c for rows in found.values() for row in rows for c in row if isinstance(c, str)]
    assert any(cell.startswith("=HYPERLINK") is False and "HYPERLINK(1)" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        for name in held.namelist():
            if name.endswith(".xml") and held.read(name):
                tree = etree.fromstring(held.read(name))
                assert not tree.xpath("//*[local-name()='f']")
                assert not tree.xpath("//@*[local-name()='formula']")


@pytest.mark.parametrize("path", ["figures.xlsx", "figures.ods", "where-we-stand.pdf"])
def test_the_same_returns_make_the_same_bytes(store: Store, reader: Client, path: str) -> None:
    first = reader.get(f"{PAGE}{path}").content
    report._pdf.cache_clear()
    time.sleep(2.1)  # a zip file names times in steps of two seconds
    assert reader.get(f"{PAGE}{path}").content == first


@pytest.mark.usefixtures("real_children")
@pytest.mark.parametrize("form", READERS)
def test_a_councils_own_figures_are_not_called_invented(reader: Client, form: str) -> None:
    answer = reader.get(f"{PAGE}figures.{form}")
    assert "invented" not in answer.headers["Content-Disposition"]
    found = READERS[form](answer.content)
    for sheet in ("This year", "Notes"):
        assert "nvented" not in str(found[sheet])


@pytest.mark.usefixtures("empty_store")
@pytest.mark.parametrize("path", ["figures.xlsx", "figures.ods", "where-we-stand.pdf"])
def test_nothing_loaded_is_nothing_to_take(reader: Client, path: str) -> None:
    assert reader.get(f"{PAGE}{path}").status_code == 404


# --- the report ---


@pytest.fixture
def pdf(store: Store, reader: Client) -> bytes:
    answer = reader.get(f"{PAGE}where-we-stand.pdf?year=2025")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "where-we-stand-2025-301-invented-children.pdf" in answer.headers["Content-Disposition"]
    return bytes(answer.content)


def test_the_report_is_tagged_titled_and_in_english(pdf: bytes) -> None:
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/Marked true" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"/Lang(en-GB)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    meta = pdf[pdf.index(b"<?xpacket begin") : pdf.index(b"<?xpacket end")].decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta
    name = Organisation.objects.get(council_code="301").name
    assert f"Where we stand, 2025: {name} (invented children)" in meta
    for tag in (b"/S/Table", b"/S/TH", b"/S/TD", b"/S/H1", b"/S/H2", b"/S/L"):
        assert tag in pdf, tag


def test_the_report_is_not_too_long(pdf: bytes) -> None:
    [pages] = re.findall(rb"<xmpTPg:NPages>(\d+)<", pdf)
    assert 2 <= int(pages) <= 10


def said(store: Store, *, synthetic: bool = True) -> dict[str, Any]:
    """What the report of 301 for 2025 is made of."""
    care = number.of_year(store, "301", 2025, (2024, 2025))
    lines = starting.lines(store, "301", 2025)
    used = gathering.sources(store, "301", {"ssda903"})
    return content(lines, 2025, area="Barking", synthetic=synthetic, sources=used, care=care)


def test_the_first_page_tells_what_stands_out_with_its_interval_and_its_caveat(
    store: Store,
) -> None:
    told = said(store)
    assert 0 < len(told["notable"]) <= 10
    lines = {line.measure.title: line for line in starting.lines(store, "301", 2025)}
    for one in told["notable"]:
        line = lines[one["title"]]
        assert line.change.words in one["said"]
        assert "interval" in one["said"]
        assert one["mind"] or not (line.pairs or line.measure.caveats)
    assert "not proof" in told["mind"]


def test_the_report_tells_the_number_in_care_as_its_page_does(store: Store) -> None:
    care = number.told(store, "301", 2025, 2024)
    assert said(store)["care"] == [care.lede, care.sentence]
    assert number.of_year(store, "301", 2022, (2022, 2024, 2025)) is None


def test_the_report_warns_of_invented_figures_beside_real_ones(store: Store) -> None:
    assert "Do not compare Barking with its neighbours" in said(store)["warning"]
    assert said(store, synthetic=False)["warning"] == ""


def test_every_measure_stands_in_the_report_once(store: Store) -> None:
    told = said(store)
    rows = [r["title"] for t in told["topics"] for b in t["blocks"] for r in b["rows"]]
    with_figure = [x for x in starting.lines(store, "301", 2025) if not x.own.reason]
    assert sorted(rows) == sorted(line.measure.title for line in with_figure)


def test_the_report_is_quick(store: Store) -> None:
    report.pdf(store, "301", 2025, area="Barking", synthetic=True)
    report._pdf.cache_clear()
    begun = time.process_time()
    report.pdf(store, "301", 2025, area="Barking", synthetic=True)
    assert time.process_time() - begun < 2


def test_what_an_area_is_called_cannot_run_in_the_report(store: Store) -> None:
    name = '#panic("x") $ [ * _ \\ @y "'
    assert report.pdf(store, "301", 2025, area=name, synthetic=False).startswith(b"%PDF")
