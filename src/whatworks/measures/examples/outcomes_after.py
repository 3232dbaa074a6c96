"""Worked examples: adoption, permanent homes that ended, and young people who have left care."""

from __future__ import annotations

from whatworks.measures.examples.model import MeasureExample

_ADOPTED = {
    "ssda903": {
        2024: {
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC         REC
Ada    2022-01-01  S    C1  U6     2022-07-01  X1
Ada    2022-07-01  L    E1  U6     2023-01-01  X1
Ada    2023-01-01  P    E1  A6     2023-09-01  E12
Bo     2022-01-01  S    V2  U6     2022-12-02  X1
Bo     2022-12-02  T    V2  A5     2023-10-01  E11
Cy     2022-01-01  S    C2  U6     2023-09-01  E45
Di     2022-05-01  S    E1  A4     .           .
""",
            "AD1": """
CHILD  DATE_INT    DATE_MATCH  FOSTER_CARE
Ada    2022-06-01  2022-12-01  0
Bo     2022-06-01  2022-05-01  1
""",
            "PlacedAdoption": """
CHILD  DATE_PLACED  DATE_PLACED_CEASED  REASON_PLACED_CEASED
Ada    2022-06-01   .                   .
Di     2023-05-01   .                   .
Ed     2023-05-01   2024-02-01          RD3
Flo    2022-05-01   2023-04-01          RD2
""",
        }
    }
}
_WHO = "Cy left under a special guardianship order and Di has not left."
_ADA_AND_BO = f"Ada and Bo were adopted in the year. {_WHO}"


def _of_adoption(
    measure: str,
    title: str,
    numerator: float,
    denominator: float | None,
    left_out: int,
    *why: str,
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        numerator=numerator,
        denominator=denominator,
        left_out=left_out,
        why=why,
        returns=_ADOPTED,
    )


_ADOPTION_EXAMPLES = (
    _of_adoption(
        "adopted_by_foster_carers", "As it is said", 1, 2, 0, "Bo’s carers adopted Bo.", _ADA_AND_BO
    ),
    _of_adoption(
        "days_from_care_to_adopters",
        "From the start to the last placement for adoption",
        700,
        2,
        0,
        "Ada came on 1 January 2022 and was placed with adopters on 1 January 2023: 365 days.",
        "Bo’s foster home became a placement for adoption (A5) on 2 December 2022: 335 days.",
        "700 days between two children.",
    ),
    _of_adoption(
        "days_from_order_to_match",
        "From the court’s order to the match",
        153,
        1,
        1,
        "Ada’s placement order was made on 1 July 2022, the match on 1 December: 153 days.",
        "Bo had no placement order: left out.",
    ),
    _of_adoption(
        "months_from_decision_to_match",
        "From the decision to the match",
        round(183 / (365.25 / 12), 6),
        1,
        1,
        "Adoption was decided on for Ada on 1 June 2022, the match on 1 December: 183 days, or "
        "6.01 months.",
        "Bo’s match is before the decision, which cannot be right: left out.",
    ),
    _of_adoption(
        "decided_for_adoption",
        "Decided in the year",
        2,
        None,
        0,
        "For Di and Ed it was decided in May 2023; for Ada and Flo in an earlier year.",
    ),
    _of_adoption(
        "plans_for_adoption_given_up",
        "Given up in the year",
        2,
        None,
        0,
        "Ed’s plan was given up in February, as no adopters were found, Flo’s on the first day "
        "of the year, as the court made no order.",
    ),
)

_STARTED = {
    "ssda903": {
        2024: {
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC  REC
Ada    2023-05-01  S    V2  U6     .    .
Bo     2023-05-01  S    V2  U6     .    .
Cy     2023-05-01  S    V2  U6     .    .
Di     2023-05-01  S    V2  U6     .    .
Ed     2023-05-01  S    V2  U6     .    .
Flo    2022-05-01  S    V2  U6     .    .
""",
            "PrevPerm": """
CHILD  PREV_PERM  LA_PERM  DATE_PERM
Ada    P1         301      2018-05-01
Bo     P2         302      2019-05-01
Cy     Z1         .        .
Di     P4         .        .
Ed     .          .        .
Flo    P1         301      2018-05-01
""",
        }
    }
}
_ED_AND_FLO = (
    "Ed’s answer is blank, so it is not known: left out.",
    "Flo started in an earlier year.",
)


def _of_start(measure: str, title: str, numerator: int, *why: str) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        numerator=numerator,
        denominator=4,
        left_out=1,
        why=(*why, *_ED_AND_FLO),
        returns=_STARTED,
    )


_START_EXAMPLES = (
    _of_start(
        "started_after_a_permanent_home",
        "Of whatever kind",
        3,
        "Ada had been adopted, Bo had had special guardians, Di some permanent home; Cy none.",
    ),
    _of_start("started_after_adoption", "P1", 1, "Only Ada had been adopted."),
    _of_start("started_after_special_guardianship", "P2", 1, "Only Bo had had special guardians."),
)

