"""Worked examples of the measures of linked returns: both returns of each year, as tables."""

from __future__ import annotations

from collections.abc import Mapping

from whatworks.measures.examples.model import MeasureExample

Written = Mapping[str, Mapping[int, Mapping[str, str]]]

_HOME: Written = {
    "ssda903": {
        2023: {
            "Header": """
    CHILD  SEX  DOB
    Ada    2    2012-02-01
    Bo     1    2012-02-01
    Cy     2    2012-02-01
    Di     1    2012-02-01
    Ed     1    2005-06-01
    Flo    2    2012-02-01
    Gil    1    2012-02-01
    """,
            "Episodes": """
    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    Ada    2021-01-01  S    V2  U6     2022-06-10  E4A
    Bo     2021-01-01  S    V2  U6     2022-06-10  E4B
    Cy     2021-01-01  S    V2  U6     2022-06-10  E4A
    Di     2021-01-01  S    V2  U6     2022-06-10  E4A
    Ed     2021-01-01  S    V2  U6     2022-06-10  E4A
    Flo    2021-01-01  S    V2  U6     2022-06-10  E4A
    Gil    2021-01-01  S    V2  U6     2022-06-10  E4B
    Gil    2022-07-10  S    V2  U6     .           .
    """,
        },
        2024: {
            "Header": """
    CHILD  SEX  DOB
    Gil    1    2012-02-01
    """,
            "Episodes": """
    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    Gil    2022-07-10  S    V2  U6     .           .
    """,
        },
    },
    "cin": {
        2023: {
            "ChildIdentifiers": """
    LAchildID  PersonBirthDate  GenderCurrent
    Ada        2012-02-01       2
    Bo         2012-02-01       1
    Cy         2012-02-01       2
    Di         2012-02-01       1
    Ed         2005-06-01       1
    Flo        2016-05-05       1
    Gil        2012-02-01       1
    """,
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReferralNFA
    Ada        1             2020-12-01       5A              2022-09-18      0
    Ada        2             2023-02-01       1A              .               0
    Bo         3             2020-12-01       5A              2022-06-10      0
    Bo         4             2022-07-08       5A              2022-08-07      0
    Cy         5             2020-12-01       5A              .               0
    Di         6             2020-12-01       5A              2022-06-10      0
    Ed         7             2020-12-01       5A              .               0
    Flo        8             2020-12-01       5A              .               0
    Gil        9             2020-12-01       5A              2022-06-20      0
    Gil        10            2022-07-01       6               .               0
    """,
            "Section47": """
    LAchildID  CINdetailsID  S47ActualStartDate
    Ada        2             2023-02-06
    """,
            "ChildProtectionPlans": """
    LAchildID  CINdetailsID  CPPstartDate  CPPendDate
    Ada        2             2023-02-20    .
    """,
        },
        2024: {
            "ChildIdentifiers": """
    LAchildID  PersonBirthDate  GenderCurrent
    Ada        2012-02-01       2
    Cy         2012-02-01       2
    Di         2012-02-01       1
    Ed         2005-06-01       1
    Flo        2016-05-05       1
    Gil        2012-02-01       1
    """,
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReferralNFA
    Ada        2             2023-02-01       1A              2023-05-12      0
    Cy         5             2020-12-01       5A              .               0
    Di         11            2023-06-11       1A              .               0
    Ed         7             2020-12-01       5A              .               0
    Flo        8             2020-12-01       5A              .               0
    Gil        10            2022-07-01       6               .               0
    """,
            "ChildProtectionPlans": """
    LAchildID  CINdetailsID  CPPstartDate  CPPendDate
    Ada        2             2023-02-20    2023-05-12
    """,
        },
    },
}
_ED_AND_FLO = (
    "Ed was 17 on the day of the return: left out. Flo’s number is another child’s in the census, "
    "born on another day and of another sex: left out, and nothing of that child’s is taken."
)

