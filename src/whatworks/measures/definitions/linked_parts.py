"""What the measures of linked returns share: who is judged, and the sentences that all need."""

from __future__ import annotations

from typing import Any

from whatworks.journeys.linking import FOUND
from whatworks.measures.definition import LeftOut
from whatworks.measures.definitions.reunification import turns_18
from whatworks.tables import col

LINKED = (
    "A child in care is found among children in need by the council’s own number, which both "
    "returns ask for, unless both date of birth and sex differ; failing that by unique pupil "
    "number. How many were found, and how, is counted for each year."
)
CASES = (
    "A case is open from the day of a referral to the day on which it was closed. A referral "
    "after which nothing further was done opens none. An open case does not say how much help "
    "came, or whether it was the help that was needed."
)
CLOSING = (
    "A case that a later census no longer mentions, though it was left open, is taken to have "
    "been closed at the end of the last census that has it."
)
SAME_COUNCIL = (
    "Only what the same council recorded is seen. A family that moved away is out of sight, and "
    "counts as one of which nothing more was heard."
)
NO_OFFICIAL = "No official definition exists to compare this one with."
BOTH = ("ssda903", "cin")
WHERE_FROM = (
    "SSDA903 return and children in need census of the same council, children matched "
    "(whatworks.journeys.linking)."
)
GROUPS = ("age_group", "sex", "ethnicity", "legal_status", "placement")


def found() -> Any:
    """The child is in a census."""
    return col("FOUND").is_in(FOUND).fill_null(value=False)


def followed() -> Any:
    """A return home with twelve months of childhood ahead of it, of a child found in a census."""
    return found() & ~turns_18()


TURNS_18 = LeftOut(
    "turns_18_within_12_months",
    "Returns of young people aged 17 or over, who turn 18 before 12 months have passed.",
    turns_18,
)


def _missing_young() -> Any:
    return ~found() & ~turns_18()


NOT_FOUND_YOUNG = LeftOut(
    "not_found_in_census",
    "Returns of other children who were not found in any children in need census, or whose number "
    "is another child’s there.",
    _missing_young,
)
