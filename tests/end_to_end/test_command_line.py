"""The command line as a script meets it: JSON on standard output, exit codes, plain refusals."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from whatworks import cli, returns, synthetic

CODE, YEAR = "816", 2024


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def _run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["whatworks", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = capsys.readouterr()
        return Ran(int(left.value.code or 0), printed.out, printed.err)

    return _run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One council's clean returns of two years, and the manifest's own counts."""
    out = tmp_path_factory.mktemp("synth") / "made"
    synthetic.write(
        out, councils=[CODE], first_year=YEAR - 1, last_year=YEAR, seed=7, errors=0, scale=0.5
    )
    return out


def _ssda903(made: Path, year: int = YEAR) -> Path:
    return made / CODE / "ssda903" / str(year)


def test_a_clean_return_passes_and_the_json_has_the_agreed_keys(run: Any, made: Path) -> None:
    done = run("returns", "check", _ssda903(made), "--year", str(YEAR), "--json")
    assert done.code == 0, done.json["problems"] or [
        one for one in done.json["rules"] if one["state"] == "failed"
    ]
    document = done.json
    assert list(document) == [
        "collection",
        "year",
        "council",
        "files",
        "problems",
        "rules",
        "findings",
    ]
    assert (document["collection"], document["year"]) == ("ssda903", YEAR)
    assert set(document["rules"][0]) == {"rule", "severity", "state", "reason", "n_rows"}
    assert {one["state"] for one in document["rules"]} >= {"passed"}


def test_an_error_leaves_with_1_and_names_the_row(run: Any, made: Path, tmp_path: Path) -> None:
    header = (_ssda903(made) / "header.csv").read_text().splitlines()
    columns = header[0].split(",")
    cells = header[3].split(",")
    cells[columns.index("ETHNIC")] = "ZZZZ"
    header[3] = ",".join(cells)
    (tmp_path / "header.csv").write_text("\n".join(header) + "\n")
    csv = tmp_path / "findings.csv"
    done = run(
        *("returns", "check", tmp_path / "header.csv", "--year", str(YEAR)),
        *("--rule", "103", "--json", "--csv", csv),
    )
    assert done.code == 1
    assert done.json["findings"] == [
        {"rule": "103", "severity": "error", "table": "Header", "row": 3}
    ]
    assert "103" in csv.read_text()


def test_an_unreadable_cell_leaves_with_1_and_says_how_to_write_it(
    run: Any, made: Path, tmp_path: Path
) -> None:
    text = (_ssda903(made) / "header.csv").read_text().splitlines()
    cells = text[1].split(",")
    cells[text[0].split(",").index("DOB")] = "31/02/2020"
    (tmp_path / "header.csv").write_text("\n".join([text[0], ",".join(cells), *text[2:]]))
    done = run("returns", "check", tmp_path / "header.csv", "--year", str(YEAR), "--json")
    assert done.code == 1
    (problem,) = [one for one in done.json["problems"] if one["column"] == "DOB"]
    assert (problem["table"], problem["row"], problem["value"]) == ("Header", 1, "31/02/2020")
    assert "dd/mm/yyyy" in problem["problem"]


@pytest.mark.parametrize("how", ["missing", "empty", "not_a_return"])
def test_what_cannot_be_read_leaves_with_2_and_one_plain_message(
    run: Any, tmp_path: Path, how: str
) -> None:
    path = tmp_path / "something.csv"
    if how == "empty":
        path.write_bytes(b"")
    elif how == "not_a_return":
        path.write_text("Dear all,\nplease find attached\n")
    done = run("returns", "check", path, "--json")
    assert done.code == 2
    assert done.out == ""
    assert "something.csv" in done.err
    assert "Traceback" not in done.err


