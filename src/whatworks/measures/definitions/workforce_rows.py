"""Which records of a workforce census are counted, with how much, and which cannot be judged."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import LeftOut
from whatworks.tables import all_of, any_of, col, is_blank, lit, when


def own() -> Any:
    """The council's own workers in post on 30 September."""
    return all_of(col("OWN"), col("IN_POST"))


def agency() -> Any:
    """Agency workers in post on 30 September."""
    return all_of(col("AGENCY"), col("IN_POST"))


def left() -> Any:
    """The council's own workers who left in the year to 30 September."""
    return all_of(col("OWN"), col("LEFT"))


def holding() -> Any:
    """Workers in post, own or agency, who hold a case and whose hours are known."""
    here = all_of(any_of(col("OWN"), col("AGENCY")), col("IN_POST"))
    return all_of(here, col("CASES") > 0, ~is_blank("FTE"))


def judged_for_absence() -> Any:
    """Own workers in post whose hours and days lost are both known."""
    return all_of(own(), ~is_blank("FTE"), ~is_blank("DAYS_LOST"))


def _amount(where: Any, amount: Any) -> Any:
    return when(where).then(amount).otherwise(lit(0.0))


def own_fte() -> Any:
    """Full-time equivalents of the council's own workers in post."""
    return _amount(own(), col("FTE"))


def vacant_fte() -> Any:
    """Full-time equivalents of vacant posts."""
    return _amount(col("VACANT"), col("FTE"))


def posts_fte() -> Any:
    """Full-time equivalents of posts, filled by own workers or vacant."""
    return _amount(any_of(own(), col("VACANT")), col("FTE"))


def left_fte() -> Any:
    """Full-time equivalents of those who left."""
    return _amount(left(), col("FTE_LEFT"))


def agency_fte() -> Any:
    """Full-time equivalents of agency workers in post."""
    return _amount(agency(), col("FTE"))


def everybody_fte() -> Any:
    """Full-time equivalents of own and agency workers in post."""
    return _amount(any_of(own(), agency()), col("FTE"))


def cases() -> Any:
    """Cases held on 30 September."""
    return _amount(holding(), col("CASES"))


def holders_fte() -> Any:
    """Full-time equivalents of those who hold cases."""
    return _amount(holding(), col("FTE"))


def days_lost() -> Any:
    """Working days lost to illness in the year."""
    return _amount(judged_for_absence(), col("DAYS_LOST"))


def days_due() -> Any:
    """Working days of the year, for the part of it that each worker works."""
    return _amount(judged_for_absence(), col("FTE") * col("WORKING_DAYS"))


def started_fte() -> Any:
    """Full-time equivalents of own workers who took up post in the year, gone since or not."""
    hours = when(col("LEFT")).then(col("FTE_LEFT")).otherwise(col("FTE"))
    return _amount(all_of(col("OWN"), col("STARTED")), hours)


def cases_in_post() -> Any:
    """Cases held on 30 September, whatever is known of hours."""
    here = all_of(any_of(col("OWN"), col("AGENCY")), col("IN_POST"))
    return _amount(here, col("CASES"))


def with_role(*codes: str) -> Any:
    """Full-time equivalents of own workers in post in one of these roles."""
    return _amount(all_of(own(), col("ROLE").is_in(codes)), col("FTE"))


def counted_once(codes: tuple[str, ...]) -> Any:
    """Own workers in post of one of these ethnic backgrounds, each as one."""
    return _amount(all_of(own(), col("ETHNIC").is_in(codes)), lit(1.0))


NOT_SAID = LeftOut(
    "agency_or_own_not_said",
    "Records in post that do not say whether an agency supplies the worker.",
    lambda: all_of(~any_of(col("OWN"), col("AGENCY"), col("VACANT")), col("IN_POST")),
)
UNDATED = LeftOut(
    "dates_unreadable",
    "Records whose day of beginning or leaving cannot be read.",
    lambda: col("UNDATED"),
)
OWN_HOURS = LeftOut(
    "own_without_hours",
    "Own workers in post for whom no full-time equivalent from 0 to 1 is given.",
    lambda: all_of(own(), is_blank("FTE")),
)
AGENCY_HOURS = LeftOut(
    "agency_without_hours",
    "Agency workers in post for whom no full-time equivalent from 0 to 1 is given.",
    lambda: all_of(agency(), is_blank("FTE")),
)
LEAVERS_HOURS = LeftOut(
    "leavers_without_hours",
    "Those who left for whom no full-time equivalent from 0 to 1 is given.",
    lambda: all_of(left(), is_blank("FTE_LEFT")),
)
HOLDERS_HOURS = LeftOut(
    "holders_without_hours",
    "Workers in post who hold cases and have no full-time equivalent from 0 to 1.",
    lambda: all_of(any_of(own(), agency()), col("CASES") > 0, is_blank("FTE")),
)
HOLDERS_CASES = LeftOut(
    "holders_without_cases",
    "Workers in post to hold cases for whom no number of cases is given.",
    lambda: all_of(any_of(own(), agency()), col("CASE_HOLDER"), is_blank("CASES")),
)
ABSENCE_UNKNOWN = LeftOut(
    "days_lost_not_given",
    "Own workers in post whose days lost or full-time equivalent are not given.",
    lambda: all_of(own(), any_of(is_blank("FTE"), is_blank("DAYS_LOST"))),
)
STARTERS_HOURS = LeftOut(
    "starters_without_hours",
    "Own workers who took up their post in the year for whom no full-time equivalent is given.",
    lambda: all_of(col("OWN"), col("STARTED"), any_of(is_blank("FTE"), is_blank("FTE_LEFT"))),
)
CASES_UNKNOWN = LeftOut(
    "cases_not_given",
    "Workers in post to hold cases for whom no number of cases is given.",
    lambda: all_of(
        any_of(col("OWN"), col("AGENCY")), col("IN_POST"), col("CASE_HOLDER"), is_blank("CASES")
    ),
)
ROLES = ("1", "2", "3", "4", "5", "6")
"""OrgRole: senior, middle and first line manager, senior practitioner, case holder, none."""
ROLE_UNKNOWN = LeftOut(
    "role_not_known",
    "Own workers in post whose role (OrgRole) or full-time equivalent is not given.",
    lambda: all_of(
        own(), any_of(~col("ROLE").is_in(ROLES).fill_null(value=False), is_blank("FTE"))
    ),
)
WHITE = ("WBRI", "WIRI", "WIRT", "WROM", "WOTH")
MINORITIES = (
    "MWBC",
    "MWBA",
    "MWAS",
    "MOTH",
    "AIND",
    "APKN",
    "ABAN",
    "CHNE",
    "AOTH",
    "BCRB",
    "BAFR",
    "BOTH",
    "OOTH",
)
BACKGROUND_UNKNOWN = LeftOut(
    "background_not_known",
    "Own workers in post whose ethnic background was refused, not obtained or cannot be read.",
    lambda: all_of(own(), ~col("ETHNIC").is_in((*WHITE, *MINORITIES)).fill_null(value=False)),
)
