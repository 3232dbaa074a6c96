"""The SSDA903 codes that journeys turn on, each set with the years it holds and its source.

The code lists themselves live in ``whatworks.reference``; here is only what we do with them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CodeSet:
    """Codes of one column that are treated alike.

    ``valid_from`` and ``valid_to`` are collection years (None: still in use).
    """

    column: str
    codes: tuple[str, ...]
    meaning: str
    valid_from: int
    valid_to: int | None
    source: str
    confidence: str


SEXES: dict[str, tuple[str, ...]] = {"Male": ("1", "M"), "Female": ("2", "F")}
"""Sex in words, and the codes for it: figures until 2024, letters since."""

_LIST = "SSDA903 code list as gathered in whatworks.reference"

SHORT_BREAKS = CodeSet(
    "LS",
    ("V3", "V4"),
    "Looked after under an agreed series of short breaks.",
    2017,
    None,
    "The published looked-after statistics leave these out (footnotes to each release).",
    "confirmed",
)
STARTED = CodeSet(
    "RNE", ("S",), "The child started to be looked after.", 2017, None, _LIST, "confirmed"
)
NEW_PLACEMENT = CodeSet(
    "RNE",
    ("S", "P", "B", "T", "U"),
    "A new placement begins. L, a change of legal status alone, does not begin one.",
    2017,
    None,
    _LIST,
    "partly confirmed: whether the published count takes T and U (same carer) is not known",
)
SAME_CARER = CodeSet(
    "RNE",
    ("T", "U"),
    "The placement changed but the carer did not.",
    2017,
    None,
    _LIST,
    "confirmed",
)
ADOPTION_BY_CARER = CodeSet(
    "PLACE",
    ("A3", "A5"),
    "Placed for adoption with the foster carer the child already lives with.",
    2017,
    None,
    "Not counted as a move in the published indicator (DfE local authority interactive tool).",
    "confirmed",
)
TEMPORARY = CodeSet(
    "PLACE",
    ("T0", "T1", "T2", "T3", "T4"),
    "A temporary stay after which the child goes back to the placement that continues.",
    2017,
    None,
    "Collection rules 380 to 383 require a return to the same placement; that the published "
    "count leaves these stays out is our reading.",
    "unconfirmed",
)
SUPPORTED = CodeSet(
    "PLACE",
    ("H5", "K3"),
    "Semi-independent living (H5) and what it was called once it had to be registered (K3): a "
    "placement that goes on from one year's return to the next may carry both.",
    2017,
    None,
    "Code lists of the collection years 2024 and 2025; from which year each holds is unconfirmed.",
    "unconfirmed",
)
HOME_PLANNED = CodeSet(
    "REC",
    ("E4A",),
    "Went home to parents or others with parental responsibility, as care planning intended.",
    2017,
    None,
    _LIST,
    "confirmed",
)
HOME_UNPLANNED = CodeSet(
    "REC",
    ("E4B",),
    "Went home to parents or others with parental responsibility, outside care planning.",
    2017,
    None,
    _LIST,
    "confirmed",
)
GOES_ON = CodeSet(
    "REC",
    ("X1",),
    "The episode ended and another began at once: the child is still looked after.",
    2017,
    None,
    _LIST,
    "confirmed",
)

RETURNED_HOME: tuple[str, ...] = (*HOME_PLANNED.codes, *HOME_UNPLANNED.codes)
"""E13 (to parents, relatives or others *without* parental responsibility) is not a return home."""

LONG_TERM_FOSTERING = CodeSet(
    "PLACE",
    ("U1", "U4"),
    "A foster placement recorded as lasting: with family or friends (U1) or with others (U4).",
    2017,
    None,
    _LIST,
    "confirmed",
)
PLACED_FOR_ADOPTION = CodeSet(
    "PLACE",
    ("A3", "A4", "A5", "A6"),
    "Placed for adoption.",
    2017,
    None,
    _LIST,
    "confirmed",
)


def _leaving(
    codes: tuple[str, ...], meaning: str, first: int = 2017, last: int | None = None
) -> CodeSet:
    return CodeSet("REC", codes, meaning, first, last, _LIST, "confirmed")


ADOPTED = _leaving(("E11", "E12"), "Adopted.")
ADOPTED_UNOPPOSED = _leaving(("E11",), "Adopted; nobody contested the application.")
CHILD_ARRANGEMENTS = _leaving(("E41",), "A child arrangements (or residence) order was made.")

GUARDIANS: dict[str, CodeSet] = {
    "fostering_relatives": _leaving(
        ("E45",), "Special guardianship to family or friends who had fostered the child.", 2019
    ),
    "other_foster_carers": _leaving(
        ("E46",), "Special guardianship to others who had fostered the child.", 2019
    ),
    "relatives": _leaving(
        ("E47",), "Special guardianship to family or friends who had not fostered the child.", 2019
    ),
    "others": _leaving(
        ("E48",), "Special guardianship to others who had not fostered the child.", 2019
    ),
    "foster_carers_before_2019": _leaving(
        ("E43",), "Special guardianship to people who had fostered the child.", 2017, 2018
    ),
    "others_before_2019": _leaving(
        ("E44",), "Special guardianship to people who had not fostered the child.", 2017, 2018
    ),
}
"""Who became special guardian. Until 2018 the return did not tell whether they were family."""

SPECIAL_GUARDIANSHIP = _leaving(
    tuple(code for one in GUARDIANS.values() for code in one.codes),
    "A special guardianship order was made.",
)

ROUTES_OUT: dict[str, CodeSet] = {
    "home_planned": HOME_PLANNED,
    "home_unplanned": HOME_UNPLANNED,
    "adopted": ADOPTED,
    "special_guardianship": SPECIAL_GUARDIANSHIP,
    "child_arrangements": CHILD_ARRANGEMENTS,
    "other_family": _leaving(
        ("E13",), "Went to parents, relatives or others without parental responsibility."
    ),
    "stayed_with_carers": _leaving(("E17",), "Turned 18 and stayed with the same carers."),
    "independent": _leaving(("E5", "E6"), "Moved to a home of their own, supported or not."),
    "adult_care": _leaving(("E7",), "Moved to a home paid for by adult social care."),
    "sentenced": _leaving(("E9",), "Sentenced to custody."),
    "remand_ended": _leaving(("E14",), "The remand that had brought the child into care ended."),
    "another_council": _leaving(("E3",), "Another council took over the child's care."),
    "abroad": _leaving(("E16",), "Left to live in another country."),
    "age_assessed": _leaving(("E15",), "Found by an age assessment to be an adult."),
    "died": _leaving(("E2",), "The child died."),
    "other": _leaving(("E8",), "Left care for a reason that is not listed."),
}
"""Every way out of care by our name for it, and the reasons (REC) that say so."""

NOT_RECORDED = "not_recorded"
"""The way out where the reason is blank, none of the above, or was taken away by a repair."""
