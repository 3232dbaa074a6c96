"""Intervals: the edges, the absences, the refusals."""

from __future__ import annotations

import math

import polars as pl
import pytest

from whatworks.inference import intervals
from whatworks.inference.intervals import poisson_rate, proportion


def test_nobody_of_nobody_is_a_named_absence() -> None:
    frame = proportion([0, 3], [0, 10]).frame()
    assert frame["estimate"].to_list() == [None, 0.3]
    assert frame["reason"].to_list() == [intervals.NOTHING_TO_DIVIDE_BY, None]
    assert frame["low"][0] is None
    assert frame["high"][0] is None


def test_an_unknown_figure_is_a_named_absence() -> None:
    result = proportion([None, 1, 2], [5, None, 4])
    assert list(result.reason) == [intervals.NOT_KNOWN, intervals.NOT_KNOWN, None]
    assert poisson_rate([3], [None]).frame()["reason"].to_list() == [intervals.NOT_KNOWN]


def test_none_and_all_keep_their_honest_end() -> None:
    none, every = proportion(0, 20), proportion(20, 20)
    assert float(none.low) == 0.0
    assert 0.1 < float(none.high) < 0.2
    assert float(every.high) == 1.0
    assert 0.8 < float(every.low) < 0.9


def test_a_count_of_nought_still_has_an_upper_limit() -> None:
    none = poisson_rate(0)
    assert float(none.estimate) == 0.0
    assert float(none.low) == 0.0
    assert math.isclose(float(none.high), -math.log(0.025), rel_tol=1e-12)


def test_an_exposure_of_nought_is_a_named_absence() -> None:
    assert poisson_rate([4], [0]).frame().row(0) == (
        None,
        None,
        None,
        intervals.NOTHING_TO_DIVIDE_BY,
    )


def test_single_numbers_and_columns_both_work() -> None:
    assert proportion(1, 4).estimate.shape == ()
    assert proportion([1, 2], 4).frame().shape == (2, 4)
    assert proportion(pl.Series([1, 2]), pl.Series([4, 4])).estimate.tolist() == [0.25, 0.5]


def test_an_empty_column_gives_an_empty_frame() -> None:
    frame = poisson_rate([], []).frame()
    assert frame.shape == (0, 4)
    assert frame.schema["reason"] == pl.String


@pytest.mark.parametrize(("k", "n"), [(5, 4), (-1, 4), (1, -4)])
def test_counts_that_cannot_be_are_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match=r"cannot be negative|not greater"):
        proportion(k, n)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_0_to_1_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        poisson_rate(3, 1, level)
