"""What is planted: invented practices, who adopts them and when, and what that multiplies."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest

from whatworks import reference
from whatworks.synthetic import planted
from whatworks.synthetic.calendar import first_day
from whatworks.synthetic.conditions import (
    ENTRY,
    MOVE,
    PROCESSES,
    REENTRY,
    REFUSAL,
    REREFERRAL,
    USUAL,
)
from whatworks.synthetic.planted.adoption import quarters, strata
from whatworks.synthetic.planted.practice import KINDS, NEEDS, chosen, practice
from whatworks.synthetic.setting import REGION

EVERYONE = [str(code) for code in reference.councils()["code"]]
BY_ID = {one.id: one for one in planted.practices()}
NULL = [one.id for one in planted.practices() if not one.effects]
FOLLOWED, THRESHOLD, BY_KIND, SPILLING = (
    "teasel-bridge",
    "granite-gate",
    "long-table",
    "foxglove-harbour",
)


def entry(**changes):
    text = files("whatworks.synthetic.planted").joinpath("data/practices.json").read_text("utf-8")
    return {**json.loads(text)["practices"][0], **changes}


def region_adopters(plan, name):
    return [one for one in plan.adopters[name] if one.code in REGION]


def test_every_practice_says_that_it_is_invented():
    for one in planted.practices():
        assert "(invented)" in one.name
        assert "does not exist" in one.words["invented"] or "do not exist" in one.words["invented"]
        assert one.words["cost"]["note"] == "Invented."


def test_every_need_is_served_and_every_practice_is_described():
    assert {one.words["need"] for one in planted.practices()} == set(NEEDS)
    for one in planted.practices():
        assert one.words["core"]
        assert one.words["adaptable"]
        assert one.words["cost"]["per"] in ("child", "family")
        assert one.words["cost"]["pounds"] > 0


def test_the_kinds_of_practice_that_analyses_must_tell_apart_are_all_there():
    assert set(BY_ID[FOLLOWED].processes) == {ENTRY, REENTRY}
    assert BY_ID["marrow-lane"].processes == (REENTRY,)
    assert BY_ID["copper-kettle"].processes == (MOVE,)
    assert set(BY_ID[THRESHOLD].processes) == {REFUSAL, ENTRY, REREFERRAL, REENTRY}
    assert len(NULL) == 2
    signs = BY_ID[BY_KIND].effects[0].by_kind.values()
    assert min(signs) < 1 < max(signs)
    assert BY_ID[SPILLING].spillover >= 0.5


@pytest.mark.parametrize("seed", [0, 1, 2, 77])
def test_the_region_has_as_many_adopters_as_the_data_says(seed):
    plan = planted.plan(seed)
    for one in planted.practices():
        adopting = plan.adopters[one.id]
        assert len(region_adopters(plan, one.id)) == one.adoption.region
        assert len({adopter.code for adopter in adopting}) == len(adopting)
        expected = round(one.adoption.share * len(strata()[1]))
        assert len(adopting) == one.adoption.region + expected
    assert len(region_adopters(plan, FOLLOWED)) == 5
    assert len({one.day for one in region_adopters(plan, FOLLOWED)}) == 5
    assert len(region_adopters(plan, THRESHOLD)) == 2


@pytest.mark.parametrize("seed", range(6))
def test_the_threshold_practice_never_shares_a_council_with_the_one_followed(seed):
    plan = planted.plan(seed)
    both = [{one.code for one in plan.adopters[name]} for name in (FOLLOWED, THRESHOLD)]
    assert not both[0] & both[1]


def test_dates_are_starts_of_quarters_within_their_span():
    plan = planted.plan(5)
    for one in planted.practices():
        for adopter in plan.adopters[one.id]:
            span = one.adoption.region_days if adopter.code in REGION else one.adoption.days
            assert adopter.day in quarters(*span)
            assert date(2020, 1, 1) <= adopter.day <= date(2023, 12, 31)
            assert one.fidelity.least <= adopter.fidelity <= one.fidelity.most


def test_every_council_and_date_is_about_as_likely_as_another():
    n = 240
    counts = dict.fromkeys(REGION, 0)
    for seed in range(n):
        for one in region_adopters(planted.plan(seed, [FOLLOWED]), FOLLOWED):
            counts[one.code] += 1
    # 5 of 12 expected: 100 of 240, with a standard deviation of 7.6
    assert 70 < min(counts.values()) < max(counts.values()) < 130


def test_a_practice_has_the_same_adopters_whichever_others_are_asked_for():
    whole = planted.plan(9)
    for one in planted.practices():
        assert planted.plan(9, [one.id]).adopters[one.id] == whole.adopters[one.id]


def test_another_seed_gives_other_adopters():
    assert planted.plan(1).adopters != planted.plan(2).adopters


def test_councils_that_began_later_adopt_nothing():
    younger = [
        str(code)
        for code, begun in reference.councils().select("code", "valid_from").iter_rows()
        if begun and begun > date(2019, 4, 1)
    ]
    plan = planted.plan(1)
    assert younger
    assert not any(one.code in younger for all_of in plan.adopters.values() for one in all_of)


def test_a_council_that_ended_adopts_nothing_but_may_be_reached():
    plan = planted.plan(1)
    former = [str(code) for code in reference.councils(former=True)["code"]]
    for code in set(former) - set(EVERYONE):
        acting = {name for one in plan.effects(code).values() for name in one}
        assert acting <= {SPILLING}
        assert plan.conditions(code).steps.keys() <= {MOVE}


def test_nothing_planted_is_usual_everywhere():
    plan = planted.plan(1, "none")
    assert all(plan.conditions(code) is USUAL for code in EVERYONE)
    assert plan.as_dict(REGION, range(2019, 2026))["practices"] == []


@pytest.mark.parametrize("name", NULL)
def test_a_practice_that_does_nothing_changes_no_condition(name):
    alone = planted.plan(3, [name])
    assert all(alone.conditions(code) is USUAL for code in EVERYONE)
    others = planted.plan(3, [one for one in BY_ID if one != name])
    whole = planted.plan(3)
    assert all(others.conditions(code) == whole.conditions(code) for code in EVERYONE)


def test_multipliers_of_several_practices_on_one_process_are_multiplied():
    plan = planted.plan(1)
    found = 0
    for code in EVERYONE:
        effects = plan.effects(code)
        for process, acting in effects.items():
            if len(acting) < 2:
                continue
            found += 1
            day = first_day(2026)
            alone = [planted.plan(1, [name]).conditions(code).at(process, day) for name in acting]
            product = 1.0
            for one in alone:
                product *= one
            assert plan.conditions(code).at(process, day) == pytest.approx(product, abs=5e-6)
    assert found > 10


def test_the_effect_grows_over_the_first_year_to_the_council_s_own():
    plan = planted.plan(4, [FOLLOWED])
    one = plan.adopters[FOLLOWED][0]
    conditions = plan.conditions(one.code)
    day = one.day.toordinal()
    values = [conditions.at(ENTRY, day + k) for k in (-1, 0, 100, 200, 300, 366, 2000)]
    assert values[0] == 1
    assert values[:6] == sorted(set(values), reverse=True)
    assert values[5] == values[6] == pytest.approx(0.64**one.fidelity, abs=1e-6)


def test_the_threshold_moves_refusals_and_entries_first_and_the_rest_later():
    plan = planted.plan(4, [THRESHOLD])
    one = plan.adopters[THRESHOLD][0]
    conditions = plan.conditions(one.code)
    day = one.day.toordinal()
    assert conditions.at(REFUSAL, day) > 1.5
    assert conditions.at(ENTRY, day) < 0.8
    assert conditions.at(REREFERRAL, day + 150) == conditions.at(REENTRY, day + 150) == 1
    assert conditions.at(REREFERRAL, day + 190) > 1.3
    assert conditions.at(REENTRY, day + 190) > 1.2
    assert conditions.at(ENTRY, day + 600) < 0.8
    assert conditions.at(ENTRY, day + 800) > 1.05
    assert conditions.at(REFUSAL, day + 2000) > 1.5


def test_an_effect_by_kind_of_council_has_the_sign_of_the_kind():
    plan = planted.plan(2, [BY_KIND])
    seen = set()
    for one in plan.adopters[BY_KIND]:
        kind = reference.council(one.code).kind
        value = plan.conditions(one.code).at(ENTRY, first_day(2026))
        expected = BY_ID[BY_KIND].effects[0].by_kind[kind] ** one.fidelity
        assert value == pytest.approx(expected, abs=1e-6)
        seen.add(kind)
    assert seen == set(KINDS)


def test_spillover_reaches_the_region_and_is_less_than_the_effect():
    plan = planted.plan(2, [SPILLING])
    adopting = {one.code: one for one in plan.adopters[SPILLING]}
    regions = {reference.council(code).region for code in adopting}
    day = first_day(2026)
    for code in EVERYONE:
        value = plan.conditions(code).at(MOVE, day)
        if code in adopting:
            assert value <= 0.78 ** adopting[code].fidelity + 1e-6
        elif reference.council(code).region in regions:
            assert 0.78**0.5 - 1e-6 <= value < 1
        else:
            assert value == 1


def test_spillover_to_neighbours_stays_within_the_region():
    plan = planted.plan(2, ["copper-kettle"])
    adopting = {one.code for one in plan.adopters["copper-kettle"]}
    reached = 0
    for code in EVERYONE:
        if code in adopting:
            continue
        near = set(reference.neighbours(code)["neighbour"]) & adopting
        region = reference.council(code).region
        near = {other for other in near if reference.council(other).region == region}
        assert bool(plan.received(BY_ID["copper-kettle"], code)) == bool(near)
        reached += bool(near)
    assert reached > 5


def test_who_is_reached_is_clean_for_the_practice_that_is_followed():
    """Entries in the region are moved by it and by the threshold, and by nothing else."""
    for seed in range(5):
        plan = planted.plan(seed)
        acting = {name for code in REGION for name in plan.effects(code).get(ENTRY, {})}
        assert acting == {FOLLOWED, THRESHOLD}


@pytest.mark.parametrize("code", ["816", "201", "938"])
def test_all_multipliers_are_above_nought_and_all_processes_known(code):
    for seed in range(10):
        for process, steps in planted.plan(seed).conditions(code).steps.items():
            assert process in PROCESSES
            assert steps
            assert all(value > 0 for _, value in steps)


def test_a_practice_or_seed_or_council_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="No practice is called 'moonbeams'"):
        planted.plan(1, ["moonbeams"])
    with pytest.raises(ValueError, match="'all' practices"):
        planted.plan(1, "some")
    with pytest.raises(ValueError, match="0 or more"):
        planted.plan(-1)
    with pytest.raises(reference.NotHeld):
        planted.plan(1).conditions("999")
    assert chosen([]) == ()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"need": "tea"}, "a need that is not in the list"),
        ({"effects": [{"process": "weather", "phases": [{"months": 0, "multiplier": 1}]}]}, "does"),
        ({"effects": [{"process": "move", "phases": [{"months": 0, "multiplier": 0}]}]}, "above 0"),
        (
            {
                "effects": [
                    {
                        "process": "move",
                        "phases": [
                            {"months": 6, "multiplier": 0.5},
                            {"months": 0, "multiplier": 0.5},
                        ],
                    }
                ]
            },
            "not in order",
        ),
        (
            {
                "effects": [
                    {
                        "process": "move",
                        "phases": [{"months": 0, "multiplier": 0.5}],
                        "by_kind": {"county council": 0.5},
                    }
                ]
            },
            "names every kind",
        ),
        ({"fidelity": {"least": 0.5, "most": 1.5, "ramp_quarters": 4}}, "fidelity"),
        ({"spillover": {"fraction": 0.1, "to": "nobody"}}, "spillover"),
        ({"spillover": {"fraction": 0.1, "to": "the moon"}}, "nobody, neighbours"),
    ],
)
def test_data_that_contradicts_itself_is_refused(changes, why):
    with pytest.raises(ValueError, match=why):
        practice(entry(**changes))


def test_adoption_days_are_starts_of_quarters():
    wrong = {**entry()["adoption"], "from": "2020-02-01"}
    with pytest.raises(ValueError, match="first day of a quarter"):
        practice(entry(adoption=wrong))


def test_what_spills_over_has_a_single_phase():
    later = [{"process": "move", "phases": [{"months": 6, "multiplier": 0.5}]}]
    with pytest.raises(ValueError, match="one phase"):
        practice(entry(effects=later, spillover={"fraction": 0.1, "to": "region"}))
