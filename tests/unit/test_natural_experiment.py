"""The estimate of a natural experiment: what it says, and when it refuses."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pytest

from whatworks import evidence
from whatworks.evidence.study import from_dict
from whatworks.inference.permuting import arrange, invert
from whatworks.rollout import Cost, Practice
from whatworks.rollout.natural_experiment import (
    CannotTell,
    Panel,
    Warned,
    as_study,
    estimate,
    with_safety,
)
from whatworks.rollout.natural_experiment.imputing import NEVER, doses, predict

YEARS = tuple(range(2019, 2026))
CODES = tuple(str(301 + i) for i in range(12))
ADOPTED = {code: date(2020, 4 + 3 * (i % 3), 1) for i, code in enumerate(CODES[:5])}
ENTRIES = "started_to_be_looked_after"
BACK = "reentered_within_12_months"


def dose(adopted, years=YEARS):
    days = [adopted[c].toordinal() if c in adopted else NEVER for c in CODES]
    return doses(np.array(days), years)


def panel(effect=0.0, *, adopted=ADOPTED, noise=0.05, seed=1, measure=ENTRIES):
    """Rates; ``effect`` on their logarithm, growing with the dose."""
    rng = np.random.default_rng(seed)
    people = np.tile(rng.integers(20_000, 90_000, 12)[:, None], (1, 7)).astype(float)
    rate = rng.normal(-5.5, 0.3, (12, 1)) + rng.normal(0, 0.1, (1, 7))
    rate = rate + rng.normal(0, noise, (12, 7)) + effect * dose(adopted)
    sent = {(code, year): (f"{code}-{year}",) for code in CODES for year in YEARS}
    return Panel(measure, CODES, YEARS, people * np.exp(rate) - 0.5, people, False, sent, {})


def shares(effect=0.0, *, seed=2):
    rng = np.random.default_rng(seed)
    home = np.tile(rng.integers(60, 120, 12)[:, None], (1, 7)).astype(float)
    back = np.round(home * (0.25 + rng.normal(0, 0.01, (12, 7)) + effect * dose(ADOPTED)))
    return Panel(BACK, CODES, YEARS, back, home, True, {}, {})


def test_a_rate_is_told_as_a_multiplier_with_its_range():
    found = estimate(panel(np.log(0.7)), ADOPTED, practice="teasel-bridge")
    assert found.multiplier == pytest.approx(0.7, abs=0.04)
    assert found.low < found.multiplier < found.high < 1
    assert found.difference_low == pytest.approx(np.log(found.low))
    assert found.p <= 0.005
    assert (found.n_adopters, found.n_councils, found.unpredicted) == (5, 12, 0)
    assert found.full_council_years == 17 == sum(one.council_years for one in found.since)
    assert [one.year for one in found.since] == [1, 2, 3, 4]
    assert found.starting.multiplier == pytest.approx(0.85, abs=0.1)
    assert found.predicted == pytest.approx(found.observed / found.multiplier)
    assert found.years == YEARS
    assert len(found.submissions) == 84
    assert dict(found.adopted) == ADOPTED
    assert not any(one.grave for one in found.warnings)


def test_a_share_is_told_as_a_difference():
    found = estimate(shares(-0.1), ADOPTED, practice="a")
    assert found.difference == pytest.approx(-0.1, abs=0.02)
    assert found.observed - found.predicted == pytest.approx(found.difference * 1000)
    assert found.multiplier == pytest.approx(found.observed / found.predicted)
    assert found.low < found.multiplier < found.high < 1


def test_two_adopters_of_twelve_have_as_many_arrangements_as_there_are():
    two = {CODES[0]: date(2020, 7, 1), CODES[1]: date(2021, 4, 1)}
    found = estimate(panel(-0.5, adopted=two), two, practice="a")
    assert found.every_arrangement
    assert found.arrangements == 132
    assert found.least_p == pytest.approx(1 / 132)
    assert found.p >= found.least_p
    assert np.isfinite([found.difference_low, found.difference_high]).all()


def test_one_adopter_of_twelve_cannot_be_bounded():
    one = {CODES[0]: date(2020, 7, 1)}
    found = estimate(panel(-2.0, adopted=one), one, practice="a")
    assert found.least_p == pytest.approx(1 / 12)
    assert (found.low, found.high) == (0.0, float("inf"))
    assert found.difference_low == -np.inf
    assert "cannot_bound" in [w.code for w in found.warnings]


@pytest.mark.parametrize("make", [panel, shares])
def test_names_and_order_of_councils_change_nothing(make):
    one = make(-0.1)
    places = np.random.default_rng(3).permutation(12)
    name = {code: f"n{99 - i}" for i, code in enumerate(CODES)}
    two = dataclasses.replace(
        one,
        councils=tuple(name[CODES[i]] for i in places),
        counts=one.counts[places],
        exposure=one.exposure[places],
        submissions={},
    )
    first = estimate(one, ADOPTED, practice="a", arrangements=499)
    renamed = {name[code]: day for code, day in ADOPTED.items()}
    second = estimate(two, renamed, practice="a", arrangements=499)
    for field in ("multiplier", "low", "high", "difference_low", "p", "observed", "predicted"):
        assert getattr(first, field) == pytest.approx(getattr(second, field), rel=1e-6)
    assert [w.code for w in first.warnings] == [w.code for w in second.warnings]


def test_an_effect_by_dose_moves_the_interval_by_itself():
    one, two = panel(0.0), panel(0.4)
    first, second = (estimate(each, ADOPTED, practice="a", arrangements=999) for each in (one, two))
    for field in ("difference", "difference_low", "difference_high"):
        assert getattr(second, field) == pytest.approx(getattr(first, field) + 0.4, abs=1e-5)


def test_it_is_the_same_every_time():
    assert estimate(panel(), ADOPTED, practice="a") == estimate(panel(), ADOPTED, practice="a")


def test_councils_left_out_are_not_looked_at():
    made = panel(np.log(0.7))
    made.counts[11] *= np.array([1, 1, 1, 9, 9, 9, 9])
    found = estimate(made, ADOPTED, practice="a", left_out=[CODES[11]])
    assert found.multiplier == pytest.approx(0.7, abs=0.04)
    assert found.left_out == (CODES[11],)
    assert found.n_councils == 11
    assert not any(one.startswith(CODES[11]) for one in found.submissions)


def test_missing_council_years_have_no_weight():
    made = panel(np.log(0.7))
    made.counts[0, 5] = np.nan
    made.counts[7] = np.nan
    found = estimate(made, ADOPTED, practice="a")
    assert found.multiplier == pytest.approx(0.7, abs=0.04)
    assert found.n_councils == 11
    assert (found.full_council_years, found.unpredicted) == (17, 1)


def test_what_becomes_of_children_counts_for_the_year_they_went_home():
    """A figure of 2024 about those who went home in 2023 is of 2023."""
    made = shares(-0.1)
    later = dataclasses.replace(made, years=tuple(year + 1 for year in YEARS), lag=1)
    one, two = (estimate(each, ADOPTED, practice="a", arrangements=99) for each in (made, later))
    assert one.difference == two.difference
    assert two.years == later.years


def test_a_council_that_adopts_after_the_last_year_is_a_council_that_has_not():
    late = {**ADOPTED, CODES[6]: date(2025, 7, 1)}
    one = estimate(panel(-0.3), ADOPTED, practice="a", arrangements=99)
    two = estimate(panel(-0.3), late, practice="a", arrangements=99)
    assert one.multiplier == two.multiplier
    assert "not_counted" in [w.code for w in two.warnings]


@pytest.mark.parametrize(
    ("adopted", "says"),
    [
        ({}, "No council here is recorded"),
        ({"999": date(2020, 4, 1)}, "No council here is recorded"),
        ({CODES[0]: date(2024, 10, 1)}, "full year"),
        ({CODES[0]: date(2026, 10, 1)}, "after adopting"),
        ({CODES[0]: date(2015, 4, 1)}, "These years cannot tell"),
        (dict.fromkeys(CODES, date(2020, 4, 1)), "These years cannot tell"),
    ],
)
def test_what_cannot_be_told_is_refused_with_a_reason(adopted, says):
    with pytest.raises(CannotTell, match=says) as refused:
        estimate(panel(), adopted, practice="a")
    assert refused.value.measure == ENTRIES
    assert refused.value.reason == str(refused.value)


def test_a_panel_without_any_figure_is_refused():
    made = panel()
    made.counts[:] = np.nan
    with pytest.raises(CannotTell, match="no figure"):
        estimate(made, ADOPTED, practice="a")


def test_a_panel_whose_parts_do_not_fit_is_refused():
    with pytest.raises(ValueError, match="a row for each council"):
        estimate(dataclasses.replace(panel(), years=YEARS[1:]), ADOPTED, practice="a")


def test_a_panel_out_of_order_is_refused():
    made = panel()
    turned = dataclasses.replace(
        made, years=YEARS[::-1], counts=made.counts[:, ::-1], exposure=made.exposure[:, ::-1]
    )
    twice = dataclasses.replace(made, years=(*YEARS[:-1], YEARS[-2]))
    for wrong in (turned, twice):
        with pytest.raises(ValueError, match="years of a panel rise"):
            estimate(wrong, ADOPTED, practice="a")
    with pytest.raises(ValueError, match="one row"):
        estimate(dataclasses.replace(made, councils=(*CODES[:-1], CODES[0])), ADOPTED, practice="a")


@pytest.mark.parametrize("make", [panel, shares])
def test_what_never_happened_tells_nothing(make):
    made = make()
    made.counts[:] = 0
    with pytest.raises(CannotTell, match="happened to no child") as refused:
        estimate(made, ADOPTED, practice="a")
    assert refused.value.measure == made.measure


def test_what_never_varies_tells_nothing():
    made = shares()
    every = dataclasses.replace(made, counts=made.exposure.copy())
    fourth = dataclasses.replace(made, counts=made.exposure / 4)
    same = dataclasses.replace(
        panel(), counts=np.full((12, 7), 50.0), exposure=np.full((12, 7), 9000.0)
    )
    for one in (every, fourth, same):
        with pytest.raises(CannotTell, match="the same in every council and year"):
            estimate(one, ADOPTED, practice="a")


def test_where_nothing_was_seen_what_was_expected_is_still_told():
    """Adopters' full years hold no child; beside the others they would have held some."""
    made = panel(noise=0.02)
    full = dose(ADOPTED) == 1
    expected = made.counts[full].sum() / made.exposure[full].sum() * 1000
    made.counts[full] = 0
    found = estimate(made, ADOPTED, practice="a", arrangements=99)
    assert found.observed == 0
    assert found.predicted == pytest.approx(expected, rel=0.05)


