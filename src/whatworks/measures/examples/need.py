"""Worked examples of asking for help, written as small tables of CIN censuses."""

from __future__ import annotations

from whatworks.measures.examples.model import MeasureExample

_REFERRALS = {
    2024: {
        "CINdetails": """
    LAchildID  CINreferralDate  ReferralSource  ReferralNFA  CINclosureDate  ReasonForClosure
    Ada        2023-06-10       6               1            .               .
    Bo         2023-06-10       2A              0            2023-08-01      RC8
    Cy         2022-12-01       3A              0            2023-08-01      RC8
    Di         2023-05-01       3F              0            2023-06-01      RC7
    Di         2024-02-01       1C              0            .               .
    Ed         2024-03-20       1A              0            2024-04-30      RC9
    Flo        .                6               0            .               .
    Gus        2023-07-01       .               .            .               .
    """
    }
}
_DAYS_OF_REFERRAL = (
    "Cy was referred in the year before, and the day of Flo’s referral is blank: neither is a "
    "referral of this year. Of Ada, Bo, Ed and Gus there is one each and of Di there are two."
)


def _of_referrals(
    measure: str,
    title: str,
    numerator: int,
    *why: str,
    denominator: int | None = 6,
    left_out: int = 0,
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        returns={"cin": _REFERRALS},
        numerator=numerator,
        denominator=denominator,
        left_out=left_out,
        why=(*why, _DAYS_OF_REFERRAL),
    )


_ASSESSED = {
    2024: {
        "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralNFA
    Ada        1             2023-03-01       0
    Bo         2             2024-01-02       0
    Cy         3             2024-01-02       0
    Di         4             2024-01-02       0
    Ed         5             2023-12-01       0
    """,
        "Assessments": """
    LAchildID  CINdetailsID  AssessmentActualStartDate  AssessmentAuthorisationDate
    Ada        1             2023-03-06                 2023-03-31
    Bo         2             2024-01-05                 2024-03-08
    Cy         3             2024-01-05                 2024-03-11
    Di         4             2024-01-05                 .
    Ed         5             2023-12-22                 2024-01-02
    Ed         5             2024-02-01                 2024-01-31
    """,
    }
}
_ASSESSED_WHY = (
    "Ada’s assessment was finished the day before the year began, and Di’s is not finished.",
    "Bo’s began on Friday 5 January. The 45th working day after it is Friday 8 March, on which it "
    "was finished.",
    "Cy’s was finished on the next working day, Monday 11 March: 46 working days.",
    "Ed’s first began on Friday 22 December. Christmas Day, Boxing Day and New Year’s Day are bank "
    "holidays, so three working days passed until Wednesday 27 to Friday 29 December and a fourth "
    "was Tuesday 2 January, on which it was finished.",
)
_ED_TWICE = "Ed’s second is said to have been finished the day before it began: left out, by name."

EXAMPLES: tuple[MeasureExample, ...] = (
    _of_referrals("referrals_rate", "Each referral of the year", 6, denominator=None),
    _of_referrals(
        "referrals_no_further_action",
        "As the census says",
        1,
        "Nothing further was done after Ada’s referral.",
        "The census does not say what was done after Gus’s: left out, by name.",
        denominator=5,
        left_out=1,
    ),
    _of_referrals(
        "referrals_assessed_not_in_need",
        "Closed by 31 March for a reason that says so",
        1,
        "Bo was assessed and the case closed with nothing further (RC8).",
        "Ed’s case was closed with early help (RC9), but after 31 March.",
    ),
    _of_referrals(
        "referrals_from_schools", "By the source in the census", 1, "A school referred Bo."
    ),
    _of_referrals(
        "referrals_from_health",
        "By the source in the census",
        1,
        "A hospice (3F) referred Di the first time. Cy’s referral is of the year before.",
    ),
    _of_referrals(
        "referrals_from_police", "By the source in the census", 1, "The police referred Ada."
    ),
    _of_referrals(
        "referrals_from_family_or_self",
        "By the source in the census",
        2,
        "Di asked for help (1C), and a relative asked for Ed (1A). Who referred Gus is not known; "
        "Gus counts among all referrals.",
    ),
    MeasureExample(
        "assessments_rate",
        "Each assessment finished in the year",
        2024,
        returns={"cin": _ASSESSED},
        numerator=4,
        why=(_ASSESSED_WHY[0], "Bo’s and Cy’s were finished in the year, and both of Ed’s."),
    ),
    MeasureExample(
        "assessments_within_45_working_days",
        "Counting working days over Christmas, and to the 45th day",
        2024,
        returns={"cin": _ASSESSED},
        numerator=2,
        denominator=3,
        left_out=1,
        why=(*_ASSESSED_WHY, _ED_TWICE),
    ),
    MeasureExample(
        "assessment_working_days",
        "The working days of three assessments added up",
        2024,
        returns={"cin": _ASSESSED},
        numerator=45 + 46 + 4,
        denominator=3,
        left_out=1,
        why=(*_ASSESSED_WHY, _ED_TWICE),
    ),
    MeasureExample(
        "re_referrals_within_12_months",
        "Twelve months back from each referral, over the census of the year before",
        2024,
        referrals={
            2023: """
    child  referred    nfa  closed
    Ada    2022-06-10  1    .
    Bo     2022-06-10  0    2022-09-01
    Cy     2022-12-01  0    .
    Ed     2023-03-20  0    2023-03-31
    """,
            2024: """
    child  referred    nfa  closed
    Ada    2023-06-10  0    .
    Bo     2023-06-11  0    2023-09-01
    Cy     2022-12-01  0    2023-08-01
    Di     2023-05-01  1    .
    Di     2024-02-01  0    .
    Ed     2023-04-10  0    2023-08-01
    Ed     2023-04-10  0    2023-08-01
    Flo    .           0    .
    """,
        },
        numerator=3,
        denominator=5,
        why=(
            "Ada was referred again on the last day that counts; that nothing further was done "
            "the first time does not matter.",
            "Bo was referred one day too late to count as again.",
            "Cy’s case was still open, so both censuses list it: one referral, of the year before.",
            "Di was referred twice in the year. The first was no referral again, the second was.",
            "Ed was referred again, and that referral stands twice in the census: it counts once.",
            "The day of Flo’s referral is blank, so it belongs to no year. Such rows are counted "
            "among those set aside before anything is counted.",
        ),
    ),
)