_CAME: Written = {
    "ssda903": {
        2023: {"Episodes": "CHILD  DECOM  RNE  LS  PLACE  DEC  REC"},
        2024: {
            "Header": """
    CHILD  SEX  DOB
    Ada    2    2012-02-01
    Bo     1    2012-02-01
    Cy     2    2012-02-01
    Di     1    2008-02-01
    Ed     1    2012-02-01
    Flo    2    2012-02-01
    """,
            "Episodes": """
    CHILD  DECOM       RNE  LS  PLACE  DEC  REC
    Ada    2023-10-01  S    V2  U6     .    .
    Bo     2023-10-01  S    V2  U6     .    .
    Cy     2023-10-01  S    V2  U6     .    .
    Di     2023-10-01  S    V2  U6     .    .
    Ed     2023-10-01  S    V2  U6     .    .
    Flo    2023-10-01  S    V2  U6     .    .
    """,
            "UASC": """
    CHILD  SEX  DOB         DUC
    Di     1    2008-02-01  .
    """,
        },
    },
    "cin": {
        2023: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  CINclosureDate  ReferralNFA
    Cy         1             2022-12-01       .               1
    Flo        2             2022-09-30       .               1
    """,
        },
        2024: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  CINclosureDate  ReferralNFA
    Ada        3             2023-06-23       .               0
    Bo         4             2023-10-01       .               0
    Cy         5             2023-10-01       .               0
    Di         6             2023-10-01       .               0
    Flo        7             2023-10-01       2024-03-31      0
    """,
            "ChildProtectionPlans": """
    LAchildID  CINdetailsID  CPPstartDate  CPPendDate
    Ada        3             2023-07-10    .
    """,
        },
    },
}
_DI_AND_ED = (
    "Di came alone to seek asylum, and Ed is in no census: left out, each by name.",
    "Nothing speaks against the numbers that the others have in both returns, so they are linked.",
)

