"""The examples that definition pages show are counted by the code that counts returns."""

from __future__ import annotations

import pytest

from whatworks.measures import MeasureError, names
from whatworks.measures.counting import count
from whatworks.measures.examples import counted_from, examples
from whatworks.measures.examples.model import MeasureExample

ALL = [example for name in names() for example in examples(name)]


@pytest.mark.parametrize("example", ALL, ids=lambda e: e.measure)
def test_an_example_counts_as_it_says(example: MeasureExample) -> None:
    row = count(counted_from(example), example.measure, year=example.year).row(0, named=True)
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
