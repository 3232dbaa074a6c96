"""Every caution of a natural experiment: when it is given, and when it is not."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pytest

from whatworks.rollout import NoWantedDirection
from whatworks.rollout.natural_experiment import CannotTell, Panel, estimate, with_safety
from whatworks.rollout.natural_experiment.before import drift
from whatworks.rollout.natural_experiment.imputing import NEVER, doses, states

YEARS = tuple(range(2016, 2026))
CODES = tuple(str(301 + i) for i in range(12))
ADOPTED = {code: date(2020, 4 + 3 * (i % 3), 1) for i, code in enumerate(CODES[:5])}
TWO = {code: ADOPTED[code] for code in CODES[:2]}
ENTRIES, REFERRED = "started_to_be_looked_after", "re_referrals_within_12_months"
BACK, HOME = "reentered_within_12_months", "returned_home"


def days(adopted):
    return np.array([adopted[c].toordinal() if c in adopted else NEVER for c in CODES])


def rates(added=0.0, *, adopted=ADOPTED, noise=0.03, seed=4):
    """Rates with something added to their logarithm, by council and year."""
    rng = np.random.default_rng(seed)
    people = np.full((12, len(YEARS)), 50_000.0)
    rate = rng.normal(-5.5, 0.3, (12, 1)) + rng.normal(0, 0.1, (1, len(YEARS)))
    rate = rate + rng.normal(0, noise, (12, len(YEARS))) + added
    return Panel(ENTRIES, CODES, YEARS, people * np.exp(rate) - 0.5, people, False, {}, {})


def shares(effect, *, adopted=ADOPTED, noise=0.01, seed=5, measure=REFERRED):
    rng = np.random.default_rng(seed)
    of = np.full((12, len(YEARS)), 1000.0)
    share = 0.2 + rng.normal(0, noise, of.shape) + effect * doses(days(adopted), YEARS)
    return Panel(measure, CODES, YEARS, of * share, of, True, {}, {})


def made(panel, adopted=ADOPTED, **kwargs):
    return estimate(panel, adopted, practice="a", arrangements=999, **kwargs)


def codes(effect):
    return [one.code for one in effect.warnings]


def text(effect, code):
    return next(one.text for one in effect.warnings if one.code == code)


USUAL = -0.4 * doses(days(ADOPTED), YEARS)


def test_nothing_is_said_where_there_is_nothing_to_say():
    assert codes(made(rates(USUAL))) == []


def test_few_councils():
    found = made(rates(-0.4 * doses(days(TWO), YEARS)), TWO)
    assert "few_councils" in codes(found)
    assert "Only 2 councils that adopted" in text(found, "few_councils")
    assert "beside 10 that had not" in text(found, "few_councils")
    many = {code: date(2020, 4, 1) for code in CODES[:9]}
    assert "few_councils" in codes(made(rates(), many))


def test_too_few_arrangements_to_bound():
    one = {CODES[0]: date(2020, 4, 1)}
    found = made(rates(), one)
    assert "cannot_bound" in codes(found)
    assert "wide_interval" not in codes(found)
    assert "cannot_bound" not in codes(made(rates(USUAL)))


def test_a_wide_interval():
    found = made(rates(USUAL, noise=0.6))
    assert "wide_interval" in codes(found)
    assert "%" in text(found, "wide_interval")


def adopting_rise(years):
    """Something that happens to adopters so many years before the year of adoption."""
    state = states(days(ADOPTED), YEARS)
    before = (state == 0).sum(axis=1)
    found = np.zeros(state.shape)
    for i in range(5):
        for back, much in years.items():
            found[i, before[i] - back] = much
    return found


def test_adopted_in_a_bad_year():
    found = made(rates(USUAL + adopting_rise({1: 0.25})))
    assert "bad_year" in codes(found)
    assert "before_trend" not in codes(found)
    assert "bad_year" not in codes(made(rates(USUAL + adopting_rise({1: -0.25}))))


@pytest.mark.parametrize(
    ("measure", "bad"), [(ENTRIES, (True, False)), (HOME, (False, True)), ("x", (True, True))]
)
def test_a_bad_year_is_one_that_went_the_way_that_is_not_wanted(measure, bad):
    """Few children home before adopting is as bad a start as many who came into care."""
    for rise, is_bad, says in zip((0.25, -0.25), bad, ("high", "low"), strict=True):
        panel = dataclasses.replace(rates(adopting_rise({1: rise})), measure=measure)
        found = made(panel)
        assert ("bad_year" in codes(found)) is is_bad
        assert not is_bad or f"unusually {says}" in text(found, "bad_year")


@pytest.mark.parametrize(("way", "says"), [(0.1, "rising"), (-0.1, "falling")])
def test_on_the_move_before(way, says):
    found = made(rates(USUAL + adopting_rise({4: 0, 3: way, 2: 2 * way, 1: 3 * way})))
    assert "before_trend" in codes(found)
    assert f"already {says}" in text(found, "before_trend")


def test_all_councils_on_the_move_is_no_caution():
    assert codes(made(rates(USUAL + 0.1 * np.arange(len(YEARS))))) == []


def test_it_fades():
    state = states(days(ADOPTED), YEARS)
    nth = np.cumsum(state == 2, axis=1)
    adopts = (state != 0).any(axis=1, keepdims=True)
    gone = np.where(adopts & (state > 0), np.where(nth >= 2, 0.1, -0.4), 0.0)
    found = made(rates(gone))
    assert "fades" in codes(found)
    assert "did not last" in text(found, "fades")
    grows = np.where(adopts & (state > 0), np.where(nth >= 2, -0.6, -0.2), 0.0)
    assert "fades" not in codes(made(rates(grows)))


@pytest.mark.parametrize(("measure", "fades"), [(HOME, (True, False)), ("x", (True, True))])
def test_what_is_wanted_fades(measure, fades):
    """More children home at first and no more later; the reverse is none that is wanted."""
    state = states(days(ADOPTED), YEARS)
    nth = np.cumsum(state == 2, axis=1)
    adopts = (state != 0).any(axis=1, keepdims=True)
    gone = np.where(adopts & (state > 0), np.where(nth >= 2, 0.0, 0.4), 0.0)
    for way, does in zip((1, -1), fades, strict=True):
        found = made(dataclasses.replace(rates(way * gone), measure=measure))
        assert ("fades" in codes(found)) is does


def test_years_before_that_cannot_be_checked():
    """Of nine arrangements the least p is a ninth: no check can warn, and that is said."""
    one = {CODES[0]: date(2020, 4, 1)}
    for n, said in ((9, True), (10, False)):
        found = made(rates(), one, left_out=CODES[n:])
        assert found.arrangements == n
        assert ("unchecked" in codes(found)) is said
    assert not any(one.grave for one in found.warnings)
    late = rates()
    late = dataclasses.replace(
        late, years=YEARS[4:], counts=late.counts[:, 4:], exposure=late.exposure[:, 4:]
    )
    assert "unchecked" in codes(made(late, dict.fromkeys(CODES[:5], date(2020, 7, 1))))


def test_a_drift_is_by_years_and_not_by_columns():
    """A year that no council has sent is a gap of two years, not of one."""
    values = np.zeros((2, 4))
    values[0] = [0.0, 1.0, 3.0, 0.0]
    state = np.array([[[0, 0, 0, 2], [0, 0, 0, 0]]], dtype=np.int8)
    weights = np.ones((2, 4))
    weights[:, 3] = [0, 1]
    gap = drift(values[None], state, weights, years=(2016, 2017, 2019, 2020))
    close = drift(values[None], state, weights, years=(2016, 2017, 2018, 2019))
    straight = np.array([[0.0, 1.0, 2.0, 0.0], [0.0] * 4])
    whole = drift(straight[None], state, weights, years=(2016, 2017, 2018, 2019))
    assert gap == pytest.approx(whole)
    assert gap[0, 0] < close[0, 0]


def test_missing_years_are_named_with_their_reasons():
    panel = rates(USUAL)
    panel.counts[3, 2] = panel.counts[8, 4] = np.nan
    why = "No SSDA903 return for 2018 has been loaded."
    found = made(dataclasses.replace(panel, missing={(CODES[3], 2018): why}))
    said = text(found, "missing_years")
    assert "Brent 2018; Haringey 2020" in said
    assert why in said
    everywhere = rates(USUAL)
    everywhere.counts[:, 0] = np.nan
    assert "missing_years" not in codes(made(everywhere))


def test_councils_that_adopted_and_cannot_be_counted():
    found = made(rates(USUAL), {**ADOPTED, CODES[7]: date(2010, 4, 1)})
    assert "not_counted" in codes(found)
    assert found.n_adopters == 5


def test_councils_left_out():
    found = made(rates(USUAL), left_out=[CODES[10], CODES[11]])
    assert "left_out" in codes(found)
    assert "other_practice" not in codes(found)
    both = made(rates(USUAL), left_out=[CODES[0], CODES[11]])
    assert "other_practice" in codes(both)
    assert "left_out" not in codes(both)


def test_a_council_that_is_not_known_goes_by_its_code():
    panel = dataclasses.replace(rates(USUAL), councils=(*CODES[:11], "x-1"))
    assert "x-1 was left out" in text(made(panel, left_out=["x-1"]), "left_out")


# --- safety -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fewer():
    return made(rates(USUAL))


@pytest.fixture(scope="module")
def worse():
    return made(shares(0.1))


@pytest.fixture(scope="module")
def alike():
    return made(shares(0.0))


def test_a_threshold_is_found_out(fewer, worse):
    found = with_safety(fewer, [worse])
    assert codes(found)[:2] == ["safety_wrong_way", "threshold_only"]
    assert all(one.grave for one in found.warnings[:2])
    assert "raised threshold" in text(found, "threshold_only")
    assert "got worse" in text(found, "safety_wrong_way")


def test_nothing_got_worse(fewer, alike):
    assert codes(with_safety(fewer, [alike])) == []


def test_worse_without_fewer_is_no_threshold(worse):
    assert codes(with_safety(made(rates()), [worse])) == ["safety_wrong_way"]


def test_another_safety_measure_is_no_threshold(fewer, worse):
    other = dataclasses.replace(worse, measure="three_or_more_placements")
    assert codes(with_safety(fewer, [other])) == ["safety_wrong_way"]


def test_fewer_at_first_is_fewer(worse):
    """A threshold's fall comes at once and is over by the full years."""
    state = states(days(ADOPTED), YEARS)
    at_once = np.where(state == 1, -0.4, 0.0)
    found = with_safety(made(rates(at_once)), [worse])
    assert "threshold_only" in codes(found)


