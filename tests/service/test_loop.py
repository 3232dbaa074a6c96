"""The loop's own words and refusals; its whole turn is walked in tests/end_to_end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import pytest

from whatworks.returns import Store
from whatworks.service.common import actions
from whatworks.service.loop import analysing, comparing, invented, turning
from whatworks.service.loop.lines import Line, State, Turn
from whatworks.service.loop.saying import effect_line
from whatworks.service.rollout import queries
from whatworks.service.rollout.actions import record_done_now
from whatworks.service.rollout.entries import Entry

from .rollout.test_rollout_actions import EFFECT

pytestmark = pytest.mark.django_db
BY = "system:test"


@pytest.fixture
def empty(settings: Any, tmp_path: Path) -> Path:
    Store.open(tmp_path, create=True, synthetic=True)
    settings.WORKSPACE = tmp_path
    return tmp_path


@pytest.fixture
def two(empty: Path) -> Path:
    """Two councils that have a folder and nothing in it."""
    for code in ("301", "302"):
        (empty / "councils" / code).mkdir(parents=True)
    return empty


def test_without_returns_it_says_what_to_do(empty: Path) -> None:
    with pytest.raises(turning.NotTurned, match="whatworks returns load"):
        turning.turn(practice=None, council=None, by=BY)


def test_an_unknown_practice_or_council_is_named_with_those_that_are_known(two: Path) -> None:
    with pytest.raises(turning.NotTurned, match=r"no practice 'homespun'\. Known: family-drug"):
        turning.turn(practice="homespun", council=None, by=BY)
    with pytest.raises(turning.NotTurned, match=r"council 999 is loaded\. Loaded: 301, 302"):
        turning.turn(practice=None, council="999", by=BY)


def test_a_grave_warning_asks_for_attention_and_stands_in_the_line() -> None:
    line = effect_line(EFFECT)
    grave = replace(EFFECT.warnings[0], grave=True, text="Do not copy it.")
    warned = effect_line(replace(EFFECT, warnings=(grave,)))
    assert "Do not copy it." in warned.text
    assert warned.state is State.ATTENTION
    assert Turn("x", None, (line, warned)).needs_attention
    assert not Turn("x", None, (Line("Step", "text"),)).needs_attention


def test_a_p_below_what_three_places_show_is_not_called_nought() -> None:
    assert "p = under 0.001" in effect_line(replace(EFFECT, p=0.0002)).text
    assert "p = 0.000" not in effect_line(replace(EFFECT, p=0.0002)).text


def test_councils_of_another_practice_for_the_same_need_are_no_fair_comparison(
    region: Any,
) -> None:
    invented.add_practices()
    bridge = queries.practice("teasel-bridge")
    record(region.ours, "edge of care", "teasel-bridge")
    record(region.theirs, "edge of care", "granite-gate")
    assert left_out(bridge) == {"302"}
    record(region.theirs, "edge of care", "granite-gate", stopped=date(2023, 1, 1))
    assert left_out(bridge) == {"302"}
    record(region.theirs, "pre-proceedings", "amber-letters")
    assert left_out(bridge) == frozenset()


def test_one_who_stopped_or_does_not_know_since_when_is_left_out(region: Any) -> None:
    invented.add_practices()
    bridge = queries.practice("teasel-bridge")
    record(region.ours, "edge of care", "teasel-bridge", since=None)
    record(region.theirs, "edge of care", "teasel-bridge", stopped=date(2024, 1, 1))
    assert left_out(bridge) == {"301", "302"}


def test_an_adoption_after_the_last_return_is_still_to_come(region: Any) -> None:
    invented.add_practices()
    bridge = queries.practice("teasel-bridge")
    record(region.ours, "edge of care", "teasel-bridge", since=date(2025, 6, 1))
    assert not comparing.beside(bridge, CODES, LAST).adopted
    assert comparing.beside(bridge, CODES, date(2026, 3, 31)).adopted == {"301": date(2025, 6, 1)}


def test_silent_councils_and_other_practices_are_told_beside_the_number(region: Any) -> None:
    invented.add_practices()
    bridge = queries.practice("teasel-bridge")
    record(region.theirs, "pre-proceedings", "amber-letters")
    effect = replace(EFFECT, measure="started_rate", left_out=(), adopted={})
    told = comparing.doubts(comparing.beside(bridge, CODES, LAST), effect, CODES)
    assert [one.code for one in told] == ["unanswered", "others_at_work"]
    assert "Our council and Their council did not say" in told[0].text
    assert told[1].text.startswith("In Their council another practice")
    assert not any(one.grave for one in told)


def test_what_can_no_longer_be_told_is_let_go_and_says_why(two: Path) -> None:
    from whatworks.service.evidence.queries import studies_of
    from whatworks.service.rollout.actions import keep_effects

    invented.add_practices()
    bridge = queries.practice("teasel-bridge")
    keep_effects(practice_id=bridge.id, effects=[replace(EFFECT, practice=bridge.id)], by=BY)
    found = analysing.analyse(bridge, by=BY)
    assert found.study is None
    assert set(found.could_not) == {*bridge.outcomes, *bridge.safety}
    assert queries.effects(bridge.id) == ()
    assert not studies_of(practice_id=bridge.id)


def test_an_interval_without_an_end_is_said_in_words() -> None:
    wide = replace(EFFECT, share=False, low=0.2, high=inf)
    assert "cannot be said" in effect_line(wide).text
    points = replace(EFFECT, share=True, low=0.0, high=inf)
    assert "cannot be said" in effect_line(points).text


CODES, LAST = ("301", "302"), date(2025, 3, 31)


def left_out(practice: Any) -> frozenset[str]:
    return comparing.beside(practice, CODES, LAST).left_out


def record(place: Any, need: str, practice: str, **other: Any) -> None:
    entry = Entry(need, "practice", practice, **{"since": date(2021, 4, 1), **other})
    record_done_now(organisation=place, entries=[entry], by=BY)


def test_an_invented_region_sets_down_nothing_over_what_somebody_recorded(
    two: Path, region: Any
) -> None:
    invented.add_practices()
    record(region.ours, "kinship", "copper-kettle")
    about = two / "synthetic"
    about.mkdir()
    (about / "truth.json").write_text(
        '{"practices": {"practices": [{"id": "teasel-bridge", "adopters": '
        '[{"council": "301", "adopted": "2021-04-01", "fidelity": 0.9}]}]}}',
        encoding="utf-8",
    )
    invented.record_adoptions(two)
    assert queries.adoptions("teasel-bridge") == {}
    assert queries.current("302") is None  # the last that uses nothing has never answered


def test_demo_people_can_enter_the_council_that_is_shown(person_with: Callable[..., Any]) -> None:
    from whatworks.service.common.demo import also_at
    from whatworks.service.common.models import Person

    actions.add_person(email="practice-leader@demo.example", name="Demo", by=BY)
    also_at("316")
    also_at("316")
    person = Person.objects.get(email="practice-leader@demo.example")
    assert [role.organisation.council_code for role in person.current_roles] == ["316"]
