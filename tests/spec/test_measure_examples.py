"""The examples that definition pages show are counted by the code that counts returns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from whatworks.measures import MeasureError, get, names
from whatworks.measures.counting import count
from whatworks.measures.examples import counted_from, examples
from whatworks.measures.examples.model import MeasureExample

ALL = [example for name in names() for example in examples(name)]
MADE: dict[str, Any] = {}


def made_from(example: MeasureExample) -> Any:
    """What it is counted from, made once for the examples that tell of the same children."""
    blank: dict[str, Any] = {"title": "", "why": (), "numerator": 0, "denominator": 0}
    told = replace(example, measure=get(example.measure).collection, left_out=0, **blank)
    if repr(told) not in MADE:
        MADE[repr(told)] = counted_from(example)
    return MADE[repr(told)]


@pytest.mark.parametrize("example", ALL, ids=lambda e: e.measure)
def test_an_example_counts_as_it_says(example: MeasureExample) -> None:
    row = count(made_from(example), example.measure, year=example.year).row(0, named=True)
    rate = row["unit"].startswith("per ")
    said = (example.numerator, None if rate else example.denominator, example.left_out)
    assert (row["numerator"], None if rate else row["denominator"], row["left_out"]) == said


@pytest.mark.parametrize("name", names())
def test_every_measure_has_an_example_with_its_reasons(name: str) -> None:
    assert examples(name)
    assert all(example.why for example in examples(name))


def test_an_unknown_measure_has_none() -> None:
    with pytest.raises(MeasureError, match="no measure called"):
        examples("number_of_moons")
