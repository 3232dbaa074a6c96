"""Which collection year a return is of.

The year that the sender gives is used. Without it:

- the CIN and workforce censuses say it in their header: the calendar year of ReferenceDate, else
  Year;
- SSDA903 does not say. Its episodes begin and end on dates none of which should be later than the
  year's last day. They are counted by the collection year they fall in; the latest year with at
  least one date in fifty is the return's (a lone slip of the pen into the future does not count,
  except among fewer than fifty dates). Without dated episodes, reviews, missing periods and the
  other tables of dated events are counted instead.

Two census files of different years, or two files of episodes, reviews or missing periods that come
out at different years, are two returns mixed. That is an error, unless the year was given; then it
is a problem, and census files of another year are set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from whatworks.returns.cells import ISO_FORM, UK_FORM, read_dates
from whatworks.returns.model import YEAR_UNLIKE_DATES, Note, ReturnsError
from whatworks.returns.period import FIRST_YEAR, LAST_YEAR
from whatworks.returns.schema import CENSUSES
from whatworks.returns.xml_tables import FileRead

_DATED = {
    "Episodes": ("DECOM", "DEC"),
    "Reviews": ("REVIEW",),
    "Missing": ("MIS_START", "MIS_END"),
    "PlacedAdoption": ("DATE_PLACED", "DATE_PLACED_CEASED"),
    "SWEpisodes": ("SW_DECOM", "SW_DEC"),
    "DoLo": ("DOLO_START",),
}
_WITHIN_THE_YEAR = ("Episodes", "Reviews", "Missing")
_AS = {"cin": "2025 to 2026", "csww": "30 September 2026"}
_SHARE = 50
_ENOUGH = 20

Reads = Sequence[tuple[str | None, FileRead]]


@dataclass
class Settled:
    """The year, the files that are of it, and what there is to say about the others."""

    year: int
    reads: Reads
    problems: list[dict[str, object]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def check_year(year: int | None) -> None:
    """Raises ReturnsError for a number that cannot be a collection year."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise ReturnsError(f"{year} is not a collection year. Give it as 2026, for 2025 to 2026.")


def settle_year(collection: str, reads: Reads, year: int | None) -> Settled:
    """The collection year of what was read. Raises ReturnsError where it cannot be told."""
    if collection in CENSUSES:
        return _of_census(reads, year, _AS[collection])
    return _of_ssda903(reads, year)


def year_from_dates(dates: Counter[int]) -> int | None:
    """The latest year with at least one date in fifty, from dates counted by year."""
    least = sum(dates.values()) / _SHARE
    return max((year for year, count in dates.items() if count >= least), default=None)


# --- SSDA903 -------------------------------------------------------------------------------


def _of_ssda903(reads: Reads, year: int | None) -> Settled:
    counts = {
        (number, table): _count(frame, table)
        for number, (_, result) in enumerate(reads)
        for table, frame in result.tables.items()
        if table in _DATED
    }
    told = _told_by(counts, ("Episodes",)) or _told_by(counts, tuple(_DATED))
    if year is None and told is None:
        raise ReturnsError(
            "No dates in the files tell which year the return is of. Give the collection year, "
            "as 2026 for 2025 to 2026."
        )
    settled = Settled(year if year is not None else int(told or 0), reads)
    mixed = _mixed_files(reads, counts)
    if mixed and year is None:
        raise ReturnsError(f"{mixed} Send one year at a time, or give the year if that is right.")
    if mixed:
        settled.problems.append({"problem": mixed})
    settled.problems += _mixed_tables(counts, told)
    if told is not None and told != settled.year:
        text = (
            f"By its dates the return looks like that of {told}; it was read as {year}. "
            "If that is a slip, give the other year."
        )
        settled.notes.append(Note(YEAR_UNLIKE_DATES, text))
    elif year is None:
        text = f"By its dates this is the return of {told}: 1 April {settled.year - 1} onwards."
        settled.notes.append(Note("year_from_dates", text))
    return settled


