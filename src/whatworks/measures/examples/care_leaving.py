"""Worked examples of how care ends, what follows, and how soon a child has a permanent home."""

from __future__ import annotations

from whatworks.measures.examples.model import MeasureExample

_WAYS_OUT = {
    2024: """
    child  from        rne  ls  place  to          rec
    Ada    2023-05-01  S    V2  U6     2023-07-01  E4A
    Bo     2023-05-01  S    V2  U6     2023-07-01  E4B
    Cy     2022-05-01  S    C2  U3     2023-09-01  E45
    Di     2022-05-01  S    C2  U6     2023-09-01  E47
    Ed     2022-05-01  S    C2  U6     2023-09-01  E41
    Flo    2021-05-01  S    E1  A6     2023-09-01  E11
    Gil    2021-05-01  S    C2  U6     2023-05-01  E4A
    Gil    2023-07-01  S    C2  U6     2023-10-01  E46
    Hal    2022-05-01  S    C2  U6     2023-09-01  E8
    """
}
_LAST = (
    "Gil went home in May, came back and left to a special guardian in October: the last counts."
)
_SHARES: tuple[tuple[str, int, int, str, str], ...] = (
    ("returned_home_planned", 1, 8, "As the plan intended", "Ada went home as planned (E4A)."),
    ("returned_home_unplanned", 1, 8, "Not as the plan intended", "Bo went home unplanned (E4B)."),
    (
        "ceased_special_guardianship",
        3,
        8,
        "Orders of every kind",
        "Cy, Di and Gil left to special guardians (E45, E47, E46).",
    ),
    ("ceased_child_arrangements", 1, 8, "By order of a court", "Ed left under such an order."),
    ("ceased_adopted", 1, 8, "Adoptions", "Flo was adopted (E11)."),
    ("adopted_unopposed_share", 1, 1, "Of adoptions alone", "Flo’s adoption was the only one."),
    (
        "adopted_without_consent_share",
        0,
        1,
        "Of adoptions alone",
        "Flo’s adoption, the only one, was not contested (E11); none was under E12.",
    ),
    (
        "guardians_who_fostered_as_family",
        1,
        3,
        "Family who had fostered the child",
        "Of Cy, Di and Gil, Cy left to relatives who had been foster carers (E45).",
    ),
    (
        "guardians_who_fostered",
        1,
        3,
        "Others who had fostered the child",
        "Of Cy, Di and Gil, Gil left to foster carers who are no family (E46).",
    ),
    (
        "guardians_who_are_family",
        1,
        3,
        "Family who had not fostered the child",
        "Of Cy, Di and Gil, Di left to relatives who had not fostered (E47).",
    ),
)
_HOW_MANY: tuple[tuple[str, int, str, str], ...] = (
    ("left_to_special_guardianship", 3, "Each child once", "Cy, Di and Gil count."),
    ("adopted", 1, "Each child once", "Flo was adopted (E11)."),
    ("adopted_unopposed", 1, "By the reason in the return", "Flo was adopted unopposed (E11)."),
    ("adopted_without_consent", 0, "By the reason in the return", "Nobody left under E12."),
    ("ceased_rate", 8, "Each child once, for every 10,000 in the area", "Eight children left."),
)

_HOME_AND_BACK = {
    2022: """
    child  from        rne  ls  place  to          rec
    Ada    2020-01-01  S    V2  U6     2021-06-10  E4A
    Bo     2020-01-01  S    V2  U6     2021-06-10  E4B
    Cy     2020-01-01  S    C2  U6     2021-06-10  E46
    Di     2020-01-01  S    C2  U6     2021-06-10  E47
    Ed     2020-01-01  S    V2  U6     2021-06-10  E4A
    Flo    2020-01-01  S    C2  U6     2021-06-10  E46
    """,
    2023: """
    child  from        rne  ls  place  to          rec
    Gil    2020-01-01  S    V2  U6     2022-06-10  E4A
    Hal    2020-01-01  S    V2  U6     2022-06-10  E4A
    Hal    2022-09-10  S    V2  U6     .           .
    Ida    2020-01-01  S    V2  U6     2022-06-10  E4A
    Ida    2022-12-11  S    V2  U6     .           .
    """,
    2024: """
    child  from        rne  ls  place  to          rec
    Ada    2023-06-10  S    V2  U6     .           .
    Bo     2023-06-11  S    V2  U6     .           .
    Cy     2023-06-10  S    C2  U6     .           .
    Hal    2022-09-10  S    V2  U6     .           .
    Ida    2022-12-11  S    V2  U6     .           .
    """,
}
_THEIR_AGES = """
    child  born        sex  ethnic
    Ada    2012-02-01  F    WBRI
    Bo     2012-02-01  M    WBRI
    Cy     2012-02-01  F    WBRI
    Di     2012-02-01  F    WBRI
    Ed     2005-06-01  M    WBRI
    Flo    2005-06-01  F    WBRI
    Gil    2005-06-01  M    WBRI
    Hal    2012-02-01  M    WBRI
    Ida    2012-02-01  F    WBRI
    """

