"""Worked examples of the measures of social workers, written as small tables.

    worker  agency  from        to          fte  fte30  role  cases  lost
    Ann     0       2020-01-01  .           .    0.8    5     12     4

A dot is a blank cell. ``fte`` is FTE, ``fte30`` FTE30, ``lost`` WorkingDaysLost.
"""

from __future__ import annotations

import polars as pl

from whatworks.measures.examples.model import MeasureExample
from whatworks.measures.workforce import VACANCIES, WORKERS, Census, Workforce, workforce_from
from whatworks.returns.typing import type_tables

_COLUMNS = {
    "worker": "SWENo",
    "agency": "AgencyWorker",
    "from": "RoleStartDate",
    "to": "RoleEndDate",
    "fte": "FTE",
    "fte30": "FTE30",
    "role": "OrgRole",
    "cases": "Cases30",
    "lost": "WorkingDaysLost",
    "ethnic": "Ethnicity",
}
BLANK = "."


def workforce_of(
    workers: str, *, year: int, vacancies: float | None = None, council: str = "301"
) -> Workforce:
    """The workforce in one written census. Raises KeyError for a heading that is not known."""
    names, *lines = [line.split() for line in workers.strip().splitlines() if line.strip()]
    text = {
        WORKERS: pl.DataFrame(
            [[None if cell == BLANK else cell for cell in line] for line in lines],
            schema={_COLUMNS[name]: pl.String for name in names},
            orient="row",
        )
    }
    if vacancies is not None:
        text[VACANCIES] = pl.DataFrame({"NumberOfVacancies": [str(vacancies)]})
    typed, _, _ = type_tables(text, collection="csww", year=year)
    return workforce_from(council, [Census(year, f"example-{year}", typed)])


_TEAM = """
    worker  agency  from        to          fte  fte30
    Ann     0       2020-01-01  .           1    1
    Ben     0       2022-03-01  .           .    0.6
    Cat     0       2021-05-01  2024-01-31  0.8  .
    Dev     0       2021-05-01  2024-09-30  1    .
    Eve     1       2024-06-01  .           0.5  .
    Flo     0       2022-01-01  .           .    .
"""
_WHO_IS_IN_POST = (
    "Ann and Ben are in post: 1 and 0.6.",
    "Cat and Dev had left, Dev on the very day; Eve comes from an agency.",
    "Of Flo neither full-time equivalent is given: Flo is left out, and that is said beside it.",
)

_CAME_AND_WENT = """
    worker  agency  from        to          fte  fte30
    Ann     0       2023-10-01  .           1    1
    Ben     0       2024-09-30  .           .    0.8
    Cat     0       2023-11-01  2024-05-01  0.5  .
    Dev     0       2023-09-30  .           1    1
    Eve     1       2024-01-01  .           1    1
    Flo     0       2024-01-01  .           .    .
"""
_ROLES = """
    worker  agency  from        to  fte30  role  cases  ethnic
    Ann     0       2020-01-01  .   1      5     18     WBRI
    Ben     0       2022-03-01  .   0.5    4     9      BCRB
    Cat     0       2021-05-01  .   1      6     0      AIND
    Dev     1       2024-05-01  .   1      5     13     WBRI
    Eve     0       2024-05-01  .   1      5     .      WIRI
    Flo     0       2022-01-01  .   1      .     0      REFU
"""

