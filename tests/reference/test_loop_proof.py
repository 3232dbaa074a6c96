"""That the committed proof of the natural experiment is what the tool finds, and what it says."""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLAGGED = 60


def _tool():
    spec = importlib.util.spec_from_file_location("loop_proof", ROOT / "tools" / "loop_proof.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["loop_proof"] = module
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


def read(name):
    with (ROOT / "docs" / name).open(encoding="ascii") as file:
        return list(csv.DictReader(file))


SEEDS = read("loop_proof_seeds.csv")
TABLE = {(row["practice"], row["world"], row["measure"]): row for row in read("loop_proof.csv")}
STARTS, BACK = "started_rate", "reentered_within_12_months"


def same(found, held):
    """The same rows; the last decimal may differ where another machine adds up otherwise.

    Where they are not, something that careers are drawn from or the estimator has changed since
    the table was made: run ``python tools/loop_proof.py`` again.
    """
    assert [row[:4] for row in found] == [row[:4] for row in held]
    for one, other in zip(found, held, strict=True):
        assert [float(x or 0) for x in one[4:9]] == pytest.approx(
            [float(x or 0) for x in other[4:9]], abs=0.0011
        )
        assert one[9] == other[9]


def committed(seed):
    return [tuple(row.values()) for row in SEEDS if row["seed"] == str(seed)]


def test_the_table_is_the_summary_of_its_seeds():
    again = TOOL.summary([tuple(row.values()) for row in SEEDS])
    assert again == list(TABLE.values())
    assert int(TABLE["teasel-bridge", "planted", STARTS]["seeds"]) >= 200


@pytest.mark.parametrize("measure", [STARTS, BACK])
def test_intervals_hold_what_is_planted(measure):
    assert 0.92 <= float(TABLE["teasel-bridge", "planted", measure]["covered"]) <= 0.98


@pytest.mark.parametrize("measure", [STARTS, BACK])
def test_nothing_planted_is_seldom_found(measure):
    row = TABLE["teasel-bridge", "nothing", measure]
    assert 0.03 <= float(row["p_at_most_0.05"]) <= 0.08


def test_a_raised_threshold_is_flagged_and_a_practice_that_works_is_not():
    assert float(TABLE["granite-gate", "planted", STARTS]["either"]) >= 0.8
    assert float(TABLE["teasel-bridge", "planted", STARTS]["either"]) <= 0.15


@pytest.mark.parametrize("seed", [FLAGGED + 1, FLAGGED + 50])
def test_some_seeds_come_out_again_as_committed(seed):
    same(TOOL.one_seed(seed, FLAGGED), committed(seed))


@pytest.mark.prove
@pytest.mark.parametrize("seed", [1, 40, 80, 120, 160, 200])
def test_more_seeds_come_out_again_as_committed(seed):
    same(TOOL.one_seed(seed, FLAGGED), committed(seed))