def test_where_no_share_was_seen_what_was_expected_is_still_told():
    made = shares()
    made.counts[dose(ADOPTED) == 1] = 0
    found = estimate(made, ADOPTED, practice="a", arrangements=99)
    assert (found.observed, found.multiplier) == (0, 0)
    assert found.predicted == pytest.approx(-found.difference * 1000) == pytest.approx(250, abs=20)


def test_nothing_is_predicted_across_what_hangs_together_by_nothing():
    """Councils 0 and 1 were seen in the first years alone, 2 and 3 in the last alone."""
    fit = np.zeros((1, 4, 4))
    fit[0, :2, :2], fit[0, 2:, 2:] = 1, 1
    _, known = predict(np.zeros((1, 4, 4)), fit)
    assert known[0].astype(int).tolist() == [[1, 1, 0, 0]] * 2 + [[0, 0, 1, 1]] * 2


def test_what_cannot_be_inverted_is_refused():
    with pytest.raises(ValueError, match="no statistic"):
        invert([np.nan, 1.0], [1.0, 1.0])
    with pytest.raises(ValueError, match="between 0 and 1"):
        invert([1.0], [1.0], level=95)
    found = invert([1.0, np.nan, 0.5], [1.0, 0.2, 0.1], level=0.5)
    assert found.arrangements == 2
    assert len(arrange([1, 2, 3], 5).labels) == 6


