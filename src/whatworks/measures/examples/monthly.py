"""Worked examples of the measures of Annex A lists, written as the lists themselves.

    Child Unique ID   Date of Contact
    Ada               05/03/2025

Two spaces or more stand between cells; a dot is a blank cell. The lists are of 31 March of the
year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import polars as pl

from whatworks.journeys.monthly import MonthlyJourneys, Snapshot
from whatworks.journeys.monthly_annex_a import annex_a_from
from whatworks.journeys.monthly_ssd import ssd_from
from whatworks.measures.examples.model import MeasureExample
from whatworks.returns.schema import MONTHLY
from whatworks.returns.typing import type_tables

BLANK = "."
COUNCIL = "301"
_GAP = re.compile(r"\s{2,}")


def snapshots(collection: str, written: Mapping[int, Mapping[str, str]]) -> list[Snapshot]:
    """Written tables of each year as its snapshot of 31 March."""
    made = []
    for year, tables in sorted(written.items()):
        text = {name: as_text(table) for name, table in tables.items()}
        typed, _, _ = type_tables(text, collection=collection, year=year)
        made.append(Snapshot(year, date(year, 3, 31), f"s{year}", typed))
    return made


def cells_of(collection: str, line: str) -> list[str]:
    """The cells of a written row: of a monthly input two spaces stand between them."""
    return _GAP.split(line) if collection in MONTHLY else line.split()


def as_text(written: str) -> pl.DataFrame:
    """A written table as a table of text cells."""
    names, *lines = [
        cells_of("annex_a", line.strip()) for line in written.strip().splitlines() if line.strip()
    ]
    return pl.DataFrame(
        [[None if cell == BLANK else cell for cell in line] for line in lines],
        schema=dict.fromkeys(names, pl.String),
        orient="row",
    )


def annex_a_of(written: Mapping[str, Mapping[int, Mapping[str, str]]]) -> MonthlyJourneys:
    """What written Annex A lists say."""
    return annex_a_from(COUNCIL, snapshots("annex_a", written["annex_a"]))


def ssd_of(written: Mapping[str, Mapping[int, Mapping[str, str]]]) -> MonthlyJourneys:
    """What written tables of the Standard Safeguarding Dataset say."""
    return ssd_from(COUNCIL, snapshots("ssd", written["ssd"]))


_IN_NEED = """
Child Unique ID  CIN Start Date  Date Child Was Last Seen  CIN Closure Date  Case Status  Allocated Worker
Ada              01/02/2025      03/03/2025                .                 CIN          W1
Ben              01/02/2025      02/03/2025                .                 CIN          .
Cat              20/03/2025      .                         .                 CIN          W2
Dev              01/02/2025      ?                         .                 CIN          W1
Eve              01/02/2025      20/03/2025                31/03/2025        CIN          W1
Flo              01/02/2025      .                         .                 CPP          W3
Gus              01/02/2025      .                         .                 c) Child in need plan  W3
"""
_PLANS = """
Child Unique ID  Child Protection Plan Start Date  Date of the Last Statutory Visit  Was the Child Seen Alone?  Child Protection Plan End Date  Allocated Worker
Ada              01/02/2025                        03/03/2025                        Yes                        .                               W1
Ben              01/02/2025                        02/03/2025                        N                          .                               .
Cat              20/03/2025                        .                                 .                          .                               W2
Dev              01/02/2025                        01/04/2025                        Unknown                    .                               W1
Eve              01/02/2025                        20/03/2025                        Yes                        31/03/2025                      W1
"""
_CARE = """
Child Unique ID  Date of Birth  Date Started to be Looked After  Date of Last Social Work Visit  Date of Last Health Assessment  Date of Last Dental Check  Date Ceased to be Looked After  Allocated Worker
Ada              01/04/2020     01/04/2023                       17/02/2025                      01/10/2024                      31/03/2024                 .                               W1
Ben              31/03/2020     31/03/2024                       16/02/2025                      01/10/2024                      30/03/2024                 .                               .
Cat              01/04/2012     01/04/2024                       01/03/2025                      .                               .                          .                               W2
Dev              01/04/2012     01/04/2022                       ?                               ?                               ?                          .                               W1
Eve              01/04/2012     01/04/2022                       01/03/2025                      01/03/2025                      01/03/2025                 31/03/2025                      W1
Flo              01/04/2021     01/04/2022                       .                               29/09/2024                      .                          .                               W1
Gus              01/04/2012     28/03/2025                       .                               .                               .                          .                               W1
"""
_MISSING = """
Child Unique ID  Date Ceased to be Looked After  Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months  Was the child offered a Return Interview after their last missing episode (Y/N)?
Ada              .                               2                                                                                          a) Yes
Ben              .                               1                                                                                          Not Offered (Other)
Cat              .                               1                                                                                          .
Dev              .                               0                                                                                          .
Eve              01/03/2025                      3                                                                                          Yes
"""
_LEAVERS = """
Child Unique ID  Eligibility Category  LA in Touch  Latest Date of Contact  Latest Pathway Plan Review Date
Ada              Relevant              Yes          03/02/2025              30/09/2024
Ben              Former relevant       Yes          02/02/2025              29/09/2024
Cat              Former relevant       No           .                       .
Dev              Former relevant       c) Died      01/01/2024              01/01/2024
Eve              Qualifying            Yes          01/03/2025              01/03/2025
Flo              Former relevant       Yes          01/04/2025              01/04/2025
"""
_GONE = "Eve’s ended on the very day, so it is not open on it."
_UNREAD = "The date of Dev’s cannot be read: left out, and that is said beside the figure."
_SEEN = (
    "Ada was seen 28 days before the day, Ben one day earlier than that.",
    "Cat has not been seen, but help began less than four weeks ago: not judged yet.",
    _UNREAD,
    "Eve’s case was closed on the very day.",
    "Flo has a protection plan and no child in need plan.",
    "Gus was never seen, and that counts as not seen.",
)


def _one(
    measure: str, title: str, tables: Mapping[str, str], counted: tuple[int, int, int], *why: str
) -> MeasureExample:
    top, under, out = counted
    return MeasureExample(
        measure,
        title,
        2025,
        returns={"annex_a": {2025: dict(tables)}},
        numerator=top,
        denominator=under,
        left_out=out,
        why=why,
    )


EXAMPLES: tuple[MeasureExample, ...] = (
    _one(
        "contacts_that_became_referrals",
        "A week from each contact",
        {
            "List_1": """
