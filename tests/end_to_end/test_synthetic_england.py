"""All of England, written once: flat memory, near what is published, and read back as it is."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from whatworks import measures, returns, synthetic
from whatworks.synthetic import calibration

pytestmark = pytest.mark.prove

FIRST, LAST = 2019, 2025
COLLECTIONS = ("ssda903", "csww")
_WRITE = """
import json, resource, sys
from whatworks import synthetic
made = synthetic.write(sys.argv[1], councils=json.loads(sys.argv[2]), first_year=2019,
                       last_year=2025, seed=1, errors=0, collections=("ssda903", "csww"),
                       practices="none", processes=2)
who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
print(json.dumps([resource.getrusage(one).ru_maxrss for one in who]))
"""
NOT_YET_MET = {
    "England, reasons for ceasing: share of each, each year",
    "England, placements: share of each, each year",
}
"""Missed, and said so in docs/calibration.md; a target that is met leaves this list."""
SAMPLE = ("857", "840", "330")
"""A small council, a middling and the largest."""


def write(out, councils):
    """Peak memory of the first process and of its largest worker, in kilobytes."""
    done = subprocess.run(
        [sys.executable, "-c", _WRITE, str(out), json.dumps(councils)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def england(tmp_path_factory):
    out = tmp_path_factory.mktemp("england")
    return out, write(out / "all", "all")


def test_memory_does_not_grow_with_the_number_of_councils(england, tmp_path):
    _, (first, worker) = england
    few_first, few_worker = write(tmp_path, list(SAMPLE))
    assert first < few_first * 1.3
    assert worker < few_worker * 1.3
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    assert (first + 2 * worker) / unit < 4000


def test_the_targets_of_calibration_hold(england):
    out, _ = england
    found = calibration.compare(calibration.read(out / "all"))
    judged = {one.text for one in found.targets if one.met is not None}
    assert len(judged) >= 12
    missed = {one.text for one in found.targets if one.met is False}
    assert missed == NOT_YET_MET


def test_a_sample_of_england_is_what_it_is_when_written_alone(england, tmp_path):
    out, _ = england
    alone = synthetic.write(
        tmp_path,
        councils=list(SAMPLE[:2]),
        first_year=FIRST,
        last_year=LAST,
        errors=0,
        collections=COLLECTIONS,
        practices="none",
        processes=1,
    )
    for file in alone.files:
        assert (out / "all" / file.path).read_bytes() == (tmp_path / file.path).read_bytes()


def test_a_sample_read_back_is_what_is_true(england, tmp_path):
    out, _ = england
    manifest = synthetic.Manifest.open(out / "all")
    store = returns.Store.open(tmp_path / "store", create=True, synthetic=True)
    for code in SAMPLE:
        for collection, year, folder in manifest.of_council(code):
            source = out / "all" / folder
            returns.load(source, store=store, council=code, year=year, collection=collection)
    told = json.loads((out / "all" / "truth.json").read_text())["council_years"]
    true = {(one["council"], one["year"]): one["measures"] for one in told}
    compared = 0
    for row in measures.run(store).iter_rows(named=True):
        top, under = true[row["council"], row["year"]][row["measure"]]
        if row["year"] == FIRST and row["reason"] is not None:
            continue  # it needs the year before, which was not written
        assert round(row["numerator"], 6) == round(top, 6), row
        if under is not None:
            assert round(row["denominator"], 6) == round(under, 6), row
        compared += 1
    assert compared >= len(SAMPLE) * (LAST - FIRST) * 10