# --- filing -----------------------------------------------------------------------------------


PRACTICE = Practice(
    id="teasel-bridge",
    name="Teasel Bridge (invented)",
    kind="intensive-family-support",
    what="A team.",
    for_whom="Families.",
    need="edge of care",
    also_serves=(),
    core=(),
    adaptable=(),
    takes="",
    cost=Cost(None, "family", ""),
    outcomes=(ENTRIES,),
    safety=(BACK,),
    source="Invented.",
    invented=True,
)


def test_effects_become_a_study_with_provenance():
    one = estimate(panel(-0.4), ADOPTED, practice="teasel-bridge")
    two = estimate(shares(0.1), ADOPTED, practice="teasel-bridge")
    study = as_study(PRACTICE, [with_safety(one, [two]), two], invented=True, computed="x 1.0")
    assert (study.id, study.kind) == ("teasel-bridge-natural-experiment", PRACTICE.kind)
    assert (study.design, study.invented, study.year) == ("natural experiment", True, 2025)
    assert "invented" in study.country
    assert study.provenance.submissions == one.submissions
    assert study.provenance.computed == "x 1.0"
    entry, back = study.of("entry to care"), study.of("re-entry to care")
    assert (entry.effect_type, entry.effect) == ("rate ratio", one.multiplier)
    assert (back.effect_type, back.low) == ("risk difference", two.difference_low)
    assert back.share_with - back.share_without == pytest.approx(back.effect)
    assert set(study.flags) == {"threshold_only", "safety_wrong_way"}
    assert entry.flags == back.flags == ()
    evidence.check(study)
    assert from_dict(study.as_dict()) == study


