"""Worked examples of where children looked after live, under which law, and how settled."""

from __future__ import annotations

from collections.abc import Mapping

from whatworks.measures.examples.model import MeasureExample

Returns = Mapping[str, Mapping[int, Mapping[str, str]]]


def _return(year: int, **tables: str) -> Returns:
    return {"ssda903": {year: {"Episodes": tables["episodes"], **_others(tables)}}}


def _others(tables: Mapping[str, str]) -> Mapping[str, str]:
    named = {"header": "Header", "uasc": "UASC"}
    return {named[key]: text for key, text in tables.items() if key in named}


_HOMES = _return(
    2024,
    episodes="""
    CHILD  DECOM       RNE  LS  PLACE  PLACE_PROVIDER  DEC         REC  PL_POST
    Ada    2023-05-01  S    V2  U6     PR1             .           .    A1
    Bo     2023-05-01  S    V2  U3     PR1             .           .    B2
    Cy     2023-05-01  S    V2  U6     PR4             2024-03-28  X1   C3
    Cy     2024-03-28  P    V2  T1     .               .           .    H0
    Di     2022-05-01  S    C2  K2     PR4             .           .    D4
    Ed     2022-05-01  S    C2  P1     PR0             .           .    E5
    Flo    2022-05-01  S    V2  H5     PR5             .           .    F6
    Gil    2022-05-01  S    C2  R1     PR2             .           .    G7
    Hal    2022-05-01  S    V2  Z1     .               .           .    H8
    Ida    2022-05-01  S    E1  A6     PR1             .           .    I9
    Jo     2023-05-01  S    V4  K2     PR4             .           .    .
    """,
)
_THERE = (
    "Nine children were looked after on 31 March. Jo had only agreed short breaks (V4).",
    "Cy was in hospital for some days (T1) and counts under the foster placement that the stay "
    "interrupts.",
)
_LIVING: Mapping[str, tuple[int, str, str]] = {
    "in_foster_care": (3, "Foster carers of every kind", "Ada, Bo and Cy lived in foster care."),
    "with_relatives": (1, "Fostered by family", "Bo was fostered by family or friends (U3)."),
    "in_childrens_homes": (1, "Children's homes", "Di lived in a children’s home (K2)."),
    "in_supported_accommodation": (1, "Supported accommodation", "Flo’s was semi-independent."),
    "placed_with_parents": (1, "At home with a care order", "Ed was placed with parents (P1)."),
    "in_other_residential": (1, "Other residential places", "Gil lived in a care home (R1)."),
    "in_other_placements": (1, "Placements of another kind", "Hal’s placement was another (Z1)."),
    "placed_for_adoption": (1, "With adopters", "Ida was placed for adoption (A6)."),
    "provided_by_council": (3, "The council’s own", "Ada’s, Bo’s and Ida’s are its own (PR1)."),
    "provided_by_other_council": (1, "Another council’s", "Gil’s is another council’s (PR2)."),
    "provided_privately": (2, "Private ones", "Cy’s, which the stay interrupts, and Di’s (PR4)."),
    "provided_by_charity": (1, "A charity’s", "Flo’s is a charity’s (PR5); Hal’s is not said."),
    "looked_after_voluntarily": (5, "Section 20", "Ada, Bo, Cy, Flo and Hal: V2."),
    "looked_after_under_care_order": (3, "Care orders", "Di, Ed and Gil: C2."),
    "looked_after_under_placement_order": (1, "Placement orders", "Ida: E1."),
}

_DISTANCES = _return(
    2024,
    episodes="""
    CHILD  DECOM       RNE  LS  PLACE  DEC  REC  PL_DISTANCE  PL_LOCATION
    Ada    2023-05-01  S    V2  U6     .    .    3.5          IN
    Bo     2023-05-01  S    V2  K2     .    .    20.0         OUT
    Cy     2023-05-01  S    V2  K2     .    .    20.1         OUT
    Di     2023-05-01  S    V2  K2     .    .    24.4         IN
    Ed     2023-05-01  S    V2  H5     .    .    .            OUT
    """,
)
_FROM_HOME = (
    "Ed’s distance is blank: left out, and that is said beside the figure.",
    "Bo’s placement is just 20 miles away, Cy’s over 20 and outside the council’s area.",
    "Di’s is over 20 miles away, yet inside the area of a large council.",
)

_STARTS = _return(
    2024,
    episodes="""
    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    Ada    2023-05-01  S    V2  U6     .           .
    Bo     2023-05-01  S    L1  U6     2023-05-03  X1
    Bo     2023-05-03  L    C1  U6     .           .
    Cy     2023-06-01  S    C1  U6     .           .
    Di     2023-06-01  S    J1  K2     .           .
    Ed     2023-06-01  P    V2  K2     .           .
    """,
    header="""
    CHILD  SEX  DOB         ETHNIC
    Ada    F    2022-05-02  WBRI
    Bo     M    2022-04-30  WBRI
    Cy     F    2023-07-01  WBRI
    Di     M    2010-01-01  WBRI
    Ed     M    2010-01-01  WBRI
    """,
)
_HOW_THEY_CAME = (
    "Ada, Bo, Cy and Di started; where Ed was before the first episode is not in the return.",
    "Bo came in police protection (L1), which turned into an interim care order two days later: "
    "the first day decides.",
)

