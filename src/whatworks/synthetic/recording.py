"""Recording errors such as real returns hold: a few, planted on purpose, each written down.

An error changes what is written, never what is true: the truth of the manifest is counted from
lives. Only such errors are planted as every format can carry, so that the CSV files and the XML
of a return still hold the same.

An entry of errors.json names council, collection, year, table, row (1 for the first), the column
at fault, ``also`` (other columns changed with it, as when two dates are exchanged) and the kind.
A duplicate stands for its whole row, which is not there without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log

from whatworks.synthetic.cin import COLUMNS as CIN_COLUMNS
from whatworks.synthetic.cin import Census
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.ssda903 import COLUMNS, Row, Tables
from whatworks.synthetic.workforce import COLUMNS as CSWW_COLUMNS
from whatworks.synthetic.workforce import WorkforceCensus

Choices = tuple[tuple[str, str, "Plant"], ...]
"""What can go wrong in a row of one table: the kind of error, its column, how it is done."""
Plant = Callable[[Draws, Row, "_Place"], bool]
"""Changes a row; false if the row offers no chance for this error."""

MISSING_END = "end of an episode missing though another begins"
OVERLAP = "episode ends after the next begins"
WRONG_CODE = "code that no list has"
UNREADABLE = "date that cannot be read"
BLANK = "required cell left blank"
DUPLICATE = "child's header written twice"
BACKWARDS = "end before beginning"
LATE = "date after the end of the year"
HOURS = "hours a week given for a share of full time"


class _Place:
    """Where a row stands: the rows of its table, its number, and the columns' positions."""

    def __init__(self, rows: list[Row], i: int, columns: tuple[str, ...], year: int) -> None:
        self.rows, self.i, self.columns, self.year = rows, i, columns, year

    def at(self, column: str) -> int:
        return self.columns.index(column)

    def next_of_child(self) -> Row | None:
        """The row after this one if it is the same child's."""
        after = self.rows[self.i + 1] if self.i + 1 < len(self.rows) else None
        return after if after and after[0] == self.rows[self.i][0] else None


def _wrong(column: str, *codes: str) -> tuple[str, str, Plant]:
    def plant(draws: Draws, row: Row, place: _Place) -> bool:
        at = place.at(column)
        if not row[at]:
            return False
        row[at] = draws.one_of(codes)
        return True

    return WRONG_CODE, column, plant


def _blank(column: str) -> tuple[str, str, Plant]:
    def plant(_draws: Draws, row: Row, place: _Place) -> bool:
        at = place.at(column)
        was, row[at] = row[at], ""
        return bool(was)

    return BLANK, column, plant


def _unreadable(column: str) -> tuple[str, str, Plant]:
    def plant(draws: Draws, row: Row, place: _Place) -> bool:
        at = place.at(column)
        text = row[at]
        if not text:
            return False
        if "-" in text:
            row[at] = draws.one_of((text[:5] + "13" + text[7:], text[:8] + "32"))
        else:
            row[at] = draws.one_of(("31/02/" + text[6:], text[:3] + "13" + text[5:], "00/00/0000"))
        return True

    return UNREADABLE, column, plant


def _late(column: str) -> tuple[str, str, Plant]:
    def plant(draws: Draws, row: Row, place: _Place) -> bool:
        at = place.at(column)
        if not row[at]:
            return False
        row[at] = f"{draws.between(10, 28)}/0{draws.between(4, 6)}/{place.year}"
        return True

    return LATE, column, plant


def _hours(column: str) -> tuple[str, str, Plant]:
    def plant(draws: Draws, row: Row, place: _Place) -> bool:
        at = place.at(column)
        if not row[at]:
            return False
        row[at] = draws.one_of(("37", "36", "18.5", "30"))
        return True

    return HOURS, column, plant


def _missing_end(_draws: Draws, row: Row, place: _Place) -> bool:
    if place.next_of_child() is None:
        return False
    row[place.at("DEC")] = row[place.at("REC")] = ""
    return True


