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
