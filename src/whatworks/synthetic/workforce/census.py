"""One council's workforce census of one year, cut out of the posts of its social workers.

The census holds every employee in post at 30 September or who left in the year before, and every
agency worker in post at 30 September. Agency workers who left are in no census, nor is whoever
went with the post to another employer. Nobody leaves on 30 September itself, so that whether such
a one is in post need not be settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from whatworks.synthetic.calendar import ISO, YEAR
from whatworks.synthetic.workforce.arrays import Flags, Floats, Ints
from whatworks.synthetic.workforce.duties import Duties
from whatworks.synthetic.workforce.posts import LEFT, Posts
from whatworks.synthetic.workforce.turnover import census_day, year_begins

Row = list[str]

COLUMNS: dict[str, tuple[str, ...]] = {
    "LALevelVacancies": ("NumberOfVacancies", "NoAgencyFTE", "NoAgencyHeadcount"),
    "CSWWWorker": (
        "AgencyWorker",
        "SWENo",
        "FTE",
        "PersonBirthDate",
        "GenderCurrent",
        "Ethnicity",
        "QualInst",
        "QualLevel",
        "StepUpGrad",
        "OrgRole",
        "RoleStartDate",
        "StartOrigin",
        "RoleEndDate",
        "LeaverDestination",
        "ReasonLeave",
        "FTE30",
        "Cases30",
        "WorkingDaysLost",
        "ContractWeeks",
        "FrontlineGrad",
        "Absat30Sept",
        "ReasonAbsence",
        "CFKSSstatus",
    ),
}
"""Tables of the census and their elements in the order of its 2022 schema; blank ones are left
out of the file."""

_STATUS = {"1": "4", "2": "4", "3": "3"}
_LEARNING, _PRACTITIONER = "1", "2"


@dataclass(frozen=True)
class Tallies:
    """What is true of a workforce year, as its file will show it (floats to two decimals).

    Full-time equivalents (FTE) unless it says otherwise. ``in_post``: employees at 30 September.
    ``starters``: employees who took up their role in the year, those included who left in it.
    ``leavers``: employees whose role ended in the year. ``agency``: agency workers at 30
    September. ``caseholders``: employees and agency workers at 30 September who hold any case.
    ``days_lost``: working days that employees lost to sickness in the year, leavers included;
    ``days_lost_in_post``: those of employees at 30 September. Of these, by role:
    ``case_holders`` (there to hold cases), ``without_cases``, ``senior_practitioners``; and by
    heads ``minorities``, who are not White.
    """

    in_post_fte: float
    in_post_headcount: int
    starters_fte: float
    leavers_fte: float
    vacancies_fte: float
    agency_fte: float
    agency_headcount: int
    caseholders_fte: float
    cases: int
    days_lost: float
    days_lost_in_post: float
    case_holders_fte: float
    without_cases_fte: float
    senior_practitioners_fte: float
    minorities: int


@dataclass(frozen=True)
class WorkforceCensus:
    """A workforce census ready to be written; ``year`` is that of its 30 September."""

    council: str
    year: int
    vacancies: list[Row]
    workers: list[Row]
    counted: Tallies

    def tables(self) -> dict[str, list[Row]]:
        """The rows of each table in document order; the very lists that will be written."""
        return {"LALevelVacancies": self.vacancies, "CSWWWorker": self.workers}

    def tallies(self) -> Tallies:
        """What is true, whatever has been changed in the rows since."""
        return self.counted


@dataclass(frozen=True, slots=True)
class _Cut:
    """What a census shows: rows of the posts, and beside each role, cases, days lost, absence."""

    first: int
    last: int
    posts: Posts
    role: list[str]
    holds: Flags
    cases: Ints
    lost: Floats
    away: list[str]

    @property
    def here(self) -> Flags:
        """Who is in post on the census day."""
        return self.posts.end > self.last


def _cut(posts: Posts, duty: Duties, lost: Floats, on_leave: Mapping[int, str], year: int) -> _Cut:
    first, last = year_begins(year), census_day(year)
    rows = duty.rows
    leaver = (posts.end[rows] <= last) & (posts.gone[rows] == LEFT) & ~posts.agency[rows]
    held = (posts.end[rows] > last) | leaver
    rows = rows[held]
    return _Cut(
        first,
        last,
        posts.where(rows),
        duty.role[held].tolist(),
        duty.holds[held],
        duty.cases[held],
        lost[rows],
        [on_leave.get(row, "") for row in rows.tolist()],
    )


def _sum(values: Floats) -> float:
    return round(float(values.sum()), 2)


def _tallies(cut: _Cut, vacancies: float) -> Tallies:
    posts, here, own = cut.posts, cut.here, ~cut.posts.agency
    fte = posts.fte
    role = np.array(cut.role, dtype=str)
    white = np.char.startswith(np.asarray(posts.ethnic, dtype=str), "W")
    return Tallies(
        in_post_fte=_sum(fte[here & own]),
        in_post_headcount=int((here & own).sum()),
        starters_fte=_sum(fte[own & (posts.role_start >= cut.first)]),
        leavers_fte=_sum(fte[own & ~here]),
        vacancies_fte=round(vacancies, 2),
        agency_fte=_sum(fte[~own]),
        agency_headcount=int((~own).sum()),
        caseholders_fte=_sum(fte[cut.cases > 0]),
        cases=int(cut.cases.sum()),
        days_lost=_sum(cut.lost[own]),
        days_lost_in_post=_sum(cut.lost[own & here]),
        case_holders_fte=_sum(fte[here & own & (role == "5")]),
        without_cases_fte=_sum(fte[here & own & (role == "6")]),
        senior_practitioners_fte=_sum(fte[here & own & (role == "4")]),
        minorities=int((here & own & ~white).sum()),
    )


def worker_number(council: str, serial: int) -> str:
    """An invented registration number: of the right form, yet beginning as no real one does."""
    return f"SW9{council}{serial:06d}"


def _flags(values: Flags) -> list[str]:
    return ["1" if value else "0" for value in values.tolist()]


def _days(days: Ints) -> list[str]:
    return [ISO[day] for day in days.tolist()]


def _where(values: list[str], shown: Flags) -> list[str]:
    return [value if show else "" for value, show in zip(values, shown.tolist(), strict=True)]


def _decimals(values: Floats, places: int) -> list[str]:
    return [f"{value:.{places}f}" for value in values.tolist()]


def _status(cut: _Cut) -> list[str]:
    posts = cut.posts
    learning = (posts.origin == "1") & ~posts.agency & (cut.last - posts.start < YEAR)
    return [
        _LEARNING if new else _STATUS.get(role, _PRACTITIONER)
        for role, new in zip(cut.role, learning.tolist(), strict=True)
    ]


def _columns(cut: _Cut, council: str) -> list[list[str]]:
    """The cells of every worker, an element at a time, in the order of ``COLUMNS``."""
    posts, here = cut.posts, cut.here
    own, left = ~posts.agency, ~here
    n = len(posts)
    fte = _decimals(posts.fte, 2)
    weeks = _decimals(np.maximum((cut.last + 1 - posts.start) / 7, 0.1), 1)
    absent = np.array([bool(code) for code in cut.away], dtype=bool) & here
    ends = np.where(left, posts.end, cut.last)
    return [
        _flags(posts.agency),
        [worker_number(council, serial) for serial in posts.serial.tolist()],
        fte,
        _days(posts.born),
        np.where(posts.woman, "2", "1").tolist(),
        posts.ethnic.tolist(),
        [f"Invented University {number}" for number in posts.school.tolist()],
        posts.qualification.tolist(),
        _flags(posts.step_up),
        cut.role,
        _days(posts.role_start),
        _where(posts.origin.tolist(), own),
        _where(_days(ends), left),
        _where(posts.destination.tolist(), left),
        _where(posts.reason.tolist(), left),
        _where(fte, here),
        _where([str(cases) for cases in cut.cases.tolist()], here),
        _where(_decimals(cut.lost, 2), own),
        _where(weeks, ~own),
        _flags(posts.frontline),
        _where(_flags(absent), here),
        _where(cut.away, absent),
        _where(_status(cut), here) if n else [],
    ]


def census(
    posts: Posts,
    duty: Duties,
    lost: Floats,
    on_leave: Mapping[int, str],
    *,
    council: str,
    year: int,
    vacancies: float,
) -> WorkforceCensus:
    """The census of one council and year.

    Args:
        posts: everybody, whatever the year.
        duty: roles and cases of the year.
        lost: working days lost in the year, for each of the posts.
        on_leave: row of the posts -> why absent on 30 September.
        council, year: what the census is of.
        vacancies: full-time equivalents vacant.
    """
    cut = _cut(posts, duty, lost, on_leave, year)
    counted = _tallies(cut, vacancies)
    level = [
        f"{counted.vacancies_fte:.2f}",
        f"{counted.agency_fte:.2f}",
        str(counted.agency_headcount),
    ]
    workers = [list(row) for row in zip(*_columns(cut, council), strict=True)]
    return WorkforceCensus(council, year, [level], workers, counted)
