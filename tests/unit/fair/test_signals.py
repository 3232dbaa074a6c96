"""What in a council’s figures asks to be looked at."""

from __future__ import annotations

import polars as pl
import pytest

from whatworks import measures
from whatworks.measures.fair import signalling

from .figures import AGAIN, SHARE, STARTED, row_of, years_of


def _two_years(name, now, before, **more):
    return [row_of("316", *before, name, 2024), {**row_of("316", *now, name, 2025), **more}]


def _signals(*rows):
    return measures.signals(pl.DataFrame(list(rows), infer_schema_length=None), 2025)


def test_signals_look_for_measures_that_there_are() -> None:
    """A name that is no measure's is passed over in silence, and its signal never comes."""
    looked_for = {*signalling.REFERRALS, signalling.AGAIN, *signalling.SECTION_47}
    looked_for |= {name for _, names in signalling.FOLLOWING for name in names}
    assert looked_for | set(signalling.OF_CODES) <= set(measures.names())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("section_47_rate", "section 47 enquiries"),
        ("initial_conference_rate", "conferences"),
        ("protection_plans_started_rate", "child protection plans begun"),
    ],
)
def test_what_follows_referrals_is_seen_not_to(name: str, words: str) -> None:
    rows = [
        *_two_years("referrals_rate", (3000, 50_000), (2000, 50_000)),
        *_two_years(name, (201, 50_000), (200, 50_000)),
    ]
    (found,) = _signals(*rows)
    assert (found.rule, found.measure) == ("referrals_out_of_step", "referrals_rate")
    assert f"{words} stayed the same (200 to 201)" in found.text


def test_referrals_that_nothing_follows_are_a_grave_signal() -> None:
    rows = [
        *_two_years(AGAIN, (600, 3000), (400, 2000)),
        *_two_years(STARTED, (201, 50_000), (200, 50_000)),
    ]
    (found,) = _signals(*rows)
    assert (found.rule, found.kind, found.grave) == ("referrals_out_of_step", "recording", True)
    assert "Referrals rose by 50% (2,000 to 3,000)" in found.text
    assert "children who started to be looked after stayed the same (200 to 201)" in found.text


def test_referrals_that_everything_follows_are_no_signal() -> None:
    rows = [
        *_two_years(AGAIN, (600, 3000), (400, 2000)),
        *_two_years(STARTED, (300, 50_000), (200, 50_000)),
    ]
    assert _signals(*rows) == ()


def test_fewer_referrals_that_nothing_follows_may_be_a_higher_threshold() -> None:
    rows = [
        *_two_years(AGAIN, (300, 1500), (400, 2000)),
        *_two_years(STARTED, (205, 50_000), (200, 50_000)),
    ]
    (found,) = _signals(*rows)
    assert (found.rule, found.kind) == ("referrals_out_of_step", "threshold")


def test_fewer_again_of_more_referrals_is_a_grave_signal() -> None:
    (found,) = _signals(*_two_years(AGAIN, (450, 3000), (440, 2000)))
    assert (found.rule, found.measure, found.grave) == ("fewer_again_of_more", AGAIN, True)
    assert "(15, before 22)" in found.text


def test_fewer_again_of_as_many_is_none() -> None:
    assert _signals(*_two_years(AGAIN, (300, 2000), (440, 2000))) == ()


@pytest.mark.parametrize(("points", "grave"), [(60, False), (150, True)])
def test_more_left_out_is_a_signal_that_grows_graver(points: int, grave: bool) -> None:
    rows = _two_years(SHARE, (50, 1000 - points), (50, 1000), left_out=points)
    (found,) = _signals(*rows)
    assert (found.rule, found.grave) == ("left_out_rises", grave)


def test_a_share_that_hangs_on_a_code_and_steps_is_a_question_of_recording() -> None:
    steady = years_of([0.10, 0.11, 0.10, 0.11, 0.10, 0.25])
    found = measures.signals(steady, 2025)
    assert [(s.rule, s.kind) for s in found] == [("code_share_steps", "recording")]
    other = steady.with_columns(measure=pl.lit("repeat_protection_plans"))
    assert [(s.rule, s.kind) for s in measures.signals(other, 2025)] == [("steps", "jump")]
    assert measures.signals(steady, 2024) == ()
    assert measures.signals(steady, 2031) == ()


def test_more_children_of_whom_a_group_is_not_known_are_a_signal() -> None:
    rows = [
        {**row_of("316", k, n, SHARE, year), "ethnicity": group}
        for year, group, k, n in (
            (2024, "White", 40, 400),
            (2024, "Not known", 1, 10),
            (2025, "White", 30, 350),
            (2025, "Not known", 8, 70),
        )
    ]
    (found,) = _signals(*rows)
    assert (found.rule, found.grave) == ("not_known_rises", True)
    assert "Ethnic group is not known of 70 of 420" in found.text


def test_years_without_figures_have_no_signals() -> None:
    rows = _two_years(SHARE, (50, 900), (50, 1000), value=None, left_out=100)
    assert _signals(*rows) == ()
    with pytest.raises(ValueError, match="one council"):
        _signals(row_of("316", 1, 2), row_of("302", 1, 2))
