"""A council's children's social workers, year by year, from its current workforce censuses.

What measures need to know of each record is worked out here once: who was in post on
30 September, who had left in the year, and how much of a full week each worked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl

from whatworks.returns.csww.views import AGENCY, EDGES, OWN, in_post
from whatworks.returns.model import UNREADABLE_SUFFIX
from whatworks.returns.period import period_of
from whatworks.returns.typing import fill_in
from whatworks.tables import collect, to_spark

if TYPE_CHECKING:
    from whatworks.returns.store import Store

COLLECTION = "csww"
READ = ("CSWWWorker", "LALevelVacancies")
"""The tables of a census that measures are counted from."""

WORKERS, VACANCIES = READ
DAYS_OFF = 104 + 8
"""Saturdays and Sundays, and bank holidays, that the published absence rate takes off every year:
253 working days are left, 254 where the year holds 29 February. Found by trying which number
brings out the published rates of councils from 2017 to 2025; the method itself was not read."""

VACANT_POSTS, AGENCY_RECORDS = "vacant posts", "agency records"
_GAPS = {
    VACANT_POSTS: "The census of 30 September {year} does not say once, in NumberOfVacancies, how "
    "many posts were vacant.",
    AGENCY_RECORDS: "The census of 30 September {year} counts agency workers in NoAgencyFTE but "
    "holds no record of one, so their share cannot be worked out.",
}
_SCHEMA = {
    "YEAR": pl.Int64,
    "SUBMISSION": pl.String,
    "TABLE": pl.String,
    "ROW": pl.Int64,
    "OWN": pl.Boolean,
    "AGENCY": pl.Boolean,
    "UNDATED": pl.Boolean,
    "IN_POST": pl.Boolean,
    "LEFT": pl.Boolean,
    "VACANT": pl.Boolean,
    "STARTED": pl.Boolean,
    "CASE_HOLDER": pl.Boolean,
    "ROLE": pl.String,
    "ETHNIC": pl.String,
    "FTE": pl.Float64,
    "FTE_LEFT": pl.Float64,
    "CASES": pl.Float64,
    "DAYS_LOST": pl.Float64,
    "WORKING_DAYS": pl.Float64,
}
CASE_HOLDER = "5"
"""Code of OrgRole: the post is to hold cases."""

MOST_POSTS = 20_000
"""More vacant posts than this are not believed: England had some 6,000 in all."""


@dataclass(frozen=True)
class Workforce:
    """The social work posts of one council in the years whose census is loaded.

    ``posts`` has a row for each record of a worker and each vacant post, with ``_SCHEMA``'s
    columns: who it is (OWN, AGENCY; neither where the census does not say), where they stood
    (IN_POST, STARTED and LEFT in the year, VACANT; UNDATED where a day cannot be read, and then
    none of these), their ROLE and ETHNIC codes, FTE on 30 September and FTE_LEFT on leaving
    (full-time equivalents; null where none from 0 to 1 is given), CASES and DAYS_LOST (null where
    not given or below 0) and the WORKING_DAYS of the year. A vacancy of 2.5 is two whole posts and
    one of 0.5. ``gaps`` holds, for each year, what that census does not tell and why. No worker's
    number is in it.
    """

    collection: ClassVar[str] = COLLECTION
    council: str
    years: tuple[int, ...]
    submissions: Mapping[int, str]
    posts: Any
    gaps: Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Census:
    """The typed tables of one current workforce census, and where they came from."""

    year: int
    submission: str
    tables: Mapping[str, pl.DataFrame]


def workforce(store: Store, council: str, *, session: Any = None) -> Workforce:
    """The workforce of ``council`` from its current workforce censuses of all years.

    ``session`` is a Spark session: with one, ``posts`` is a Spark frame. A council without a
    census has a workforce without rows and no years.
    """
    found = store.submissions(council=council, collection=COLLECTION, current=True)
    made = workforce_from(council, [Census(s.year, s.id, store.tables(s, READ)) for s in found])
    return made if session is None else on_spark(made, session)


def on_spark(made: Workforce, session: Any) -> Workforce:
    """The same workforce with its posts as a Spark frame."""
    return replace(made, posts=to_spark(collect(made.posts), session))


def workforce_from(council: str, censuses: Iterable[Census]) -> Workforce:
    """The workforce in these censuses, at most one a year. Reads no store.

    Raises ValueError if two are of the same year: the caller chooses the current one.
    """
    ordered = sorted(censuses, key=lambda one: one.year)
    years = tuple(one.year for one in ordered)
    if len(set(years)) < len(years):
        raise ValueError("A workforce takes one census a year: give the current one of each.")
    parts = [pl.DataFrame(schema=_SCHEMA)]
    gaps: dict[int, Mapping[str, str]] = {}
    for one in ordered:
        tables = fill_in(one.tables, collection=COLLECTION, year=one.year)
        workers, vacancies = tables[WORKERS], tables[VACANCIES]
        start, end = period_of(COLLECTION, one.year)
        posts = [_workers(workers, start, end), *_vacant(vacancies)]
        stamped = (
            rows.with_columns(YEAR=pl.lit(one.year, pl.Int64), SUBMISSION=pl.lit(one.submission))
            for rows in posts
        )
        parts += [_shaped(rows) for rows in stamped]
        gaps[one.year] = _gaps(one.year, workers, vacancies)
    return Workforce(
        council=council,
        years=years,
        submissions={one.year: one.submission for one in ordered},
        posts=pl.concat(parts),
        gaps=gaps,
    )


def _workers(rows: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    kind = pl.col("AgencyWorker")
    fte, on_the_day = _within("FTE", 1), _within("FTE30", 1)
    undated = pl.any_horizontal(*(f"Role{edge}Date{UNREADABLE_SUFFIX}" for edge in EDGES))
    return rows.select(
        "ROW",
        TABLE=pl.lit(WORKERS),
        OWN=kind.eq_missing(pl.lit(OWN)),
        AGENCY=kind.eq_missing(pl.lit(AGENCY)),
        UNDATED=undated,
        IN_POST=in_post(end),
        LEFT=pl.col("RoleEndDate").is_between(start, end).fill_null(value=False) & ~undated,
        STARTED=pl.col("RoleStartDate").is_between(start, end).fill_null(value=False) & ~undated,
        ROLE=pl.col("OrgRole"),
        ETHNIC=pl.col("Ethnicity"),
        CASE_HOLDER=pl.col("OrgRole").eq_missing(pl.lit(CASE_HOLDER)),
        FTE=pl.coalesce(on_the_day, fte),
        FTE_LEFT=pl.coalesce(fte, on_the_day),
        CASES=_within("Cases30").cast(pl.Float64),
        DAYS_LOST=_within("WorkingDaysLost"),
        WORKING_DAYS=pl.lit(float((end - start).days + 1 - DAYS_OFF)),
    )


def _within(column: str, most: float | None = None) -> pl.Expr:
    """A cell that can be right; null for any other."""
    cell = pl.col(column)
    right = (cell >= 0) if most is None else cell.is_between(0, most)
    return pl.when(right).then(cell)


def _told(vacancies: pl.DataFrame) -> pl.DataFrame:
    """The row that says how many posts are vacant; none where it is not said, or said twice."""
    rows = vacancies.filter(pl.col("NumberOfVacancies").is_between(0, MOST_POSTS))
    return rows if rows.height == 1 else rows.clear()


def _vacant(vacancies: pl.DataFrame) -> list[pl.DataFrame]:
    """The vacant posts: whole ones, and a part of one for the rest."""
    made = []
    for row, vacant in _told(vacancies).select("ROW", "NumberOfVacancies").iter_rows():
        whole = int(vacant)
        rest = round(vacant - whole, 6)
        weights = [1.0] * whole + ([rest] if rest else [])
        made.append(
            pl.DataFrame({"FTE": weights}, schema={"FTE": pl.Float64}).with_columns(
                TABLE=pl.lit(VACANCIES), ROW=pl.lit(row, pl.Int64), VACANT=pl.lit(value=True)
            )
        )
    return made


def _shaped(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        (
            pl.col(name)
            if name in rows.columns
            else pl.lit(False if kind == pl.Boolean else None, dtype=kind).alias(name)
        )
        for name, kind in _SCHEMA.items()
    )


def _gaps(year: int, workers: pl.DataFrame, vacancies: pl.DataFrame) -> Mapping[str, str]:
    missing = []
    if _told(vacancies).is_empty():
        missing.append(VACANT_POSTS)
    listed = workers.filter(pl.col("AgencyWorker") == AGENCY).height
    if not listed and vacancies.filter(pl.col("NoAgencyFTE") > 0).height:
        missing.append(AGENCY_RECORDS)
    return {need: _GAPS[need].format(year=year) for need in missing}
