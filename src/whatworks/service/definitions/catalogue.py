"""Measures and rules as the pages list them, and the search over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from whatworks import measures, reference
from whatworks.measures.examples import examples
from whatworks.measures.examples.model import MeasureExample
from whatworks.measures.examples.monthly import cells_of
from whatworks.measures.sourcing import PARTS
from whatworks.returns.period import period_of
from whatworks.returns.rules import documentation
from whatworks.returns.rules.model import FIRST_YEAR_HELD
from whatworks.returns.schema import all_tables

COLLECTION_NAMES = {
    "ssda903": "SSDA903 (children looked after)",
    "cin": "CIN census (children in need)",
    "csww": "CSWW census (social workers)",
    "linked": "SSDA903 and CIN census, children matched",
}
SHORT_NAMES = {"ssda903": "SSDA903", "cin": "CIN census", "csww": "CSWW census"}
SEVERITIES = {
    "error": "Error: must be put right",
    "query": "Query: put right, or explain",
}
CONFIDENCES = {
    "seen": "Seen listed",
    "unconfirmed": "Unconfirmed",
}


@dataclass(frozen=True)
class RuleEntry:
    """One rule's number with every version of it, oldest first."""

    collection: str
    number: str
    versions: tuple[dict[str, Any], ...]

    @property
    def latest(self) -> dict[str, Any]:
        """The version that is in force last."""
        return self.versions[-1]

    @property
    def words(self) -> str:
        """Everything that a search looks at, in small letters."""
        parts = [self.collection, self.number, f"rule {self.number}"]
        for version in self.versions:
            parts += [version["sentence"], version["remedy"], version["note"], *version["reads"]]
        return " ".join(parts).casefold()


@cache
def rules() -> tuple[RuleEntry, ...]:
    """Every rule, in the order of collections and numbers."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for version in documentation():
        found.setdefault((version["collection"], version["rule"]), []).append(version)
    return tuple(
        RuleEntry(*key, tuple(sorted(versions, key=lambda v: v["first_year"])))
        for key, versions in found.items()
    )


@cache
def all_measures() -> tuple[dict[str, Any], ...]:
    """Every measure, in the order in which they are shown."""
    return tuple(measures.documentation())


def find_rules(text: str = "", *, collection: str = "", year: int | None = None) -> list[RuleEntry]:
    """The rules in which every word of ``text`` occurs, of a collection, in force in a year."""
    wanted = text.casefold().split()
    return [
        entry
        for entry in rules()
        if collection in ("", entry.collection)
        and (year is None or any(_in_force(version, year) for version in entry.versions))
        and all(word in entry.words for word in wanted)
    ]


def find_measures(text: str = "") -> list[dict[str, Any]]:
    """The measures in whose words every word of ``text`` occurs."""
    wanted = text.casefold().split()
    return [one for one in all_measures() if all(word in _measure_words(one) for word in wanted)]


def _measure_words(one: dict[str, Any]) -> str:
    parts = [one["name"], one["title"], one["text"], one["numerator"], one["denominator"] or ""]
    parts += [one["clock"], *one["caveats"], *(b["title"] for b in one["breakdowns"])]
    return " ".join(parts).casefold()


def _in_force(version: dict[str, Any], year: int) -> bool:
    last = version["last_year"]
    return version["first_year"] <= year and (last is None or year <= last)


def first_year() -> int:
    """The earliest collection year of which anything is known."""
    return FIRST_YEAR_HELD


@cache
def meaning_of(collection: str, column: str) -> str:
    """What a column named 'Table.COLUMN' holds, in plain words; empty where that is not known."""
    table, _, name = column.partition(".")
    found = all_tables(collection).get(table)
    return found.column(name).meaning if found is not None and name in found else ""


# --- worked examples of measures ---

HEADINGS = {
    "child": "Child",
    "from": "Episode began",
    "to": "Episode ended",
    "rne": "Why it began (RNE)",
    "ls": "Legal status (LS)",
    "place": "Placement (PLACE)",
    "rec": "Why it ended (REC)",
    "post": "Postcode, shortened",
    "born": "Born",
    "referred": "Referred (CINreferralDate)",
    "nfa": "Nothing further done (ReferralNFA)",
    "closed": "Closed (CINclosureDate)",
    "began": "Plan began (CPPstartDate)",
    "ended": "Plan ended (CPPendDate)",
    "plans_before": "Plans before (NumberOfPreviousCPP)",
    "sex": "Sex",
    "ethnic": "Ethnic group (ETHNIC)",
    "worker": "Worker",
    "agency": "From an agency (AgencyWorker)",
    "fte": "Full-time equivalent (FTE)",
    "fte30": "The same on 30 September (FTE30)",
    "role": "Role (OrgRole)",
    "cases": "Cases on 30 September (Cases30)",
    "lost": "Working days lost (WorkingDaysLost)",
}
OF_WORKERS = {"from": "Began (RoleStartDate)", "to": "Left (RoleEndDate)"}
"""Headings that mean something else in a table of workers."""
LONGEST_HEADING = 40
"""Characters; longer meanings of a column would crowd a heading."""

_LISTS = {"rne": "RNE", "ls": "LS", "place": "PLACE", "rec": "REC"}
_LISTS_OF_NEED = {"nfa": "YesNo"}
_CALLED = {"YesNo": "ReferralNFA"}
"""Lists that are not called as their column is."""
_LISTS_OF_WORKERS = {"agency": "AgencyWorker", "role": "OrgRole"}


@dataclass(frozen=True)
class ExampleTable:
    """A table of a worked example."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class WorkedExample:
    """A worked example of a measure as a page shows it; ``codes`` are those that stand in it."""

    given: MeasureExample
    tables: tuple[ExampleTable, ...]
    codes: tuple[tuple[str, str], ...]


