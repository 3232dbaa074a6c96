"""Worked examples: health, difficulties, times missing, reviews and helpers of children in care."""

from __future__ import annotations

from whatworks.measures.examples.model import MeasureExample

_LONG = """
CHILD  DECOM       RNE  LS  PLACE  DEC         REC
Ada    2022-05-01  S    C2  U6     .           .
Bo     2022-05-01  S    C2  U6     .           .
Cy     2022-05-01  S    C2  K2     .           .
Di     2023-06-01  S    C2  U6     .           .
Ed     2022-05-01  S    C2  U6     2024-03-31  E8
Flo    2022-05-01  S    C2  U6     .           .
"""
_BORN = """
CHILD  DOB         SEX  ETHNIC
Ada    2012-02-01  F    WBRI
Bo     2020-06-01  M    WBRI
Cy     2009-02-01  M    WBRI
Di     2012-02-01  F    WBRI
Ed     2006-03-31  M    WBRI
Flo    2010-02-01  F    WBRI
"""
_ANSWERS = """
CHILD  SDQ_SCORE  CONVICTED  HEALTH_CHECK  IMMUNISATIONS  TEETH_CHECK  HEALTH_ASSESSMENT  \
SUBSTANCE_MISUSE  INTERVENTION_RECEIVED  INTERVENTION_OFFERED
Ada    16         0          .             1              1            1                  \
0                 .                      .
Bo     .          .          1             0              1            .                  \
0                 .                      .
Cy     18         1          .             1              0            1                  \
1                 0                      1
Di     20         0          .             1              1            1                  \
1                 1                      .
Ed     21         1          .             1              1            1                  \
1                 1                      .
"""
_BEFORE = """
CHILD  SDQ_SCORE
Ada    20
Cy     18
Flo    12
"""
_HEALTH = {"ssda903": {2024: {"Episodes": _LONG, "Header": _BORN, "OC2": _ANSWERS}}}
_TWO_YEARS = {
    "ssda903": {
        2023: {"Episodes": _LONG.replace("2024-03-31  E8", ".           ."), "OC2": _BEFORE},
        2024: {"Episodes": _LONG, "Header": _BORN, "OC2": _ANSWERS},
    }
}
_WHO = (
    "Di came into care in June, so has not been looked after for a year on 31 March; Ed left on "
    "31 March itself. Neither is in any number.",
)
_NO_RECORD = "Flo has no record in the table: left out."


def _of_health(
    measure: str,
    title: str,
    numerator: float,
    denominator: float,
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
        why=(*why, *_WHO),
        returns=_HEALTH,
    )


def _of_two_years(
    measure: str, title: str, numerator: int, denominator: int, left_out: int, *why: str
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        numerator=numerator,
        denominator=denominator,
        left_out=left_out,
        why=(*why, *_WHO),
        returns=_TWO_YEARS,
    )


_HEALTH_EXAMPLES = (
    _of_health(
        "health_assessed",
        "No answer is no no",
        2,
        2,
        2,
        "Ada and Cy had their health assessed.",
        "Bo’s answer is blank, so Bo is left out.",
        _NO_RECORD,
    ),
    _of_health(
        "dental_checked",
        "Seen by a dentist",
        2,
        3,
        1,
        "Ada and Bo were seen, Cy was not.",
        _NO_RECORD,
    ),
    _of_health(
        "immunised",
        "Up to date",
        2,
        3,
        1,
        "Ada and Cy are up to date, Bo is not.",
        _NO_RECORD,
    ),
    _of_health(
        "development_checked",
        "Only children under five",
        1,
        1,
        0,
        "Bo, aged 3, is the only child under 5, and was checked.",
        "Flo has no record, but is too old to be judged in any case.",
    ),
    _of_health(
        "convicted",
        "Only children of ten or older",
        1,
        2,
        1,
        "Cy was convicted, Ada was not; Bo is under 10.",
        _NO_RECORD,
    ),
    _of_health(
        "substance_misuse",
        "Found to have a problem",
        1,
        3,
        1,
        "Cy has a problem with drugs or alcohol, Ada and Bo have none.",
        _NO_RECORD,
    ),
    _of_health(
        "substance_misuse_help_offered",
        "An offer turned down is an offer",
        1,
        1,
        0,
        "Cy received no help, but had been offered it.",
    ),
    _of_health(
        "substance_misuse_helped",
        "An offer turned down is no help",
        0,
        1,
        0,
        "Cy was offered help and received none.",
    ),
    _of_health(
        "sdq_completed",
        "Of the age to be asked",
        2,
        3,
        0,
        "Ada, Cy and Flo are from 4 to 16; Ada and Cy have a score, Flo has no record at all.",
        "Bo is 3: too young to be asked.",
    ),
    _of_health(
        "sdq_average",
        "All points by all children who have a score",
        34,
        2,
        2,
        "Ada scored 16, Cy 18: 34 points between two, 17 on average.",
        "Bo and Flo have no score.",
    ),
    _of_health(
        "sdq_of_concern",
        "Seventeen and over",
        1,
        2,
        2,
        "Cy scored 18; Ada’s 16 is below 17.",
        "Bo and Flo have no score.",
    ),
    _of_health(
        "sdq_borderline",
        "Fourteen to sixteen",
        1,
        2,
        2,
        "Ada scored 16; Cy’s 18 is above.",
        "Bo and Flo have no score.",
    ),
    _of_two_years(
        "sdq_fell",
        "Fewer points than the year before",
        1,
        2,
        2,
        "Ada scored 20 the year before and 16 now: fewer. Cy’s 18 stayed the same.",
        "Bo has no score, Flo only one of the year before.",
    ),
    _of_two_years(
        "sdq_no_longer_of_concern",
        "From seventeen or more to less",
        1,
        2,
        2,
        "Ada and Cy had 17 or more the year before; Ada has 16 now, Cy still 18.",
        "Bo and Flo cannot be compared.",
    ),
)

