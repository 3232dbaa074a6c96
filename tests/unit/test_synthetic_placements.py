"""What happens inside a period of care: the fitted numbers, and what they lead to."""

from __future__ import annotations

import csv
from importlib import resources
from math import exp, log

import pytest

from whatworks.synthetic import chances, fitted, placements
from whatworks.synthetic.calendar import first_day, last_day
from whatworks.synthetic.conditions import MOVE, USUAL, Conditions
from whatworks.synthetic.draws import Draws, Pick, forked, single
from whatworks.synthetic.outcomes import health_of, leaver_facts, leavers_of
from whatworks.synthetic.population import lives
from whatworks.synthetic.providers import (
    FOSTER,
    HAD_TO_REGISTER,
    KIN,
    OTHER,
    SUPPORTED,
    Place,
    registered_from,
)
from whatworks.synthetic.setting import choose, settings
from whatworks.synthetic.tallies import tallies
from whatworks.synthetic.truth import truth
from whatworks.synthetic.world import world

COUNCIL = "879"


def people(conditions=USUAL, *, code=COUNCIL, scale=1.0, years=(2023, 2025)):
    where = world(settings([code])[0].scaled(scale), 1, conditions)
    return lives(where, *years)


@pytest.fixture(scope="module")
def usual():
    return people()


def table(name):
    text = resources.files("whatworks.synthetic").joinpath(f"data/{name}").read_text("utf-8")
    return list(csv.reader(text.splitlines()))


def test_every_factor_is_given_for_every_year_and_is_above_nought():
    head, *rows = table("inside_care.csv")
    assert head == ["group", "name", *map(str, fitted.YEARS)]
    assert len({(group, name) for group, name, *_ in rows}) == len(rows)
    assert all(float(value) > 0 for _, _, *values in rows for value in values)


def test_years_beyond_those_fitted_are_as_the_nearest():
    assert fitted.at_day(first_day(2010)) == fitted.at_year(2010) == 0
    assert fitted.at_day(last_day(2023)) == fitted.at_year(2023) == 2
    assert fitted.at_day(first_day(2024)) == 3
    assert fitted.at_day(last_day(2030)) == fitted.at_year(2030) == 4
    assert fitted.outcome("sdq_mean")[2027] == 14.9
    assert fitted.outcome("health_assessment")[2016] == 0.88


def test_every_council_has_an_effect_on_moves_and_none_is_extreme():
    effects = fitted.council_effects()
    assert {f"{code:03d}" for code in effects} >= set(choose("all"))
    assert 0.3 < min(effects.values()) < 0.9
    assert 1.1 < max(effects.values()) < 2.5
    assert exp(sum(map(log, effects.values())) / len(effects)) == pytest.approx(1, abs=0.1)


def three_or_more(found, year=2025):
    one = truth(found, COUNCIL, year)
    return one.three_or_more_placements / one.looked_after_at_31_march


def test_a_councils_effect_and_conditions_act_on_moves(usual, monkeypatch):
    likelier = people(Conditions({MOVE: ((0, 1.7),)}))
    assert three_or_more(likelier) > 1.25 * three_or_more(usual)
    restless = 1.7 * fitted.council_effects()[int(COUNCIL)]
    monkeypatch.setattr(placements, "council_effects", lambda: {int(COUNCIL): restless})
    assert three_or_more(people()) > 1.25 * three_or_more(usual)


def test_shares_at_31_march_are_near_those_published():
    n = {}
    for code in ("873", "330", "208", "908"):
        for key, number in tallies(people(code=code, scale=0.5, years=(2025, 2025)), 2025).items():
            n[key] = n.get(key, 0) + number
    whole = sum(
        number for key, number in n.items() if key.startswith("looked_after_at_31_march/sex")
    )
    for key, share, by in (
        ("placement/foster", 0.670, 0.06),
        ("placement/childrens_home", 0.116, 0.04),
        ("placement/parents", 0.061, 0.03),
        ("legal_status/care_order", 0.588, 0.08),
        ("legal_status/interim_care_order", 0.161, 0.05),
        ("need/N1", 0.673, 0.06),
        ("provider/private", 0.403, 0.06),
    ):
        assert n[f"looked_after_at_31_march/{key}"] / whole == pytest.approx(share, abs=by), key


