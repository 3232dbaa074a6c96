"""Measures on another project's full set of SSDA903 files, against a plain recount of the CSV.

The recount reads the files with the csv module and counts with loops; it shares no code with the
reading, the journeys or the measures that it checks.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from whatworks import measures, returns

from ..property import care_oracle as oracle

YEAR, COUNCIL = 2018, "301"
DATES = {"DECOM", "DEC", "DOB", "DUC"}


def _plain(path: Path) -> list[dict[str, Any]]:
    def cell(name: str, text: str) -> Any:
        text = text.strip()
        if not text:
            return None
        if name not in DATES:
            return text
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007  (a day, not a moment)

    with path.open(newline="", encoding="utf-8-sig") as file:
        return [{k: cell(k, v or "") for k, v in row.items()} for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def folder(samples: Path) -> Path:
    return samples / "ssda903_peer_fake"


@pytest.fixture(scope="module")
def store(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> returns.Store:
    kept = returns.Store.open(tmp_path_factory.mktemp("work"), create=True, synthetic=True)
    names = ("episodes", "header", "uasc")
    returns.load(
        [folder / f"{name}.csv" for name in names],
        store=kept,
        council=COUNCIL,
        year=YEAR,
        collection="ssda903",
    )
    return kept


def test_every_measure_equals_a_plain_recount(store: returns.Store, folder: Path) -> None:
    plain = {
        YEAR: {
            "Episodes": _plain(folder / "episodes.csv"),
            "Header": _plain(folder / "header.csv"),
        }
    }
    expected = oracle.figures(plain)
    found = measures.run(store, council=COUNCIL, year=YEAR)
    for (name, year), (numerator, denominator) in expected.items():
        row = found.row(by_predicate=(pl.col("measure") == name), named=True)
        assert year == YEAR
        assert row["numerator"] == numerator
        assert row["denominator"] in (None, denominator)
    assert expected["looked_after_at_31_march", YEAR][0] > 1_000


def test_the_repairs_equal_a_plain_recount(store: returns.Store, folder: Path) -> None:
    _, expected = oracle.clean({YEAR: {"Episodes": _plain(folder / "episodes.csv"), "Header": []}})
    found = measures.left_out(store, council=COUNCIL)
    counted = dict(found.select("repair", "n_rows").iter_rows())
    assert expected["short_break"] > 0
    assert {name: counted[name] for name in expected} == dict(expected)


def test_children_looked_after_by_age_and_by_unaccompanied_equal_a_plain_recount(
    store: returns.Store, folder: Path
) -> None:
    last = date(YEAR, 3, 31)
    children, _ = oracle.clean({YEAR: {"Episodes": _plain(folder / "episodes.csv"), "Header": []}})
    there = {
        child
        for child, rows in children.items()
        if any(r["DECOM"] <= last and (r["DEC"] is None or r["DEC"] > last) for r in rows)
    }
    born = {r["CHILD"]: r["DOB"] for r in _plain(folder / "header.csv")}
    infants = sum(1 for c in there if c in born and last < born[c].replace(year=born[c].year + 1))
    seekers = {
        r["CHILD"] for r in _plain(folder / "uasc.csv") if r["DUC"] is None or r["DUC"] >= last
    }
    ages = measures.run(store, "looked_after_at_31_march", council=COUNCIL, by="age_group")
    listed = measures.run(store, "looked_after_at_31_march", council=COUNCIL, by="uasc")
    assert ages.filter(age_group="Under 1 year")["numerator"].item() == infants
    assert ages["numerator"].sum() == len(there)
    alone = listed.filter(uasc="Unaccompanied asylum-seeking")["numerator"].item()
    assert alone == len(there & seekers)
    assert alone > 0


def test_the_rows_behind_a_figure_are_those_of_the_file(store: returns.Store, folder: Path) -> None:
    plain = _plain(folder / "episodes.csv")
    rows = measures.rows(store, "returned_home", council=COUNCIL, year=YEAR)
    figure = measures.run(store, "returned_home", council=COUNCIL, year=YEAR).row(0, named=True)
    went = rows.filter(pl.col("numerator"))
    assert went.height == figure["numerator"] > 0
    assert rows.filter(pl.col("denominator")).height == figure["denominator"]
    assert {plain[n - 1]["REC"] for n in went["row"]} <= {"E4A", "E4B"}
    assert set(rows["submission"]) == {store.submissions(COUNCIL)[0].id}