_LEFT = {
    "ssda903": {
        2024: {
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC         REC
Ivo    2020-01-01  S    C2  U6     2024-02-01  E11
""",
            "OC3": """
CHILD  DOB         IN_TOUCH  ACTIV  ACCOM
Ada    2004-05-01  YES       F1     U1
Bo     2003-05-01  YES       P5     B2
Cy     2002-05-01  NO        0      0
Di     2004-05-01  DIED      0      0
Ed     2004-05-01  YES       G4     G1
Flo    2003-05-01  YES       G6     .
Gus    2005-05-01  YES       F4     D1
Hal    2006-05-01  REFU      G5     0
Ivo    .           YES       F2     Z1
""",
        }
    }
}
_NO_AGE = "Ivo’s day of birth is in no table, so Ivo is left out."
_DIED = "Di has died and is left out."
_OLDER = "Ada, Bo, Cy, Ed and Flo are from 19 to 21."
_YOUNGER = "Gus is 18 and Hal 17; the others are older."


def _of_leavers(
    measure: str,
    numerator: int,
    denominator: int | None,
    left_out: int,
    *why: str,
) -> MeasureExample:
    older = measure.endswith("19_21")
    return MeasureExample(
        f"care_leavers_{measure}",
        "Young people of all ages, in the table of care leavers",
        2024,
        numerator=numerator,
        denominator=denominator,
        left_out=left_out,
        why=(*why, *((_OLDER, _DIED) if older else (_YOUNGER,)), _NO_AGE),
        returns=_LEFT,
    )


_LEAVER_EXAMPLES = (
    _of_leavers("17_18", 2, None, 1, "Both count."),
    _of_leavers("in_touch_17_18", 1, 2, 1, "Gus is in touch; Hal wants no contact."),
    _of_leavers("out_of_touch_17_18", 0, 2, 1, "Hal wants no contact, which is not lost touch."),
    _of_leavers("suitable_home_17_18", 1, 2, 1, "Gus’s home suits; Hal’s is not known."),
    _of_leavers("active_17_18", 1, 2, 1, "Gus is an apprentice (F4); Hal does nothing."),
    _of_leavers("higher_education_17_18", 0, 2, 1, "Gus is an apprentice, which is not that."),
    _of_leavers("not_active_17_18", 1, 2, 1, "Hal neither studies, works nor trains."),
    _of_leavers("not_active_ill_17_18", 0, 2, 1, "Hal’s reason (G5) is another."),
    _of_leavers("not_active_parent_17_18", 0, 2, 1, "Hal’s reason (G5) is another."),
    _of_leavers("19_21", 5, None, 2, "All five count."),
    _of_leavers("in_touch_19_21", 4, 5, 2, "All but Cy are in touch."),
    _of_leavers("out_of_touch_19_21", 1, 5, 2, "The council has lost touch with Cy."),
    _of_leavers(
        "suitable_home_19_21",
        1,
        3,
        4,
        "Ada’s home suits, Bo’s does not, Cy’s is not known: one of three.",
        "Ed has gone abroad, and for Flo there is no answer: both left out.",
    ),
    _of_leavers(
        "active_19_21", 2, 5, 2, "Ada studies, Bo works part time; of Cy nothing is known."
    ),
    _of_leavers("higher_education_19_21", 1, 5, 2, "Ada is in higher education."),
    _of_leavers("not_active_19_21", 2, 5, 2, "Ed is ill, Flo has a child."),
    _of_leavers("not_active_ill_19_21", 1, 5, 2, "Ed is ill or disabled (G4)."),
    _of_leavers("not_active_parent_19_21", 1, 5, 2, "Flo has a child or expects one (G6)."),
)

_STAYED = {
    "ssda903": {
        2022: {
            "Header": """
CHILD  DOB         SEX  ETHNIC
Ada    2003-05-01  F    WBRI
Bo     2003-05-01  M    WBRI
Cy     2003-05-01  M    WBRI
Di     2003-05-01  F    WBRI
""",
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC         REC
Ada    2019-05-01  S    C2  U6     2021-05-01  E7
Bo     2019-05-01  S    C2  U4     2021-05-01  E7
Cy     2019-05-01  S    C2  K2     2021-05-01  E7
Di     2019-05-01  S    C2  U6     2021-04-30  E8
""",
        },
        2023: {
            "Header": """
CHILD  DOB         SEX  ETHNIC
Gus    2005-05-01  M    WBRI
""",
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC         REC
Gus    2019-05-01  S    C2  U6     .           .
""",
        },
        2024: {
            "Header": """
CHILD  DOB         SEX  ETHNIC
Gus    2005-05-01  M    WBRI
""",
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC         REC
Gus    2019-05-01  S    C2  U6     2023-05-01  E7
""",
            "OC3": """
CHILD  DOB         IN_TOUCH  ACTIV  ACCOM
Ada    2003-05-01  YES       F1     Z1
Bo     2003-05-01  YES       P5     U1
Cy     2003-05-01  YES       P5     U1
Di     2003-05-01  YES       F2     Z1
Ed     2003-05-01  YES       F2     Z1
Gus    2005-05-01  YES       F2     Z1
""",
        },
    }
}
_STAY_EXAMPLES = (
    MeasureExample(
        "staying_put_at_19_20",
        "In foster care on the eighteenth birthday",
        2024,
        numerator=1,
        denominator=2,
        left_out=1,
        why=(
            "Ada and Bo were fostered until they turned 18; Ada still lives there.",
            "Cy lived in a children’s home; Di left the day before turning 18.",
            "Ed’s time in care is in none of the returns loaded: left out.",
            "Gus is 18.",
        ),
        returns=_STAYED,
    ),
    MeasureExample(
        "staying_put_at_18",
        "The same return, at 18",
        2024,
        numerator=1,
        denominator=1,
        left_out=0,
        why=("Gus was fostered until turning 18 in May 2023, and still lives there.",),
        returns=_STAYED,
    ),
)

EXAMPLES: tuple[MeasureExample, ...] = (
    *_ADOPTION_EXAMPLES,
    *_START_EXAMPLES,
    *_LEAVER_EXAMPLES,
    *_STAY_EXAMPLES,
)
