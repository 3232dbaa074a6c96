"""What every definition must say: its doubts, and what it is read together with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from whatworks.measures import in_words
from whatworks.measures.definition import Confidence, everything, register
from whatworks.measures.definitions.of_care import SAFETY


@pytest.mark.parametrize("confidence", ["partly confirmed", "unconfirmed"])
def test_a_doubt_that_is_not_said_is_refused(confidence: Confidence) -> None:
    doubted = replace(
        everything()["looked_after_rate"], name="doubted", confidence=confidence, unconfirmed=()
    )
    with pytest.raises(
        ValueError, match=f"doubted is {confidence}, and does not say what of it is"
    ):
        register(doubted)
    assert "doubted" not in everything()


def test_what_is_not_confirmed_is_said_of_every_measure_in_doubt() -> None:
    silent = [
        m.name for m in everything().values() if m.confidence != "confirmed" and not m.unconfirmed
    ]
    assert silent == []


def test_the_days_and_the_share_on_time_share_their_doubts() -> None:
    known = everything()
    for days, within in (
        ("conference_working_days", "conferences_within_15_working_days"),
        ("assessment_working_days", "assessments_within_45_working_days"),
    ):
        assert known[days].unconfirmed == known[within].unconfirmed


def test_the_number_in_care_is_read_with_safety() -> None:
    for name in ("looked_after_at_31_march", "looked_after_rate"):
        assert set(SAFETY) <= set(everything()[name].pairs_with)


def test_monthly_figures_are_read_with_what_guards_them() -> None:
    """A wait or a visit can be mended on paper: each stands with what would show it."""
    alone = {
        m.name
        for m in everything().values()
        if m.collection in {"annex_a", "ssd"} and m.direction is not None and not m.pairs_with
    }
    assert alone == set()


def test_measures_are_paired_with_measures_that_there_are() -> None:
    for measure in everything().values():
        assert set(measure.pairs_with) <= set(everything()) - {measure.name}, measure.name


def _of_one(name: str) -> dict[str, Any]:
    return {
        "measure": name,
        "year": 2025,
        "numerator": 12.0,
        "denominator": 1.0,
        "value": 12.0,
        "low": None,
        "high": None,
        "reason": None,
    }


def test_workers_are_spoken_of_only_where_workers_are_counted() -> None:
    for measure in everything().values():
        if measure.spread != "members":
            continue
        of_workers = measure.collection == "csww"
        said = in_words(_of_one(measure.name)).rpartition(" With ")[2]
        alone = "a single worker" if of_workers else "only one counted"
        assert said == f"{alone} no interval can be given.", measure.name
        assert ("worker" in measure.interval) == of_workers, measure.name
