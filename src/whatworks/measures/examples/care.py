"""Worked examples of the measures of children looked after, as small tables of episodes."""

from __future__ import annotations

from whatworks.measures.examples.model import MeasureExample

_OPEN_THEN = {
    2024: """
    child  from        rne  ls  place  to          rec
    Ada    2023-05-01  S    V2  U6     .           .
    Bo     2024-03-31  S    V2  U6     .           .
    Cy     2023-05-01  S    V2  U6     2024-03-31  E4A
    Di     2023-05-01  S    V2  U6     2024-04-01  E4A
    Ed     2023-05-01  S    V4  U6     .           .
    """
}
_WHO_WAS_THERE = (
    "Ada, Bo and Di count: each began by 31 March and had not left before 1 April.",
    "Cy left on 31 March itself, so was no longer looked after at the end of that day.",
    "Ed had only agreed short breaks (V4), which are not counted.",
)

_TWICE_AND_NO_START = {
    2024: """
    child  from        rne  ls  place  to          rec
    Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
    Ada    2023-09-01  S    V2  U6     2023-12-01  E41
    Bo     2022-01-01  S    V2  U6     2024-03-31  E8
    Cy     2023-05-01  P    V2  U6     .           .
    """
}
_WHO_STARTED = (
    "Ada started twice in the year and counts once, by the first time.",
    "Bo started in an earlier year.",
    "Cy’s first episode in the return is a change of placement (P), not a start. Where Cy "
    "was before is not in it, so Cy is left out, and that is said beside the figure.",
)

EXAMPLES: tuple[MeasureExample, ...] = (
    MeasureExample(
        "looked_after_at_31_march",
        "Who was there on the last day",
        2024,
        _OPEN_THEN,
        numerator=3,
        denominator=None,
        left_out=0,
        why=_WHO_WAS_THERE,
    ),
    MeasureExample(
        "looked_after_rate",
        "The same children, for every 10,000 who live in the area",
        2024,
        _OPEN_THEN,
        numerator=3,
        denominator=None,
        left_out=0,
        why=(
            *_WHO_WAS_THERE,
            "Were 60,000 children living in the area, the rate would be 3 × 10,000 ÷ 60,000: "
            "half a child for every 10,000.",
        ),
    ),
    MeasureExample(
        "started_to_be_looked_after",
        "Starting twice counts once; a first episode that is no start is left out",
        2024,
        _TWICE_AND_NO_START,
        numerator=1,
        denominator=None,
        left_out=1,
        why=_WHO_STARTED,
    ),
    MeasureExample(
        "started_rate",
        "The same children, for every 10,000 who live in the area",
        2024,
        _TWICE_AND_NO_START,
        numerator=1,
        denominator=None,
        left_out=1,
        why=(
            *_WHO_STARTED,
            "Were 20,000 children living in the area, the rate would be 1 × 10,000 ÷ 20,000: half "
            "a child for every 10,000.",
        ),
    ),
    MeasureExample(
        "ceased_to_be_looked_after",
        "Ceasing twice counts once; the day decides the year",
        2024,
        {
            2024: """
        child  from        rne  ls  place  to          rec
        Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
        Ada    2023-09-01  S    V2  U6     2023-12-01  E41
        Bo     2022-01-01  S    V2  U6     2024-03-31  E8
        Cy     2022-01-01  S    V2  U6     2024-04-01  E8
        Di     2022-05-01  S    V2  U6     2023-07-01  E4A
        Di     2023-09-01  S    V2  U6     .           .
        """
        },
        numerator=3,
        denominator=None,
        left_out=0,
        why=(
            "Ada ceased twice in the year and counts once.",
            "Bo ceased on the last day of the year and counts; Cy a day later, in the next year.",
            "Di ceased and came back: Di has ceased all the same.",
        ),
    ),
    MeasureExample(
        "three_or_more_placements",
        "Placements open at some time in the year",
        2024,
        {
            2024: """
        child  from        rne  ls  place  to          rec  post
        Ada    2022-01-01  S    V2  U6     2023-06-01  X1   A1
        Ada    2023-06-01  P    V2  U4     2023-12-01  X1   B2
        Ada    2023-12-01  P    V2  K2     .           .    C3
        Bo     2022-01-01  S    V2  U6     2023-04-01  X1   A1
        Bo     2023-04-01  P    V2  U4     2023-12-01  X1   B2
        Bo     2023-12-01  P    V2  K2     .           .    C3
        Cy     2023-05-01  S    V2  U6     2023-06-01  X1   A1
        Cy     2023-06-01  P    V2  T1     2023-06-08  X1   H0
        Cy     2023-06-08  P    V2  U6     .           .    A1
        Di     2023-05-01  S    V2  U6     2023-06-01  X1   A1
        Di     2023-06-01  P    V2  U4     2023-07-01  X1   B2
        Di     2023-07-01  P    V2  U4     2023-08-01  E4A  C3
        """
        },
        numerator=1,
        denominator=3,
        left_out=0,
        why=(
            "Ada lived in three placements; the first was still open when the year began.",
            "Bo’s first placement had ended by the first day of the year, which leaves two.",
            "Cy’s week in hospital (T1) is a temporary stay, and Cy went back to the same "
            "home: one placement.",
            "Di had three but was no longer looked after on 31 March, so is in neither number.",
        ),
    ),
    MeasureExample(
        "returned_home",
        "The last time in the year decides",
        2024,
        {
            2024: """
        child  from        rne  ls  place  to          rec
        Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
        Ada    2023-09-01  S    V2  U6     2023-12-01  E41
        Bo     2023-05-01  S    V2  U6     2023-07-01  E41
        Bo     2023-09-01  S    V2  U6     2023-12-01  E4B
        Cy     2022-01-01  S    C2  U6     2023-09-01  E13
        """
        },
        numerator=1,
        denominator=3,
        left_out=0,
        why=(
            "Ada went home in July, came back and left another way in December: the last counts.",
            "Bo’s last time was a return home (E4B, not planned), so Bo counts.",
            "Cy left to live with somebody without parental responsibility (E13), which is no "
            "return home.",
        ),
    ),
    MeasureExample(
        "reentered_within_12_months",
        "Twelve months end on the same day a year on",
        2024,
        {
            2023: """
        child  from        rne  ls  place  to          rec
        Ada    2021-01-01  S    V2  U6     2022-04-01  E4A
        Bo     2021-01-01  S    V2  U6     2022-06-10  E4B
        Cy     2021-01-01  S    V2  U6     2023-03-31  E4A
        Di     2021-01-01  S    V2  U6     2022-06-10  E13
        Ed     2021-01-01  S    V2  U6     2022-06-01  E4A
        """,
            2024: """
        child  from        rne  ls  place  to          rec
        Ada    2023-04-01  S    V2  U6     .           .
        Bo     2023-06-11  S    V2  U6     .           .
        """,
        },
        children="""
    child  born        sex  ethnic
    Ada    2012-02-01  F    WBRI
    Bo     2012-02-01  M    WBRI
    Cy     2012-02-01  F    WBRI
    Di     2012-02-01  F    WBRI
    Ed     2005-06-01  M    WBRI
    """,
        numerator=1,
        denominator=3,
        left_out=1,
        why=(
            "Ada came back on the last day that counts.",
            "Bo came back one day too late, and Cy not at all: both are among the returns home.",
            "Di had not gone home (E13), so is in neither number.",
            "Ed was 17 on the day of the return and turned 18 within the twelve months: left out.",
        ),
    ),
)
