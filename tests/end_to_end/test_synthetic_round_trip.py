"""What was invented, written, read, checked, kept and counted is what was true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from whatworks import measures, returns, synthetic

COUNCILS = ["857", "816"]
FIRST, LAST = 2022, 2025


def make(out, **more):
    asked = {
        "councils": COUNCILS,
        "first_year": FIRST,
        "last_year": LAST,
        "errors": 0.0,
        "scale": 0.5,
        "need_share": 0.02,
    }
    return synthetic.write(out, **(asked | more))


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    out = tmp_path_factory.mktemp("clean")
    return out, make(out, formats=("csv", "xml", "csv-zip", "xml-zip"))


def test_every_format_reads_back_as_equal_tables(clean):
    out, manifest = clean
    compared = 0
    for council in COUNCILS:
        for year in range(FIRST, LAST + 1):
            of_year = [
                one
                for one in manifest.returns
                if (one.council, one.collection, one.year) == (council, "ssda903", year)
            ]
            assert [one.format for one in of_year] == ["csv", "xml", "csv-zip", "xml-zip"]
            read = [
                returns.read(out / one.folder, collection="ssda903", year=year, council=council)
                for one in of_year
            ]
            for one in read:
                assert one.problems.is_empty()
                assert not one.notes
            first = read[0]
            assert first.tables["Header"].height == of_year[0].children
            assert first.tables["Episodes"].height == of_year[0].episodes
            for other in read[1:]:
                for table, frame in first.tables.items():
                    assert frame.height == 0 or table in other.tables
                    if table in other.tables:
                        assert other.tables[table].select(frame.columns).equals(frame), table
                        compared += frame.height
    assert compared > 5000


def test_clean_returns_pass_every_rule(clean):
    out, manifest = clean
    for council in COUNCILS:
        for collection, year, folder in manifest.of_council(council):
            result = returns.check(out / folder, collection=collection, year=year, council=council)
            told = result.rules.filter(~pl.col("state").is_in(["passed", "not_applicable"]))
            assert told.is_empty(), (council, collection, year, told.rows())
            assert result.problems.is_empty()
            assert result.rules.filter(pl.col("state") == "passed").height >= 10


_COUNTED = {
    ("looked_after_at_31_march", "numerator"): "looked_after_at_31_march",
    ("started_to_be_looked_after", "numerator"): "started",
    ("ceased_to_be_looked_after", "numerator"): "ceased",
    ("three_or_more_placements", "numerator"): "three_or_more_placements",
    ("three_or_more_placements", "denominator"): "looked_after_at_31_march",
    ("returned_home", "numerator"): "returned_home",
    ("returned_home", "denominator"): "ceased",
    ("reentered_within_12_months", "numerator"): "reentered_within_12_months",
    ("reentered_within_12_months", "denominator"): "reentry_cohort",
}


def test_every_measure_gives_the_truth_of_the_simulation(clean, tmp_path):
    out, manifest = clean
    store = returns.Store.open(tmp_path / "store", create=True, synthetic=True)
    for council in COUNCILS:
        for collection, year, folder in manifest.of_council(council):
            returns.load(
                out / folder, store=store, council=council, year=year, collection=collection
            )
    counted = {
        (row["measure"], row["council"], row["year"]): row
        for row in measures.run(store).iter_rows(named=True)
    }
    compared = 0
    for truth in manifest.truth:
        for (measure, part), name in _COUNTED.items():
            if measure == "reentered_within_12_months" and truth.year == FIRST:
                continue  # the year before was not written, so returns home in it are not seen
            row = counted[measure, truth.council, truth.year]
            assert row[part] == getattr(truth, name), (truth.council, truth.year, measure, part)
            compared += 1
    assert compared == len(COUNCILS) * (9 * (LAST - FIRST + 1) - 2)
    assert sum(truth.looked_after_at_31_march for truth in manifest.truth) > 300
    assert sum(truth.three_or_more_placements for truth in manifest.truth) > 10


def test_planted_errors_are_found_where_they_were_planted(tmp_path):
    manifest = make(tmp_path, errors=0.1, councils=["816"], first_year=LAST)
    noted = json.loads((tmp_path / "errors.json").read_text())["errors"]
    unreadable = missing = wrong = 0
    for collection, year, folder in manifest.of_council("816"):
        result = returns.check(tmp_path / folder, collection=collection, year=year, council="816")
        problems = set(result.problems.select("table", "row", "column").iter_rows())
        findings = set(result.findings.select("table", "row").iter_rows())
        for error in noted:
            if error["collection"] != collection or error["year"] != year:
                continue
            where = (error["table"], error["row"])
            if "cannot be read" in error["kind"]:
                assert (*where, error["column"]) in problems
                unreadable += 1
            elif "twice" in error["kind"]:
                # Either of the two rows may be the one that is pointed out.
                assert {where, (where[0], where[1] - 1)} & findings
            elif "missing though" in error["kind"]:
                assert where in findings
                missing += 1
            elif error["column"] in ("LS", "PLACE", "RNE", "REC", "ETHNIC"):
                assert where in findings
                wrong += 1
        assert result.rules.filter(pl.col("state") == "could_not_run").is_empty()
    assert unreadable > 15
    assert missing > 0
    assert wrong > 10


def _digest(out: Path) -> str:
    total = sha256()
    for path in sorted(out.rglob("*")):
        if path.is_file():
            total.update(str(path.relative_to(out)).encode() + path.read_bytes())
    return total.hexdigest()


_ELSEWHERE = """
import sys
from whatworks import synthetic
synthetic.write(sys.argv[1], councils=["857"], first_year=2024, last_year=2025)
"""


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    synthetic.write(here, councils=["857"], first_year=2024, last_year=2025)
    hashed_otherwise = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(there)],
        check=True,
        env=os.environ | {"PYTHONHASHSEED": hashed_otherwise},
    )
    assert _digest(here) == _digest(there)


def test_a_return_is_the_same_whatever_else_is_asked_for(tmp_path):
    whole, part, other = (tmp_path / name for name in ("whole", "part", "other"))
    make(whole, errors=0.01)
    make(part, errors=0.01, councils=["816"], first_year=2023, last_year=2024)
    make(other, errors=0.01, councils=["816"], first_year=2023, last_year=2024, seed=2)
    files = [path.relative_to(part) for path in (part / "816").rglob("*") if path.is_file()]
    assert len(files) == (10 + 11) + 2 + 2
    for path in files:
        assert (part / path).read_bytes() == (whole / path).read_bytes(), path
    assert any((part / path).read_bytes() != (other / path).read_bytes() for path in files)
