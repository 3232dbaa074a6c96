"""Measures of who came, left, held cases and is there for what, counted again in plain Python.

A census is a list of records, each a mapping of the form's own columns to the text in its cell,
None where it is blank. ``figures(censuses)`` takes year -> records and gives (measure, year) ->
(numerator, denominator or None for a total, how many were left out). It shares no code with the
first count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

Record = Mapping[str, "str | None"]
Censuses = Mapping[int, Sequence[Record]]
Figure = tuple[float, float | None, int]

UNREAD = "unread"
ROLES = {"1", "2", "3", "4", "5", "6"}
SHARES = {
    "social_workers_holding_cases": "5",
    "social_workers_without_cases": "6",
    "senior_practitioners": "4",
}
WHITE = {"WBRI", "WIRI", "WIRT", "WROM", "WOTH"}
OTHERS = {"MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "CHNE", "AOTH"} | {
    *("BCRB", "BAFR", "BOTH", "OOTH"),
}
NAMES = (
    "social_worker_starters",
    "social_worker_leavers",
    "cases_held",
    *SHARES,
    "social_workers_from_ethnic_minorities",
)


def day(text: str | None) -> date | str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return UNREAD


def number(text: str | None, most: int | None = None) -> Decimal | None:
    """A number from 0 up to the most that can be right; None for anything else."""
    try:
        found = Decimal(text or "")
    except ArithmeticError:
        return None
    return found if found >= 0 and (most is None or found <= most) else None


class Worker:
    """One record, and where it stood in the year to 30 September."""

    def __init__(self, record: Record, year: int) -> None:
        first, last = date(year - 1, 10, 1), date(year, 9, 30)
        began, ended = day(record["RoleStartDate"]), day(record["RoleEndDate"])
        self.own, self.agency = (record["AgencyWorker"] == code for code in "01")
        self.undated = UNREAD in (began, ended)
        self.there = self.left = self.started = False
        if not self.undated:
            self.left = isinstance(ended, date) and first <= ended <= last
            self.started = isinstance(began, date) and first <= began <= last
            gone = isinstance(ended, date) and ended <= last
            yet_to_come = isinstance(began, date) and began > last
            self.there = not gone and not yet_to_come
        usual, on_the_day = number(record["FTE"], 1), number(record["FTE30"], 1)
        self.hours = usual if on_the_day is None else on_the_day
        self.hours_before = on_the_day if usual is None else usual
        self.cases = number(record["Cases30"])
        self.role = record["OrgRole"]
        self.ethnicity = (record["Ethnicity"] or "").upper()


def total(amounts: Iterable[Decimal | None]) -> float:
    return float(sum((one for one in amounts if one is not None), Decimal(0)))


def of_year(records: Sequence[Record], year: int) -> dict[str, Figure]:
    everybody = [Worker(record, year) for record in records]
    own = [one for one in everybody if one.own and one.there]
    working = [one for one in everybody if (one.own or one.agency) and one.there]
    started = [one for one in everybody if one.own and one.started]
    left = [one for one in everybody if one.own and one.left]
    out = sum(one.undated for one in everybody)
    out += sum(one.there and not one.own and not one.agency for one in everybody)
    cases_unsaid = sum(one.role == "5" and one.cases is None for one in working)
    known = [one for one in own if one.role in ROLES and one.hours is not None]
    told = [one for one in own if one.ethnicity in WHITE | OTHERS]
    return {
        "social_worker_starters": (
            total(one.hours_before if one.left else one.hours for one in started),
            None,
            out + sum(one.hours is None for one in started),
        ),
        "social_worker_leavers": (
            total(one.hours_before for one in left),
            None,
            out + sum(one.hours is None for one in left),
        ),
        "cases_held": (total(one.cases for one in working), None, out + cases_unsaid),
        **{
            name: (
                total(one.hours for one in known if one.role == role),
                total(one.hours for one in known),
                out + len(own) - len(known),
            )
            for name, role in SHARES.items()
        },
        "social_workers_from_ethnic_minorities": (
            float(sum(one.ethnicity in OTHERS for one in told)),
            float(len(told)),
            out + len(own) - len(told),
        ),
    }


def figures(censuses: Censuses) -> dict[tuple[str, int], Figure]:
    return {
        (name, year): figure
        for year, records in censuses.items()
        for name, figure in of_year(records, year).items()
    }
