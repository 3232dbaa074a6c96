"""The tables of a CIN census that journeys through need are derived from, and their columns.

Each is given as column of the form -> the name it has in journeys. A column of days may be read
with its companion, which says whether what was written could not be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from whatworks.journeys.stacking import ReturnTables, stack
from whatworks.returns.model import UNREADABLE_SUFFIX
from whatworks.tables import frame, materialise, native

COLLECTION = "cin"
IDENTIFIERS, CHARACTERISTICS = "ChildIdentifiers", "ChildCharacteristics"
DISABILITIES = "Disabilities"
CASES, ASSESSMENTS, FACTORS = "CINdetails", "Assessments", "AssessmentFactorsList"
CIN_PLANS, ENQUIRIES = "CINplanDates", "Section47"
PLANS, REVIEWS, PRE_PROCEEDINGS = "ChildProtectionPlans", "Reviews", "PreProceedings"
READ = (
    CASES,
    ASSESSMENTS,
    FACTORS,
    CIN_PLANS,
    ENQUIRIES,
    PLANS,
    REVIEWS,
    PRE_PROCEEDINGS,
    IDENTIFIERS,
    CHARACTERISTICS,
    DISABILITIES,
)
"""The tables of a census that are read."""

TRACE: Mapping[str, Any] = {"YEAR": nw.Int64, "SUBMISSION": nw.String, "ROW": nw.Int64}
_TIME: Mapping[str, Any] = {"YEAR_END": nw.Date, "AFTER_YEAR": nw.Date, **TRACE}

_DAY, _TEXT, _NUMBER = nw.Date, nw.String, nw.Int64
_CHILD = ("LAchildID", "CHILD", _TEXT)
_CASE = ("CINdetailsID", "CASE", _TEXT)

COLUMNS: Mapping[str, tuple[tuple[str, str, Any], ...]] = {
    CASES: (
        _CHILD,
        _CASE,
        ("CINreferralDate", "REFERRED", _DAY),
        ("ReferralSource", "SOURCE", _TEXT),
        ("ReferralNFA", "NFA", _TEXT),
        ("PrimaryNeedCode", "PRIMARY_NEED", _TEXT),
        ("CINclosureDate", "CLOSED", _DAY),
        ("ReasonForClosure", "CLOSURE_REASON", _TEXT),
        ("DateOfInitialCPC", "CONFERENCE", _DAY),
    ),
    ASSESSMENTS: (
        _CHILD,
        _CASE,
        ("AssessmentID", "ASSESSMENT", _TEXT),
        ("AssessmentActualStartDate", "STARTED", _DAY),
        ("AssessmentAuthorisationDate", "AUTHORISED", _DAY),
        ("AssessmentFactors", "FOUND", _TEXT),
    ),
    FACTORS: (
        _CHILD,
        ("AssessmentID", "ASSESSMENT", _TEXT),
        ("AssessmentFactor", "FACTOR", _TEXT),
    ),
    CIN_PLANS: (
        _CHILD,
        _CASE,
        ("CINPlanStartDate", "STARTED", _DAY),
        ("CINPlanEndDate", "ENDED", _DAY),
    ),
    ENQUIRIES: (
        _CHILD,
        _CASE,
        ("S47ActualStartDate", "STARTED", _DAY),
        ("DateOfInitialCPC", "CONFERENCE", _DAY),
        ("ICPCnotRequired", "NOT_REQUIRED", _TEXT),
    ),
    PLANS: (
        _CHILD,
        _CASE,
        ("CPPID", "PLAN", _TEXT),
        ("CPPstartDate", "STARTED", _DAY),
        ("CPPendDate", "ENDED", _DAY),
        ("InitialCategoryOfAbuse", "CATEGORY", _TEXT),
        ("LatestCategoryOfAbuse", "LATEST_CATEGORY", _TEXT),
        ("NumberOfPreviousCPP", "PLANS_BEFORE", _NUMBER),
    ),
    REVIEWS: (
        _CHILD,
        ("CPPID", "PLAN", _TEXT),
        ("CPPreviewDate", "REVIEWED", _DAY),
    ),
    PRE_PROCEEDINGS: (
        _CHILD,
        _CASE,
        ("PPStartDate", "BEGAN", _DAY),
        ("LBPSentDate", "LETTER", _DAY),
        ("FGDMMeetingOffer", "OFFERED", _TEXT),
        ("FGDMMeetingFac", "HELD", _TEXT),
    ),
    DISABILITIES: (_CHILD, ("Disability", "DISABILITY", _TEXT)),
}
"""Table -> (column of the form, name in journeys, kind)."""

_YES = ("1", "true", "True", "TRUE", "Y", "y", "yes", "Yes", "YES")
_NO = ("0", "false", "False", "FALSE", "N", "n", "no", "No", "NO")
UNREAD = "_UNREAD"
"""The end of the name of a column that says whether a day could not be read."""


def stacked(censuses: Sequence[ReturnTables], table: str, *, unread: Sequence[str] = ()) -> Any:
    """One table of every census under the names of journeys, with where each row stands.

    Beside each column in ``unread`` stands NAME_UNREAD (boolean, never null): a day was written
    that could not be read.
    """
    columns = COLUMNS[table]
    wanted: dict[str, Any] = {column: kind for column, _, kind in columns}
    doubts = {column: name + UNREAD for column, name, _ in columns if name in unread}
    wanted |= dict.fromkeys((column + UNREADABLE_SUFFIX for column in doubts), nw.Boolean)
    rows = unhurried(stack(censuses, table, {**wanted, **_TIME}, collection=COLLECTION))
    return rows.select(
        *(nw.col(column).alias(name) for column, name, _ in columns),
        *(
            nw.col(column + UNREADABLE_SUFFIX).fill_null(value=False).alias(name)
            for column, name in doubts.items()
        ),
        *_TIME,
    )


def unhurried(table: Any) -> Any:
    """A frame whose steps wait until they are needed: they then run together, which is quicker."""
    bare = native(table)
    return frame(bare.lazy() if isinstance(bare, pl.DataFrame) else bare)


def settled(rows: Any) -> Any:
    """The rows worked out, for several uses that would else each work them out again."""
    return unhurried(materialise(native(rows)))


def yes_or_no(column: str) -> nw.Expr:
    """A word for yes or no as a boolean; null where it is blank or another word."""
    no = nw.when(nw.col(column).is_in(_NO)).then(nw.lit(value=False))
    return (
        nw.when(nw.col(column).is_in(_YES))
        .then(nw.lit(value=True))
        .otherwise(no.otherwise(nw.lit(None, dtype=nw.Boolean)))
    )
