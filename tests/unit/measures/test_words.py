"""What is said of measures and figures: in words, and as documentation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whatworks import measures
from whatworks.measures import counting
from whatworks.measures.definition import everything, register
from whatworks.measures.documenting import journeys_documentation

from .loaded import CARE


def _row(name: str, **figures: object) -> dict[str, object]:
    return {"measure": name, "year": 2025, **figures}


def test_a_share_is_said_as_so_many_of_every_100() -> None:
    said = measures.in_words(
        _row("returned_home", numerator=19, denominator=53, value=35.85, low=24.3, high=49.3)
    )
    assert said == (
        "36 of every 100 children who ceased to be looked after returned home to parents or "
        "others with parental responsibility, year to 31 March 2025 (19 of 53). Such "
        "figures vary by chance; the 95% interval is 24 to 49 of every 100."
    )


def test_a_share_of_very_few_is_said_as_a_count() -> None:
    said = measures.in_words(
        _row("returned_home", numerator=1, denominator=3, value=33.3, low=6.1, high=79.2)
    )
    assert said.startswith("1 of 3 children who ceased to be looked after returned home")
    assert "no rate is worth giving" in said


def test_small_shares_are_never_rounded_to_none_nor_large_ones_to_all() -> None:
    few = measures.in_words(
        _row("returned_home", numerator=1, denominator=400, value=0.25, low=0.04, high=1.4)
    )
    most = measures.in_words(
        _row("returned_home", numerator=399, denominator=400, value=99.75, low=98.6, high=99.96)
    )
    assert few.startswith("fewer than 1 of every 100")
    assert most.startswith("more than 99 of every 100")


def test_counts_rates_and_absences_are_said_too() -> None:
    count = _row("looked_after_at_31_march", numerator=1230, value=1230.0, low=1162.2, high=1300.7)
    one = _row("looked_after_at_31_march", numerator=1, value=1.0, low=0.03, high=5.6)
    rate = _row(
        "looked_after_rate", numerator=412, denominator=61234, value=67.28, low=60.9, high=74.1
    )
    absent = _row("returned_home", value=None, reason="No SSDA903 return for 2025 has been loaded.")
    assert measures.in_words(count).startswith("1,230 children were looked after on 31 March, year")
    assert measures.in_words(one) == "1 child was looked after on 31 March, year to 31 March 2025."
    held = _row("conferences_over_20_working_days", numerator=1, value=1.0, low=0.03, high=5.6)
    assert measures.in_words(held).startswith("1 first child protection conference was held after")
    left = _row("care_leavers_19_21", numerator=1, value=1.0, low=0.03, high=5.6)
    assert measures.in_words(left).startswith("1 young person aged 19 to 21 who has left care was ")
    assert measures.in_words(rate).startswith("67 of every 10,000 children in the area were looked")
    assert measures.in_words(absent) == "No SSDA903 return for 2025 has been loaded."


def test_documentation_is_complete_and_ready_for_json() -> None:
    documents = measures.documentation()
    assert [d["name"] for d in documents] == measures.list() == list(everything())
    assert json.loads(json.dumps(documents)) == documents
    for doc in documents:
        assert doc["text"].endswith(".")
        assert doc["caveats"]
        assert doc["sources"]
        assert set(doc["pairs_with"]) <= set(everything())
    assert json.dumps(journeys_documentation())


def test_care_rates_have_no_good_direction() -> None:
    without = {name for name in CARE if everything()[name].direction is None}
    assert set(CARE) - without >= {"three_or_more_placements"}
    moves = {"three_or_more_placements", "placements_in_the_year", "moved_within_3_months"}
    judged = {*moves, "long_term_stability", "far_from_home"}
    coming_and_going = {
        name
        for name in CARE
        if everything()[name].topic in {"coming_into_care", "going_home", "permanence"}
    }
    # Waiting for adopters, and a permanent home that did not last, are judged; ways out are not.
    waits = {"days_from_care_to_adopters", "days_from_order_to_match"}
    waits |= {"months_from_decision_to_match", "plans_for_adoption_given_up"}
    broken = {f"started_after_{what}" for what in ("a_permanent_home", "adoption")}
    broken |= {"started_after_special_guardianship"}
    assert coming_and_going <= without | waits | broken
    assert judged <= set(CARE) - without


def test_returns_home_are_paired_with_coming_back() -> None:
    assert "reentered_within_12_months" in everything()["returned_home"].pairs_with
    assert "returned_home" in everything()["reentered_within_12_months"].pairs_with


def test_two_measures_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two measures called looked_after_rate"):
        register(everything()["looked_after_rate"])


def test_intervals_are_made_in_one_place_only() -> None:
    package = Path(counting.__file__).parent
    users = {p.name for p in package.rglob("*.py") if "poisson_rate" in p.read_text()}
    # Ranges of rank need intervals of another level than the figures themselves.
    assert users == {"counting.py", "ranges.py"}
