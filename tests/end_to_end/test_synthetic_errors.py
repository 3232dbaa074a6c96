"""Every recording error is written down, and nothing else differs from a return without errors."""

from __future__ import annotations

import csv
import json

import pytest
from lxml import etree

from whatworks import synthetic
from whatworks.synthetic import workforce
from whatworks.synthetic.cin import COLUMNS as CIN_COLUMNS
from whatworks.synthetic.csv_files import FILE_NAMES
from whatworks.synthetic.recording import DUPLICATE

CODE, FIRST, LAST = "316", 2024, 2025
TABLES = {"ssda903": list(FILE_NAMES), "cin": list(CIN_COLUMNS), "csww": list(workforce.COLUMNS)}
_IN_XML = {"CINplanDates": "CINPlanDates"}


def make(out, **more):
    return synthetic.write(
        out,
        councils=[CODE],
        first_year=FIRST,
        last_year=LAST,
        scale=0.6,
        need_share=0.05,
        **more,
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    out = tmp_path_factory.mktemp("runs")
    make(out / "clean", errors=0)
    manifest = make(out / "dirty", errors=0.1)
    noted = json.loads((out / "dirty" / "errors.json").read_text())["errors"]
    return out, manifest, noted


def _from_csv(folder, table):
    path = folder / FILE_NAMES[table]
    return list(csv.DictReader(path.read_text().splitlines())) if path.is_file() else []


def _from_xml(folder, table):
    """The elements of a table in document order, each as its leaves' texts."""
    tree = etree.parse(str(next(folder.iterdir())))
    names = set(CIN_COLUMNS.get(table) or workforce.COLUMNS[table])
    return [
        {leaf.tag: leaf.text or "" for leaf in one if leaf.tag in names | {"Sex"}}
        for one in tree.iter(_IN_XML.get(table, table))
    ]


def _changed(was, now):
    return {
        (row, column)
        for row, (a, b) in enumerate(zip(was, now, strict=True), start=1)
        for column in a.keys() | b.keys()
        if a.get(column, "") != b.get(column, "")
    }


@pytest.mark.parametrize("collection", sorted(TABLES))
@pytest.mark.parametrize("year", [FIRST, LAST])
def test_exactly_the_cells_noted_differ(runs, collection, year):
    out, _, noted = runs
    read = _from_csv if collection == "ssda903" else _from_xml
    compared = 0
    for table in TABLES[collection]:
        was, now = (
            read(out / run / CODE / collection / str(year), table) for run in ("clean", "dirty")
        )
        mine = [
            one
            for one in noted
            if (one["collection"], one["year"], one["table"]) == (collection, year, table)
        ]
        for one in mine:
            if one["kind"] == DUPLICATE:
                was.insert(one["row"] - 1, was[one["row"] - 2])
        told = {
            (one["row"], column)
            for one in mine
            if one["kind"] != DUPLICATE
            for column in (one["column"], *one["also"])
        }
        assert _changed(was, now) == told, table
        compared += len(told)
    assert compared > {"ssda903": 300, "cin": 80, "csww": 10}[collection]


def test_every_error_says_where_it_is_and_each_kind_is_there(runs):
    _, manifest, noted = runs
    keys = {"council", "collection", "year", "table", "row", "column", "also", "kind"}
    assert all(set(one) == keys for one in noted)
    assert manifest.n_errors == len(noted) == sum(one.errors for one in manifest.returns)
    kinds = {name: {one["kind"] for one in noted if one["collection"] == name} for name in TABLES}
    assert len(kinds["ssda903"]) == 8
    both = {"code that no list has", "required cell left blank", "date that cannot be read"}
    assert both <= kinds["cin"] & kinds["csww"]
    assert "end before beginning" in kinds["cin"]
    assert "hours a week given for a share of full time" in kinds["csww"]


def test_errors_of_a_collection_are_the_same_whatever_else_is_written(runs, tmp_path):
    out, _, _ = runs
    make(tmp_path, errors=0.1, collections=("csww",))
    for year in ("2024", "2025"):
        path = f"{CODE}/csww/{year}/csww.xml"
        assert (tmp_path / path).read_bytes() == (out / "dirty" / path).read_bytes()
