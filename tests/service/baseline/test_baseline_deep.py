"""One measure of the baseline in depth: its exports, its groups, and where it comes from."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from whatworks import measures
from whatworks.returns import Store
from whatworks.service.common.models import Organisation, Person

from .baseline_pages import CARE, GAP, LOADED, PAGE, Read, published, rows, words, written

pytestmark = pytest.mark.django_db


OTHERS = [name for name in measures.names() if name not in CARE]


def exported(reader: Client, address: str) -> tuple[str, list[dict[str, str]]]:
    answer = reader.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return answer.headers["Content-Disposition"], list(
        csv.DictReader(io.StringIO(answer.content.decode()))
    )


def test_the_export_holds_the_same_figures_and_marks_every_row(
    store: Store, reader: Client
) -> None:
    name, lines = exported(reader, f"{PAGE}figures.csv")
    assert name == 'attachment; filename="baseline-301-invented-children.csv"'
    own = {
        (line["measure"], int(line["year"])): line
        for line in lines
        if line["counted_from"].startswith("invented ")
    }
    counted = list(measures.run(store, council="301").iter_rows(named=True))
    # The gap year too, with its reason; and every year of what is counted from other returns.
    assert len(own) == len(counted) + len(CARE) + len(OTHERS) * len((*LOADED, GAP))
    for row in counted:
        line = own[row["measure"], row["year"]]
        for column, key in (("value", "value"), ("low_95", "low"), ("high_95", "high")):
            assert line[column] == ("" if row[key] is None else repr(row[key]))
        assert line["why_no_value"] == (row["reason"] or "")
    assert all(own[name, GAP]["why_no_value"] for name in measures.names())
    rest = [line for line in lines if not line["counted_from"].startswith("invented ")]
    assert {line["counted_from"] for line in rest} == {"published (real)"}
    assert {line["area_kind"] for line in rest} == {
        "council",
        "neighbour",
        "neighbours, median",
        "region",
        "England",
    }
    for line in rest:
        assert bool(line["value"]) != bool(line["why_no_value"])
        assert "Open Government Licence" in line["source"] or not line["source"]
        if line["value"] and line["area_code"]:
            row = published(line["published_series"], line["area_code"], int(line["year"]))
            assert float(line["value"]) == row["value"]


def test_the_export_of_one_measure_holds_its_groups(store: Store, reader: Client) -> None:
    name, lines = exported(reader, f"{PAGE}measures/returned_home/figures.csv")
    assert name.endswith('returned-home-301-invented-children.csv"')
    assert {line["measure"] for line in lines} == {"returned_home"}
    groups = {line["breakdown"] for line in lines}
    assert groups == {"", *measures.get("returned_home").breakdowns}
    ages = measures.run(store, "returned_home", council="301", year=2025, by="age_group")
    for row in ages.iter_rows(named=True):
        [line] = [
            one
            for one in lines
            if one["year"] == "2025"
            and one["breakdown"] == "age_group"
            and one["group"] == row["age_group"]
        ]
        assert (line["numerator"], line["denominator"]) == (
            f"{row['numerator']:.0f}",
            f"{row['denominator']:.0f}",
        )


def test_no_cell_of_an_export_starts_a_formula(
    store: Store, reader: Client, analyst: Person
) -> None:
    Organisation.objects.filter(council_code="301").update(name="=HYPERLINK(1)")
    _, lines = exported(reader, f"{PAGE}figures.csv")
    cells = {cell for line in lines for cell in line.values()}
    assert "'=HYPERLINK(1)" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


@pytest.mark.parametrize("by", measures.get("three_or_more_placements").breakdowns)
def test_groups_are_those_of_run(store: Store, read: Read, by: str) -> None:
    page = read(f"{PAGE}measures/three_or_more_placements/?by={by}")
    [table] = page.xpath(
        "//table[caption[contains(., ', 2025')]][.//th[normalize-space()='Counts']]"
    )
    counted = measures.run(store, "three_or_more_placements", council="301", year=2025, by=by)
    shown = rows(table)
    assert [row[0] for row in shown] == counted[by].to_list()
    for row, cells in zip(counted.iter_rows(named=True), shown, strict=True):
        assert cells[1] == f"{row['numerator']:.0f} of {row['denominator']:.0f} invented"
        if row["value"] is None:
            assert cells[2] == row["reason"]
        else:
            assert tuple(cells[2:4]) == written(row)


def test_small_groups_are_warned_of(store: Store, read: Read) -> None:
    shown = words(read(f"{PAGE}measures/returned_home/?by=ethnicity"))
    assert "must not be published as they stand" in shown


def test_a_figure_is_traced_to_submissions_and_never_to_children(
    store: Store, read: Read, reader: Client
) -> None:
    for name in ("looked_after_at_31_march", "reentered_within_12_months"):
        address = f"{PAGE}measures/{name}/"
        page = read(address)
        behind = measures.rows(store, name, council="301", year=2025)
        [table] = page.xpath("//table[caption[contains(., 'by submission')]]")
        shown = {row.xpath("./th//a/@href")[0]: row for row in table.xpath(".//tbody/tr")}
        assert set(shown) == {
            reverse("returns_report", kwargs={"council": "301", "submission": submission})
            for submission in behind["submission"].unique()
        }
        total = sum(
            int(words(row.xpath("./td[@data-label='Counted']")[0])) for row in shown.values()
        )
        assert total == behind["numerator"].sum()
        text = reader.get(address).content.decode()
        for submission in store.submissions("301", "ssda903"):
            for child in store.tables(submission)["Header"]["CHILD"]:
                assert child not in text


def test_a_measure_without_groups_says_so(store: Store, read: Read) -> None:
    assert "not broken down" in words(read(f"{PAGE}measures/looked_after_rate/"))
