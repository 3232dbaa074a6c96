"""Councils counted together have the figures that each has alone, however muddled their returns."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from whatworks.journeys.deriving import care_from
from whatworks.journeys.stacking import ReturnTables
from whatworks.journeys.together import care_together_from
from whatworks.measures.counting import count, count_together

from . import test_measures_properties as care
from . import test_outcomes_properties as outcomes

FEW = max(2, settings.default.max_examples // 20)
CODES = ("301", "302", "303", "304")


def alone(sent: dict[str, list[ReturnTables]], **asked: Any) -> pl.DataFrame:
    return pl.concat([count(care_from(code, each), **asked) for code, each in sent.items()])


def together(sent: dict[str, list[ReturnTables]], *, rows: int, **asked: Any) -> pl.DataFrame:
    some = list(care_together_from(sent.items(), rows=rows))
    assert sorted(code for one in some for code in one.councils) == sorted(sent)
    return pl.concat([count_together(one, **asked) for one in some])


def agree(sent: dict[str, list[ReturnTables]], rows: int = 1_000, **asked: Any) -> None:
    assert_frame_equal(
        alone(sent, **asked), together(sent, rows=rows, **asked), check_row_order=False
    )


@given(st.lists(care.muddled(), min_size=2, max_size=3), st.sampled_from([1, 5, 1_000]))
@settings(max_examples=FEW)
def test_muddled_councils_count_together_as_alone(returns: list[Any], rows: int) -> None:
    agree({code: care.typed(one) for code, one in zip(CODES, returns, strict=False)}, rows)


@pytest.mark.parametrize("by", [[], ["age_group", "sex"]])
def test_crowds_with_every_table_count_together_as_alone(by: list[str]) -> None:
    whole = outcomes.typed(outcomes.muddled(3, 100, [2024, 2025, 2026, 2027])[1])
    fewer = [
        ReturnTables(r.year, r.submission, {n: t.head(t.height // 2) for n, t in r.tables.items()})
        for r in whole
    ]
    agree({"301": whole, "302": fewer}, by=by)


def test_councils_that_tell_different_things_are_kept_apart() -> None:
    whole = outcomes.typed(outcomes.muddled(1, 20, [2025, 2026])[1])
    fewer_years = whole[:1]
    without = [
        ReturnTables(r.year, r.submission, {n: t for n, t in r.tables.items() if n != "Reviews"})
        for r in whole
    ]
    some = care_together_from(
        {"301": whole, "302": fewer_years, "303": without, "304": whole}.items()
    )
    assert sorted(one.councils for one in some) == [("301", "304"), ("302",), ("303",)]


def test_no_more_councils_join_than_fit() -> None:
    whole = outcomes.typed(outcomes.muddled(1, 20, [2025, 2026])[1])
    height = sum(one.tables["Episodes"].height for one in whole)
    some = care_together_from(dict.fromkeys(CODES, whole).items(), rows=2 * height)
    assert [one.councils for one in some] == [("301", "302"), ("303", "304")]


def test_what_was_repaired_keeps_the_submission_it_came_from() -> None:
    whole = outcomes.typed(outcomes.muddled(1, 40, [2025, 2026])[1])
    sent = {
        code: [ReturnTables(r.year, f"{code}-{r.year}", r.tables) for r in whole]
        for code in CODES[:2]
    }
    (one,) = care_together_from(sent.items())
    repaired = pl.DataFrame(one.journeys.repaired)
    assert repaired.height
    assert (repaired["CHILD"].str.slice(0, 3) == repaired["SUBMISSION"].str.slice(0, 3)).all()
