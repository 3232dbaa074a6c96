"""Courses: what their curves say, how they are worded, and what is refused."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from whatworks import measures
from whatworks.journeys.examples import journeys
from whatworks.measures import MeasureError
from whatworks.measures.courses_counted import ALL_YEARS, months_between, watched_until
from whatworks.measures.courses_defined import COURSES
from whatworks.measures.definition import TOPICS, everything
from whatworks.measures.examples import linked_returns as examples
from whatworks.measures.examples.from_returns import countable
from whatworks.tables import add_months, col, frame, native

WENT_HOME = {
    2023: """
    child  from        rne  ls  place  to          rec
    Ada    2021-01-01  S    V2  U6     2022-04-30  E4A
    Bo     2021-01-01  S    V2  U6     2022-06-10  E4B
    Cy     2021-01-01  S    V2  U6     2022-06-10  E4A
    Di     2021-01-01  S    V2  U6     2023-01-31  E4A
    Ed     2021-01-01  S    V2  U6     2022-06-10  E45
    """,
    2024: """
    child  from        rne  ls  place  to          rec
    Ada    2022-07-30  S    V2  U6     2023-08-01  E4A
    Bo     2023-06-11  S    V2  U6     .           .
    """,
}
CHILDREN = """
    child  born        sex  ethnic
    Ada    2012-02-01  F    WBRI
    Bo     2012-02-01  M    WBRI
    Cy     2012-02-01  F    WBRI
    Di     2005-02-28  M    WBRI
    Ed     2012-02-01  M    WBRI