Child Unique ID  Date of Contact
Ada              03/03/2025
Ben              03/03/2025
Ben              11/03/2025
Cat              03/03/2025
Dev              25/03/2025
Eve              .
Flo              03/03/2025
Flo              03/03/2025
""",
            "List_3": """
Child Unique ID  Date of referral
Ada              10/03/2025
Ben              11/03/2025
Cat              01/03/2025
Dev              25/03/2025
Eve              03/03/2025
""",
        },
        (2, 5, 2),
        "Ada was referred on the last day that counts.",
        "Ben was referred eight days after the first contact and on the day of the second: one of "
        "the two led to a referral.",
        "Cat had been referred before: not after this contact.",
        "Dev’s week is not over on 31 March, so what came of it is not judged yet.",
        "The day of Eve’s contact is blank.",
        "Flo’s two rows say the same: one contact, and no referral.",
    ),
    _one(
        "children_in_need_seen_in_four_weeks",
        "Twenty-eight days back from the day of the lists",
        {"List_6": _IN_NEED},
        (1, 3, 2),
        *_SEEN,
    ),
    _one(
        "protection_plans_visited_in_four_weeks",
        "Twenty-eight days back from the day of the lists",
        {"List_7": _PLANS},
        (1, 2, 2),
        "Ada was visited 28 days before the day, Ben one day earlier than that.",
        "Cat’s plan is less than four weeks old: not judged yet.",
        "Dev’s visit lies after the day of the lists, so it is a slip: left out.",
        _GONE,
    ),
    _one(
        "protection_plans_child_seen_alone",
        "Yes, no, and not said",
        {"List_7": _PLANS},
        (1, 2, 2),
        "Ada was seen alone, Ben was not.",
        "Of Cat nothing is said and of Dev it is not known: left out.",
        _GONE,
    ),
    _one(
        "looked_after_visited_in_six_weeks",
        "Forty-two days back from the day of the lists",
        {"List_8": _CARE},
        (2, 4, 2),
        "Ada was visited 42 days before the day and Cat later still; Ben one day too early.",
        _UNREAD,
        "Eve left care on the very day.",
        "Flo has no visit at all, and that counts as none.",
        "Gus came three days ago; the first visit is due within a week.",
    ),
    _one(
        "health_assessment_up_to_date",
        "Six months under five, twelve from the fifth birthday",
        {"List_8": _CARE},
        (2, 3, 1),
        "Ada is four until tomorrow and was assessed within six months; Ben turned five today and "
        "has a year.",
        "Flo is three, and was assessed two days more than six months ago.",
        "Cat and Gus have not been looked after for a year.",
        _UNREAD,
        "Eve left care on the very day.",
    ),
    _one(
        "dental_check_up_to_date",
        "The same day a year back still counts",
        {"List_8": _CARE},
        (1, 3, 1),
        "Ada’s teeth were checked a year ago to the day, Ben’s one day earlier.",
        "Flo’s check is blank: it counts as not done.",
        _UNREAD,
        "Cat and Gus have not been looked after for a year; Eve left care on the very day.",
    ),
    _one(
        "return_interviews_offered",
        "Those who had gone missing",
        {"List_8": _MISSING},
        (1, 2, 1),
        "Ada was offered an interview, Ben was not.",
        "Of Cat it is not said: left out.",
        "Dev had not gone missing, and Eve is no longer looked after.",
    ),
    _one(
        "open_cases_with_an_allocated_worker",
        "One row a child over three lists",
        {"List_6": _IN_NEED, "List_7": _PLANS, "List_8": _CARE},
        (5, 6, 0),
        "Ben is in all three lists, and none of them names a worker.",
        "Ada, Cat, Dev, Flo and Gus have a worker in one list at least.",
        "Eve’s cases all ended on the very day, so Eve is not counted.",
    ),
    _one(
        "care_leavers_contacted_in_eight_weeks",
        "Fifty-six days back from the day of the lists",
        {"List_9": _LEAVERS},
        (1, 3, 2),
        "Ada’s last contact was 56 days ago, Ben’s 57.",
        "Cat has not been reached, and counts.",
        "Dev has died: no contact is owed. Eve is owed no personal adviser here.",
        "Flo’s contact lies after the day of the lists: left out.",
    ),
    _one(
        "pathway_plans_reviewed_in_six_months",
        "The same day six months back still counts",
        {"List_9": _LEAVERS},
        (1, 3, 2),
        "Ada’s plan was reviewed on 30 September, which is six months before 31 March as September "
        "has no 31st; Ben’s a day earlier.",
        "Cat’s review is blank: it counts as not done.",
        "Dev has died. Eve is owed no plan. Flo’s review lies after the day of the lists.",
    ),
    _one(
        "waiting_long_for_adopters",
        "Those still waiting on the day",
        {
            "List_10": """
