"""Worked examples: health, difficulties, convictions and substance misuse of children in care."""

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


EXAMPLES: tuple[MeasureExample, ...] = (
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
