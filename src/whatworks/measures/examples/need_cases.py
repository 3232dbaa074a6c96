"""Worked examples of children in need, written as small tables of CIN censuses."""

from __future__ import annotations

from whatworks.measures.definitions.need_factors import FACTORS, measure_name
from whatworks.measures.examples.model import MeasureExample

_CASES = {
    2023: {
        "ChildIdentifiers": """
    LAchildID  PersonBirthDate  ExpectedPersonBirthDate
    Hal        2010-01-01       .
    """,
        "CINdetails": """
    LAchildID  CINreferralDate  ReferralNFA  CINclosureDate  ReasonForClosure
    Hal        2022-10-01       0            .               .
    """,
    },
    2024: {
        "ChildIdentifiers": """
    LAchildID  PersonBirthDate  ExpectedPersonBirthDate
    Ada        2015-05-01       .
    Bo         .                2024-06-01
    Cy         2012-05-01       .
    Di         2009-05-01       .
    Ed         .                .
    Flo        2018-05-01       .
    """,
        "Disabilities": """
    LAchildID  Disability
    Ada        AUT
    Ada        LD
    Bo         NONE
    Cy         MOB
    Ed         NONE
    """,
        "CINdetails": """
    LAchildID  CINreferralDate  ReferralNFA  CINclosureDate  ReasonForClosure
    Ada        2022-03-31       0            .               .
    Bo         2024-01-01       0            .               .
    Cy         2023-12-31       0            .               .
    Di         2023-06-01       1            .               .
    Ed         2023-06-01       0            .               .
    Flo        2023-06-01       0            2024-03-31      RC7
    Gus        2021-05-01       0            2023-05-01      RC7
    Gus        2023-09-30       0            2023-12-29      RC7
    Ivy        2024-01-10       0            2024-02-20      RC8
    Joe        2024-01-10       0            2024-02-20      .
    Kai        2024-03-05       0            2024-03-01      RC7
    """,
    },
}
_HAL = (
    "Hal’s case was open in 2023 and the census of 2024 does not mention it: it is taken to have "
    "closed on 1 April 2023, for a reason not recorded."
)
_STOCK = (
    "Ada, Bo, Cy and Ed have a case open after 31 March.",
    "Nothing further was done after Di’s referral, and Flo’s case closed on 31 March itself.",
    _HAL,
)


def _of_stock(
    measure: str, numerator: int, *why: str, denominator: int | None = 4, left_out: int = 0
) -> MeasureExample:
    return MeasureExample(
        measure,
        "Four children in need on 31 March",
        2024,
        returns={"cin": _CASES},
        numerator=numerator,
        denominator=denominator,
        left_out=left_out,
        why=(*_STOCK, *why),
    )


_ENDED = (
    "Flo’s case closed after ten months, Gus’s first on the very day two years on, and Gus’s "
    "second one day short of three months. Joe’s closed after six weeks, for a reason not given.",
    "Ivy’s was closed because an assessment found no need, and so is none of these.",
)
_NOT_KNOWN = (
    _HAL + " Kai’s is said to have closed before the referral. Neither day is known: left out, by "
    "name."
)


def _of_ended(measure: str, title: str, numerator: int, *why: str) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        returns={"cin": _CASES},
        numerator=numerator,
        denominator=4,
        left_out=2,
        why=(*_ENDED, *why, _NOT_KNOWN),
    )


_FOUND = {
    2024: {
        "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralNFA
    Ada        1             2023-05-01       0
    Bo         2             2023-05-01       0
    """,
        "Assessments": """
    LAchildID  CINdetailsID  AssessmentID  AssessmentActualStartDate  AssessmentAuthorisationDate
    Ada        1             1             2023-05-02                 2023-06-01
    Ada        1             2             2023-11-01                 2023-12-01
    Bo         2             3             2024-03-01                 .
    """,
        "AssessmentFactorsList": """
    LAchildID  CINdetailsID  AssessmentID  AssessmentFactor
    Ada        1             1             {code}
    Ada        1             1             4B
    Ada        1             2             {code}
    Bo         2             3             {code}
    """,
    }
}


def _of_factor(short: str, code: str, words: str) -> MeasureExample:
    tables = {name: text.replace("{code}", code) for name, text in _FOUND[2024].items()}
    return MeasureExample(
        measure_name(short),
        "Two assessments of one case, and one that is not finished",
        2024,
        returns={"cin": {2024: tables}},
        numerator=1,
        why=(
            f"Both assessments of Ada’s case found {words} (factor {code}): one case.",
            "Bo’s assessment is not signed off, so it belongs to no year yet.",
        ),
    )


EXAMPLES: tuple[MeasureExample, ...] = (
    _of_stock("children_in_need_rate", 4, denominator=None),
    MeasureExample(
        "children_in_need_in_year_rate",
        "Every case open on some day of the year",
        2024,
        returns={"cin": _CASES},
        numerator=10,
        why=(
            "Ada, Bo, Cy, Ed, Flo, Joe and Kai have one case each that was open in the year, and "
            "Gus has two.",
            "Ivy’s was closed because an assessment found no need, and nothing further was done "
            "for Di.",
            _HAL + " That is a day of the year, so it counts.",
        ),
    ),
    _of_stock(
        "in_need_under_3_months",
        1,
        "Bo was referred on 1 January, less than three months before. Cy, referred on 31 December, "
        "had been in need for three months to the day.",
    ),
    _of_stock("in_need_3_to_6_months", 1, "Cy had been in need for three months to the day."),
    _of_stock("in_need_6_to_12_months", 1, "Ed had been in need for ten months."),
    _of_stock("in_need_1_to_2_years", 0, "Nobody: Ada was referred two years before, to the day."),
    _of_stock(
        "in_need_2_years_or_longer",
        1,
        "Ada was referred on 31 March two years before.",
    ),
    _of_stock(
        "in_need_with_a_disability",
        2,
        "Ada has two disabilities and counts once; Cy has one. Bo and Ed have none.",
    ),
    _of_stock(
        "in_need_unborn",
        1,
        "Bo is expected in June.",
        "Neither a day of birth nor an expected day is given for Ed: left out, by name.",
        denominator=3,
        left_out=1,
    ),
    _of_ended(
        "need_ended_under_3_months",
        "Up to a day short of three months",
        2,
        "Joe’s case and Gus’s second were closed within three months.",
    ),
    _of_ended(
        "need_ended_after_3_to_6_months",
        "A day short of three months is less",
        0,
        "None: Gus’s second case was closed a day too soon.",
    ),
    _of_ended(
        "need_ended_after_6_to_12_months",
        "Between half a year and a year",
        1,
        "Flo’s case had been open for ten months.",
    ),
    _of_ended(
        "need_ended_after_1_to_2_years",
        "Two years to the day is longer",
        0,
        "None: Gus’s first case had been open for two years.",
    ),
    _of_ended(
        "need_ended_after_2_years",
        "Two years to the day",
        1,
        "Gus’s first case had been open for two years.",
    ),
    MeasureExample(
        "cases_closed_after_assessment",
        "By the reason in the census",
        2024,
        returns={"cin": _CASES},
        numerator=1,
        denominator=5,
        left_out=2,
        why=(
            "Ivy’s case was closed because an assessment found no need (RC8).",
            "Flo’s, both of Gus’s and Kai’s were closed for another reason.",
            "For Joe’s no reason is given, and for Hal’s none is recorded: left out, by name.",
        ),
    ),
    *(_of_factor(short, code, words) for short, code, words, _ in FACTORS),
)