def _overlap(draws: Draws, row: Row, place: _Place) -> bool:
    """The end is given as some days of the month too late."""
    end, following = place.at("DEC"), place.next_of_child()
    day = int(row[end][:2]) if row[end][:2].isdigit() else 99
    if following is None or day > 20 or row[end] != following[place.at("DECOM")]:
        return False
    row[end] = f"{day + draws.between(2, 8):02d}{row[end][2:]}"
    return True


def _backwards(start: str, end: str) -> tuple[str, str, Plant]:
    def plant(_draws: Draws, row: Row, place: _Place) -> bool:
        a, b = place.at(start), place.at(end)
        if not row[b] or row[a] == row[b]:
            return False
        row[a], row[b] = row[b], row[a]
        return True

    return BACKWARDS, end, plant


_SSDA903: Mapping[str, Choices] = {
    "Header": (
        _wrong("ETHNIC", "WBRT", "XXXX", "WHIT"),
        _blank("ETHNIC"),
        _wrong("UPN", "UN9", "A12345", "0000000000000"),
    ),
    "Episodes": (
        *[(MISSING_END, "DEC", _missing_end)] * 3,
        *[(OVERLAP, "DEC", _overlap)] * 2,
        _wrong("LS", "C3", "V5", "X"),
        _wrong("PLACE", "U7", "K9", "FC"),
        _wrong("RNE", "X", "N"),
        _wrong("REC", "X2", "E10"),
        _blank("CIN"),
        _blank("PLACE_PROVIDER"),
        _unreadable("DEC"),
        _unreadable("DECOM"),
    ),
    "Reviews": (
        _late("REVIEW"),
        _unreadable("REVIEW"),
        _wrong("REVIEW_CODE", "PN8", "P1"),
        _blank("REVIEW_CODE"),
    ),
    "OC2": (
        _wrong("SDQ_SCORE", "41", "99", "N/K"),
        _blank("IMMUNISATIONS"),
        _blank("HEALTH_ASSESSMENT"),
    ),
    "OC3": (_wrong("ACTIV", "F9", "Q1"), _blank("ACCOM"), _wrong("IN_TOUCH", "Y", "NK")),
    "AD1": (_unreadable("DATE_MATCH"), _wrong("LS_ADOPTR", "L9"), _blank("NB_ADOPTR")),
    "PlacedAdoption": (_unreadable("DATE_PLACED"),),
    "PrevPerm": (_wrong("PREV_PERM", "P9", "NO"),),
    "Missing": (
        _backwards("MIS_START", "MIS_END"),
        _unreadable("MIS_END"),
        _wrong("MISSING", "X", "Y"),
    ),
    "SWEpisodes": (_wrong("SW_REASON", "LEFT", "CHANGE"), _blank("SW_ID"), _unreadable("SW_DECOM")),
}
_CIN: Mapping[str, Choices] = {
    "ChildIdentifiers": (_blank("PersonBirthDate"), _unreadable("PersonBirthDate")),
    "ChildCharacteristics": (_wrong("Ethnicity", "WBRT", "XXXX"),),
    "CINdetails": (
        _wrong("ReferralSource", "2Z", "11"),
        _wrong("PrimaryNeedCode", "N10", "X1"),
        _blank("PrimaryNeedCode"),
        _backwards("CINreferralDate", "CINclosureDate"),
        _blank("ReasonForClosure"),
        _unreadable("CINreferralDate"),
    ),
    "Assessments": (
        _backwards("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
        _unreadable("AssessmentAuthorisationDate"),
    ),
    "CINplanDates": (_backwards("CINPlanStartDate", "CINPlanEndDate"),),
    "Section47": (_unreadable("DateOfInitialCPC"), _blank("S47ActualStartDate")),
    "ChildProtectionPlans": (
        _backwards("CPPstartDate", "CPPendDate"),
        _wrong("InitialCategoryOfAbuse", "ABU", "NEGL"),
    ),
}
_CSWW: Mapping[str, Choices] = {
    "CSWWWorker": (
        _unreadable("PersonBirthDate"),
        _unreadable("RoleStartDate"),
        _unreadable("RoleEndDate"),
        _backwards("RoleStartDate", "RoleEndDate"),
        _blank("RoleStartDate"),
        _blank("FTE"),
        _blank("Cases30"),
        _blank("ReasonLeave"),
        _hours("FTE"),
        _wrong("Ethnicity", "WBRT", "XXXX"),
        _wrong("OrgRole", "0", "9", "SW"),
        _wrong("StartOrigin", "99", "X"),
        _wrong("LeaverDestination", "99", "X"),
    ),
}


class Recorder:
    """Plants errors in the returns of one council and writes down each in ``found``."""

    def __init__(
        self, draws: Draws, council: str, rate: float, found: list[dict[str, object]]
    ) -> None:
        self.draws, self.council, self.rate, self.found = draws, council, rate, found

    def ssda903(self, tables: Tables, year: int) -> int:
        """Plant errors in an SSDA903 return; gives how many."""
        before = len(self.found)
        self._twice(tables, year)
        self._plant("ssda903", year, tables, COLUMNS, _SSDA903)
        return len(self.found) - before

    def cin(self, census: Census) -> int:
        """Plant errors in a census; gives how many."""
        before = len(self.found)
        self._plant("cin", census.year, census.tables(), CIN_COLUMNS, _CIN)
        return len(self.found) - before

    def csww(self, census: WorkforceCensus) -> int:
        """Plant errors in a workforce census; gives how many."""
        before = len(self.found)
        self._plant("csww", census.year, census.tables(), CSWW_COLUMNS, _CSWW)
        return len(self.found) - before

    def _rows(self, n: int) -> list[int]:
        """Which of n rows are hit, each with the same chance."""
        found: list[int] = []
        if self.rate <= 0:
            return found
        i = -1
        while True:
            i += 1 + int(log(1.0 - self.draws.u()) / log(1.0 - self.rate))
            if i >= n:
                return found
            found.append(i)

    def _twice(self, tables: Tables, year: int) -> None:
        """Headers written a second time, right after the first; the row noted is the second."""
        header, alone = tables["Header"], {row[0] for row in tables["UASC"]}
        hit = [i for i in self._rows(len(header)) if i % 4 == 0 and header[i][0] not in alone]
        for added, i in enumerate(hit):
            at = i + added + 1
            header.insert(at, list(header[at - 1]))
            self._note("ssda903", year, table="Header", i=at, column="CHILD", kind=DUPLICATE)

    def _plant(
        self,
        collection: str,
        year: int,
        tables: Mapping[str, list[Row]],
        columns: Mapping[str, tuple[str, ...]],
        kinds: Mapping[str, Choices],
    ) -> None:
        for table, choices in kinds.items():
            rows = tables.get(table, [])
            for i in self._rows(len(rows)):
                place, row = _Place(rows, i, columns[table], year), rows[i]
                before = list(row)
                first = int(self.draws.u() * len(choices))
                for kind, column, plant in (*choices[first:], *choices[:first]):
                    if plant(self.draws, row, place) and row != before:
                        also = [
                            name
                            for name, was, now in zip(columns[table], before, row, strict=True)
                            if was != now and name != column
                        ]
                        self._note(
                            collection, year, table=table, i=i, column=column, kind=kind, also=also
                        )
                        break

    def _note(
        self,
        collection: str,
        year: int,
        *,
        table: str,
        i: int,
        column: str,
        kind: str,
        also: Sequence[str] = (),
    ) -> None:
        self.found.append(
            {
                "council": self.council,
                "collection": collection,
                "year": year,
                "table": table,
                "row": i + 1,
                "column": column,
                "also": list(also),
                "kind": kind,
            }
        )