def test_a_home_that_was_not_registered_in_time_is_another_placement_until_it_is():
    days = [registered_from(Place("PR4", f"9{i:06d}", "")) for i in range(4000)]
    late = [day for day in days if day > HAD_TO_REGISTER]
    assert min(days) == HAD_TO_REGISTER
    assert 0.46 < len(late) / len(days) < 0.54
    assert 0.30 < sum(day > last_day(2024) for day in days) / len(days) < 0.38


def test_supported_accommodation_from_october_2023_is_registered(usual):
    seen = changed = 0
    for life in usual:
        for care in life.care if life.counted else ():
            for episode, following in zip(care.episodes, care.episodes[1:], strict=False):
                if episode.kind == SUPPORTED and episode.end > HAD_TO_REGISTER:
                    assert registered_from(episode.place) <= max(episode.start, HAD_TO_REGISTER)
                    seen += 1
                if (episode.kind, following.kind) == (SUPPORTED, OTHER):
                    changed += following.start == HAD_TO_REGISTER
    assert seen > 50
    assert changed > 3


def test_relatives_who_become_guardians_had_fostered_the_child(usual):
    ends = [care for life in usual for care in life.care if care.spell.route == "sgo"]
    kin = [care for care in ends if care.episodes[-1].rec == "E45"]
    assert 0.5 < len(kin) / len(ends) < 0.8
    assert all(care.episodes[-1].kind in KIN for care in kin)
    others = [care.episodes[-1].kind for care in ends if care.episodes[-1].rec == "E46"]
    assert all(kind in FOSTER for kind in others)


def test_special_guardianship_codes_are_those_of_the_year(usual):
    from whatworks.synthetic.ssda903 import reason_code

    assert reason_code("E45", 2018) == "E43"
    assert reason_code("E48", 2018) == "E44"
    assert reason_code("E45", 2019) == "E45"
    assert reason_code("E4A", 2018) == "E4A"


def test_a_year_has_the_published_difficulties_scores():
    health, draws = health_of(2025), Draws(5)
    scores = [health.sdq_score(draws.normal()) for _ in range(20_000)]
    assert sum(scores) / len(scores) == pytest.approx(14.9, abs=0.2)
    assert sum(score > 16 for score in scores) / len(scores) == pytest.approx(0.424, abs=0.02)
    assert sum(score < 14 for score in scores) / len(scores) == pytest.approx(0.448, abs=0.02)
    assert set(scores) <= set(range(41))


@pytest.mark.parametrize(("age", "active", "suitable"), [(18, 0.64, 0.91), (20, 0.54, 0.89)])
def test_care_leavers_do_what_is_published_of_their_age(age, active, suitable):
    draws, leavers = Draws(3), leavers_of(2025, age)
    found = [leaver_facts(draws, leavers, stays=i % 7 == 0) for i in range(8000)]
    assert sum(does[0] in "FP" for _, does, _ in found) / 8000 == pytest.approx(active, abs=0.02)
    assert sum(home[-1] == "1" for _, _, home in found) / 8000 == pytest.approx(suitable, abs=0.02)
    assert all((touch == "YES") == (does != "0") == (home != "0") for touch, does, home in found)
    assert {does for _, does, _ in found} >= {"F1", "F4", "G4", "G5"}


def test_apprentices_are_told_apart_from_2022():
    draws = Draws(4)
    before, since = (
        {draws.pick(leavers_of(year, 19).activity) for _ in range(2000)} for year in (2021, 2022)
    )
    assert "F3" in before
    assert not {"F4", "F5"} & before
    assert {"F4", "F5"} <= since
    assert "F3" not in since


def test_single_numbers_are_spread_evenly_and_forks_are_the_same_either_way():
    found = [single(seed, 7) for seed in range(4000)]
    assert 0 <= min(found) < 0.01
    assert 0.99 < max(found) < 1
    assert sum(found) / 4000 == pytest.approx(0.5, abs=0.02)
    assert forked(12, 3).u() == Draws(12).fork(3).u()


def test_every_share_is_a_choice_for_each_year():
    for choice in (*chances.OPENING_STATUS, *chances.NEED, *chances.FIRST_PLACE, chances.AT_18):
        assert len(choice) == len(fitted.YEARS)
        assert all(isinstance(pick, Pick) for pick in choice)
