"""How measures can be broken down: groups of children that together make the whole.

Every breakdown has a group for what is not known, so that its groups always add up to the total.
Groups are those of the published statistics where the source says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from whatworks.journeys import codes
from whatworks.measures.definition import MeasureError
from whatworks.tables import col, lit, when

NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Breakdown:
    """One way to split a measure. ``expression`` gives each row of a view its group."""

    name: str
    title: str
    text: str
    groups: tuple[str, ...]
    expression: Callable[[], Any]
    source: str
    confidence: str


def _by_codes(column: str, groups: Mapping[str, tuple[str, ...]]) -> Callable[[], nw.Expr]:
    def expression() -> nw.Expr:
        chain: Any = None
        for group, members in groups.items():
            holds = col(column).is_in(members).fill_null(value=False)
            chain = (when(holds) if chain is None else chain.when(holds)).then(lit(group))
        found: nw.Expr = chain.otherwise(lit(NOT_KNOWN))
        return found

    return expression


def _age_group() -> nw.Expr:
    age = col("AGE")
    return (
        when(age.is_null() | (age < 0))
        .then(lit(NOT_KNOWN))
        .when(age < 1)
        .then(lit("Under 1 year"))
        .when(age < 5)
        .then(lit("1 to 4 years"))
        .when(age < 10)
        .then(lit("5 to 9 years"))
        .when(age < 16)
        .then(lit("10 to 15 years"))
        .otherwise(lit("16 years and over"))
    )


def _uasc() -> nw.Expr:
    listed = col("UASC").fill_null(value=False)
    return when(listed).then(lit("Unaccompanied asylum-seeking")).otherwise(lit("Not so recorded"))


ETHNICITY = {
    "White": ("WBRI", "WIRI", "WIRT", "WROM", "WOTH"),
    "Mixed or multiple ethnic groups": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "Asian or Asian British": ("AIND", "APKN", "ABAN", "CHNE", "AOTH"),
    "Black, African, Caribbean or Black British": ("BCRB", "BAFR", "BOTH"),
    "Other ethnic group": ("OOTH",),
}
LEGAL_STATUS = {
    "Full care order": ("C2",),
    "Interim care order": ("C1",),
    "Placement order": ("E1",),
    "Freeing order (historic)": ("D1",),
    "Voluntary agreement (section 20)": ("V2",),
    "Youth justice": ("J1", "J2", "J3"),
    "Detained for child protection": ("L1", "L2", "L3"),
}
PLACEMENT = {
    "Foster care": ("U1", "U2", "U3", "U4", "U5", "U6"),
    "Children's home or secure home": ("K1", "K2"),
    "Supported or independent accommodation": ("K3", "H5", "P2"),
    "With parents": ("P1",),
    "Placed for adoption": ("A3", "A4", "A5", "A6"),
    "Residential school": ("S1",),
    "Other residential setting": ("R1", "R2", "R3", "R5"),
    "Temporary stay": ("T0", "T1", "T2", "T3", "T4"),
    "Other placement": ("P3", "Z1", "Z11", "Z12", "Z13", "Z14"),
}
CATEGORY_OF_NEED = {
    "Abuse or neglect": ("N1",),
    "Child's disability": ("N2",),
    "Parent's illness or disability": ("N3",),
    "Family in acute stress": ("N4",),
    "Family dysfunction": ("N5",),
    "Socially unacceptable behaviour": ("N6",),
    "Low income": ("N7",),
    "Absent parenting": ("N8",),
}
_PUBLISHED = "Groups of the published statistics on children looked after in England."

BREAKDOWNS: dict[str, Breakdown] = {
    b.name: b
    for b in (
        Breakdown(
            "age_group",
            "Age group",
            "Age in completed years on the day the measure's clock names.",
            (
                "Under 1 year",
                "1 to 4 years",
                "5 to 9 years",
                "10 to 15 years",
                "16 years and over",
                NOT_KNOWN,
            ),
            _age_group,
            _PUBLISHED,
            "confirmed",
        ),
        Breakdown(
            "sex",
            "Sex",
            "Sex as the latest return that gives it records it.",
            (*codes.SEXES, NOT_KNOWN),
            _by_codes("SEX", codes.SEXES),
            _PUBLISHED,
            "confirmed",
        ),
        Breakdown(
            "ethnicity",
            "Ethnic group",
            "Main ethnic group; refused and not yet obtained are under not known.",
            (*ETHNICITY, NOT_KNOWN),
            _by_codes("ETHNIC", {group: (*codes, group) for group, codes in ETHNICITY.items()}),
            f"{_PUBLISHED} That Chinese is within Asian is our reading of the group's name.",
            "partly confirmed",
        ),
        Breakdown(
            "uasc",
            "Unaccompanied asylum-seeking children",
            "Listed as such in that year's return, and not yet ceased to be on the clock's day.",
            ("Unaccompanied asylum-seeking", "Not so recorded"),
            _uasc,
            _PUBLISHED,
            "partly confirmed",
        ),
        Breakdown(
            "legal_status",
            "Legal status",
            "Legal status of the episode on the day the measure's clock names.",
            (*LEGAL_STATUS, NOT_KNOWN),
            _by_codes("LS", LEGAL_STATUS),
            _PUBLISHED,
            "confirmed",
        ),
        Breakdown(
            "placement",
            "Placement",
            "Kind of placement of the episode on the day the measure's clock names. The published "
            "statistics count a child on a temporary stay under the placement it interrupts; here "
            "the stay has its own line.",
            (*PLACEMENT, NOT_KNOWN),
            _by_codes("PLACE", PLACEMENT),
            _PUBLISHED,
            "partly confirmed",
        ),
        Breakdown(
            "category_of_need",
            "Why the child needed help",
            "Main category of need of the episode on the day the measure's clock names.",
            (*CATEGORY_OF_NEED, NOT_KNOWN),
            _by_codes("NEED", CATEGORY_OF_NEED),
            _PUBLISHED,
            "confirmed",
        ),
    )
}


def breakdown(name: str) -> Breakdown:
    """The breakdown of that name. Raises MeasureError, naming those there are."""
    if name not in BREAKDOWNS:
        raise MeasureError(
            f"There is no breakdown called {name[:60]!r}. "
            f"The breakdowns are: {', '.join(BREAKDOWNS)}."
        )
    return BREAKDOWNS[name]