_TO_STAY = {
    2021: """
    child  from        rne  ls  place  to          rec
    Ada    2020-05-01  S    V2  U6     2020-09-01  E4A
    Bo     2020-05-01  S    V2  U6     2020-09-01  E4A
    Cy     2020-05-01  S    C2  U6     .           .
    Di     2020-05-01  S    C2  U6     .           .
    Ed     2020-05-01  S    C2  U6     .           .
    Flo    2020-05-01  S    V2  U6     .           .
    Gil    2020-05-01  P    V2  U6     .           .
    """,
    2022: """
    child  from        rne  ls  place  to          rec
    Bo     2021-09-01  S    V2  U6     .           .
    Cy     2020-05-01  S    C2  U6     2021-05-01  X1
    Cy     2021-05-01  T    C2  U4     .           .
    Di     2020-05-01  S    C2  U6     .           .
    Ed     2020-05-01  S    C2  U6     .           .
    Flo    2020-05-01  S    V2  U6     .           .
    Gil    2020-05-01  P    V2  U6     2022-03-01  E41
    """,
    2023: """
    child  from        rne  ls  place  to          rec
    Bo     2021-09-01  S    V2  U6     .           .
    Cy     2021-05-01  T    C2  U4     .           .
    Di     2020-05-01  S    C2  U6     2022-05-01  E46
    Ed     2020-05-01  S    C2  U6     2022-05-02  E46
    Flo    2020-05-01  S    V2  U6     2022-08-01  E5
    """,
    2024: """
    child  from        rne  ls  place  to          rec
    Bo     2021-09-01  S    V2  U6     .           .
    Cy     2021-05-01  T    C2  U4     .           .
    """,
}
_TO_STAY_AGES = """
    child  born        sex  ethnic
    Ada    2012-02-01  F    WBRI
    Bo     2012-02-01  M    WBRI
    Cy     2012-02-01  F    WBRI
    Di     2012-02-01  F    WBRI
    Ed     2012-02-01  M    WBRI
    Flo    2004-05-01  F    WBRI
    Gil    2012-02-01  M    WBRI
    """

_HOW_SOON = {
    2023: """
    child  from        rne  ls  place  to          rec
    Ada    2022-05-01  S    V2  U6     2022-05-31  E4A
    Bo     2022-05-01  S    V2  U6     2022-05-11  E4A
    """,
    2024: """
    child  from        rne  ls  place  to          rec
    Bo     2023-05-11  S    V2  U6     2023-05-21  E4A
    Cy     2023-05-01  S    E1  A6     2023-05-11  E11
    Di     2023-05-01  S    E1  A6     2023-05-31  E12
    Ed     2023-05-01  S    C2  U3     2023-05-11  E45
    Flo    2023-05-01  S    C2  U6     2023-05-21  E41
    Gil    2023-05-01  S    C2  U6     2023-06-01  X1
    Gil    2023-06-01  T    C2  U4     .           .
    Hal    2023-05-01  P    C2  U4     2023-06-01  E46
    """,
}
_GIL = "Gil’s foster placement was recorded as long-term 31 days after care began, and goes on."
_DAYS: tuple[tuple[str, int, int, int, str, tuple[str, ...]], ...] = (
    (
        "days_to_lasting_return_home",
        30,
        1,
        0,
        "Home, and not back for twelve months",
        (
            "Ada went home the year before after 30 days and was not looked after again.",
            "Bo was, on the last day of the twelve months; the return home of this year is not "
            "yet known to have lasted.",
        ),
    ),
    (
        "days_to_adoption",
        40,
        2,
        0,
        "To the day of the order",
        ("Cy was adopted after 10 days in care, Di after 30.",),
    ),
    (
        "days_to_special_guardianship",
        10,
        1,
        1,
        "To the day of the order",
        (
            "Ed left to a special guardian after 10 days.",
            "So did Hal; but when Hal’s care began is not in the returns: left out.",
        ),
    ),
    (
        "days_to_child_arrangements",
        20,
        1,
        0,
        "To the day of the order",
        ("Flo left under a child arrangements order after 20 days.",),
    ),
    (
        "days_to_long_term_match",
        31,
        1,
        1,
        "To the first day of the placement",
        (_GIL, "Hal’s was long-term when first seen, and when care began is not known: left out."),
    ),
)

