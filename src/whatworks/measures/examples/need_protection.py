"""Worked examples of child protection, written as small tables of CIN censuses."""

from __future__ import annotations

from whatworks.measures.definitions.protection_plans import HARM
from whatworks.measures.examples.model import MeasureExample

_ENQUIRED = {
    2024: {
        "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralNFA  DateOfInitialCPC
    Ada        1             2023-06-01       0            .
    Bo         2             2023-06-01       0            .
    Cy         3             2023-06-01       0            .
    Di         4             2023-06-01       0            .
    Ed         5             2023-06-01       0            2023-07-03
    Flo        6             2023-03-01       0            .
    """,
        "Section47": """
    LAchildID  CINdetailsID  S47ActualStartDate  DateOfInitialCPC  ICPCnotRequired
    Ada        1             2023-06-01          2023-06-22        0
    Bo         2             2023-06-01          2023-06-23        0
    Cy         3             2023-06-01          .                 1
    Di         4             2024-03-20          .                 0
    Flo        6             2023-03-20          2023-04-05        0
    """,
        "ChildProtectionPlans": """
    LAchildID  CINdetailsID  CPPID  CPPstartDate
    Ada        1             1      2023-06-22
    Ed         5             2      2023-07-03
    Flo        6             3      2023-04-06
    """,
    }
}
_CONFERENCES = (
    "Four first conferences were held in the year: those of Ada, Bo and Flo, each in an enquiry, "
    "and Ed’s, who came with a plan from another council, in the case."
)
_TIMES = (
    "Ada’s enquiry began on Thursday 1 June. The 15th working day after it is Thursday 22 June, "
    "the day of the conference.",
    "Bo’s conference came one working day later: 16.",
    "Flo’s enquiry began on Monday 20 March of the year before; the conference on Wednesday 5 "
    "April is the 12th working day after.",
    "No enquiry led to Ed’s conference: left out, by name.",
)


def _of_enquiries(
    measure: str,
    title: str,
    numerator: int,
    *why: str,
    denominator: int | None = None,
    left_out: int = 0,
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        returns={"cin": _ENQUIRED},
        numerator=numerator,
        denominator=denominator,
        left_out=left_out,
        why=why,
    )


_PLANS = {
    2023: {
        "ChildProtectionPlans": """
    LAchildID  CPPID  CPPstartDate  CPPendDate  InitialCategoryOfAbuse
    Ada        1      2022-03-31    .           NEG
    Cy         2      2022-11-15    .           EMO
    Hal        3      2022-06-01    .           NEG
    """,
        "Reviews": """
    LAchildID  CPPID  CPPreviewDate
    Ada        1      2022-06-30
    Ada        1      2022-12-30
    Cy         2      2023-02-15
    """,
    },
    2024: {
        "ChildProtectionPlans": """
    LAchildID  CPPID  CPPstartDate  CPPendDate  InitialCategoryOfAbuse
    Ada        1      2022-03-31    .           NEG
    Bo         2      2023-12-31    .           PHY
    Cy         3      2022-11-15    .           EMO
    Di         4      2024-01-10    .           NEG
    Ed         5      2021-06-01    2023-06-01  SAB
    Flo        6      2023-06-01    2023-08-31  MUL
    Gus        7      2023-09-01    2023-08-01  .
    """,
        "Reviews": """
    LAchildID  CPPID  CPPreviewDate
    Ada        1      2023-06-30
    Ada        1      2023-12-29
    Cy         3      2023-08-16
    Cy         3      2024-02-16
    """,
    },
}
_RUNNING = (
    "Ada, Bo, Cy and Di have a plan that runs on after 31 March.",
    "Hal’s was open in 2023 and the census of 2024 does not mention it: it is taken to have ended "
    "on 1 April 2023.",
)
_ENDED = (
    "Ed’s plan ended on the very day two years on, after 730 days. Flo’s ended after 91 days, one "
    "day short of three months.",
    "Gus’s is said to have ended before it began, and no census tells when Hal’s did: left out, "
    "by name.",
)


def _of_plans(
    measure: str,
    title: str,
    numerator: float,
    *why: str,
    denominator: int | None = None,
    left_out: int = 0,
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        returns={"cin": _PLANS},
        numerator=numerator,
        denominator=denominator,
        left_out=left_out,
        why=why,
    )


_BEGUN = {"NEG": 1, "PHY": 1, "MUL": 1}
"""Plans that began in the year, by category."""
_STEPS = {
    2026: {
        "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate
    Ada        1             2025-05-01
    Bo         2             2025-05-01
    Cy         3             2025-05-01
    Di         4             2025-05-01
    """,
        "PreProceedings": """
    LAchildID  CINdetailsID  PPStartDate  LBPSentDate  FGDMMeetingOffer  FGDMMeetingFac
    Ada        1             2025-06-01   2025-06-03   1                 1
    Bo         2             .            2025-07-01   1                 0
    Cy         3             2025-08-01   .            0                 .
    Di         4             2025-09-01   2025-09-02   .                 .
    """,
    }
}