_ALONE = _return(
    2024,
    episodes="""
    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    Ada    2023-05-01  S    V2  U6     .           .
    Bo     2022-05-01  S    V2  H5     .           .
    Cy     2023-05-01  S    V2  H5     .           .
    Di     2023-05-01  S    V2  U6     .           .
    """,
    header="""
    CHILD  SEX  DOB         ETHNIC
    Ada    F    2010-05-02  OOTH
    Bo     M    2007-04-30  OOTH
    Cy     M    2006-06-01  OOTH
    Di     F    2010-01-01  WBRI
    """,
    uasc="""
    CHILD  SEX  DOB         DUC
    Ada    F    2010-05-02  2028-05-02
    Bo     M    2007-04-30  2025-04-30
    Cy     M    2006-06-01  2023-09-01
    """,
)
_ALONE_NOW = (
    "Ada, Bo and Cy are listed as unaccompanied asylum-seeking children; Di is not.",
    "Cy ceased to be one on 1 September (DUC), so does not count on 31 March; Ada and Bo do.",
)
_ALONE_AT_START = (
    "Ada, Cy and Di started in the year, Bo the year before.",
    "Ada and Cy were unaccompanied on the day they started; what came later does not matter.",
)

_SETTLED = {
    2022: """
    child  from        rne  ls  place  to          rec  post
    Ada    2021-09-30  S    C2  U6     .           .    A1
    Bo     2021-09-30  S    C2  U6     .           .    B1
    Cy     2021-10-01  S    C2  U6     .           .    C1
    Di     2020-01-01  S    E1  U6     .           .    D1
    Ed     2020-01-01  S    C2  U6     .           .    E1
    """,
    2023: """
    child  from        rne  ls  place  to          rec  post
    Ada    2021-09-30  S    C2  U6     2022-12-01  X1   A1
    Ada    2022-12-01  T    C2  U4     .           .    A1
    Bo     2021-09-30  S    C2  U6     2022-06-01  X1   B1
    Bo     2022-06-01  P    C2  U6     .           .    B2
    Cy     2021-10-01  S    C2  U6     .           .    C1
    Di     2020-01-01  S    E1  U6     2022-12-01  X1   D1
    Di     2022-12-01  P    E1  A6     .           .    D2
    Ed     2020-01-01  S    C2  U6     .           .    E1
    """,
    2024: """
    child  from        rne  ls  place  to          rec  post
    Ada    2022-12-01  T    C2  U4     .           .    A1
    Bo     2022-06-01  P    C2  U6     .           .    B2
    Cy     2021-10-01  S    C2  U6     .           .    C1
    Di     2022-12-01  P    E1  A6     .           .    D2
    Ed     2020-01-01  S    C2  U6     .           .    E1
    """,
}
_SETTLED_CHILDREN = """
    child  born        sex  ethnic
    Ada    2015-02-01  F    WBRI
    Bo     2015-02-01  M    WBRI
    Cy     2015-02-01  F    WBRI
    Di     2018-02-01  F    WBRI
    Ed     2008-03-31  M    WBRI
    """

_FIRST_MOVES = {
    2023: """
    child  from        rne  ls  place  to          rec  post
    Ada    2022-05-01  S    V2  U6     2022-08-01  X1   A1
    Ada    2022-08-01  P    V2  U6     .           .    A2
    Bo     2022-05-01  S    V2  U6     2022-08-02  X1   B1
    Bo     2022-08-02  P    V2  K2     .           .    B2
    Cy     2022-05-01  S    V2  U6     2022-06-01  X1   C1
    Cy     2022-06-01  T    V2  U4     .           .    C1
    Di     2022-05-01  S    V2  U6     2022-07-01  E4A  D1
    Ed     2022-05-01  P    V2  U6     .           .    E1
    """,
    2024: """
    child  from        rne  ls  place  to          rec  post
    Ada    2022-08-01  P    V2  U6     .           .    A2
    Bo     2022-08-02  P    V2  K2     2023-05-01  E4A  B2
    Cy     2022-06-01  T    V2  U4     2023-04-30  E4A  C1
    Ed     2022-05-01  P    V2  U6     .           .    E1
    """,
}

