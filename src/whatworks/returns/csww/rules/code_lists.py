"""Rules that a cell must hold a code of its list."""

from __future__ import annotations

from dataclasses import dataclass

from narwhals import Expr

from whatworks.returns.csww.rules.ours import ours
from whatworks.returns.rules.examples import example
from whatworks.returns.rules.expressions import unknown_code
from whatworks.returns.rules.model import Setting
from whatworks.tables import any_of


@dataclass(frozen=True)
class Coded:
    """Columns of one view that must hold codes: column -> its list, a code that is in it and one
    that is not, and what they tell."""

    number: str
    lists: dict[str, str]
    good: str
    bad: str
    what: str
    view: str = "worker"
    table: str = "CSWWWorker"


CODED = (
    Coded(
        "WW30",
        {"AgencyWorker": "AgencyWorker"},
        "0",
        "2",
        "Whether an agency supplies the worker",
    ),
    Coded("WW31", {"GenderCurrent": "GenderCurrent"}, "1", "M", "The worker's sex"),
    Coded("WW32", {"Ethnicity": "Ethnicity"}, "WBRI", "WHIT", "The worker's ethnic background"),
    Coded("WW33", {"OrgRole": "OrgRole"}, "5", "7", "The worker's role"),
    Coded("WW34", {"StartOrigin": "StartOrigin"}, "10", "11", "Where the worker came from"),
    Coded("WW35", {"LeaverDestination": "LeaverDestination"}, "9", "10", "Where the worker went"),
    Coded("WW36", {"ReasonLeave": "ReasonLeave"}, "10", "11", "Why the worker left"),
    Coded(
        "WW37",
        {"StepUpGrad": "YesNo", "FrontlineGrad": "YesNo"},
        "1",
        "Y",
        "Whether the worker trained on a named programme",
    ),
    Coded(
        "WW38",
        {"QualLevel": "QualLevel"},
        "2",
        "4",
        "The level of the worker's qualification",
        "qualification",
        "Qualifications",
    ),
    Coded(
        "WW39",
        {"Absat30Sept": "YesNo"},
        "1",
        "Y",
        "Whether the worker was absent on 30 September",
        "absence",
        "Absences",
    ),
    Coded(
        "WW40",
        {"ReasonAbsence": "ReasonAbsence"},
        "SIC",
        "SICK",
        "Why the worker was absent",
        "absence",
        "Absences",
    ),
    Coded(
        "WW41",
        {"CFKSSstatus": "CFKSSstatus"},
        "2",
        "5",
        "The worker's standing under the standards",
        "status",
        "PractitionerStatus",
    ),
)


def _register(coded: Coded) -> None:
    """The rule that these columns hold codes of their lists, or nothing."""

    def judge(now: Setting) -> Expr:
        unknown = (unknown_code(column, now.codes(name)) for column, name in coded.lists.items())
        return any_of(*unknown)

    judge.__doc__ = f"{coded.what} is not given by a code of the list."
    first, *others = coded.lists
    shown = f"""
        SWENo        {first}
        SW0000000001 {coded.good}
      > SW0000000002 {coded.bad}
        SW0000000003 -
    """
    ours(
        coded.number,
        view=coded.view,
        reads=list(coded.lists),
        optional=others,
        remedy=f"Enter a code from the list for {' and '.join(coded.lists)}.",
        examples=[
            example(f"{coded.good} is in the list, {coded.bad} is not", {coded.table: shown})
        ],
    )(judge)


for _coded in CODED:
    _register(_coded)
