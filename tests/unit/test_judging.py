"""What is said of a target, by where the interval of the figure lies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from whatworks.rollout import judging
from whatworks.rollout.judging import Figure, Judged, judge, reach

STARTED = Figure(
    2026,
    24.0,
    19.0,
    30.0,
    per=10_000,
    whole="children",
    did="started to be looked after in the year",
)


def judged(figure: Figure | None, **other: object) -> Judged:
    given = {
        "kind": "outcome",
        "direction": "lower",
        "wanted": 22.0,
        "by_year": 2026,
        "baseline": None,
        "years_loaded": {2025, 2026},
        **other,
    }
    return judge(figure=figure, **given)


def between(value: float, low: float, high: float) -> Figure:
    return replace(STARTED, value=value, low=low, high=high)


def test_an_interval_across_the_target_tells_neither_way() -> None:
    found = judged(STARTED)
    assert (found.state, found.label) == ("cannot_tell", "Cannot tell")
    assert found.sentence == (
        "Cannot tell. 24 of every 10,000 children started to be looked after in the year "
        "(year to 31 March 2026; likely 19 to 30). The target was at most 22. The figure is on "
        "the wrong side of the target, but chance alone could explain that."
    )
    assert "on the right side of the target, but chance" in judged(between(21, 17, 26)).sentence


@pytest.mark.parametrize(
    ("figure", "direction", "state"),
    [
        (between(18, 14, 21), "lower", "met"),
        (between(18, 14, 22), "lower", "met"),
        (between(18, 14, 22.1), "lower", "cannot_tell"),
        (between(27, 22, 33), "lower", "cannot_tell"),
        (between(27, 22.1, 33), "lower", "not_met"),
        (between(27, 22, 33), "higher", "met"),
        (between(18, 14, 22), "higher", "cannot_tell"),
        (between(18, 14, 21.9), "higher", "not_met"),
    ],
)
@pytest.mark.parametrize("kind", ["outcome", "safety"])
def test_only_a_whole_interval_on_one_side_decides(
    figure: Figure, direction: str, state: str, kind: str
) -> None:
    assert judged(figure, direction=direction, kind=kind).state == state


def test_safety_speaks_of_harm() -> None:
    held = judged(between(18, 14, 22), kind="safety")
    assert held.label == "Held"
    assert "It was not to rise above 22." in held.sentence
    assert "this measure shows no harm" in held.sentence
    broken = judged(between(30, 25, 36), kind="safety")
    assert broken.label == "Not held"
    assert "Look for harm" in broken.sentence
    assert (
        "a rise beyond it cannot be ruled out"
        in judged(between(21, 17, 26), kind="safety").sentence
    )
    assert "so could harm" in judged(STARTED, kind="safety").sentence
    low = judged(between(21, 17, 26), kind="safety", direction="higher", wanted=20)
    assert "It was not to fall below 20." in low.sentence
    assert "a fall beyond it cannot be ruled out" in low.sentence


def test_before_the_return_is_loaded_nothing_is_judged() -> None:
    found = judged(replace(STARTED, year=2025), years_loaded={2025})
    assert found.state == "not_yet"
    assert found.sentence.startswith(
        "Not known yet. No return for 2026 has been loaded. The target is at most 22. So far: 24 of"
    )
    assert "So far" not in judged(None, years_loaded=()).sentence
    # Nothing has come since the target was set.
    then = replace(STARTED, year=2025)
    assert "So far" not in judged(then, baseline=then, years_loaded={2025}).sentence
    unknown = replace(STARTED, year=2025, value=None, low=None, high=None, reason="Nobody.")
    assert "So far" not in judged(unknown, years_loaded={2025}).sentence
    named = judged(None, years_loaded=(), kind="safety", return_words="CIN census for 2026")
    assert named.sentence == (
        "Not known yet. No CIN census for 2026 has been loaded. It must not rise above 22."
    )


def test_no_value_cannot_be_judged_and_says_why() -> None:
    nobody = replace(STARTED, value=None, low=None, high=None, reason="There is nobody to count.")
    found = judged(nobody)
    assert found.state == "cannot_tell"
    assert "There is nobody to count." in found.sentence
    assert judged(None).state == "cannot_tell"
    without = judged(replace(STARTED, low=None, high=None))
    assert without.state == "cannot_tell"
    assert "No interval can be given" in without.sentence


def test_a_figure_of_another_year_is_refused() -> None:
    with pytest.raises(ValueError, match="of 2026, and the figure of 2025"):
        judged(replace(STARTED, year=2025))


def test_a_few_children_are_said_as_a_count() -> None:
    few = Figure(
        2026,
        42.9,
        15.8,
        75.0,
        numerator=3,
        denominator=7,
        per=100,
        whole="returns home",
        did="were followed by care again",
    )
    said = judged(few, wanted=20.0).sentence
    assert "3 of 7 returns home were followed by care again" in said
    assert "with so few, anything from 16 to 75 of every 100 would fit" in said


def test_numbers_are_as_exact_as_the_verdict_needs() -> None:
    said = judged(between(21.7, 17, 22.3)).sentence
    assert "21.7 of every" in said
    assert "likely 17.0 to 22.3" in said
    assert "at most 22.0." in said
    assert "at most 22.5." in judged(STARTED, wanted=22.5).sentence
    assert "0.2 of every" in judged(between(0.2, 0, 1.4)).sentence


def test_where_it_stood_before_is_told() -> None:
    found = judged(STARTED, baseline=replace(between(28, 23, 34), year=2024))
    assert found.before.startswith("28 of every 10,000 children")
    assert "31 March 2024" in found.before
    assert judged(STARTED).before == ""


def test_a_row_of_measures_becomes_a_figure() -> None:
    row = {
        "measure": "reentered_within_12_months",
        "year": 2025,
        "numerator": 6,
        "denominator": 60,
        "value": 10.0,
        "low": 4.7,
        "high": 20.1,
        "reason": None,
    }
    found = judging.figure_of(row)
    assert (found.per, found.value, found.reason) == (100, 10.0, "")
    without = judging.figure_of({**row, "value": None, "reason": "No return."})
    assert without.reason == "No return."


def test_what_could_be_told_apart_is_known_beforehand() -> None:
    found = reach(direction="lower", wanted=22, per=10_000, denominator=40_000)
    assert found is not None
    assert found.met == 17.25
    assert found.not_met == 27.0
    hopeless = reach(direction="lower", wanted=1, per=100, denominator=60)
    assert hopeless is not None
    assert hopeless.met is None
    higher = reach(direction="higher", wanted=18, per=100, denominator=60)
    assert higher is not None
    assert higher.met is not None
    assert higher.not_met is not None
    assert higher.not_met < 18 < higher.met
    assert reach(direction="lower", wanted=22, per=0, denominator=40_000) is None
    assert reach(direction="lower", wanted=22, per=100, denominator=0) is None