"""


def at(found: pl.DataFrame, cohort: str, cause: str, months: int) -> dict[str, object]:
    return found.filter(cohort=cohort, cause=cause, months=months).row(0, named=True)


def test_a_curve_counts_to_the_day_and_lets_causes_compete() -> None:
    """Of Ada, Bo, Cy and Di, who went home in the year to 31 March 2023: Ada was back on the same
    day three months on, Di turned 18 on 28 February, within a month of the return. Bo came back a
    day after a year. Cy was not seen again."""
    found = measures.course(journeys(WENT_HOME, children=CHILDREN), "return_home")
    shares = {m: at(found, "2023", "back", m)["estimate"] for m in (2, 3, 12, 13)}
    assert shares == {2: 0.0, 3: 25.0, 12: 25.0, 13: 50.0}
    assert [at(found, "2023", "adult", m)["estimate"] for m in (0, 1, 24)] == [0.0, 25.0, None]
    assert at(found, "2023", "back", 12)["at_risk"] == 2
    assert at(found, "2023", "back", 13)["followed"] == 4
    assert at(found, ALL_YEARS, "back", 0)["followed"] == 5


def test_who_has_not_been_followed_for_so_long_is_said() -> None:
    found = measures.course(journeys(WENT_HOME, children=CHILDREN), "return_home")
    late = at(found, "2024", "back", 24)
    assert (late["estimate"], late["followed"]) == (None, 1)
    assert "so long" in str(late["reason"])
    assert measures.course_in_words("return_home", late) == late["reason"]


def test_a_year_that_is_missing_ends_the_watch() -> None:
    windows = {y: (date(y - 1, 4, 1), date(y, 3, 31)) for y in (2020, 2021, 2023)}
    ends = watched_until(windows, windows)
    assert ends == {2023: date(2023, 3, 31), 2021: date(2021, 3, 31), 2020: date(2021, 3, 31)}


def test_a_month_is_over_on_the_same_day_as_everywhere() -> None:
    days = pl.date_range(date(2023, 1, 1), date(2024, 3, 31), "1d", eager=True)
    for months in (1, 11, 12, 13):
        table = pl.DataFrame({"A": days})
        later = native(frame(table).with_columns(B=add_months("A", months), A=col("A")))
        start, end = later["A"].to_numpy(), later["B"].to_numpy()
        whole = months_between(start, end)
        # A day that two beginnings share, as 28 February is of 29, 30 and 31 January, is over
        # for each of them.
        assert np.all(whole >= months)
        assert np.all(months_between(start, end - np.timedelta64(1, "D")) < months)


def test_a_sentence_says_how_many_of_a_hundred_and_between_what() -> None:
    row = {
        "cohort": "2023",
        "cause": "back",
        "months": 12,
        "estimate": 14.2,
        "low": 9.6,
        "high": 19.4,
        "followed": 1234,
        "reason": None,
    }
    assert measures.course_in_words("return_home", row) == (
        "Of every 100 children who went home in the year to 31 March 2023, 14 were looked after "
        "again within 12 months. Such figures vary by chance; the 95% interval is 10 to 19 of "
        "every 100. 1,234 were followed."
    )
    few = {**row, "cohort": ALL_YEARS, "months": 1, "estimate": 0.2, "low": 0.0, "high": 99.7}
    assert measures.course_in_words("return_home", few).startswith(
        "Of every 100 children who went home, fewer than 1 were looked after again within 1 month. "
    )


def test_the_groups_of_a_breakdown_are_followed_apart_and_make_the_whole() -> None:
    care = journeys(WENT_HOME, children=CHILDREN)
    whole = measures.course(care, "return_home", year=2023)
    parts = measures.course(care, "return_home", year=2023, by="sex")
    assert parts.columns[:2] == ["cohort", "sex"]
    added = parts.group_by("cause", "months").agg(pl.col("followed", "reached").sum())
    both = whole.join(added, on=["cause", "months"], suffix="_added")
    assert both["followed"].equals(both["followed_added"].rename("followed"))
    assert both["reached"].equals(both["reached_added"].rename("reached"))


def test_linked_courses_follow_support_and_referrals() -> None:
    found = countable("linked", examples.HOME)
    support = measures.course(found, "support_after_home", year=2023)
    # Ada, Cy, Gil went home with an open case, and Flo's is another child's. Ed is 17, turns 18
    # a year on, and is followed until then.
    assert support["followed"][0] == 4
    assert at(support, "2023", "closed", 1)["estimate"] == 25.0
    median, low, high = measures.median_months(found, "support_after_home")
    assert low <= median <= high or np.isnan(high)
    plans = measures.course(found, "referral_to_plan", year=2023)
    assert at(plans, "2023", "plan", 1)["reached"] == 1
    care = measures.course(found, "referral_to_care", year=2023)
    assert at(care, "2023", "care", 1)["reached"] == 1
    # A course of care alone can be followed in linked journeys too.
    home = measures.course(found, "return_home", year=2023)
    assert home.equals(measures.course(found.care, "return_home", year=2023))


def test_nobody_followed_gives_reasons_and_no_figures() -> None:
    found = measures.course(journeys({2024: "child from rne ls place to rec"}), "return_home")
    assert found["estimate"].null_count() == found.height > 0
    assert found["reason"].null_count() == 0
    assert measures.course(journeys({}), "return_home")["followed"].sum() == 0


@pytest.mark.parametrize("name", list(COURSES))
def test_a_course_is_documented_and_pairs_with_what_there_is(name: str) -> None:
    known = {*everything(), *COURSES}
    documents = {one["name"]: one for one in measures.courses()}
    this = documents[name]
    assert set(this["pairs_with"]) <= known
    assert this["topic_title"] in TOPICS.values()
    assert all(this[key] for key in ("title", "text", "whole", "causes", "caveats", "interval"))


def test_what_cannot_be_followed_is_refused_in_words() -> None:
    care = journeys(WENT_HOME, children=CHILDREN)
    with pytest.raises(MeasureError, match="no course called"):
        measures.course(care, "to_the_moon")
    with pytest.raises(MeasureError, match="not loaded"):
        measures.course(care, "return_home", year=2019)
    with pytest.raises(MeasureError, match="not broken down"):
        measures.course(care, "return_home", by="placement")
    with pytest.raises(MeasureError, match="kind of return"):
        measures.course(care, "referral_to_plan")