def test_better_is_not_worse(fewer):
    assert codes(with_safety(fewer, [made(shares(-0.1))])) == []


def test_fewer_children_home_is_worse(fewer):
    more, less = (made(shares(by, measure=HOME)) for by in (0.1, -0.1))
    assert codes(with_safety(fewer, [more])) == []
    assert codes(with_safety(fewer, [less])) == ["safety_wrong_way"]
    assert codes(with_safety(fewer, [made(shares(0.0, measure=HOME))])) == []


def test_which_way_is_worse_is_never_guessed(fewer, worse):
    with pytest.raises(NoWantedDirection, match="ceased_to_be"):
        with_safety(fewer, [dataclasses.replace(worse, measure="ceased_to_be_looked_after")])


def test_safety_that_is_not_known(fewer):
    assert codes(with_safety(fewer, [])) == ["safety_unknown"]
    told = CannotTell("No year yet.", measure=REFERRED)
    found = with_safety(fewer, [told])
    assert codes(found) == ["safety_unknown"]
    assert "No year yet." in text(found, "safety_unknown")
    vague = made(shares(0.05, noise=0.06, seed=3))
    assert "none is ruled out" in text(with_safety(fewer, [vague]), "safety_unknown")


def test_the_same_measure_is_not_its_own_safety(worse):
    found = with_safety(worse, [worse])
    assert codes(found) == [*codes(worse), "safety_unknown"]
    assert "No safety measure was looked at" in text(found, "safety_unknown")


def test_safety_without_bounds_has_no_range(fewer):
    one = {CODES[0]: date(2020, 4, 1)}
    vague = made(shares(0.0), one)
    assert "range" not in text(with_safety(fewer, [vague]), "safety_unknown")