Child Unique ID  Date of Placement Order  Date of Matching Child and Prospective Adopters  Date of Decision that Child Should No Longer be Placed for Adoption
Ada              29/11/2024               .                                                .
Ben              30/11/2024               .                                                .
Cat              01/06/2024               31/03/2025                                       .
Dev              01/06/2024               .                                                01/03/2025
Eve              .                        .                                                .
Flo              ?                        .                                                .
"""
        },
        (1, 2, 1),
        "Ada’s order was made 122 days before the day, Ben’s 121.",
        "Cat has been matched, and Dev is no longer to be adopted.",
        "Eve has no order yet.",
        "The day of Flo’s order cannot be read: left out.",
    ),
    _one(
        "adopters_assessed_in_four_months",
        "Each family once",
        {
            "List_11": """
Individual adopter identifier  Family identifier  Date Stage 2 started  Date Stage 2 ended
A1                             F1                 01/10/2024            01/02/2025
A2                             F1                 01/10/2024            01/02/2025
A3                             F2                 01/10/2024            02/02/2025
A4                             .                  .                     02/02/2025
A5                             F4                 01/12/2024            .
"""
        },
        (1, 2, 1),
        "A1 and A2 are one family, and took four months to the day.",
        "F2 took a day more.",
        "When stage 2 of A4 began is blank: left out.",
        "F4 has not come to the end of it.",
    ),
)
