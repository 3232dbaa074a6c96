"""The pages of effects: in children, with intervals and warnings first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from whatworks.rollout.natural_experiment.effect import SinceAdoption
from whatworks.rollout.natural_experiment.imputing import states
from whatworks.service.rollout import actions
from whatworks.service.rollout.views import effects

from .pages import BY, text_of
from .test_rollout_actions import EFFECT, FGC

pytestmark = pytest.mark.django_db


def effect_page(name: str = "rollout_effect") -> str:
    return reverse(name, kwargs={"slug": FGC})


def test_without_an_estimate_the_page_says_what_is_missing(reviewer: Client) -> None:
    told = text_of(reviewer.get(effect_page()))
    assert "No effect has been estimated yet" in told
    assert "An estimate needs at least two" in told


def test_an_effect_is_told_in_children_with_its_interval(reviewer: Client) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    told = text_of(reviewer.get(effect_page()))
    assert "Of every 10,000 children" in told
    assert "21" in told
    assert "Without it 31 would have been expected." in told
    assert "32% fewer, likely between 45% fewer and 15% fewer" in told
    assert "about 4 of 1,000 draws" in told
    assert "Only five councils." in told
    assert "2 submissions" in told
    assert "First full year 26% fewer 5" in told
    began = replace(EFFECT, starting=SinceAdoption(0, -0.1, 0.9, 5))
    actions.keep_effects(practice_id=FGC, effects=[began], by=BY)
    told = text_of(reviewer.get(effect_page()))
    assert "As it began, before the first full year 10% fewer 5" in told


def test_a_grave_warning_comes_before_the_number(reviewer: Client) -> None:
    from whatworks.rollout.natural_experiment.effect import Warned

    grave = replace(
        EFFECT, warnings=(Warned("threshold_only", "Help may have been refused.", grave=True),)
    )
    worse = replace(
        EFFECT,
        measure="re_referrals_within_12_months",
        share=True,
        multiplier=1.3,
        low=1.1,
        high=1.5,
        observed=260,
        predicted=200,
        warnings=(),
    )
    actions.keep_effects(practice_id=FGC, effects=[grave, worse], by=BY)
    told = text_of(reviewer.get(effect_page()))
    assert told.index("Help may have been refused.") < told.index("32% fewer")
    assert "30% more, likely between 10% more and 50% more. It got worse." in told


def test_the_download_holds_estimates_and_says_who_is_invented(reviewer: Client) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    answer = reviewer.get(effect_page("rollout_effect_csv"))
    assert "invented-children" in answer.headers["Content-Disposition"]
    rows = answer.content.decode().splitlines()
    assert rows[0].startswith("children,measure,what")
    assert rows[1] == (
        "invented,started_rate,ratio to what was expected without it,,,0.68,0.55,0.85,"
        "two-sided p 0.004"
    )


@pytest.mark.parametrize(
    ("lag", "told"),
    [
        (0, ["before", "before", "starting", "starting", "full"]),
        (1, ["before", "before", "before", "starting", "starting"]),
    ],
)
def test_each_year_is_called_what_it_is_in_the_analysis(
    reviewer: Client, region: Any, monkeypatch: pytest.MonkeyPatch, lag: int, told: list[str]
) -> None:
    """It began in July 2020: the year to March 2021 is starting, and so is the one after."""
    from whatworks.service.common import workspace
    from whatworks.service.rollout import figures

    monkeypatch.setattr(workspace, "council_codes", lambda *_: ("301", "302"))
    monkeypatch.setattr(figures, "rows_of", lambda *_: [{"year": y} for y in EFFECT.years])

    def told_of(_: Any, row: Any) -> figures.Figure:
        return figures.Figure(row["year"], text=f"in {row['year']}")

    monkeypatch.setattr(figures, "figure_of", told_of)
    found = replace(EFFECT, lag=lag, adopted={"301": date(2020, 7, 1)})
    (ours, theirs) = effects.council_years(found)
    assert [state for _, state in ours.cells] == told
    expected = states(np.array(date(2020, 7, 1).toordinal()), [y - lag for y in found.years])
    assert [effects.STATES[int(one)] for one in expected] == told
    assert {state for _, state in theirs.cells} == {""}
    actions.keep_effects(practice_id=FGC, effects=[found], by=BY)
    rows = reviewer.get(effect_page("rollout_effect_csv")).content.decode().splitlines()
    lines = [row for row in rows if "council-year,Our council" in row]
    assert [line.rpartition(",")[2].split()[0] for line in lines] == told
    words = text_of(reviewer.get(effect_page()))
    assert f"in {2021 + lag} starting" in words
    assert ("in 2023 full year with it" in words) is (told[-1] == "full")
    assert ("what became of children of the year before" in words) is bool(lag)