@cache
def worked_examples(measure: str) -> tuple[WorkedExample, ...]:
    """The worked examples of a measure, with the meaning of every code in them."""
    return tuple(_worked(example) for example in examples(measure))


def span_of(example: MeasureExample) -> tuple[date, date]:
    """The first and last day of the year that an example is of."""
    # Children matched are of no return of their own: their year is that of the returns matched.
    return period_of(PARTS[measures.get(example.measure).collection][0], example.year)


def _worked(example: MeasureExample) -> WorkedExample:
    if example.returns:
        return _worked_of_returns(example)
    if example.workers is not None:
        return _worked_of_workers(example, example.workers)
    tables = []
    if example.children is not None:
        tables.append(_table("The children", example.children))
    tables += [
        _table(f"Episodes in the return for {year}", text)
        for year, text in sorted(example.episodes.items())
    ]
    tables += [
        _table(f"{what} in the census of children in need for {year}", text)
        for what, written in (("Referrals", example.referrals), ("Plans", example.plans))
        for year, text in sorted(written.items())
    ]
    codes: dict[str, str] = {}
    for text in example.episodes.values():
        codes |= _codes(text, "ssda903", _LISTS)
    for text in example.referrals.values():
        codes |= _codes(text, "cin", _LISTS_OF_NEED)
    return WorkedExample(example, tuple(tables), tuple(sorted(codes.items())))


def _worked_of_returns(example: MeasureExample) -> WorkedExample:
    tables = []
    codes: dict[str, str] = {}
    for collection, years in example.returns.items():
        for year, written in sorted(years.items()):
            for name, text in written.items():
                rows = (line.strip() for line in text.strip().splitlines())
                names, *lines = [cells_of(collection, row) for row in rows]
                said = tuple(_heading(collection, name, column) for column in names)
                place = measures.definition.RETURNS[collection].format(year=year)
                tables.append(_of_cells(f"{name} in the {place}", said, lines))
                codes |= _codes_of(collection, name, names, lines)
    return WorkedExample(example, tuple(tables), tuple(sorted(codes.items())))


def _heading(collection: str, table: str, column: str) -> str:
    """A column by its meaning in the form where that is short, with its name."""
    meaning = meaning_of(collection, f"{table}.{column}").rstrip(".")
    if meaning == column:
        return column
    return f"{meaning} ({column})" if 0 < len(meaning) <= LONGEST_HEADING else column


def _codes_of(
    collection: str, table: str, names: list[str], lines: list[list[str]]
) -> dict[str, str]:
    """The codes that stand in the columns of codes, each with its meaning."""
    form = all_tables(collection)[table]
    known = [form.column(column) for column in names if column in form]
    lists = {column.name: column.codes for column in known if column.kind != "choice"}
    return {
        f"{column} {cell}": reference.meaning(collection, listed, cell) or ""
        for line in lines
        for column, cell in zip(names, line, strict=True)
        if (listed := lists.get(column)) and cell != "."
    }


def _worked_of_workers(example: MeasureExample, text: str) -> WorkedExample:
    tables = [_table(f"Workers in the census of 30 September {example.year}", text, OF_WORKERS)]
    if example.vacancies is not None:
        vacant = ExampleTable(
            "The council as a whole", ("Vacant posts",), ((f"{example.vacancies:g}",),)
        )
        tables.append(vacant)
    codes = _codes(text, "csww", _LISTS_OF_WORKERS)
    return WorkedExample(example, tuple(tables), tuple(sorted(codes.items())))


def _codes(text: str, collection: str, lists: Mapping[str, str]) -> dict[str, str]:
    """The codes that stand in a written table, each with its meaning."""
    names, *lines = [line.split() for line in text.strip().splitlines()]
    return {
        f"{_CALLED.get(lists[name], lists[name])} {cell}": reference.meaning(
            collection, lists[name], cell
        )
        or ""
        for line in lines
        for name, cell in zip(names, line, strict=True)
        if name in lists and cell != "."
    }


def _table(title: str, text: str, other: Mapping[str, str] | None = None) -> ExampleTable:
    headings = HEADINGS | dict(other or {})
    names, *lines = [line.split() for line in text.strip().splitlines()]
    return _of_cells(title, tuple(headings.get(name, name) for name in names), lines)


def _of_cells(title: str, headings: tuple[str, ...], lines: list[list[str]]) -> ExampleTable:
    cells = tuple(tuple("" if cell == "." else cell for cell in line) for line in lines)
    return ExampleTable(title, headings, cells)
