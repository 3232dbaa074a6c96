"""Worked examples: times missing, reviews and helpers of children in care."""

from __future__ import annotations

from whatworks.measures.examples.model import MeasureExample

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
    *_MISSING_EXAMPLES,
    *_REVIEW_EXAMPLES,
    *_OTHER_EXAMPLES,
)
