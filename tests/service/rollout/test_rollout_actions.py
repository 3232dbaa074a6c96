"""Practices, what is done now and kept effects: what is written down, and by whom."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import inf, isnan, nan
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from whatworks import ledger, rollout
from whatworks.rollout.natural_experiment.effect import Effect, SinceAdoption, Warned
from whatworks.service.common import events
from whatworks.service.common.models import Person
from whatworks.service.rollout import actions, keeping, queries
from whatworks.service.rollout.entries import Entry
from whatworks.service.rollout.models import KeptEffect, Practice

pytestmark = pytest.mark.django_db
BY = "system:test"
FGC = "family-group-conferencing"
BACK = "reentered_within_12_months"

EFFECT = Effect(
    practice=FGC,
    measure="started_rate",
    share=False,
    multiplier=0.68,
    low=0.55,
    high=0.85,
    difference=-0.386,
    difference_low=-0.6,
    difference_high=-0.16,
    p=0.004,
    least_p=0.001,
    level=0.95,
    observed=2.1,
    predicted=3.1,
    n_adopters=5,
    n_councils=12,
    full_council_years=14,
    unpredicted=0,
    arrangements=9999,
    every_arrangement=False,
    since=(SinceAdoption(1, -0.3, 0.74, 5), SinceAdoption(2, -0.4, 0.67, 4)),
    adopted={"301": date(2021, 7, 1), "302": date(2022, 1, 1)},
    left_out=("303",),
    submissions=("a" * 12, "b" * 12),
    years=(2019, 2020, 2021, 2022, 2023),
    warnings=(Warned("few_councils", "Only five councils."),),
)


def recorded() -> list[Any]:
    return list(ledger.events(connection.connection))


def entry(need: str = "pre-proceedings", **told: Any) -> Entry:
    return Entry(**{"need": need, "what": "practice", "practice": FGC, **told})


def test_the_packages_practices_are_there_after_migrating() -> None:
    assert {one.id for one in rollout.catalogue()} == set(
        Practice.objects.values_list("slug", flat=True)
    )
    assert queries.practice(FGC) == next(one for one in rollout.catalogue() if one.id == FGC)


def test_seeding_again_changes_and_records_nothing() -> None:
    before = len(recorded())
    assert actions.seed_practices(by=BY) == 0
    assert len(recorded()) == before


def test_seeding_describes_anew_what_was_described_otherwise() -> None:
    Practice.objects.filter(slug=FGC).update(definition={})
    assert actions.seed_practices(by=BY) == 1
    assert recorded()[-1].data == {FGC: "described_anew"}


def test_an_invented_practice_is_added_once() -> None:
    invented = replace(queries.practice(FGC), id="larch", name="Larch (invented)", invented=True)
    before = len(recorded())
    for _ in range(2):
        assert actions.add_practice(practice=invented, by=BY).invented
    assert [event.kind for event in recorded()[before:]] == ["practice_added"]
    assert queries.practice("larch").invented


def test_what_is_done_now_is_kept_with_who_and_when(region: Any, analyst: Person) -> None:
    first = (entry(since=date(2021, 4, 1), reach_low=50, reach_high=100, cost=90_000),)
    second = (*first, Entry("return home", "nothing"), Entry("kinship", "dont_know"))
    for entries in (first, second):
        actions.record_done_now(
            organisation=region.ours, entries=entries, by=events.person(analyst)
        )
    now = queries.current("301")
    assert now is not None
    assert now.entries == second
    assert now.recorded_by == analyst.name
    assert [len(one.entries) for one in queries.history("301")] == [3, 1]
    assert queries.current("302") is None
    assert queries.everyone_now() == {"301": now, "302": None}
    event = recorded()[-1]
    assert (event.kind, event.subject) == ("done_now_recorded", "council:301")
    assert event.data["nothing"] == ["return home"]


def test_adoptions_are_of_those_who_use_it_and_say_since_when(region: Any) -> None:
    def say(place: Any, *entries: Entry) -> None:
        actions.record_done_now(organisation=place, entries=entries, by=BY)

    say(region.ours, entry(since=date(2021, 4, 1)))
    say(region.theirs, entry(since=date(2020, 4, 1), stopped=date(2022, 9, 1)))
    assert queries.adoptions(FGC) == {"301": date(2021, 4, 1)}
    assert queries.left_out(FGC) == ("302",)
    assert [one.council for one in queries.uses(FGC)] == ["302", "301"]
    say(region.ours, entry())
    assert queries.adoptions(FGC) == {}


def test_a_practice_used_for_two_needs_is_used_since_the_earlier(region: Any) -> None:
    entries = (entry(since=date(2022, 1, 1)), entry("return home", since=date(2020, 1, 1)))
    actions.record_done_now(organisation=region.ours, entries=entries, by=BY)
    assert queries.adoptions(FGC) == {"301": date(2020, 1, 1)}


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "at least one need"),
        ([Entry("boredom", "nothing")], "no need called boredom"),
        ([Entry("kinship", "much")], "choose what is done"),
        ([Entry("kinship", "practice")], "choose a practice"),
        ([Entry("kinship", "nothing", practice=FGC)], "choose a practice"),
        ([entry(practice="homespun")], "no practice called homespun"),
        ([Entry("kinship", "other")], "say what it is"),
        ([entry(closeness="somewhat")], "choose how closely"),
        ([entry(since=date(2999, 1, 1))], "began must not be in the future"),
        ([entry(stopped=date(2999, 1, 1))], "stopped must not be in the future"),
        ([entry(since=date(2022, 1, 1), stopped=date(2021, 1, 1))], "stopped before it began"),
        ([entry(reach_low=9, reach_high=3)], "begins with the smaller"),
        ([entry(reach_low=9)], "begins with the smaller"),
        ([entry(), entry()], "given once"),
        ([entry(), Entry("pre-proceedings", "nothing")], "stand alone"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    region: Any, entries: Sequence[Entry], said: str
) -> None:
    before = len(recorded())
    with pytest.raises(ValidationError) as refused:
        actions.record_done_now(organisation=region.ours, entries=entries, by=BY)
    assert any(said in text for text in refused.value.messages)
    assert queries.current("301") is None
    assert len(recorded()) == before


def test_an_effect_is_kept_and_read_back_as_it_was() -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    assert queries.effects(FGC) == (EFFECT,)
    assert recorded()[-1].kind == "effects_kept"


def test_the_same_effect_again_changes_nothing_and_a_newer_one_takes_its_place() -> None:
    newer = replace(EFFECT, multiplier=0.7)
    home = replace(EFFECT, measure="reentered_within_12_months", share=True)
    actions.keep_effects(practice_id=FGC, effects=[home, EFFECT], by=BY)
    before = len(recorded())
    actions.keep_effects(practice_id=FGC, effects=[EFFECT, home], by=BY)
    assert len(recorded()) == before
    actions.keep_effects(practice_id=FGC, effects=[newer], by=BY)
    assert queries.effects(FGC) == (newer, home)
    assert KeptEffect.objects.count() == 3
    assert queries.kept_at(FGC) is not None


@pytest.mark.parametrize(("measure", "lag"), [("started_rate", 0), (BACK, 1), ("no_such", 0)])
def test_an_effect_kept_before_lags_were_has_that_of_its_measure(measure: str, lag: int) -> None:
    told = keeping.as_values(replace(EFFECT, measure=measure, lag=7))
    assert keeping.from_values(told).lag == 7
    del told["lag"]
    assert keeping.from_values(told).lag == lag


def test_numbers_without_end_survive_being_kept() -> None:
    endless = replace(EFFECT, low=0.0, high=inf, difference_low=-inf, difference_high=nan)
    told = keeping.as_values(endless)
    back = keeping.from_values(json.loads(json.dumps(told, allow_nan=False)))
    assert (back.high, back.difference_low) == (inf, -inf)
    assert isnan(back.difference_high)
    assert keeping.digest_of(told) == keeping.digest_of(keeping.as_values(back))


def test_an_effect_of_an_unknown_practice_is_refused() -> None:
    with pytest.raises(Practice.DoesNotExist):
        actions.keep_effects(practice_id="homespun", effects=[EFFECT], by=BY)
    assert queries.effects("homespun") == ()


def test_two_who_record_at_once_do_not_overwrite_each_other(region: Any) -> None:
    first = actions.record_done_now(
        organisation=region.ours, entries=[entry()], by=BY, instead_of=""
    )
    with pytest.raises(actions.RecordedMeanwhile):
        actions.record_done_now(organisation=region.ours, entries=[entry()], by=BY, instead_of="")
    actions.record_done_now(
        organisation=region.ours, entries=[entry()], by=BY, instead_of=first.public_id
    )
    assert len(queries.history("301")) == 2
