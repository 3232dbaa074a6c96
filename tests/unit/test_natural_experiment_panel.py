"""Panels of councils and years from a store's figures."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from whatworks import measures
from whatworks.measures.population import population
from whatworks.rollout import natural_experiment
from whatworks.rollout.natural_experiment import NotReleased

BACK = "reentered_within_12_months"
STARTED = "started_to_be_looked_after"
WHY = "This figure needs the SSDA903 return for 2022 too, which has not been loaded."


class Store:
    """Two councils; the second lacks the return of 2022."""

    def __init__(self, *, synthetic=True):
        self.synthetic = synthetic

    def councils(self):
        return ["302", "301"]

    def submissions(self, council, collection):
        years = (2022, 2023, 2024) if council == "301" else (2023, 2024)
        return [SimpleNamespace(id=f"{council}-{collection}-{y}", year=y) for y in years]


def figures(council):
    rows = []
    for year in (2022, 2023, 2024):
        there = council == "301" or year > 2022
        if there:
            rows.append((STARTED, council, year, 100.0 + year - 2022, None, None))
        follows = there and year - 1 >= (2022 if council == "301" else 2023)
        held = (5.0, 40.0, None) if follows else (None, None, WHY)
        rows.append((BACK, council, year, *held))
    columns = ("measure", "council", "year", "numerator", "denominator", "reason")
    return pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)


@pytest.fixture(autouse=True)
def _cached(monkeypatch):
    monkeypatch.setattr(
        measures, "cached_each", lambda _, codes: pl.concat([figures(code) for code in codes])
    )


def test_a_count_is_of_the_children_who_live_there():
    found = natural_experiment.panel(Store(), STARTED)
    assert (found.councils, found.years) == (("301", "302"), (2022, 2023, 2024))
    assert not found.share
    assert found.lag == 0
    assert found.counts[0].tolist() == [100, 101, 102]
    assert found.exposure[1, 2] == population("302", 2024)
    assert np.isnan(found.counts[1, 0])
    assert found.missing == {("302", 2022): "No SSDA903 return for 2022 has been loaded."}
    assert found.submissions["301", 2022] == ("301-ssda903-2022",)
    assert ("302", 2022) not in found.submissions


def test_a_percentage_is_of_its_denominator_and_follows_both_years_returns():
    found = natural_experiment.panel(Store(), BACK)
    assert found.share
    assert found.lag == 1
    assert found.years == (2023, 2024)
    assert found.exposure[0].tolist() == [40, 40]
    assert found.missing == {("302", 2023): WHY}
    assert found.submissions["301", 2023] == ("301-ssda903-2022", "301-ssda903-2023")


def test_councils_and_years_may_be_chosen():
    found = natural_experiment.panel(Store(), STARTED, councils=["302"], years=[2024, 2021])
    assert (found.councils, found.years) == (("302",), (2021, 2024))
    assert list(found.missing) == [("302", 2021)]


def test_real_children_of_several_councils_are_not_set_side_by_side():
    with pytest.raises(NotReleased, match="disclosure control"):
        natural_experiment.panel(Store(synthetic=False), STARTED)
    one = natural_experiment.panel(Store(synthetic=False), STARTED, councils=["301"])
    assert one.councils == ("301",)


def test_what_does_not_count_children_is_refused():
    ratio = next(name for name in measures.names() if measures.get(name).kind == "ratio")
    with pytest.raises(measures.MeasureError, match="adds up amounts"):
        natural_experiment.panel(Store(), ratio)
    with pytest.raises(measures.MeasureError, match="no measure called"):
        natural_experiment.panel(Store(), "no_such_measure")
