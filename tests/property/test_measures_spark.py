"""Every measure gives the same figures on Spark as on Polars, over one small fixture.

The fixture holds 29 February, 1 April, blanks, an unreadable date, tied days and a temporary stay.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from whatworks.journeys.deriving import care_from
from whatworks.journeys.examples import census, table
from whatworks.journeys.need import need_from
from whatworks.journeys.stacking import ReturnTables, on_spark
from whatworks.measures.counting import count
from whatworks.measures.examples.workforce import workforce_of
from whatworks.measures.workforce import on_spark as workforce_on_spark

pytestmark = [pytest.mark.prove, pytest.mark.filterwarnings("ignore")]

EPISODES = {
    2023: """
    child  from        rne  ls  place  to          rec  post
    Ada    2022-05-01  S    V2  U6     2022-07-01  X1   A1
    Ada    2022-07-01  P    V2  T1     2022-07-08  X1   H0
    Ada    2022-07-08  P    V2  U6     .           .    A1
    Bo     2022-06-01  S    C2  U6     .           .    .
    Cy     2022-06-01  S    V4  U6     .           .    .
    Di     2022-06-01  S    V2  U6     ?           .    .
    Ed     2022-04-02  S    V2  U6     2022-04-05  E4A  .
    Ed     2023-02-28  S    V2  U6     2023-03-01  X1   .
    Ed     2023-03-02  P    V2  K2     .           .    .
    Ed     2023-03-02  P    V2  K2     .           .    .
    """,
    2024: """
    child  from        rne  ls  place  to          rec  post
    Ada    2022-07-08  P    V2  U6     2024-02-29  E4A  A1
    Ada    2024-03-01  S    V2  K2     .           .    Z9
    Ed     2023-03-02  P    V2  K2     2024-03-01  E4B  .
    """,
}
CHILDREN = """
child  born        sex  ethnic
Ada    2016-02-29  1    WBRI
Bo     .           2    BAFR
Ed     2006-12-31  F    REFU
"""
UASC = """
child  until
Ada    .
Ed     2024-01-01
"""


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


def test_spark_counts_as_polars_does(session: Any) -> None:
    here = [
        ReturnTables(
            year,
            f"s{year}",
            {"Episodes": table(text), "Header": table(CHILDREN), "UASC": table(UASC)},
        )
        for year, text in EPISODES.items()
    ]
    ours = care_from("301", here)
    theirs = care_from("301", [on_spark(one, session) for one in here])
    assert count(theirs).equals(count(ours))
    assert theirs.repairs().equals(ours.repairs())
    by = ["age_group", "uasc"]
    assert count(theirs, by=by).equals(count(ours, by=by))


WORKERS = """
worker  agency  from        to          fte  fte30  role  cases  lost
Ann     0       2020-01-01  .           1    0.8    5     18     4.25
Ben     0       2022-02-28  2024-02-29  0.6  .      5     .      .
Cat     1       2024-06-01  .           0.5  .      5     7      .
Dev     0       .           2024-09-30  1    1      1     0      9
Eve     .       2021-05-01  .           1    .      5     12     1
Flo     0       2021-05-01  .           37   .      5     .      .
Gil     0       2021-13-01  .           1    .      .     .      .
Hal     0       2024-10-01  .           1    0.1    2     3      0
"""


def test_spark_adds_up_workers_as_polars_does(session: Any) -> None:
    ours = workforce_of(WORKERS, year=2024, vacancies=2.6)
    assert count(workforce_on_spark(ours, session)).equals(count(ours))
    assert count(ours)["value"].null_count() == 0


REFERRALS = {
    2024: """
    child  referred    closed
    Ada    2024-02-29  .
    Ada    2023-12-01  2024-01-10
    Bo     2023-05-01  .
    Bo     2023-05-01  2023-09-01
    Cy     .           .
    Di     2024-04-01  .
    .      2023-06-01  .
    """,
    2025: """
    child  referred    closed
    Ada    2025-03-01  .
    Ada    2024-02-29  2024-07-01
    Bo     2024-05-02  .
    Cy     2024-05-02  .
    Cy     2025-03-31  .
    """,
}
PLANS = {
    2024: """
    child  began       ended  plans_before
    Ada    2024-03-01  .      0
    Bo     2023-06-01  .      .
    """,
    2025: """
    child  began       ended       plans_before
    Ada    2024-03-01  2024-05-01  0
    Ada    2025-01-05  .           1
    Cy     2024-06-01  .           2
    Cy     2024-06-01  2024-07-01  .
    Di     2024-06-01  .           -1
    """,
}
IN_NEED = """
child  born        expected    sex  ethnic
Ada    2016-02-29  .           1    WBRI
Bo     .           2023-09-01  0    .
Cy     2009-12-31  .           F    REFU
"""


def test_spark_counts_need_as_polars_does(session: Any) -> None:
    here = [census(year, REFERRALS[year], PLANS[year], children=IN_NEED) for year in REFERRALS]
    ours = need_from("301", here)
    theirs = need_from("301", [on_spark(one, session) for one in here])
    assert count(theirs).equals(count(ours))
    assert theirs.repairs().equals(ours.repairs())
    by = ["age_group", "sex", "ethnicity"]
    few = ["re_referrals_within_12_months", "repeat_protection_plans"]
    assert count(theirs, few, by=by).equals(count(ours, few, by=by))
    assert count(ours, few, year=2025)["numerator"].to_list() == [2, 2]
