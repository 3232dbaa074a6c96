"""What must hold of every rating, whatever the studies."""

from __future__ import annotations

import json
import random
from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from whatworks.evidence import VERDICTS, Numbers, Provenance, Study, from_dict, rate

OUTCOMES = ("entry to care", "re-entry to care", "return home", "re-referral", "repeat plan")
DESIGNS = ("randomised", "natural experiment", "comparison group", "before and after", "review")
FLAGS = ("threshold_only", "safety_wrong_way", "bad_year", "few_councils")
shares = st.none() | st.floats(0, 1)


@st.composite
def results(draw: st.DrawFn) -> Numbers:
    kind = draw(st.sampled_from(["risk difference", "risk ratio", "odds ratio", "none"]))
    ends: list[float | None] = [None, None, None]
    if kind != "none":
        inside = st.floats(-1, 1) if kind == "risk difference" else st.floats(0, 10)
        ends = sorted(draw(st.lists(inside, min_size=3, max_size=3)))
        if draw(st.booleans()):
            ends = [None, ends[1], None]
    return Numbers(
        draw(st.sampled_from(OUTCOMES)),
        draw(st.sampled_from(["looked after", "placed"])),
        kind,
        effect=ends[1],
        low=ends[0],
        high=ends[2],
        share_with=draw(shares),
        share_without=draw(shares),
        follow_up_months=draw(st.none() | st.sampled_from([6.0, 12.0, 24.0])),
        lower_is_better=draw(st.booleans()),
        reported=draw(st.sampled_from(["", "better", "worse", "no clear difference"])),
    )


@st.composite
def studies(draw: st.DrawFn, **fixed: Any) -> Study:
    facts = {
        "id": draw(st.sampled_from("abcdefgh")),
        "title": "A study",
        "citation": "Somebody",
        "kind": "a-kind",
        "country": draw(st.sampled_from(["England", "Netherlands"])),
        "design": draw(st.sampled_from(DESIGNS)),
        "population": "Families.",
        "comparator": "Usual help.",
        "numbers": tuple(draw(st.lists(results(), min_size=1, max_size=4))),
        "provenance": Provenance(seen_at="https://example.org"),
        "invented": draw(st.booleans()),
        "flags": tuple(draw(st.lists(st.sampled_from(FLAGS), max_size=2, unique=True))),
    }
    return Study(**{**facts, **fixed})


groups = st.lists(studies(), max_size=6, unique_by=lambda one: one.id)
outcomes = st.sampled_from(OUTCOMES)


@given(groups, outcomes, st.randoms(use_true_random=False))
def test_the_order_of_studies_and_repeating_one_change_nothing(
    group: list[Study], outcome: Any, chance: random.Random
) -> None:
    shuffled = [*group, *group[:2]]
    chance.shuffle(shuffled)
    assert rate(shuffled, outcome=outcome) == rate(group, outcome=outcome)


@given(groups, outcomes)
def test_invented_children_never_change_what_is_said_of_real_ones(
    group: list[Study], outcome: Any
) -> None:
    real = [one for one in group if not one.invented]
    found, alone = rate(group, outcome=outcome), rate(real, outcome=outcome)
    if real:
        assert (found.verdict, found.sentence, found.sure) == (
            alone.verdict,
            alone.sentence,
            alone.sure,
        )
        assert "invented" not in found.sentence.lower()
    elif group:
        assert found.of_invented
        assert found.sentence.startswith("Among invented children only")


@given(groups, outcomes)
def test_a_grave_warning_is_never_praised(group: list[Study], outcome: Any) -> None:
    found = rate(group, outcome=outcome)
    for rating in filter(None, (found, found.invented)):
        of_it = [one for one in group if one.invented == rating.of_invented]
        if any({"threshold_only", "safety_wrong_way"} & set(one.flags) for one in of_it):
            assert rating.verdict == "Beware"


@given(groups, studies(id="z", invented=False), outcomes)
def test_a_study_that_clearly_points_to_harm_never_makes_a_rating_better(
    group: list[Study], another: Study, outcome: Any
) -> None:
    harmful = Numbers(outcome, "placed", "risk ratio", effect=2.0, low=1.5, high=3.0)
    worse = Study(**{**vars(another), "numbers": (harmful,), "flags": ()})
    after = rate([*group, worse], outcome=outcome)
    assert after.verdict not in ("Established", "Looks promising", "Not tested")


@given(groups, outcomes)
def test_every_rating_can_be_read(group: list[Study], outcome: Any) -> None:
    found = rate(group, outcome=outcome)
    assert found.verdict in VERDICTS
    assert found.sentence[0].isupper()
    assert found.sentence.endswith(".")
    assert "None" not in found.sentence
    assert "nan" not in found.sentence.split()
    assert all(step.question and step.answer and step.did for step in found.steps)
    assert {harm.outcome for harm in found.harms} & {outcome} == set()
    for row in found.of_1000:
        assert 0 <= row.without <= 1000
        assert 0 <= row.with_it <= 1000


@given(studies())
def test_a_study_is_kept_as_plain_values_and_read_again_unchanged(study: Study) -> None:
    again = from_dict(json.loads(json.dumps(study.as_dict(), allow_nan=False)))
    assert again == study
    assert again.digest() == study.digest()
