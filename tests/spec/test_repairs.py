"""What is done with every contradiction of SSDA903 returns: a worked example of each repair.

A repair without an example here fails: whoever adds one shows what it does. Days are written
year-month-day; a dot is a blank cell, ``?`` a date that cannot be read. Repairs of the tables
other than Episodes and Header have theirs in the specification of those tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl
import pytest

from whatworks.journeys.deriving import CareJourneys, care_from
from whatworks.journeys.examples import table
from whatworks.journeys.repairs import REPAIRS
from whatworks.journeys.stacking import ReturnTables


@dataclass(frozen=True)
class Example:
    """Episodes (and Headers) by year; how often each repair is made; the periods that come out.

    A period is (child, start, end or None, reason or None).
    """

    episodes: Mapping[int, str]
    repairs: Mapping[str, int]
    periods: tuple[tuple[str, str, str | None, str | None], ...]
    headers: Mapping[int, str] = field(default_factory=dict)


def _derived(example: Example) -> CareJourneys:
    returns = []
    for year, text in example.episodes.items():
        tables = {"Episodes": table(text)}
        if year in example.headers:
            tables["Header"] = table(example.headers[year])
        returns.append(ReturnTables(year, f"s{year}", tables))
    return care_from("301", returns)


_EMPTY = "child from rne ls place to rec"

EXAMPLES: Mapping[str, Example] = {
    "number_used_again": Example(
        # Number 7 was a girl's who left care; in 2024 it is a little boy's. Number 8 is one child
        # whose sex was written wrongly once; 9 one whose date of birth was; 6 one whose care goes
        # on through both returns.
        {
            2023: """
            child  from        rne  ls  place  to          rec
            6      2022-05-01  S    V2  U6     .           .
            7      2022-05-01  S    V2  U6     2022-09-01  E4A
            8      2022-05-01  S    V2  U6     2022-09-01  E4A
            9      2022-05-01  S    V2  U6     2022-09-01  E4A
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            6      2022-05-01  S    V2  U6     .           .
            7      2023-06-01  S    C1  U6     .           .
            8      2023-06-01  S    C1  U6     .           .
            9      2023-06-01  S    C1  U6     .           .
            """,
        },
        {"number_used_again": 1, "birth_date_changed": 2, "reported_again": 1},
        (
            ("6", "2022-05-01", None, None),
            ("7", "2022-05-01", "2022-09-01", "E4A"),
            ("7 (2)", "2023-06-01", None, None),
            ("8", "2022-05-01", "2022-09-01", "E4A"),
            ("8", "2023-06-01", None, None),
            ("9", "2022-05-01", "2022-09-01", "E4A"),
            ("9", "2023-06-01", None, None),
        ),
        headers={
            2023: """
            child  born        sex  ethnic
            6      2008-01-01  2    WBRI
            7      2008-01-01  2    WBRI
            8      2008-01-01  2    WBRI
            9      2008-01-01  2    WBRI
            """,
            2024: """
            child  born        sex  ethnic
            6      2021-01-01  1    WBRI
            7      2021-01-01  1    WBRI
            8      2008-01-01  1    WBRI
            9      2021-01-01  2    WBRI
            """,
        },
    ),
    "no_child_number": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            .      2023-05-01  S    V2  U6     .           .
            """
        },
        {"no_child_number": 1},
        (),
    ),
    "start_not_known": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    .           S    V2  U6     .           .
            Bo     ?           S    V2  U6     .           .
            """
        },
        {"start_not_known": 2},
        (),
    ),
    "starts_after_the_return": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2024-03-31  S    V2  U6     .           .
            Bo     2024-04-01  S    V2  U6     .           .
            """
        },
        {"starts_after_the_return": 1},
        (("Ada", "2024-03-31", None, None),),
    ),
    "ends_before_it_starts": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-06-02  S    V2  U6     2023-06-01  E4A
            Bo     2023-06-02  S    V2  U6     2023-06-02  E4A
            """
        },
        {"ends_before_it_starts": 1},
        (("Bo", "2023-06-02", "2023-06-02", "E4A"),),
    ),
    "copied_row": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     .           .
            Ada    2023-05-01  S    V2  U6     .           .
            """
        },
        {"copied_row": 1},
        (("Ada", "2023-05-01", None, None),),
    ),
    "reported_again": Example(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     .           .
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     2023-06-01  E4A
            """,
        },
        {"reported_again": 1},
        (("Ada", "2022-05-01", "2023-06-01", "E4A"),),
    ),
    "changed_later": Example(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     2022-09-01  E4A
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     2023-06-01  E41
            """,
        },
        {"changed_later": 1},
        (("Ada", "2022-05-01", "2023-06-01", "E41"),),
    ),
    "short_break": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V4  U6     .           .
            Bo     2023-05-01  S    V3  U6     2023-05-03  E8
            """
        },
        {"short_break": 2},
        (),
    ),
    "end_not_readable": Example(
        {
            2024: """
            child  from        rne  ls  place  to  rec
            Ada    2023-05-01  S    V2  U6     ?   E4A
            """
        },
        {"end_not_readable": 1},
        (),
    ),
    "end_not_readable_set": Example(
        {
            2024: """
            child  from        rne  ls  place  to  rec
            Ada    2023-05-01  S    V2  U6     ?   X1
            Ada    2023-07-01  P    V2  K2     .   .
            """
        },
        {"end_not_readable_set": 1},
        (("Ada", "2023-05-01", None, None),),
    ),
    "open_though_another_began": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     .           .
            Ada    2023-07-01  P    V2  K2     2023-10-01  E4A
            """
        },
        {"open_though_another_began": 1},
        (("Ada", "2023-05-01", "2023-10-01", "E4A"),),
    ),
    "open_and_not_mentioned_again": Example(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     .           .
            """,
            2024: _EMPTY,
        },
        {"open_and_not_mentioned_again": 1},
        (("Ada", "2022-05-01", "2023-04-01", None),),
    ),
    "open_before_a_missing_year": Example(
        # The return of 2023 is missing. Bo is still there in 2024, under a later episode.
        {
            2022: """
            child  from        rne  ls  place  to          rec
            Ada    2021-05-01  S    V2  U6     .           .
            Bo     2021-05-01  S    V2  U6     .           .
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            Bo     2022-06-01  P    V2  U6     .           .
            """,
        },
        {"open_before_a_missing_year": 1, "open_though_another_began": 1},
        (("Ada", "2021-05-01", "2022-04-01", None), ("Bo", "2021-05-01", None, None)),
    ),
    "overlap_cut": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-10  X1
            Ada    2023-07-01  P    V2  K2     .           .
            """
        },
        {"overlap_cut": 1},
        (("Ada", "2023-05-01", None, None),),
    ),
    "next_day_joined": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-06-30  X1
            Ada    2023-07-01  P    V2  K2     .           .
            """
        },
        {"next_day_joined": 1},
        (("Ada", "2023-05-01", None, None),),
    ),
    "left_care_yet_goes_on": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
            Ada    2023-07-01  P    V2  K2     .           .
            """
        },
        {"left_care_yet_goes_on": 1},
        (("Ada", "2023-05-01", None, None),),
    ),
    "goes_on_yet_nothing_follows": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  X1
            """
        },
        {"goes_on_yet_nothing_follows": 1},
        (("Ada", "2023-05-01", "2023-07-01", None),),
    ),
    "goes_on_after_a_gap": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     2023-07-01  X1
            Ada    2023-07-20  P    V2  K2     .           .
            """
        },
        {"goes_on_yet_nothing_follows": 1, "goes_on_after_a_gap": 1},
        (("Ada", "2023-05-01", "2023-07-01", None), ("Ada", "2023-07-20", None, None)),
    ),
    "born_after_care_began": Example(
        {
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2023-05-01  S    V2  U6     .           .
            Bo     2023-05-01  S    V2  U6     .           .
            """
        },
        {"born_after_care_began": 1},
        (("Ada", "2023-05-01", None, None), ("Bo", "2023-05-01", None, None)),
        headers={
            2024: """
            child  born        sex  ethnic
            Ada    2023-05-02  2    WBRI
            Bo     2023-05-01  1    WBRI
            """
        },
    ),
    "birth_date_changed": Example(
        {
            2023: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     .           .
            """,
            2024: """
            child  from        rne  ls  place  to          rec
            Ada    2022-05-01  S    V2  U6     .           .
            """,
        },
        {"birth_date_changed": 1, "reported_again": 1},
        (("Ada", "2022-05-01", None, None),),
        headers={
            2023: "child born sex ethnic\nAda 2012-02-29 2 WBRI",
            2024: "child born sex ethnic\nAda 2013-02-28 . .",
        },
    ),
}


