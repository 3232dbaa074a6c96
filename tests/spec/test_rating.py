"""How far a practice is to be relied on, in worked examples: one for each verdict, and each step.

Every study here is made up for the example. The rule in words is docs/rating.md.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from whatworks.evidence import Numbers, Provenance, Rating, Study, rate

SEEN = Provenance(seen_at="https://example.org/where-it-was-seen")
FEWER = {"effect_type": "risk ratio", "effect": 0.7, "low": 0.55, "high": 0.9}
MORE = {"effect_type": "risk ratio", "effect": 1.4, "low": 1.1, "high": 1.8}
CHANCE = {"effect_type": "risk ratio", "effect": 0.9, "low": 0.6, "high": 1.3}
SAFE = Numbers("re-referral", "Referred again", "risk ratio", effect=1.0, low=0.9, high=1.1)
UNSAFE = Numbers("re-referral", "Referred again", "risk ratio", effect=1.4, low=1.2, high=1.7)
UNEASY = Numbers("re-referral", "Referred again", "risk ratio", effect=1.2)


def study(name: str, design: str = "randomised", *more: Numbers, **facts: Any) -> Study:
    """A study of family group conferencing that measured entry to care in the same way."""
    of_numbers = set(Numbers.__dataclass_fields__) - {"flags"}
    told = {key: facts.pop(key) for key in list(facts) if key in of_numbers}
    held = {"effect_type": "none", "outcome_words": "Looked after a year later", **told}
    about: dict[str, Any] = {
        "title": name,
        "citation": name,
        "kind": "family-group-conferencing",
        "country": "England",
        "population": "Families.",
        "comparator": "Usual help.",
        "provenance": SEEN,
        **facts,
    }
    main = Numbers("entry to care", **held)
    return Study(id=name, design=design, numbers=(main, *more), **about)


def did(rating: Rating, question: str) -> str:
    """What the step whose question holds these words did."""
    return next(step.did for step in rating.steps if question in step.question)


# --- the six verdicts ------------------------------------------------------------------------


def test_not_tested_where_there_is_no_study() -> None:
    found = rate([])
    assert found.verdict == "Not tested"
    assert found.sentence == "We hold no study of whether it means that fewer children enter care."


def test_not_tested_where_studies_measured_other_things() -> None:
    schools = study("one", outcome_words="x")
    other = Study(**{**vars(schools), "numbers": (SAFE,)})
    found = rate([other])
    assert found.verdict == "Not tested"
    assert found.sentence == (
        "No study that we hold tested whether fewer children enter care: "
        "the one here measured other things."
    )


def test_uncertain_where_the_interval_goes_both_ways() -> None:
    found = rate([study("one", **CHANCE, share_without=0.4)])
    assert found.verdict == "Uncertain"
    assert found.sentence == (
        "We cannot tell whether it means that fewer children enter care: 1 study found no clear "
        "difference, which is not the same as no difference: of 1,000 children, about 360 with it "
        "and 400 without: 40 fewer (95% interval from 160 fewer to 120 more; England)."
    )


def test_where_there_is_no_bound_that_is_said() -> None:
    """As where too few councils began at different times to say how large it could be."""
    found = rate(
        [
            study(
                "one",
                effect_type="rate ratio",
                effect=0.7,
                low=0.0,
                high=math.inf,
                share_without=0.4,
            )
        ]
    )
    assert found.verdict == "Uncertain"
    assert "95% interval from 400 fewer to any number more" in found.sentence


def test_uncertain_where_it_was_only_before_and_after() -> None:
    found = rate([study("one", "before and after", **FEWER)])
    assert (found.verdict, found.sure) == ("Uncertain", "very low")
    assert found.sentence.startswith("We are very unsure whether it means that fewer children")


def test_mixed_findings_where_studies_point_opposite_ways() -> None:
    """As family group conferences do in England and in the Netherlands. Nothing is averaged."""
    england = study("one", share_with=0.36, share_without=0.45)
    netherlands = study("two", share_with=0.09, share_without=0.01, country="Netherlands")
    found = rate([england, netherlands])
    assert found.verdict == "Mixed findings"
    assert found.sentence == (
        "Studies point opposite ways: fewer children entering care in England, "
        "more children entering care in the Netherlands."
    )
    assert [side.direction for side in found.sides] == ["better", "worse"]
    assert [row.difference for row in found.of_1000] == pytest.approx([-90, 80])
    assert found.ask[0] == (
        "Without the practice it happened to about 450 of 1,000 in England and to about 10 of "
        "1,000 in the Netherlands. The families may have been in very different trouble."
    )


def test_mixed_findings_where_only_weaker_designs_point_to_help() -> None:
    found = rate([study("one", "comparison group", **FEWER), study("two", **CHANCE)])
    assert found.verdict == "Mixed findings"


def test_looks_promising_from_one_natural_experiment() -> None:
    """It starts at moderate and goes down one step, because there is only one study."""
    found = rate([study("one", "natural experiment", SAFE, **FEWER)])
    assert (found.verdict, found.sure) == ("Looks promising", "low")
    assert found.sentence == (
        "It may mean that fewer children enter care: where 100 children entered care without it, "
        "about 70 did with it (95% interval 55 to 90)."
    )


def test_looks_promising_and_probably_from_one_trial() -> None:
    found = rate([study("one", **FEWER, share_without=0.4)])
    assert (found.verdict, found.sure) == ("Looks promising", "moderate")
    assert found.sentence == (
        "It probably means that fewer children enter care: of 1,000 children, about 280 with it "
        "and 400 without: 120 fewer (95% interval from 180 fewer to 40 fewer; England)."
    )


def test_established_from_several_trials_that_agree_and_measured_safety() -> None:
    found = rate([study("one", "randomised", SAFE, **FEWER), study("two", **FEWER)])
    assert (found.verdict, found.sure) == ("Established", "high")
    assert found.sentence.startswith("It means that fewer children enter care")


def test_never_established_where_nobody_measured_safety() -> None:
    found = rate([study("one", **FEWER), study("two", **FEWER)])
    assert (found.verdict, found.sure) == ("Looks promising", "high")
    assert {harm.state for harm in found.harms} == {"not measured"}


def test_beware_of_a_success_that_only_raised_the_threshold() -> None:
    found = rate([study("one", "natural experiment", **FEWER, flags=("threshold_only",))])
    assert found.verdict == "Beware"
    assert found.sentence == (
        "Beware: signs of safety got worse. It may have let fewer in without fewer needing it."
    )


def test_beware_where_a_safety_outcome_clearly_got_worse() -> None:
    found = rate([study("one", "randomised", UNSAFE, **FEWER), study("two", **FEWER)])
    assert found.verdict == "Beware"
    assert found.sentence == "Beware: more families are referred again."


def test_beware_where_it_clearly_does_the_opposite() -> None:
    found = rate([study("one", **MORE)])
    assert found.verdict == "Beware"
    assert found.sentence == "Beware: it may mean that more children enter care."


# --- the steps -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("design", "start"),
    [
        ("randomised", "high"),
        ("natural experiment", "moderate"),
        ("review", "moderate"),
        ("comparison group", "low"),
        ("before and after", "very low"),
    ],
)
def test_a_rating_starts_from_the_best_design(design: str, start: str) -> None:
    found = rate([study("one", design, **FEWER)])
    assert did(found, "best design") == f"It starts at {start}."


@pytest.mark.parametrize(
    ("group", "question", "why"),
    [
        ([study("one", **FEWER)], "more than one study", "Only one study has numbers."),
        ([study("one", **CHANCE)], "no difference", "The interval includes no difference."),
        (
            [study("one", share_with=0.2, share_without=0.3)],
            "no difference",
            "No interval was seen.",
        ),
        (
            [study("one", **FEWER), study("two", **CHANCE)],
            "the same way?",
            "The studies do not agree.",
        ),
        (
            [study("one", **FEWER), study("two", **FEWER, outcome_words="Days in care")],
            "in the same way",
            "It was not measured in the same way.",
        ),
        (
            [study("one", **FEWER, follow_up_months=6), study("two", **FEWER, follow_up_months=24)],
            "in the same way",
            "It was not measured in the same way.",
        ),
        (
            [study("one", **FEWER, flags=("bad_year",))],
            "Could something else",
            "Something else may explain it.",
        ),
        (
            [study("one", "randomised", UNEASY, **FEWER)],
            "safety outcome point",
            "A safety outcome points the wrong way.",
        ),
    ],
)
def test_each_doubt_takes_one_step(group: list[Study], question: str, why: str) -> None:
    found = rate(group)
    assert did(found, question) == "One step down."
    assert why in found.sure_why


def test_a_doubt_about_one_outcome_takes_a_step_from_that_outcome_alone() -> None:
    doubted = replace(SAFE, flags=("before_trend",))
    group = [study("one", "natural experiment", doubted, **FEWER)]
    assert did(rate(group), "Could something else") == "Nothing."
    assert did(rate(group, outcome="re-referral"), "Could something else") == "One step down."


def test_a_result_known_in_words_alone_gives_no_start() -> None:
    found = rate([study("one", reported="better")])
    assert (found.verdict, found.sure) == ("Uncertain", "very low")
    assert "No number was seen, only what is said of it." in found.sure_why


def test_what_is_not_known_is_said_and_not_taken_as_harmless() -> None:
    found = rate([study("one", **FEWER)])
    assert found.harms[0].sentence == (
        "Being referred or reported again: not measured, or not in what we saw. "
        "That is not the same as no harm."
    )


# --- invented children -----------------------------------------------------------------------


def test_an_invented_study_never_makes_a_claim_about_real_children() -> None:
    found = rate([study("one", "natural experiment", SAFE, **FEWER, invented=True)])
    assert found.of_invented
    assert found.sentence.startswith("Among invented children only: it may mean that fewer")
    assert found.sentence.endswith("This says nothing of real children.")
    assert did(found, "invented") == "The sentence says so. It says nothing about real children."


def test_invented_studies_are_rated_apart_from_published_ones() -> None:
    published = study("one", **CHANCE)
    found = rate([published, study("two", **FEWER, invented=True)])
    assert found.verdict == rate([published]).verdict == "Uncertain"
    assert found.sentence == rate([published]).sentence
    assert found.invented is not None
    assert found.invented.verdict == "Looks promising"
    assert "Among invented children only" in found.invented.sentence
