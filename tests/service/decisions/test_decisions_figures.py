"""Figures from loaded returns, and what is kept of what was known."""

from __future__ import annotations

import json
from datetime import date
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from tests.service.decisions.conftest import OUTCOME, SAFETY, figures_of, practice, row

from whatworks import measures, returns, synthetic
from whatworks.returns import Store
from whatworks.rollout.natural_experiment.effect import Effect, Warned
from whatworks.service.common.models import Target
from whatworks.service.decisions import figures, seen, showing

ADOPTED = {"301": date(2022, 4, 1)}


def target(**other: Any) -> Target:
    facts: dict[str, Any] = {
        "kind": "outcome",
        "measure": OUTCOME,
        "direction": "lower",
        "wanted": 22.0,
        "by_year": 2025,
        "baseline_year": 2024,
        "baseline_value": 28.0,
        "baseline_low": 23.0,
        "baseline_high": 34.0,
    }
    return Target(**{**facts, **other})


@pytest.fixture(scope="module")
def workspace_of_two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decisions")
    made = synthetic.write(
        folder / "incoming", councils=["301"], first_year=2024, last_year=2025, scale=0.15
    )
    store = Store.open(folder / "workspace", create=True, synthetic=True)
    for collection, year, place in made.of_council("301"):
        if collection == "ssda903":
            source = folder / "incoming" / place
            returns.load(source, store=store, council="301", year=year, by="system:test")
    return folder / "workspace"


def test_figures_are_those_of_the_loaded_returns(
    workspace_of_two_years: Path, settings: Any
) -> None:
    settings.WORKSPACE = workspace_of_two_years
    own = figures.of_council("301")
    started, referred = measures.get(OUTCOME), measures.get(SAFETY)
    assert own.loaded == {"ssda903": (2024, 2025)}
    now = own.newest(started)
    assert now is not None
    assert (now.year, now.per) == (2025, 10_000)
    assert now.low is not None
    assert now.value is not None
    assert now.low < now.value
    # The census of children in need was not loaded, and nothing is made up for it.
    assert own.years(referred) == ()
    assert own.newest(referred) is None
    judged = own.judged(target(measure=SAFETY, kind="safety"))
    assert judged.state == "not_yet"
    assert "No children in need census (CIN) for 2025 has been loaded." in judged.sentence
    assert own.judged(target()).figure == now


def test_a_year_without_a_value_is_passed_over_but_told_if_there_is_no_other() -> None:
    started = measures.get(OUTCOME)
    gone = row(OUTCOME, 2025, None, 0, 0)
    some = figures_of(row(OUTCOME, 2024, 28.0, 23.0, 34.0), gone).newest(started)
    assert some is not None
    assert some.year == 2024
    none = figures_of(gone).newest(started)
    assert none is not None
    assert "nobody to count" in none.reason


def test_a_measure_that_is_no_longer_counted_cannot_be_judged() -> None:
    (shown,) = showing.shown([target(measure="gone")], figures_of())
    assert shown.judged.state == "cannot_tell"
    assert "no longer counted" in shown.judged.sentence
    assert shown.title == "gone"


def test_a_target_is_drawn_between_where_it_stood_and_what_came() -> None:
    (shown,) = showing.shown([target()], figures_of(row(OUTCOME, 2025, 18.0, 14.0, 22.0)))
    assert [one["name"] for one in shown.rows] == [
        "Before: 2024",
        "Target for 2025",
        "Result: 2025",
    ]
    assert shown.largest > 34.0
    assert shown.per == "Of every 10,000"
    assert shown.asks.startswith("at most 22 of every 10,000 children")


def effect(**other: Any) -> Effect:
    facts: dict[str, Any] = {
        "practice": "teasel-bridge",
        "measure": OUTCOME,
        "share": False,
        "multiplier": 0.8,
        "low": 0.6,
        "high": 1.1,
        "difference": -0.22,
        "difference_low": -0.5,
        "difference_high": 0.1,
        "p": 0.04,
        "least_p": 0.01,
        "level": 0.95,
        "observed": 2.0,
        "predicted": 2.5,
        "n_adopters": 5,
        "n_councils": 12,
        "full_council_years": 20,
        "unpredicted": 0,
        "arrangements": 999,
        "every_arrangement": False,
        "since": (),
        "adopted": ADOPTED,
        "left_out": (),
        "submissions": (),
        "years": (2021, 2022),
        "warnings": (Warned("few_councils", "Few."), Warned("threshold", "Beware.", grave=True)),
    }
    return Effect(**{**facts, **other})


@pytest.mark.django_db
def test_what_was_known_can_be_kept_whatever_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (effect(high=inf, p=nan), effect(measure=SAFETY, share=True))
    monkeypatch.setattr(seen, "effects", lambda _practice: found)
    known = seen.as_known(practice(), date(2026, 5, 4))
    assert json.loads(json.dumps(known, allow_nan=False)) == known
    assert known["verdict"]
    assert known["as_of"] == "2026-05-04"
    first, second = known["effects"]
    assert (first["high"], first["p"], first["safety"], second["safety"]) == (
        None,
        None,
        False,
        True,
    )
    assert first["warnings"] == ["Beware."]
    assert first["words"].startswith("Of every 10,000 children")
    assert "cannot be said" in first["words"]
