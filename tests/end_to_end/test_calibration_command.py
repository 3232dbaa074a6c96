"""The calibration as a script meets it, and as a committed document."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import sys
from pathlib import Path

import pytest

from whatworks import cli, reference

CODES = ["302", "857"]


def _folder(out: Path, times: float) -> Path:
    """A finished folder whose truth is what is published, so many times."""
    out.mkdir()
    rows = []
    for code in CODES:
        for year in (2023, 2024):
            tallies = {}
            for key, measure in (
                ("looked_after_at_31_march", "looked_after_at_31_march"),
                ("started", "started_to_be_looked_after"),
                ("ceased", "ceased_to_be_looked_after"),
            ):
                held = reference.published(measure, area=code, year=year)["value"].item()
                tallies[key] = round(held * times)
            rows.append({"council": code, "year": year, "tallies": tallies})
    facts = {
        "version": "0",
        "seed": 3,
        "scale": 1.0,
        "need_share": 1.0,
        "councils": CODES,
        "names": {code: reference.council(code).name for code in CODES},
        "years": [2023, 2024],
        "collections": ["ssda903", "csww"],
        "practices": "none",
    }
    (out / "manifest.json").write_text(json.dumps(facts))
    (out / "truth.json").write_text(json.dumps({"council_years": rows, "practices": {}}))
    return out


@pytest.fixture
def run(monkeypatch, capsys):
    def _run(*arguments):
        monkeypatch.setattr(sys, "argv", ["whatworks", "calibration", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = capsys.readouterr()
        return int(left.value.code or 0), printed.out, printed.err

    return _run


def test_what_meets_its_targets_exits_0_and_what_misses_one_exits_1(run, tmp_path) -> None:
    code, out, _ = run(_folder(tmp_path / "good", 1.0))
    assert code == 0
    assert "No figure lies outside" in out
    code, out, err = run(_folder(tmp_path / "bad", 2.0))
    assert code == 1
    assert "Figures outside what is allowed" in out
    assert "Barnet" in out
    assert "Only 2 councils" in err


def test_json_is_one_document_with_targets_before_misses_before_figures(run, tmp_path) -> None:
    code, out, _ = run(_folder(tmp_path / "bad", 2.0), "--json")
    assert code == 1
    held = json.loads(out)
    keys = list(held)
    assert keys.index("targets") < keys.index("misses") < keys.index("figures")
    assert {one["met"] for one in held["targets"]} == {False, None}
    one = held["misses"][0]
    assert one["difference"] == one["produced"] - one["published"]
    assert one["relative"] > one["allowed"] / one["published"]


def test_the_page_is_written_where_asked(run, tmp_path) -> None:
    page = tmp_path / "page.html"
    code, _, err = run(_folder(tmp_path / "good", 1.0), "--page", page)
    assert code == 0
    assert str(page) in err.replace("\n", "")
    assert page.read_text(encoding="utf-8").endswith("</html>\n")
    code, _, err = run(tmp_path / "good", "--page", tmp_path / "nowhere" / "page.html")
    assert code == 2
    assert "cannot be written" in err


def test_no_finished_folder_exits_2(run, tmp_path) -> None:
    code, out, err = run(tmp_path)
    assert (code, out) == (2, "")
    assert "no finished synthetic region" in err


def _tool():
    path = Path(__file__).parents[2] / "tools" / "build_calibration.py"
    spec = importlib.util.spec_from_file_location("build_calibration", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_document_names_its_command_and_seed_and_holds_every_figure(tmp_path, capsys) -> None:
    out, tool = _folder(tmp_path / "bad", 2.0), _tool()
    assert tool.main([str(out), str(tmp_path / "docs")]) == 1
    assert "Missed" in capsys.readouterr().err
    text = (tmp_path / "docs" / "calibration.md").read_text(encoding="utf-8")
    assert (
        "whatworks synth OUT --councils 302,857 --first-year 2023 --last-year 2024 --seed 3 "
        "--collections ssda903,csww --practices none --need-share 1.0" in text
    )
    assert text.index("## Targets") < text.index("## Figures outside what is allowed")
    assert text.index("## Figures outside") < text.index("## Councils in short")
    raw = (tmp_path / "docs" / "calibration.csv.gz").read_bytes()
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(raw).decode())))
    assert {row["area"] for row in rows} == {"together", *CODES}
    assert all(row["why"] for row in rows if row["state"] == "not compared")
    tool.main([str(out), str(tmp_path / "again")])
    assert (tmp_path / "again" / "calibration.csv.gz").read_bytes() == raw


def test_the_tool_refuses_what_is_no_region(tmp_path, capsys) -> None:
    tool = _tool()
    assert tool.main([str(tmp_path), str(tmp_path)]) == 2
    assert "no finished synthetic region" in capsys.readouterr().err
    assert tool.main([]) == 2
