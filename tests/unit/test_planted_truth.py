"""What truth.json says of a plan."""

from __future__ import annotations

import json
import pickle
from math import log

import pytest

from whatworks.synthetic import planted
from whatworks.synthetic.calendar import first_day, last_day
from whatworks.synthetic.conditions import ENTRY, PROCESSES
from whatworks.synthetic.planted.exposure import average
from whatworks.synthetic.planted.truths import state
from whatworks.synthetic.setting import REGION

YEARS = range(2019, 2026)
PLAN = planted.plan(1)
TRUTH = PLAN.as_dict(REGION, YEARS)


def of(name, truth=TRUTH):
    return next(one for one in truth["practices"] if one["id"] == name)


def test_it_is_plain_json_and_the_same_each_time():
    text = json.dumps(TRUTH, allow_nan=False)
    assert json.loads(text) == TRUTH
    assert json.dumps(planted.plan(1).as_dict(list(REGION), list(YEARS))) == text


def test_it_begins_by_saying_that_everything_is_invented():
    assert "invented" in TRUTH["notice"]


def test_the_yearly_multiplier_is_the_mean_over_the_days_of_the_year():
    for code in REGION:
        conditions = PLAN.conditions(code)
        for year in (2021, 2023):
            for process in PROCESSES:
                days = range(first_day(year), last_day(year) + 1)
                mean = sum(conditions.at(process, day) for day in days) / len(days)
                found = TRUTH["councils"][code][str(year)]["multipliers"][process]
                assert found == pytest.approx(mean, abs=2e-6)


def test_a_council_s_part_does_not_depend_on_what_else_is_asked_for():
    alone = PLAN.as_dict(["816"], [2024])
    assert alone["councils"]["816"]["2024"] == TRUTH["councils"]["816"]["2024"]
    assert of("teasel-bridge", alone)["adopters_in_england"] == len(PLAN.adopters["teasel-bridge"])


def test_states_of_years_before_while_starting_and_in_full():
    one = next(p for p in planted.practices() if p.id == "teasel-bridge")
    adopter = PLAN.adopter(one.id, "314")  # 1 July 2020
    assert adopter.day.isoformat() == "2020-07-01"
    found = [state(one, adopter, year) for year in range(2019, 2025)]
    assert found == ["before", "before", "starting", "starting", "full", "full"]
    assert state(one, None, 2024) == "before"
    row = next(row for row in of(one.id)["adopters"] if row["council"] == "314")
    assert row["first_full_year"] == 2023


def test_the_estimand_is_the_mean_logarithm_over_full_years_of_adopters():
    estimand = of("teasel-bridge")["estimands"][0]
    assert estimand["process"] == ENTRY
    logs = []
    for row in of("teasel-bridge")["adopters"]:
        for year in YEARS:
            if year >= row["first_full_year"]:
                logs.append(row["fidelity"] * log(0.64))
    assert estimand["council_years"] == len(logs)
    assert log(estimand["multiplier"]) == pytest.approx(sum(logs) / len(logs), abs=3e-6)
    assert f"{estimand['multiplier']:.3f}" in estimand["words"]


def test_a_threshold_s_years_differ_and_are_told_apart():
    by_year = next(e for e in of("granite-gate")["estimands"] if e["process"] == ENTRY)
    assert by_year["by_full_year"]["1"] < 0.8


def test_a_practice_that_does_nothing_has_nothing_to_estimate():
    for name in ("pebble-diaries", "amber-letters"):
        assert of(name)["estimands"] == []
        assert of(name)["contaminated"] == []
        assert of(name)["adopters"]


def test_no_full_year_is_said_and_not_a_number():
    estimand = of("long-table")["estimands"][0]
    assert estimand["multiplier"] is None
    assert "no" in estimand["words"].lower()


def test_contaminated_councils_are_those_of_the_threshold_for_entries():
    rows = [row for row in of("teasel-bridge")["contaminated"] if row["process"] == ENTRY]
    gated = {row["council"] for row in of("granite-gate")["adopters"]}
    assert {row["council"] for row in rows} == gated
    assert all(row["by"] == "granite-gate" and row["how"] == "adopted it" for row in rows)


def test_spillover_is_said_of_those_it_reaches():
    rows = of("foxglove-harbour")["contaminated"]
    own = [row for row in rows if row["by"] == "foxglove-harbour"]
    assert own
    for row in own:
        assert row["how"] == "spillover from others"
        cell = TRUTH["councils"][row["council"]]["2025"]["practices"]["foxglove-harbour"]
        assert cell["received"] > 0
        assert cell["fidelity"] == 0
        assert cell["state"] == "before"


def test_entries_prevented_add_up():
    expected = {code: dict.fromkeys(YEARS, 100.0) for code in REGION}
    plan = planted.plan(1, ["teasel-bridge"])
    truth = plan.as_dict(REGION, YEARS, expected=expected)
    total = sum(
        cell["entries_prevented"] for years in truth["councils"].values() for cell in years.values()
    )
    assert total == pytest.approx(of("teasel-bridge", truth)["entries_prevented"], abs=0.1)
    one = of("teasel-bridge", truth)["adopters"][0]
    cell = truth["councils"][one["council"]][str(one["first_full_year"])]
    assert cell["entries_prevented"] == pytest.approx(100 * (1 - 0.64 ** one["fidelity"]), abs=1e-3)
    assert "entries_prevented" not in TRUTH["councils"]["816"]["2024"]


def test_years_for_which_nothing_is_expected_say_nothing():
    truth = PLAN.as_dict(["816"], [2024, 2025], expected={"816": {2024: 80.0}})
    assert "entries_prevented" in truth["councils"]["816"]["2024"]
    assert "entries_prevented" not in truth["councils"]["816"]["2025"]


def test_a_plan_travels_to_other_processes():
    there = pickle.loads(pickle.dumps(PLAN))
    assert there.conditions("314").steps == PLAN.conditions("314").steps


def test_the_average_of_steps_counts_days():
    assert average(((10, 0.5), (15, 0.25)), 5, 14, 1.0) == pytest.approx(0.75)
    assert average((), 5, 14, 1.0) == 1.0
    assert average(((1, 0.5),), 5, 14, 1.0) == 0.5