@pytest.mark.parametrize("name", [repair.name for repair in REPAIRS])
def test_a_repair_has_a_worked_example(name: str) -> None:
    assert name in EXAMPLES, f"Show in tests/spec/test_repairs.py what {name} does."
    assert EXAMPLES[name].repairs[name] > 0


def test_there_is_no_example_of_a_repair_that_is_none() -> None:
    assert set(EXAMPLES) == {repair.name for repair in REPAIRS}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_repair_does_what_its_example_says(name: str) -> None:
    example = EXAMPLES[name]
    found = _derived(example)
    made = found.repairs().filter(pl.col("n_rows") > 0)
    counted = dict(made.group_by("repair").agg(pl.col("n_rows").sum()).iter_rows())
    assert counted == dict(example.repairs)
    periods = found.periods.sort("CHILD", "PERIOD").select(
        "CHILD", pl.col("START", "END").cast(pl.String), "END_REASON"
    )
    assert tuple(periods.iter_rows()) == example.periods


def test_a_child_with_a_number_used_again_has_the_sex_and_birth_of_its_own() -> None:
    found = _derived(EXAMPLES["number_used_again"])
    who = found.children.filter(pl.col("CHILD").is_in(["7", "7 (2)"])).sort("CHILD")
    assert who.select("CHILD", "SEX", pl.col("DOB").cast(pl.String)).rows() == [
        ("7", "2", "2008-01-01"),
        ("7 (2)", "1", "2021-01-01"),
    ]


def test_raw_rows_stay_reachable_from_every_repair() -> None:
    found = _derived(EXAMPLES["number_used_again"])
    row = found.repaired.filter(REPAIR="number_used_again").row(0, named=True)
    assert (row["SUBMISSION"], row["YEAR"], row["ROW"]) == ("s2024", 2024, 2)