def test_a_study_is_of_one_practice():
    one = estimate(panel(-0.4), ADOPTED, practice="another")
    with pytest.raises(ValueError, match="one practice"):
        as_study(PRACTICE, [one], invented=True, computed="x")
    with pytest.raises(ValueError, match="one practice"):
        as_study(PRACTICE, [], invented=True, computed="x")


def test_more_children_home_is_filed_as_better():
    home = dataclasses.replace(PRACTICE, outcomes=("returned_home",), safety=())
    made = dataclasses.replace(shares(-0.1), measure="returned_home")
    less = estimate(made, ADOPTED, practice=PRACTICE.id)
    study = as_study(home, [less], invented=False, computed="x")
    study = dataclasses.replace(
        study, provenance=dataclasses.replace(study.provenance, submissions=("a",))
    )
    assert not study.numbers[0].lower_is_better
    found = evidence.rate([study], outcome="return home")
    assert found.verdict in ("Beware", "Uncertain")


def test_doubts_of_one_measure_are_filed_with_that_measure():
    def warned(effect, *codes):
        more = tuple(Warned(code, f"Said of {effect.measure}: {code}.") for code in codes)
        return dataclasses.replace(effect, warnings=more)

    one = warned(estimate(panel(-0.4), ADOPTED, practice="teasel-bridge"), "bad_year", "fades")
    two = warned(estimate(shares(0.0), ADOPTED, practice="teasel-bridge"), "before_trend", "fades")
    study = as_study(PRACTICE, [one, two], invented=True, computed="x")
    assert study.flags == ()
    assert [numbers.flags for numbers in study.numbers] == [("bad_year",), ("before_trend",)]
    told = " ".join(study.warnings)
    assert f"{study.numbers[1].outcome_words}: Said of {BACK}: before_trend." in study.warnings
    assert f"Said of {BACK}: fades" not in told
    assert from_dict(study.as_dict()) == study


@pytest.mark.parametrize(
    ("facts", "filed", "says"),
    [
        ({"difference_low": -1.4}, (-0.1, -0.8, 0.05), "cut there"),
        ({"difference_high": 1.7}, (-0.1, -0.3, 0.2), "cut there"),
        ({"difference_low": -np.inf}, (-0.1, -np.inf, 0.05), "too few to bound"),
        ({"difference": 0.3, "difference_high": 0.4}, (0.2, -0.3, 0.2), "not given"),
        (
            {"difference": 0.4, "difference_low": 0.3, "difference_high": 0.5},
            (0.2, None, None),
            "The whole interval lies beyond",
        ),
        ({"difference": -0.9, "difference_low": -1.0}, (-0.8, -0.8, 0.05), "not given"),
    ],
)
def test_what_no_share_can_be_is_not_filed(facts, filed, says):
    """Adding and taking away knows of no 0 and no 1; a study does."""
    held = {"difference": -0.1, "difference_low": -0.3, "difference_high": 0.05, **facts}
    one = dataclasses.replace(
        estimate(shares(), ADOPTED, practice=PRACTICE.id),
        observed=200.0,
        predicted=200.0 - held["difference"] * 1000,
        submissions=("a",),
        **held,
    )
    study = as_study(PRACTICE, [one], invented=True, computed="x")
    evidence.check(study)
    (numbers,) = study.numbers
    assert (numbers.effect, numbers.low, numbers.high) == pytest.approx(filed)
    assert says in numbers.note
    inside = 0 <= 0.2 - held["difference"] <= 1
    assert (numbers.share_without is not None) is inside


def test_a_rate_that_cannot_have_been_expected_is_not_filed():
    made = estimate(panel(), ADOPTED, practice=PRACTICE.id)
    one = dataclasses.replace(made, predicted=1700.0)
    study = as_study(PRACTICE, [one], invented=True, computed="x")
    evidence.check(study)
    assert study.numbers[0].share_without is None
    assert "not given" in study.numbers[0].note
