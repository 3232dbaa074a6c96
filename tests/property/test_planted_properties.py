"""What holds of every plan, whatever the seed and whatever is asked for."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks import reference
from whatworks.synthetic import planted
from whatworks.synthetic.calendar import first_day
from whatworks.synthetic.conditions import PROCESSES
from whatworks.synthetic.planted.analysis import NEVER, imputation, states

EVERYONE = [str(code) for code in reference.councils()["code"]]
IDS = [one.id for one in planted.practices()]
SEEDS = st.integers(0, 2**63)
SOME = st.lists(st.sampled_from(IDS), unique=True)


@settings(max_examples=40, deadline=None)
@given(SEEDS, SOME, st.sampled_from(EVERYONE))
def test_multipliers_are_above_nought_and_ordered_by_day(seed, some, code):
    for process, steps in planted.plan(seed, some).conditions(code).steps.items():
        assert process in PROCESSES
        assert [day for day, _ in steps] == sorted({day for day, _ in steps})
        assert all(0.3 < value < 3 for _, value in steps)
        assert all(day >= first_day(2020) for day, _ in steps)
        assert all(a[1] != b[1] for a, b in pairwise(steps))


@settings(max_examples=25, deadline=None)
@given(SEEDS, SOME)
def test_draws_do_not_depend_on_what_is_asked_for(seed, some):
    whole, part = planted.plan(seed), planted.plan(seed, some)
    for name in some:
        assert part.adopters[name] == whole.adopters[name]


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.lists(st.sampled_from(EVERYONE), min_size=1, max_size=3, unique=True))
def test_truth_is_plain_and_its_parts_do_not_depend_on_one_another(seed, codes):
    plan = planted.plan(seed)
    truth = plan.as_dict(codes, [2023, 2025])
    assert json.loads(json.dumps(truth, allow_nan=False)) == truth
    alone = plan.as_dict(codes[:1], [2025])
    assert alone["councils"][codes[0]]["2025"] == truth["councils"][codes[0]]["2025"]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(st.integers(2020 * 4, 2023 * 4), min_size=1, max_size=5),
    st.integers(2, 6),
    st.floats(-1, 1),
)
def test_an_analysis_of_counts_without_noise_gives_the_effect(seed, quarters, controls, effect):
    rng = np.random.default_rng(seed)
    days = [first_day(q // 4 + 1) for q in quarters] + [NEVER] * controls
    state = states(np.array(days), range(2019, 2026))
    values = rng.normal(0, 1, (len(days), 1)) + rng.normal(0, 1, (1, 7)) + effect * (state == 2)
    observed, predicted, used = imputation(values, state[None])
    assert used[0] == (state == 2).sum()
    if used[0]:
        assert abs(observed[0] - predicted[0] - effect) < 1e-5