EXAMPLES: tuple[MeasureExample, ...] = (
    *(
        MeasureExample(
            name,
            title,
            2024,
            returns=_HOMES,
            numerator=n,
            denominator=9,
            why=(*_THERE, why),
        )
        for name, (n, title, why) in _LIVING.items()
    ),
    MeasureExample(
        "far_from_home",
        "Over 20 miles and outside the area",
        2024,
        returns=_DISTANCES,
        numerator=1,
        denominator=4,
        left_out=1,
        why=_FROM_HOME,
    ),
    MeasureExample(
        "distance_from_home",
        "The miles of those whose distance is known",
        2024,
        returns=_DISTANCES,
        numerator=68.0,
        denominator=4,
        left_out=1,
        why=(_FROM_HOME[0], "The other four live 68 miles from home together: 17 on average."),
    ),
    MeasureExample(
        "started_voluntarily",
        "By agreement",
        2024,
        returns=_STARTS,
        numerator=1,
        denominator=4,
        left_out=1,
        why=(*_HOW_THEY_CAME, "Ada came by agreement (V2). Di was remanded (J1)."),
    ),
    MeasureExample(
        "started_under_court_order",
        "Under an order",
        2024,
        returns=_STARTS,
        numerator=1,
        denominator=4,
        left_out=1,
        why=(*_HOW_THEY_CAME, "Cy came under an interim care order (C1). Remand (J1) is apart."),
    ),
    MeasureExample(
        "started_under_police_protection",
        "The first day decides",
        2024,
        returns=_STARTS,
        numerator=1,
        denominator=4,
        left_out=1,
        why=(*_HOW_THEY_CAME,),
    ),
    MeasureExample(
        "started_aged_under_1",
        "The day before the first birthday",
        2024,
        returns=_STARTS,
        numerator=1,
        denominator=3,
        left_out=2,
        why=(
            "Ada started on the day before her first birthday, Bo on the day after his.",
            "Cy’s date of birth is later than the day care began, so the age is not known: left "
            "out, as is Ed, whose start was not seen.",
            "Di was 13.",
        ),
    ),
    MeasureExample(
        "uasc_looked_after",
        "Until the status ceases",
        2024,
        returns=_ALONE,
        numerator=2,
        why=_ALONE_NOW,
    ),
    MeasureExample(
        "uasc_looked_after_share",
        "Of all who are looked after",
        2024,
        returns=_ALONE,
        numerator=2,
        denominator=4,
        why=_ALONE_NOW,
    ),
    MeasureExample(
        "uasc_looked_after_rate",
        "The same children, for every 10,000 who live in the area",
        2024,
        returns=_ALONE,
        numerator=2,
        why=(*_ALONE_NOW, "Were 40,000 children living in the area, that would be 0.5 for 10,000."),
    ),
    MeasureExample(
        "uasc_started_share",
        "As on the day they came",
        2024,
        returns=_ALONE,
        numerator=2,
        denominator=3,
        why=_ALONE_AT_START,
    ),
    MeasureExample(
        "uasc_started_rate",
        "The same children, for every 10,000 who live in the area",
        2024,
        returns=_ALONE,
        numerator=2,
        why=(*_ALONE_AT_START, "Were 40,000 children living in the area, that would be 0.5."),
    ),
    MeasureExample(
        "long_term_stability",
        "Thirty months in care, twenty-four in one home",
        2024,
        _SETTLED,
        children=_SETTLED_CHILDREN,
        numerator=2,
        denominator=3,
        why=(
            "Ada, Bo and Di had been looked after for 30 months or more on 31 March 2024, Ada and "
            "Bo to the day. Cy’s care began a day later: in neither number.",
            "Ada’s placement was confirmed as long-term with the same carer (T): it goes on, and "
            "counts.",
            "Bo moved in June 2022, less than 24 months before.",
            "Di lives with adopters since December 2022; with the placement before it is more "
            "than four years, so Di counts.",
            "Ed turned 16 on the day itself.",
        ),
    ),
    MeasureExample(
        "placements_in_the_year",
        "All placements, shared out",
        2024,
        {
            2024: """
    child  from        rne  ls  place  to          rec  post
    Ada    2023-03-01  S    V2  U6     2023-05-01  X1   A1
    Ada    2023-05-01  P    V2  K2     2023-07-01  X1   B2
    Ada    2023-07-01  P    V2  U4     .           .    C3
    Bo     2022-05-01  S    V2  U6     .           .    D4
    Cy     2023-05-01  S    V2  U6     2023-07-01  E4A  E5
    """
        },
        numerator=4,
        denominator=2,
        why=(
            "Ada lived in three placements in the year, Bo in one: four for two children.",
            "Cy was no longer looked after on 31 March.",
        ),
    ),
    MeasureExample(
        "moved_within_3_months",
        "Three months end on the same day of the month",
        2024,
        _FIRST_MOVES,
        numerator=1,
        denominator=4,
        left_out=1,
        why=(
            "Ada moved on the last day that counts, Bo a day later.",
            "Cy’s placement changed with the same carer (T), which is no move.",
            "Di had gone home after two months and is among the starts.",
            "Where Ed was before the first episode is not in the returns: left out.",
        ),
    ),
    MeasureExample(
        "first_home_days",
        "Twelve months in care, and how many days of them in the first home",
        2024,
        _FIRST_MOVES,
        numerator=92 + 93,
        denominator=2,
        left_out=1,
        why=(
            "Ada and Bo were in care for twelve months. Bo left on the very day they were over.",
            "Ada’s first home lasted 92 days, Bo’s 93.",
            "Cy left a day before twelve months were over, Di after two: in neither number.",
            "Where Ed was before the first episode is not in the returns: left out.",
        ),
    ),
)