def _told_by(counts: dict[tuple[int, str], Counter[int]], tables: Sequence[str]) -> int | None:
    own = (counted for (_, table), counted in counts.items() if table in tables)
    return year_from_dates(sum(own, Counter()))


def _count(frame: pl.DataFrame, table: str) -> Counter[int]:
    """How many dates of a table fall in each collection year."""
    columns = [name for name in _DATED[table] if name in frame.columns]
    if not columns or frame.height == 0:
        return Counter()
    texts = pl.concat([frame[name].alias("text") for name in columns]).drop_nulls()
    distinct = texts.value_counts()
    months = distinct.select(
        "count",
        day=read_dates(distinct["text"], UK_FORM).values,
    ).select(
        "count",
        year=pl.col("day").dt.year().cast(pl.Int64) + (pl.col("day").dt.month() > 3).cast(pl.Int64),
    )
    counted = months.filter(pl.col("year").is_between(FIRST_YEAR, LAST_YEAR))
    return Counter(dict(counted.group_by("year").agg(pl.col("count").sum()).iter_rows()))


def _mixed_files(reads: Reads, counts: dict[tuple[int, str], Counter[int]]) -> str | None:
    """A sentence where files of one table are of different years."""
    for table in _WITHIN_THE_YEAR:
        years: dict[int, str] = {}
        for (number, name), counted in counts.items():
            told = year_from_dates(counted) if name == table else None
            if told is not None:
                years.setdefault(told, str(reads[number][0]))
        if len(years) > 1:
            each = ", ".join(f"{file} looks like {told}" for told, file in sorted(years.items()))
            return f"Two years are mixed: among the files of {table}, {each}."
    return None


def _mixed_tables(
    counts: dict[tuple[int, str], Counter[int]], told: int | None
) -> list[dict[str, object]]:
    """A problem for each table whose dates, if many, speak for another year than the rest."""
    problems: list[dict[str, object]] = []
    for table in _WITHIN_THE_YEAR:
        own: Counter[int] = sum((c for (_, name), c in counts.items() if name == table), Counter())
        year = year_from_dates(own)
        if year != told and own.total() >= _ENOUGH:
            why = (
                f"Two years may be mixed: by its dates {table} looks like {year}, "
                f"the return as a whole like {told}."
            )
            problems.append({"table": table, "problem": why})
    return problems


# --- censuses -------------------------------------------------------------------------------


def _of_census(reads: Reads, year: int | None, how: str) -> Settled:
    said = [(file, _said_by_header(result)) for file, result in reads]
    years = sorted({told for _, told in said if told is not None})
    if year is None and not years:
        raise ReturnsError(
            "The header of the census does not say a year that can be read, in ReferenceDate or "
            f"Year. Give the collection year, as 2026 for {how}."
        )
    if year is None and len(years) > 1:
        each = ", ".join(f"{file} is of {told}" for file, told in said if told is not None)
        raise ReturnsError(f"Two years are mixed: {each}. Send one year at a time.")
    settled = Settled(year if year is not None else years[0], reads)
    if year is None or years in ([], [year]):
        return settled
    if year not in years:
        why = f"The census's header says {years[0]}; it was read as {year}, the year given."
        settled.problems.append({"table": "Header", "column": "ReferenceDate", "problem": why})
        return settled
    settled.reads = [
        one for one, (_, told) in zip(reads, said, strict=True) if told in (None, year)
    ]
    for file, told in said:
        if told not in (None, year):
            why = f"The file is of {told}, not of {year}, so it was set aside."
            settled.problems.append({"file": file, "problem": why})
    return settled


def _said_by_header(result: FileRead) -> int | None:
    header = result.tables.get("Header")
    if header is None or header.height == 0:
        return None
    if "ReferenceDate" in header.columns:
        day = read_dates(header["ReferenceDate"], ISO_FORM).values[0]
        if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR:
            return int(day.year)
    if "Year" in header.columns:
        text = header["Year"][0] or ""
        if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:9]) <= LAST_YEAR:
            return int(text)
    return None