def test_loading_twice_keeps_one_and_a_changed_return_takes_its_place(
    run: Any, made: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"
    place = ("--workspace", workspace, "--council", CODE, "--year", str(YEAR))
    options = (*place, "--invented", "--json")
    first = run("returns", "load", _ssda903(made), *options)
    assert (first.code, first.json["already_stored"]) == (0, False)
    assert run("returns", "load", _ssda903(made), *options).json["already_stored"] is True

    changed = tmp_path / "changed"
    changed.mkdir()
    for path in _ssda903(made).iterdir():
        (changed / path.name).write_bytes(path.read_bytes())
    reviews = changed / "reviews.csv"
    reviews.write_text("\n".join(reviews.read_text().splitlines()[:-1]) + "\n")
    second = run("returns", "load", changed, *options)
    assert second.json["supersedes"] == first.json["id"]

    current = run("returns", "submissions", "--workspace", workspace, "--json").json
    assert [one["id"] for one in current] == [second.json["id"]]
    every = run("returns", "submissions", "--workspace", workspace, "--all", "--json").json
    assert {one["id"] for one in every} == {first.json["id"], second.json["id"]}


def test_a_mistyped_path_or_an_invented_workspace_keeps_nothing(
    run: Any, made: Path, tmp_path: Path
) -> None:
    workspace, demo = tmp_path / "workspace", tmp_path / "demo"
    options = ("--council", CODE, "--year", str(YEAR))
    header, slip = _ssda903(made) / "header.csv", _ssda903(made) / "episods.csv"
    mistyped = run("returns", "load", header, slip, "--workspace", workspace, *options)
    assert (mistyped.code, mistyped.out) == (2, "")
    assert "episods.csv" in mistyped.err
    assert not workspace.exists()

    returns.Store.open(demo, create=True, synthetic=True)
    refused = run("returns", "load", _ssda903(made), "--workspace", demo, *options)
    assert refused.code == 2
    assert returns.Store.open(demo).submissions() == []
    told = run("returns", "load", _ssda903(made), "--workspace", demo, *options, "--invented")
    assert told.code == 0

    ours = tmp_path / "ours"
    returns.Store.open(ours, create=True)
    mixed = run("returns", "load", _ssda903(made), "--workspace", ours, *options)
    assert (mixed.code, mixed.out) == (2, "")
    assert "numbers that this software gives to invented ones" in mixed.err.replace("\n", " ")
    assert returns.Store.open(ours).submissions() == []


def test_measures_count_what_the_generator_knows(run: Any, made: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    for year in (YEAR - 1, YEAR):
        source = ("--workspace", workspace, "--council", CODE, "--year", str(year))
        assert run("returns", "load", _ssda903(made, year), *source, "--invented").code == 0
    done = run("measures", "run", "looked_after_at_31_march", "--workspace", workspace, "--json")
    assert done.code == 0
    truth = {
        one["year"]: one["looked_after_at_31_march"]
        for one in json.loads((made / "manifest.json").read_text())["truth"]
    }
    assert {one["year"]: one["numerator"] for one in done.json} == truth
    assert all(one["low"] < one["value"] < one["high"] for one in done.json)

    compared = run(
        *("measures", "compare", "looked_after_rate", "--council", CODE),
        *("--workspace", workspace, "--json"),
    ).json
    assert compared["year"] == YEAR
    kinds = {one["of"] for one in compared["published"]}
    assert kinds >= {"council", "neighbour", "region", "England"}


def test_an_unknown_measure_or_workspace_is_refused_with_2(run: Any, tmp_path: Path) -> None:
    nowhere = run("measures", "run", "--workspace", tmp_path / "nowhere", "--json")
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "nowhere" in nowhere.err
    unknown = run("measures", "show", "happiness")
    assert unknown.code == 2
    assert "happiness" in unknown.err


def test_an_altered_catalogue_is_found(run: Any, made: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    source = ("--workspace", workspace, "--council", CODE, "--year", str(YEAR))
    run("returns", "load", _ssda903(made), *source, "--invented")
    sound = run("admin", "verify-ledger", "--workspace", workspace, "--json")
    assert (sound.code, sound.json["ok"]) == (0, True)

    kept = next((workspace / "councils" / CODE / "submissions").rglob("Episodes.parquet"))
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.chmod(0o600)
    kept.write_bytes(content)
    altered = run("admin", "verify-ledger", "--workspace", workspace, "--json")
    assert (altered.code, altered.json["ok"]) == (1, False)


def test_rules_and_changes_between_years_are_listed(run: Any) -> None:
    one = run("returns", "rules", "142", "--collection", "ssda903", "--json").json
    assert [rule["rule"] for rule in one] == ["142"]
    assert one[0]["examples"]
    changed = run("returns", "diff", "2024", "2026", "--json").json
    assert {"kind": "code", "change": "added", "name": "PLACE K3"}.items() <= next(
        c for c in changed if c["name"] == "PLACE K3"
    ).items()
    assert run("returns", "rules", "0", "--json").code == 2


def test_synth_refuses_a_folder_that_it_did_not_make(run: Any, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("keep me")
    done = run("synth", tmp_path, "--councils", "1")
    assert done.code == 2
    assert (tmp_path / "precious.txt").read_text() == "keep me"


def test_synth_writes_what_is_asked_for_and_tells_it_in_short(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "made"
    asked = ("--councils", "857", "--first-year", "2025", "--scale", "0.5", "--errors", "0")
    done = run("synth", out, *asked, "--collections", "csww, cin", "--practices", "none", "--json")
    assert done.code == 0, done.err
    told = done.json
    assert (told["councils"], told["collections"]) == (["857"], ["csww", "cin"])
    assert (told["practices"], told["n_errors"], told["n_returns"]) == ("none", 0, 2)
    assert not {"files", "returns", "truth"} & set(told)  # England has thousands of each
    kept = json.loads(Path(told["manifest"]).read_text())
    assert len(kept["files"]) == told["n_files"] == 2
    assert json.loads((out / "truth.json").read_text())["practices"]["practices"] == []


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--collections", "cin,sen2", "annex-a"),
        ("--practices", "magic", "magic"),
        ("--processes", "0", "1 or more"),
        ("--councils", "everywhere", "'all'"),
        ("--need-share", "2", "need_share"),
    ],
)
def test_synth_refuses_what_cannot_be_in_one_sentence(
    run: Any, tmp_path: Path, option: str, value: str, why: str
) -> None:
    done = run("synth", tmp_path / "made", option, value)
    assert (done.code, done.out) == (2, "")
    assert why in done.err
    assert not (tmp_path / "made").exists()


def test_synth_refuses_a_disk_that_is_too_small_before_it_begins(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    done = run("synth", tmp_path / "made", "--councils", "all")
    assert done.code == 2
    assert "GB will be needed" in done.err
    assert not (tmp_path / "made").exists()


def _apart(*arguments: str | Path) -> Ran:
    """In a process of its own: Django is pointed at one workspace a process."""
    done = subprocess.run(
        [sys.executable, "-m", "whatworks", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_the_first_person_of_a_real_workspace_is_added_from_the_command_line(
    tmp_path: Path,
) -> None:
    workspace = tmp_path / "workspace"
    returns.Store.open(workspace, create=True)
    person = ("ana@council.example", "--name", "Ana Lyst", "--workspace", workspace)

    no_council = _apart("admin", "add-person", *person, "--role", "council-analyst")
    assert (no_council.code, no_council.err.count("\n")) == (2, 1)
    assert "--council" in no_council.err

    added = _apart("admin", "add-person", *person, "--role", "council-analyst", "--council", CODE)
    assert added.code == 0, added.err
    password = added.out.strip().rsplit(" ", 1)[1]
    assert password not in (workspace / "service.sqlite3").read_bytes().decode("latin-1")

    (listed,) = _apart("admin", "people", "--workspace", workspace, "--json").json
    assert (listed["email"], listed["roles"]) == (person[0], "Council analyst, York")

    renewed = _apart("admin", "new-password", person[0], "--workspace", workspace)
    assert renewed.code == 0
    assert password not in renewed.out
    assert _apart("admin", "close-account", person[0], "--workspace", workspace).code == 0
    (listed,) = _apart("admin", "people", "--workspace", workspace, "--json").json
    assert listed["may_sign_in"] is False
    nobody = _apart("admin", "new-password", "no@one.example", "--workspace", workspace)
    assert (nobody.code, nobody.err.count("\n")) == (2, 1)
    assert _apart("admin", "verify-ledger", "--workspace", workspace).code == 0


def test_evidence_is_listed_and_rated_by_kind(run) -> None:
    kind = "family-group-conferencing"
    shelf = run("evidence", "shelf", "--kind", kind, "--json").json
    assert {one["kind"] for one in shelf} == {kind}
    assert all(one["provenance"]["seen_at"] for one in shelf)
    rated = run("evidence", "rate", kind, "--json").json
    assert rated["verdict"] == "Mixed findings"
    assert "point opposite ways" in run("evidence", "rate", kind).out
    refused = run("evidence", "rate", "homespun")
    assert (refused.code, refused.out) == (2, "")
    assert f"Known: {kind}" in refused.err


@pytest.mark.parametrize(
    "command", [("loop",), ("rollout", "practices"), ("rollout", "estimate", "pause")]
)
def test_the_loop_needs_a_workspace_and_says_so(run, tmp_path, command) -> None:
    refused = run(*command, "--workspace", tmp_path / "nowhere")
    assert (refused.code, refused.out) == (2, "")
    assert "is not a workspace" in refused.err
    assert not (tmp_path / "nowhere").exists()
