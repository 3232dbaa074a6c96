"""``whatworks measures compare``: among invented councils, and across England."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whatworks import returns
from whatworks.cli.measures import app
from whatworks.cli.output import CouldNot

EPISODES = """CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC
1001,01/05/2022,S,V2,N1,U6,PR1,,
"""
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1001,1,03/04/2012,WBRI,,,\n"


def _run(*words: str) -> str:
    result = CliRunner().invoke(app, ["compare", *words])
    if result.exception is not None:
        raise result.exception
    return result.stdout


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    store = returns.Store.open(folder / "work", create=True, synthetic=True)
    for code in ("301", "302"):
        place = folder / code
        place.mkdir()
        (place / "episodes.csv").write_text(EPISODES)
        (place / "header.csv").write_text(HEADER)
        returns.load(
            [place / "episodes.csv", place / "header.csv"],
            store=store,
            council=code,
            year=2023,
            collection="ssda903",
        )
    return folder / "work"


def test_councils_of_a_workspace_are_compared(workspace: Path) -> None:
    found = json.loads(_run("looked_after_rate", "--among", "all", "-w", str(workspace), "--json"))
    assert [row["council"] for row in found["frame"]] == ["301", "302"]
    assert found["year"] == 2023
    assert found["notes"]
    one = _run("looked_after_rate", "--among", "301,302", "-w", str(workspace), "-y", "2023")
    assert "Every child and worker counted here is invented." in one
    assert one.count("too few to tell") == 2


def test_published_figures_are_shown_across_england() -> None:
    found = json.loads(_run("looked_after_rate", "--across", "--json"))
    assert found["year"] == 2025
    assert len(found["figures"]) == 153
    assert found["notes"][0]["series"] == "looked_after_rate"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "Say one of"),
        (("--across", "--council", "301"), "Say one of"),
        (("--across", "--adjust", "sex"), "cannot be adjusted"),
    ],
)
def test_what_is_asked_must_be_one_thing(words, why) -> None:
    with pytest.raises(CouldNot, match=why):
        _run("looked_after_rate", *words)


def test_what_cannot_be_compared_is_said(workspace: Path) -> None:
    with pytest.raises(CouldNot, match="No published series"):
        _run("reentered_within_12_months", "--across")
    with pytest.raises(CouldNot, match="can be counted"):
        _run("social_worker_caseload", "--among", "all", "-w", str(workspace))