EXAMPLES: tuple[MeasureExample, ...] = (
    _of_enquiries(
        "section_47_rate",
        "Each enquiry that began in the year",
        4,
        "Enquiries about Ada, Bo, Cy and Di began in the year; Flo’s began before it.",
    ),
    _of_enquiries(
        "section_47_leading_to_conference",
        "Enquiries that were decided by 31 March",
        2,
        "Enquiries about Ada and Bo led to a conference; none was needed for Cy.",
        "Di’s was not decided by 31 March: left out, by name. Flo’s began in the year before.",
        denominator=3,
        left_out=1,
    ),
    _of_enquiries("initial_conference_rate", "In an enquiry or in the case", 4, _CONFERENCES),
    _of_enquiries(
        "conferences_within_15_working_days",
        "To the 15th working day",
        2,
        _CONFERENCES,
        *_TIMES,
        denominator=3,
        left_out=1,
    ),
    *(
        _of_enquiries(
            f"conferences_{band}_working_days", title, n, _CONFERENCES, *_TIMES, left_out=1
        )
        for band, title, n in (
            ("0_to_10", "None came so soon", 0),
            ("11_to_15", "To the 15th working day", 2),
            ("16_to_20", "From the 16th working day", 1),
            ("over_20", "None came so late", 0),
        )
    ),
    _of_enquiries(
        "conference_working_days",
        "The working days of three conferences added up",
        15 + 16 + 12,
        _CONFERENCES,
        *_TIMES,
        denominator=3,
        left_out=1,
    ),
    _of_enquiries(
        "conferences_leading_to_a_plan",
        "A plan that began on the day of the conference",
        2,
        _CONFERENCES,
        "Ada’s and Ed’s plan began on the day of the conference. Bo has none, and Flo’s began a "
        "day later, so it is not seen as what the conference led to.",
        denominator=4,
    ),
    *(
        MeasureExample(
            name,
            "As the census of 2026 has it",
            2026,
            returns={"cin": _STEPS},
            numerator=numerator,
            denominator=denominator,
            left_out=left_out,
            why=why,
        )
        for name, numerator, denominator, left_out, why in (
            (
                "family_group_meetings_offered",
                2,
                3,
                1,
                (
                    "Ada’s and Bo’s families were offered a meeting; Cy’s was not.",
                    "Whether Di’s was is blank: left out, by name.",
                ),
            ),
            (
                "family_group_meetings_held",
                1,
                2,
                0,
                ("Of the two families offered a meeting, Ada’s had one and Bo’s had none.",),
            ),
        )
    ),
    _of_plans("protection_plans_rate", "Plans that run on", 4, *_RUNNING),
    _of_plans(
        "protection_plans_started_rate",
        "Plans that began in the year",
        4,
        "Plans of Bo, Di, Flo and Gus began in the year. Ada’s, Cy’s, Ed’s and Hal’s began before.",
    ),
    _of_plans(
        "protection_plans_ended_rate",
        "Plans that ended in the year",
        4,
        "Plans of Ed and Flo ended in the year. Gus’s is taken to have ended on the day it began, "
        "and Hal’s on 1 April 2023.",
    ),
    MeasureExample(
        "repeat_protection_plans",
        "As the census says how many plans there had been",
        2024,
        plans={
            2024: """
    child  began       ended       plans_before
    Ada    2023-05-01  .           0
    Bo     2023-05-01  2023-08-01  0
    Bo     2024-01-10  .           1
    Cy     2023-03-31  2023-09-01  2
    Di     2024-03-31  .           3
    Ed     2023-05-01  .           .
    """
        },
        numerator=2,
        denominator=4,
        left_out=1,
        why=(
            "Ada’s plan is a first one.",
            "Bo had two plans in the year, the second after one before: two plans, one of them "
            "repeated.",
            "Cy’s plan began the day before the year did, so it is of the year before.",
            "Di’s began on the last day of the year and counts, with three before it.",
            "How many Ed had had is blank: left out, and that is said beside the figure.",
        ),
    ),
    MeasureExample(
        "repeat_protection_plans_within_24_months",
        "Two years back from each plan, over the censuses of two years before",
        2024,
        plans={
            2022: """
    child  began       ended
    Ada    2021-01-10  2021-06-10
    Bo     2021-01-10  2021-06-10
    Cy     2021-06-01  .
    """,
            2023: """
    child  began       ended
    Cy     2021-06-01  .
    """,
            2024: """
    child  began       ended
    Ada    2023-06-10  .
    Bo     2023-06-11  .
    Cy     2021-06-01  2023-12-01
    Cy     2023-11-01  .
    Di     2023-05-01  .
    """,
        },
        numerator=2,
        denominator=4,
        why=(
            "Ada’s plan began on the last day that counts, two years after the one before ended.",
            "Bo’s began a day too late.",
            "Cy’s second began while the first still ran.",
            "Di had no plan before.",
        ),
    ),
    _of_plans(
        "protection_plans_running_2_years",
        "Two years to the day",
        1,
        *_RUNNING,
        "Ada’s plan began on 31 March two years before.",
        denominator=4,
    ),
    _of_plans(
        "protection_plans_ended_after_2_years",
        "Two years to the day",
        1,
        *_ENDED,
        denominator=2,
        left_out=2,
    ),
    _of_plans(
        "protection_plans_ended_under_3_months",
        "A day short of three months",
        1,
        *_ENDED,
        denominator=2,
        left_out=2,
    ),
    _of_plans(
        "protection_plan_days",
        "The days of two plans added up",
        730 + 91,
        *_ENDED,
        denominator=2,
        left_out=2,
    ),
    _of_plans(
        "protection_plans_reviewed_on_time",
        "Six months may begin in the year before",
        1,
        *_RUNNING,
        "Di’s plan has not run for three months yet: none was due.",
        "Ada’s was reviewed on 30 December, then within six months on 30 June and 29 December.",
        "Bo’s began on 31 December, so its first review was due by 31 March and was not held.",
        "Cy’s was reviewed on 15 February and next on 16 August, a day late.",
        denominator=3,
    ),
    *(
        _of_plans(
            f"protection_plans_for_{short}",
            "By the first category in the census",
            _BEGUN.get(code, 0),
            "Plans of Bo (physical abuse), Di (neglect) and Flo (several kinds) began in the year.",
            "For Gus’s plan no category is given: left out, by name.",
            "Ed’s, because of sexual abuse, and Cy’s, because of emotional abuse, began before.",
            denominator=3,
            left_out=1,
        )
        for short, code, _ in HARM
    ),
)