_ASKED: Written = {
    "ssda903": {
        2023: {
            "Episodes": """
    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    Ada    2021-01-01  S    V2  U6     2022-10-01  E4A
    """
        },
        2024: {"Episodes": "CHILD  DECOM  RNE  LS  PLACE  DEC  REC"},
        2025: {"Episodes": "CHILD  DECOM  RNE  LS  PLACE  DEC  REC"},
    },
    "cin": {
        2023: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReferralNFA
    Ada        1             2020-12-01       5A              2022-09-01      0
    Bo         2             2022-05-01       5A              2023-02-01      0
    Cy         3             2022-05-01       5A              2023-02-01      0
    Di         4             2022-05-01       5A              2023-02-01      0
    Ed         5             2022-05-01       5A              2023-02-01      0
    Flo        6             2022-05-01       5A              2022-05-31      0
    Gil        7             2022-05-01       5A              2023-02-01      0
    """
        },
        2024: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReasonForClosure  ReferralNFA
    Ada        11            2023-10-01       1A              .               .                 0
    Bo         12            2023-06-01       1C              2023-12-01      RC7               0
    Cy         13            2023-06-01       1A              .               .                 1
    Di         14            2023-06-01       1A              2023-07-20      RC9               0
    Ed         15            2023-06-01       1B              .               .                 0
    Flo        16            2023-06-01       1A              .               .                 0
    Gil        17            2023-06-01       1A              .               .                 0
    """,
            "ChildProtectionPlans": """
    LAchildID  CINdetailsID  CPPstartDate  CPPendDate
    Gil        17            2023-08-01    .
    """,
        },
        2025: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReferralNFA
    Ada        11            2023-10-01       1A              .               0
    """,
            "Section47": """
    LAchildID  CINdetailsID  S47ActualStartDate
    Ada        11            2024-10-01
    """,
        },
    },
}
_WHO_ASKED = (
    "Ada’s family asked on the last day of the 12 months after the return home. Bo, Cy, Di and Gil "
    "asked, or their families did, four months after a case was closed.",
    "Ed was referred by a neighbour (1B), and Flo’s family asked more than 12 months after the "
    "case was closed: neither is counted.",
)


def _home(
    measure: str, title: str, top: float, whole: float, left_out: int, *why: str
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        returns=_HOME,
        numerator=top,
        denominator=whole,
        left_out=left_out,
        why=(*why, _ED_AND_FLO),
    )


def _came(measure: str, title: str, top: float, *why: str) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        returns=_CAME,
        numerator=top,
        denominator=4,
        left_out=2,
        why=(*why, *_DI_AND_ED),
    )


def _asked(
    measure: str, title: str, top: float, *why: str, whole: float | None = 5
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2025,
        returns=_ASKED,
        numerator=top,
        denominator=whole,
        left_out=0,
        why=(*_WHO_ASKED, *why),
    )


EXAMPLES: tuple[MeasureExample, ...] = (
    _home(
        "home_with_open_case",
        "Whose case outlasted the day of the return",
        3,
        5,
        2,
        "The cases of Ada, Cy and Gil ran on after they went home.",
        "Those of Bo and Di were closed on the very day.",
    ),
    _home(
        "home_with_case_within_28_days",
        "A case on the last day that counts",
        4,
        5,
        2,
        "The cases of Ada, Cy and Gil ran on after they went home.",
        "Bo’s next case began 28 days after the return, which is soon enough; Di had none.",
    ),
    _home(
        "days_of_support_after_home",
        "Days are counted up to the same day a year on, or to new care",
        614,
        5,
        2,
        "Ada’s case ran for 100 days more, and a second one for 100 days: 200.",
        "Bo’s ran for 30 days; Cy’s was never closed, which makes 365; Di had none.",
        "Gil’s ran for 10 days more. The next began 9 days before Gil came back into care, and "
        "what came after that is not support at home: 19.",
    ),
    _home(
        "case_closed_then_reopened",
        "Only cases that were closed are judged",
        2,
        3,
        2,
        "The cases of Ada, Bo and Gil were closed within 12 months; Bo’s is the one that began "
        "soon after the return.",
        "Ada and Gil had another one within the 12 months.",
        "Cy’s case was never closed, and Di had none after the return.",
    ),
    _home(
        "re_referred_after_home",
        "Twelve months end on the same day a year on",
        3,
        5,
        2,
        "Ada, Bo and Gil were referred again, Gil by the police.",
        "Di was referred a day too late, and Cy not at all: the case was open throughout.",
    ),
    _home(
        "section_47_after_home",
        "An enquiry within 12 months",
        1,
        5,
        2,
        "An enquiry about Ada began eight months after the return.",
    ),
    _home(
        "plan_after_home",
        "A plan within 12 months",
        1,
        5,
        2,
        "Ada’s plan began eight months after the return. The census after lists it again, and it "
        "is one plan.",
    ),
    _home(
        "asked_for_help_after_home",
        "Who asked decides",
        1,
        5,
        2,
        "Ada’s family asked (1A). Bo was referred by another service and Gil by the police, and "
        "Di’s family asked a day too late.",
    ),
    _came(
        "known_before_care",
        "The day itself does not count",
        2,
        "Ada’s case had been open for months. Cy had been referred ten months before, though "
        "nothing was done.",
        "Bo was referred on the very day, and Flo the last time a day more than 12 months before.",
    ),
    _came(
        "protection_plan_before_care",
        "A plan that was running",
        1,
        "Ada’s plan had begun in July and was running.",
    ),
    _came(
        "nothing_done_before_care",
        "A referral that came to nothing",
        1,
        "Cy’s referral of December came to nothing. Flo’s was a day more than 12 months before.",
    ),
    _came(
        "days_of_help_before_care",
        "Days up to the day before",
        100,
        "Ada’s case had been open from 23 June: 100 days up to 1 October.",
        "Bo, Cy and Flo had had none: a referral that comes to nothing opens no case.",
    ),
    MeasureExample(
        "in_care_without_open_case",
        "Whom the census does not show on the last day of the year",
        2024,
        returns=_CAME,
        numerator=2,
        denominator=6,
        left_out=0,
        why=(
            "Ed is in no census. Flo’s case was closed on 31 March itself, so was no longer open "
            "at the end of that day.",
            "The cases of Ada, Bo, Cy and Di were open. Coming alone to seek asylum changes "
            "nothing here.",
        ),
    ),
    _asked("asked_for_help_again", "Who asked, and how soon after", 5, whole=None),
    _asked(
        "asked_then_investigated",
        "Looked for until the same day a year on",
        2,
        "An enquiry about Ada began on the last day that counts, and Gil was on a plan two months "
        "later.",
    ),
    _asked(
        "asked_then_plan",
        "A plan after asking",
        1,
        "Gil was on a plan two months later. There was an enquiry about Ada, and no plan.",
    ),
    _asked(
        "asked_then_supported",
        "A case that went on",
        1,
        "Bo’s case went on after the assessment and was closed for another reason (RC7).",
        "Ada and Gil were investigated, whatever help came too.",
    ),
    _asked(
        "asked_then_nothing",
        "Nothing, or closed after the assessment",
        2,
        "Nothing further was done for Cy; Di’s case was closed and passed on to early help (RC9).",
    ),
)
