"""Linked returns from the command line: what is counted, followed and refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from whatworks import cli, measures, returns, synthetic
from whatworks.measures.courses_defined import COURSES
from whatworks.measures.sourcing import Sources

CODE = "857"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("linked") / "out"
    manifest = synthetic.write(
        out, councils=[CODE], first_year=2022, last_year=2024, seed=3, errors=0, need_share=0.05
    )
    store = returns.Store.open(out.parent / "store", create=True, synthetic=True)
    for collection, year, folder in manifest.of_council(CODE):
        returns.load(out / folder, store=store, council=CODE, year=year, collection=collection)
    return out.parent / "store"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def _run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["whatworks", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = capsys.readouterr()
        return int(left.value.code or 0), printed.out, printed.err

    return _run


def test_every_child_of_an_invented_council_is_found_by_number(workspace: Path, run: Any) -> None:
    code, out, _ = run("measures", "linking", "-c", CODE, "--workspace", workspace, "--json")
    assert code == 0
    found = {(r["outcome"], r["year"]): r["n_children"] for r in json.loads(out)}
    assert all(n == 0 for (outcome, _), n in found.items() if outcome != "by_number")
    assert all(found["by_number", year] > 0 for year in (2022, 2023, 2024))


@pytest.mark.parametrize("name", list(COURSES))
def test_a_course_is_followed_and_said_in_words(workspace: Path, run: Any, name: str) -> None:
    code, out, _ = run("measures", "course", name, "-c", CODE, "--workspace", workspace, "--json")
    assert code == 0
    rows = json.loads(out)
    assert {r["cohort"] for r in rows} == {"2022", "2023", "2024", "all years"}
    assert {r["cause"] for r in rows} == {c.name for c in COURSES[name].causes}
    code, out, _ = run("measures", "course", name, "-c", CODE, "--workspace", workspace)
    assert code == 0
    assert "Every child followed here is invented." in out


def test_the_curve_at_twelve_months_is_the_measure_of_the_same_returns(workspace: Path) -> None:
    """Everybody who went home in the year to 31 March 2023 has been followed for 12 months, so the
    curve is a plain share: the measure's, which leaves out those who turn 18 within the time."""
    store = returns.Store.open(workspace)
    journeys = Sources(store, CODE).of("ssda903")
    curve = measures.course(journeys, "return_home", year=2023)
    there = curve.filter(cause="back", months=12).row(0, named=True)
    ours = measures.run(store, "reentered_within_12_months", council=CODE, year=2024).row(
        0, named=True
    )
    assert there["reached"] >= ours["numerator"]
    assert there["followed"] == ours["denominator"] + ours["left_out"]
    assert there["estimate"] == pytest.approx(100 * there["reached"] / there["followed"])


def test_what_cannot_be_followed_or_linked_is_said(workspace: Path, run: Any) -> None:
    code, _, err = run("measures", "course", "moon", "-c", CODE, "--workspace", workspace)
    assert code != 0
    assert "no course called" in err
    code, _, err = run("measures", "linking", "-c", "301", "--workspace", workspace)
    assert code != 0
    assert "both loaded" in err