EXAMPLES: tuple[MeasureExample, ...] = (
    MeasureExample(
        "social_workers",
        "Who was in post on the day",
        2024,
        workers=_TEAM,
        numerator=1.6,
        left_out=1,
        why=_WHO_IS_IN_POST,
    ),
    MeasureExample(
        "social_worker_vacancies",
        "Vacant posts against all posts",
        2024,
        workers=_TEAM,
        vacancies=0.4,
        numerator=0.4,
        denominator=2.0,
        left_out=1,
        why=(
            *_WHO_IS_IN_POST,
            "The posts are the 1.6 that are filled and 0.4 that is vacant; Eve may be filling in, "
            "and the post is vacant all the same.",
        ),
    ),
    MeasureExample(
        "social_worker_turnover",
        "Those who left against those in post",
        2024,
        workers=_TEAM,
        numerator=1.8,
        denominator=1.6,
        left_out=1,
        why=(
            "Cat (0.8) and Dev (1) left in the year to 30 September, Dev on its last day.",
            *_WHO_IS_IN_POST,
            "More left than are in post at the end, so the figure is above 100%.",
        ),
    ),
    MeasureExample(
        "social_worker_agency",
        "Agency workers against all at work",
        2024,
        workers=_TEAM,
        numerator=0.5,
        denominator=2.1,
        left_out=1,
        why=(
            "Eve is in post and comes from an agency: 0.5, by FTE as FTE30 is blank.",
            *_WHO_IS_IN_POST,
        ),
    ),
    MeasureExample(
        "social_worker_absence",
        "Days lost against working days, in a year with 29 February",
        2024,
        workers="""
    worker  agency  from        to          fte30  lost
    Ann     0       2020-01-01  .           1      10
    Ben     0       2024-07-01  .           0.5    0
    Cat     0       2021-05-01  .           1      .
    Dev     0       2021-05-01  2024-09-01  1      80
    Eve     1       2021-05-01  .           1      5
    """,
        numerator=10,
        denominator=381,
        left_out=1,
        why=(
            "The year to 30 September 2024 holds 29 February: 254 working days. Ann and Ben owe "
            "1.5 times as many, although Ben began in July.",
            "Cat’s days lost are blank, which is not the same as none: left out.",
            "Dev had left, and Eve comes from an agency.",
        ),
    ),
    MeasureExample(
        "social_worker_caseload",
        "Cases of those who hold any",
        2024,
        workers="""
    worker  agency  from        to          fte30  role  cases
    Ann     0       2020-01-01  .           1      5     18
    Ben     0       2022-03-01  .           0.5    5     9
    Cat     0       2021-05-01  .           1      1     0
    Dev     1       2024-05-01  .           1      5     13
    Eve     0       2024-05-01  .           1      5     .
    Flo     0       2022-01-01  2024-03-31  .      5     6
    """,
        numerator=40,
        denominator=2.5,
        left_out=1,
        why=(
            "Ann, Ben and Dev hold 40 cases in 2.5 full-time equivalents: 16 each. Dev comes from "
            "an agency and is counted with the cases held.",
            "Cat is a manager without cases, and so in neither number.",
            "Eve’s post is to hold cases, and how many is blank: left out.",
            "Flo had left.",
        ),
    ),
    MeasureExample(
        "social_worker_starters",
        "Came in the year, stayed or not",
        2024,
        workers=_CAME_AND_WENT,
        numerator=2.3,
        left_out=1,
        why=(
            "Ann and Ben came in the year, Ann on its first day: 1 and 0.8. Cat came and left in "
            "it: 0.5.",
            "Dev came the day before it. Eve comes from an agency.",
            "Of Flo neither full-time equivalent is given: left out.",
        ),
    ),
    MeasureExample(
        "social_worker_leavers",
        "Left in the year",
        2024,
        workers=_CAME_AND_WENT,
        numerator=0.5,
        why=("Cat left in the year; nobody else did.",),
    ),
    MeasureExample(
        "cases_held",
        "Of all in post",
        2024,
        workers=_ROLES,
        numerator=40,
        left_out=1,
        why=(
            "Ann, Ben and Dev hold 40 cases, Dev from an agency; Cat holds none.",
            "Eve is there to hold cases, and how many is blank: left out.",
        ),
    ),
    MeasureExample(
        "social_workers_holding_cases",
        "By role, not by cases",
        2024,
        workers=_ROLES,
        numerator=2,
        denominator=3.5,
        left_out=1,
        why=(
            "Ann and Eve are there to hold cases: 2 of the 3.5 full-time equivalents whose role is "
            "known.",
            "Ben is a senior practitioner who holds cases too, Cat holds none.",
            "Flo’s role is blank: left out. Dev comes from an agency.",
        ),
    ),
    MeasureExample(
        "social_workers_without_cases",
        "By role",
        2024,
        workers=_ROLES,
        numerator=1,
        denominator=3.5,
        left_out=1,
        why=("Cat is qualified and in no other role (6).", "Flo’s role is blank: left out."),
    ),
    MeasureExample(
        "senior_practitioners",
        "By role",
        2024,
        workers=_ROLES,
        numerator=0.5,
        denominator=3.5,
        left_out=1,
        why=("Ben is a senior practitioner (4), half of the week.", "Flo’s role is blank."),
    ),
    MeasureExample(
        "social_workers_from_ethnic_minorities",
        "Each as one",
        2024,
        workers=_ROLES,
        numerator=2,
        denominator=4,
        left_out=1,
        why=(
            "Ben and Cat, of those whose background is known; each counts as one, whatever the "
            "hours.",
            "Flo’s background was refused: left out. Dev comes from an agency.",
        ),
    ),
)
