"""Which way a measure is wanted to go, said in one place."""

from __future__ import annotations

import pytest

from whatworks import measures, rollout
from whatworks.rollout.wanting import WANTED


@pytest.mark.parametrize(
    ("measure", "wanted"),
    [
        ("returned_home", "higher"),
        ("reentered_within_12_months", "lower"),
        ("started_rate", "lower"),
        ("started_to_be_looked_after", "lower"),
        ("three_or_more_placements", "lower"),
        ("re_referrals_within_12_months", "lower"),
    ],
)
def test_more_children_home_is_wanted_and_fewer_of_the_rest(measure: str, wanted: str) -> None:
    assert rollout.wanted_direction(measure) == wanted


@pytest.mark.parametrize("measure", ["social_workers", "ceased_to_be_looked_after", "no_such"])
def test_what_nobody_has_said_is_not_guessed(measure: str) -> None:
    with pytest.raises(rollout.NoWantedDirection, match=f"wanted of {measure}"):
        rollout.wanted_direction(measure)


def test_a_measures_own_direction_comes_first_and_is_not_said_twice() -> None:
    assert all(measures.get(name).direction is None for name in WANTED)
    assert all(reason.endswith(".") for _, reason in WANTED.values())


def test_every_measure_of_every_practice_has_one() -> None:
    for practice in rollout.catalogue():
        for measure in (*practice.outcomes, *practice.safety):
            assert rollout.wanted_direction(measure) in ("lower", "higher"), measure
