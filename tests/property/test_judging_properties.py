"""What must hold of every judgement of a target, whatever the numbers."""

from __future__ import annotations

import re

import hypothesis.strategies as st
import pytest
from hypothesis import given

from whatworks.inference.intervals import poisson_rate, proportion
from whatworks.rollout.judging import LABELS, Direction, Figure, Kind, judge, reach

numbers = st.floats(min_value=0, max_value=100).map(lambda x: round(x, 3))
kinds = st.sampled_from(["outcome", "safety"])
directions = st.sampled_from(["lower", "higher"])


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Figure(2026, value, low, high, per=100, whole="children", did="came back")


def state_of(kind: Kind, direction: Direction, wanted: float, figure: Figure) -> str:
    found = judge(
        kind=kind,
        direction=direction,
        wanted=wanted,
        by_year=2026,
        baseline=None,
        figure=figure,
        years_loaded={2026},
    )
    assert found.sentence.startswith(f"{LABELS[kind][found.state]}. ")
    return found.state


@given(kinds, directions, numbers, figures())
def test_a_target_is_judged_only_by_an_interval_that_lies_on_one_side(
    kind: Kind, direction: Direction, wanted: float, figure: Figure
) -> None:
    assert figure.low is not None
    assert figure.high is not None
    state = state_of(kind, direction, wanted, figure)
    if figure.low < wanted < figure.high:
        assert state == "cannot_tell"
    if state == "met":
        assert figure.high <= wanted if direction == "lower" else figure.low >= wanted
    if state == "not_met":
        assert figure.low > wanted if direction == "lower" else figure.high < wanted


@given(kinds, numbers, numbers, figures())
def test_asking_for_less_never_makes_a_target_easier(
    kind: Kind, one: float, other: float, figure: Figure
) -> None:
    order = {"not_met": 0, "cannot_tell": 1, "met": 2}
    hard, easy = sorted((one, other))
    assert (
        order[state_of(kind, "lower", hard, figure)] <= order[state_of(kind, "lower", easy, figure)]
    )


@given(directions, numbers, figures())
def test_the_numbers_in_the_sentence_say_the_same_as_the_verdict(
    direction: Direction, wanted: float, figure: Figure
) -> None:
    found = judge(
        kind="outcome",
        direction=direction,
        wanted=wanted,
        by_year=2026,
        baseline=None,
        figure=figure,
        years_loaded={2026},
    )
    value, low, high, target = (
        float(re.search(pattern, found.sentence).group(1))
        for pattern in (
            r"\. ([\d.]+) of every",
            r"likely ([\d.]+) to",
            r"to ([\d.]+)\)",
            r"at \w+ ([\d.]+)\. ",
        )
    )
    printed = Figure(2026, value, low, high, per=100, whole="children", did="came back")
    assert state_of("outcome", direction, target, printed) == found.state
    assert target == pytest.approx(wanted)


@given(st.sampled_from([100, 10_000]), directions, st.floats(1, 60), st.integers(1, 3_000))
def test_what_would_be_judged_is_so_and_its_neighbour_is_not(
    per: int, direction: Direction, wanted: float, children: int
) -> None:
    denominator = children if per == 100 else children * 50
    found = reach(direction=direction, wanted=wanted, per=per, denominator=denominator)
    assert found is not None

    def state(k: int) -> str:
        ends = proportion(k, denominator) if per == 100 else poisson_rate(k, denominator / per)
        scale = 100 if per == 100 else 1
        seen = [float(x) * scale for x in (ends.estimate, ends.low, ends.high)]
        return state_of("outcome", direction, wanted, Figure(2026, *seen, per=per))

    for figure, expected, step in (
        (found.met, "met", 1 if direction == "lower" else -1),
        (found.not_met, "not_met", -1 if direction == "lower" else 1),
    ):
        if figure is not None:
            k = round(figure * denominator / per)
            assert state(k) == expected
            if 0 <= k + step <= denominator:
                assert state(k + step) != expected