EXAMPLES: tuple[MeasureExample, ...] = (
    *(
        MeasureExample(name, title, 2024, _WAYS_OUT, numerator=k, denominator=n, why=(why, _LAST))
        for name, k, n, title, why in _SHARES
    ),
    *(
        MeasureExample(name, title, 2024, _WAYS_OUT, numerator=k, why=(why, _LAST))
        for name, k, title, why in _HOW_MANY
    ),
    MeasureExample(
        "reentered_within_3_months",
        "Three months end on the same day of the month",
        2024,
        _HOME_AND_BACK,
        children=_THEIR_AGES,
        numerator=1,
        denominator=2,
        left_out=1,
        why=(
            "Hal came back on the last day that counts; Ida half a year later.",
            "Gil was 17 on the day of the return: left out.",
            "The others went home earlier.",
        ),
    ),
    MeasureExample(
        "reentered_within_6_months",
        "Six months end on the same day of the month",
        2024,
        _HOME_AND_BACK,
        children=_THEIR_AGES,
        numerator=1,
        denominator=2,
        left_out=1,
        why=(
            "Hal came back after three months, Ida one day too late.",
            "Gil was 17 on the day of the return: left out.",
        ),
    ),
    MeasureExample(
        "reentered_within_24_months",
        "Two years end on the same day",
        2024,
        _HOME_AND_BACK,
        children=_THEIR_AGES,
        numerator=1,
        denominator=2,
        left_out=1,
        why=(
            "Of the returns home of 2021 Ada’s was followed by care on the last day that counts, "
            "Bo’s one day too late.",
            "Ed was 16: left out. Cy, Di and Flo left to special guardians.",
        ),
    ),
    MeasureExample(
        "reentered_after_special_guardianship_within_24_months",
        "Two years end on the same day",
        2024,
        _HOME_AND_BACK,
        children=_THEIR_AGES,
        numerator=1,
        denominator=2,
        left_out=1,
        why=(
            "Cy was looked after again on the last day that counts, Di not at all.",
            "Flo was 16 on the day of the order: left out.",
        ),
    ),
    MeasureExample(
        "started_again_within_24_months",
        "Two years back from the day of the start",
        2024,
        _HOME_AND_BACK,
        numerator=2,
        denominator=3,
        why=(
            "Ada, Bo and Cy started in the year. Care had ended two years before to the day for "
            "Ada and Cy; for Bo a day more.",
        ),
    ),
    MeasureExample(
        "permanence_within_2_years",
        "Followed for two years, and a return home for one more",
        2024,
        _TO_STAY,
        children=_TO_STAY_AGES,
        numerator=3,
        denominator=5,
        left_out=2,
        why=(
            "Ada went home and was not looked after again. Bo came back on the last day of twelve "
            "months, so that return did not last.",
            "Cy’s foster placement was recorded as long-term within two years.",
            "Di left to a special guardian on the last day that counts, Ed a day too late.",
            "Flo was 16 on starting, and Gil’s start was not seen: both left out.",
        ),
    ),
    MeasureExample(
        "time_in_care",
        "From the first day to the last",
        2024,
        {
            2024: """
    child  from        rne  ls  place  to          rec
    Ada    2023-05-01  S    V2  U6     2023-05-11  E4A
    Ada    2023-09-01  S    V2  U6     2023-09-21  E4A
    Bo     2023-05-01  S    V2  U6     2023-05-31  E4B
    Cy     2022-05-01  P    V2  U6     2023-09-01  E8
    Di     2023-05-01  S    V2  U6     .           .
    """
        },
        numerator=50,
        denominator=2,
        left_out=1,
        why=(
            "Ada’s last period of care of the year lasted 20 days, Bo’s 30.",
            "When Cy’s care began is not in the returns: left out. Di has not left.",
        ),
    ),
    *(
        MeasureExample(
            name, title, 2024, _HOW_SOON, numerator=k, denominator=n, left_out=out, why=why
        )
        for name, k, n, out, title, why in _DAYS
    ),
)
