"""The packaged practices, and reading one from plain values."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from whatworks import measures, rollout
from whatworks.rollout.packaged import as_mapping

TO_COME = {"started_rate", "re_referrals_within_12_months", "repeat_protection_plans"}
KINDS = {
    "intensive-family-support",
    "family-group-conferencing",
    "family-drug-court",
    "whole-family-safeguarding",
    "social-workers-in-schools",
    "practice-framework",
    "parenting-programme",
    "lifelong-networks",
    "repeat-removal-support",
}


def test_every_packaged_practice_is_real_and_says_where_it_is_described() -> None:
    found = rollout.catalogue()
    assert len(found) >= 8
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert not one.invented
        assert one.source, one.id
        assert one.kind in KINDS
        assert len(one.core) >= 2
        assert one.cost.note


def test_costs_are_given_only_where_they_are_known() -> None:
    assert all(one.cost.pounds is None for one in rollout.catalogue())


def test_practices_name_measures_that_there_are() -> None:
    known = set(measures.names()) | TO_COME
    for one in rollout.catalogue():
        assert {*one.outcomes, *one.safety} <= known, one.id


def test_a_practice_goes_to_plain_values_and_back() -> None:
    for one in rollout.catalogue(invented=True):
        assert rollout.practice_from(json.loads(json.dumps(as_mapping(one)))) == one


def test_invented_practices_are_read_as_such() -> None:
    raw = files("whatworks.synthetic.planted").joinpath("data", "practices.json").read_text()
    for told in json.loads(raw)["practices"]:
        one = rollout.practice_from(told, "some-kind", ("started_rate",), ("repeat_plans",))
        assert one.invented
        assert one.kind == "some-kind"
        assert one.source == "Invented, with its name, its cost and its effect."
        assert (one.outcomes, one.safety) == (("started_rate",), ("repeat_plans",))


def test_a_need_that_there_is_not_is_named() -> None:
    told = as_mapping(rollout.catalogue()[0])
    with pytest.raises(ValueError, match="names the need 'boredom'"):
        rollout.practice_from({**told, "need": "boredom"})
    with pytest.raises(ValueError, match="lacks what"):
        rollout.practice_from({key: value for key, value in told.items() if key != "what"})
