"""Linked measures and courses give the same on Spark as on Polars, over the worked examples."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from whatworks.journeys.deriving import care_from
from whatworks.journeys.linked import LinkedJourneys, linked_from
from whatworks.journeys.linking import pupil_numbers
from whatworks.journeys.need import need_from
from whatworks.journeys.stacking import on_spark
from whatworks.measures.counting import count
from whatworks.measures.courses_counted import course
from whatworks.measures.courses_defined import COURSES
from whatworks.measures.examples import linked_returns as examples
from whatworks.measures.examples.from_returns import returns_of

pytestmark = [pytest.mark.prove, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="the spark extra is not installed")
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    made = (
        SparkSession.builder.master("local[1]")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield made
    made.stop()


def journeys_of(written: examples.Written, session: Any | None) -> LinkedJourneys:
    both = {name: returns_of(name, years) for name, years in written.items()}
    if session is not None:
        both = {name: [on_spark(r, session) for r in rs] for name, rs in both.items()}
    return linked_from(
        care_from("301", both["ssda903"]),
        need_from("301", both["cin"]),
        care_numbers=pupil_numbers(both["ssda903"], "ssda903"),
        need_numbers=pupil_numbers(both["cin"], "cin"),
    )


@pytest.mark.parametrize("name", ["HOME", "CAME", "ASKED"])
def test_spark_links_and_counts_as_polars_does(session: Any, name: str) -> None:
    written = getattr(examples, name)
    ours, theirs = journeys_of(written, None), journeys_of(written, session)
    assert theirs.linking().equals(ours.linking())
    assert count(theirs).equals(count(ours))
    by = ["age_group", "sex"]
    assert count(theirs, by=by).equals(count(ours, by=by))


def test_spark_follows_courses_as_polars_does(session: Any) -> None:
    ours, theirs = (journeys_of(examples.HOME, one) for one in (None, session))
    for name in COURSES:
        assert course(theirs, name).equals(course(ours, name))