_TIMES = {
    "ssda903": {
        2024: {
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC         REC
Ada    2022-05-01  S    C2  K2     .           .
Bo     2023-05-01  S    V2  U6     2023-09-01  E4A
Cy     2022-05-01  S    C2  U6     .           .
Di     2022-05-01  S    C2  U6     2023-04-01  E4A
""",
            "Missing": """
CHILD  MISSING  MIS_START   MIS_END
Ada    M        2023-03-30  2023-04-01
Ada    M        2023-05-01  2023-05-04
Ada    M        2023-05-02  2023-05-03
Ada    M        2023-05-04  2023-05-05
Ada    M        2023-09-01  2023-09-02
Ada    M        2024-03-31  .
Bo     A        2023-06-01  2023-06-02
Bo     M        2023-07-01  ?
Cy     M        2022-09-01  2023-03-31
""",
        }
    }
}
_WHO_IS_THERE = (
    "Ada, Bo and Cy were looked after on some day of the year; Di had left by the first of them.",
)
_ADAS_TIMES = (
    "Ada was missing five times: once from before the year into it; once from 1 to 4 May, of which "
    "2 to 3 May is a part; again from 4 May; in September; and on 31 March, not yet back."
)


def _of_times(
    measure: str, title: str, numerator: float, denominator: float, *why: str
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        numerator=numerator,
        denominator=denominator,
        why=(*why, *_WHO_IS_THERE),
        returns=_TIMES,
    )


_MISSING_EXAMPLES = (
    _of_times(
        "went_missing",
        "Missing at least once",
        2,
        3,
        _ADAS_TIMES,
        "Bo was missing once; the day Bo came back cannot be read.",
        "Cy was back before the year began.",
    ),
    _of_times(
        "away_without_agreement",
        "Whereabouts known",
        1,
        3,
        "Bo was away in June. The others were only ever missing.",
    ),
    _of_times("often_missing", "Five times", 1, 3, _ADAS_TIMES, "Bo was missing once."),
    _of_times(
        "missing_times",
        "Of those missing at all",
        6,
        2,
        _ADAS_TIMES,
        "Bo was missing once: six times between two children.",
    ),
)

_MET = {
    "ssda903": {
        2023: {
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC  REC
Ada    2022-05-03  S    C2  U6     .    .
Bo     2022-05-03  S    C2  U6     .    .
Cy     2021-05-03  S    C2  U6     .    .
""",
            "Reviews": """
CHILD  REVIEW      REVIEW_CODE
Ada    2022-06-01  PN7
Ada    2022-09-01  PN1
Ada    2023-02-20  PN1
Bo     2022-06-03  PN1
Bo     2022-09-02  PN1
Bo     2023-03-01  PN1
""",
        },
        2024: {
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC  REC
Ada    2022-05-03  S    C2  U6     .    .
Bo     2022-05-03  S    C2  U6     .    .
Cy     2021-05-03  S    C2  U6     .    .
Di     2023-05-02  S    C2  U6     .    .
Ed     2023-05-02  S    C2  U6     .    .
Flo    2024-03-04  S    C2  U6     .    .
Gus    2023-10-02  S    C2  U6     .    .
""",
            "Reviews": """
CHILD  REVIEW      REVIEW_CODE
Ada    2023-08-20  PN4
Ada    2024-01-20  PN5
Bo     2023-08-01  PN7
Cy     2023-08-01  PN1
Cy     2024-01-01  PN0
Di     2023-06-01  PN2
Di     2023-09-01  PN3
Di     2024-02-01  .
Ed     2023-06-02  PN6
Ed     2023-09-02  PN1
Ed     2024-02-01  PN1
""",
        },
    }
}
_REVIEW_EXAMPLES = (
    MeasureExample(
        "views_heard_at_reviews",
        "What the code says",
        2024,
        numerator=7,
        denominator=9,
        left_out=1,
        why=(
            "Eleven reviews were held in the year. One (PN0) was of a child under 4; one has no "
            "code and is left out.",
            "At Ada’s in August Ada said nothing (PN4), at Bo’s nobody knew Bo’s views (PN7).",
            "To the other seven the child’s views came, from the child or through others.",
        ),
        returns=_MET,
    ),
    MeasureExample(
        "attended_reviews",
        "Who came",
        2024,
        numerator=6,
        denominator=9,
        left_out=1,
        why=(
            "Of the nine reviews of children aged 4 or over, the child came to all but Ada’s in "
            "January (PN5), Bo’s (PN7) and Ed’s in June (PN6).",
        ),
        returns=_MET,
    ),
    MeasureExample(
        "reviewed_on_time",
        "Twenty working days, three months, six months",
        2024,
        numerator=2,
        denominator=6,
        left_out=1,
        why=(
            "Ada’s reviews came within six months of one another, the next is due on 20 July: in "
            "time.",
            "Bo’s next review was due by 1 February 2024 and had not been held.",
            "Cy had no review in the whole year before, so that of August was late.",
            "Di’s first review came on the twentieth working day after 2 May (two bank holidays "
            "fell between), the second within three months of it, the third within six: in time.",
            "Ed’s first review came on the twenty-first working day: late.",
            "Gus has been in care since October without a review.",
            "Flo came on 4 March 2024; the twentieth working day is after Easter, so none is due: "
            "left out.",
        ),
        returns=_MET,
    ),
)

_WORKED = {
    "ssda903": {
        2024: {
            "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC  REC
Ada    2022-05-01  S    C2  K2     .    .
Bo     2022-05-01  S    V2  U6     .    .
Cy     2022-05-01  S    C2  U6     .    .
""",
            "SWEpisodes": """
CHILD  SW_ID  SW_DECOM    SW_DEC      SW_REASON
Ada    W1     2022-01-01  2023-04-01  LEFTRL
Ada    W2     2023-04-01  2023-06-01  MANAGE
Ada    W3     2023-06-01  .           .
Bo     W1     2022-01-01  2023-03-31  LEFTRL
Bo     W2     2023-04-01  2023-06-01  MANAGE
Bo     W3     2023-06-01  2023-07-01  MANAGE
Bo     W2     2023-07-01  .           .
""",
        }
    }
}
_OTHER_EXAMPLES = (
    MeasureExample(
        "three_or_more_social_workers",
        "Different people on some day of the year",
        2024,
        numerator=1,
        denominator=2,
        left_out=1,
        why=(
            "Ada had three: W1 until 1 April, then W2 and W3.",
            "Bo had two in the year: W1 had left on the day before it, and W2 came back.",
            "For Cy the return names nobody: left out.",
        ),
        returns=_WORKED,
    ),
    MeasureExample(
        "deprived_of_liberty",
        "In force on some day of the year",
        2027,
        numerator=2,
        denominator=None,
        why=(
            "Ada’s first order ran into the year; Ada’s second does not count again.",
            "Bo’s ended the day before the year began. Cy’s runs on.",
        ),
        returns={
            "ssda903": {
                2027: {
                    "Episodes": """
CHILD  DECOM       RNE  LS  PLACE  DEC  REC
Ada    2025-05-01  S    C2  K2     .    .
Bo     2025-05-01  S    C2  K2     .    .
Cy     2025-05-01  S    C2  K2     .    .
""",
                    "DoLo": """
CHILD  DOLO_START  DOLO_END
Ada    2026-01-05  2026-04-01
Ada    2026-08-01  2026-09-01
Bo     2026-01-05  2026-03-31
Cy     2027-03-31  .
""",
                }
            }
        },
    ),
)

EXAMPLES: tuple[MeasureExample, ...] = (
    *_HEALTH_EXAMPLES,
    *_MISSING_EXAMPLES,
    *_REVIEW_EXAMPLES,
    *_OTHER_EXAMPLES,
)
